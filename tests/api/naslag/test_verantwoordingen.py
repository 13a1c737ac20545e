"""Delivery records over HTTP: who may send them, what is refused, and what becomes of lines that were held."""

from datetime import date
from typing import Any

import httpx
import pytest

from berichten.processen.referentie.werkmap import MEDIATYPE as XLSX
from tests.api.conftest import Loket
from tests.beoordeling.test_eigen_regels import JAN, laad, minuten
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import declaratie, send, toewijzing
from tests.referentie.test_rekenprogramma import workbook

NIETS = {"nieuw": 0, "gewijzigd": 0, "ongewijzigd": 0, "ingetrokken": 0, "hertoetst": []}
GOED: dict[str, Any] = {"referentienummer": "A", "datum": "2026-01-10", "minuten": 510, "soort": "direct", "registratie": "SKJ"}


@pytest.fixture(scope="module")
def aanbieder(loket: Loket) -> httpx.Client:
    return loket.client(AGB)


def post(client: httpx.Client, *rijen: dict[str, Any]) -> httpx.Response:
    return client.post("/verantwoordingen", json={"verantwoordingen": list(rijen)})


def test_a_held_line_leaves_when_its_records_are_complete(loket: Loket, aanbieder: httpx.Client) -> None:
    laad(loket.werkplaats, "tarieven", f"{AGB};45A48;HBO;04;7805;2020-01-01;")
    send(loket.werkplaats, toewijzing(880500, Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "4"}))
    antwoord = post(aanbieder, GOED, {**GOED, "datum": "2026-01-17", "minuten": 90, "soort": "no_show"})
    assert (antwoord.status_code, antwoord.json()) == (200, {**NIETS, "nieuw": 2})
    bericht = send(loket.werkplaats, declaratie(JAN, [minuten("A", JAN, 600, 880500)]))
    assert bericht["status"] == "ter_beoordeling"
    antwoord = post(
        aanbieder, {**GOED, "datum": "2026-01-17", "minuten": 0, "soort": "no_show"}, {**GOED, "datum": "2026-01-18", "minuten": 90}
    )
    assert antwoord.json()["gewijzigd"] == 1
    (regel,) = antwoord.json()["hertoetst"]
    assert regel["uitkomst"] == "toegekend"
    dossier = aanbieder.get(f"/prestaties/{regel['prestatieId']}").json()
    assert (dossier["uitkomst"], dossier["bevindingen"]) == ("toegekend", [])
    assert "Na aanvulling van de verantwoording" in dossier["besluiten"][0]["motivering"]
    assert aanbieder.get(f"/berichten/{bericht['berichtId']}").json()["status"] == "verwerkt"
    assert aanbieder.get(f"/berichten/{bericht['berichtId']}/antwoord").status_code == 200


@pytest.mark.parametrize(
    ("rij", "pad"),
    [
        ({"minuten": 1441}, "verantwoordingen[1].minuten"),
        ({"referentienummer": ""}, "verantwoordingen[1].referentienummer"),
        ({"niveau": "HAVO"}, "verantwoordingen[1].niveau"),
        ({"referentienummer": "", "toewijzingnummer": 880500}, "verantwoordingen[1].maand"),
        ({"maand": "2026-02"}, "verantwoordingen[1].datum"),
        ({"minuten": -1}, "body.verantwoordingen.1.minuten"),
        ({"soort": "reistijd"}, "body.verantwoordingen.1.soort"),
        ({"datum": "10-01-2026"}, "body.verantwoordingen.1.datum"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(aanbieder: httpx.Client, rij: dict[str, Any], pad: str) -> None:
    antwoord = post(aanbieder, {**GOED, "referentienummer": "Z1"}, {**GOED, **rij})
    assert antwoord.status_code == 400
    assert antwoord.headers["content-type"] == "application/problem+json"
    assert pad in [fout["pad"] for fout in antwoord.json()["fouten"]]


def test_with_a_fault_nothing_is_kept(aanbieder: httpx.Client) -> None:
    post(aanbieder, {**GOED, "referentienummer": "Z2"}, {**GOED, "minuten": 1441})
    assert post(aanbieder, {**GOED, "referentienummer": "Z2"}).json()["nieuw"] == 1


def test_the_same_records_again_change_nothing(aanbieder: httpx.Client) -> None:
    rij = {**GOED, "referentienummer": "Z3"}
    assert post(aanbieder, rij).json()["nieuw"] == 1
    assert post(aanbieder, rij).json() == {**NIETS, "ongewijzigd": 1}


@pytest.mark.parametrize("wie", ["contractbeheer", "financien", "beheer", "gemeente"])
def test_only_an_aanbieder_accounts_for_its_work(loket: Loket, wie: str) -> None:
    assert post(loket.client(wie), GOED).status_code == 403


def test_an_allocation_of_another_is_answered_like_one_that_nobody_has(loket: Loket) -> None:
    ander = next(agb for agb in loket.sleutels if agb.isdigit() and len(agb) == 8 and agb != AGB)
    record = {**GOED, "referentienummer": "", "maand": "2026-01"}
    van_een_ander, van_niemand = (
        post(loket.client(ander), {**record, "toewijzingnummer": nummer}) for nummer in (880500, 880_599_999)
    )
    assert (van_een_ander.status_code, van_een_ander.json()) == (van_niemand.status_code, van_niemand.json())
    assert van_niemand.json()["nieuw"] == 1


def test_a_body_that_is_too_large_or_has_no_size_is_refused(aanbieder: httpx.Client) -> None:
    json = {"Content-Type": "application/json"}
    te_groot = aanbieder.post("/verantwoordingen", content=b"[" * 5_000_001, headers=json)
    assert (te_groot.status_code, te_groot.headers["content-type"]) == (413, "application/problem+json")
    assert aanbieder.post("/verantwoordingen", content=iter([b"{}"]), headers=json).status_code == 411


def test_too_many_and_none_are_refused(aanbieder: httpx.Client) -> None:
    assert post(aanbieder).status_code == 400
    assert post(aanbieder, *[GOED] * 10_001).status_code == 400


def test_a_file_is_taken_as_csv_and_as_workbook(aanbieder: httpx.Client) -> None:
    kop = "gemeente;agb;referentienummer;toewijzingnummer;maand;datum;minuten;soort;niveau;registratie;contactnummer"
    rij = f"0484;{AGB};Z7;;;2026-01-10;60;direct;HBO;SKJ;"
    als_csv: dict[str, Any] = {
        "content": f"\ufeff{kop}\r\n{rij}\r\n{rij}\r\n;;;;\r\n".encode(),
        "headers": {"Content-Type": "text/csv"},
    }
    assert aanbieder.post("/verantwoordingen/bestand", **als_csv).json() == {**NIETS, "nieuw": 2}
    cellen = [484, int(AGB), "Z7", None, None, date(2026, 1, 10), 60, "direct", "HBO", "SKJ", None]
    als_xlsx: dict[str, Any] = {"content": workbook(kop.split(";"), cellen, cellen), "headers": {"Content-Type": XLSX}}
    assert aanbieder.post("/verantwoordingen/bestand", **als_xlsx).json() == {**NIETS, "ongewijzigd": 2}
    ander = {**als_csv, "content": als_csv["content"].replace(b";60;", b";1441;")}
    antwoord = aanbieder.post("/verantwoordingen/bestand", **ander)
    assert [(fout["regelnummer"], fout["pad"]) for fout in antwoord.json()["fouten"]] == [(2, "minuten"), (3, "minuten")]
    assert aanbieder.post("/verantwoordingen/bestand", content=b"x", headers={"Content-Type": "text/html"}).status_code == 415


def test_a_contact_is_withdrawn_by_its_number(aanbieder: httpx.Client) -> None:
    rij = {**GOED, "referentienummer": "Z8", "contactnummer": "C-8"}
    assert post(aanbieder, rij).json()["nieuw"] == 1
    assert post(aanbieder, {**rij, "ingetrokken": True}).json() == {**NIETS, "ingetrokken": 1}
    assert post(aanbieder, {**rij, "ingetrokken": True}).json() == NIETS
