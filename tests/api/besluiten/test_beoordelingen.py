"""Held lines through the API: the work list, decisions, the thread with the aanbieder, and who may see what."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.basis.werkplaats import open_werkplaats
from tests.api.conftest import Loket
from tests.api.dienst import prepare, running_dienst
from tests.api.gevallen import STAD
from tests.conftest import VANDAAG
from tests.hulp.besluiten import FEB, JAN, MRT, TARIEF, fill_town, prestatie_id, submit
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.declareer import Regel, send, toewijzing
from tests.hulp.eigenaar import as_owner

ANDER = "42420002"
REDEN = "Het gesprek is niet doorgegaan; de afspraak staat in het gezinsplan."
VIER_OGEN = 10 * TARIEF
_referenties = iter(range(1, 1000))


@pytest.fixture(scope="module")
def loket(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loket]:
    """A service where amounts from ten hours on need two people; the town has no prices or limits, so that lines are simple."""
    map_: Path = tmp_path_factory.mktemp("dienst")
    omgeving = {
        "BERICHTEN_DATABASE_URL": module_database,
        "BERICHTEN_VAR": str(map_ / "var"),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
        "BERICHTEN_VEEG_SECONDEN": "0.2",
        "BERICHTEN_VIER_OGEN_VANAF": str(VIER_OGEN),
    }
    instellingen = Instellingen(database_url=module_database, var=map_ / "var", huidige_datum=VANDAAG)
    with open_werkplaats(instellingen) as werkplaats:
        sleutels = prepare(werkplaats, STAD)
        with as_owner(werkplaats) as verbinding:
            for tabel in ("tarief", "contract", "regelbeleid", "kader", "bestedingsruimte"):
                verbinding.execute(text(f"DELETE FROM {tabel}"))
            sleutels["contractbeheer"] = make_sleutel(verbinding, GEMEENTE, "contractbeheer", None, instellingen.nu(), "Anna")
            sleutels["tweede"] = make_sleutel(verbinding, GEMEENTE, "contractbeheer", None, instellingen.nu())
        fill_town(werkplaats, 700, 701)
        send(werkplaats, toewijzing(800, agb=ANDER))
        with running_dienst(omgeving, map_ / "dienst.log") as dienst:
            yield Loket(dienst, werkplaats, sleutels)


@pytest.fixture
def anna(loket: Loket) -> Iterator[httpx.Client]:
    """Who decides."""
    with loket.client("contractbeheer") as client:
        yield client


@pytest.fixture
def aanbieder(loket: Loket) -> Iterator[httpx.Client]:
    with loket.client(AGB) as client:
        yield client


def hold(loket: Loket, *uren: int, maand: Any = JAN, nummer: int = 700, agb: str = AGB) -> tuple[str, list[int]]:
    """A declaration with a held line for each of these amounts; its id and those of its lines."""
    namen = [f"H{next(_referenties)}" for _ in uren]
    # One product in one month is billed once, so every line has an allocation of its own.
    regels = []
    for naam, aantal in zip(namen, uren, strict=True):
        eigen = nummer * 1000 + next(_referenties)
        send(loket.werkplaats, toewijzing(eigen, agb=agb))
        regels.append(Regel(naam, eigen, maand, aantal))
    bericht = submit(loket.werkplaats, *regels, agb=agb)
    assert {item["uitkomst"] for item in bericht["prestaties"]} == {"ter_beoordeling"}
    return bericht["berichtId"], [prestatie_id(loket.werkplaats, naam) for naam in namen]


def decide(client: httpx.Client, nummer: int, **velden: Any) -> httpx.Response:
    return client.post(f"/prestaties/{nummer}/beoordelingen", json={"besluit": "toekennen", "motivering": REDEN, **velden})


def test_the_work_list_shows_what_somebody_needs_to_decide(loket: Loket, anna: httpx.Client) -> None:
    bericht, (eerste, tweede) = hold(loket, 2, 3)
    antwoord = anna.get("/beoordelingen", params={"berichtId": bericht})
    assert antwoord.status_code == 200
    assert BSN not in antwoord.text
    lijst = antwoord.json()
    assert (lijst["aantal"], lijst["bedrag"], lijst["volgende"]) == (2, 5 * TARIEF, None)
    regel = lijst["beoordelingen"][0]
    assert [item["prestatieId"] for item in lijst["beoordelingen"]] == [eerste, tweede]
    assert regel["berichtId"] == bericht
    assert (regel["agb"], regel["client"], regel["productcode"]) == (AGB, "******006", "45A48")
    assert regel["aanbieder"]
    assert regel["periode"] == {"begindatum": "2026-01-01", "einddatum": "2026-01-31"}
    assert (regel["volume"], regel["eenheid"], regel["bedrag"]) == (2, "04", 2 * TARIEF)
    assert (regel["uiterlijk"], regel["waarschuwing"], regel["voorstel"]) == ("2026-07-14", None, None)
    assert regel["voorgesteldeRetourcodes"] == ["0611"]
    assert [item["regel"] for item in regel["regels"]] == ["DA07"]
    assert "januari 2026" in regel["regels"][0]["melding"]
    assert regel["regels"][0]["bron"]


def test_the_work_list_is_read_page_by_page(loket: Loket, anna: httpx.Client) -> None:
    hold(loket, 1, 1, 1)
    alles = anna.get("/beoordelingen", params={"paginaGrootte": 500}).json()
    gezien, volgende = [], None
    while True:
        bladzijde = anna.get("/beoordelingen", params={"paginaGrootte": 2, **({"volgende": volgende} if volgende else {})}).json()
        assert bladzijde["aantal"] == alles["aantal"]
        gezien += [item["prestatieId"] for item in bladzijde["beoordelingen"]]
        volgende = bladzijde["volgende"]
        if volgende is None:
            break
    assert gezien == [item["prestatieId"] for item in alles["beoordelingen"]]
    assert len(gezien) == alles["aantal"] >= 3
    volgorde = [(item["uiterlijk"], item["prestatieId"]) for item in alles["beoordelingen"]]
    assert volgorde == sorted(volgorde)
    groot = anna.get("/beoordelingen", params={"volgorde": "bedrag", "paginaGrootte": 2}).json()
    groot["beoordelingen"] += anna.get("/beoordelingen", params={"volgorde": "bedrag", "volgende": groot["volgende"]}).json()[
        "beoordelingen"
    ]
    bedragen = [item["bedrag"] for item in groot["beoordelingen"]]
    assert bedragen == sorted(bedragen, reverse=True)
    assert len(bedragen) == alles["aantal"]


def test_the_work_list_is_narrowed(loket: Loket, anna: httpx.Client) -> None:
    bericht, (klein, groot) = hold(loket, 1, 9)
    _, (vreemd,) = hold(loket, 2, agb=ANDER, nummer=800)

    def shown(**vraag: Any) -> set[int]:
        lijst = anna.get("/beoordelingen", params={"paginaGrootte": 500, **vraag}).json()
        nummers = {item["prestatieId"] for item in lijst["beoordelingen"]}
        assert len(nummers) == lijst["aantal"]
        return nummers

    assert {klein, groot} <= shown(agb=AGB)
    assert vreemd not in shown(agb=AGB)
    assert shown(berichtId=bericht, minBedrag=9 * TARIEF) == {groot}
    assert shown(berichtId=bericht, regel="DA07") == {klein, groot}
    assert shown(berichtId=bericht, regel="DA14") == set()
    assert shown(berichtId=bericht, waarschuwing="verlopen") == shown(berichtId=bericht, waarschuwing="bijna_verlopen") == set()
    with as_owner(loket.werkplaats) as verbinding:
        vraag = text("UPDATE bericht SET antwoord_uiterlijk_op = :d WHERE bericht_id = :b")
        verbinding.execute(vraag, {"d": "2026-07-01", "b": bericht})
    assert shown(berichtId=bericht, waarschuwing="bijna_verlopen") == {klein, groot}
    assert anna.get("/beoordelingen", params={"paginaGrootte": 1}).json()["beoordelingen"][0]["waarschuwing"] == "nog 1 werkdag"


def test_a_line_on_a_removed_allocation_says_so(loket: Loket, anna: httpx.Client) -> None:
    send(loket.werkplaats, toewijzing(710))
    bericht = submit(loket.werkplaats, Regel("WEG", 710, FEB, 1))["berichtId"]
    weg = {"Einddatum": "2026-01-01", "RedenWijziging": "13", "Toewijzingstijd": "11:00:00"}
    assert send(loket.werkplaats, toewijzing(710, **weg))["status"] == "verwerkt"
    (regel,) = anna.get("/beoordelingen", params={"berichtId": bericht, "regel": "TR384"}).json()["beoordelingen"]
    assert [item["regel"] for item in regel["regels"]] == ["DA07", "TR384"]
    assert "toewijzing 710" in regel["regels"][1]["melding"]
    assert regel["voorgesteldeRetourcodes"] == ["9384"]


def test_a_decision_sends_the_answer_and_reaches_the_aanbieder(loket: Loket, anna: httpx.Client, aanbieder: httpx.Client) -> None:
    bericht, (eerste, tweede) = hold(loket, 2, 3)
    antwoord = decide(anna, eerste, besluit="afwijzen")
    assert antwoord.status_code == 201
    assert (antwoord.json()["uitkomst"], antwoord.json()["retourcodes"]) == ("afgewezen", ["0611"])
    assert antwoord.json()["besluiten"][0]["door"] == "Anna"
    assert aanbieder.get(f"/berichten/{bericht}/antwoord").status_code == 404
    assert "kan het besluit nog veranderen" in aanbieder.get(f"/prestaties/{eerste}").json()["watTeDoen"]
    assert decide(anna, tweede).status_code == 201
    assert b"JW325" in aanbieder.get(f"/berichten/{bericht}/antwoord").content.upper()
    klaar = aanbieder.get(f"/berichten/{bericht}").json()
    bedragen = [klaar[naam] for naam in ("ingediendBedrag", "toegekendBedrag", "afgewezenBedrag", "teBeoordelenBedrag")]
    assert (klaar["status"], bedragen) == ("verwerkt", [5 * TARIEF, 3 * TARIEF, 2 * TARIEF, 0])
    regel = aanbieder.get(f"/prestaties/{eerste}").json()
    assert [(item["motivering"], item["retourcode"], item["door"]) for item in regel["besluiten"]] == [(REDEN, "0611", None)]
    assert "nieuw referentienummer" in regel["watTeDoen"]
    eerst, dan = aanbieder.get(f"/declaraties/{bericht}/prestaties").json()["prestaties"]
    assert (eerst["besluit"]["motivering"], eerst["besluit"]["door"]) == (REDEN, None)
    assert (dan["besluit"]["besluit"], dan["toegekendBedrag"]) == ("toekennen", 3 * TARIEF)


def test_who_comes_second_is_told_who_was_first(loket: Loket, anna: httpx.Client) -> None:
    _, (eerste, _) = hold(loket, 2, 3)
    besluit = decide(anna, eerste).json()["besluiten"][0]["besluitId"]
    with loket.client("tweede") as ben:
        antwoord = decide(ben, eerste, besluit="afwijzen", retourcode="0611")
        assert antwoord.status_code == 409
        assert antwoord.headers["Content-Type"] == "application/problem+json"
        assert "Anna koos op 30 juni 2026 voor toekennen." in antwoord.json()["detail"]
        vervangen = decide(ben, eerste, besluit="afwijzen", retourcode="0611", volgtOp=besluit)
    assert vervangen.status_code == 201
    assert [item["door"] for item in vervangen.json()["besluiten"]] == ["Anna", "een medewerker contractbeheer"]


def test_a_large_amount_shows_its_proposal_until_a_second_person_agrees(
    loket: Loket, anna: httpx.Client, aanbieder: httpx.Client
) -> None:
    bericht, (groot,) = hold(loket, 12)
    voorstel = decide(anna, groot).json()
    assert (voorstel["uitkomst"], voorstel["besluiten"][0]["definitief"]) == ("ter_beoordeling", False)
    (regel,) = anna.get("/beoordelingen", params={"berichtId": bericht}).json()["beoordelingen"]
    assert (regel["voorstel"]["besluit"], regel["voorstel"]["door"]) == ("toekennen", "Anna")
    assert aanbieder.get(f"/prestaties/{groot}").json()["besluiten"] == []
    assert "andere medewerker" in decide(anna, groot).json()["detail"]
    with loket.client("tweede") as ben:
        assert decide(ben, groot).json()["uitkomst"] == "toegekend"
    assert len(aanbieder.get(f"/prestaties/{groot}").json()["besluiten"]) == 1


def test_many_at_once_or_none(loket: Loket, anna: httpx.Client) -> None:
    bericht, nummers = hold(loket, 1, 2, 3)
    verzoek = {"prestatieIds": [*nummers, 12345], "besluit": "afwijzen", "retourcode": "9307", "motivering": REDEN}
    geweigerd = anna.post("/beoordelingen", json=verzoek)
    assert geweigerd.status_code == 404
    assert [fout["pad"] for fout in geweigerd.json()["fouten"]] == ["12345"]
    assert anna.get(f"/berichten/{bericht}").json()["teBeoordelenBedrag"] == 6 * TARIEF
    gedaan = anna.post("/beoordelingen", json={**verzoek, "prestatieIds": nummers})
    assert gedaan.status_code == 201
    assert (gedaan.json()["aantal"], gedaan.json()["bedrag"]) == (3, 6 * TARIEF)
    assert {item["uitkomst"] for item in gedaan.json()["besluiten"]} == {"afgewezen"}
    assert anna.get(f"/berichten/{bericht}").json()["status"] == "verwerkt"
    opnieuw = anna.post("/beoordelingen", json={**verzoek, "prestatieIds": nummers})
    assert (opnieuw.status_code, len(opnieuw.json()["fouten"])) == (409, 3)


def test_a_request_for_credit_is_open_until_the_credit_line_is_awarded(
    loket: Loket, anna: httpx.Client, aanbieder: httpx.Client
) -> None:
    bericht, (nummer,) = hold(loket, 2)
    assert decide(anna, nummer, terugvragen=True).json()["uitkomst"] == "toegekend"
    regel = aanbieder.get(f"/prestaties/{nummer}").json()
    assert regel["creditverzoek"]["motivering"] == REDEN
    assert regel["referentienummer"] in regel["watTeDoen"]
    assert aanbieder.get(f"/declaraties/{bericht}/prestaties").json()["prestaties"][0]["creditverzoek"]["prestatieId"] == nummer

    def is_open() -> list[tuple[int, int]]:
        lijst = anna.get("/beoordelingen/creditverzoeken", params={"paginaGrootte": 500}).json()["creditverzoeken"]
        return [(item["prestatieId"], item["bedrag"]) for item in lijst if item["prestatieId"] == nummer]

    assert is_open() == [(nummer, 2 * TARIEF)]
    credit = Regel("CREDIT", regel["toewijzingnummer"], JAN, 2, vorig=regel["referentienummer"])
    assert submit(loket.werkplaats, credit)["toegekendBedrag"] == -2 * TARIEF
    assert is_open() == []
    assert aanbieder.get(f"/prestaties/{nummer}").json()["creditverzoek"] is None
    assert "inmiddels gecrediteerd" in decide(anna, nummer, terugvragen=True).json()["detail"]


def test_a_question_and_its_answer(loket: Loket, anna: httpx.Client, aanbieder: httpx.Client) -> None:
    bericht, (nummer, ander) = hold(loket, 2, 1)
    adres = f"/prestaties/{nummer}/opmerkingen"
    vraag = anna.post(adres, json={"tekst": "Waarom is dit nu pas gedeclareerd?"})
    assert vraag.status_code == 201
    assert (vraag.json()["van"], vraag.json()["volgnummer"], vraag.json()["door"]) == ("gemeente", 1, "Anna")
    assert "heeft een vraag" in aanbieder.get(f"/prestaties/{nummer}").json()["watTeDoen"]
    assert aanbieder.post(adres, json={"tekst": "De medewerker was ziek."}).json()["van"] == "aanbieder"
    assert "hoeft niets te doen" in aanbieder.get(f"/prestaties/{nummer}").json()["watTeDoen"]
    gelezen = aanbieder.get(adres).json()["opmerkingen"]
    assert [(item["volgnummer"], item["van"], item["door"]) for item in gelezen] == [(1, "gemeente", None), (2, "aanbieder", None)]
    assert [item["door"] for item in anna.get(adres).json()["opmerkingen"]] == ["Anna", "de aanbieder"]
    regels = aanbieder.get(f"/declaraties/{bericht}/prestaties").json()["prestaties"]
    assert [regel["aantalOpmerkingen"] for regel in regels] == [2, 0]
    met_bsn = aanbieder.post(adres, json={"tekst": f"Het gaat om {BSN}."})
    assert (met_bsn.status_code, BSN in met_bsn.text) == (400, False)
    decide(anna, nummer)
    te_laat = aanbieder.post(adres, json={"tekst": "Nog iets."})
    assert (te_laat.status_code, "al besloten" in te_laat.json()["detail"]) == (409, True)
    for volg in range(1, 51):
        assert anna.post(f"/prestaties/{ander}/opmerkingen", json={"tekst": f"Vraag {volg}"}).status_code == 201
    assert anna.post(f"/prestaties/{ander}/opmerkingen", json={"tekst": "Vraag 51"}).status_code == 409


def test_another_aanbieder_or_gemeente_sees_nothing_of_it(loket: Loket, anna: httpx.Client) -> None:
    _, (nummer,) = hold(loket, 2)
    anna.post(f"/prestaties/{nummer}/opmerkingen", json={"tekst": "Waarom?"})
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        elders = make_sleutel(verbinding, "0001", "contractbeheer", None, loket.werkplaats.instellingen.nu())
    with loket.client(ANDER) as vreemd, loket.dienst.client(elders) as ver:
        for client in (vreemd, ver):
            for adres in (f"/prestaties/{nummer}", f"/prestaties/{nummer}/opmerkingen"):
                antwoord = client.get(adres)
                assert (antwoord.status_code, "niet van u" in antwoord.json()["detail"]) == (404, True)
            assert client.post(f"/prestaties/{nummer}/opmerkingen", json={"tekst": "Hallo"}).status_code == 404
        assert decide(ver, nummer).status_code == 404
        assert ver.get("/beoordelingen").json() == {"beoordelingen": [], "aantal": 0, "bedrag": 0, "volgende": None}
        assert ver.get("/beoordelingen/creditverzoeken").json()["creditverzoeken"] == []
    assert anna.get(f"/prestaties/{nummer}").json()["uitkomst"] == "ter_beoordeling"


@pytest.mark.parametrize("wie", [AGB, "gemeente", "financien", "beheer"])
def test_only_contractbeheer_decides(loket: Loket, wie: str) -> None:
    _, (nummer,) = hold(loket, 2, maand=FEB)
    verzoek = {"prestatieIds": [nummer], "besluit": "toekennen", "motivering": REDEN}
    with loket.client(wie) as client:
        assert decide(client, nummer).status_code == 403
        assert client.post("/beoordelingen", json=verzoek).status_code == 403
        assert client.get("/beoordelingen").status_code == 403
        assert client.get("/beoordelingen/creditverzoeken").status_code == (403 if wie in (AGB, "beheer") else 200)
        vraag = client.post(f"/prestaties/{nummer}/opmerkingen", json={"tekst": "Een opmerking."})
        assert vraag.status_code == (201 if wie == AGB else 403)
        assert client.get(f"/prestaties/{nummer}").status_code == (403 if wie == "beheer" else 200)


@pytest.mark.parametrize(
    ("velden", "pad"),
    [
        ({"besluit": "misschien"}, "body.besluit"),
        ({"motivering": "   "}, "body.motivering"),
        ({"motivering": "x" * 2001}, "body.motivering"),
        ({"motivering": None}, "body.motivering"),
        ({"retourcode": "06111"}, "body.retourcode"),
        ({"terugvraag": True}, "body.terugvraag"),
        ({"volgtOp": 0}, "body.volgtOp"),
    ],
)
def test_a_request_that_is_wrong_is_explained(loket: Loket, anna: httpx.Client, velden: dict[str, Any], pad: str) -> None:
    antwoord = decide(anna, 1 << 20, **velden)
    assert antwoord.status_code == 400
    assert [fout["pad"] for fout in antwoord.json()["fouten"]] == [pad]


def test_other_wrong_values(loket: Loket, anna: httpx.Client) -> None:
    _, (nummer,) = hold(loket, 2, maand=FEB)
    assert "Kies een retourcode" in decide(anna, nummer, besluit="afwijzen").json()["detail"]
    for adres in ("/beoordelingen?volgende=20261399-1", "/beoordelingen?agb=1", "/beoordelingen?waarschuwing=ja", "/prestaties/x"):
        assert anna.get(adres).status_code == 400
    for inhoud in (b"", b"{", b'{"besluit": "\\ud800"}', b'{"motivering": "a\\u0000b", "besluit": "toekennen"}'):
        antwoord = anna.post(f"/prestaties/{nummer}/beoordelingen", content=inhoud, headers={"Content-Type": "application/json"})
        assert antwoord.status_code == 400
    for ids in ([], [0], [2**63], [nummer] * 1001):
        antwoord = anna.post("/beoordelingen", json={"prestatieIds": ids, "besluit": "toekennen", "motivering": REDEN})
        assert antwoord.status_code == 400


def test_deadlines_are_in_the_metrics(loket: Loket) -> None:
    hold(loket, 1)
    with loket.client("beheer") as beheer:
        tekst = beheer.get("/metrics").text
    assert f'berichten_te_beoordelen{{gemeente="{GEMEENTE}"}}' in tekst
    assert f'berichten_te_beoordelen_verlopen{{gemeente="{GEMEENTE}"}} 0.0' in tekst


def test_lines_that_were_not_held_are_shown_too(loket: Loket, anna: httpx.Client, aanbieder: httpx.Client) -> None:
    bericht = submit(loket.werkplaats, Regel("NIETS", 701, MRT, 2), Regel("FOUT", 999, MRT, 2))["berichtId"]
    goed, fout = aanbieder.get(f"/declaraties/{bericht}/prestaties").json()["prestaties"]
    assert goed["uitkomst"] == "toegekend", goed["bevindingen"]
    assert (goed["besluit"], goed["creditverzoek"], goed["aantalOpmerkingen"]) == (None, None, 0)
    assert "hoeft niets te doen" in aanbieder.get(f"/prestaties/{goed['prestatieId']}").json()["watTeDoen"]
    assert "nieuw referentienummer" in aanbieder.get(f"/prestaties/{fout['prestatieId']}").json()["watTeDoen"]
    assert "al verstuurd" in decide(anna, fout["prestatieId"]).json()["detail"]
