"""A reviewer at work: with JavaScript, without it, and by the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.hulp.besluiten import rows
from tests.hulp.eigenaar import as_owner
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.venster import Venster

REDEN = "Besproken met de aanbieder."


_WACHT = """
    SELECT count(*) FROM prestatie p WHERE uitkomst = 'ter_beoordeling' AND (:r = '' OR EXISTS (
        SELECT FROM bevinding v WHERE v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id AND v.regel = :r))
"""


def held(balie: Portaalbalie, regel: str = "") -> int:
    """How many lines wait, or wait by this rule."""
    return int(rows(balie.werkplaats, _WACHT, r=regel)[0][0])


@pytest.mark.parametrize("javascript", [True, False], ids=["met JavaScript", "zonder JavaScript"])
def test_one_is_decided_on_and_undone(balie: Portaalbalie, venster: Venster, javascript: bool) -> None:
    alle, aantal = held(balie), held(balie, "DA01")
    blad = venster.open(balie, "contractbeheer", javascript=javascript)
    blad.goto("/portaal/")
    expect(blad.get_by_role("heading", level=1)).to_have_text("Werkvoorraad")
    blad.get_by_label("Waarom").select_option("DA01")
    if not javascript:
        blad.get_by_role("button", name="Toon").click()
    expect(blad.get_by_text(f"{aantal} van {aantal} regels")).to_be_visible()
    expect(blad).to_have_url(re.compile("regel=DA01"))
    # Of its declaration another line waits too, so that no answer leaves.
    blad.locator("tbody a").nth(1).click()
    expect(blad.get_by_text(f"2 van {aantal}")).to_be_visible()
    decide(blad, "Afwijzen")
    expect(blad.get_by_role("status")).to_contain_text("afgewezen")
    expect(blad.get_by_text(f"2 van {aantal - 1}")).to_be_visible()
    assert held(balie) == alle - 1
    blad.get_by_role("link", name="Maak ongedaan").click()
    decide(blad, re.compile("^Toekennen, "))
    expect(blad.get_by_role("status")).to_contain_text("toegekend")
    blad.goto("/portaal/werkvoorraad")
    expect(blad.get_by_text(f"25 van {alle - 1} regels")).to_be_visible()


def decide(blad: Page, keuze: str | re.Pattern[str]) -> None:
    blad.get_by_role("radio", name=keuze, exact=isinstance(keuze, str)).check()
    blad.get_by_label("Motivering").fill(REDEN)
    blad.get_by_role("button", name="Leg besluit vast").click()


def test_back_brings_the_filter_back(kijkbalie: Portaalbalie, venster: Venster) -> None:
    """The page and the part of it that a script swaps have one address; Back shows the page."""
    tekst = f"{held(kijkbalie, 'DA02')} van {held(kijkbalie, 'DA02')} regels"
    blad = venster.open(kijkbalie, "contractbeheer")
    blad.goto("/portaal/werkvoorraad")
    blad.get_by_label("Waarom").select_option("DA02")
    expect(blad.get_by_text(tekst)).to_be_visible()
    blad.locator("tbody a").first.click()
    expect(blad.get_by_role("heading", name="Uw besluit")).to_be_visible()
    blad.go_back()
    expect(blad.get_by_role("heading", level=1)).to_have_text("Werkvoorraad")
    expect(blad.get_by_text(tekst)).to_be_visible()
    expect(blad.get_by_label("Waarom")).to_have_value("DA02")


def test_ten_simple_lines_in_twenty_five_keys(balie: Portaalbalie, venster: Venster) -> None:
    """Chosen, counted and decided on by the keyboard alone; the reason is typed once, and counted as the one thing that it is."""
    alle = held(balie)
    blad = venster.open(balie, "contractbeheer")
    blad.goto("/portaal/werkvoorraad?regel=DA01")
    toetsen = 0

    def press(*namen: str) -> None:
        nonlocal toetsen
        for naam in namen:
            blad.keyboard.press(naam)
            toetsen += 1

    for _ in range(10):
        press("j", "x")
    expect(blad.get_by_text("10 gekozen, samen")).to_be_visible()
    press("a")
    expect(blad.get_by_role("heading", name=re.compile("^10 regels, samen"))).to_be_visible()
    assert blad.evaluate("document.activeElement.id") == "motivering"
    blad.keyboard.type(REDEN)
    press("Tab", "Enter")
    expect(blad.get_by_role("status").first).to_contain_text("10 regels afgewezen, samen")
    assert held(balie) == alle - 10
    assert toetsen <= 25


def test_ten_rows_are_in_sight_and_nothing_of_them_is_cut_off(balie: Portaalbalie, venster: Venster) -> None:
    blad = venster.open(balie, "contractbeheer")
    blad.goto("/portaal/werkvoorraad")
    onder = "rijen => rijen.filter(rij => rij.getBoundingClientRect().bottom <= innerHeight).length"
    assert blad.locator("tbody tr").evaluate_all(onder) >= 10
    cellen = "cellen => cellen.filter(cel => cel.scrollWidth > cel.clientWidth + 1).map(cel => cel.innerText)"
    assert blad.locator("tbody td, tbody th").evaluate_all(cellen) == []
    assert blad.locator("[data-kop=Waarom]").first.inner_text() == "Niet aan cliënt besteed 45 minuten DA04"


@pytest.mark.parametrize("javascript", [True, False], ids=["met JavaScript", "zonder JavaScript"])
def test_a_view_is_kept_under_a_name(balie: Portaalbalie, venster: Venster, javascript: bool) -> None:
    blad = venster.open(balie, "contractbeheer", javascript=javascript)
    blad.goto("/portaal/werkvoorraad")
    blad.get_by_label("Waarom").select_option("DA01")
    if not javascript:
        blad.get_by_role("button", name="Toon").click()
    expect(blad).to_have_url(re.compile("regel=DA01"))
    expect(blad.get_by_text("reden: No-show gedeclareerd")).to_be_visible()
    blad.get_by_text("Bewaar deze weergave").click()
    blad.get_by_label("Bewaar filter en volgorde van nu als").fill("No-shows")
    blad.get_by_role("button", name="Bewaar", exact=True).click()
    expect(blad.get_by_role("status").first).to_contain_text("De weergave 'No-shows' is bewaard.")
    blad.goto("/portaal/werkvoorraad")
    blad.get_by_role("link", name="No-shows").click()
    expect(blad).to_have_url(re.compile("regel=DA01"))
    expect(blad.get_by_label("Waarom")).to_have_value("DA01")


def test_single_keys_can_be_switched_off_and_do_nothing_in_a_field(kijkbalie: Portaalbalie, venster: Venster) -> None:
    blad = venster.open(kijkbalie, "contractbeheer")
    blad.goto("/portaal/werkvoorraad")
    blad.keyboard.press("/")
    assert blad.evaluate("document.activeElement.id") == "zoek"
    blad.keyboard.type("jx/?")
    expect(blad.locator("#zoek")).to_have_value("jx/?")
    blad.goto("/portaal/voorkeuren")
    blad.get_by_role("radio", name="Uit").check()
    blad.get_by_role("button", name="Bewaar voorkeuren").click()
    blad.goto("/portaal/werkvoorraad")
    blad.keyboard.press("/")
    assert blad.evaluate("document.activeElement.id") != "zoek"


def test_what_was_typed_outlives_the_session(balie: Portaalbalie, venster: Venster, wijze: int) -> None:
    """Nobody did anything for half an hour, in the middle of a decision."""
    alle = held(balie)
    hand = venster.take(balie, "contractbeheer", wijze)
    hand.blad.goto(f"/portaal/prestaties/{balie.monsters['regel_wacht']}?regel=DA01")
    hand.press("radio", "Afwijzen")
    hand.fill("Motivering", "Dit heb ik zelf bedacht.")
    with as_owner(balie.werkplaats) as verbinding:
        verbinding.execute(text("UPDATE sessie SET gezien_op = gezien_op - interval '31 minutes'"))
    hand.press("button", "Leg besluit vast")
    hand.fill("Inlognaam", "contractbeheer@voorbeeld.nl")
    hand.fill("Wachtwoord", "vier-woorden-achter-elkaar")
    hand.press("button", "Log in")
    expect(hand.blad.get_by_role("alert")).to_contain_text("er is nog niets vastgelegd")
    expect(hand.blad.get_by_label("Motivering")).to_have_value("Dit heb ik zelf bedacht.")
    expect(hand.blad.get_by_role("radio", name="Afwijzen")).to_be_checked()
    expect(hand.blad).to_have_url(re.compile("regel=DA01"))
    assert held(balie) == alle
    hand.press("button", "Leg besluit vast")
    expect(hand.blad.get_by_role("status").first).to_contain_text("afgewezen")
    assert held(balie) == alle - 1


def test_who_comes_second_reads_who_was_first_and_keeps_the_words(balie: Portaalbalie, venster: Venster, wijze: int) -> None:
    alle = held(balie)
    tweede = venster.take(balie, "tweede", wijze)
    regel = f"/portaal/prestaties/{balie.monsters['regel_wacht']}"
    tweede.blad.goto(regel)
    tweede.press("radio", "Afwijzen")
    tweede.fill("Motivering", "Mijn eigen woorden.")
    eerste = venster.open(balie, "contractbeheer")
    eerste.goto(regel)
    decide(eerste, re.compile("^Toekennen, "))
    expect(eerste.get_by_role("status")).to_contain_text("toegekend")
    tweede.press("button", "Leg besluit vast")
    expect(tweede.blad.get_by_role("alert").first).to_contain_text(re.compile("S. de Boer heeft deze regel om .* toegekend"))
    expect(tweede.blad.get_by_text("Mijn eigen woorden.")).to_be_visible()
    assert held(balie) == alle - 1


def test_what_was_typed_outlives_a_cookie_that_went(balie: Portaalbalie, venster: Venster) -> None:
    """Of whom nobody knows any more who it was, the window itself remembers what was typed."""
    blad = venster.open(balie, "contractbeheer")
    blad.goto(f"/portaal/prestaties/{balie.monsters['regel_wacht']}")
    blad.get_by_role("radio", name="Afwijzen").check()
    blad.get_by_label("Motivering").fill("Dit heb ik zelf bedacht.")
    blad.context.clear_cookies(name="__Host-sessie")
    blad.get_by_role("button", name="Leg besluit vast").click()
    log_in_again(blad)
    expect(blad.get_by_label("Motivering")).to_have_value("Dit heb ik zelf bedacht.")


def log_in_again(blad: Page) -> None:
    blad.get_by_label("Inlognaam").fill("contractbeheer@voorbeeld.nl")
    blad.get_by_label("Wachtwoord").fill("vier-woorden-achter-elkaar")
    blad.get_by_role("button", name="Log in").click()
