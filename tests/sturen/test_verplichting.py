"""Obligations of one allocation: each formula with a sum that was reckoned by hand, as the comments show. Cents throughout."""

from dataclasses import replace
from datetime import date, time
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berichten.dossier.contract import Catalogusproduct, Contract, Contractrij, Tarief
from berichten.dossier.dossier import Toewijzing
from berichten.dossier.eigen_feiten import Afspraak
from berichten.rapporten.toewijzing.standkolommen import Standkolommen, reckon_all
from berichten.rapporten.toewijzing.toegewezen import ONBEKEND, Toegewezen, value
from berichten.rapporten.toewijzing.verplichting import (
    Besteding,
    Toewijzingstand,
    Vraagpunt,
    expected_in,
    explain,
    find_zilvering,
    in_year,
    new_inflow,
    reckon,
)

CODE = "45A04"
VROEG, ALLES = date(2020, 1, 1), date(2026, 12, 31)
APRIL = Vraagpunt(2026, date(2026, 4, 15))
"""Asked in the middle of April 2026."""
JAAR = Toewijzingstand(
    1, "42420001", "45", CODE, date(2026, 1, 1), ALLES, None, Toegewezen(120_000),
    Besteding(20_000, 5_000, 20_000, 5_000, 0, date(2026, 3, 31)),
)  # fmt: skip
"""A budget of 1,200.00 for all of 2026; 200.00 awarded and 50.00 held of care up to and including March."""


def allocation(volume: int, begin: date, einde: date | None, **rest: Any) -> Toewijzing:
    velden: dict[str, Any] = {
        "eenheid": "04", "frequentie": "6", "budget": None, "categorie": "45", "productcode": CODE, "reden_wijziging": None,
    } | rest  # fmt: skip
    return Toewijzing(1, "42420001", "999990019", ingangsdatum=begin, einddatum=einde, volume=volume, toewijzingsdatum=begin,
                      toewijzingstijd=time(), versie=1, **velden)  # fmt: skip


def prices(*tarieven: tuple[int, date, date | None], eenheid: str = "04", niveaus: tuple[str, ...] = ()) -> Contract:
    """Prices in cents, each from the first to the last day; with `niveaus` each of its own level."""
    return Contract(
        heeft_catalogus=True, heeft_contracten=True, heeft_tarieven=True,
        producten=(Catalogusproduct(CODE, "45", eenheid, VROEG, None),), contractregels=(Contractrij(CODE, VROEG, None),),
        tariefregels=tuple(
            Tarief("42420001", CODE, niveaus[nr] if niveaus else "", eenheid, bedrag, van, tot)
            for nr, (bedrag, van, tot) in enumerate(tarieven)
        ),
    )  # fmt: skip


def test_held_counts_against_the_budget_and_the_pace_tells_what_comes() -> None:
    """r = 1,200.00 - 200.00 - 50.00 = 950.00. U = 250.00 in 90 days; in 365 days 25,000 x 365 / 90 = 101,388.9, so 1,013.89, of
    which 250.00 is there: 763.89 to come."""
    gevonden = reckon(JAAR, APRIL)
    assert (gevonden.rest, gevonden.open, gevonden.verwacht, gevonden.overschrijding) == (95_000, 95_000, 76_389, 0)
    # All of it lies in 2026, from 1 April on.
    assert (gevonden.toegewezen_jaar, gevonden.verwacht_jaar) == (120_000, 76_389)


def test_no_more_is_expected_than_is_left() -> None:
    """At 400.00 in 90 days it would be 40,000 x 365 / 90 - 40,000 = 122,222; what is left is 800.00."""
    snel = replace(JAAR, gebruik=replace(JAAR.gebruik, gedeclareerd=35_000))
    assert (reckon(snel, APRIL).rest, reckon(snel, APRIL).verwacht) == (80_000, 80_000)


def test_what_stands_above_the_budget_is_told_apart() -> None:
    """1,180.00 awarded and 50.00 held is 30.00 more than 1,200.00: nothing is left, nothing more is expected."""
    over = replace(JAAR, gebruik=replace(JAAR.gebruik, gedeclareerd=118_000))
    gevonden = reckon(over, APRIL)
    assert (gevonden.rest, gevonden.verwacht, gevonden.overschrijding) == (0, 0, 3_000)


def test_a_stop_ends_what_is_expected_and_lowers_nothing() -> None:
    """Care ends on 30 June, day 181: 25,000 x 181 / 90 = 50,277.8, so 502.78 less 250.00 is 252.78. Allocated stays 1,200.00."""
    gevonden = reckon(replace(JAAR, stop=date(2026, 6, 30)), APRIL)
    assert (gevonden.einde, gevonden.verwacht) == (date(2026, 6, 30), 25_278)
    assert (gevonden.open, gevonden.toegewezen_jaar) == (95_000, 120_000)


def test_nothing_comes_after_care_was_billed_beyond_its_end() -> None:
    gevonden = reckon(replace(JAAR, stop=date(2026, 3, 15)), APRIL)
    assert (gevonden.verwacht, gevonden.open) == (0, 95_000)


@pytest.mark.parametrize(("dag", "gesloten"), [(date(2026, 4, 30), False), (date(2026, 5, 1), True)])
def test_it_closes_after_the_last_day_of_the_term(dag: date, gesloten: bool) -> None:
    """Care ends on 10 March; it may be declared until the last day of April. From 1 May on what is left is set free."""
    stand = replace(JAAR, einddatum=date(2026, 3, 10), gebruik=Besteding(20_000, 0, 20_000, 0, 0, date(2026, 2, 28)))
    gevonden = reckon(stand, Vraagpunt(2026, dag))
    assert gevonden.gesloten is gesloten
    assert (gevonden.open, gevonden.vrijgevallen) == ((0, 100_000) if gesloten else (100_000, 0))
    # 20,000 in 59 days; in 69 days 20,000 x 69 / 59 = 23,389.8, so 33.90 more is expected until then.
    assert gevonden.verwacht == (0 if gesloten else 3_390)


def test_a_credit_after_closing_sets_more_free() -> None:
    stand = replace(JAAR, einddatum=date(2026, 2, 28), gebruik=Besteding(20_000, laatste=date(2026, 2, 28)))
    na = replace(stand, gebruik=Besteding(15_000, laatste=date(2026, 1, 31)))
    vraag = Vraagpunt(2026, date(2026, 6, 1))
    assert [reckon(item, vraag).vrijgevallen for item in (stand, na)] == [100_000, 105_000]
    assert [reckon(item, vraag).open for item in (stand, na)] == [0, 0]


def test_29_february_is_a_day() -> None:
    """1 February to 31 March 2028 is 29 + 31 = 60 days. 280.00 in the 29 days of February: 28,000 x 60 / 29 = 57,931.03, so
    299.31 more. A year before 29 February 2028 is 28 February 2027: what began on 1 March 2027 is new, what began that day not."""
    stand = replace(
        JAAR, begin=date(2028, 2, 1), einddatum=date(2028, 3, 31), toegewezen=Toegewezen(60_000),
        gebruik=Besteding(28_000, laatste=date(2028, 2, 29)),
    )  # fmt: skip
    vraag = Vraagpunt(2028, date(2028, 2, 29))
    assert reckon(stand, vraag).verwacht == 29_931
    nieuw = [replace(JAAR, begin=dag, gebruik=Besteding(gedeclareerd_vorig=100)) for dag in (date(2027, 2, 28), date(2027, 3, 1))]
    assert [new_inflow([item], vraag) for item in nieuw] == [0, 100]


def test_an_allocation_without_end_lasts_till_the_end_of_the_year_that_is_asked() -> None:
    """250.00 in 90 days; till 31 December 2026 as above 763.89, till 31 December 2027 25,000 x 730 / 90 - 25,000 = 1,777.78, of
    which 950.00 is left. Of that 2027 has 365 of 640 days: 95,000 - 95,000 x 275 / 640 (40,820.3, so 408.20) = 541.80."""
    open_ = replace(JAAR, einddatum=None)
    assert reckon(open_, APRIL).verwacht == 76_389
    later = reckon(open_, Vraagpunt(2027, APRIL.peildatum))
    assert (later.verwacht, later.verwacht_jaar) == (95_000, 54_180)


def both_ways(stand: Toewijzingstand, vraag: Vraagpunt) -> tuple[int | None, ...]:
    """Open, set free, beyond, expected, and of the year: allocated and expected; one by one and by columns the same."""
    velden = ("open", "vrijgevallen", "overschrijding", "verwacht", "toegewezen_jaar", "verwacht_jaar")
    een, kolommen = reckon(stand, vraag), reckon_all(Standkolommen.of([stand], {}), vraag, {})
    gevonden = tuple(getattr(een, veld) for veld in velden)
    assert gevonden == tuple(getattr(kolommen, veld).tolist()[0] for veld in velden)
    return gevonden


def test_an_allocation_without_end_is_the_same_on_one_day_whichever_year_is_asked() -> None:
    """12,000.00 without Einddatum, 3,500.00 used in the 365 days of 2026. On 15 February 2027 it runs on.

    8,500.00 is open, none is set free. Asked of 2026 all of it is allocated over that year and care of it can no longer be
    declared, so nothing comes. Asked of 2027 it lies over 730 days: 350,000 x 730 / 365 = 700,000, so 3,500.00 comes, all in 2027,
    of which 1,200,000 x 365 / 730 = 6,000.00 is allocated.
    """
    gebruik = Besteding(350_000, 0, 0, 0, 0, ALLES)
    stand = replace(JAAR, einddatum=None, toegewezen=Toegewezen(1_200_000), gebruik=gebruik)
    dag = date(2027, 2, 15)
    assert both_ways(stand, Vraagpunt(2026, dag)) == (850_000, 0, 0, 0, 1_200_000, 0)
    assert both_ways(stand, Vraagpunt(2027, dag)) == (850_000, 0, 0, 350_000, 600_000, 350_000)
    # A stop ends it: of what is left after it closed nothing is open, in either year.
    gestopt = replace(stand, stop=ALLES)
    assert [both_ways(gestopt, Vraagpunt(jaar, dag))[:2] for jaar in (2026, 2027)] == [(0, 850_000)] * 2


def test_a_fixed_total_without_end_is_not_spread_anew_when_a_year_begins() -> None:
    """12,000.00 from 1 January 2025 without Einddatum; 10,000.00 billed in the 334 days until 30 November 2025.

    In 365 days 1,000,000 x 365 / 334 = 1,092,814.4: in December 928.14 comes, of the 2,000.00 that is left. December may be
    declared until the end of January, so until then it says the same. After that nothing of 2025 comes, and as it runs on 2,000.00
    stays open.
    """
    gebruik = Besteding(1_000_000, gedeclareerd_jaar=1_000_000, laatste=date(2025, 11, 30))
    stand = replace(JAAR, begin=date(2025, 1, 1), einddatum=None, toegewezen=Toegewezen(1_200_000), gebruik=gebruik)
    for dag in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31)):
        assert both_ways(stand, Vraagpunt(2025, dag)) == (200_000, 0, 0, 92_814, 1_200_000, 92_814)
    februari = Vraagpunt(2025, date(2026, 2, 1))
    assert both_ways(stand, februari) == (200_000, 0, 0, 0, 1_200_000, 0)
    assert explain(stand, februari, reckon(stand, februari)).endswith(
        "er blijft € 2.000,00 over. De toewijzing loopt door. De termijn om hulp tot en met 31 december 2025 te declareren is"
        " voorbij."
    )
    # Stopped on 20 January 2026 it closes on 1 March.
    gestopt = replace(stand, stop=date(2026, 1, 20))
    gevonden = [both_ways(gestopt, Vraagpunt(2025, dag))[:4] for dag in (date(2026, 2, 28), date(2026, 3, 1))]
    assert gevonden == [(200_000, 0, 0, 0), (0, 200_000, 0, 0)]
    maart = Vraagpunt(2025, date(2026, 3, 1))
    assert "De hulp eindigde op 20 januari 2026" in explain(gestopt, maart, reckon(gestopt, maart))
    # It runs on, so it does not tell what part of an allocation is used.
    assert find_zilvering([stand] * 10, februari) == Standkolommen.of([stand] * 10, {}).find_zilvering(februari) == {}


def test_only_a_volume_that_comes_back_without_end_grows() -> None:
    """A budget and a volume for the whole duration do not, nor does a volume a week that has an Einddatum."""
    begin = date(2026, 1, 5)
    gevonden = [
        value(allocation(10, begin, einde, **rest), ALLES, prices((6_000, VROEG, None))).groeit
        for einde, rest in (
            (None, {"frequentie": "2"}), (None, {"frequentie": "4", "eenheid": "83"}),
            (None, {"frequentie": "1", "productcode": None}), (None, {}), (None, {"frequentie": "2", "budget": 7_500}),
            (date(2026, 1, 30), {"frequentie": "2"}),
        )
    ]  # fmt: skip
    assert gevonden == [True, True, True, False, False, False]


def test_a_volume_without_end_is_not_cut_at_the_end_of_a_year_that_is_past() -> None:
    """100.00 a week from Monday 1 January 2024: on 30 June 2026 till 31 December 2026, 3 x 52 = 156 Sundays, 15,600.00.

    12,600.00 is used, so 3,000.00 is open and nothing beyond, whichever year is asked. Of 1,096 days 2024 has 366:
    1,560,000 x 366 / 1,096 = 520,948.9. In 912 days until 30 June 12,600.00; 1,260,000 x 1,096 / 912 = 1,514,210.5: 2,542.11 comes.
    """
    toewijzing = allocation(10_000, date(2024, 1, 1), None, eenheid="83", frequentie="2")
    uit = []
    for jaar in (2024, 2026):
        vraag = Vraagpunt(jaar, date(2026, 6, 30))
        stand = replace(
            JAAR, begin=date(2024, 1, 1), einddatum=None, toegewezen=value(toewijzing, vraag.open_tot, prices()),
            gebruik=Besteding(1_260_000, laatste=date(2026, 6, 30)),
        )  # fmt: skip
        uit.append(both_ways(stand, vraag))
    assert uit[0] == (300_000, 0, 0, 254_211, 520_949, 0)
    assert uit[1][:4] == uit[0][:4]


def days_both_ways(stand: Toewijzingstand, vraag: Vraagpunt, eerste: date, laatste: date) -> int:
    """What of E falls in these days; one by one and by columns the same."""
    gevonden = expected_in(stand, reckon(stand, vraag), vraag, eerste, laatste)
    assert [gevonden] == reckon_all(Standkolommen.of([stand], {}), vraag, {}).expected_in(eerste, laatste).tolist()
    return gevonden


def test_a_volume_that_runs_on_expects_nothing_of_a_year_whose_term_is_over() -> None:
    """A volume a week from 1 January 2025, 30,000.00 until 31 December 2026; in the 273 days until 30 September 10,000.00 billed.

    In 730 days 1,000,000 x 730 / 273 = 2,673,992.7: 16,739.93 comes in the 457 days from 1 October 2025. In the 92 of them that
    are of 2025, 1,673,993 x 92 / 457 = 336,996.4: 3,369.96, while it may be declared, until 31 January 2026. The day after it no
    longer comes. 2026 keeps its 13,369.97, and 20,000.00 stays open.
    """
    gebruik = Besteding(1_000_000, gedeclareerd_jaar=1_000_000, laatste=date(2025, 9, 30))
    stand = replace(JAAR, begin=date(2025, 1, 1), einddatum=None, toegewezen=Toegewezen(3_000_000, groeit=True), gebruik=gebruik)
    op_tijd, te_laat, zomer = date(2026, 1, 31), date(2026, 2, 1), date(2026, 6, 30)
    for dag, van_2025 in ((op_tijd, 336_996), (te_laat, 0), (zomer, 0)):
        toen, nu = Vraagpunt(2025, dag), Vraagpunt(2026, dag)
        assert both_ways(stand, toen) == (2_000_000, 0, 0, 1_673_993, 1_500_000, van_2025)
        assert both_ways(stand, nu) == (2_000_000, 0, 0, 1_673_993, 1_500_000, 1_336_997)
        # The last quarter of 2025 is all that 2025 had to come, whichever year is asked.
        kwartaal = date(2025, 10, 1), date(2025, 12, 31)
        assert [days_both_ways(stand, vraag, *kwartaal) for vraag in (toen, nu)] == [van_2025] * 2
    # Of 2025 and January together only January: 1,673,993 x 123 / 457 = 450,549.5, less 336,996 is 113,554.
    assert days_both_ways(stand, Vraagpunt(2026, te_laat), date(2025, 10, 1), date(2026, 1, 31)) == 113_554
    # Without lines all 30,000.00 comes in 730 days, half of it in 2025. Where it cannot be told what comes, nothing of 2025 does.
    leeg = replace(stand, gebruik=Besteding())
    assert [both_ways(leeg, Vraagpunt(2025, dag))[5] for dag in (op_tijd, te_laat)] == [1_500_000, 0]
    onbekend = replace(leeg, toegewezen=Toegewezen(None, groeit=True))
    assert [reckon(onbekend, Vraagpunt(2025, dag)).verwacht_jaar for dag in (op_tijd, te_laat)] == [None, 0]
    # A budget asked of 2026 lies until its end as well: as above.
    budget = replace(stand, toegewezen=Toegewezen(3_000_000))
    assert [days_both_ways(budget, Vraagpunt(2026, dag), *kwartaal) for dag in (op_tijd, te_laat)] == [336_996, 0]
    # Where the term is two months, 28 February is its last day.
    ruim = [both_ways(stand, Vraagpunt(2025, dag, 2))[5] for dag in (date(2026, 2, 28), date(2026, 3, 1))]
    assert ruim == [336_996, 0]


def test_years_share_an_amount_by_days_and_add_up() -> None:
    """1,000.00 over 16 days of 2025, 365 of 2026 and 15 of 2027, 396 in all. 100,000 x 16 / 396 = 4,040.4; x 381 / 396 = 96,212.1.
    So 40.40, 962.12 - 40.40 = 921.72, and the rest 37.88."""
    delen = [in_year(100_000, date(2025, 12, 16), date(2027, 1, 15), Vraagpunt(jaar, ALLES)) for jaar in (2025, 2026, 2027, 2028)]
    assert delen == [4_040, 92_172, 3_788, 0]


def test_without_lines_that_part_is_expected_which_others_used() -> None:
    """Ten allocations of the category closed, each 1,000.00, together 8,250.00 declared: 82.5%. So of 1,200.00 some 990.00. Nine
    say too little, and one that ended more than 24 months ago says nothing."""
    leeg = replace(JAAR, gebruik=Besteding())
    dicht = [
        replace(JAAR, einddatum=einde, toegewezen=Toegewezen(100_000), gebruik=Besteding(82_500, laatste=einde))
        for einde in [date(2025, 6, 30)] * 10
    ]
    assert find_zilvering([*dicht, leeg], APRIL) == {"45": Fraction(825, 1000)}
    assert reckon(leeg, APRIL, Fraction(825, 1000)).verwacht == 99_000
    assert find_zilvering(dicht[1:], APRIL) == {}
    assert find_zilvering([*dicht[1:], replace(dicht[0], einddatum=date(2024, 4, 15))], APRIL) == {}
    assert reckon(leeg, APRIL).verwacht == 120_000


def test_what_has_no_budget_and_no_tariff_is_not_to_be_told_and_never_nought() -> None:
    onbekend = replace(JAAR, toegewezen=ONBEKEND)
    gevonden = reckon(onbekend, APRIL)
    assert (gevonden.rest, gevonden.overschrijding, gevonden.toegewezen_jaar) == (None, None, None)
    # By pace, without a most: as above.
    assert gevonden.verwacht == 76_389
    assert reckon(replace(onbekend, gebruik=Besteding()), APRIL).verwacht is None


def test_a_tariff_that_changes_within_an_allocation_weighs_by_days() -> None:
    """10 hours in January and February 2026: 60.00 for 31 days, 66.00 for 28. 10 x (31 x 6,000 + 28 x 6,600) / 59 = 3,708,000 / 59
    = 62,847.5, rounded once: 628.47."""
    contract = prices((6_000, VROEG, date(2026, 1, 31)), (6_600, date(2026, 2, 1), None))
    assert value(allocation(10, date(2026, 1, 1), date(2026, 2, 28)), ALLES, contract) == Toegewezen(62_847)


def test_minutes_on_an_hourly_tariff_are_divided_once() -> None:
    """100 minutes at 70.01 an hour: 100 x 7,001 / 60 = 11,668.3."""
    contract = prices((7_001, VROEG, None))
    assert value(allocation(100, date(2026, 1, 1), ALLES, eenheid="01"), ALLES, contract) == Toegewezen(11_668)


def test_a_volume_a_week_counts_as_tr322_does() -> None:
    """2 hours a week from Monday 5 January to Friday 30 January 2026: four ISO weeks, 8 hours at 60.00."""
    toewijzing = allocation(2, date(2026, 1, 5), date(2026, 1, 30), frequentie="2")
    assert value(toewijzing, ALLES, prices((6_000, VROEG, None))) == Toegewezen(48_000)


def test_of_more_levels_the_agreed_one_counts_else_the_highest_with_a_mark() -> None:
    contract = prices((7_560, VROEG, None), (11_160, VROEG, None), niveaus=("HBO", "WO"))
    toewijzing = allocation(10, date(2026, 1, 1), ALLES)
    assert value(toewijzing, ALLES, contract) == Toegewezen(111_600, onzeker=True)
    afspraak = Afspraak(1, "HBO", False, VROEG, None)
    assert value(toewijzing, ALLES, contract, [afspraak]) == Toegewezen(75_600)


def test_a_day_without_tariff_has_that_of_before_with_a_mark() -> None:
    """Next year's tariff is not loaded yet: 31 days of December at 60.00, and January 2027 at the same."""
    toewijzing = allocation(10, date(2026, 12, 1), date(2027, 1, 31))
    assert value(toewijzing, ALLES, prices((6_000, VROEG, ALLES))) == Toegewezen(60_000, onzeker=True)
    assert value(toewijzing, ALLES, prices((6_000, date(2027, 1, 1), None))) == Toegewezen(60_000, onzeker=True)
    assert value(toewijzing, ALLES, prices()) == ONBEKEND


def test_money_is_money_and_a_budget_comes_first() -> None:
    assert value(allocation(50_000, VROEG, ALLES, eenheid="83"), ALLES, prices()) == Toegewezen(50_000)
    assert value(allocation(10, VROEG, ALLES, budget=7_500), ALLES, prices((6_000, VROEG, None))) == Toegewezen(7_500)
    assert value(allocation(10, VROEG, ALLES, productcode=None), ALLES, prices((6_000, VROEG, None))) == ONBEKEND


def test_a_volume_that_only_says_that_there_is_no_bound_tells_no_amount() -> None:
    """99,999,999 hours a week until the year 9999 at 60.00: 2,5 times ten to the 17th cents; no gemeente is bound to that."""
    assert value(allocation(99_999_999, VROEG, date.max, frequentie="2"), ALLES, prices((6_000, VROEG, None))) == ONBEKEND
    assert value(allocation(10**12, VROEG, ALLES, eenheid="83"), ALLES, prices()) == Toegewezen(10**12)
    assert value(allocation(10**12 + 1, VROEG, ALLES, eenheid="83"), ALLES, prices()) == ONBEKEND


def test_the_sum_is_told_in_sentences() -> None:
    assert explain(JAAR, APRIL, reckon(JAAR, APRIL)) == (
        "Toegewezen is € 1.200,00. Er is € 200,00 gedeclareerd en € 50,00 aangehouden; er blijft € 950,00 over. In 90 dagen tot en"
        " met 31 maart 2026 is € 250,00 gebruikt; in dat tempo komt daar in 275 dagen tot en met 31 december 2026 nog € 763,89 bij."
    )
    leeg, deel = replace(JAAR, gebruik=Besteding()), Fraction(825, 1000)
    assert explain(leeg, APRIL, reckon(leeg, APRIL, deel), deel).endswith(
        "Van eerdere toewijzingen in deze categorie werd 82,5% gebruikt; van € 1.200,00 verwachten we dus nog € 990,00 tot en met"
        " 31 december 2026."
    )
    dicht = Vraagpunt(2026, date(2027, 3, 1))
    assert "valt vrij" in explain(JAAR, dicht, reckon(JAAR, dicht))


dagen = st.dates(date(2024, 1, 1), date(2028, 12, 31))
bedragen = st.integers(0, 10**7)


misschien = st.none() | dagen


@given(dagen, st.none() | st.integers(0, 900), misschien, st.none() | bedragen, bedragen, bedragen, misschien, dagen, st.booleans())
def test_whatever_the_dates_what_is_allocated_ties_and_years_add_up(
    begin: date, lengte: int | None, stop: date | None, toegewezen: int | None, gedeclareerd: int, aangehouden: int,
    laatste: date | None, peildatum: date, groeit: bool,
) -> None:  # fmt: skip
    """T + overschrijding = D + H + r; no more is expected than is open; with an Einddatum the years add up to the whole,
    without one nothing is expected of a year whose term is over."""
    einde = None if lengte is None else date.fromordinal(begin.toordinal() + lengte)
    gebruik = Besteding(gedeclareerd, aangehouden, laatste=laatste)
    stand = Toewijzingstand(1, "42420001", "45", None, begin, einde, stop, Toegewezen(toegewezen, groeit=groeit), gebruik)
    per_jaar = {jaar: reckon(stand, Vraagpunt(jaar, peildatum)) for jaar in range(2023, 2033)}
    for jaar, item in per_jaar.items():
        if toegewezen is not None:
            assert toegewezen + (item.overschrijding or 0) == gebruik.samen + (item.rest or 0)
            assert 0 <= (item.verwacht or 0) <= item.open
            assert item.open + item.vrijgevallen == item.rest
        vraag = Vraagpunt(jaar, peildatum)
        if einde is None and vraag.is_closed(vraag.laatste):
            assert item.verwacht_jaar == 0
        assert explain(stand, vraag, item).endswith(".")
    if einde is not None and toegewezen is not None:
        assert sum(item.toegewezen_jaar or 0 for item in per_jaar.values()) == toegewezen
        assert sum(item.verwacht_jaar or 0 for item in per_jaar.values()) == (per_jaar[2026].verwacht or 0)
