"""Totals over the four norms: no cent counts twice, and parts add up to the whole, however they are cut. Cents throughout."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichten.opslag.controle.controleregels import Controleregel
from berichten.rapporten.accountant.normen import Toetsnorm
from berichten.rapporten.accountant.verantwoord import (
    GROEPEN,
    Verantwoordsom,
    Verantwoordstand,
    add_up,
    hold_against,
    report_verantwoord,
)
from berichten.rapporten.accountant.verklaring import explain
from berichten.rapporten.boeken.boekvraag import Boekvraag
from tests.accountant.test_verklaring import BESLOTEN, GEVRAAGD, GOED, NU

VRAAG = Boekvraag("0484", NU)
_REGEL = st.builds(
    lambda agb, maand, categorie, bedrag, minuten, terug, verantwoord: replace(
        GOED, agb=agb, begindatum=date(2026, maand, 1), categorie=categorie, bedrag=bedrag, clientgebonden=minuten,
        teruggevraagd=terug, verantwoord=verantwoord, bevindingen=[GEVRAAGD] if terug else [], **(BESLOTEN if terug else {}),
    ),
    st.sampled_from(["42420001", "42420002"]), st.integers(1, 12), st.sampled_from(["45", "50"]), st.integers(1, 10**6),
    st.integers(0, 700), st.booleans(), st.booleans(),
)  # fmt: skip
"""Lines of a town, of all kinds: asked back or not, recorded in full, in part or not at all."""


def sum_of(regels: Sequence[Controleregel], *groepeer: str) -> tuple[dict[tuple[str, ...], Verantwoordsom], Verantwoordsom]:
    return add_up(map(explain, regels), replace(VRAAG, groepeer=groepeer))


def test_three_lines_by_hand() -> None:
    """780.50 shown; 100.00 asked back and without records: wrong (omvang), and in levering uncertain too; 200.00 of which 360 of
    600 minutes lack: 120.00 uncertain. Together 1,080.50, of which 100.00 wrong (9.3 %) and 120.00 uncertain (11.1 %)."""
    terug = replace(GOED, bedrag=10_000, bevindingen=[GEVRAAGD], teruggevraagd=True, verantwoord=False, **BESLOTEN)
    deels = replace(GOED, bedrag=20_000, clientgebonden=250)
    groepen, totaal = sum_of([GOED, terug, deels])
    assert groepen == {(): totaal}
    assert (totaal.aantal, totaal.verantwoord, totaal.fout, totaal.onzeker) == (3, 108_050, 10_000, 12_000)
    assert (totaal.fout_pct, totaal.onzeker_pct) == (Decimal("9.3"), Decimal("11.1"))
    assert (totaal.fout_norm[Toetsnorm.OMVANG], totaal.onzeker_norm[Toetsnorm.LEVERING]) == (10_000, 22_000), (
        "per norm mag het overlappen"
    )
    rapport = report_verantwoord(Verantwoordstand(VRAAG, groepen, totaal, 108_050))
    assert ("Grens fouten 1,0 %", "9,3 %, boven de grens") in rapport.verantwoording
    assert ("Instelling", "Verantwoording: grens voor onzekerheden: 3,0% (standaard)") in rapport.verantwoording


@pytest.mark.parametrize(("deel", "oordeel"), [(1_000, "onder"), (1_001, "boven"), (0, "onder")])
def test_a_total_on_the_limit_is_not_above_it(deel: int, oordeel: str) -> None:
    """1.0 % of 1,000.00 is 10.00; a cent more still reads 1.0 % and is above."""
    assert hold_against(deel, 100_000, Decimal("1.0")) == oordeel


def test_nothing_to_account_for_is_one_empty_row() -> None:
    groepen, totaal = sum_of([])
    assert (groepen, totaal.fout_pct) == ({(): Verantwoordsom()}, None)
    assert hold_against(0, 0, Decimal(1)) == "onder"


@given(st.lists(_REGEL, max_size=12), st.lists(st.sampled_from(GROEPEN), unique=True, min_size=1))
def test_parts_add_up_to_the_total_however_they_are_cut(regels: list[Controleregel], groepeer: list[str]) -> None:
    groepen, totaal = sum_of(regels, *groepeer)
    alles = Verantwoordsom()
    for som in groepen.values():
        alles.join(som)
    assert alles == totaal == sum_of(regels)[1]
    assert totaal.verantwoord == sum(item.bedrag for item in regels)
    assert totaal.fout + totaal.onzeker <= totaal.verantwoord
    for norm in Toetsnorm:
        assert totaal.fout_norm[norm] <= totaal.fout, "elke norm apart is niet meer dan het geheel"
    assert sum(totaal.fout_norm.values()) >= totaal.fout
    assert sum(totaal.onzeker_norm.values()) >= totaal.onzeker
