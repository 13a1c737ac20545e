"""Every act is in the access log with who, in which role and on what; for every operation of the description and form of the portal
that changes something. Operations and forms come from the description and the routes: one that is not done here fails the test.

That nothing is done beside those rows is told by the tables: a transaction that changed one has a row in the log.
"""

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Row, text

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.tabellen.metadata import METADATA
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.referentie.bewaar_bestand import keep_bestand
from berichten.processen.toegang.beheer_gebruikers import NieuweRol, give_rol
from berichten.processen.toegang.bevestig_rollen import list_wachtende_rollen
from berichten.voorbeelden.model.namen import list_bsns
from tests.api.dienst import await_outcome
from tests.conftest import Vertel
from tests.hulp.api.handelingen import NIETS_GEDAAN, TE_DOEN
from tests.hulp.api.partijen import Kijkt, Partij, Partijen
from tests.hulp.bezoek import WACHTWOORD, Bezoek, add_persoon
from tests.hulp.casus import put_casus
from tests.hulp.declareer import Regel, declaratie, send, toewijzing
from tests.hulp.eigenaar import as_owner
from tests.hulp.signalen import put_signaal
from tests.hulp.verzoeken import aanvraag, jw302

ZONDER_REGEL = {
    "sessie": "of a log-in, which is logged: when it was last seen",
    "inlogpoging": "how often a log-in failed: each is logged",
    "hartslag": "of a worker: that it is there",
    "api_sleutel": "of each call: when it was last used",
    "inzagelog_teller": "counts the log itself",
    "bericht": "is handled by the service in more steps, of which the last is logged",
    "monitor_publicatie": "which counts were shown, kept while figures are reckoned; making the report is logged",
    "conceptzending": "what became of a try, which keeps nothing",
}
"""Tables that change without an act of somebody."""
CSV = {"Content-Type": "text/csv"}
XML = {"Content-Type": "application/xml"}
REDEN = "Nagekeken met de aanbieder."
_MINUTEN = "gemeente;agb;referentienummer;toewijzingnummer;maand;datum;minuten;soort;niveau;registratie\n"
MEI, JAN = date(2026, 5, 1), date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Gedaan:
    """One act, as it was asked."""

    wat: str
    rol: str
    spoor: str
    soort: str

    def is_told_by(self, rij: Row[Any]) -> bool:
        """Whether a row of the log names who, in which role, the operation without its values, and on what."""
        methode, pad = self.wat.split()
        verwacht = (self.rol, f"{methode.upper()} {pad}", self.soort, "getoond")
        return bool(rij.door) and (rij.rol, rij.gebeurtenis, rij.object_soort, rij.uitkomst) == verwacht


@dataclass(slots=True)
class Dader:
    """Acts one after the other, each under a trace of its own, and remembers them."""

    allen: Partijen
    partij: Partij
    gedaan: list[Gedaan] = field(default_factory=list)
    derde: str = ""
    """Key of one in finance who had a hand in nothing yet."""
    retouren: list[tuple[str, str]] = field(default_factory=list)
    """JW301 that were rejected, each with the JW302 that did."""
    """Each JW301 that the aanbieder rejected."""

    def api(self, rol: str, wat: str, soort: str, *, sleutel: str = "", nummer: object = "", **inhoud: Any) -> Any:
        """Do an operation; the answer's JSON."""
        methode, pad = wat.split()
        for een in inhoud.pop("nummers", ()):
            pad = re.sub(r"\{\w+\}", str(een), pad, count=1)
        pad = re.sub(r"\{\w+\}", str(nummer), pad)
        spoor = uuid4().hex
        with self.allen.loket.dienst.client(sleutel) if sleutel else self.allen.client(self._kijker(rol)) as client:
            kop = {"traceparent": f"00-{spoor}-{'cd' * 8}-01", **inhoud.pop("headers", {})}
            antwoord = client.request(methode, pad, headers=kop, **inhoud)
        self.gedaan.append(Gedaan(wat, rol, spoor, soort))
        assert antwoord.status_code < 300, (wat, antwoord.text)
        return antwoord.json() if antwoord.content else {}

    def blad(
        self,
        bezoek: Bezoek,
        rol: str,
        wat: str,
        soort: str,
        /,
        *,
        nummers: tuple[object, ...] = (),
        pagina: str = "",
        **velden: Any,
    ) -> str:
        """Send a form, from the page where it stands; where one is sent."""
        _, pad = wat.split()
        for nummer in nummers:
            pad = re.sub(r"\{\w+\}", str(nummer), pad, count=1)
        bezoek.get(pagina or "/portaal/voorkeuren")
        spoor = uuid4().hex
        bezoek.client.headers["traceparent"] = f"00-{spoor}-{'cd' * 8}-01"
        veld = "facturen" if "facturen" in velden else "bestand"
        bestand = velden.pop(veld, None)
        antwoord = bezoek.send_file(pad, veld, bestand) if bestand else bezoek.post(pad, None, **velden)
        del bezoek.client.headers["traceparent"]
        self.gedaan.append(Gedaan(wat, rol, spoor, soort))
        assert antwoord.status_code in (200, 303), (wat, antwoord.status_code, re.sub(r"<[^>]+>|\s+", " ", antwoord.text)[:1500])
        return antwoord.headers.get("location", "")

    def _kijker(self, rol: str) -> Kijkt:
        eigen = self.partij.agb if rol == "aanbieder" else None
        return next(
            item for item in self.allen.kijkers
            if (item.gemeente, item.rol, item.agb, item.namens) == (self.partij.gemeente, rol, eigen, None)
        )  # fmt: skip

    def bericht_of(self, prestatie_id: int) -> str:
        """Id of the message that this line stands in."""
        with self.allen.loket.werkplaats.opslag.transaction() as verbinding:
            vraag = text("SELECT bericht_id FROM prestatie WHERE prestatie_id = :p")
            return str(verbinding.execute(vraag, {"p": prestatie_id}).scalar_one())

    def newest(self, tabel: str, kolom: str, aantal: int) -> list[int]:
        """Numbers that were given out last, in their order."""
        with self.allen.loket.werkplaats.opslag.transaction() as verbinding:
            vraag = text(f"SELECT {kolom} FROM {tabel} WHERE gemeente = :g ORDER BY {kolom} DESC LIMIT {aantal}")
            return list(verbinding.execute(vraag, {"g": self.partij.gemeente}).scalars())[::-1]

    def verzoek(self, referentie: str) -> str:
        """Number of a request of this party."""
        with self.allen.loket.werkplaats.opslag.transaction() as verbinding:
            vraag = text("SELECT verzoek_id FROM verzoek WHERE agb = :a AND gemeente = :g AND referentie = :r")
            waarden = {"a": self.partij.agb, "g": self.partij.gemeente, "r": referentie}
            return str(verbinding.execute(vraag, waarden).scalar_one())

    def held(self, referentie: str) -> int:
        """Number of a line of this party that waits for a decision."""
        with self.allen.loket.werkplaats.opslag.transaction() as verbinding:
            vraag = "SELECT prestatie_id FROM prestatie WHERE agb = :a AND gemeente = :g AND referentienummer = :r"
            waarden = {"a": self.partij.agb, "g": self.partij.gemeente, "r": referentie}
            return int(verbinding.execute(text(vraag), waarden).scalar_one())


@pytest.fixture(scope="module")
def dader(allen: Partijen) -> Dader:
    partij, werkplaats = allen.partijen[0], allen.loket.werkplaats
    eerste, omvang = partij.kent["toewijzingnummer"] - 1, {"Volume": 90, "Eenheid": "04", "Frequentie": "6"}
    regels = [Regel(f"H{n}", 708000 + n, JAN, 1, bsn=bsn, tarief=partij.tarief) for n, bsn in enumerate(list_bsns()[40:44])]
    retouren: list[tuple[str, str]] = []
    for item in regels:
        send(werkplaats, toewijzing(item.toewijzing, agb=partij.agb, bsn=item.bsn, Omvang=omvang))
    stand = send(werkplaats, declaratie(MEI, regels, agb=partij.agb, identificatie="HAND"))
    assert stand["status"] == "ter_beoordeling", stand
    # What was awarded in March lies outside of this one now: an open point.
    with werkplaats.opslag.transaction() as verbinding:
        bsn = verbinding.execute(text("SELECT bsn FROM toewijzing WHERE toewijzingnummer = :t AND gemeente = :g"),
                                 {"t": eerste, "g": partij.gemeente}).scalar_one()  # fmt: skip
    kort = toewijzing(eerste, agb=partij.agb, bsn=bsn, identificatie="KORT", Einddatum="2026-02-01", Toewijzingsdatum="2026-06-10",
                      RedenWijziging="05", Omvang=omvang)  # fmt: skip
    stand = send(werkplaats, kort)
    assert stand["status"] == "verwerkt", stand
    for item in regels[:2]:
        geweigerd = toewijzing(item.toewijzing + 10, agb=partij.agb, bsn=item.bsn, Ingangsdatum="2026-04-01", Omvang=omvang)
        heen = str(send(werkplaats, geweigerd)["berichtId"])
        retouren.append((heen, str(send(werkplaats, jw302(geweigerd, Header="9056"))["berichtId"])))
    stand = send(werkplaats, aanvraag("HV0", "HV1", agb=partij.agb, bsn=list_bsns()[45]))
    assert stand["status"] == "verwerkt", stand
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        derde = make_sleutel(verbinding, partij.gemeente, "financien", None, werkplaats.instellingen.nu(), "Derde")
    return Dader(allen, partij, derde=derde, retouren=retouren)


def act_by_api(dader: Dader) -> None:
    """Every operation once, in an order in which each can be done."""
    api, kent, agb, gemeente = dader.api, dader.partij.kent, dader.partij.agb, dader.partij.gemeente
    derde = {"sleutel": dader.derde}
    _decide(dader)
    _signal(dader)
    _answer_casus(dader)
    _control(dader)
    _report(dader)
    vraag = {"nummer": dader.verzoek("HV0")}
    api("contractbeheer", "post /verzoeken/{verzoekId}/woonplaats", "woonplaats", json={"uitkomst": "ja"}, **vraag)
    api("aanbieder", "post /verzoeken/{verzoekId}/intrekking", "intrekking", json={"toelichting": REDEN}, **vraag)
    afwijzen = {"besluit": "afwijzen", "reden": "7", "motivering": REDEN}
    api("contractbeheer", "post /verzoeken/{verzoekId}/besluiten", "verzoekbesluit", json=afwijzen, **vraag)
    heen, antwoord = dader.retouren[0]
    toelichting = {"toelichting": REDEN, "retourBerichtId": antwoord}
    api("gemeente", "post /retouren/{berichtId}/afronding", "retour", nummer=heen, json=toelichting)
    bericht = api(
        "aanbieder",
        "post /berichten",
        "inzending",
        headers=XML,
        content=declaratie(MEI, [Regel("N1", kent["toewijzingnummer"], MEI, 1, bsn=kent["bsn"])], agb=agb, identificatie="NIEUW"),
    )
    with dader.allen.client(dader.allen.staff(gemeente, "gemeente")) as client:
        # What it awards is there to be paid.
        await_outcome(client, bericht["berichtId"])
    record = {
        "referentienummer": "R00",
        "datum": "2026-03-03",
        "minuten": 30,
        "soort": "direct",
        "niveau": "HBO",
        "registratie": "SKJ",
    }
    api("aanbieder", "post /verantwoordingen", "verantwoordingen", json={"verantwoordingen": [record]})
    api(
        "aanbieder",
        "post /verantwoordingen/bestand",
        "verantwoordingen",
        headers=CSV,
        content=f"{_MINUTEN}{gemeente};{agb};R00;;;2026-03-04;30;direct;HBO;SKJ\n",
    )
    api(
        "contractbeheer",
        "post /referentie/{soort}",
        "referentie",
        nummer="declaratiewijzen",
        headers=CSV,
        content=f"gemeente;agb;wijze;ingangsdatum;einddatum\n{gemeente};{agb};factuur;2025-01-01;2025-12-31\n",
    )
    api(
        "contractbeheer",
        "post /monitor/opgaven",
        "indicatoren",
        headers=CSV,
        content=f"gemeente;nr;jaar;onderdeel;waarde;eenheid;bron\n{gemeente};10;2025;Team;7,5;score;x\n",
    )
    api(
        "contractbeheer",
        "post /monitor/verwijzers",
        "verwijzers",
        headers=CSV,
        content=f"gemeente;toewijzingnummer;verwijzer\n{gemeente};{kent['toewijzingnummer']};Huisarts\n",
    )
    rekening = {"agb": agb, "iban": "NL91ABNA0417164300", "tenaamstelling": "Stichting", "ingangsdatum": "2027-01-01"}
    nieuw = [
        api("financien", "post /financien/rekeningen", "rekening", json=rekening | {"ingangsdatum": f"202{n}-01-01"})
        for n in (7, 8)
    ]
    api("financien", "post /financien/rekeningen/{rekeningId}/bevestiging", "rekening", nummer=nieuw[0]["rekeningId"], **derde)
    api("financien", "post /financien/rekeningen/{rekeningId}/intrekking", "rekening", nummer=nieuw[1]["rekeningId"])
    api(
        "financien",
        "post /financien/rekeningen/bestand",
        "rekening",
        headers=CSV,
        content=f"gemeente;agb;iban;tenaamstelling;ingangsdatum;einddatum\n{gemeente};{agb};NL91ABNA0417164300;Stichting;2029-01-01;\n",
    )
    blok = api("financien", "post /financien/blokkades", "blokkade", json={"prestatieId": kent["besloten"], "reden": REDEN})
    api("financien", "post /financien/blokkades/{blokkadeId}/opheffing", "blokkade", nummer=blok["blokkadeId"])
    api("financien", "delete /financien/blokkades/{blokkadeId}/opheffing", "blokkade", nummer=blok["blokkadeId"])
    for wie in ({}, derde):
        api("financien", "post /financien/blokkades/{blokkadeId}/opheffing", "blokkade", nummer=kent["blokkadeId"], **wie)
    run = api("financien", "post /financien/betaalruns", "betaalrun", json={})
    api("financien", "post /financien/betaalruns/{runId}/intrekking", "betaalrun", nummer=run["runId"])
    with dader.allen.loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        vierde = make_sleutel(verbinding, gemeente, "financien", None, dader.allen.loket.werkplaats.instellingen.nu(), "Vierde")
    api("financien", "post /financien/betaalruns/{runId}/goedkeuring", "betaalrun", nummer=kent["runId"], sleutel=vierde)


def _report(dader: Dader) -> None:
    """A quarter from its budget to the day that it is established, by API."""
    api, gemeente = dader.api, dader.partij.gemeente
    begroting = f"gemeente;jaar;segment;maand;bedrag;soort;vastgesteld_op;besluit\n{gemeente};2026;;;1000;primitief;2025-11-06;R\n"
    kalender = f"gemeente;document;periode;peildatum;gereed_op\n{gemeente};kwartaalrapport;2026-Q4;2027-01-20;2027-02-10\n"
    api("financien", "post /kwartaalrapporten/begroting", "begroting", headers=CSV, content=begroting)
    api("contractbeheer", "post /kwartaalrapporten/kalender", "kalender", headers=CSV, content=kalender)
    inwoners = f"gemeente;jaar;leeftijd_van;leeftijd_tot;aantal;peildatum;bron\n{gemeente};2026;0;17;24000;2026-01-01;CBS\n"
    api("contractbeheer", "post /kwartaalrapporten/jeugdigen", "jeugdigen", headers=CSV, content=inwoners)
    instelling = f"gemeente;naam;waarde;vanaf;besluit\n{gemeente};s2_aantal;10;2099-01-01;\n"
    api("contractbeheer", "post /instellingen", "instellingen", headers=CSV, content=instelling)
    kop = "gemeente;leverancier;agb;factuurnummer;factuurdatum;zorg_van;zorg_tot;bedrag;segment;zorgvorm;toewijzingnummer;"
    factuur = f"{gemeente};Zorg BV;;F1;2026-04-01;2026-03-01;2026-03-31;1000;;;;;open"
    bestand = f"{kop}bbr_aanvraagnummer;status\n{factuur}\n"
    api("financien", "post /kwartaalrapporten/facturen", "facturen", headers=CSV, content=bestand)
    rapport = api("contractbeheer", "post /kwartaalrapporten", "kwartaalrapport", json={"periode": "2026-Q1"})
    nieuw = {"rij": "kosten", "actie": REDEN, "eigenaar": "accounthouder", "gereedOp": "2026-09-01"}
    tekst, actie = "post /kwartaalrapporten/{periode}/teksten", "post /kwartaalrapporten/{periode}/acties"
    stappen = [(tekst, {"rij": rij, "tekst": REDEN}) for rij in [*rapport["uitleggen"], "kosten"]]
    for wat, inhoud in [*stappen, (actie, nieuw)]:
        api("contractbeheer", wat, "kwartaalrapport", nummer="2026-Q1", json=inhoud)
    stap = "post /kwartaalrapporten/{periode}/acties/{nr}/stappen"
    api("contractbeheer", stap, "kwartaalrapport", nummers=("2026-Q1", 1), json={"stand": "do"})
    vast = {"versie": rapport["rapport"]["versie"]}
    api("contractbeheer", "post /kwartaalrapporten/{periode}/vaststelling", "kwartaalrapport", nummer="2026-Q1", json=vast)


def _signal(dader: Dader) -> None:
    api, partij, werkplaats = dader.api, dader.partij, dader.allen.loket.werkplaats
    nummer = put_signaal(werkplaats, partij.gemeente, partij.agb, sleutel="handelingen", gedeeld=False)
    stappen: list[tuple[str, str, dict[str, Any]]] = [
        ("post /signalen/bijwerken", "signalen", {}),
        ("post /signalen/{signaalId}/deling", "signaal", {}),
        ("post /signalen/{signaalId}/stappen", "signaal", {"json": {"staat": "in_behandeling", "reden": REDEN}}),
    ]
    for wat, soort, inhoud in stappen:
        api("contractbeheer", wat, soort, nummer=nummer, **inhoud)
    api("aanbieder", "post /signalen/{signaalId}/verklaringen", "signaal", nummer=nummer, json={"tekst": REDEN})
    maatregel = {"agb": partij.agb, "trede": 3, "soort": "waarschuwing", "grond": "anders", "toelichting": REDEN}
    dagen = {"besluitdatum": "2026-06-01", "van": "2026-06-01"}
    gemaakt = api("contractbeheer", "post /maatregelen", "maatregel", json=maatregel | dagen)["maatregel"]["maatregelId"]
    api("contractbeheer", "post /maatregelen/{maatregelId}/stappen", "maatregel", nummer=gemaakt, json={"soort": "hersteld"})


def _answer_casus(dader: Dader) -> None:
    """What is found of a family of which nobody has the regie."""
    partij, kent = dader.partij, dader.partij.kent
    nummer = put_casus(dader.allen.loket.werkplaats, partij.gemeente, "", (kent["toewijzingnummer"],), kent["bsn"], sleutel="daad")
    wat = "post /casussignalen/{casussignaalId}/antwoorden"
    dader.api("contractbeheer", wat, "casussignaal", nummer=nummer, json={"antwoord": "passend"})


def _control(dader: Dader) -> None:
    """The years of an auditor, a sample, and what an aanbieder accounts for."""
    api, partij, loket = dader.api, dader.partij, dader.allen.loket
    jaren = {"jaarVan": 2026, "jaarTot": 2026, "tot": "2027-06-30", "reden": REDEN}
    api("beheer", "post /controlemandaat", "controlemandaat", json=jaren)
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        sleutel = make_sleutel(verbinding, partij.gemeente, "controle", None, loket.werkplaats.instellingen.nu(), "Accountant")
    vraag = {"zaad": "handelingen", "methode": "posten", "aantal": 1, "jaar": 2026, "reden": REDEN}
    api("controle", "post /steekproeven", "steekproef", sleutel=sleutel, json=vraag)
    kop = "gemeente;agb;jaar;productcategorie;productcode;eenheid;volume;bedrag;verklaring;oordeel;datum"
    rij = f"{partij.gemeente};{partij.agb};2026;45;45A48;04;1;7805;geen;;2026-06-01"
    wat = "post /financien/productieverantwoording"
    api("contractbeheer", wat, "productieverantwoording", headers=CSV, content=f"{kop}\n{rij}\n")


def _decide(dader: Dader) -> None:
    api, kent = dader.api, dader.partij.kent
    besluit = {"besluit": "toekennen", "motivering": REDEN}
    een, twee = dader.held("H0"), dader.held("H1")
    api("contractbeheer", "post /prestaties/{prestatieId}/beoordelingen", "besluit", nummer=een, json=besluit)
    api("contractbeheer", "post /beoordelingen", "besluit", json=besluit | {"prestatieIds": [twee]})
    api(
        "contractbeheer",
        "post /prestaties/{prestatieId}/opmerkingen",
        "opmerking",
        nummer=dader.held("H2"),
        json={"tekst": "Waarom?"},
    )
    api(
        "contractbeheer",
        "post /beoordelingen/toewijzingen/afsluitingen",
        "werkpunt",
        json={"toewijzingnummer": kent["toewijzingnummer"] - 1, "reden": REDEN},
    )
    api(
        "contractbeheer",
        "post /toewijzingen/{toewijzingnummer}/bsn",
        "toewijzing",
        nummer=kent["toewijzingnummer"],
        json={"reden": REDEN},
    )
    api("contractbeheer", "post /prestaties/{prestatieId}/bsn", "prestatie", nummer=een, json={"reden": REDEN})


def act_by_portal(dader: Dader) -> None:
    """Every form once, as people."""
    with ExitStack() as stapel:
        wie = {naam: stapel.enter_context(_visit(dader, naam)) for naam in (*_ROLLEN, "tweede")}
        doet = {naam: partial(dader.blad, bezoek, _ROLLEN.get(naam, "financien")) for naam, bezoek in wie.items()}
        _act_on_lines(dader, doet["contractbeheer"], doet["aanbieder"])
        _act_on_money(dader, doet["financien"], doet["tweede"])
        _act_on_people(dader, doet["beheer"])
        _act_on_samples(doet["beheer"], doet["controle"])
        _act_on_reports(dader, doet["contractbeheer"], doet["financien"])
        _come_and_go(dader, wie["contractbeheer"])


_ROLLEN = {naam: naam for naam in ("contractbeheer", "financien", "aanbieder", "beheer", "controle")}
Doet = Callable[..., str]


def _visit(dader: Dader, naam: str) -> Bezoek:
    """A person of this gemeente, logged in."""
    rol, partij = _ROLLEN.get(naam, "financien"), dader.partij
    rollen = (rol, "gemeente") if rol == "contractbeheer" else (rol,)
    agb = partij.agb if rol == "aanbieder" else None
    add_persoon(dader.allen.loket.werkplaats, f"doet.{naam}", *rollen, agb=agb, gemeente=partij.gemeente)
    bezoek = Bezoek(dader.allen.loket.dienst.adres)
    assert bezoek.log_in(f"doet.{naam}").status_code == 303
    return bezoek


def _set_aside(dader: Dader, naam: str, soort: str, inhoud: bytes) -> str:
    """As the page that looks at a reference file does; its mark."""
    with dader.allen.loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        vraag = text("SELECT persoon_id FROM gebruiker WHERE inlognaam = :i")
        persoon = verbinding.execute(vraag, {"i": f"doet.{naam}"}).scalar_one()
    houder = Sleutelhouder(dader.partij.gemeente, persoon, naam, None)
    return keep_bestand(dader.allen.loket.werkplaats, houder, soort, inhoud)


def _act_on_lines(dader: Dader, beheerder: Doet, aanbieder: Doet) -> None:
    kent, besluit = dader.partij.kent, {"keuze": "toekennen", "motivering": REDEN}
    twee, drie = dader.held("H2"), dader.held("H3")
    beheerder("post /portaal/prestaties/{prestatie_id}/opmerkingen", "opmerking", nummers=(twee,), opmerking="En dit?")
    aanbieder(
        "post /portaal/berichten/{bericht_id}/regels/{prestatie_id}",
        "opmerking",
        tekst="Daarom.",
        nummers=(dader.bericht_of(twee), twee),
    )
    beheerder("post /portaal/prestaties/{prestatie_id}/besluit", "besluit", nummers=(twee,), **besluit)
    beheerder("post /portaal/prestaties/{prestatie_id}/bsn", "prestatie", nummers=(twee,), reden=REDEN)
    beheerder("post /portaal/toewijzingen/{toewijzingnummer}/bsn", "toewijzing", nummers=(kent["toewijzingnummer"],), reden=REDEN)
    vraag = dader.verzoek("HV1")
    aanbieder("post /portaal/mijn-verzoeken/{verzoek_id}/intrekking", "intrekking", nummers=(vraag,), toelichting=REDEN)
    beheerder("post /portaal/verzoeken/{verzoek_id}/woonplaats", "woonplaats", nummers=(vraag,), uitkomst="ja")
    afwijzen = {"keuze": "afwijzen", "reden": "7", "motivering": REDEN}
    beheerder("post /portaal/verzoeken/{verzoek_id}/besluit", "verzoekbesluit", nummers=(vraag,), **afwijzen)
    heen, antwoord = dader.retouren[1]
    afronden = {"toelichting": REDEN, "gezien": antwoord}
    beheerder("post /portaal/retouren/{bericht_id}/afronding", "retour", nummers=(heen,), **afronden)
    beheerder("post /portaal/werkvoorraad/besluiten", "besluit", prestatie=str(drie), **besluit)
    rij = f"gemeente;agb;wijze;ingangsdatum;einddatum\n{dader.partij.gemeente};{dader.partij.agb};factuur;2024-01-01;2024-12-31\n"
    merk = _set_aside(dader, "contractbeheer", "declaratiewijzen", rij.encode())
    beheerder("post /portaal/referentie/laden", "referentie", soort="declaratiewijzen", merk=merk)
    beheerder(
        "post /portaal/regels/{regel}/gevolg", "referentie", nummers=("DA05",), gevolg="signaal", retourcode="", agb="",
        vanaf="01-08-2026",
    )  # fmt: skip
    minuten = f"{_MINUTEN}{dader.partij.gemeente};{dader.partij.agb};R00;;;2026-03-05;30;direct;HBO;SKJ\n"
    merk = _set_aside(dader, "aanbieder", "eigen-verantwoording", minuten.encode())
    aanbieder("post /portaal/verantwoording/bewaren", "verantwoordingen", merk=merk)
    record = {"datum": "6-3-2026", "minuten": "30", "soort": "direct", "niveau": "HBO", "registratie": "SKJ"}
    aanbieder("post /portaal/verantwoording/nieuw", "verantwoordingen", referentienummer="R00", **record)
    nummer = put_signaal(dader.allen.loket.werkplaats, dader.partij.gemeente, dader.partij.agb, sleutel="bladen", gedeeld=False)
    casus = put_casus(dader.allen.loket.werkplaats, dader.partij.gemeente, "", (1,), kent["bsn"], sleutel="bladen")
    beheerder("post /portaal/signalen/bijwerken", "signalen")
    beheerder("post /portaal/signalen/{signaal_id}/deling", "signaal", nummers=(nummer,))
    beheerder("post /portaal/signalen/{signaal_id}/stap", "signaal", nummers=(nummer,), staat="in_behandeling", reden=REDEN)
    beheerder("post /portaal/casussignalen/{casussignaal_id}/antwoorden", "casussignaal", nummers=(casus,), antwoord="passend")
    aanbieder("post /portaal/mijn-signalen/{signaal_id}/verklaring", "signaal", nummers=(nummer,), tekst=REDEN)
    maatregel = {"agb": dader.partij.agb, "soort": "waarschuwing", "grond": "anders", "toelichting": REDEN}
    naar = beheerder("post /portaal/maatregelen", "maatregel", besluitdatum="1-6-2026", van="1-6-2026", **maatregel)
    gemaakt = naar.rpartition("/")[2]
    beheerder("post /portaal/maatregelen/{maatregel_id}/stap", "maatregel", nummers=(gemaakt,), soort="hersteld")
    bericht = declaratie(
        MEI, [Regel("N2", kent["toewijzingnummer"], MEI, 1, bsn=kent["bsn"])], agb=dader.partij.agb, identificatie="BLAD"
    )
    naar = aanbieder("post /portaal/versturen", "inzending", bestand=bericht)
    aanbieder("post /portaal/versturen/{zending_id}", "inzending", nummers=(naar.rpartition("/")[2],))


def _act_on_reports(dader: Dader, accounthouder: Doet, financien: Doet) -> None:
    rij = f"{dader.partij.gemeente};2025;;;1000;primitief;2024-11-07;R"
    begroting = f"gemeente;jaar;segment;maand;bedrag;soort;vastgesteld_op;besluit\n{rij}\n".encode()
    lijst = "/portaal/kwartaalrapporten"
    financien("post /portaal/kwartaalrapporten/begroting", "begroting", pagina=lijst, bestand=begroting)
    kop = "gemeente;leverancier;agb;factuurnummer;factuurdatum;zorg_van;zorg_tot;bedrag;segment;zorgvorm;toewijzingnummer;"
    factuur = f"{dader.partij.gemeente};Zorg BV;;F2;2026-04-01;2026-03-01;2026-03-31;1000;;;;;open"
    facturen = f"{kop}bbr_aanvraagnummer;status\n{factuur}\n".encode()
    financien("post /portaal/kwartaalrapporten/facturen", "facturen", pagina=lijst, facturen=facturen)
    grens = {"naam": "kwartaal_uitleg", "waarde": "10", "vanaf": "1-1-2099", "besluit": "Raad"}
    financien("post /portaal/instellingen", "instellingen", pagina="/portaal/instellingen", **grens)
    inhoud = f"gemeente;naam;waarde;vanaf;besluit\n{dader.partij.gemeente};kwartaal_let_op;5;2099-01-01;\n".encode()
    financien("post /portaal/instellingen/bestand", "instellingen", pagina="/portaal/instellingen", bestand=inhoud)
    accounthouder("post /portaal/kwartaalrapporten", "kwartaalrapport", pagina=lijst, periode="2025-Q4")
    tekst, nieuw = "post /portaal/kwartaalrapporten/{periode}/teksten", "post /portaal/kwartaalrapporten/{periode}/acties"
    for naam in ("kosten", "aangehouden", "nog verwacht", "kosten dit jaar", "prognose jaar", "kosten per cliënt", "cliënten"):
        accounthouder(tekst, "kwartaalrapport", nummers=("2025-Q4",), rij=naam, tekst=REDEN)
    actie = {"rij": "kosten", "actie": REDEN, "eigenaar": "accounthouder", "gereed_op": "1-9-2026"}
    accounthouder(nieuw, "kwartaalrapport", nummers=("2025-Q4",), **actie)
    stap = "post /portaal/kwartaalrapporten/{periode}/acties/{nr}/stappen"
    accounthouder(stap, "kwartaalrapport", nummers=("2025-Q4", 1), stand="do")
    accounthouder("post /portaal/kwartaalrapporten/{periode}/vaststelling", "kwartaalrapport", nummers=("2025-Q4",), versie="1")


def _act_on_money(dader: Dader, financien: Doet, tweede: Doet) -> None:
    agb = dader.partij.agb
    rekening = {"agb": agb, "iban": "NL91ABNA0417164300", "tenaamstelling": "Stichting", "einddatum": ""}
    for dag in ("01-01-2031", "01-01-2032"):
        financien("post /portaal/rekeningen", "rekening", ingangsdatum=dag, **rekening)
    een, twee = dader.newest("betaalrekening", "rekening_id", 2)
    tweede("post /portaal/rekeningen/{rekening_id}/bevestiging", "rekening", nummers=(een,))
    financien("post /portaal/rekeningen/{rekening_id}/intrekking", "rekening", nummers=(twee,))
    financien("post /portaal/blokkades", "blokkade", agb="", regel=str(dader.held("H0")), reden=REDEN)
    (blokkade,) = dader.newest("betaalblokkade", "blokkade_id", 1)
    financien("post /portaal/blokkades/{blokkade_id}/opheffing", "blokkade", nummers=(blokkade,))
    financien("post /portaal/blokkades/{blokkade_id}/behoud", "blokkade", nummers=(blokkade,))
    financien("post /portaal/betaalruns", "betaalrun", pagina="/portaal/betaalruns/nieuw")
    (run,) = dader.newest("betaalrun", "run_id", 1)
    financien("post /portaal/betaalruns/{run_id}/intrekking", "betaalrun", nummers=(run,))
    ander = dader.allen.partijen[1].kent
    for wie in (financien, tweede):
        wie("post /portaal/blokkades/{blokkade_id}/opheffing", "blokkade", nummers=(ander["blokkadeId"],))
    derde = partial(dader.blad, _visit(dader, "derde"), "financien")
    derde("post /portaal/betaalruns/{run_id}/goedkeuring", "betaalrun", nummers=(ander["runId"],))


def _act_on_people(dader: Dader, beheer: Doet) -> None:
    beheer("post /portaal/gebruikers", "gebruiker", naam="Nieuwe Naam", inlognaam="nieuw@voorbeeld.nl", rol="gemeente", agb="")
    with dader.allen.loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        persoon = verbinding.execute(text("SELECT persoon_id FROM gebruiker WHERE inlognaam = 'nieuw@voorbeeld.nl'")).scalar_one()
    for wat in ("post /portaal/gebruikers/blokkade", "post /portaal/gebruikers/toelating"):
        beheer(wat, "gebruiker", persoon=str(persoon))

    beheer("post /portaal/gebruikers/{persoon_id}/rollen", "rol", nummers=(persoon,), rol="contractbeheer", agb="", tot="")
    beheer("post /portaal/gebruikers/{persoon_id}/rollen/afname", "rol", nummers=(persoon,), rol="contractbeheer", agb="")
    beheer("post /portaal/gebruikers/{persoon_id}/wachtwoord", "gebruiker", nummers=(persoon,))
    werkplaats, gemeente = dader.allen.loket.werkplaats, dader.partij.gemeente
    stappen = (
        "post /portaal/gebruikers/wachtend/{toekenning_id}/bevestiging",
        "post /portaal/gebruikers/wachtend/{toekenning_id}/afwijzing",
    )
    for nummer, stap in enumerate(stappen):
        wie = add_persoon(werkplaats, f"wacht{nummer}", gemeente=gemeente)
        tot = werkplaats.instellingen.vandaag()
        give_rol(werkplaats, f"wacht{nummer}", NieuweRol("financien", None, tot), "persoon:Een Ander")
        wachtend = next(rol for rol in list_wachtende_rollen(werkplaats, gemeente) if rol.persoon_id == wie)
        beheer(stap, "rol", nummers=(wachtend.toekenning_id,))
    beheer("post /portaal/sleutels", "sleutel", voor="aanbieder", agb=dader.partij.agb, naam="Nieuwe software", tot="")
    with dader.allen.loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        vraag = text("SELECT sleutel_id FROM api_sleutel WHERE 'Nieuwe software' IN (naam, eigenaar)")
        sleutel = verbinding.execute(vraag).scalar_one()
    beheer("post /portaal/sleutels/{sleutel_id}/intrekking", "sleutel", nummers=(sleutel,))


def _act_on_samples(beheer: Doet, controle: Doet) -> None:
    jaren = {"jaar_van": "2026", "jaar_tot": "2026", "tot": "30-6-2027"}
    beheer("post /portaal/steekproeven/mandaat", "controlemandaat", reden=REDEN, **jaren)
    vraag = {"jaar": "2026", "methode": "posten", "aantal": "1", "zaad": "bladen", "agb": "", "categorie": ""}
    controle("post /portaal/steekproeven", "steekproef", reden=REDEN, **vraag)


def _come_and_go(dader: Dader, bezoek: Bezoek) -> None:
    """In another role, and out and in again."""
    doet = partial(dader.blad, bezoek)
    keuzes = re.findall(r'<option value="([\d.]+)"(?! selected)', bezoek.get("/portaal/inloggen").text)
    doet("gemeente", "post /portaal/rol", "sessie", rol=keuzes[0])
    nieuw = "zeven rode fietsen varen"
    doet("gemeente", "post /portaal/wachtwoord", "gebruiker", huidig=WACHTWOORD, nieuw=nieuw, herhaald=nieuw)
    doet("gemeente", "post /portaal/uitloggen", "sessie")
    doet("contractbeheer", "post /portaal/inloggen", "sessie", inlognaam="doet.contractbeheer", wachtwoord=nieuw, naar="")


def test_every_act_is_in_the_log_with_who_in_which_role_and_on_what(dader: Dader, vertel: Vertel) -> None:
    merk = _mark(dader)
    act_by_api(dader)
    act_by_portal(dader)
    assert {item.wat for item in dader.gedaan} == TE_DOEN - set(NIETS_GEDAAN), "an operation or form is not done here, or is gone"
    log = _rows_by_trace(dader)
    anders = [(item, log.get(item.spoor)) for item in dader.gedaan if not any(map(item.is_told_by, log.get(item.spoor, ())))]
    vertel(f"Access log of acts: {len(dader.gedaan)} acts by {len({item.wat for item in dader.gedaan})} operations and forms")
    assert anders == []
    assert _changed_without_a_row(dader, merk) == []


def _rows_by_trace(dader: Dader) -> dict[str, list[Row[Any]]]:
    gevonden: dict[str, list[Row[Any]]] = {}
    with dader.allen.loket.werkplaats.opslag.transaction() as verbinding:
        for rij in verbinding.execute(text("SELECT * FROM inzagelog WHERE spoor <> ''")):
            gevonden.setdefault(rij.spoor, []).append(rij)
    return gevonden


def _mark(dader: Dader) -> int:
    with dader.allen.loket.werkplaats.opslag.transaction() as verbinding:
        return int(verbinding.execute(text("SELECT pg_current_xact_id()::text::bigint")).scalar_one())


def _changed_without_a_row(dader: Dader, merk: int) -> list[tuple[str, int]]:
    """Tables with rows of transactions since then that have no row in the log."""
    anders = []
    with as_owner(dader.allen.loket.werkplaats) as verbinding:
        gelogd = set(verbinding.execute(text("SELECT xmin::text::bigint FROM inzagelog")).scalars())
        for tabel in sorted(set(METADATA.tables) - set(ZONDER_REGEL)):
            wanneer = verbinding.execute(text(f"SELECT DISTINCT xmin::text::bigint FROM {tabel}")).scalars()
            zonder = [nummer for nummer in wanneer if nummer > merk and nummer not in gelogd]
            anders += [(tabel, len(zonder))] if zonder else []
    return anders
