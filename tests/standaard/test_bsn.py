"""The elfproef on a BSN, and its masked form."""

import pytest

from berichten.standaard.waarden.bsn import is_bsn, mask_bsn


@pytest.mark.parametrize("tekst", ["999900006", "999990019", "111222333"])
def test_a_number_that_passes_the_elfproef_is_a_bsn(tekst: str) -> None:
    assert is_bsn(tekst)


@pytest.mark.parametrize(
    "tekst",
    ["999900007", "99990006", "9999000060", "", "000000000", "99990000a", " 99990006", "٩٩٩٩٠٠٠٠٦", "99990000²"],
)
def test_anything_else_is_not(tekst: str) -> None:
    assert not is_bsn(tekst)


def test_one_wrong_digit_never_passes() -> None:
    goed = "999900006"
    for plaats, cijfer in enumerate(goed):
        andere = (goed[:plaats] + str(ander) + goed[plaats + 1 :] for ander in range(10) if str(ander) != cijfer)
        assert not any(is_bsn(tekst) for tekst in andere)


@pytest.mark.parametrize(
    ("tekst", "getoond"), [("999900006", "******006"), ("99990000655", "******655"), ("123", "******"), ("", "******")]
)
def test_the_masked_form_shows_three_characters_at_most(tekst: str, getoond: str) -> None:
    assert mask_bsn(tekst) == getoond
