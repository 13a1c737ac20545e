"""The access log through the API: for beheer alone, and a Bsn only in the body of a request."""

import pytest

from tests.api.conftest import Loket
from tests.api.dienst import ROLLEN, await_outcome, post
from tests.hulp.bouwstenen import AGB, BSN
from tests.hulp.declareer import toewijzing


@pytest.fixture(scope="module")
def gezien(loket: Loket) -> Loket:
    """An allocation that its aanbieder looked at once."""
    with loket.client("gemeente") as client:
        await_outcome(client, post(client, toewijzing(1)).json()["berichtId"])
    with loket.client(AGB) as client:
        assert client.get("/toewijzingen/1", headers={"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}).status_code == 200
        assert client.get("/toewijzingen/2").status_code == 404
    return loket


def test_beheer_finds_who_saw_a_client(gezien: Loket) -> None:
    with gezien.client("beheer") as client:
        regel, verwerkt = client.post("/inzagelog/zoekopdrachten", json={"bsn": BSN}).json()["regels"]
    assert (verwerkt["rol"], verwerkt["objectSoort"]) == ("dienst", "verwerking")
    assert (regel["gebeurtenis"], regel["rol"], regel["namens"]) == (
        "GET /toewijzingen/{toewijzingnummer}", "aanbieder", AGB
    )  # fmt: skip
    assert (regel["objectSoort"], regel["objectId"], regel["aantal"], regel["spoor"]) == ("toewijzing", "1", 1, "ab" * 16)


def test_what_was_not_found_is_a_filter_away(gezien: Loket) -> None:
    with gezien.client("beheer") as client:
        gevonden = client.get("/inzagelog", params={"uitkomst": "niet_gevonden", "rol": "aanbieder"}).json()["regels"]
    assert [(regel["objectSoort"], regel["objectId"]) for regel in gevonden] == [("toewijzing", "2")]


@pytest.mark.parametrize(
    ("adres", "soort", "nummer"),
    [
        ("/toewijzingen/484000001", "toewijzing", "484000001"),
        ("/prestaties/77/verloop", "prestatie", "77"),
        (f"/prestaties/{BSN}", "prestatie", f"******{BSN[-3:]}"),
        ("/prestaties/Jansen", "prestatie", ""),
        ("/toewijzingen", "toewijzingen", ""),
        ("/beoordelingen", "handeling", ""),
    ],
)
def test_what_was_refused_is_told_by_kind_and_number(gezien: Loket, adres: str, soort: str, nummer: str) -> None:
    """Never a Bsn that was typed where a number goes, nor any other text."""
    with gezien.client("beheer") as client:
        assert client.get(adres).status_code == 403
        laatste = client.get("/inzagelog", params={"paginaGrootte": 1, "uitkomst": "geweigerd"}).json()["regels"][0]
    assert (laatste["rol"], laatste["objectSoort"], laatste["objectId"], laatste["reden"]) == ("beheer", soort, nummer, "rol")


def test_asking_is_a_look_itself(gezien: Loket) -> None:
    with gezien.client("beheer") as client:
        client.post("/inzagelog/zoekopdrachten", json={"bsn": BSN})
        laatste = client.get("/inzagelog", params={"paginaGrootte": 1, "objectSoort": "inzagelog"}).json()["regels"][0]
    assert (laatste["rol"], laatste["aantal"], laatste["gebeurtenis"]) == ("beheer", 1, "POST /inzagelog/zoekopdrachten")


def test_it_is_read_page_by_page(gezien: Loket) -> None:
    with gezien.client("beheer") as client:
        eerste, tweede = (client.get("/inzagelog", params={"paginaGrootte": 1}).json() for _ in range(2))
        na_tweede = client.get("/inzagelog", params={"paginaGrootte": 1, "volgende": tweede["volgende"]}).json()
    assert tweede["regels"] != na_tweede["regels"] == eerste["regels"]


@pytest.mark.parametrize("wie", [rol for rol in (*ROLLEN, AGB) if rol != "beheer"])
def test_nobody_else_reads_it(gezien: Loket, wie: str) -> None:
    with gezien.client(wie) as client:
        assert client.get("/inzagelog").status_code == 403
        assert client.post("/inzagelog/zoekopdrachten", json={"bsn": BSN}).status_code == 403
