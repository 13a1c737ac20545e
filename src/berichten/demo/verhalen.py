"""The stories of the demo: sent through the running service, decided on over its API, and told as they come to pass.

What is told is read back from the service. What was done before is not done again, so the stories may be told twice.
"""

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from berichten.demo.balie import Balie
from berichten.kern.taal import telling
from berichten.kern.tekst import euro, hoeveelheid
from berichten.standaard.lezen.antwoord import read_antwoordtotaal
from berichten.voorbeelden.verhalen.bouw import OP_CODE
from berichten.voorbeelden.verhalen.model import Oordeel, Ronde, Verhaal
from berichten.voorbeelden.verhalen.verhalen import make_referentie_verhalen, make_verhalen

_BEOORDELAAR = "contractbeheer"
_HERHALING = "Deze declaratie was al eerder ingestuurd. De dienst herkent haar; hieronder staat wat ervan is geworden."


def tell_verhalen(scherm: Console, balie: Balie) -> None:
    """Load what the stories need, and tell them one after the other."""
    for soort, bestand in make_referentie_verhalen().items():
        balie.load(_BEOORDELAAR, soort, bestand)
    codes = balie.get(_BEOORDELAAR, "/codelijsten/retourcode")["codes"]
    betekenis = {item["code"]: item["omschrijving"].rstrip(".") for item in codes}
    for nummer, verhaal in enumerate(make_verhalen(), 1):
        scherm.print()
        scherm.rule(Text(f"Verhaal {nummer}: {verhaal.titel}", style="bold"), align="left")
        _Verteller(scherm, balie, verhaal, betekenis).tell()


class _Verteller:
    """Plays one story and tells it."""

    def __init__(self, scherm: Console, balie: Balie, verhaal: Verhaal, betekenis: dict[str, str]) -> None:
        self._scherm = scherm
        self._balie = balie
        self._verhaal = verhaal
        self._agb = verhaal.aanbieder.agb
        self._betekenis = betekenis
        self._teruggevraagd: list[int] = []

    def tell(self) -> None:
        """From the allocations to what is left of them."""
        verhaal = self._verhaal
        self._say(f"{verhaal.aanbieder.naam} ({self._agb}). {verhaal.situatie}", 0)
        for bericht in verhaal.voorbereiding:
            self._balie.send(bericht)
        if verhaal.verantwoording:
            self._balie.post(self._agb, "/verantwoordingen", {"verantwoordingen": [dict(item) for item in verhaal.verantwoording]})
        for ronde in verhaal.rondes:
            self._tell_ronde(ronde)
        self._tell_creditverzoeken()
        for nummer in verhaal.toewijzingen:
            self._tell_benutting(self._balie.get(self._agb, f"/toewijzingen/{nummer}"))

    def _tell_ronde(self, ronde: Ronde) -> None:
        self._scherm.print()
        self._say(ronde.uitleg, 0, "bold")
        staat = self._balie.send(ronde.declaratie)
        if staat["herhaling"]:
            self._say(_HERHALING, style="italic")
        bericht_id = staat["berichtId"]
        prestaties = self._balie.get(self._agb, f"/declaraties/{bericht_id}/prestaties")["prestaties"]
        for prestatie in prestaties:
            self._tell_prestatie(prestatie)
        self._tell_werkvoorraad(bericht_id)
        op_referentie = {prestatie["referentienummer"]: prestatie for prestatie in prestaties}
        beslist = [(oordeel, op_referentie[oordeel.referentie]) for oordeel in ronde.oordelen]
        for oordeel, prestatie in beslist:
            if prestatie["uitkomst"] == "ter_beoordeling":
                self._decide(oordeel, prestatie["prestatieId"])
            self._tell_besluit(prestatie["prestatieId"])
        self._tell_antwoord(bericht_id)
        for _, prestatie in beslist:
            self._tell_view(prestatie["prestatieId"])

    def _tell_prestatie(self, prestatie: dict[str, Any]) -> None:
        volume, product = hoeveelheid(prestatie["volume"], prestatie["eenheid"]), _tell_product(prestatie["productcode"])
        wat = f"{volume} {product}, {euro(prestatie['bedrag'])}"
        credit = " (creditregel)" if prestatie["credit"] else ""
        self._say(f"{prestatie['referentienummer']}: {wat}{credit}: {prestatie['uitkomst'].replace('_', ' ')}")
        for bevinding in prestatie["bevindingen"]:
            self._say(f"{bevinding['regel']}: {bevinding['melding']}", 2, "dim")

    def _tell_werkvoorraad(self, bericht_id: str) -> None:
        lijst = self._balie.get(_BEOORDELAAR, "/beoordelingen", berichtId=bericht_id)
        if lijst["aantal"]:
            regels = telling(lijst["aantal"], "regel", "regels")
            self._say(f"In de werkvoorraad van contractbeheer: {regels}, samen {euro(lijst['bedrag'])}. Het antwoord wacht daarop.")

    def _decide(self, oordeel: Oordeel, prestatie_id: int) -> None:
        """Ask, have it answered, and decide; what was said before is not said again."""
        pad = f"/prestaties/{prestatie_id}"
        gezegd = len(self._find(prestatie_id)["opmerkingen"])
        for wie, tekst in ((_BEOORDELAAR, oordeel.vraag), (self._agb, oordeel.antwoord))[gezegd:]:
            if tekst:
                self._balie.post(wie, f"{pad}/opmerkingen", {"tekst": tekst})
        besluit = {"besluit": oordeel.besluit, "motivering": oordeel.motivering, "terugvragen": oordeel.terugvragen}
        self._balie.post(_BEOORDELAAR, f"{pad}/beoordelingen", {**besluit, "retourcode": oordeel.retourcode})

    def _tell_besluit(self, prestatie_id: int) -> None:
        gezien = self._find(prestatie_id)
        for opmerking in gezien["opmerkingen"]:
            wie = "Contractbeheer vraagt" if opmerking["van"] == "gemeente" else "De aanbieder antwoordt"
            self._say(f"{wie} bij {gezien['referentienummer']}: “{opmerking['tekst']}”")
        for besluit in gezien["besluiten"]:
            self._say(f"Contractbeheer {self._name_besluit(gezien['referentienummer'], besluit)}: “{besluit['motivering']}”")

    def _name_besluit(self, referentie: str, besluit: dict[str, Any]) -> str:
        if besluit["besluit"] == "toekennen":
            return f"kent {referentie} toe" + (" en vraagt om een creditregel" if besluit["terugvragen"] else "")
        code = besluit["retourcode"]
        return f"wijst {referentie} af met retourcode {code} ({self._betekenis[code]})"

    def _tell_view(self, prestatie_id: int) -> None:
        """What the provider has to do; a line that is asked back is remembered."""
        gezien = self._find(prestatie_id)
        self._say(f"De aanbieder leest bij {gezien['referentienummer']}: “{gezien['watTeDoen']}”")
        if any(besluit["terugvragen"] for besluit in gezien["besluiten"]):
            self._teruggevraagd.append(prestatie_id)

    def _tell_antwoord(self, bericht_id: str) -> None:
        inhoud = self._balie.read_antwoord(self._agb, bericht_id)
        totaal = read_antwoordtotaal(inhoud) if inhoud else None
        if totaal is None or totaal.ingediend is None or totaal.toegekend is None:
            self._say("Er is nog geen antwoord (JW325) met bedragen: niet over elke regel is besloten.")
            return
        terug = totaal.ingediend - totaal.toegekend
        rest = f" De afgewezen regels komen mee terug: {euro(terug)}." if terug else ""
        kop = f"Het antwoord (JW325): ingediend {euro(totaal.ingediend)}, toegekend {euro(totaal.toegekend)}."
        self._say(kop + rest, style="green")

    def _tell_creditverzoeken(self) -> None:
        for gezien in map(self._find, self._teruggevraagd):
            stand = "staat nog open" if gezien["creditverzoek"] else "is gesloten: de creditregel is toegekend"
            self._say(f"Het creditverzoek bij {gezien['referentienummer']} {stand}.")

    def _tell_benutting(self, toewijzing: dict[str, Any]) -> None:
        """Only of a budget: there the provider has to watch what is left."""
        gebruik = toewijzing["benutting"]
        if gebruik["budget"] is None:
            return
        self._scherm.print()
        self._say(f"Wat er van het budget van {euro(gebruik['budget'])} is gebruikt", 0, "bold")
        for product in gebruik["perProduct"]:
            volume = hoeveelheid(product["toegekendVolume"], product["eenheid"])
            self._say(f"{_tell_product(product['productcode'])}: {volume}, {euro(product['toegekendBedrag'])}")
        self._say(f"Samen {gebruik['percentageBudget']} procent; over is {euro(gebruik['resterendBudget'])}.")
        if gebruik["prognose"]:
            self._say(gebruik["prognose"]["uitleg"])

    def _find(self, prestatie_id: int) -> dict[str, Any]:
        """The line as the provider sees it."""
        return self._balie.get(self._agb, f"/prestaties/{prestatie_id}")

    def _say(self, tekst: str, diepte: int = 1, style: str = "") -> None:
        self._scherm.print(Padding(Text(tekst, style=style), (0, 0, 0, 2 * diepte)))


def _tell_product(code: str) -> str:
    return f"{OP_CODE[code].omschrijving} ({code})"
