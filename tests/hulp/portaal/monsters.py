"""Things of which a page shows one, by the name that stands in the address of a `Paginastand`."""

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZipFile

from berichten.demo.werkverkeer import repeat_bericht, spoil_bericht
from berichten.fouten import Invoerfout
from berichten.inzage.accountant.steekproeven import find_steekproef, list_steekproeven
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.berichten.berichten import Berichtfilter, list_berichten
from berichten.inzage.besluiten.prestaties import Prestatiefilter, list_prestaties
from berichten.inzage.geld.betaalruns import list_betaalruns
from berichten.inzage.signalen.casussignalen import list_casussignalen
from berichten.inzage.signalen.maatregellijst import list_maatregelen
from berichten.inzage.signalen.signaallijst import list_signalen
from berichten.inzage.verzoeken.verzoeklijst import Verzoekfilter, list_verzoeken
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.kwartaal.kwartaalrapporten import Bewaardrapport
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.werk_kwartaal import Rapporteur, make_concept
from berichten.processen.versturen.verstuur_zending import send_zending
from berichten.processen.versturen.zet_klaar import keep_zending, try_zending
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal
from tests.hulp.bouwstenen import GEMEENTE

_DECLARATIES = {
    "gemengd": "VW90110618", "afgewezen": "VW90110612", "toegekend": "VW90110626", "wachtend": "VW90110616", "terug": "VW90110629",
}  # fmt: skip
_REGELS = {
    "regel_gevraagd": "DE0-MEI-06", "regel_afgewezen": "DE0-MEI-10", "regel_terug": "DE0-MEI-05", "regel_goed": "DE0-MEI-01",
    "regel_wacht": "DE0-MEI-02",
}  # fmt: skip


_VERZOEKEN = {
    "VW-ONDERZOEK": "verzoek_onderzoek", "VW-WOONPLAATS": "verzoek_afgewezen", "VW-HUISARTS": "verzoek_toegewezen",
    "VW-JEUGDARTS": "verzoek_open", "VW-MEER": "verzoek_wijziging",
}  # fmt: skip


class Monsters(dict[str, str]):
    """Ids by name, as this aanbieder finds them; looked for when one is asked that is not known yet, since most tests ask none."""

    def __init__(self, werkplaats: Werkplaats, houder: Sleutelhouder, bekend: Mapping[str, str]) -> None:
        super().__init__(bekend)
        kijker = werkplaats.seen_by(houder)
        self._zoek: list[Callable[[], Mapping[str, str]]] = [
            lambda: _messages(kijker),
            lambda: _lines(kijker),
            lambda: _requests(kijker),
            lambda: _runs(werkplaats),
            lambda: _quarter(werkplaats),
            lambda: _signals(kijker),
            lambda: _samples(werkplaats),
            lambda: _casework(werkplaats),
            # In a town without that month a test of its own looks at what was sent.
            lambda: _keep(werkplaats, houder) if "toegekend" in self else {},
        ]

    def __missing__(self, naam: str) -> str:
        while self._zoek:
            self.update(self._zoek.pop(0)())
            if naam in self:
                return self[naam]
        raise KeyError(naam)


def _messages(kijker: Kijker) -> dict[str, str]:
    zeven = {naam: Berichtfilter(declaratienummer=nummer) for naam, nummer in _DECLARATIES.items()}
    zeven |= {
        "geweigerd": Berichtfilter(status="geweigerd"),
        "afgekeurd": Berichtfilter(status="afgekeurd"),
        "toewijzing": Berichtfilter(soort="JW301"),
    }
    berichten = {naam: _first(kijker, zeef) for naam, zeef in zeven.items()}
    return {naam: bericht for naam, bericht in berichten.items() if bericht}


def _requests(kijker: Kijker) -> dict[str, str]:
    """Requests by how they stand."""
    alle = list_verzoeken(kijker, Verzoekfilter(), 100, None).regels
    bekend = {item.referentie_aanbieder: str(item.verzoek_id) for item in alle}
    return {naam: bekend[referentie] for referentie, naam in _VERZOEKEN.items() if referentie in bekend}


def _runs(werkplaats: Werkplaats) -> dict[str, str]:
    """The last payment run of each kind."""
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, "monsters", "financien", None, ""))
    naam = {"voorstel": "run_wacht", "goedgekeurd": "run_klaar", "ingetrokken": "run_weg"}
    return {naam[run.status]: str(run.run_id) for run in reversed(list_betaalruns(kijker, 100, None).regels)}


def _quarter(werkplaats: Werkplaats) -> dict[str, str]:
    """A concept of the quarter before this one."""
    gemaakt = make_concept(werkplaats, Rapporteur(GEMEENTE, "monsters"), read_kwartaal("2026-Q1"))
    assert isinstance(gemaakt, Bewaardrapport)
    return {"kwartaal": gemaakt.kop.periode}


def _signals(kijker: Kijker) -> dict[str, str]:
    """The last signal and the last measure that were shared with this aanbieder."""
    signalen = list_signalen(kijker, None, None, "alle", 1, None).regels
    maatregelen = list_maatregelen(kijker, None, 1, None).regels
    gevonden = [("signaal", item.signaal_id) for item in signalen] + [("maatregel", item.maatregel_id) for item in maatregelen]
    return {naam: str(nummer) for naam, nummer in gevonden}


def _samples(werkplaats: Werkplaats) -> dict[str, str]:
    """The last sample that was drawn, and its first line."""
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, "monsters", "financien", None, ""))
    dossier = find_steekproef(kijker, list_steekproeven(kijker)[0].steekproef_id)
    assert dossier is not None
    return {"steekproef": str(dossier.steekproef_id), "getrokken": str(dossier.regels[0].prestatie_id)}


def _casework(werkplaats: Werkplaats) -> dict[str, str]:
    """A signal on the care of a family that waits for a team."""
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, "monsters", "contractbeheer", None, ""))
    eerste = next(item for item in list_casussignalen(kijker) if item.team)
    return {"casussignaal": str(eerste.casussignaal_id)}


def _renew_bericht() -> bytes:
    """A declaration again under numbers of its own: nothing is wrong with the message, and each line was billed before."""
    opnieuw = repeat_bericht().replace(b"VW90110617B", b"VW90110617").replace(b"VW90110617", b"VW90110630")
    return opnieuw.replace(b"ReferentieNummer>DE0-MEI", b"ReferentieNummer>DE0-NIEUW")


def _keep(werkplaats: Werkplaats, houder: Sleutelhouder) -> dict[str, str]:
    """Files between the try and the sending, and one that was sent."""
    zip_ = zip_of({"goed.xml": _renew_bericht(), "kapot.xml": spoil_bericht(), "herhaald.xml": repeat_bericht()})
    bestanden = {
        "proef": _renew_bericht(),
        "proef_fout": spoil_bericht(),
        "proef_zip": zip_,
        "proef_bezig": zip_,
        "verstuurd": spoil_bericht(),
    }
    ids = {}
    for naam, inhoud in bestanden.items():
        zending_id = keep_zending(werkplaats, houder, f"{naam}.xml", inhoud)
        assert not isinstance(zending_id, Invoerfout)
        ids[naam] = str(zending_id)
        if naam != "proef_bezig":
            try_zending(werkplaats, houder, zending_id)
        if naam == "verstuurd":
            send_zending(werkplaats, houder, zending_id)
    return ids


def zip_of(bestanden: Mapping[str, bytes]) -> bytes:
    """A ZIP of these files by name."""
    doel = BytesIO()
    with ZipFile(doel, "w") as archief:
        for naam, inhoud in bestanden.items():
            archief.writestr(naam, inhoud)
    return doel.getvalue()


def _first(kijker: Kijker, zeef: Berichtfilter) -> str:
    return next((str(bericht.bericht_id) for bericht in list_berichten(kijker, zeef, 1, None).regels), "")


def _lines(kijker: Kijker) -> dict[str, str]:
    """Lines by name."""
    gevonden = {}
    for bericht in list_berichten(kijker, Berichtfilter(soort="JW323"), 100, None).regels:
        regels = list_prestaties(kijker, bericht.bericht_id, Prestatiefilter(), 100, None)
        for regel in regels.regels if regels and bericht.status != "afgekeurd" else ():
            for naam, referentie in _REGELS.items():
                if regel.referentienummer == referentie:
                    gevonden[naam] = str(regel.prestatie_id)
    return gevonden
