"""Each signal with a sum that was reckoned by hand, as the comments show; on, just below and just above its threshold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berichten.opslag.kwartaal.instelrijen import Instelrij
from berichten.rapporten.ingesteld.instelstand import STANDAARD, value_on
from berichten.rapporten.signalen.drempels import Drempel, find_drempels, percent_text
from berichten.rapporten.signalen.gesteld import (
    Dossierstuk,
    Ruimtegebruik,
    Termijn,
    signal_papieren,
    signal_productieverantwoording,
    signal_resultaat,
    signal_ruimte,
    signal_stop,
    signal_termijn,
)
from berichten.rapporten.signalen.geteld import (
    Afgewezenregel,
    Budgetgebruik,
    Ingediend,
    signal_afgewezen,
    signal_budget,
    signal_regels,
    signal_starts,
    signal_te_laat,
)
from berichten.rapporten.signalen.waarneming import Afgedaan, Geval, Venster, Waarneming, window_before

AGB = "42420001"
GEWOON = find_drempels(STANDAARD)
DAG = date(2026, 3, 31)
EIND = date(2026, 12, 31)
GOED = Budgetgebruik(1, 120_000, EIND, 60_000, None)


def cases(aantal: int, dag: date = DAG) -> list[Geval]:
    return [Geval(nummer, dag) for nummer in range(1, aantal + 1)]


@pytest.mark.parametrize(
    ("dag", "van", "tot"),
    [
        (date(2026, 6, 30), date(2025, 6, 1), date(2026, 5, 31)),
        (date(2026, 7, 1), date(2025, 7, 1), date(2026, 6, 30)),
        (date(2028, 3, 1), date(2027, 3, 1), date(2028, 2, 29)),
        (date(2026, 1, 15), date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_window_is_the_twelve_months_that_ended_before(dag: date, van: date, tot: date) -> None:
    """On the last day of June that month is not over; on 1 July it is. A year with 29 February has it."""
    assert window_before(dag) == Venster(van, tot, dag)


def test_s1_a_budget_is_used_up_before_its_last_month_is_over() -> None:
    """Budget up to 31 December: reached by November's period (30 November < 31 December) is too early, by December's is not.

    Up to 15 December the last day of its month is 31 December too: reached by a period that ends on 15 December is too early.
    """
    op = Budgetgebruik(1, 120_000, EIND, 120_000, date(2026, 11, 30))
    assert (op.is_op, op.is_te_snel) == (True, True)
    assert not Budgetgebruik(1, 120_000, EIND, 120_000, EIND).is_te_snel
    assert Budgetgebruik(1, 120_000, date(2026, 12, 15), 120_000, date(2026, 12, 15)).is_op
    # One cent beyond is beyond, whenever it was reached; a rejected line is an attempt.
    assert Budgetgebruik(1, 120_000, EIND, 120_001, EIND).is_te_snel
    assert Budgetgebruik(1, 120_000, EIND, 60_000, None, afgewezen_op=EIND).is_te_snel


def test_s1_fires_at_three_and_ten_percent() -> None:
    """3 of 30 is 10.0 %: it fires. 3 of 31 is 9.7 %, 2 of 2 is only two: it does not. An allocation counts once."""
    dag = date(2026, 11, 30)
    te_snel = [Budgetgebruik(nummer, 100, EIND, 150, dag, dag) for nummer in (1, 2, 3)]
    drempel = GEWOON["S1"]
    gevonden = signal_budget(AGB, [*te_snel, *[GOED] * 27], {}, drempel)
    assert (gevonden.teller, gevonden.noemer, gevonden.gaat_af, gevonden.nummers) == (3, 30, True, (1, 2, 3))
    assert gevonden.zin == (
        "Van 30 toewijzingen met een budget zijn er 3 te vroeg op of overschreden (10,0%). Het signaal gaat af bij 3 of meer"
        " toewijzingen en 10,0% of meer."
    )
    assert not signal_budget(AGB, [*te_snel, *[GOED] * 28], {}, drempel).gaat_af
    assert not signal_budget(AGB, te_snel[:2], {}, drempel).gaat_af
    # One was explained: 2 are left, of the same 30.
    uitgelegd = signal_budget(AGB, [*te_snel, *[GOED] * 27], {2: dag}, drempel)
    assert (uitgelegd.teller, uitgelegd.noemer, uitgelegd.nummers) == (2, 30, (1, 3))


def test_s1_fires_again_for_what_went_beyond_or_was_rejected_after_the_day_that_was_explained() -> None:
    """Reached in March and explained up to 31 March: lines of November and a rejection of December are not explained by that."""
    maart, uitleg = date(2026, 3, 31), dict.fromkeys((1, 2, 3), date(2026, 3, 31))
    stil = Budgetgebruik(1, 100, EIND, 100, maart, maart, maart)
    vaker = [
        Budgetgebruik(1, 100, EIND, 500, maart, date(2026, 11, 30)),
        Budgetgebruik(2, 100, EIND, 100, maart, maart, date(2026, 12, 5)),
        Budgetgebruik(3, 100, EIND, 60, None, None, date(2026, 11, 5)),
    ]
    assert signal_budget(AGB, [stil], uitleg, GEWOON["S1"]).teller == 0
    gevonden = signal_budget(AGB, vaker, uitleg, GEWOON["S1"])
    assert (gevonden.nummers, gevonden.gaat_af) == ((1, 2, 3), True)


def test_s2_fires_at_ten_lines_and_more_than_ten_percent() -> None:
    """10 of 100 is 10.0 %, not more; 10 of 99 is 10.1 %; 9 of 20 is 45 %, but nine lines."""
    drempel = GEWOON["S2"]
    assert not signal_te_laat(AGB, cases(10), Ingediend(100, 0), {}, drempel).gaat_af
    raak = signal_te_laat(AGB, cases(10), Ingediend(99, 0), {}, drempel)
    assert raak.gaat_af
    assert raak.zin.startswith("Van 99 regels zijn er 10 te laat gedeclareerd (10,1%).")
    assert not signal_te_laat(AGB, cases(9), Ingediend(20, 0), {}, drempel).gaat_af


def test_s3_is_in_euros_and_needs_twenty_lines() -> None:
    """20 lines of 25.01 are 500.20 of 10,000.00: 5.002 %, more than 5.0; of 25.00 they are 500.00, 5.0 % and not more."""
    drempel, alles = GEWOON["S3"], Ingediend(400, 1_000_000)
    raak = signal_afgewezen(AGB, [Afgewezenregel(nummer, DAG, 2_501) for nummer in range(20)], alles, {}, drempel)
    assert (raak.teller, raak.noemer, raak.gaat_af) == (50_020, 1_000_000, True)
    assert raak.zin.startswith("Van € 10.000,00 is € 500,20 afgewezen en daarna niet alsnog toegekend (5,0%), in 20 regels.")
    assert not signal_afgewezen(AGB, [Afgewezenregel(n, DAG, 2_500) for n in range(20)], alles, {}, drempel).gaat_af
    assert not signal_afgewezen(AGB, [Afgewezenregel(n, DAG, 50_000) for n in range(19)], alles, {}, drempel).gaat_af


def test_s4_and_s5_fire_at_three_lines_each_line_once() -> None:
    alles = Ingediend(50, 0)
    dubbel = [*cases(2), *cases(2)]
    assert not signal_regels(AGB, "S4", dubbel, alles, {}, GEWOON["S4"]).gaat_af
    raak = signal_regels(AGB, "S5", cases(3), alles, {}, GEWOON["S5"])
    assert raak.gaat_af
    assert raak.zin == (
        "Er zijn 3 regels waarvan het niveau, de registratie of het tarief van de medewerker niet klopt. Het signaal gaat af bij 3"
        " of meer regels."
    )


def test_s6_fires_below_eighty_percent_of_twenty() -> None:
    """16 of 20 in time is 80.0 %: not below. 15 of 20 is 75.0 %. 0 of 19 says nothing. An explained late start is no late one."""
    drempel = GEWOON["S6"]
    assert not signal_starts(AGB, 20, cases(4), {}, drempel, 28).gaat_af
    raak = signal_starts(AGB, 20, cases(5), {}, drempel, 28)
    assert (raak.teller, raak.noemer, raak.gaat_af) == (15, 20, True)
    assert "begon de hulp bij 15 binnen 28 dagen (75,0%)" in raak.zin
    assert not signal_starts(AGB, 19, cases(19), {}, drempel, 28).gaat_af
    assert not signal_starts(AGB, 20, cases(5), {3: DAG}, drempel, 28).gaat_af


def test_s7_fires_above_what_may_be_spent_and_early_when_it_is_expected() -> None:
    """1,000.00: 1,000.00 used is 100.0 % and not above; 1,000.01 is. 800.00 used and 200.01 expected is above too: early."""
    drempel = GEWOON["S7"]
    van = date(2026, 1, 1)
    assert signal_ruimte(AGB, Ruimtegebruik("4", "plafond", van, 100_000, 100_000), drempel) is None
    raak = signal_ruimte(AGB, Ruimtegebruik("4", "plafond", van, 100_000, 100_001), drempel)
    assert raak is not None
    assert raak.zin.startswith("Van € 1.000,00 het plafond van segment 4 is € 1.000,01 toegekend")
    vroeg = signal_ruimte(AGB, Ruimtegebruik("", "indicatief", van, 100_000, 80_000, 20_001), drempel)
    assert vroeg is not None
    assert vroeg.sleutel.endswith("verwacht")
    assert "samen 100,0%" in vroeg.zin
    assert signal_ruimte(AGB, Ruimtegebruik("", "indicatief", van, 100_000, 80_000, 20_000), drempel) is None


def papers(*stukken: Dossierstuk, dag: date = DAG, loopt: bool = True) -> list[str]:
    return [item.zin for item in signal_papieren(AGB, stukken, loopt, dag, GEWOON["S8"])]


def test_s8_a_keurmerk_lapses_within_sixty_days() -> None:
    """From 31 March 2026 sixty days on is 30 May: a keurmerk up to 30 May is told, one up to 31 May is not yet."""
    keurmerk = Dossierstuk("keurmerk", "HKZ", "HKZ", date(2023, 1, 1), date(2026, 5, 30), None)
    [zin] = papers(keurmerk)
    assert zin.startswith("Het keurmerk geldt tot en met 30 mei 2026, nog 60 dagen.")
    assert papers(Dossierstuk("keurmerk", "HKZ", "HKZ", date(2023, 1, 1), date(2026, 5, 31), None)) == []
    # The next one follows on it: nothing lapses.
    assert papers(keurmerk, Dossierstuk("keurmerk", "HKZ", "HKZ", date(2026, 5, 31), None, None)) == []
    # A gap of a day is one.
    assert len(papers(keurmerk, Dossierstuk("keurmerk", "HKZ", "HKZ", date(2026, 6, 1), None, None))) == 1
    assert papers(keurmerk, dag=date(2026, 5, 31))[0].endswith("Het laatste keurmerk gold tot en met 30 mei 2026.")
    assert papers(keurmerk, dag=date(2026, 5, 31), loopt=False) == papers() == []


def test_s8_a_subcontractor_needs_consent_before_it_begins() -> None:
    keurmerk = Dossierstuk("keurmerk", "HKZ", "HKZ", date(2023, 1, 1), None, None)
    begin = date(2026, 2, 1)
    op_tijd = Dossierstuk("onderaannemer", "K1", "De Berk", begin, None, begin)
    te_laat = Dossierstuk("onderaannemer", "K2", "De Eik", begin, None, date(2026, 2, 2))
    zonder = Dossierstuk("onderaannemer", "K3", "De Els", begin, None, None)
    assert papers(keurmerk, op_tijd, te_laat, zonder) == [
        "Onderaannemer De Eik begon op 1 februari 2026; de toestemming kwam pas op 2 februari 2026.",
        "Onderaannemer De Els begon op 1 februari 2026; de toestemming kwam niet.",
    ]


def test_s9_from_the_second_of_april_and_only_where_accounts_are_loaded() -> None:
    zorg, ander = [AGB, "42420002"], {"42420002"}
    drempel = GEWOON["S9"]
    assert list(signal_productieverantwoording(zorg, ander, date(2026, 4, 1), drempel)) == []
    [gevonden] = signal_productieverantwoording(zorg, ander, date(2026, 4, 2), drempel)
    assert (gevonden.agb, gevonden.sleutel) == (AGB, "2025")
    assert list(signal_productieverantwoording(zorg, (), date(2026, 4, 2), drempel)) == []


def test_s10_the_last_day_of_a_term_is_in_time() -> None:
    item = Termijn(AGB, "maatregel", 5, DAG)
    assert signal_termijn(item, DAG, GEWOON["S10"]) is None
    gevonden = signal_termijn(item, DAG + timedelta(days=10), GEWOON["S10"])
    assert gevonden is not None
    assert "31 maart 2026, 10 dagen geleden" in gevonden.zin


def test_da22_tells_of_new_clients_in_a_stop() -> None:
    gevonden = signal_stop(AGB, 9, date(2026, 3, 1), cases(2), {}, GEWOON["DA22"])
    assert (gevonden.gaat_af, gevonden.teller, gevonden.sleutel) == (True, 2, "9")
    assert "2 toewijzingen afgegeven voor cliënten die er op 28 februari 2026 nog niet waren" in gevonden.zin
    assert not signal_stop(AGB, 9, date(2026, 3, 1), cases(2), {1: DAG, 2: DAG}, GEWOON["DA22"]).gaat_af


def test_s8_names_a_result_above_the_norm_and_nothing_on_it() -> None:
    """120,000.01 of 1,000,000.00 is above 12.0 %; 120,000.00 is not. Of two years that ended the last one counts."""

    def paper(resultaat: int, jaar: int = 2025) -> Dossierstuk:
        begin, einde = date(jaar, 1, 1), date(jaar, 12, 31)
        return Dossierstuk("jaarrekening", str(jaar), "Jaarrekening", begin, einde, None, 100_000_000, resultaat)

    def told(*stukken: Dossierstuk) -> list[str]:
        return [item.zin for item in signal_resultaat(AGB, stukken, 120, DAG, GEWOON["S8"])]

    [zin] = told(paper(12_000_001), paper(50_000_000, 2024), paper(90_000_000, 2026))
    assert zin == (
        "Volgens de jaarrekening 2025 was het resultaat € 120.000,01 op een omzet van € 1.000.000,00 (12,0%). De norm van uw"
        " gemeente is 12,0%."
    )
    assert told(paper(12_000_000), paper(50_000_000, 2024)) == told() == []


def test_a_threshold_holds_from_its_day_and_what_it_leaves_empty_is_as_it_ordinarily_is() -> None:
    def row(naam: str, waarde: str, vanaf: date) -> Instelrij:
        return Instelrij(naam, waarde, vanaf, "", "x", datetime(2026, 1, 1, tzinfo=UTC))

    rijen = [
        row("s2_aantal", "5", date(2026, 1, 1)),
        row("s2_aantal", "", date(2026, 4, 1)),
        row("s2_procent", "20,0", date(2026, 4, 1)),
    ]
    drempels = [find_drempels(value_on(rijen, date(2026, maand, 1)))["S2"] for maand in (3, 4)]
    assert drempels == [Drempel(5, 100), Drempel(10, 200)]
    assert find_drempels(value_on(rijen, date(2025, 12, 31))) == GEWOON


def test_percents_round_halves_away_from_zero() -> None:
    """1 of 16 is 6.25 %: 6,3. 1 of 8 is 12.5. Of nothing there is no part."""
    assert [percent_text(1, 16), percent_text(1, 8), percent_text(0, 0)] == ["6,3%", "12,5%", "–"]


def test_what_was_explained_counts_up_to_its_day() -> None:
    """A line explained up to 31 March does not count; the same number with a later day does."""
    afgedaan = Afgedaan()
    afgedaan.add(AGB, "S4", "", [1, 2], DAG)
    later = [Geval(1, DAG), Geval(2, DAG + timedelta(days=1)), Geval(3, DAG)]
    gevonden = signal_regels(AGB, "S4", later, Ingediend(9, 0), afgedaan.of(AGB, "S4"), GEWOON["S4"])
    assert gevonden.nummers == (2, 3)
    afgedaan.add(AGB, "S8", "keurmerk|2026-05-30", [], DAG)
    papier = Waarneming(AGB, "S8", 1, 1, Drempel(), "x", True, sleutel="keurmerk|2026-05-30")
    assert afgedaan.has(papier, Venster(DAG, DAG, DAG))
    assert not afgedaan.has(Waarneming(AGB, "S4", 1, 1, Drempel(), "x", True), Venster(DAG, DAG, DAG))


def test_what_was_explained_of_a_paper_comes_back_after_a_window_and_of_a_year_it_does_not() -> None:
    afgedaan, later = Afgedaan(), Venster(DAG + timedelta(days=1), DAG + timedelta(days=365), DAG + timedelta(days=366))
    for soort, komt_terug in (("S7", True), ("S8", True), ("S9", False), ("S10", False)):
        afgedaan.add(AGB, soort, "zaak", [], DAG)
        assert afgedaan.has(Waarneming(AGB, soort, 1, 1, Drempel(), "x", True, sleutel="zaak"), later) != komt_terug


@settings(max_examples=60)
@given(st.lists(st.integers(0, 40), max_size=40), st.sets(st.integers(0, 40)), st.integers(0, 60))
def test_what_counts_and_what_was_explained_are_all_that_was_found(gevonden: list[int], uitgelegd: set[int], erbij: int) -> None:
    """Parts add up: lines that fire and lines that were explained are the lines that were found; more of them never silences."""
    gevallen = [Geval(nummer, DAG) for nummer in gevonden]
    uitleg = dict.fromkeys(uitgelegd, DAG)
    alles = Ingediend(len(set(gevonden)) + erbij, 0)
    rest = signal_regels(AGB, "S4", gevallen, alles, uitleg, GEWOON["S4"])
    zonder = signal_regels(AGB, "S4", gevallen, alles, {}, GEWOON["S4"])
    assert set(rest.nummers) | (set(gevonden) & uitgelegd) == set(zonder.nummers)
    assert not set(rest.nummers) & uitgelegd
    assert zonder.gaat_af or not rest.gaat_af
