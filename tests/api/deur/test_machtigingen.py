"""A servicebureau acts for aanbieders that gave it a mandate: at the door and for reads, in one gemeente, for a period."""

from datetime import timedelta
from typing import Any

import pytest

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.machtigingen import insert_machtiging, revoke_machtiging
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.voorbeelden.model.model import GEMEENTE
from tests.api.conftest import Loket
from tests.api.deur.test_slechte_invoer import check_problem
from tests.api.dienst import await_outcome, post
from tests.api.gevallen import STAD, find_declaratie
from tests.conftest import VANDAAG
from tests.hulp.bouw import bouw
from tests.hulp.eigenaar import as_owner

DECLARATIE = find_declaratie(STAD)
KLANT = DECLARATIE.afzender
BUREAU, VREEMD = "98000001", "98000002"
DAG = timedelta(days=1)


@pytest.fixture
def bureau(loket: Loket) -> Any:
    """A client with the key of the servicebureau, without any mandate left from the test before."""
    with as_owner(loket.werkplaats) as verbinding:
        verbinding.exec_driver_sql("DELETE FROM machtiging")
        sleutel = make_sleutel(verbinding, GEMEENTE, "aanbieder", BUREAU, loket.werkplaats.instellingen.nu())
    with loket.dienst.client(sleutel) as client:
        yield client


def grant(loket: Loket, van: int, tot: int | None, *, wie: str = BUREAU, gemeente: str = GEMEENTE, agb: str = KLANT) -> int:
    """A mandate from so many days after today up to so many."""
    eind = None if tot is None else VANDAAG + tot * DAG
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return insert_machtiging(verbinding, gemeente, wie, agb, VANDAAG + van * DAG, eind, loket.werkplaats.instellingen.nu())


def test_mandate_opens_the_door_and_the_books_of_that_aanbieder_only(loket: Loket, bureau: Any) -> None:
    check_problem(post(bureau, DECLARATIE.inhoud), 403, (f"Afzender is {KLANT}", "of vraag de gemeente om een machtiging"))
    nummer = grant(loket, -10, None)
    ontvangst = post(bureau, DECLARATIE.inhoud)
    assert ontvangst.status_code == 202, ontvangst.text
    gestuurd = looks_of(loket, bureau)[0]
    assert (gestuurd["objectSoort"], gestuurd["namens"], gestuurd["machtiging"]) == ("inzending", KLANT, nummer)
    adres = f"/berichten/{ontvangst.json()['berichtId']}"
    assert bureau.get(adres).status_code == 404
    bureau.headers["Namens"] = KLANT
    staat = await_outcome(bureau, ontvangst.json()["berichtId"])
    assert (staat["afzender"], staat["soort"]) == (KLANT, "JW323")
    assert bureau.get(f"{adres}/inhoud").content == DECLARATIE.inhoud
    assert [item["afzender"] for item in bureau.get("/berichten").json()["berichten"]] == [KLANT]
    with loket.client(KLANT) as klant:
        assert klant.get(adres).json() == staat
    ander = next(item.agb for item in STAD.aanbieders if item.agb != KLANT)
    bureau.headers["Namens"] = ander
    check_problem(bureau.get(adres), 403, (f"namens AGB-code {ander}",))


@pytest.mark.parametrize(
    ("van", "tot", "mag"), [(0, 0, True), (-5, None, True), (-5, -1, False), (1, None, False), (-1, 0, True), (0, 1, True)]
)
def test_first_and_last_day_count(loket: Loket, bureau: Any, van: int, tot: int | None, mag: bool) -> None:
    grant(loket, van, tot)
    antwoord = bureau.get("/berichten", headers={"Namens": KLANT})
    assert antwoord.status_code == (200 if mag else 403)


def test_mandate_is_for_one_gemeente_one_bureau_and_until_withdrawn(loket: Loket, bureau: Any) -> None:
    grant(loket, -5, None, wie=VREEMD)
    grant(loket, -5, None, gemeente="0518")
    grant(loket, -5, None, wie=KLANT, agb=BUREAU)
    check_problem(bureau.get("/berichten", headers={"Namens": KLANT}), 403, ("geen machtiging",))
    nummer = grant(loket, -5, None)
    assert bureau.get("/berichten", headers={"Namens": KLANT}).status_code == 200
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        assert revoke_machtiging(verbinding, nummer, loket.werkplaats.instellingen.nu())
    check_problem(bureau.get("/berichten", headers={"Namens": KLANT}), 403, ("geen machtiging",))


def test_header_gives_staff_and_others_nothing(loket: Loket, bureau: Any) -> None:
    for wie in (GEMEENTE, "contractbeheer"):
        with loket.client(wie) as client:
            check_problem(client.get("/berichten", headers={"Namens": KLANT}), 403, ("geen machtiging",))
    assert bureau.get("/berichten", headers={"Namens": BUREAU}).status_code == 200
    assert bureau.get("/berichten", headers={"Namens": "nul"}).status_code == 400
    onbekend = bureau.get("/berichten", headers={"Namens": "00000000"}).json()["detail"]
    bestaand = bureau.get("/berichten", headers={"Namens": KLANT}).json()["detail"]
    assert onbekend.replace("00000000", KLANT) == bestaand


def looks_of(loket: Loket, bureau: Any) -> list[dict[str, Any]]:
    """What was done with the key of the servicebureau, new to old, as beheer reads it."""
    sleutel = bureau.headers["Authorization"].split(".")[1]
    with loket.client("beheer") as client:
        regels: list[dict[str, Any]] = client.get("/inzagelog", params={"door": sleutel}).json()["regels"]
    return regels


def test_the_log_names_the_mandate_by_which_a_servicebureau_looked(loket: Loket, bureau: Any) -> None:
    nummer = grant(loket, -5, None)
    bureau.get("/berichten")
    bureau.get("/berichten", headers={"Namens": KLANT})
    bureau.get("/berichten", headers={"Namens": VREEMD})
    gedaan = [
        (rij["objectSoort"], rij["objectId"], rij["namens"], rij["machtiging"], rij["reden"]) for rij in looks_of(loket, bureau)
    ]
    assert gedaan == [
        ("machtiging", VREEMD, BUREAU, None, "machtiging"),
        ("berichten", "", KLANT, nummer, ""),
        ("berichten", "", BUREAU, None, ""),
    ]


def test_what_was_sent_under_a_mandate_stays_the_aanbieders_when_it_ends(loket: Loket, bureau: Any) -> None:
    nummer = grant(loket, -5, None)
    bericht = post(bureau, DECLARATIE.inhoud).json()["berichtId"]
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        assert revoke_machtiging(verbinding, nummer, loket.werkplaats.instellingen.nu())
    with loket.client(KLANT) as klant:
        assert klant.get(f"/berichten/{bericht}").status_code == 200
        assert klant.get(f"/berichten/{bericht}/inhoud").content == DECLARATIE.inhoud
    for kop, status in (({"Namens": KLANT}, 403), ({}, 404)):
        for deel in ("", "/inhoud", "/antwoord", "/bevindingen"):
            assert bureau.get(f"/berichten/{bericht}{deel}", headers=kop).status_code == status
    check_problem(post(bureau, DECLARATIE.inhoud), 403, (f"Afzender is {KLANT}",))


def test_mandate_does_not_change_what_an_aanbieder_may_send(loket: Loket, bureau: Any) -> None:
    grant(loket, -5, None)
    verkeerd = bouw("JW301", {"Header": {"Afzender": GEMEENTE, "Ontvanger": KLANT}})
    check_problem(post(bureau, verkeerd), 403, ("komt van de gemeente, maar uw sleutel is die van een aanbieder",))
