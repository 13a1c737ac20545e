"""Code lists through the API: those of the standard with our own words, and which rule gives which code."""

import pytest

from berichten.kern.feit import NIVEAUS
from berichten.regels.catalogus import list_catalogus
from tests.api.conftest import Loket

AGB = "42420001"


def codes(loket: Loket, naam: str) -> dict[str, dict]:
    with loket.client(AGB) as client:
        lijst = client.get(f"/codelijsten/{naam}").raise_for_status().json()
    assert lijst["naam"] == naam
    assert lijst["omschrijving"].endswith(".")
    return {item["code"]: item for item in lijst["codes"]}


def test_every_list_is_named_and_can_be_read(loket: Loket) -> None:
    with loket.client(AGB) as client:
        namen = {item["naam"]: item["aantal"] for item in client.get("/codelijsten").json()["codelijsten"]}
    assert {"eenheid", "frequentie", "redenwijziging", "redenbeeindiging", "retourcode", "gevolg", "opleidingsniveau"} <= set(namen)
    assert list(namen) == sorted(namen)
    for naam, aantal in namen.items():
        lijst = codes(loket, naam)
        assert len(lijst) == aantal > 0
        assert all(item["omschrijving"] for item in lijst.values()), naam


def test_units_and_levels(loket: Loket) -> None:
    assert set(codes(loket, "eenheid")) == {"01", "04", "14", "16", "82", "83", "84"}
    assert {"21", "81"} <= set(codes(loket, "eenheid-jw303"))
    assert list(codes(loket, "opleidingsniveau")) == list(NIVEAUS)
    assert set(codes(loket, "gevolg")) == {"afkeuren", "afwijzen", "beoordelen", "signaal"}
    assert codes(loket, "categorie-alphen")["46"]["omschrijving"] == "Crisis, per minuut"


def test_a_retourcode_names_the_rules_that_give_it(loket: Loket) -> None:
    nieuw, oud = codes(loket, "retourcode"), codes(loket, "retourcode-jw303")
    assert [item["regel"] for item in nieuw["9307"]["regels"]] == ["TR307"]
    assert nieuw["8001"]["regels"] == []
    assert [item["berichten"] for item in oud["8855"]["regels"]] == [["JW303"]]
    genoemd = {(code, item["regel"]) for lijst in (nieuw, oud) for code, rij in lijst.items() for item in rij["regels"]}
    assert genoemd == {(item.retourcode, item.regel) for item in list_catalogus() if item.retourcode}


@pytest.mark.parametrize("naam", ["eenheden", "LDT_Eenheid", "RETOURCODE"])
def test_an_unknown_list_is_answered_with_the_names_of_all(loket: Loket, naam: str) -> None:
    with loket.client("financien") as client:
        antwoord = client.get(f"/codelijsten/{naam}")
    assert antwoord.status_code == 404
    assert "eenheid, " in antwoord.json()["detail"]
    assert "retourcode" in antwoord.json()["detail"]


def test_without_a_key_there_is_nothing_to_see(loket: Loket) -> None:
    with loket.dienst.client() as client:
        assert client.get("/codelijsten").status_code == 401
