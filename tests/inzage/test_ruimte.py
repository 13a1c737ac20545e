"""What is said to fit, fits; one more does not. Held against the rules themselves, by billing it."""

from datetime import date
from typing import Any

from berichten.inzage.berichten.ruimte import Maandruimte, Toewijzingfilter, list_ruimtes
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.besluiten import APR, FEB, MRT, fill_town, submit
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, outcomes, send, toewijzing

_HOUDER = Sleutelhouder(GEMEENTE, "proef", "aanbieder", AGB, "")


def read(werkplaats: Werkplaats, maand: date, nummer: int) -> Maandruimte:
    zeef = Toewijzingfilter(toewijzingnummer=nummer, maand=maand)
    (ruimte,) = list_ruimtes(werkplaats.seen_by(_HOUDER), zeef, maand, 10, None).regels
    return ruimte


def give(werkplaats: Werkplaats, nummer: int, **velden: Any) -> None:
    """An allocation with these elements."""
    assert send(werkplaats, toewijzing(nummer, **velden))["status"] == "verwerkt"


def bill(werkplaats: Werkplaats, regel: Regel) -> tuple[str, tuple[str, ...]]:
    """Outcome of one line, and the rules found."""
    return outcomes(submit(werkplaats, regel))[regel.referentie]


def test_of_hours_a_month_a_line_bills_no_more_than_a_month(werkplaats: Werkplaats) -> None:
    give(werkplaats, 1001, Einddatum="2026-03-31", Omvang={"Volume": 20, "Eenheid": "04", "Frequentie": "4"})
    ruimte = read(werkplaats, MRT, 1001)
    assert (ruimte.per_regel, ruimte.over, ruimte.past) == (20 * 60, 60 * 60, 20 * 60)
    assert bill(werkplaats, Regel("A", 1001, MRT, 21)) == ("afgewezen", ("TR321",))
    assert bill(werkplaats, Regel("B", 1001, MRT, 20))[0] == "toegekend"
    assert (read(werkplaats, FEB, 1001).over, read(werkplaats, FEB, 1001).gebruikt) == (40 * 60, 0)
    assert read(werkplaats, MRT, 1001).gebruikt == 20 * 60


def test_of_hours_in_all_lines_bill_what_is_left(werkplaats: Werkplaats) -> None:
    give(werkplaats, 1001, Einddatum="2026-03-31", Omvang={"Volume": 30, "Eenheid": "04", "Frequentie": "6"})
    submit(werkplaats, Regel("A", 1001, FEB, 20))
    assert read(werkplaats, MRT, 1001).past == 10 * 60
    assert bill(werkplaats, Regel("B", 1001, MRT, 11)) == ("afgewezen", ("TR322",))
    assert bill(werkplaats, Regel("C", 1001, MRT, 10))[0] == "toegekend"
    assert read(werkplaats, MRT, 1001).past == 0


def test_what_is_held_is_used(werkplaats: Werkplaats) -> None:
    fill_town(werkplaats)
    give(werkplaats, 1001, Einddatum="2026-02-28", Omvang={"Volume": 30, "Eenheid": "04", "Frequentie": "6"})
    assert bill(werkplaats, Regel("A", 1001, FEB, 12))[0] == "ter_beoordeling"
    assert read(werkplaats, FEB, 1001).past == 18 * 60


def test_of_a_budget_cents_are_left(werkplaats: Werkplaats) -> None:
    give(werkplaats, 1001, Product={"Categorie": "45", "Code": None}, Omvang=None, Budget=100_000)
    submit(werkplaats, Regel("A", 1001, MRT, 10))
    ruimte = read(werkplaats, APR, 1001)
    assert (ruimte.past, ruimte.budget_over, ruimte.gebruikt) == (None, 100_000 - 78_050, 0)
    assert read(werkplaats, MRT, 1001).gebruikt == 78_050


def test_only_what_is_in_force_in_the_month_and_ones_own(werkplaats: Werkplaats) -> None:
    give(werkplaats, 1001, Einddatum="2026-02-15")
    give(werkplaats, 1002, Ingangsdatum="2026-03-10")
    give(werkplaats, 1003, agb="42420002")

    def numbers(maand: date) -> list[tuple[int, date, date]]:
        regels = list_ruimtes(werkplaats.seen_by(_HOUDER), Toewijzingfilter(maand=maand), maand, 10, None).regels
        return [(item.toewijzingnummer, item.van, item.tot) for item in regels]

    assert numbers(FEB) == [(1001, FEB, date(2026, 2, 15))]
    assert numbers(MRT) == [(1002, date(2026, 3, 10), date(2026, 3, 31))]
