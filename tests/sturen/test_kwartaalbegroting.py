"""Budget by month and by year with its changes, as it was valid on a day; and how it is loaded."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berichten.klok import end_of
from berichten.opslag.kwartaal.begrotingen import Begrotingsregel, list_begroting, list_kalender
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_begroting import load_begroting, load_kalender
from berichten.rapporten.sturen.kwartaalbegroting import value_budget
from berichten.rapporten.sturen.kwartaalperiode import a_year_before, read_kwartaal

KOP = "gemeente;jaar;segment;maand;bedrag;soort;vastgesteld_op;besluit\n"
BESLUIT = date(2025, 11, 6)
ZOMER = date(2026, 6, 18)


def budget(bedrag: int, segment: str = "4", maand: int = 0, soort: str = "primitief", op: date = BESLUIT) -> Begrotingsregel:
    return Begrotingsregel(2026, segment, maand, bedrag, soort, op, "Raad")


def test_a_year_is_twelve_twelfths_with_cumulative_rounding() -> None:
    """1,000.00 by year: 100,000 cents x k / 12, halves up: 8,333 (8,333.3), 16,667 (16,666.7), 25,000: so 8,333 + 8,334 + 8,333.

    A quarter is 25,000; a change of -1,000.07 from 18 June makes -7 cents of the year: -7 x 3 / 12 = -1.75, halves up -2.
    """
    eerste = value_budget([budget(100_000)], 2026, BESLUIT)
    assert eerste.per_segment["4"][:3] == (8_333, 8_334, 8_333)
    assert (eerste.between(1, 3), eerste.of_year()) == (25_000, 100_000)
    regels = [budget(100_000), budget(-100_007, soort="wijziging", op=ZOMER)]
    assert value_budget(regels, 2026, ZOMER - timedelta(days=1)).of_year() == 100_000
    anders = value_budget(regels, 2026, ZOMER)
    assert (anders.between(1, 3), anders.of_year()) == (-2, -7)


def test_months_stay_where_they_are_and_none_is_no_budget() -> None:
    """January 300, March 500 and a change of March of 50: a quarter of 850. What is divided over no segment counts in the whole."""
    regels = [budget(300, maand=1), budget(500, maand=3), budget(50, maand=3, soort="wijziging"), budget(1_200, segment="")]
    begroting = value_budget(regels, 2026, BESLUIT)
    assert (begroting.between(1, 3, "4"), begroting.between(2, 2, "4"), begroting.between(1, 3)) == (850, 0, 1_150)
    assert begroting.between(1, 3, "7") is None
    assert not value_budget(regels, 2027, BESLUIT).bekend


@given(st.lists(st.tuples(st.sampled_from(["1A", "4", ""]), st.integers(-(10**9), 10**9)), max_size=6))
@settings(max_examples=40)
def test_months_add_up_to_the_year_and_segments_to_the_whole(delen: list[tuple[str, int]]) -> None:
    begroting = value_budget([budget(bedrag, segment) for segment, bedrag in delen], 2026, BESLUIT)
    assert (begroting.of_year() or 0) == sum(bedrag for _, bedrag in delen)
    for naam in begroting.per_segment:
        kwartalen = [begroting.between(3 * n + 1, 3 * n + 3, naam) or 0 for n in range(4)]
        assert sum(kwartalen) == begroting.of_year(naam)


def test_a_leap_day_is_compared_with_the_28th_and_a_period_ends_on_its_last_day() -> None:
    """29 February 2028 beside 28 February 2027. A period of last year ends on the last day of its month, 28 or 29 February too."""
    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert (read_kwartaal("2026-q1").van, read_kwartaal("2026-T1").tot) == (date(2026, 1, 1), date(2026, 4, 30))
    vorig = read_kwartaal("2026-T3").shift(-1)
    assert (vorig.naam, vorig.van, vorig.tot) == ("2025-T3", date(2025, 9, 1), date(2025, 12, 31))


def load(werkplaats: Werkplaats, *regels: str) -> list[str]:
    return [fout.melding for fout in load_begroting(werkplaats, (KOP + "\n".join(regels)).encode(), "wie", "0484").fouten]


def test_a_budget_is_kept_row_by_row_and_a_later_one_takes_its_place(werkplaats: Werkplaats) -> None:
    """By month and by year together is refused, in one file and beside what is loaded; an amount of 0 withdraws a row."""
    regel = "0484;2026;4;;120000000;primitief;2025-11-06;Raad 2025-88"
    assert load(werkplaats, regel) == []
    assert ["deels per maand" in melding for melding in load(werkplaats, "0484;2026;4;3;100;wijziging;2026-06-18;R")] == [True]
    assert load(werkplaats, regel.replace("120000000", "0"), "0484;2026;4;3;100;wijziging;2026-06-18;R") == []
    with werkplaats.opslag.transaction() as verbinding:
        moment = end_of(werkplaats.instellingen.vandaag())
        bedragen = {item.maand: item.bedrag for item in list_begroting(verbinding, "0484", [2026], moment)}
        eerder = list_begroting(verbinding, "0484", [2026], end_of(werkplaats.instellingen.vandaag() - timedelta(days=1)))
    assert (bedragen, eerder) == ({0: 0, 3: 100}, [])


def test_a_second_first_budget_is_refused_instead_of_added(werkplaats: Werkplaats) -> None:
    """3,000.00 of decision 'Raad 12', again as 'Raadsbesluit 12' or of another day: still 3,000.00. The same row corrects it."""
    regel = "0484;2024;;;300000;primitief;2023-11-06;Raad 12"
    anders = regel.replace("Raad 12", "Raadsbesluit 12")

    def year() -> int | None:
        with werkplaats.opslag.transaction() as verbinding:
            regels = list_begroting(verbinding, "0484", [2024], werkplaats.instellingen.nu())
        return value_budget(regels, 2024, BESLUIT).of_year()

    assert ["wijziging met alleen het verschil" in melding for melding in load(werkplaats, regel, anders)] == [True]
    assert load(werkplaats, regel) == load(werkplaats, regel) == []
    for tweede in (anders, regel.replace("11-06", "11-07")):
        assert ["besluit Raad 12 van 2023-11-06" in melding for melding in load(werkplaats, tweede)] == [True]
    assert (year(), load(werkplaats, regel.replace("300000", "310000")), year()) == (300_000, [], 310_000)
    maanden = [f"0484;2024;4;{maand};100;primitief;2023-11-06;Raad 12" for maand in (1, 2)]
    assert load(werkplaats, *maanden) == []
    assert load(werkplaats, regel.replace("300000", "0"), anders) == []
    assert year() == 300_200
    # A change under another name on the same day is told apart by its amount alone.
    wijziging = "0484;2024;;;5000;wijziging;2023-12-01;Raad 14"
    anders = wijziging.replace("Raad 14", "Raadsbesluit 14")
    assert load(werkplaats, wijziging) == load(werkplaats, wijziging) == load(werkplaats, anders.replace("5000", "6000")) == []
    assert ["met het bedrag van beide samen" in melding for melding in load(werkplaats, anders)] == [True]
    assert year() == 311_200


@pytest.mark.parametrize(
    ("was", "wordt", "kolom"),
    [
        (";4;", ";4;13;", "maand"),
        (";4;", ";44;", "segment"),
        (";120", ";-120", "bedrag"),
        ("primitief", "eerste", "soort"),
        ("0484", "0537", "gemeente"),
    ],
)
def test_a_wrong_line_of_a_budget_is_named(werkplaats: Werkplaats, was: str, wordt: str, kolom: str) -> None:
    regel = "0484;2026;4;;120000000;primitief;2025-11-06;Raad".replace(was, wordt).replace(";13;;", ";13;")
    [fout] = load_begroting(werkplaats, (KOP + regel).encode(), "wie", "0484").fouten
    assert fout.pad == kolom


def test_a_year_has_one_rhythm_in_the_calendar(werkplaats: Werkplaats) -> None:
    kop = "gemeente;document;periode;peildatum;gereed_op\n"
    goed = f"{kop}0484;kwartaalrapport;2026-Q1;2026-04-20;2026-05-10\n"
    assert load_kalender(werkplaats, goed.encode(), "wie").regels == 1
    with werkplaats.opslag.transaction() as verbinding:
        assert [(dag.periode, dag.peildatum) for dag in list_kalender(verbinding)] == [("2026-Q1", date(2026, 4, 20))]
    for regel, kolom in (
        ("2026-Q2;2026-07-20;2026-08-01\n0484;kwartaalrapport;2026-T2;2026-09-20;2026-10-01", "periode"),
        ("0001-Q1;2026-07-20;2026-07-21", "periode"), ("2026-Q2;2026-06-30;2026-10-01", "peildatum"),
        ("2026-Q2;2026-07-20;2026-07-01", "gereed_op"), ("2026-5;2026-07-20;2026-07-21", "periode"),
    ):  # fmt: skip
        [fout] = load_kalender(werkplaats, f"{kop}0484;kwartaalrapport;{regel}\n".encode(), "wie").fouten
        assert fout.pad == kolom
