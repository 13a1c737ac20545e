"""Terms of a request, over weekends and holidays: every number was counted by hand on a calendar."""

from datetime import date

import pytest

from berichten.beoordeling.wachtend.termijn import VERSTREKEN, warn
from berichten.dossier.verzoeken.verzoektermijnen import (
    besluit_uiterlijk,
    reactie_uiterlijk,
    retour_uiterlijk,
    woonplaats_uiterlijk,
)


@pytest.mark.parametrize(
    ("ontvangen", "uiterlijk"),
    [
        pytest.param(date(2026, 6, 1), date(2026, 6, 8), id="monday: the monday after"),
        pytest.param(date(2026, 2, 13), date(2026, 2, 20), id="friday: the friday after"),
        pytest.param(date(2026, 2, 14), date(2026, 2, 20), id="saturday: monday is day 1"),
        pytest.param(date(2026, 2, 15), date(2026, 2, 20), id="sunday: monday is day 1"),
        pytest.param(date(2026, 3, 30), date(2026, 4, 8), id="over Easter: the library has Good Friday too"),
        pytest.param(date(2026, 4, 24), date(2026, 5, 4), id="over King's Day"),
        pytest.param(date(2026, 4, 27), date(2026, 5, 4), id="on King's Day: the day after is day 1"),
        pytest.param(date(2026, 4, 30), date(2026, 5, 7), id="5 May 2026 is a working day"),
        pytest.param(date(2025, 4, 30), date(2025, 5, 8), id="5 May 2025 is a holiday, as in each fifth year"),
        pytest.param(date(2026, 5, 13), date(2026, 5, 21), id="over Ascension Day"),
        pytest.param(date(2026, 5, 22), date(2026, 6, 1), id="over Whit Monday"),
        pytest.param(date(2026, 12, 23), date(2026, 12, 31), id="over Christmas"),
        pytest.param(date(2026, 12, 31), date(2027, 1, 8), id="over New Year"),
    ],
)
def test_first_reaction_within_five_working_days(ontvangen: date, uiterlijk: date) -> None:
    assert reactie_uiterlijk(ontvangen) == uiterlijk


@pytest.mark.parametrize(
    ("dagtekening", "uiterlijk"),
    [
        pytest.param(date(2026, 5, 6), date(2026, 7, 1), id="eight weeks later, on the same day of the week"),
        pytest.param(date(2026, 5, 3), date(2026, 6, 28), id="a last day that is a Sunday stays so"),
        pytest.param(date(2025, 10, 30), date(2025, 12, 25), id="and so does a holiday"),
        pytest.param(date(2024, 1, 10), date(2024, 3, 6), id="over 29 February"),
    ],
)
def test_decision_within_eight_weeks_of_the_dagtekening(dagtekening: date, uiterlijk: date) -> None:
    assert besluit_uiterlijk(dagtekening) == uiterlijk


def test_refusal_on_domicile_within_fourteen_days_of_receipt() -> None:
    assert woonplaats_uiterlijk(date(2026, 5, 6)) == date(2026, 5, 20)
    assert woonplaats_uiterlijk(date(2026, 12, 20)) == date(2027, 1, 3)


def test_answer_of_the_aanbieder_within_three_working_days() -> None:
    assert retour_uiterlijk(date(2026, 5, 13)) == date(2026, 5, 19)
    assert retour_uiterlijk(date(2026, 6, 5)) == date(2026, 6, 10)


@pytest.mark.parametrize(
    ("vandaag", "waarschuwing"),
    [
        (date(2026, 5, 15), None),
        (date(2026, 5, 18), None),
        (date(2026, 5, 19), "nog 2 werkdagen"),
        (date(2026, 5, 20), "nog 1 werkdag"),
        (date(2026, 5, 21), "vandaag is de laatste dag"),
        (date(2026, 5, 22), VERSTREKEN),
    ],
)
def test_two_working_days_before_the_last_day_is_warned(vandaag: date, waarschuwing: str | None) -> None:
    """Received on the day before Ascension Day, so 21 May is the last day."""
    assert warn(reactie_uiterlijk(date(2026, 5, 13)), vandaag, 2) == waarschuwing
