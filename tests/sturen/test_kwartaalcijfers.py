"""The figures of a quarterly report, with sums reckoned by hand; and the same of care in the tables, today and later."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

import pytest

from berichten.inzage.accountant.getrokken import GEEN_CONTROLE
from berichten.inzage.geld.kwartaalrapporten import Kwartaallijst, as_tabel, find_kwartaal, list_kwartalen
from berichten.kern.houder import Sleutelhouder
from berichten.kern.kalender import add_maanden, list_maanden
from berichten.kern.nietnu import NietNu
from berichten.klok import begin_of, dutch_day, end_of
from berichten.opslag.basis import vraag as vraag_module
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.controle.steekproeven import Mandaatrij, insert_mandaat
from berichten.opslag.kwartaal.kwartaalrapporten import (
    Actiestap,
    Bewaardrapport,
    Kwartaaltekst,
    NieuweActie,
    Rapportkop,
    judge_uitleg,
    list_acties,
    list_rapporten,
)
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.kwartaal.laad_begroting import load_begroting, load_kalender
from berichten.processen.kwartaal.reken_kwartaal import reckon_kwartaal
from berichten.processen.kwartaal.volg_kalender import Kalendervolger
from berichten.processen.kwartaal.werk_kwartaal import (
    Rapporteur,
    begin_actie,
    establish_kwartaal,
    make_concept,
    take_stap,
    write_tekst,
)
from berichten.processen.monitor.publiceer import Lezer
from berichten.processen.rapportage.boeken import Boekrapport
from berichten.processen.rapportage.catalogus import CATALOGUS
from berichten.rapporten.afscherming.overlap import Teken
from berichten.rapporten.boeken.boekvraag import ask
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.ingesteld.instelstand import STANDAARD
from berichten.rapporten.monitor.clienten import Cijfer
from berichten.rapporten.sturen.kwartaalbegroting import Begroting
from berichten.rapporten.sturen.kwartaalbijstelling import list_adjusted
from berichten.rapporten.sturen.kwartaalcijfers import (
    Kernrij,
    Uitlegsgrenzen,
    judge,
    known_from,
    make_bedragrij,
    make_clientrij,
    make_per_client,
    make_segmenten,
    show_share,
)
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, a_year_before, read_kwartaal
from berichten.rapporten.sturen.kwartaalstanden import Inenuitstroom, ended_known_on, read_stromen
from berichten.rapporten.sturen.kwartaalverplichting import sum_obligations
from berichten.rapporten.toewijzing.standen import Standen
from berichten.rapporten.toewijzing.standkolommen import Standkolommen
from berichten.rapporten.toewijzing.toegewezen import Toegewezen
from berichten.rapporten.toewijzing.verplichting import Besteding, Toewijzingstand, Vraagpunt
from tests.conftest import Vertel
from tests.hulp.eigenaar import as_owner
from tests.hulp.monitoring.monitor import GEMEENTE, Regel, Zorg

GRENZEN = Uitlegsgrenzen.of(STANDAARD)
WIE = Rapporteur(GEMEENTE, "accounthouder")


def test_a_figure_is_beside_last_year_as_it_was_known_then_and_beside_budget() -> None:
    """1,100.50 beside 1,000.00 then: 100.50 more, 10.05 %, which is 10.1 away from zero. Now last year is 1,200.00.

    Euros from the cents: 1,100.50 shows as 1,101 and the difference as 101. Beside a budget of 1,150.00: -49.50, -4.304 %.
    """
    rij = make_bedragrij("kosten", 110_050, 100_000, 120_000, 115_000)
    assert (rij.deze_periode, rij.vorig_jaar_toen, rij.verschil, rij.verschil_pct) == (1_101, 1_000, 101, Decimal("10.1"))
    assert (rij.vorig_jaar_nu, rij.begroot, rij.afwijking, rij.afwijking_pct) == (1_200, 1_150, -50, Decimal("-4.3"))
    assert rij.must_explain(GRENZEN)
    assert not make_bedragrij("kosten", 110_000, 100_000, None).must_explain(GRENZEN)
    leeg = make_bedragrij("aangehouden", 500, 0, None)
    assert (leeg.verschil, leeg.verschil_pct, leeg.begroot, leeg.must_explain(GRENZEN)) == (5, None, None, False)


def test_a_forecast_is_on_course_up_to_two_percent_and_is_steered_beyond_five() -> None:
    """Of 1,000.00: 1,020.49 is 2.049 %, shown as 2.0; 1,020.50 is 2.05, shown as 2.1. 949.50 is -5.05, shown as -5.1."""
    oordelen = [judge(bedrag, 100_000, GRENZEN) for bedrag in (102_049, 102_050, 105_049, 94_951, 94_950)]
    assert oordelen == ["op koers", "let op", "let op", "let op", "bijsturen"]
    assert (judge(100, None, GRENZEN), judge(100, 0, GRENZEN)) == ("", "")


def test_cost_per_client_is_compared_in_cents() -> None:
    """1,050.49 beside 954.50 is 95.99 more, 10.06 %: more than ten, so it is explained. Of 1,050 and 955 it would be 9.9.

    Of 40 clients 1,000.00 is 25.00 each, of 30 last year 700.00 is 23.33: 1.67 more, 2, which is 7.14 %.
    """
    rij = make_per_client("kosten per cliënt", *(Cijfer(bedrag, 100, Teken.GETAL) for bedrag in (10_504_900, 9_545_000, 9_545_000)))
    assert (rij.deze_periode, rij.vorig_jaar_toen, rij.verschil, rij.verschil_pct) == (1_050, 955, 96, Decimal("10.1"))
    assert rij.must_explain(GRENZEN)
    dit, dat = Cijfer(100_000, 40, Teken.GETAL), Cijfer(70_000, 30, Teken.GETAL)
    assert make_per_client("k", dit, dat, None) == Kernrij("k", "euro", 25, 23, 2, Decimal("7.1"), "-")
    klein = Cijfer(70_000, 4, Teken.KLEIN)
    assert make_per_client("k", dit, klein, dat) == Kernrij("k", "euro", 25, "-", vorig_jaar_nu=23)


def test_counts_that_would_tell_of_few_are_not_compared() -> None:
    """Last year 40 then and 43 now: three came in later, so now is not shown. 40 and 46 are both shown."""
    assert make_clientrij("cliënten", 50, 40, 43).vorig_jaar_nu == "-"
    rij = make_clientrij("cliënten", 50, 40, 46)
    assert (rij.verschil, rij.verschil_pct, rij.vorig_jaar_nu) == (10, Decimal("25.0"), 46)
    klein = make_clientrij("instroom", "≤5", 8, 8)
    assert (klein.deze_periode, klein.verschil) == ("≤5", None)


def test_a_percent_is_shown_over_twenty_or_more_of_which_no_part_is_small() -> None:
    """10 of 20 is 50; 14 of 19 is over too few; 15 of 20 leaves 5, which is small; all of 20 leaves none. 33 of 40: 82.5, 83."""
    assert [show_share(*deel) for deel in ((10, 20), (14, 19), (15, 20), (20, 20), (0, 20), (33, 40))] == [50, "-", "-", 100, 0, 83]


def test_what_is_not_known_yet_says_from_which_day_it_is() -> None:
    """Care whose last month is June has ended when July to October pass without any: known from 1 November."""
    dag = ended_known_on(read_kwartaal("2026-Q2").tot)
    assert dag == date(2026, 11, 1)
    assert known_from(dag, date(2026, 10, 31)) == "nog niet te bepalen, vanaf 1 november 2026"
    assert known_from(dag, dag) is None


def test_what_is_expected_is_spread_over_the_days_after_what_was_billed() -> None:
    """366.00 over all of leap year 2028, nothing billed: a cent a day x 100; E = 36,600, of which January to March is 91 days.

    Cumulative: round(36,600 x 91 / 366) = 9,100. Of the quarter a year before nothing. Held and expected make the rest of the year.
    """
    vraag = Vraagpunt(2028, date(2028, 4, 20))
    stand = Toewijzingstand(
        1, "42420001", "45", None, date(2028, 1, 1), date(2028, 12, 31), None, Toegewezen(36_600), Besteding(aangehouden_jaar=0)
    )
    som = sum_obligations(
        Standen(GEMEENTE, vraag, Standkolommen.of([stand], {1: "4"}), Besteding(aangehouden_jaar=70)),
        [(date(2028, 1, 1), date(2028, 3, 31)), (date(2027, 1, 1), date(2027, 3, 31)), (date(2028, 2, 29), date(2028, 2, 29))],
    )
    assert (som.verwacht_in, dict(som.rest_van_jaar), som.open) == ([9_100, 0, 100], {"4": 36_600, "": 70}, 36_600)


def test_segments_stand_in_order_with_what_is_budgeted_for_none() -> None:
    """Used: 60 of 120 is 50.0 %. The total is of all that is budgeted, 150, also what is not divided: 70 / 150 = 46.67, 46.7 %."""
    begroting = Begroting(2026, {"4": (1_000,) * 12, "": (250,) * 12})
    rijen = make_segmenten({"4": 3_000, "1A": 1_000}, {"4": 6_000, "1A": 1_000}, {"4": 5_000}, begroting, {"4": 12})
    assert [(rij.segment, rij.kosten_jaar, rij.begroot, rij.uitputting_pct, rij.prognose) for rij in rijen] == [
        ("1A. Behandeling met verblijf", 10, None, None, 10),
        ("4. Ambulante jeugdhulp", 60, 120, Decimal("50.0"), 110),
        ("Niet verdeeld", 0, 30, None, 0),
        ("Totaal", 70, 150, Decimal("46.7"), 120),
    ]


GEBOEKT = {2025: datetime(2025, 5, 2, 12, tzinfo=UTC), 2026: datetime(2026, 5, 2, 12, tzinfo=UTC)}


@pytest.fixture
def zorg(werkplaats: Werkplaats) -> Zorg:
    """First quarter: thirty clients of 100.00 in 2026, twenty in 2025 by 20 April, and ten of 2025 that were booked in May."""
    zorg, client = Zorg(), count()
    code = zorg.product("4", "Basis GGZ")
    for jaar, wanneer, aantal in ((2026, date(2026, 4, 2), 30), (2025, date(2025, 4, 2), 20), (2025, date(2025, 5, 2), 10)):
        geboekt = begin_of(wanneer)
        zorg.regels += [Regel(next(client), 10_000, date(jaar, 2, 1), code, geboekt=geboekt) for _ in range(aantal)]
    with as_owner(werkplaats) as verbinding:
        zorg.save(verbinding)
    return zorg


def rows(cijfers: dict[str, list[dict[str, object]]]) -> dict[object, dict[str, object]]:
    return {rij["rij"]: rij for rij in cijfers["kerncijfers"]}


def test_last_year_counts_as_it_was_known_at_the_same_distance(werkplaats: Werkplaats, zorg: Zorg) -> None:
    """On 20 April: 3,000 this year beside 2,000 then (50.0 %) and 3,000 now. Of 30 lines 20 were in by then: 67 %."""
    lezer, periode = Lezer(werkplaats, Login.SCHRIJVER), read_kwartaal("2026-Q1")
    cijfers = reckon_kwartaal(lezer, GEMEENTE, periode, date(2026, 4, 20))
    kosten, clienten = rows(cijfers)["kosten"], rows(cijfers)["cliënten"]
    assert [kosten[naam] for naam in ("deze_periode", "vorig_jaar_toen", "verschil", "verschil_pct", "vorig_jaar_nu")] == [
        3_000, 2_000, 1_000, 50.0, 3_000,
    ]  # fmt: skip
    assert [clienten[naam] for naam in ("deze_periode", "vorig_jaar_toen", "vorig_jaar_nu")] == [30, 20, 30]
    assert rows(cijfers)["kosten per cliënt"]["deze_periode"] == 100
    assert (cijfers["kop"]["binnenPct"], cijfers["kop"]["voorlopig"]) == (67, True)
    assert "kosten" in cijfers["uitleggen"]


def test_the_report_of_a_past_day_comes_out_the_same_later(werkplaats: Werkplaats, zorg: Zorg) -> None:
    """What is booked, decided on and loaded after the day changes nothing; every block of it."""
    lezer, periode, dag = Lezer(werkplaats, Login.SCHRIJVER), read_kwartaal("2026-Q1"), date(2026, 4, 20)
    eerst = reckon_kwartaal(lezer, GEMEENTE, periode, dag)
    later = Zorg(producten=dict(zorg.producten), eerste=1_000)
    later.producten.clear()
    later.regels += [Regel(500 + n, 7_777, date(2026, 3, 1), "P0", geboekt=GEBOEKT[2026]) for n in range(25)]
    later.regels += [Regel(0, 10_000, date(2026, 2, 1), "P0", geboekt=GEBOEKT[2026], credit=True)]
    with as_owner(werkplaats) as verbinding:
        later.save(verbinding)
    kop = "gemeente;jaar;segment;maand;bedrag;soort;vastgesteld_op;besluit\n"
    assert load_begroting(werkplaats, f"{kop}0484;2026;;;1000000;primitief;2025-11-06;R\n".encode(), "wie").regels == 1
    assert reckon_kwartaal(lezer, GEMEENTE, periode, dag) == eerst
    anders = rows(reckon_kwartaal(lezer, GEMEENTE, periode, date(2026, 6, 30)))["kosten"]
    assert (anders["deze_periode"], anders["begroot"]) == (3_000 + 1_944 - 100, 2_500)


def test_a_report_is_explained_and_established_and_the_next_shows_what_was_adjusted(werkplaats: Werkplaats, zorg: Zorg) -> None:
    """One rhythm a year; no report without its words; an action comes back until it is closed with a result."""
    q1 = read_kwartaal("2026-Q1")
    assert isinstance(make_concept(werkplaats, WIE, read_kwartaal("2026-Q2")), NietNu)
    gemaakt = make_concept(werkplaats, WIE, q1, date(2026, 4, 20))
    assert isinstance(gemaakt, Bewaardrapport)
    assert gemaakt.kop.status == "concept"
    vier = make_concept(werkplaats, WIE, read_kwartaal("2026-T1"))
    assert isinstance(vier, NietNu)
    assert "kwartalen" in vier.melding
    weigering = establish_kwartaal(werkplaats, WIE, q1.naam, 1)
    assert isinstance(weigering, NietNu)
    assert weigering.melding.startswith("Leg eerst uit: kosten")
    for rij in gemaakt.cijfers["uitleggen"]:
        assert isinstance(write_tekst(werkplaats, WIE, q1.naam, rij, "Meer cliënten dan vorig jaar."), Bewaardrapport)
    nieuw = NieuweActie("kosten", "Overleg met het lokale team", "accounthouder", date(2026, 5, 1), 50_000)
    assert isinstance(begin_actie(werkplaats, WIE, q1.naam, nieuw), Bewaardrapport)
    zonder = take_stap(werkplaats, WIE, q1.naam, 1, Actiestap("gesloten"))
    assert isinstance(zonder, NietNu)
    # What an action brought stays when a later step does not tell it anew.
    take_stap(werkplaats, WIE, q1.naam, 1, Actiestap("check", "Twee trajecten korter.", 40_000))
    take_stap(werkplaats, WIE, q1.naam, 1, Actiestap("act"))
    with werkplaats.opslag.transaction() as verbinding:
        [actie] = list_acties(verbinding, GEMEENTE, werkplaats.instellingen.nu())
    assert (actie.stand, actie.resultaat, actie.effect_gemeten) == ("act", "Twee trajecten korter.", 40_000)
    anders = establish_kwartaal(werkplaats, WIE, q1.naam, 2)
    assert isinstance(anders, NietNu)
    assert "u zag versie 2 en nu is er versie 1" in anders.melding
    vast = establish_kwartaal(werkplaats, WIE, q1.naam, 1)
    assert isinstance(vast, Bewaardrapport)
    assert vast.kop.status == "vastgesteld"
    pogingen = (make_concept(werkplaats, WIE, q1), write_tekst(werkplaats, WIE, q1.naam, "kosten", "x"))
    for poging in (*pogingen, establish_kwartaal(werkplaats, WIE, q1.naam, 1)):
        assert isinstance(poging, NietNu)


def test_words_that_are_older_than_the_figures_are_told_apart_from_words_that_lack() -> None:
    nu, eerder = datetime(2026, 5, 2, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    rapport = Bewaardrapport(
        Rapportkop("2026-Q1", 2, nu.date(), "x", nu, None, None), {"uitleggen": ["kosten", "aangehouden", "a"]}
    )
    stand = judge_uitleg(rapport, [Kwartaaltekst("kosten", "x", "x", eerder), Kwartaaltekst("aangehouden", "x", "x", nu)])
    assert (stand.missen, stand.verouderd) == (["a"], ["kosten"])


def test_every_row_that_moved_is_told_and_a_small_step_of_a_count_is_not() -> None:
    """Clients from 30 to 33 is 3 more: hidden. From 30 to 36 is 6 more: told."""

    def figures(kosten: int, clienten: int, waarde: int | None) -> dict[str, Any]:
        return {
            "kerncijfers": [
                {"rij": "kosten", "deze_periode": kosten, "begroot": 3_000}, {"rij": "cliënten", "deze_periode": clienten},
            ],
            "segmenten": [{"segment": "4. Ambulante jeugdhulp", "kosten": kosten, "begroot": None, "clienten": clienten}],
            "indicatoren": [{"nr": 2, "maat": "opgeschaald", "indicator": "x", "waarde": waarde}],
            "verplichtingen": [{"naam": "open verplichting", "euro": 500}],
        }  # fmt: skip

    def told(clienten: int) -> list[tuple[str, str, object, object]]:
        later = list_adjusted(figures(3_000, 30, None), figures(3_100, clienten, 20))
        return [(item.rij, item.kolom, item.was, item.nu) for item in later]

    assert told(33) == [
        ("kosten", "deze_periode", 3_000, 3_100), ("cliënten", "deze_periode", 30, "-"),
        ("4. Ambulante jeugdhulp", "kosten", 3_000, 3_100), ("4. Ambulante jeugdhulp", "clienten", 30, "-"),
        ("2. opgeschaald", "waarde", None, 20),
    ]  # fmt: skip
    assert [item[3] for item in told(36) if item[2] == 30] == [36, 36]
    assert list_adjusted(figures(1, 1, 1), figures(1, 1, 1)) == []


def test_the_next_report_tells_what_of_an_established_one_is_otherwise(werkplaats: Werkplaats, zorg: Zorg) -> None:
    """The last quarter of 2025 has nothing; 70.00 of November comes in for it, which the first quarter of 2026 tells."""
    q4 = read_kwartaal("2025-Q4")
    gemaakt = make_concept(werkplaats, WIE, q4, date(2026, 1, 20))
    assert isinstance(gemaakt, Bewaardrapport)
    for rij in gemaakt.cijfers["uitleggen"]:
        write_tekst(werkplaats, WIE, q4.naam, rij, "Toegelicht.")
    assert isinstance(establish_kwartaal(werkplaats, WIE, q4.naam, 1), Bewaardrapport)
    later = Zorg(eerste=3_000)
    later.regels.append(Regel(2_000, 7_000, date(2025, 11, 1), "P0", geboekt=datetime(2026, 2, 2, 12, tzinfo=UTC)))
    with as_owner(werkplaats) as verbinding:
        later.save(verbinding)
    nieuw = make_concept(werkplaats, WIE, read_kwartaal("2026-Q1"), date(2026, 4, 20))
    assert isinstance(nieuw, Bewaardrapport)
    bijgesteld = {(rij["rij"], rij["kolom"]): (rij["was"], rij["nu"]) for rij in nieuw.cijfers["bijgesteld"]}
    assert bijgesteld["kosten", "deze_periode"] == (0, 70)
    assert {rij["periode"] for rij in nieuw.cijfers["bijgesteld"]} == {"2025-Q4"}
    assert ("aangehouden", "deze_periode") not in bijgesteld
    _see_as_auditor(werkplaats)


def _see_as_auditor(werkplaats: Werkplaats) -> None:
    """Of years that are not open nothing shows, beside an open one either; and what is established is not told to come."""
    kop = "gemeente;document;periode;peildatum;gereed_op\n"
    dagen = "".join(f"0484;kwartaalrapport;{naam};2027-01-10;2027-01-20\n" for naam in ("2025-Q4", "2026-Q4"))
    assert load_kalender(werkplaats, f"{kop}{dagen}".encode(), "wie").regels == 2
    wie, accounthouder = (werkplaats.seen_by(Sleutelhouder(GEMEENTE, "x", rol, None)) for rol in ("controle", "contractbeheer"))
    assert list_kwartalen(wie) == Kwartaallijst([], [], GEEN_CONTROLE)

    def open_(van: int, tot: int) -> Kwartaallijst:
        nu = werkplaats.instellingen.nu()
        with as_owner(werkplaats) as verbinding:
            insert_mandaat(verbinding, GEMEENTE, Mandaatrij(nu, van, tot, dutch_day(nu), "Controle", "wie"))
        return list_kwartalen(wie)

    assert open_(2024, 2024) == Kwartaallijst([], [], "Over 2024 tot en met 2024 is er nog geen kwartaalrapport.")
    lijst = open_(2026, 2026)
    assert [[item.periode for item in deel] for deel in (lijst.rapporten, lijst.kalender)] == [["2026-Q1"], ["2026-Q4"]]
    alles, eigen = find_kwartaal(accounthouder, "2026-Q1"), find_kwartaal(wie, "2026-Q1")
    assert alles is not None
    assert eigen is not None
    assert [alles.cijfers[naam] == eigen.cijfers[naam] for naam in ("segmenten", "bijgesteld")] == [True, False]
    kosten = {
        naam: waarde for naam, waarde in rows(eigen.cijfers)["kosten"].items() if waarde != rows(alles.cijfers)["kosten"][naam]
    }
    assert kosten == dict.fromkeys(("vorig_jaar_toen", "verschil", "verschil_pct", "vorig_jaar_nu"))
    naast = [{rij["vorig_jaar"] for rij in blad.cijfers["indicatoren"]} for blad in (alles, eigen)]
    assert [waarden == {None} for waarden in naast] == [False, True]
    assert not [rij for rij in as_tabel(eigen).rijen if str(rij[0]).startswith("bijgesteld")]
    assert "Cijfers van 2025 staan er niet bij" in eigen.cijfers["toelichting"][-1]
    open_(2025, 2026)
    assert find_kwartaal(wie, "2026-Q1") == find_kwartaal(accounthouder, "2026-Q1")


def test_who_came_and_left_is_told_in_one_rhythm_a_year_whatever_report_tells_it(werkplaats: Werkplaats, zorg: Zorg) -> None:
    """Four months of 2026 show those of 2025; then quarters of 2025 tell none of it, and those of 2024 do."""
    lezer, dag = Lezer(werkplaats, Login.SCHRIJVER), date(2026, 6, 30)
    eerst = rows(reckon_kwartaal(lezer, GEMEENTE, read_kwartaal("2026-T1"), dag))["instroom"]
    assert (eerst["deze_periode"], eerst["vorig_jaar_nu"]) == (30, 30)
    daarna = rows(reckon_kwartaal(lezer, GEMEENTE, read_kwartaal("2025-Q1"), dag))["instroom"]
    assert (daarna["deze_periode"], daarna["vorig_jaar_nu"]) == ("niet te tonen", 0)
    assert rows(reckon_kwartaal(lezer, GEMEENTE, read_kwartaal("2026-T1"), dag))["instroom"] == eerst


def test_who_came_and_left_is_what_all_care_of_each_client_tells(werkplaats: Werkplaats) -> None:
    """Reckoned beside it over all months of sixty clients with gaps, credits and late bookings; the statement looks nearby."""
    toeval, nieuw = Random(5), Zorg()
    code = nieuw.product("4", "Basis GGZ")
    maanden = list_maanden(date(2024, 1, 1), date(2026, 6, 1))
    for client in range(60):
        for maand in toeval.sample(maanden, toeval.randrange(1, 16)):
            geboekt = begin_of(add_maanden(maand, toeval.choice((1, 2, 14))))
            nieuw.regels += [Regel(client, 5_000, maand, code, geboekt=geboekt, credit=credit)
                             for credit in (False, True)[: toeval.choice((1, 1, 1, 2))]]  # fmt: skip
    with as_owner(werkplaats) as verbinding:
        nieuw.save(verbinding)
    for naam, dag in (("2026-Q1", date(2026, 9, 30)), ("2025-T3", date(2026, 5, 31)), ("2025-Q2", date(2025, 8, 1))):
        periode, toen = read_kwartaal(naam), a_year_before(dag)
        with werkplaats.opslag.transaction() as verbinding:
            gelezen = read_stromen(verbinding, GEMEENTE, periode, (dag, end_of(dag)), (toen, end_of(toen)))
        assert gelezen == tuple(
            Inenuitstroom(*(aantal for item in (periode, periode.shift(-1)) for aantal in count_stroom(nieuw, item, op)))
            for op in (dag, toen)
        )


def count_stroom(zorg: Zorg, periode: Kwartaal, dag: date) -> tuple[int, int]:
    """Who came and who left, as it was booked and known on the day: care with at most three empty months between is one."""
    kwam = ging = 0
    for client in {regel.client for regel in zorg.regels}:
        bedragen: Counter[date] = Counter()
        for regel in zorg.regels:
            if regel.client == client and regel.maand <= dag and regel.geboekt <= end_of(dag):
                bedragen[regel.maand] += -regel.centen if regel.credit else regel.centen
        reeksen: list[list[date]] = []
        for maand in sorted(maand for maand, bedrag in bedragen.items() if bedrag):
            if not reeksen or add_maanden(reeksen[-1][-1], 4) < maand:
                reeksen.append([])
            reeksen[-1].append(maand)
        kwam += sum(periode.van <= reeks[0] <= periode.tot for reeks in reeksen)
        ging += sum(periode.van <= reeks[-1] <= periode.tot and add_maanden(reeks[-1], 5) <= dag for reeks in reeksen)
    return kwam, ging


def test_the_catalogue_gives_a_report_as_it_was_made(werkplaats: Werkplaats, zorg: Zorg) -> None:
    """By its months; of another period, or before one was made, it says what to do."""
    maak = CATALOGUS["kwartaalrapport"]
    assert isinstance(maak, Boekrapport)

    def ask_for(periode: str) -> list[tuple[object, ...]]:
        with werkplaats.opslag.transaction() as verbinding:
            rapport = maak.make(verbinding, werkplaats, ask(GEMEENTE, werkplaats.instellingen.nu(), periode=periode))
            return [tuple(rij) for rij in rapport.rijen]

    for periode, melding in (("2026-Q1", "geen kwartaalrapport"), ("2026", "Geef een kwartaal"), ("2026-02", "Geef een")):
        with pytest.raises(Vraagfout, match=melding):
            ask_for(periode)
    make_concept(werkplaats, WIE, read_kwartaal("2026-Q1"), date(2026, 4, 20))
    [kosten] = [rij for rij in ask_for("2026-Q1") if rij[:2] == ("kerncijfers", "kosten")]
    assert [str(waarde).replace(",", ".") for waarde in kosten[2:7]] == ["3000", "2000", "1000", "50.0", "3000"]


def test_the_calendar_makes_a_concept_when_its_day_is_over(werkplaats: Werkplaats, zorg: Zorg) -> None:
    """Of 29 June, on the 30th; once, and none for a day that is not over yet."""
    kop = "gemeente;document;periode;peildatum;gereed_op\n"
    dagen = "0484;kwartaalrapport;2026-Q1;2026-06-29;2026-07-20\n0484;kwartaalrapport;2025-Q4;2026-06-30;2026-07-20\n"
    assert load_kalender(werkplaats, f"{kop}{dagen}".encode(), "wie").regels == 2
    assert [Kalendervolger(werkplaats).watch() for _ in range(2)] == [1, 0]
    with werkplaats.opslag.transaction() as verbinding:
        [rapport] = list_rapporten(verbinding, GEMEENTE)
    assert (rapport.periode, rapport.peildatum, rapport.gemaakt_door) == ("2026-Q1", date(2026, 6, 29), "dienst")


def test_a_report_asks_as_many_questions_however_much_care_there_is(
    werkplaats: Werkplaats, zorg: Zorg, monkeypatch: pytest.MonkeyPatch, vertel: Vertel
) -> None:
    """Statements are counted where every one of them passes."""
    aantal, echt = count(), vraag_module._cursor

    def tel(*waarden: Any, **soort: Any) -> Any:
        next(aantal)
        return echt(*waarden, **soort)

    monkeypatch.setattr(vraag_module, "_cursor", tel)
    lezer, periode, dag = Lezer(werkplaats, Login.SCHRIJVER), read_kwartaal("2026-Q1"), date(2026, 6, 30)

    def ask_for() -> int:
        begin = next(aantal)
        reckon_kwartaal(lezer, GEMEENTE, periode, dag)
        return next(aantal) - begin - 1

    # The first time what was shown is kept, the second it is there already: so both after the first.
    ask_for()
    klein = ask_for()
    meer = Zorg(eerste=2_000)
    meer.regels += [Regel(900 + n, 5_000, date(2026, 1 + n % 3, 1), "P0", geboekt=GEBOEKT[2026]) for n in range(90)]
    with as_owner(werkplaats) as verbinding:
        meer.save(verbinding)
    assert ask_for() == klein
    vertel(f"quarterly report: {klein} statements, however much care")
