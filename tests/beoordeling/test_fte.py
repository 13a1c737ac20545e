"""Part of an fte: linear in the part and in the time, rounded once."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from berichten.dossier.fte import fte_bedrag_dagen, whole_hundredths

HBO = 8_580_000
"""€ 85.800 a year."""


def _months(jaarbedrag: int, honderdsten: int, maanden: int) -> int:
    """Of whole months, from the first of 2023 on."""
    jaren, erbij = divmod(maanden, 12)
    return fte_bedrag_dagen(jaarbedrag, honderdsten, date(2023, 1, 1), date(2023 + jaren, 1 + erbij, 1) - timedelta(days=1))


@pytest.mark.parametrize(
    ("jaarbedrag", "honderdsten", "maanden", "bedrag"),
    [
        (HBO, 100, 12, 8_580_000),
        (HBO, 50, 12, 4_290_000),
        (HBO, 100, 1, 715_000),
        (HBO, 60, 7, 3_003_000),
        (9_475_000, 100, 1, 789_583),
        (9_475_000, 33, 1, 260_563),
        (9_475_000, 100, 6, 4_737_500),
        (600, 100, 1, 50),
        (6, 100, 1, 1),
        (5, 100, 1, 0),
        (HBO, 0, 12, 0),
    ],
)
def test_months(jaarbedrag: int, honderdsten: int, maanden: int, bedrag: int) -> None:
    assert _months(jaarbedrag, honderdsten, maanden) == bedrag


@pytest.mark.parametrize(
    ("begin", "einde", "bedrag"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 8_580_000),
        (date(2024, 1, 1), date(2024, 12, 31), 8_580_000),
        (date(2026, 1, 1), date(2026, 1, 1), 23_065),
        (date(2024, 2, 1), date(2024, 2, 1), 24_655),
        (date(2026, 2, 1), date(2026, 2, 28), 715_000),
        (date(2026, 4, 16), date(2026, 5, 31), 1_072_500),
        # 23,064.52 and 23,064.52: rounded once, not twice.
        (date(2023, 12, 31), date(2024, 1, 1), 46_129),
        (date(2023, 1, 1), date(2025, 12, 31), 3 * 8_580_000),
    ],
)
def test_a_day_is_its_share_of_the_month_that_is_a_twelfth(begin: date, einde: date, bedrag: int) -> None:
    assert fte_bedrag_dagen(HBO, 100, begin, einde) == bedrag


@given(st.integers(0, 30_000_000), st.integers(0, 1000), st.integers(1, 60))
def test_what_is_rounded_off_is_never_more_than_half_a_cent(jaarbedrag: int, honderdsten: int, maanden: int) -> None:
    verschil = 1200 * _months(jaarbedrag, honderdsten, maanden) - jaarbedrag * honderdsten * maanden
    assert -600 < verschil <= 600


@pytest.mark.parametrize(("jaarbedrag", "honderdsten"), [(-1, 100), (1, -1)])
def test_nothing_negative(jaarbedrag: int, honderdsten: int) -> None:
    with pytest.raises(ValueError, match="negatief"):
        _months(jaarbedrag, honderdsten, 1)


def test_a_period_may_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="eindigt voordat"):
        fte_bedrag_dagen(HBO, 100, date(2026, 1, 2), date(2026, 1, 1))


@given(st.integers(1, 30_000_000), st.integers(0, 30_000_000), st.dates(date(2023, 1, 1), date(2027, 12, 31)), st.integers(0, 60))
def test_the_part_of_an_amount_lies_at_or_below_it_and_the_next_above(
    jaarbedrag: int, bedrag: int, begin: date, dagen: int
) -> None:
    einde = begin + timedelta(days=dagen)
    deel = whole_hundredths(jaarbedrag, bedrag, begin, einde)
    assert fte_bedrag_dagen(jaarbedrag, deel, begin, einde) <= bedrag
    assume(fte_bedrag_dagen(jaarbedrag, 1, begin, einde) > 2)
    assert fte_bedrag_dagen(jaarbedrag, deel + 1, begin, einde) > bedrag
