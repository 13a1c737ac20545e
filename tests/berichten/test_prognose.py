"""Forecast and advice on a budget: what they say, to the cent and to the day."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichten.dossier.dossier import Toewijzing
from berichten.dossier.standaarden import budgetnormen
from berichten.rapporten.toewijzing.prognose import make_advies, make_prognose, usual_end

NORMEN = budgetnormen("0484")
INGANG = date(2026, 1, 1)


def toewijzing(
    categorie: str | None = "45", code: str | None = None, einde: date | None = date(2026, 12, 31), budget: int | None = 500_000
) -> Toewijzing:
    return Toewijzing(
        1, "42420001", "999900006", categorie, code, INGANG, einde, None, None, None, None, budget, INGANG, time(9), 1
    )  # fmt: skip


def test_use_is_carried_on_evenly_to_the_last_day() -> None:
    prognose = make_prognose(toewijzing(), 300_000, date(2026, 3, 31))
    assert prognose is not None
    assert (prognose.tot_en_met, prognose.dagen, prognose.bedrag) == (date(2026, 3, 31), 90, 1_216_667)
    # 150 days hold € 5.000 at € 3.000 in 90 days.
    assert prognose.budget_op == date(2026, 5, 30)
    assert prognose.uitleg == (
        "Van 1 januari 2026 tot en met 31 maart 2026 (90 dagen) is € 3.000,00 gebruikt. Met evenveel per dag is dat op 31 december"
        " 2026 € 12.166,67. Het budget is € 5.000,00. In dit tempo is het budget op 30 mei 2026 op. Overleg op tijd met het gezin"
        " en het lokale team."
    )


def test_a_volume_that_runs_out_has_its_day_too() -> None:
    prognose = make_prognose(toewijzing(budget=None), 100, date(2026, 3, 31), 1800, 3000)
    assert prognose is not None
    assert (prognose.budget_op, prognose.volume_op) == (None, date(2026, 5, 30))
    assert prognose.uitleg.endswith(" In dit tempo is het toegewezen volume op 30 mei 2026 op.")
    ruim = make_prognose(toewijzing(budget=None), 100, date(2026, 3, 31), 100, 3000)
    open_einde = make_prognose(toewijzing(einde=None), 100, date(2026, 3, 31), 1800, 3000)
    assert ruim is not None
    assert open_einde is not None
    assert ruim.volume_op is open_einde.volume_op is None


def test_before_the_first_line_there_is_nothing_to_carry_on() -> None:
    assert make_prognose(toewijzing(), 0, None) is None


def test_a_budget_that_lasts_has_no_day_on_which_it_ends() -> None:
    prognose = make_prognose(toewijzing(), 100_000, date(2026, 3, 31))
    assert prognose is not None
    assert (prognose.bedrag, prognose.budget_op) == (405_556, None)
    assert "tempo" not in prognose.uitleg


def test_a_budget_that_is_used_on_the_very_last_day() -> None:
    prognose = make_prognose(toewijzing(budget=365), 90, date(2026, 3, 31))
    assert prognose is not None
    assert (prognose.bedrag, prognose.budget_op) == (365, date(2026, 12, 31))


def test_without_einddatum_only_the_day_is_foretold() -> None:
    prognose = make_prognose(toewijzing(einde=None), 100_000, date(2026, 3, 31))
    assert prognose is not None
    assert (prognose.einddatum, prognose.bedrag, prognose.budget_op) == (None, None, date(2027, 3, 26))


def test_a_day_beyond_the_calendar_is_no_day() -> None:
    prognose = make_prognose(toewijzing(einde=None, budget=99_999_999), 1, date(2026, 3, 31))
    assert prognose is not None
    assert prognose.budget_op is None


@pytest.mark.parametrize("besteed", [0, -5000])
def test_when_all_was_taken_back_no_budget_runs_out(besteed: int) -> None:
    prognose = make_prognose(toewijzing(), besteed, date(2026, 3, 31))
    assert prognose is not None
    assert (prognose.bedrag or 0) <= 0
    assert prognose.budget_op is None


def test_an_allocation_that_was_shortened_is_not_foretold_less_than_it_used() -> None:
    prognose = make_prognose(toewijzing(einde=date(2026, 2, 28)), 300_000, date(2026, 3, 31))
    assert prognose is not None
    assert prognose.bedrag == 300_000


def test_without_budget_there_is_a_forecast_all_the_same() -> None:
    prognose = make_prognose(toewijzing(budget=None), 300_000, date(2026, 3, 31))
    assert prognose is not None
    assert (prognose.bedrag, prognose.budget_op) == (1_216_667, None)
    assert "budget" not in prognose.uitleg


@given(st.integers(1, 10_000_000), st.integers(1, 10_000_000), st.dates(INGANG, date(2026, 12, 31)))
def test_the_budget_is_used_on_that_day_and_not_the_day_before(besteed: int, budget: int, laatste: date) -> None:
    prognose = make_prognose(toewijzing(einde=None, budget=budget), besteed, laatste)
    assert prognose is not None
    if prognose.budget_op is not None:
        dagen = (prognose.budget_op - INGANG).days + 1
        assert besteed * dagen >= budget * prognose.dagen > besteed * (dagen - 1)


@pytest.mark.parametrize(
    ("begin", "looptijd", "einde"),
    [
        (date(2026, 1, 1), "4 weken", date(2026, 1, 28)),
        (date(2026, 1, 1), "6 maanden", date(2026, 6, 30)),
        (date(2026, 1, 15), "1 jaar", date(2027, 1, 14)),
        (date(2025, 8, 31), "6 maanden", date(2026, 2, 27)),
        (date(2024, 2, 29), "12 maanden", date(2025, 2, 27)),
    ],
)
def test_what_is_usual_ends_the_day_before(begin: date, looptijd: str, einde: date) -> None:
    assert usual_end(begin, looptijd) == einde


@pytest.mark.parametrize("looptijd", ["", "een jaar", "6", "6 dagen"])
def test_a_term_that_is_none(looptijd: str) -> None:
    with pytest.raises(ValueError, match="looptijd"):
        usual_end(INGANG, looptijd)


@pytest.mark.parametrize(
    ("categorie", "einde", "looptijd", "zin"),
    [
        ("46", date(2026, 1, 28), "gelijk", "Deze toewijzing duurt even lang."),
        ("46", date(2026, 1, 29), "langer", "duurt langer: tot en met 29 januari 2026 in plaats van 28 januari 2026."),
        ("46", date(2026, 1, 27), "korter", "duurt korter: tot en met 27 januari 2026"),
        ("45", None, "open", "heeft geen einddatum; gebruikelijk is tot en met 30 juni 2026."),
        ("54", date(2026, 12, 31), "gelijk", "een looptijd van 12 maanden gebruikelijk"),
        ("41", date(2027, 6, 30), "langer", "aantal benodigde dagdelen"),
    ],
)
def test_the_norm_is_advice(categorie: str, einde: date | None, looptijd: str, zin: str) -> None:
    advies = make_advies(toewijzing(categorie, einde=einde), NORMEN)
    assert advies is not None
    assert advies.looptijd == looptijd
    assert zin in advies.tekst
    assert f"(categorie {categorie})" in advies.tekst


@pytest.mark.parametrize(("categorie", "code"), [(None, None), ("47", None), ("45", "45A48")])
def test_no_advice_without_norm_or_with_a_code(categorie: str | None, code: str | None) -> None:
    assert make_advies(toewijzing(categorie, code), NORMEN) is None


def test_every_norm_can_be_held_against_an_allocation() -> None:
    assert set(NORMEN) == {"41", "42", "43", "44", "45", "46", "53", "54"}
    assert all(make_advies(toewijzing(categorie), NORMEN) for categorie in NORMEN)
    assert budgetnormen("0363") == {}
