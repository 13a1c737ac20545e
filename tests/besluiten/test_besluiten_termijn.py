"""Deadlines of declarations that wait: what is warned of, what the figures say, and what is awarded when it was so set."""

from datetime import date

import pytest

from berichten.beoordeling.wachtend.termijn import warn
from berichten.kern.kalender import count_werkdagen
from berichten.opslag.besluiten.termijnstand import Termijnstand
from berichten.opslag.besluiten.werkvoorraad import list_verlopen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bewaak_termijnen import Termijnwaker, award_overdue
from berichten.processen.bewaking.meetwaarden import measure
from tests.hulp.besluiten import FEB, JAN, MRT, TARIEF, beslis, fill_town, genomen, rows, scalar, set_instelling, staat, submit
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import Regel, send, toewijzing
from tests.hulp.eigenaar import as_owner

A, B, C = Regel("A", 700, JAN, 4), Regel("B", 700, FEB, 5), Regel("C", 700, MRT, 6)
UITERLIJK = date(2026, 7, 14)
"""Ten working days after 30 June 2026, the day of the tests."""


@pytest.fixture
def stad(werkplaats: Werkplaats) -> Werkplaats:
    """Allocation 700; lines of January and February are held."""
    fill_town(werkplaats, 700)
    return werkplaats


def on(werkplaats: Werkplaats, dag: date, **waarden: object) -> Werkplaats:
    """The same parts on another day."""
    return set_instelling(werkplaats, huidige_datum=dag, **waarden)


@pytest.mark.parametrize(
    ("vandaag", "tekst"),
    [
        (date(2026, 7, 9), None),
        (date(2026, 7, 10), "nog 2 werkdagen"),
        (date(2026, 7, 11), "nog 2 werkdagen"),
        (date(2026, 7, 12), "nog 2 werkdagen"),
        (date(2026, 7, 13), "nog 1 werkdag"),
        (date(2026, 7, 14), "vandaag is de laatste dag"),
        (date(2026, 7, 15), "termijn verstreken"),
    ],
)
def test_warnings_count_working_days(vandaag: date, tekst: str | None) -> None:
    assert warn(UITERLIJK, vandaag, 2) == tekst


@pytest.mark.parametrize(
    ("na", "tot", "aantal"),
    [
        (date(2026, 7, 10), date(2026, 7, 14), 2),
        (date(2026, 7, 14), date(2026, 7, 14), 0),
        (date(2026, 7, 15), date(2026, 7, 14), 0),
        (date(2026, 4, 24), date(2026, 4, 28), 1),
    ],
)
def test_weekends_and_holidays_are_no_working_days(na: date, tot: date, aantal: int) -> None:
    """27 April 2026 is King's Day."""
    assert count_werkdagen(na, tot) == aantal


def figures(werkplaats: Werkplaats) -> tuple[float, ...]:
    gemeten = {item.naam: item.waarde for item in measure(werkplaats, GEMEENTE)}
    namen = ("te_beoordelen", "te_beoordelen_bijna_verlopen", "te_beoordelen_verlopen")
    return tuple(gemeten[f"berichten_{naam}"] for naam in namen)


def test_figures_follow_the_declarations_that_wait(stad: Werkplaats) -> None:
    bericht = submit(stad, A)["berichtId"]
    assert scalar(stad, "SELECT antwoord_uiterlijk_op FROM bericht WHERE bericht_id = :b", b=bericht) == UITERLIJK
    submit(stad, B)
    for dag, verwacht in (
        (date(2026, 7, 9), (2, 0, 0)),
        (date(2026, 7, 10), (2, 2, 0)),
        (UITERLIJK, (2, 2, 0)),
        (date(2026, 7, 15), (2, 0, 2)),
    ):
        assert Termijnwaker(on(stad, dag)).watch() == [Termijnstand(GEMEENTE, *verwacht)]
        assert figures(on(stad, dag)) == verwacht


def test_a_gemeente_where_nothing_waits_any_more_goes_back_to_nought(stad: Werkplaats) -> None:
    waker = Termijnwaker(stad)
    submit(stad, A)
    assert waker.watch() != []
    assert figures(stad) == (1, 0, 0)
    genomen(beslis(stad, "A"))
    assert waker.watch() == []
    assert figures(stad) == (0, 0, 0)


def test_lines_stay_held_at_their_deadline_by_default(stad: Werkplaats) -> None:
    bericht = submit(stad, A)["berichtId"]
    Termijnwaker(on(stad, date(2026, 8, 1))).watch()
    assert staat(stad, bericht)[0] == "ter_beoordeling"


def test_what_is_overdue_is_awarded_by_the_service_when_it_was_so_set(stad: Werkplaats) -> None:
    bericht = submit(stad, A, B, C)["berichtId"]
    genomen(beslis(stad, "B", besluit="afwijzen", retourcode="0611"))
    Termijnwaker(on(stad, UITERLIJK, bij_termijn="toekennen")).watch()
    assert staat(stad, bericht)[0] == "ter_beoordeling"
    Termijnwaker(on(stad, date(2026, 7, 15), bij_termijn="toekennen")).watch()
    assert staat(stad, bericht) == ("verwerkt", 15 * TARIEF, 10 * TARIEF, 5 * TARIEF, 0)
    (besluit,) = rows(stad, "SELECT door, definitief, motivering FROM besluit WHERE besluit = 'toekennen'")
    assert besluit[:2] == ("dienst", True)
    assert "verliep op 14 juli 2026" in besluit[2]
    assert award_overdue(on(stad, date(2026, 7, 16))) == 0


def test_a_large_amount_is_awarded_too_and_needs_no_second_person(stad: Werkplaats) -> None:
    bericht = submit(stad, A)["berichtId"]
    assert award_overdue(on(stad, date(2026, 7, 15), vier_ogen_vanaf=1)) == 1
    assert staat(stad, bericht)[0] == "verwerkt"


def test_a_line_on_a_removed_allocation_waits_for_a_person(stad: Werkplaats) -> None:
    send(stad, toewijzing(701))
    bericht = submit(stad, A, Regel("D", 701, JAN, 1))["berichtId"]
    weg = {"Einddatum": "2026-01-01", "RedenWijziging": "13", "Toewijzingstijd": "11:00:00"}
    assert send(stad, toewijzing(701, **weg))["status"] == "verwerkt"
    assert award_overdue(on(stad, date(2026, 7, 15))) == 1
    assert staat(stad, bericht) == ("ter_beoordeling", 5 * TARIEF, 4 * TARIEF, 0, TARIEF)
    with stad.opslag.transaction() as verbinding:
        assert list_verlopen(verbinding, date(2026, 7, 15)) == []


def test_a_declaration_for_which_it_fails_does_not_hinder_the_others(stad: Werkplaats) -> None:
    kapot, goed = submit(stad, A)["berichtId"], submit(stad, B)["berichtId"]
    with as_owner(stad) as verbinding:
        verbinding.exec_driver_sql("UPDATE bericht_inhoud SET inhoud = '\\x09' WHERE bericht_id = %s", (kapot,))
    assert award_overdue(on(stad, date(2026, 7, 15))) == 1
    assert staat(stad, kapot)[0] == "ter_beoordeling"
    assert staat(stad, goed)[0] == "verwerkt"
