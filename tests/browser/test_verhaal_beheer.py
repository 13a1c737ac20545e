"""Who runs the service lets somebody in, and keeps somebody out from the next click on."""

import pytest
from playwright.sync_api import expect

from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.venster import Venster, run_axe


@pytest.mark.parametrize("javascript", [True, False], ids=["met script", "zonder script"])
def test_who_is_blocked_is_out_at_the_next_click(balie: Portaalbalie, venster: Venster, javascript: bool) -> None:
    beheer = venster.open(balie, "beheer", javascript=javascript)
    beheer.goto("/portaal/gebruikers")
    beheer.get_by_role("link", name="Maak een gebruiker").click()
    beheer.get_by_label("Naam", exact=True).fill("N. Nieuw")
    beheer.get_by_label("Inlognaam").fill("nieuw@voorbeeld.nl")
    beheer.get_by_label("Rol").select_option("financien")
    beheer.get_by_role("button", name="Maak deze gebruiker").click()
    expect(beheer.get_by_role("heading", name="Geef deze gegevens door")).to_be_visible()
    assert run_axe(beheer) == [] if javascript else True
    wachtwoord = beheer.locator("dd").nth(2).inner_text()
    nieuw = venster.open(balie, "", javascript=javascript)
    nieuw.goto("/portaal/")
    nieuw.get_by_label("Inlognaam").fill("nieuw@voorbeeld.nl")
    nieuw.get_by_label("Wachtwoord").fill(wachtwoord)
    nieuw.get_by_role("button", name="Log in").click()
    expect(nieuw.get_by_role("heading", level=1)).to_have_text("Totalen")
    beheer.get_by_role("link", name="Naar de gebruikers").click()
    beheer.get_by_role("button", name="Blokkeer N. Nieuw").click()
    expect(beheer.get_by_role("status")).to_contain_text("kan vanaf nu niets meer openen")
    nieuw.get_by_role("link", name="Betaalruns").click()
    expect(nieuw.get_by_role("button", name="Log in")).to_be_visible()


def test_a_key_is_told_once_and_withdrawn(balie: Portaalbalie, venster: Venster) -> None:
    beheer = venster.open(balie, "beheer")
    beheer.goto("/portaal/sleutels")
    beheer.get_by_role("link", name="Maak een sleutel").click()
    beheer.get_by_label("Voor wie is de sleutel?").select_option("aanbieder")
    beheer.get_by_label("AGB-code", exact=True).fill("42429011")
    beheer.get_by_label("Van wie is de software?").fill("Zorgbureau Nieuw")
    beheer.get_by_role("button", name="Maak deze sleutel").click()
    expect(beheer.get_by_role("heading", name="Geef deze sleutel door")).to_be_visible()
    assert run_axe(beheer) == []
    beheer.get_by_role("link", name="Naar de sleutels").click()
    beheer.get_by_text("Trek in… Zorgbureau Nieuw").click()
    beheer.get_by_role("button", name="Trek definitief in").click()
    expect(beheer.get_by_role("status")).to_contain_text("De sleutel van Zorgbureau Nieuw werkt niet meer.")
