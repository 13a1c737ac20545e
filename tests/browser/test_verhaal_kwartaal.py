"""The accounthouder and finance at work on a quarter: read, explain, agree, establish, and what the next one shows of it."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from berichten.opslag.kwartaal.kwartaalrapporten import Bewaardrapport, NieuweActie
from berichten.processen.kwartaal.laad_begroting import load_begroting
from berichten.processen.kwartaal.werk_kwartaal import Rapporteur, begin_actie, make_concept, write_tekst
from berichten.rapporten.sturen.kwartaalperiode import read_kwartaal
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.hand import MANIEREN, Hand
from tests.hulp.portaal.venster import Venster

_KOP = "gemeente;jaar;segment;maand;bedrag;soort;vastgesteld_op;besluit\n"
_SEGMENTEN = ("1A", "1B", "2", "3", "4", "5", "6", "7", "LTA", "BBR uitvoering")
_LANG = (
    "Er zijn meer jeugdigen in zorg dan een jaar eerder, twee aanbieders declareerden hun eerste maanden laat, en de tarieven zijn"
    " met de index van januari verhoogd. Een deel daarvan is eenmalig; de rest staat in de begroting van volgend jaar."
)
_EERST = f"{_KOP}0484;2025;;;4000000;primitief;2024-11-07;Raad 2024-81\n"
_ANDERS = f"{_KOP}0484;2025;;;1000000;wijziging;2025-12-18;Raad 2025-97\n"


def test_a_quarter_is_explained_and_established_and_the_next_shows_what_came_of_it(
    balie: Portaalbalie, venster: Venster, wijze: int
) -> None:
    """Of 40,000 a quarter is 10,000; the change of 10,000 in December makes 2,500 more of it, seen in the report after."""
    geld = venster.take(balie, "financien", wijze)
    _load(geld, _EERST)
    hand = venster.take(balie, "contractbeheer", wijze)
    _make(hand, "2025-Q4")
    blad = hand.blad
    expect(blad.get_by_role("heading", level=1)).to_contain_text("Het vierde kwartaal van 2025")
    expect(blad.get_by_text("Nog uit te leggen:")).to_contain_text("prognose jaar")
    hand.press("button", "Stel dit rapport vast")
    expect(blad.get_by_text("Leg eerst uit:")).to_be_visible()
    while blad.get_by_text("Nog uit te leggen:").count():
        rij = blad.get_by_text("Nog uit te leggen:").inner_text().removesuffix(".").partition(": ")[2].split(", ")[0]
        hand.fill(f"Uitleg bij {rij}", "De gemeente declareert hier pas sinds dit jaar.")
        hand.press("button", f"Bewaar uitleg bij {rij}")
        expect(blad.get_by_role("status")).to_contain_text(f"De uitleg bij {rij} is bewaard.")
    blad.get_by_text("Nieuwe actie").click()
    hand.fill("Wat gaat er gebeuren?", "Overleg met de aanbieders over tijdig declareren")
    hand.fill("Wie doet het (rol of functie)?", "accounthouder")
    hand.fill("Gereed op", "1-5-2026")
    hand.fill("Verwacht effect (€)", "5000")
    hand.press("button", "Voeg actie toe")
    expect(blad.get_by_text("Overleg met de aanbieders")).to_be_visible()
    hand.press("button", "Stel dit rapport vast")
    expect(blad.get_by_text("Vastgesteld op")).to_be_visible()
    expect(blad.get_by_role("button", name="Stel dit rapport vast")).to_have_count(0)
    _load(geld, _ANDERS)
    _make(hand, "2026-Q1")
    expect(blad.get_by_text("Overleg met de aanbieders")).to_be_visible()
    expect(blad.get_by_text("te laat", exact=True)).to_be_visible()
    bijgesteld = blad.get_by_role("group", name="Bijgesteld").get_by_role("row").filter(has_text="kosten, begroot")
    expect(bijgesteld).to_contain_text("10.000")
    expect(bijgesteld).to_contain_text("12.500")
    if MANIEREN[wijze] == "muis":
        _fill(balie)
        blad.reload()
        assert _count_sheets(blad) == 1


def _fill(balie: Portaalbalie) -> None:
    """As much as a large town has to say: every segment, every row explained, six actions."""
    periode, wie = "2026-Q1", Rapporteur("0484", "accounthouder")
    rijen = "".join(f"0484;2026;{segment};;120000000;primitief;2025-11-06;Raad 2025-90\n" for segment in _SEGMENTEN)
    assert not load_begroting(balie.werkplaats, f"{_KOP}{rijen}".encode(), "geld").fouten
    rapport = make_concept(balie.werkplaats, wie, read_kwartaal(periode))
    assert isinstance(rapport, Bewaardrapport)
    for rij in rapport.cijfers["kerncijfers"]:
        write_tekst(balie.werkplaats, wie, periode, rij["rij"], _LANG)
    for nummer in range(6):
        actie = NieuweActie("kosten", f"{nummer}: {_LANG[:120]}", "accounthouder", date(2026, 9, 1), 1_000_000)
        begin_actie(balie.werkplaats, wie, periode, actie)


def _count_sheets(blad: Page) -> int:
    """Of paper, as the browser prints it."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", blad.pdf(prefer_css_page_size=True)))


def _load(hand: Hand, bestand: str) -> None:
    hand.blad.goto("/portaal/kwartaalrapporten")
    hand.choose_file("begroting.csv", bestand.encode())
    hand.press("button", "Laad begroting")
    expect(hand.blad.get_by_text("Begroting geladen: 1 regel.")).to_be_visible()


def _make(hand: Hand, periode: str) -> None:
    hand.press_in(hand.blad.get_by_role("navigation", name="Hoofdmenu"), "link", "Kwartaal")
    hand.fill("Periode", periode)
    hand.press("button", "Maak concept")
