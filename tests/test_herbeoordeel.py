"""What today's facts would have made of what was decided: shown, and nothing changed."""

from typing import Any

import pytest
from sqlalchemy import text

from berichten.processen.herbeoordeel import Herbeoordeling, reconsider, tell_todo
from berichten.processen.werkplaats import Werkplaats
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import Regel, declaratie, outcomes, send, toewijzing
from tests.test_eigen_regels import FEB, JAN, MRT, laad, minuten, plek  # noqa: F401

_ALLES = "SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} t"
_TABELLEN = ("bericht", "prestatie", "journaal", "bevinding", "besluit", "toewijzing", "antwoord", "tarief", "declaratie")


def snapshot(werkplaats: Werkplaats) -> list[Any]:
    with werkplaats.opslag.transaction() as verbinding:
        return [verbinding.execute(text(_ALLES.format(tabel))).scalar() for tabel in _TABELLEN]


def reconsider_safely(werkplaats: Werkplaats) -> Herbeoordeling:
    """Reconsider, and see that it left everything as it was."""
    vooraf = snapshot(werkplaats)
    uitkomst = reconsider(werkplaats, "0484", AGB)
    assert snapshot(werkplaats) == vooraf
    return uitkomst


@pytest.fixture
def gevuld(plek: Werkplaats) -> Werkplaats:  # noqa: F811
    """Three months: sound lines, a rejected one, a credit and a line billed again."""
    send(plek, toewijzing(502, Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "4"}))
    send(plek, declaratie(JAN, [Regel("A", 500, JAN, 10), Regel("B", 501, JAN, 1)]))
    send(plek, declaratie(FEB, [Regel("C", 500, FEB, 41), minuten("D", FEB, 600, 502)]))
    send(plek, declaratie(MRT, [Regel("E", 500, MRT, 4), Regel("F", 500, JAN, 10, vorig="A"), Regel("G", 500, JAN, 9)]))
    return plek


def test_with_the_same_facts_nothing_would_change(gevuld: Werkplaats) -> None:
    uitkomst = reconsider_safely(gevuld)
    assert (uitkomst.berichten, uitkomst.veranderingen, uitkomst.verschil) == (5, (), 0)


def test_an_allocation_that_came_late(gevuld: Werkplaats) -> None:
    """A line on a number that was not known then: known now, but it came after; message order still decides."""
    assert send(gevuld, toewijzing(501))["status"] == "verwerkt"
    assert reconsider_safely(gevuld).veranderingen == ()


def test_a_tariff_that_came_late(gevuld: Werkplaats) -> None:
    laad(gevuld, "tarieven", f"{AGB};45A48;HBO;04;7900;2026-02-01;2026-02-28", f"{AGB};45A48;HBO;04;7805;2026-03-01;")
    uitkomst = reconsider_safely(gevuld)
    anders = {item.referentienummer: item for item in uitkomst.veranderingen}
    # C was rejected for its volume and would be for its tariff too; D was awarded at a tariff that did not hold.
    assert set(anders) == {"C", "D"}
    assert (anders["D"].staat, anders["D"].wordt, anders["D"].wordt_regels) == ("toegekend", "afgewezen", ["TR418"])
    assert uitkomst.verschil == -78050
    assert "crediteren" in tell_todo(anders["D"])
    assert "niets te doen" in tell_todo(anders["C"])


def test_records_that_came_late(gevuld: Werkplaats) -> None:
    laad(gevuld, "verantwoording", f"{AGB};E;;;2026-03-10;240;direct;HBO;SKJ", f"{AGB};D;;;2026-02-10;500;direct;HBO;geen")
    anders = {item.referentienummer: item.wordt_regels for item in reconsider_safely(gevuld).veranderingen}
    assert anders == {"D": ["DA06", "DA05"]}


def test_held_lines_keep_the_outcome_that_people_gave_them(plek: Werkplaats) -> None:  # noqa: F811
    laad(plek, "gezinsplanafspraken", "500;HBO;nee;2026-01-01;")
    assert outcomes(send(plek, declaratie(JAN, [Regel("A", 500, JAN, 40, tarief=11160)])))["A"][0] == "ter_beoordeling"
    assert reconsider_safely(plek).veranderingen == ()
    laad(plek, "gezinsplanafspraken", "500;WO;nee;2026-01-01;")
    (anders,) = reconsider_safely(plek).veranderingen
    assert (anders.was, anders.wordt, anders.wordt_bedrag) == ("ter_beoordeling", "toegekend", 446400)
