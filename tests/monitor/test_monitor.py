"""Indicators, forecast, division key, ways to count clients, what is remembered of exports: on small, known care."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from berichten.kern.kalender import add_maanden
from berichten.opslag.basis.verbinding import Login
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.monitor.rapporten import RAPPORTEN, AlleenPerJaar, Lezer, Monitorverzoek, NietTeBeschermen, OnbekendKader
from berichten.rapporten.afscherming.optelling import TOTAAL
from berichten.rapporten.monitor import stromen as stromen_sql
from berichten.rapporten.monitor.bereik import read_bereik
from berichten.rapporten.monitor.clienten import read_clienten
from berichten.rapporten.monitor.jaarprognose import NIET_TE_BEPALEN, Maandstand, find_marge, forecast
from berichten.rapporten.monitor.stromen import read_aandelen, read_prestatietijden, read_uitgestroomd, sum_aandelen
from berichten.rapporten.monitor.tabel import Tabel, as_csv
from berichten.rapporten.monitor.trajecten import course_range
from berichten.rapporten.monitor.unieke_clienten import show_apart
from tests.hulp.doorlopen import count_doorlopen
from tests.hulp.eigenaar import as_owner
from tests.hulp.monitoring.monitor import BERICHT, GEMEENTE, Regel, Toewijzing, Zorg, bsn_of, find_row

ANDERE = "0537"
EEN, TWEE = "42420001", "42420002"
Vraag = Callable[..., Tabel]


@pytest.fixture
def vraag(werkplaats: Werkplaats) -> Vraag:
    """Ask for a report, as the operator."""

    def ask(naam: str, periode: str = "2024", gemeenten: tuple[str, ...] = (GEMEENTE,), **rest: Any) -> Tabel:
        return RAPPORTEN[naam].make(Lezer(werkplaats), Monitorverzoek(read_bereik(gemeenten, periode), **rest))

    return ask


def save(werkplaats: Werkplaats, zorg: Zorg) -> None:
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)


def course(zorg: Zorg, client: int, code: str, begin: date, maanden: int, agb: str = EEN, centen: int = 10_000) -> None:
    zorg.regels += [Regel(client, centen, add_maanden(begin, maand), code, agb) for maand in range(maanden)]


@pytest.fixture
def stromen(werkplaats: Werkplaats) -> None:
    """Thirty courses of basis-ggz that end in 2024: six go on to day treatment, eight come back within the year, sixteen do not."""
    zorg, client = Zorg(), count()
    licht, zwaar = zorg.product("4", "Basis GGZ"), zorg.product("3", "Dagbehandeling & Besteding")
    for wat in ["op"] * 6 + ["terug"] * 8 + ["weg"] * 16:
        wie = next(client)
        course(zorg, wie, licht, date(2024, 1, 1), 4)
        if wat == "op":
            course(zorg, wie, zwaar, date(2024, 6, 1), 24, TWEE)
        elif wat == "terug":
            course(zorg, wie, licht, date(2024, 10, 1), 20)
    save(werkplaats, zorg)


def test_courses_that_ended_tell_of_scaling_lasting_leave_duration_and_cost(stromen: None, vraag: Vraag) -> None:
    """Indicators 2 to 5. The second courses go on into 2026 and have not ended in 2024."""
    tabel = vraag("indicatoren")
    waar = {"splitsing": "totaal"}
    assert find_row(tabel, nr=2, maat="opgeschaald", **waar)["waarde"] == Decimal("20.0")
    assert find_row(tabel, nr=2, maat="afgeschaald", **waar)["waarde"] == Decimal("0.0")
    uitstroom = find_row(tabel, nr=3, **waar)
    assert (uitstroom["waarde"], uitstroom["aantal"]) == (Decimal("53.3"), 30)
    assert find_row(tabel, nr=4, **waar)["waarde"] == Decimal("4.0")
    assert find_row(tabel, nr=5, maat="kosten per traject", **waar)["waarde"] == Decimal("400.0")
    assert find_row(tabel, nr=4, splitsing="specialisme")["groep"] == "S4 Basis GGZ"
    assert find_row(tabel, nr=6, splitsing="aanbieder", groep=TWEE)["waarde"] == 6


def test_what_followed_a_course_is_told_from_the_other_courses_of_its_client_alone(werkplaats: Werkplaats) -> None:
    """Reckoned beside it by hand, over every two courses of a client, from a few times the rows that there are.

    Before, each course that ended was held against those of the whole gemeente: 12,000 of them took 38 s.
    """
    zorg, trajecten, toeval = Zorg(), list[tuple[int, date, date, int]](), Random(7)
    codes = {zwaarte: zorg.product(segment, "Zorg") for zwaarte, segment in ((1, "4"), (2, "3"), (3, "2"), (4, "1A"))}
    for client in range(400):
        for zwaarte in toeval.sample(sorted(codes), toeval.choice((1, 1, 2, 3))):
            begin, maanden = add_maanden(date(2023, 9, 1), toeval.randrange(20)), toeval.randrange(1, 7)
            course(zorg, client, codes[zwaarte], begin, maanden)
            trajecten.append((client, begin, add_maanden(begin, maanden - 1), zwaarte))
    save(werkplaats, zorg)
    bereik, vandaag = read_bereik([GEMEENTE], "2024"), date(2026, 6, 30)
    with werkplaats.opslag.transaction() as verbinding:
        cijfers = read_uitgestroomd(verbinding, bereik, vandaag)[TOTAAL, TOTAAL]
        waarden = {**course_range(bereik), "begin": [bereik.van], "einde": [bereik.tot], "tot": vandaag, "nu": date(2026, 6, 1)}
        doorlopen = count_doorlopen(verbinding, stromen_sql._UITGESTROOMD, waarden)
    op = af = duurzaam = aantal = 0
    for client, eerste, laatste, zwaarte in trajecten:
        if not bereik.van <= laatste <= bereik.tot:
            continue
        andere = [traject[1:] for traject in trajecten if traject[0] == client]
        venster = add_maanden(laatste, -1), add_maanden(laatste, 3)
        daarna = max((item[2] for item in andere if item[0] > eerste and venster[0] <= item[0] <= venster[1]), default=zwaarte)
        aantal, op, af = aantal + 1, op + (daarna > zwaarte), af + (daarna < zwaarte)
        duurzaam += not any(item[1] > laatste and item[0] <= add_maanden(laatste, 12) for item in andere)
    assert (cijfers.aantal, cijfers.op, cijfers.af, cijfers.duurzaam) == (aantal, op, af, duurzaam)
    assert min(op, af, aantal - duurzaam) > 0
    assert doorlopen < 30 * len(zorg.regels)


def test_one_split_can_be_asked_for(stromen: None, vraag: Vraag) -> None:
    assert {rij[2] for rij in vraag("indicatoren", splits="aanbieder").rijen} == {"aanbieder"}


def test_a_start_is_in_time_within_four_weeks(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """Indicator 7: of twenty allocations twelve start on the last good day, eight a day later."""
    zorg = Zorg(toewijzingen=[Toewijzing(nummer, nummer) for nummer in range(1, 21)])
    save(werkplaats, zorg)
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        verbinding.execute(
            text(
                "INSERT INTO levering (gemeente, bericht_id, volgnummer, agb, soort, bsn, toewijzingnummer, begindatum)"
                " VALUES (:g, :bericht, :nummer, :agb, 'start', :bsn, :nummer, :begin)"
            ),
            [
                {
                    "g": GEMEENTE,
                    "bericht": BERICHT,
                    "agb": EEN,
                    "bsn": bsn_of(nummer),
                    "nummer": nummer,
                    "begin": date(2024, 1, 29 + (nummer > 12)),
                }
                for nummer in range(1, 21)
            ],
        )
    gevonden = find_row(vraag("indicatoren"), nr=7, splitsing="totaal")
    assert (gevonden["waarde"], gevonden["aantal"]) == (Decimal("60.0"), 20)


def test_a_line_is_in_time_until_the_end_of_the_month_after(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """Indicator 9: declared on 31 March, twelve lines of February are in time and eight of January late. Credits do not count.

    On 31 March the term of February still runs, so of that month nothing counts yet.
    """
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    zorg.regels += [Regel(n, 1000, date(2024, 2 if n < 12 else 1, 1), code) for n in range(20)]
    zorg.regels.append(Regel(0, 500, date(2024, 2, 1), code, credit=True))
    save(werkplaats, zorg)
    gevonden = find_row(vraag("indicatoren"), nr=9, splitsing="totaal")
    assert (gevonden["waarde"], gevonden["aantal"]) == (Decimal("60.0"), 20)
    with werkplaats.opslag.transaction() as verbinding:
        toen = read_prestatietijden(verbinding, read_bereik([GEMEENTE], "2024"), 1, date(2024, 3, 31))[TOTAAL, TOTAAL]
    assert (toen.op_tijd, toen.aantal) == (0, 8)


def test_shares_of_cost_shift_between_two_years(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """Indicators 13 and 14: from 75% residential to 60%; group care from nothing to a quarter."""
    zorg = Zorg()
    wonen, groep = zorg.product("2", "Pleegzorg"), zorg.product("4", "Behandeling/begeleiding groep")
    los = zorg.product("4", "Begeleiding individueel")
    zorg.regels += [
        Regel(1, 75_000, date(2023, 5, 1), wonen), Regel(2, 25_000, date(2023, 5, 1), los),
        Regel(1, 60_000, date(2024, 5, 1), wonen), Regel(2, 30_000, date(2024, 5, 1), los),
        Regel(3, 10_000, date(2024, 5, 1), groep),
    ]  # fmt: skip
    save(werkplaats, zorg)
    tabel = vraag("indicatoren")
    assert [rij[5] for rij in tabel.rijen if rij[0] == 13] == [Decimal("60.0"), Decimal("-15.0"), Decimal("75.0")]
    assert [rij[5] for rij in tabel.rijen if rij[0] == 14] == [Decimal("25.0"), Decimal("25.0"), Decimal("0.0")]
    # A quarterly report takes them from the cells of clients, which it has read already.
    with werkplaats.opslag.transaction() as verbinding:
        cellen = [read_clienten(verbinding, read_bereik([GEMEENTE], jaar)) for jaar in ("2024", "2023")]
        assert sum_aandelen(*cellen) == read_aandelen(verbinding, read_bereik([GEMEENTE], "2024"))


def test_a_gap_of_three_months_is_one_course_and_of_four_is_two(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """Twelve clients with two months of care each, twelve of them one month further apart.

    A course that ends in May bridges June to August, and care in September still belongs to it: it has ended from 1 October on.
    """
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    for client in range(24):
        for maand in (1, 5 + (client >= 12)):
            zorg.regels.append(Regel(client, 1000, date(2024, maand, 1), code))
    save(werkplaats, zorg)
    tabel = vraag("indicatoren")
    duur = find_row(tabel, nr=4, splitsing="totaal")
    assert (duur["aantal"], duur["waarde"]) == (12 + 24, Decimal("2.3"))
    with werkplaats.opslag.transaction() as verbinding:
        ended = {
            dag: read_uitgestroomd(verbinding, read_bereik([GEMEENTE], "2024-05"), dag)[TOTAAL, TOTAAL].aantal
            for dag in (date(2024, 9, 30), date(2024, 10, 1))
        }
    assert list(ended.values()) == [0, 12]


def test_the_forecast_takes_last_years_pace(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """Today is 30 June 2026. 300 euro is declared; a year before it was 200 of what became 500: 750 expected.

    A declaration of the very day counts, one of the day after does not. All of it was booked in one night, as by a replay.
    """
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    for jaar, maand, centen, dagtekening in (
        (2026, 3, 10_000, date(2026, 5, 1)),
        (2026, 4, 20_000, date(2026, 6, 30)),
        (2026, 5, 99_000, date(2026, 7, 1)),
        (2025, 3, 20_000, date(2025, 6, 30)),
        (2025, 3, 10_000, date(2025, 7, 1)),
        (2025, 9, 20_000, date(2025, 11, 1)),
    ):
        gedeclareerd: dict[str, Any] = {"dagtekening": dagtekening, "geboekt": datetime(2026, 6, 30, tzinfo=UTC)}
        zorg.regels.append(Regel(1, centen, date(jaar, maand, 1), code, **gedeclareerd))
    save(werkplaats, zorg)
    tabel = vraag("jaarprognose", "2026")
    assert tabel.rijen == (
        ("4. Ambulante jeugdhulp", 300, 200, 500, 750, NIET_TE_BEPALEN, NIET_TE_BEPALEN, 250),
        ("Totaal", 300, 200, 500, 750, NIET_TE_BEPALEN, NIET_TE_BEPALEN, 250),
    )
    assert "DeclaratieDagtekening" in tabel.toelichting[2]
    assert as_csv(tabel).decode().splitlines()[-1].startswith("Let op: Een stand telt")
    assert forecast(100, 0, 100) is None


def test_the_forecast_tells_how_sure_it_is(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """Three months of 100 euro last year are 110, 120 and 130 now; 600 came after this date: 1080 expected.

    By hand: growth 1.2, weighted variance (0.01 + 0 + 0.01) / 3 * 3 / 2 = 0.01; the rest is two months of 300, so the error is
    0.1 * sqrt(2 * 300**2 + 600**2 / 3) = 54.77, and 1.886 times that is 103.3.
    """
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    for jaar, maand, euro in ((2025, 1, 100), (2025, 2, 100), (2025, 3, 100), (2026, 1, 110), (2026, 2, 120), (2026, 3, 130),
                              (2025, 8, 300), (2025, 9, 300)):  # fmt: skip
        dagtekening = date(jaar, maand, 28)
        zorg.regels.append(Regel(1, 100 * euro, date(jaar, maand, 1), code, dagtekening=dagtekening))
    save(werkplaats, zorg)
    totaal = vraag("jaarprognose", "2026").rijen[-1]
    assert totaal == ("Totaal", 360, 300, 900, 1080, 977, 1183, 180)


@given(st.lists(st.tuples(st.integers(1, 10**7), st.integers(0, 10**7)), min_size=3, max_size=12), st.integers(1, 9))
def test_a_year_that_grows_alike_each_month_is_sure(maanden: list[tuple[int, int]], groei: int) -> None:
    """And whatever amounts are counted in, the margin is in the same."""
    gelijk = [Maandstand(nr, toen * groei, toen, toen + rest) for nr, (toen, rest) in enumerate(maanden, 1)]
    assert find_marge(gelijk) == 0
    assert find_marge(gelijk[:2]) is None


def test_the_division_key_adds_up_to_a_hundred(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """By the cost of two years before, or of the year itself."""
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    for gemeente, jaar, centen in (
        (GEMEENTE, 2022, 100_00),
        (ANDERE, 2022, 200_00),
        (GEMEENTE, 2024, 300_00),
        (ANDERE, 2024, 100_00),
    ):
        zorg.regels.append(Regel(1, centen, date(jaar, 3, 1), code, gemeente=gemeente))
    save(werkplaats, zorg)
    beide = (GEMEENTE, ANDERE)
    assert [rij[3] for rij in vraag("verdeelsleutel", gemeenten=beide, jaren_terug=2).rijen] == [
        Decimal("33.33"), Decimal("66.67"), Decimal("100"),
    ]  # fmt: skip
    assert vraag("verdeelsleutel", gemeenten=beide).rijen[0] == (GEMEENTE, 2024, 300, Decimal("75"))


def test_every_way_to_count_clients_stands_beside_the_others(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """Thirty with care that counts, ten more credited in full, twenty more only rejected; all have an allocation."""
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    for client in range(60):
        zorg.toewijzingen.append(Toewijzing(client + 1, client, product=code, ingang=date(2024 - (client < 20), 3, 1)))
        uitkomst = "toegekend" if client < 40 else "afgewezen"
        zorg.regels.append(Regel(client, 1000, product=code, uitkomst=uitkomst))
        if 30 <= client < 40:
            zorg.regels.append(Regel(client, 1000, product=code, credit=True))
    save(werkplaats, zorg)
    tabel = vraag("unieke-clienten")
    aantallen = {rij[0]: rij[1] for rij in tabel.rijen}
    assert aantallen["Unieke cliënten"] == 30
    assert aantallen["Met een toegekende regel"] == 40
    assert aantallen["Met een ingediende regel"] == 60
    assert aantallen["Met een geldige toewijzing"] == 60
    assert aantallen["Met een toewijzing uit dit jaar"] == 40
    assert aantallen["Opgeteld over zorgvormen"] == 30
    assert all(str(rij[2]).endswith(".") for rij in tabel.rijen)


def test_two_ways_that_differ_by_a_few_are_not_both_shown() -> None:
    assert show_apart(100, [103, 100, 110, 112, 3, 0]) == ["-", 100, 110, "-", "≤5", 0]


def test_what_was_hidden_once_stays_hidden(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """A second zorgvorm of three clients hides the first; when it has grown to nine, neither number comes back."""
    zorg = Zorg()
    een, twee = zorg.product("4", "Basis GGZ"), zorg.product("4", "Begeleiding individueel")
    zorg.regels += [Regel(client, 1000, product=een) for client in range(20)]
    zorg.regels += [Regel(client, 1000, product=twee) for client in range(20, 23)]
    save(werkplaats, zorg)
    eerst = [rij[3] for rij in vraag("tabel1").rijen]
    assert eerst == [23, "-", "≤5", 23]
    save(werkplaats, Zorg(regels=[Regel(client, 1000, product=twee) for client in range(23, 29)], eerste=1000))
    assert [rij[3] for rij in vraag("tabel1").rijen] == [29, "-", "-", 29]


def test_a_period_that_would_tell_the_rest_of_another_is_refused(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """Eleven in the year, six of them in one quarter, and two quarters without anyone: five would follow for the last quarter."""
    zorg = Zorg()
    code = zorg.product("4", "")
    zorg.regels += [Regel(client, 1000, date(2024, 2, 1), code) for client in range(6)]
    zorg.regels += [Regel(client, 1000, date(2024, 8, 1), code) for client in range(6, 11)]
    save(werkplaats, zorg)
    assert vraag("tabel1").rijen[-1][3] == 11
    assert vraag("tabel1", "2024-Q1").rijen[-1][3] == 6
    assert [vraag("tabel1", kwartaal).rijen for kwartaal in ("2024-Q2", "2024-Q4")] == [(), ()]
    with pytest.raises(NietTeBeschermen):
        vraag("tabel1", "2024-Q3")


def test_the_small_quarter_first_hides_what_comes_after(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """The same care, asked for in another order: what comes last is hidden instead."""
    zorg = Zorg()
    code = zorg.product("4", "")
    zorg.regels += [Regel(client, 1000, date(2024, 2, 1), code) for client in range(6)]
    zorg.regels += [Regel(client, 1000, date(2024, 8, 1), code) for client in range(6, 11)]
    save(werkplaats, zorg)
    assert [vraag("tabel1", periode).rijen[-1][3] for periode in ("2024-Q3", "2024")] == ["≤5", 11]
    assert [vraag("tabel1", kwartaal).rijen for kwartaal in ("2024-Q2", "2024-Q4")] == [(), ()]
    assert vraag("tabel1", "2024-Q1").rijen[-1][3] == "-"


def test_counts_that_add_up_are_given_by_year(vraag: Vraag) -> None:
    for naam in ("tabel5b", "indicatoren", "unieke-clienten"):
        with pytest.raises(AlleenPerJaar, match="heel jaar"):
            vraag(naam, "2024-Q1")


def test_a_what_if_rounds_and_hides_what_the_table_hides(werkplaats: Werkplaats, vraag: Vraag) -> None:
    """Forty courses of one to four months: with two months as the most half of them would be beyond the frame."""
    zorg = Zorg()
    code = zorg.product("4", "Basis GGZ")
    for client in range(40):
        course(zorg, client, code, date(2024, 1, 1), 1 + client % 4)
    save(werkplaats, zorg)
    with werkplaats.opslag.transaction() as verbinding:
        verbinding.execute(
            text("INSERT INTO kader VALUES (:g, 'Basis GGZ', '4', 'Basis GGZ', 3, NULL, '2020-01-01', NULL)"), {"g": GEMEENTE}
        )
    assert vraag("tabel5b").rijen[0] == ("4", "Basis GGZ", 40, 10_000, 10, 4000)
    tabel = vraag("tabel5b", maxima={"Basis GGZ": (2, None)})
    assert tabel.rijen == (("4", "Basis GGZ", 40, 10_000, 20, 7000),)
    assert "afgerond op tientallen" in tabel.toelichting[0]
    with pytest.raises(OnbekendKader, match="Kies uit: Basis GGZ"):
        vraag("tabel5b", maxima={"Basis": (2, None)})
