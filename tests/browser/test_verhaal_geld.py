"""Finance at work, with a mouse, without a script and by keyboard: from a total down to a line and its file; a payment run that
takes two people."""

import re
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from tests.hulp.bezoek import add_persoon
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.hand import MANIEREN, Hand
from tests.hulp.portaal.tabel import read_centen
from tests.hulp.portaal.venster import Venster, run_axe

_ZELF = "U maakte dit voorstel zelf. Vraag een collega om het na te kijken en goed te keuren."


def test_from_a_total_to_the_line_and_the_same_figure_in_a_file(
    kijkbalie: Portaalbalie, venster: Venster, tmp_path: Path, wijze: int
) -> None:
    hand = venster.take(kijkbalie, "financien", wijze)
    blad = hand.blad
    hand.choose("Groepeer op", "Aanbieder")
    if MANIEREN[wijze] == "zonder script":
        hand.press("button", "Toon")
    rij = blad.get_by_role("group", name="Totalen").get_by_role("row").filter(has_text="De Wilgen")
    bedrag = rij.get_by_role("cell").nth(0)
    som = read_centen(bedrag.inner_text())
    bestand = tmp_path / "totalen.xlsx"
    with blad.expect_download() as gehaald:
        hand.press("link", "Excel")
    gehaald.value.save_as(bestand)
    assert _find_in(bestand, "42429011", "Ingediend") == som
    hand.press_in(bedrag, "link", "")
    assert read_centen(blad.get_by_text("Alle regels samen").inner_text()) == som
    regels = tmp_path / "regels.xlsx"
    with blad.expect_download() as gehaald:
        hand.press("link", "Excel")
    gehaald.value.save_as(regels)
    assert _sum_of(regels, "Ingediend") == som
    hand.press_in(blad.get_by_role("group", name="Regels achter dit totaal").get_by_role("row").nth(1), "link", "")
    expect(blad.get_by_role("heading", level=1)).to_contain_text("Regel ")
    expect(blad.get_by_role("heading", name="Boekingen")).to_be_visible()
    blad.go_back()
    blad.go_back()
    expect(blad.get_by_label("Groepeer op")).to_have_value("aanbieder")


def _read(bestand: Path) -> list[list[object]]:
    return [[cel.value for cel in rij] for rij in openpyxl.load_workbook(bestand)["Gegevens"].iter_rows()]


def _find_in(bestand: Path, agb: str, kop: str) -> int:
    """Cents of an aanbieder in a column of the workbook."""
    rijen = _read(bestand)
    rij = next(rij for rij in rijen if agb in rij)
    return round(float(str(rij[rijen[0].index(kop)])) * 100)


def _sum_of(bestand: Path, kop: str) -> int:
    """Cents of a column, which its last row adds up."""
    koppen, *rijen = _read(bestand)
    bedragen = [round(float(str(rij[koppen.index(kop)])) * 100) for rij in rijen if isinstance(rij[koppen.index(kop)], int | float)]
    assert sum(bedragen[:-1]) == bedragen[-1]
    return bedragen[-1]


def test_a_payment_run_is_proposed_by_one_refused_to_the_same_and_approved_by_another(
    balie: Portaalbalie, venster: Venster, tmp_path: Path, wijze: int
) -> None:
    add_persoon(balie.werkplaats, "kok@voorbeeld.nl", "financien", naam="A. Kok")
    maker = venster.take(balie, "financien", wijze)
    _withdraw_waiting(balie, maker)
    hand, blad = maker, maker.blad
    hand.press_in(blad.get_by_role("navigation", name="Hoofdmenu"), "link", "Betaalruns")
    hand.press("link", "Maak een voorstel")
    expect(blad.get_by_text("Er is nog niets vastgelegd")).to_be_visible()
    bedrag = blad.locator("main strong").first.inner_text()
    hand.press("button", "Leg dit voorstel vast")
    expect(blad.get_by_role("status")).to_contain_text("Het voorstel is vastgelegd")
    expect(blad.get_by_text(_ZELF)).to_be_visible()
    expect(blad.get_by_role("link", name="Kijk na en keur goed")).to_have_count(0)
    if MANIEREN[wijze] == "muis":
        assert run_axe(blad) == []
    run = blad.url
    ander = venster.take(balie, "kok", wijze)
    ander.blad.goto(run)
    ander.press("link", "Kijk na en keur goed")
    expect(ander.blad.locator("main strong").first).to_have_text(bedrag)
    # Meanwhile the one who proposed it opens the same page, and is told to ask a colleague.
    blad.goto(f"{run}/goedkeuren")
    expect(blad.get_by_text(_ZELF)).to_be_visible()
    ander.press("button", "Keur goed")
    expect(ander.blad.get_by_text("Goedgekeurd door A. Kok")).to_be_visible()
    with ander.blad.expect_download() as gehaald:
        ander.press("link", "Betaalbestand")
    gehaald.value.save_as(tmp_path / "run.xml")
    inhoud = (tmp_path / "run.xml").read_text(encoding="utf-8")
    assert read_centen(re.findall("<CtrlSum>([^<]+)<", inhoud)[0]) == read_centen(bedrag)


def _withdraw_waiting(balie: Portaalbalie, hand: Hand) -> None:
    hand.blad.goto(f"/portaal/betaalruns/{balie.monsters['run_wacht']}")
    hand.press("button", "Trek het voorstel in")
    expect(hand.blad.get_by_role("status")).to_contain_text("ingetrokken")
