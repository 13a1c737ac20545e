"""Payments as finance meets them: a block, a proposal, a second pair of eyes, a file for the bank. Nobody else gets near."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import etree
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login, Toegang
from berichten.opslag.financien.betalingen import Betaalrunrij
from berichten.opslag.toegang.sleutels import NieuweSleutel, make_sleutel
from berichten.processen.basis.werkplaats import open_werkplaats
from tests.api.dienst import Dienst, running_dienst
from tests.conftest import VANDAAG
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.geld.betaal import ANDER, IBANS, TARIEF, Kas

ELDERS = "0001"
WIE = {
    "maker": (GEMEENTE, "financien", None),
    "maker2": (GEMEENTE, "financien", None),
    "keurder": (GEMEENTE, "financien", None),
    "contractbeheer": (GEMEENTE, "contractbeheer", None),
    "gemeente": (GEMEENTE, "gemeente", None),
    "beheer": (GEMEENTE, "beheer", None),
    "aanbieder": (GEMEENTE, "aanbieder", AGB),
    "elders": (ELDERS, "financien", None),
}


@dataclass(frozen=True, slots=True)
class Kantoor:
    """A service with awarded lines: some paid by a run, three that are open, and nothing of another gemeente."""

    dienst: Dienst
    kas: Kas
    sleutels: dict[str, str]
    betaald: Betaalrunrij
    open_: list[int]
    """Of AGB: two lines of four and two hours; ANDER has one of three."""

    def client(self, wie: str) -> httpx.Client:
        return self.dienst.client(self.sleutels[wie])


@pytest.fixture(scope="module")
def kantoor(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kantoor]:
    map_: Path = tmp_path_factory.mktemp("kantoor")
    omgeving = {
        "BERICHTEN_DATABASE_URL": module_database,
        "BERICHTEN_VAR": str(map_ / "var"),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
    }
    with open_werkplaats(Instellingen(database_url=module_database, var=map_ / "var", huidige_datum=VANDAAG)) as werkplaats:
        kas = Kas(werkplaats)
        kas.declareer(5, 1)
        kas.declareer(1, agb=ANDER)
        betaald = kas.keur(kas.stel_voor())
        open_ = kas.declareer(4, 2)
        kas.declareer(3, agb=ANDER)
        with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            nu = werkplaats.instellingen.nu()
            sleutels = {wie: _sleutel(verbinding, wie, nu) for wie in WIE}
        with running_dienst(omgeving, map_ / "dienst.log") as dienst:
            yield Kantoor(dienst, kas, sleutels, betaald, open_)


def _sleutel(verbinding: Connection, wie: str, nu: datetime) -> str:
    """A key; `maker2` is a second one of who holds `maker`."""
    gemeente, rol, agb = WIE[wie]
    return make_sleutel(verbinding, gemeente, rol, agb, nu, nieuw=NieuweSleutel(eigenaar=wie.rstrip("2")))


def created(antwoord: httpx.Response) -> dict[str, Any]:
    assert antwoord.status_code == 201, antwoord.text
    inhoud: dict[str, Any] = antwoord.json()
    return inhoud


def refused(antwoord: httpx.Response, status: int, *woorden: str) -> None:
    """A problem in Dutch that holds these words."""
    assert antwoord.status_code == status, antwoord.text
    assert antwoord.headers["Content-Type"] == "application/problem+json"
    assert BSN not in antwoord.text
    for woord in woorden:
        assert woord in antwoord.text


def test_from_block_to_bank(kantoor: Kantoor) -> None:
    regel = kantoor.open_[0]
    with kantoor.client("maker") as maker, kantoor.client("keurder") as keurder:
        blokkade = created(maker.post("/financien/blokkades", json={"prestatieId": regel, "reden": "Volume wordt nagezocht."}))
        refused(maker.post("/financien/blokkades", json={"prestatieId": regel, "reden": "Nog eens."}), 409, "staat er al")
        antwoord = maker.post("/financien/betaalruns", json={"peildatum": "2026-07-31", "uitvoeringsdatum": "2026-07-03"})
        run = created(antwoord)
        adres = antwoord.headers["Location"].removeprefix("/v1")
        assert (run["status"], run["totaalBedrag"], run["bestandSha256"]) == ("voorstel", 5 * TARIEF, None)
        refused(maker.get(f"{adres}/betaalbestand"), 404, "niet goedgekeurd")
        refused(maker.post(f"{adres}/goedkeuring"), 409, "collega")
        dossier = keurder.get(adres).json()
        opdracht = {"uitkomst": "betalen", "aantalBoekingen": 1, "tenaamstelling": f"Aanbieder {AGB}", "iban": IBANS[AGB]}
        opdracht |= {"vorigeIban": IBANS[AGB], "vorigeTenaamstelling": f"Aanbieder {AGB}", "rekeningGewijzigd": False}
        assert dossier["opdrachten"][0] == {"agb": AGB, "bedrag": 2 * TARIEF, "geblokkeerdBedrag": 4 * TARIEF, **opdracht}
        assert (dossier["gewijzigdeRekeningen"], dossier["eersteBetalingen"]) == (0, 0)
        gekeurd = keurder.post(f"{adres}/goedkeuring").json()
        assert (gekeurd["status"], gekeurd["uitvoeringsdatum"], gekeurd["totaalBedrag"]) == (
            "goedgekeurd",
            "2026-07-03",
            5 * TARIEF,
        )
        assert gekeurd["goedgekeurdDoor"] != gekeurd["gemaaktDoor"]
        refused(maker.post(f"{adres}/intrekking"), 409, "al goedgekeurd")
        opheffing = f"/financien/blokkades/{blokkade['blokkadeId']}/opheffing"
        voorstel = maker.post(opheffing).json()
        assert (voorstel["opgehevenOp"], voorstel["opheffingVoorgesteldDoor"]) == (None, gekeurd["gemaaktDoor"])
        refused(maker.post(opheffing), 409, "zelf voor", "collega")
        assert maker.delete(opheffing).json() == blokkade
        refused(maker.delete(opheffing), 409, "Niemand stelde voor")
        voorstel = maker.post(opheffing).json()
        opgeheven = keurder.post(opheffing).json()
        wanneer = {"opgehevenOp": opgeheven["opgehevenOp"], "opgehevenDoor": gekeurd["goedgekeurdDoor"]}
        assert opgeheven == {**voorstel, **wanneer}
        rest = created(maker.post("/financien/betaalruns", json={}))
        assert rest["totaalBedrag"] == 4 * TARIEF
        assert maker.post(f"/financien/betaalruns/{rest['runId']}/intrekking").json()["status"] == "ingetrokken"


def test_the_file_is_the_same_each_time_and_states_the_sum(kantoor: Kantoor) -> None:
    adres = f"/financien/betaalruns/{kantoor.betaald.run_id}"
    with kantoor.client("keurder") as client:
        xml, weer = client.get(f"{adres}/betaalbestand"), client.get(f"{adres}/betaalbestand")
        tabel = client.get(f"{adres}/betaalbestand", headers={"Accept": "text/csv"})
        sha256 = client.get(adres).json()["bestandSha256"]
    assert xml.content == weer.content
    assert hashlib.sha256(xml.content).hexdigest() == sha256
    assert xml.headers["Content-Type"] == "application/xml"
    assert xml.headers["Content-Disposition"].endswith('.xml"')
    boom = etree.fromstring(xml.content)
    assert [element.text for element in boom.iter("{*}CtrlSum")] == ["546.35", "546.35"]
    assert tabel.headers["Content-Type"].startswith("text/csv")
    assert f"{AGB};Aanbieder {AGB};{IBANS[AGB]};468,30;2026-07-01" in tabel.content.decode("utf-8-sig")


def test_the_entries_of_a_run_come_in_pages_and_add_up(kantoor: Kantoor) -> None:
    adres = f"/financien/betaalruns/{kantoor.betaald.run_id}/regels"
    with kantoor.client("maker") as client:
        eerste = client.get(adres, params={"paginaGrootte": 1, "agb": AGB}).json()
        rest = client.get(adres, params={"paginaGrootte": 2, "volgende": eerste["volgende"]}).json()
        assert client.get(adres, params={"agb": ANDER}).json() == {"regels": rest["regels"][1:], "volgende": None}
    regels = eerste["regels"] + rest["regels"]
    assert rest["volgende"] is None
    assert [(regel["agb"], regel["bedrag"], regel["boeking"], regel["soort"]) for regel in regels] == [
        (AGB, 5 * TARIEF, 1, "toekenning"),
        (AGB, TARIEF, 1, "toekenning"),
        (ANDER, TARIEF, 1, "toekenning"),
    ]
    assert BSN not in str(regels)


def test_blocks_and_runs_are_listed_newest_first(kantoor: Kantoor) -> None:
    with kantoor.client("maker") as maker, kantoor.client("contractbeheer") as lezer, kantoor.client("keurder") as keurder:
        nummers = [
            created(maker.post("/financien/blokkades", json={"agb": agb, "reden": "Jaarrekening ontbreekt."}))["blokkadeId"]
            for agb in (AGB, ANDER)
        ]
        eerste = lezer.get("/financien/blokkades", params={"paginaGrootte": 1, "geldend": True}).json()
        tweede = lezer.get("/financien/blokkades", params={"paginaGrootte": 1, "volgende": eerste["volgende"]}).json()
        assert [item["blokkadeId"] for item in eerste["blokkades"] + tweede["blokkades"]] == nummers[::-1]
        for nummer in nummers:
            assert maker.post(f"/financien/blokkades/{nummer}/opheffing").status_code == 200
            assert keurder.post(f"/financien/blokkades/{nummer}/opheffing").json()["opgehevenOp"]
        assert lezer.get("/financien/blokkades", params={"geldend": True, "agb": ANDER}).json()["blokkades"] == []
        runs = maker.get("/financien/betaalruns").json()["betaalruns"]
    assert runs[-1]["runId"] == kantoor.betaald.run_id
    assert [run["runId"] for run in runs] == sorted((run["runId"] for run in runs), reverse=True)


def test_an_account_is_recorded_and_never_changed(kantoor: Kantoor) -> None:
    nieuw = {"agb": ANDER, "iban": "nl20 ingb 0001 2345 67", "tenaamstelling": "Stichting Het Pad", "ingangsdatum": "2027-01-01"}
    with kantoor.client("maker") as client:
        rekening = created(client.post("/financien/rekeningen", json=nieuw))
        assert (rekening["iban"], rekening["agb"], rekening["einddatum"]) == ("NL20INGB0001234567", ANDER, None)
        assert (rekening["status"], rekening["beoordeeldDoor"]) == ("voorstel", None)
        alle = client.get("/financien/rekeningen", params={"agb": ANDER}).json()["rekeningen"]
        assert [item["iban"] for item in alle] == ["NL20INGB0001234567", IBANS[ANDER]]
        eigen = client.get("/financien/rekeningen", params={"eigen": True}).json()["rekeningen"]
        assert [(item["agb"], item["tenaamstelling"]) for item in eigen] == [(None, "Gemeente Alphen aan den Rijn")]
        fout = {**nieuw, "agb": "42429999", "iban": "NL20INGB0001234568", "tenaamstelling": "", "einddatum": "2026-12-31"}
        antwoord = client.post("/financien/rekeningen", json=fout)
    refused(antwoord, 400, "controle van dit IBAN")
    assert [item["pad"] for item in antwoord.json()["fouten"]] == ["iban", "tenaamstelling", "einddatum", "agb"]


@pytest.mark.parametrize(
    ("pad", "inhoud", "woorden"),
    [
        ("blokkades", {"reden": "Waarom?"}, "prestatieId of een AGB-code"),
        ("blokkades", {"agb": AGB, "prestatieId": 1, "reden": "Waarom?"}, "niet allebei"),
        ("blokkades", {"agb": AGB, "reden": " "}, "leeg"),
        ("blokkades", {"agb": AGB, "reden": f"Zie cliënt {BSN}."}, "burgerservicenummer"),
        ("blokkades", {"agb": AGB, "reden": "nul\u0000"}, "geen gewone tekst"),
        ("blokkades", {"agb": "1234", "reden": "Waarom?"}, "acht cijfers"),
        ("blokkades", {"prestatieId": 2**70, "reden": "Waarom?"}, "groot"),
        ("blokkades", {"agb": AGB}, "reden"),
        ("betaalruns", {"uitvoeringsdatum": "2026-06-29"}, "verleden"),
        ("betaalruns", {"peildatum": "2026-02-31"}, "peildatum"),
        ("betaalruns", [], "openapi.json"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_kept(kantoor: Kantoor, pad: str, inhoud: Any, woorden: str) -> None:
    with kantoor.client("maker") as client:
        vooraf = client.get(f"/financien/{pad}").json()
        refused(client.post(f"/financien/{pad}", json=inhoud), 400, woorden)
        assert client.get(f"/financien/{pad}").json() == vooraf


@pytest.mark.parametrize("peildatum", ["0001-01-01", "0001-01-01T00:00:00+14:00", "2026-01-31", "2026-01-31T12:00:00"])
def test_of_long_ago_there_is_nothing_to_pay(kantoor: Kantoor, peildatum: str) -> None:
    with kantoor.client("maker") as client:
        refused(client.post("/financien/betaalruns", json={"peildatum": peildatum}), 409, "niets te betalen")


@pytest.mark.parametrize("staart", ["", "/regels", "/betaalbestand"])
def test_a_run_of_another_gemeente_is_not_there(kantoor: Kantoor, staart: str) -> None:
    with kantoor.client("elders") as client:
        refused(client.get(f"/financien/betaalruns/{kantoor.betaald.run_id}{staart}"), 404, "kent deze betaalrun niet")
        assert client.get("/financien/betaalruns").json() == {"betaalruns": [], "volgende": None}


def test_nothing_of_another_gemeente_can_be_touched(kantoor: Kantoor) -> None:
    with kantoor.client("maker") as eigen, kantoor.client("elders") as vreemd:
        run = created(eigen.post("/financien/betaalruns", json={}))["runId"]
        blokkade = created(eigen.post("/financien/blokkades", json={"agb": AGB, "reden": "Wacht."}))["blokkadeId"]
        for actie in ("goedkeuring", "intrekking"):
            refused(vreemd.post(f"/financien/betaalruns/{run}/{actie}"), 404, "kent deze betaalrun niet")
        refused(vreemd.post(f"/financien/blokkades/{blokkade}/opheffing"), 404, "kent deze blokkade niet")
        refused(vreemd.post("/financien/blokkades", json={"agb": AGB, "reden": "Wacht."}), 404, "aanbieder niet")
        refused(vreemd.post("/financien/blokkades", json={"prestatieId": kantoor.open_[0], "reden": "Wacht."}), 404, "regel niet")
        assert eigen.post(f"/financien/blokkades/{blokkade}/opheffing").status_code == 200
        assert eigen.post(f"/financien/betaalruns/{run}/intrekking").json()["status"] == "ingetrokken"


@pytest.mark.parametrize("wie", ["aanbieder", "gemeente", "contractbeheer", "beheer"])
def test_only_finance_pays(kantoor: Kantoor, wie: str) -> None:
    run = f"/financien/betaalruns/{kantoor.betaald.run_id}"
    with kantoor.client(wie) as client:
        for pad in ("/financien/betaalruns", run, f"{run}/regels", f"{run}/betaalbestand", "/financien/rekeningen"):
            refused(client.get(pad), 403, wie, "financien")
        for pad in (f"{run}/goedkeuring", f"{run}/intrekking", "/financien/blokkades/1/opheffing"):
            refused(client.post(pad), 403, wie, "financien")
        refused(client.post("/financien/betaalruns", json={}), 403, wie)
        refused(client.post("/financien/blokkades", json={"agb": AGB, "reden": "Wacht."}), 403, wie)
        assert client.get("/financien/blokkades").status_code == (200 if wie == "contractbeheer" else 403)


def test_the_database_shows_an_aanbieder_no_reasons_and_no_others(kantoor: Kantoor) -> None:
    opslag = kantoor.kas.werkplaats.opslag
    with opslag.transaction(Toegang(GEMEENTE, ANDER)) as verbinding:
        zien = {
            tabel: set(verbinding.execute(text(f"SELECT agb FROM {tabel}")).scalars())
            for tabel in ("betaalregel", "betaalrekening")
        }
    assert zien == {"betaalregel": {ANDER}, "betaalrekening": {ANDER}}
    for tabel in ("betaalblokkade", "betaalrun"):
        with pytest.raises(DatabaseError, match="permission denied"), opslag.transaction(Toegang(GEMEENTE, ANDER)) as verbinding:
            verbinding.execute(text(f"SELECT count(*) FROM {tabel}"))
    with pytest.raises(DatabaseError, match="permission denied"), opslag.transaction(Toegang(GEMEENTE, None)) as verbinding:
        verbinding.execute(text("UPDATE betaalregel SET levend = false"))


def test_an_account_is_used_when_another_person_confirmed_it(kantoor: Kantoor) -> None:
    nieuw = {"agb": ANDER, "iban": "NL20INGB0001234567", "tenaamstelling": "Stichting Het Pad", "ingangsdatum": "2027-02-01"}
    with kantoor.client("maker") as maker, kantoor.client("keurder") as keurder, kantoor.client("maker2") as tweede_sleutel:
        adressen = [f"/financien/rekeningen/{created(maker.post('/financien/rekeningen', json=nieuw))['rekeningId']}" for _ in "ab"]
        wachtend = maker.get("/financien/rekeningen", params={"status": "voorstel", "agb": ANDER}).json()["rekeningen"]
        assert {f"/financien/rekeningen/{item['rekeningId']}" for item in wachtend} >= set(adressen)
        for zelf in (maker, tweede_sleutel):
            refused(zelf.post(f"{adressen[0]}/bevestiging"), 409, "zelf vast", "collega")
        bevestigd = keurder.post(f"{adressen[0]}/bevestiging").json()
        assert (bevestigd["status"], bevestigd["beoordeeldDoor"] != bevestigd["vastgelegdDoor"]) == ("bevestigd", True)
        refused(keurder.post(f"{adressen[0]}/intrekking"), 409, "al bevestigd")
        assert maker.post(f"{adressen[1]}/intrekking").json()["status"] == "ingetrokken"
        refused(keurder.post(f"{adressen[1]}/bevestiging"), 409, "al ingetrokken")
        refused(keurder.post("/financien/rekeningen/999999999/bevestiging"), 404, "kent deze rekening niet")
