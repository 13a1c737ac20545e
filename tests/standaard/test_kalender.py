"""Months, weeks, Sundays and working days, against counts made by hand or day by day."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichten.kern import kalender

DATUMS = st.dates(date(2015, 1, 1), date(2045, 12, 31))
LENGTES = st.integers(-3, 800)


def test_month_edges_know_leap_years() -> None:
    assert kalender.begin_of_maand(date(2026, 2, 17)) == date(2026, 2, 1)
    assert kalender.einde_of_maand(date(2026, 2, 1)) == date(2026, 2, 28)
    assert kalender.einde_of_maand(date(2028, 2, 29)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("dag", "aantal", "verwacht"),
    [
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
        (date(2026, 5, 31), -24, date(2024, 5, 31)),
    ],
)
def test_months_are_added_over_the_turn_of_the_year(dag: date, aantal: int, verwacht: date) -> None:
    assert kalender.add_maanden(dag, aantal) == verwacht


def test_months_touched_by_a_period() -> None:
    assert kalender.list_maanden(date(2025, 11, 30), date(2026, 1, 1)) == (
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
    )
    assert kalender.list_maanden(date(2026, 1, 2), date(2026, 1, 1)) == ()


def test_weeks_and_sundays_of_november_2026() -> None:
    """IV078 with the dates of 2026: 12 to 30 November touches four weeks and holds three Sundays."""
    assert kalender.count_weken(date(2026, 11, 12), date(2026, 11, 30)) == 4
    assert kalender.count_zondagen(date(2026, 11, 12), date(2026, 11, 30)) == 3
    assert kalender.count_zondagen(date(2026, 11, 1), date(2026, 11, 30)) == 5


@given(DATUMS, LENGTES)
def test_counts_agree_with_counting_day_by_day(begin: date, lengte: int) -> None:
    einde = begin + timedelta(days=lengte - 1)
    dagen = [begin + timedelta(days=nummer) for nummer in range(max(0, lengte))]
    zondagen = [dag for dag in dagen if dag.isoweekday() == 7]
    assert kalender.count_dagen(begin, einde) == len(dagen)
    assert kalender.count_weken(begin, einde) == len({dag.isocalendar()[:2] for dag in dagen})
    assert kalender.count_zondagen(begin, einde) == len(zondagen)
    assert kalender.last_zondag(begin, einde) == (zondagen[-1] if zondagen else None)
    assert kalender.count_maanden(begin, einde) == len({(dag.year, dag.month) for dag in dagen})


@pytest.mark.parametrize(
    "feestdag",
    [date(2026, 1, 1), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 14), date(2026, 5, 25), date(2026, 12, 25)],
)
def test_public_holidays_are_no_working_days(feestdag: date) -> None:
    assert not kalender.is_werkdag(feestdag)


def test_weekend_is_no_working_day_and_an_ordinary_tuesday_is() -> None:
    assert not kalender.is_werkdag(date(2026, 6, 6))
    assert not kalender.is_werkdag(date(2026, 6, 7))
    assert kalender.is_werkdag(date(2026, 6, 9))


def test_three_working_days_over_kings_day_and_a_weekend() -> None:
    assert kalender.add_werkdagen(date(2026, 4, 24), 3) == date(2026, 4, 30)
    assert kalender.add_werkdagen(date(2026, 4, 25), 1) == date(2026, 4, 28)
    assert kalender.add_werkdagen(date(2026, 4, 25), 0) == date(2026, 4, 25)


def test_ten_working_days_over_christmas() -> None:
    assert kalender.add_werkdagen(date(2026, 12, 18), 10) == date(2027, 1, 5)


def test_a_negative_number_of_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="negatief"):
        kalender.add_werkdagen(date(2026, 1, 5), -1)


def test_public_holidays_are_those_of_the_library_as_it_is_asked_by_everybody() -> None:
    for jaar in range(2015, 2046):
        feestdagen = holidays.country_holidays("NL", years=jaar)
        dagen = [date(jaar, 1, 1) + timedelta(days=nummer) for nummer in range(365)]
        assert [kalender.is_werkdag(dag) for dag in dagen] == [dag.isoweekday() <= 5 and dag not in feestdagen for dag in dagen]
