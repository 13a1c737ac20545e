"""Use of an allocation by category: by product code inside it, as a part of the budget, and where it is heading."""

from datetime import date
from typing import Any

from sqlalchemy import text

from berichten.opslag.dossiers.toewijzingen import find_toewijzing
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.toewijzing.benutting import Benutting, Productgebruik, read_benutting
from tests.conftest import VANDAAG
from tests.hulp.declareer import Regel, declaratie, outcomes, send, toewijzing

NUMMER, TARIEF = 700, 7805
JAN, FEB, MRT, APR = (date(2026, maand, 1) for maand in (1, 2, 3, 4))


def allocate(werkplaats: Werkplaats, **velden: Any) -> None:
    """A budget of € 5.000 for category 45, without product code."""
    per_categorie = {"Product": {"Categorie": "45", "Code": None}, "Omvang": None, "Budget": 500_000, "Einddatum": "2026-12-31"}
    assert send(werkplaats, toewijzing(NUMMER, **{**per_categorie, **velden}))["status"] == "verwerkt"


def read(werkplaats: Werkplaats, gemeente: str = "0484") -> Benutting:
    with werkplaats.opslag.transaction() as verbinding:
        rij = find_toewijzing(verbinding, "0484", NUMMER)
        assert rij is not None
        return read_benutting(verbinding, gemeente, rij, VANDAAG)


def bill(werkplaats: Werkplaats, maand: date, *regels: Regel) -> None:
    uitkomst = send(werkplaats, declaratie(maand, list(regels)))
    assert {wat for wat, _ in outcomes(uitkomst).values()} == {"toegekend"}


def hold(werkplaats: Werkplaats, referentie: str) -> None:
    """A line that waits for a person, as the rules of the gemeente leave it."""
    with werkplaats.opslag.transaction() as verbinding:
        verbinding.execute(text("UPDATE prestatie SET uitkomst = 'ter_beoordeling' WHERE referentienummer = :r"), {"r": referentie})


def test_three_product_codes_in_one_budget(werkplaats: Werkplaats) -> None:
    allocate(werkplaats)
    bill(werkplaats, JAN, Regel("A", NUMMER, JAN, 10), Regel("B", NUMMER, JAN, 90, tarief=130, eenheid="01", code="45A03"))
    bill(werkplaats, FEB, Regel("C", NUMMER, FEB, 5), Regel("E", NUMMER, FEB, 4, code="45A04"))
    bill(werkplaats, MRT, Regel("D", NUMMER, MRT, 30, tarief=130, eenheid="01"), Regel("F", NUMMER, MRT, 2, code="45A04"))
    hold(werkplaats, "F")
    benutting = read(werkplaats)
    assert benutting.per_product == (
        Productgebruik("45A03", "01", 90, 0, 90 * 130, 0),
        Productgebruik("45A04", "01", 4 * 60, 2 * 60, 4 * TARIEF, 2 * TARIEF),
        Productgebruik("45A48", "01", 15 * 60 + 30, 0, 15 * TARIEF + 30 * 130, 0),
    )
    assert [(item.maand, item.toegekend_bedrag, item.aangehouden_bedrag) for item in benutting.per_maand] == [
        ("2026-01", 10 * TARIEF + 90 * 130, 0), ("2026-02", 9 * TARIEF, 0), ("2026-03", 30 * 130, 2 * TARIEF),
    ]  # fmt: skip
    assert (benutting.toegekend_bedrag, benutting.aangehouden_bedrag) == (19 * TARIEF + 120 * 130, 2 * TARIEF)
    assert benutting.resterend_budget == 500_000 - 21 * TARIEF - 120 * 130
    assert (benutting.percentage_budget, benutting.percentage_volume) == (35, None)
    assert benutting.prognose is not None
    assert (benutting.prognose.tot_en_met, benutting.prognose.dagen) == (date(2026, 3, 31), 90)
    # € 1.795,05 in 90 days is € 7.279,93 in 365, and € 5.000 lasts 251 days.
    assert benutting.toegekend_bedrag + benutting.aangehouden_bedrag == 179_505
    assert (benutting.prognose.bedrag, benutting.prognose.budget_op) == (727_993, date(2026, 9, 8))
    assert benutting.advies is not None
    assert (benutting.advies.looptijd, benutting.advies.gebruikelijke_looptijd) == ("langer", "6 maanden")


def test_before_the_first_line(werkplaats: Werkplaats) -> None:
    allocate(werkplaats)
    benutting = read(werkplaats)
    assert (benutting.per_product, benutting.prognose, benutting.percentage_budget) == ((), None, 0)
    assert benutting.advies is not None


def test_what_was_credited_moves_the_last_day_back(werkplaats: Werkplaats) -> None:
    allocate(werkplaats)
    bill(werkplaats, JAN, Regel("A", NUMMER, JAN, 10))
    bill(werkplaats, FEB, Regel("B", NUMMER, FEB, 10))
    bill(werkplaats, FEB, Regel("C", NUMMER, FEB, 10, vorig="B"))
    benutting = read(werkplaats)
    assert benutting.prognose is not None
    assert (benutting.prognose.tot_en_met, benutting.toegekend_bedrag) == (date(2026, 1, 31), 10 * TARIEF)
    bill(werkplaats, FEB, Regel("D", NUMMER, JAN, 10, vorig="A"))
    benutting = read(werkplaats)
    assert benutting.prognose is None
    assert benutting.per_product == (Productgebruik("45A48", "01"),)


def test_percentages_are_rounded_down(werkplaats: Werkplaats) -> None:
    allocate(werkplaats, Budget=10 * TARIEF + 1)
    bill(werkplaats, JAN, Regel("A", NUMMER, JAN, 10))
    assert read(werkplaats).percentage_budget == 99


def test_rejected_lines_use_nothing(werkplaats: Werkplaats) -> None:
    allocate(werkplaats, Budget=5 * TARIEF)
    assert outcomes(send(werkplaats, declaratie(APR, [Regel("A", NUMMER, APR, 6)])))["A"][0] == "afgewezen"
    assert read(werkplaats).prognose is None


def test_an_allocation_with_a_code_has_a_volume_and_no_advice(werkplaats: Werkplaats) -> None:
    omvang = {"Volume": 20, "Eenheid": "04", "Frequentie": "6"}
    assert send(werkplaats, toewijzing(NUMMER, Omvang=omvang))["status"] == "verwerkt"
    bill(werkplaats, JAN, Regel("A", NUMMER, JAN, 5))
    benutting = read(werkplaats)
    assert (benutting.percentage_volume, benutting.percentage_budget, benutting.advies) == (25, None, None)
    assert read(werkplaats, "0363").per_product == ()
