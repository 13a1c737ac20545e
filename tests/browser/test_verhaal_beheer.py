"""Who runs the service lets somebody in, and out from the next click on; the auditor draws a sample, and a team answers."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from berichten.processen.toegang.beheer_gebruikers import NieuweRol, give_rol
from tests.hulp.bezoek import add_persoon
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.hand import MANIEREN
from tests.hulp.portaal.venster import Venster, run_axe


def test_a_new_aanbieder_gets_somebody_in_who_is_blocked_and_out_at_once(
    gedeeld: Portaalbalie, venster: Venster, wijze: int
) -> None:
    agb, naam, inlognaam = f"4242908{wijze}", f"Nieuwe Hulp {wijze}", f"nieuw{wijze}@voorbeeld.nl"
    contract = venster.take(gedeeld, "contractbeheer", wijze)
    contract.press("link", "Referentie")
    contract.choose("Wat staat erin?", "Aanbieders")
    contract.choose_file("nieuw.csv", f"gemeente;agb;naam\n0484;{agb};{naam}\n".encode())
    contract.press("button", "Controleer bestand")
    contract.press("button", "Laad")
    expect(contract.blad.get_by_role("status").first).to_contain_text("1 nieuwe rij")
    beheer = venster.take(gedeeld, "beheer", wijze)
    beheer.press("link", "Gebruikers")
    beheer.press("link", "Maak een gebruiker")
    beheer.fill("Naam", f"N. Nieuw {wijze}")
    beheer.fill("Inlognaam", inlognaam)
    beheer.choose("Rol", "Aanbieder")
    beheer.fill("AGB-code", agb)
    beheer.press("button", "Maak deze gebruiker")
    expect(beheer.blad.get_by_role("heading", name="Geef deze gegevens door")).to_be_visible()
    if MANIEREN[wijze] == "muis":
        assert run_axe(beheer.blad) == []
    wachtwoord = beheer.blad.locator("dd").nth(2).inner_text()
    nieuw = venster.take(gedeeld, "", wijze)
    nieuw.fill("Inlognaam", inlognaam)
    nieuw.fill("Wachtwoord", wachtwoord)
    nieuw.press("button", "Log in")
    expect(nieuw.blad.get_by_role("heading", level=1)).to_have_text("Kies een eigen wachtwoord")
    if MANIEREN[wijze] == "muis":
        assert run_axe(nieuw.blad) == []
    nieuw.fill("Wachtwoord van nu", wachtwoord)
    for label in ("Nieuw wachtwoord", "Nieuw wachtwoord, nog een keer"):
        nieuw.fill(label, f"zeven rode fietsen {wijze}")
    nieuw.press("button", "Bewaar dit wachtwoord")
    expect(nieuw.blad.get_by_role("status")).to_contain_text("Uw wachtwoord is gewijzigd")
    expect(nieuw.blad.get_by_role("heading", level=1)).to_have_text("Vandaag")
    beheer.press("link", "Naar de gebruikers")
    beheer.press("button", f"Blokkeer N. Nieuw {wijze}")
    expect(beheer.blad.get_by_role("status")).to_contain_text("kan vanaf nu niets meer openen")
    nieuw.press("link", "Berichten")
    expect(nieuw.blad.get_by_role("button", name="Log in")).to_be_visible()


def test_what_one_gives_another_confirms(gedeeld: Portaalbalie, venster: Venster, wijze: int) -> None:
    naam = f"V. Voorstel {wijze}"
    add_persoon(gedeeld.werkplaats, f"voorstel{wijze}@voorbeeld.nl", naam=naam)
    tot = gedeeld.werkplaats.instellingen.vandaag()
    give_rol(gedeeld.werkplaats, f"voorstel{wijze}@voorbeeld.nl", NieuweRol("financien", None, tot), "persoon:B. Eerste")
    beheer = venster.take(gedeeld, "beheer", wijze)
    beheer.press("link", "wachten op een tweede persoon")
    expect(beheer.blad.get_by_role("row", name=naam)).to_contain_text("B. Eerste")
    beheer.press("button", f"Bevestig de rol financiën van {naam}")
    expect(beheer.blad.get_by_role("status")).to_contain_text(f"{naam} heeft nu de rol financiën")
    eigen = beheer.blad.get_by_role("row", name="Z. Wachter")
    expect(eigen).to_contain_text("U gaf deze rol zelf")
    expect(eigen.get_by_role("button", name="Bevestig")).to_have_count(0)
    assert beheer.kliks == 2


@pytest.mark.parametrize("wijze", [0], ids=MANIEREN[:1])
def test_the_auditor_draws_a_sample_and_sees_what_a_line_rests_on(
    gedeeld: Portaalbalie, venster: Venster, tmp_path: Path, wijze: int
) -> None:
    hand = venster.take(gedeeld, "controle", wijze)
    blad = hand.blad
    hand.press("link", "Steekproeven")
    for label, tekst in (("Jaar waarin de hulp is gegeven", "2026"), ("Zaad", "verhaal"), ("Waarvoor", "Jaarrekening 2026")):
        hand.fill(label, tekst)
    hand.press("radio", "Posten")
    hand.fill("Hoeveel geldeenheden of regels", "9999")
    hand.press("button", "Trek steekproef")
    expect(blad.get_by_text("U vraagt 9999 regels, en de populatie heeft er")).to_be_visible()
    hand.fill("Hoeveel geldeenheden of regels", "2")
    hand.press("button", "Trek steekproef")
    expect(blad.get_by_role("status")).to_contain_text("De steekproef is getrokken.")
    rijen = blad.get_by_role("group", name="Getrokken regels").get_by_role("row")
    expect(rijen).to_have_count(3)
    with blad.expect_download() as gehaald:
        hand.press("link", "Download CSV")
    gehaald.value.save_as(bestand := tmp_path / "steekproef.csv")
    inhoud = bestand.read_text(encoding="utf-8-sig")
    for rij in rijen.all()[1:]:
        assert rij.get_by_role("rowheader").inner_text() in inhoud
    hand.press_in(rijen.nth(1), "link", "")
    for kop in ("Wat er is aan te tonen", "Verantwoorde minuten", "Boekingen en betalingen"):
        expect(blad.get_by_role("heading", name=kop)).to_be_visible()
    hand.press("link", "Volgende")
    expect(blad.get_by_text("2 van 2")).to_be_visible()


@pytest.mark.parametrize("wijze", [2], ids=MANIEREN[2:])
def test_a_team_answers_what_stands_out_in_the_care_of_a_family_of_its_own(
    gedeeld: Portaalbalie, venster: Venster, wijze: int
) -> None:
    hand = venster.take(gedeeld, "lokaal_team", wijze)
    blad = hand.blad
    rijen = blad.get_by_role("group", name="Signalen over gezinnen").get_by_role("row").filter(has_text="Noord")
    # Who comes after another finds it answered, and may answer anew.
    blad.goto("/portaal/casussignalen?stand=alle")
    hand.press_in(rijen.first, "link", "Dure hulp in twaalf maanden")
    expect(blad.get_by_text("de grens is € 500,00")).to_be_visible()
    hand.press("button", "Bewaar antwoord")
    expect(blad.get_by_text("Kies uw antwoord.")).to_be_visible()
    hand.press("radio", "De hulp past")
    hand.fill("Toelichting", "Het gezin is 999990019.")
    hand.press("button", "Bewaar antwoord")
    expect(blad.get_by_text("burgerservicenummer")).to_be_visible()
    hand.fill("Toelichting", f"Besproken in het team, keer {wijze}.")
    hand.press("button", "Bewaar antwoord")
    expect(blad.get_by_role("status")).to_contain_text("Uw antwoord is bewaard.")
    blad.goto("/portaal/casussignalen?stand=alle")
    hand.press_in(rijen.filter(has_text="De hulp past").first, "link", "Dure hulp in twaalf maanden")
    expect(blad.get_by_text(f"Besproken in het team, keer {wijze}.")).to_be_visible()
    expect(blad.get_by_text("Van december 2025 tot en met mei 2026 is")).to_be_visible()
    # Of allocations themselves, and of what is no family of the team, it sees nothing.
    expect(blad.get_by_role("link", name="480")).to_have_count(0)


def test_a_key_is_told_once_and_withdrawn(gedeeld: Portaalbalie, venster: Venster) -> None:
    beheer = venster.open(gedeeld, "beheer")
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
