"""Of a Bsn three digits are shown, to finance none, and to who runs the service no client at all; all nine only with a reason."""

from datetime import date
from typing import Any

import pytest

from tests.api.conftest import Loket
from tests.api.dienst import await_outcome, post
from tests.hulp.bouwstenen import AGB, BSN
from tests.hulp.declareer import Regel, declaratie, toewijzing

JAN = date(2026, 1, 1)
REDEN = "De cliënt belt en noemt een andere geboortedatum"


@pytest.fixture(scope="module")
def adressen(loket: Loket) -> dict[str, str]:
    """An allocation with a declaration of one line: their addresses."""
    berichten = []
    for wie, inhoud in (("gemeente", toewijzing(1)), (AGB, declaratie(JAN, [Regel("A", 1, JAN, 1)]))):
        with loket.client(wie) as client:
            berichten.append(await_outcome(client, post(client, inhoud).json()["berichtId"])["berichtId"])
    with loket.client(AGB) as client:
        (regel,) = client.get(f"/declaraties/{berichten[1]}/prestaties").json()["prestaties"]
    return {
        "toewijzing": "/toewijzingen/1",
        "toewijzingen": "/toewijzingen",
        "prestatie": f"/prestaties/{regel['prestatieId']}",
        "prestaties": f"/declaraties/{berichten[1]}/prestaties",
        "opmerkingen": f"/prestaties/{regel['prestatieId']}/opmerkingen",
        "bevindingen": f"/berichten/{berichten[1]}/bevindingen",
        "inhoud": f"/berichten/{berichten[1]}/inhoud",
        "antwoord": f"/berichten/{berichten[1]}/antwoord",
        "bericht": f"/berichten/{berichten[1]}",
    }


def _looks(loket: Loket, soort: str) -> list[dict[str, Any]]:
    with loket.client("beheer") as client:
        gevonden = client.post("/inzagelog/zoekopdrachten", json={"bsn": BSN, "paginaGrootte": 500}).json()["regels"]
    return [regel for regel in gevonden if regel["objectSoort"] == soort]


@pytest.mark.parametrize("wie", [AGB, "gemeente", "contractbeheer"])
@pytest.mark.parametrize("wat", ["toewijzing", "prestatie"])
def test_with_a_reason_all_nine_digits_are_shown_and_that_is_known(
    loket: Loket, adressen: dict[str, str], wie: str, wat: str
) -> None:
    with loket.client(wie) as client:
        assert client.post(f"{adressen[wat]}/bsn", json={"reden": f" {REDEN} "}).json() == {"bsn": BSN}
    gezien = _looks(loket, wat)[0]
    assert (gezien["bsnGetoond"], gezien["reden"], gezien["uitkomst"]) == (True, REDEN, "getoond")


@pytest.mark.parametrize("reden", ["", "   ", "x" * 501, f"Het gaat om {BSN}", None])
def test_without_a_good_reason_nothing_is_shown(loket: Loket, adressen: dict[str, str], reden: str | None) -> None:
    gezien = len(_looks(loket, "toewijzing"))
    with loket.client("contractbeheer") as client:
        antwoord = client.post(f"{adressen['toewijzing']}/bsn", json={} if reden is None else {"reden": reden})
    assert antwoord.status_code == 400
    assert [fout["pad"] for fout in antwoord.json()["fouten"]] == ["body.reden"]
    assert BSN not in antwoord.text
    assert len(_looks(loket, "toewijzing")) == gezien


def test_of_what_is_anothers_nothing_is_shown(loket: Loket, adressen: dict[str, str]) -> None:
    ander = next(agb for agb in loket.sleutels if len(agb) == 8 and agb.isdigit() and agb != AGB)
    with loket.client(ander) as client:
        for wat in ("toewijzing", "prestatie"):
            assert client.post(f"{adressen[wat]}/bsn", json={"reden": REDEN}).status_code == 404


MAG_NIET = {
    "financien": ("inhoud", "antwoord"),
    "beheer": ("toewijzing", "toewijzingen", "prestatie", "prestaties", "opmerkingen", "bevindingen", "inhoud", "antwoord"),
}


@pytest.mark.parametrize("wie", MAG_NIET)
def test_a_role_sees_what_it_needs(loket: Loket, adressen: dict[str, str], wie: str) -> None:
    with loket.client(wie) as client:
        standen = {wat: client.get(adres).status_code for wat, adres in adressen.items()}
        standen |= {
            f"bsn {wat}": client.post(f"{adressen[wat]}/bsn", json={"reden": REDEN}).status_code
            for wat in ("toewijzing", "prestatie")
        }
        standen |= {
            f"zoek {wat}": client.post(f"{adressen[wat]}/zoekopdrachten", json={"bsn": BSN}).status_code
            for wat in ("toewijzingen", "prestaties")
        }  # fmt: skip
    geweigerd = {wat for wat, stand in standen.items() if stand == 403}
    assert geweigerd == {*MAG_NIET[wie], "bsn toewijzing", "bsn prestatie", "zoek toewijzingen", "zoek prestaties"}
    assert {stand for wat, stand in standen.items() if wat not in geweigerd} == {200}


@pytest.mark.parametrize(("wie", "client_"), [("financien", "******"), ("contractbeheer", f"******{BSN[-3:]}")])
def test_finance_sees_amounts_and_no_digit_of_a_bsn(loket: Loket, adressen: dict[str, str], wie: str, client_: str) -> None:
    with loket.client(wie) as client:
        assert client.get(adressen["toewijzing"]).json()["client"] == client_
        assert client.get(adressen["toewijzingen"]).json()["toewijzingen"][0]["client"] == client_
        assert client.get(adressen["prestatie"]).json()["client"] == client_
        assert client.get(adressen["prestaties"]).json()["prestaties"][0]["client"] == client_
        assert f";{client_};" in client.get(adressen["prestaties"], headers={"Accept": "text/csv"}).text
        if wie == "financien":
            totaal = client.get("/financien/totalen/regels", params={"periode": "2026"}).json()
            assert [regel["client"] for regel in totaal["regels"]] == [client_]
