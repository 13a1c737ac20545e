"""Finance at work: from a total down to a line and its file; a payment run that takes two people. With a mouse, without a script,
and by keyboard alone."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.hulp.bezoek import add_persoon
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.tabel import read_centen
from tests.hulp.portaal.venster import Venster, run_axe

_ZELF = "U maakte dit voorstel zelf. Vraag een collega om het na te kijken en goed te keuren."


@pytest.mark.parametrize("javascript", [True, False], ids=["met script", "zonder script"])
def test_from_a_total_to_the_line_and_the_same_figure_in_a_file(
    kijkbalie: Portaalbalie, venster: Venster, tmp_path: Path, javascript: bool
) -> None:
    blad = venster.open(kijkbalie, "financien", javascript=javascript)
    blad.goto("/portaal/")
    blad.get_by_label("Groepeer op").select_option("aanbieder")
    if not javascript:
        blad.get_by_role("button", name="Toon").click()
    tabel = blad.get_by_role("group", name="Totalen")
    rij = tabel.get_by_role("row").filter(has_text="De Wilgen")
    som = read_centen(rij.get_by_role("cell").nth(0).inner_text())
    with blad.expect_download() as gehaald:
        blad.get_by_role("link", name="Excel").click()
    bestand = tmp_path / "totalen.xlsx"
    gehaald.value.save_as(bestand)
    assert _find_in(bestand, "42429011", "Ingediend") == som
    rij.get_by_role("cell").nth(0).get_by_role("link").click()
    assert read_centen(blad.get_by_text("Alle regels samen").inner_text()) == som
    blad.get_by_role("group", name="Regels achter dit totaal").get_by_role("row").nth(1).get_by_role("link").click()
    expect(blad.get_by_role("heading", level=1)).to_contain_text("Regel ")
    expect(blad.get_by_role("heading", name="Boekingen")).to_be_visible()
    blad.go_back()
    blad.go_back()
    expect(blad.get_by_label("Groepeer op")).to_have_value("aanbieder")


def _find_in(bestand: Path, agb: str, kop: str) -> int:
    """Cents of an aanbieder in a column of the workbook."""
    rijen = [[cel.value for cel in rij] for rij in openpyxl.load_workbook(bestand)["Gegevens"].iter_rows()]
    rij = next(rij for rij in rijen if agb in rij)
    return round(float(rij[rijen[0].index(kop)]) * 100)


@pytest.mark.parametrize("javascript", [True, False], ids=["met script", "zonder script"])
def test_a_payment_run_is_proposed_by_one_and_approved_by_another(
    balie: Portaalbalie, venster: Venster, tmp_path: Path, javascript: bool
) -> None:
    add_persoon(balie.werkplaats, "kok@voorbeeld.nl", "financien", naam="A. Kok")
    maker = venster.open(balie, "financien", javascript=javascript)
    _withdraw_waiting(balie, maker)
    maker.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Betaalruns").click()
    maker.get_by_role("link", name="Maak een voorstel").click()
    expect(maker.get_by_text("Er is nog niets vastgelegd")).to_be_visible()
    bedrag = maker.locator("main strong").first.inner_text()
    maker.get_by_role("button", name="Leg dit voorstel vast").click()
    expect(maker.get_by_role("status")).to_contain_text("Het voorstel is vastgelegd")
    expect(maker.get_by_text(_ZELF)).to_be_visible()
    expect(maker.get_by_role("link", name="Kijk na en keur goed")).to_have_count(0)
    assert run_axe(maker) == [] if javascript else True
    run = maker.url
    ander = venster.open(balie, "kok", javascript=javascript)
    ander.goto(run)
    ander.get_by_role("link", name="Kijk na en keur goed").click()
    expect(ander.locator("main strong").first).to_have_text(bedrag)
    # Meanwhile the one who proposed it opens the same page, and is told to ask a colleague.
    maker.goto(f"{run}/goedkeuren")
    expect(maker.get_by_text(_ZELF)).to_be_visible()
    ander.get_by_role("button", name=re.compile("Keur goed")).click()
    expect(ander.get_by_text("Goedgekeurd door A. Kok")).to_be_visible()
    with ander.expect_download() as gehaald:
        ander.get_by_role("link", name="Betaalbestand").click()
    gehaald.value.save_as(tmp_path / "run.xml")
    inhoud = (tmp_path / "run.xml").read_text(encoding="utf-8")
    assert read_centen(re.findall("<CtrlSum>([^<]+)<", inhoud)[0]) == read_centen(bedrag)


def test_a_payment_run_is_approved_by_keyboard_alone(balie: Portaalbalie, venster: Venster) -> None:
    blad = venster.open(balie, "financien")
    blad.goto(f"/portaal/betaalruns/{balie.monsters['run_wacht']}")
    _press_until(blad, "Kijk na en keur goed")
    blad.keyboard.press("Enter")
    expect(blad.get_by_role("heading", level=1)).to_contain_text("Keur betaalrun")
    _press_until(blad, "Keur goed,")
    blad.keyboard.press("Enter")
    expect(blad.get_by_text("Goedgekeurd door M. Visser")).to_be_visible()


def _withdraw_waiting(balie: Portaalbalie, blad: Page) -> None:
    blad.goto(f"/portaal/betaalruns/{balie.monsters['run_wacht']}")
    blad.get_by_role("button", name="Trek het voorstel in").click()
    expect(blad.get_by_role("status")).to_contain_text("ingetrokken")


def _press_until(blad: Page, woorden: str) -> None:
    """Tab until the focus stands on what begins with these words."""
    for _ in range(60):
        blad.keyboard.press("Tab")
        if str(blad.evaluate("document.activeElement.innerText") or "").strip().startswith(woorden):
            return
    raise AssertionError(f"met de Tab-toets is '{woorden}' niet te bereiken")
