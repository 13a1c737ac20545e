"""The list of gemeenten: how many there were through the years, and the days on which a merger changed codes."""

from datetime import date, timedelta

import pytest

from berichten.standaard.waarden.gemeenten import gemeenten, is_gemeentecode


@pytest.mark.parametrize(
    ("dag", "aantal"),
    [
        (date(2018, 12, 31), 380),
        (date(2019, 1, 1), 355),
        (date(2021, 1, 1), 352),
        (date(2022, 1, 1), 345),
        (date(2022, 3, 24), 344),
        (date(2023, 1, 1), 342),
        (date(2026, 1, 1), 342),
    ],
)
def test_number_of_gemeenten_on_a_day(dag: date, aantal: int) -> None:
    assert sum(is_gemeentecode(code, dag) for code in gemeenten()) == aantal


def test_code_is_in_use_until_the_day_before_the_merger() -> None:
    fusie = date(2023, 1, 1)
    assert is_gemeentecode("0501", fusie - timedelta(days=1))
    assert not is_gemeentecode("0501", fusie)
    assert is_gemeentecode("1992", fusie)
    assert not is_gemeentecode("1992", fusie - timedelta(days=1))


def test_unknown_code_is_never_in_use() -> None:
    assert not is_gemeentecode("9999", date(2026, 1, 1))


def test_codes_have_four_digits_and_names_are_there() -> None:
    assert all(len(item.code) == 4 and item.code.isdigit() and item.naam for item in gemeenten().values())
