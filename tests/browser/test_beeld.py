"""Pictures for docs/beeld of what a page is on paper, and in the colours of who looks; those of the pages themselves are made by
`test_toegankelijk.py`."""

from playwright.sync_api import expect

from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.venster import Venster, keep_picture, overflow


def test_a_declaration_on_paper(kijkbalie: Portaalbalie, venster: Venster) -> None:
    """Without what only a screen needs, and as wide as the paper."""
    blad = venster.open(kijkbalie, "contractbeheer", breed=794)
    blad.goto(f"/portaal/declaraties/{kijkbalie.monsters['gemengd']}")
    blad.emulate_media(media="print")
    for naam in ("Hoofdmenu", "Toon alleen"):
        expect(blad.get_by_label(naam)).to_be_hidden()
    expect(blad.get_by_role("heading", level=1)).to_be_visible()
    assert overflow(blad) <= 0
    keep_picture(blad, "afdruk")


def test_a_work_list_in_the_colours_of_who_looks(kijkbalie: Portaalbalie, venster: Venster) -> None:
    """High contrast: what has no other difference than its colour would be lost."""
    blad = venster.open(kijkbalie, "contractbeheer")
    blad.emulate_media(forced_colors="active", color_scheme="dark")
    blad.goto(f"/portaal/prestaties/{kijkbalie.monsters['regel_wacht']}")
    vlakken = blad.locator("svg [class*=vul-], .legenda [class*=vul-]")
    kleur = "vlak => getComputedStyle(vlak).fill + getComputedStyle(vlak).backgroundColor"
    kleuren = set(vlakken.evaluate_all(f"alle => alle.map({kleur})"))
    assert vlakken.count() >= 2
    assert len(kleuren) >= 2
    keep_picture(blad, "hoog-contrast")
