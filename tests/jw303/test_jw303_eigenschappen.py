"""What must hold whatever JW303s are sent: limits, books, sums, and a cost in queries that does not grow with the lines."""

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from tests.api.deur.test_aantal_opdrachten import counted
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import send
from tests.hulp.jw303 import APRIL, DECLARATIE, FACTUUR, TARIEF, Oud, jw303, oude_toewijzing, totals

MAANDEN = [date(2020, maand, 1) for maand in (1, 2, 3, 4)]
SOORTEN: dict[int, dict[str, Any]] = {
    1: {"Omvang": {"Volume": 30, "Eenheid": "04", "Frequentie": "6"}},
    2: {"Omvang": {"Volume": 12, "Eenheid": "04", "Frequentie": "4"}, "Einddatum": "2020-04-30"},
    3: {"Product/Code": None, "Omvang": None, "Budget": 20 * TARIEF - 1},
}
MEEST_UREN, MEEST_CENTEN = {1: 30, 2: 48}, {3: 20 * TARIEF - 1}
_referenties, _nummers = count(1), count(1000, 10)

zet = st.tuples(st.sampled_from((1, 2, 3)), st.integers(0, 3), st.integers(1, 14), st.booleans(), st.integers(0, 50))
"""Which allocation, which month, how many hours, debit or credit, and which earlier line to credit."""
notas = st.lists(st.tuples(st.booleans(), st.lists(zet, min_size=1, max_size=4)), min_size=1, max_size=6)
"""Invoice or declaration, and its lines."""


def _lines(zetten: list[tuple[int, int, int, bool, int]], basis: int, eerder: dict[str, tuple[Oud, int]]) -> list[Oud]:
    """Lines of one message; a credit is of a line of an earlier one, for what was awarded or, in turns, for all of it."""
    regels: list[Oud] = []
    for soort, maand, uren, debet, keuze in zetten:
        referentie = f"R{next(_referenties)}"
        if debet or not eerder:
            regels.append(Oud(referentie, basis + soort, MAANDEN[maand], uren))
            continue
        vorige, toegekend = list(eerder.values())[keuze % len(eerder)]
        if all(regel.vorig != vorige.referentie for regel in regels):
            bedrag = toegekend if keuze % 2 and toegekend else None
            regels.append(replace(vorige, referentie=referentie, vorig=vorige.referentie, bedrag=bedrag))
    return regels


@given(notas)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_limits_books_and_answers_agree(
    werkplaats: Werkplaats, reeks: list[tuple[bool, list[tuple[int, int, int, bool, int]]]]
) -> None:
    basis = next(_nummers)
    agb = f"{52000000 + basis}"
    for soort, velden in SOORTEN.items():
        assert send(werkplaats, oude_toewijzing(basis + soort, agb=agb, **velden))["status"] == "verwerkt"
    eerder: dict[str, tuple[Oud, int]] = {}
    for factuur, zetten in reeks:
        regels = _lines(zetten, basis, eerder)
        resultaat = send(werkplaats, jw303(APRIL, regels, code=FACTUUR if factuur else DECLARATIE, Aanbieder=agb))
        ingediend, toegekend, tekort = totals(resultaat["antwoord"])
        assert ingediend - toegekend == tekort
        assert (ingediend, toegekend) == (resultaat["ingediendBedrag"], resultaat["toegekendBedrag"])
        gekregen = {item["referentienummer"]: item["toegekendBedrag"] for item in resultaat["prestaties"]}
        eerder |= {item.referentie: (item, gekregen[item.referentie]) for item in regels if item.vorig is None}
    _assert_within_limits(werkplaats, basis)


def _assert_within_limits(werkplaats: Werkplaats, basis: int) -> None:
    """What counts of the lines stays within each allocation, never below nothing, and the journal says the same."""
    bereik = {"van": basis, "tot": basis + 9}
    with werkplaats.opslag.transaction() as verbinding:
        rijen = verbinding.execute(
            text(
                "SELECT toewijzingnummer, sum(CASE WHEN credit THEN -1 ELSE 1 END * coalesce(toegekend_volume, volume)),"
                " sum(coalesce(toegekend_bedrag, bedrag)) FROM prestatie"
                " WHERE uitkomst = 'toegekend' AND toewijzingnummer BETWEEN :van AND :tot GROUP BY 1"
            ),
            bereik,
        ).all()
        journaal: dict[int, int] = dict(
            verbinding.execute(
                text("SELECT toewijzingnummer, sum(bedrag) FROM journaal WHERE toewijzingnummer BETWEEN :van AND :tot GROUP BY 1"),
                bereik,
            ).all()
        )
    for nummer, uren, bedrag in rijen:
        soort = nummer - basis
        assert 0 <= uren <= MEEST_UREN.get(soort, uren)
        assert 0 <= bedrag <= MEEST_CENTEN.get(soort, bedrag)
        assert journaal[nummer] == bedrag


def test_a_large_message_asks_no_more_of_the_database_than_a_small_one(werkplaats: Werkplaats) -> None:
    """From the number of rows on that go by way of a temporary table; fewer ask less."""
    send(werkplaats, oude_toewijzing(700, Omvang={"Volume": 99999, "Eenheid": "04", "Frequentie": "6"}))
    aantallen = []
    for regels in (120, 480):
        inhoud = jw303(APRIL, [Oud(f"Q{next(_referenties)}", 700 if nummer % 2 else None, volume=1) for nummer in range(regels)])
        with counted() as opdrachten:
            assert isinstance(accept(werkplaats, inhoud, None), Ontvangen)
            assert handle_stroom(werkplaats, GEMEENTE, AGB) == 1
        aantallen.append(len(opdrachten))
    assert aantallen[0] == aantallen[1] <= 40


def test_a_message_is_read_again_in_its_own_release_after_a_restart(werkplaats: Werkplaats) -> None:
    send(werkplaats, oude_toewijzing(701))
    for release in ("2.3", "3.0"):
        ontvangen = accept(werkplaats, jw303(APRIL, [Oud(f"Q{next(_referenties)}", 701)], release=release), None)
        assert isinstance(ontvangen, Ontvangen)
        assert werkplaats.gelezen.take(ontvangen.rij.bericht_id) is not None
        assert handle_stroom(werkplaats, GEMEENTE, AGB) == 1
