"""Pictures of the pages for docs/beeld, as they are at 1366 by 768."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.paginas import STANDEN, Paginastand
from tests.hulp.portaal.venster import Venster, overflow

BEELD = Path(__file__).parents[2] / "docs" / "beeld"
GROOTST = 90_000
"""Bytes of a picture."""


@pytest.mark.parametrize("stand", [stand for stand in STANDEN if stand.beeld], ids=lambda stand: stand.naam)
def test_a_page_looks_like_its_picture(kijkbalie: Portaalbalie, venster: Venster, stand: Paginastand) -> None:
    """The picture is made here; whoever changes a page looks at what becomes of it in the difference."""
    blad = venster.open(kijkbalie, stand.wie)
    blad.goto(kijkbalie.address_of(stand))
    if stand.doe:
        stand.doe(blad)
    _keep(blad, stand.naam)


def test_a_declaration_on_paper(kijkbalie: Portaalbalie, venster: Venster) -> None:
    """Without what only a screen needs, and as wide as the paper."""
    blad = venster.open(kijkbalie, "contractbeheer", breed=794)
    blad.goto(f"/portaal/declaraties/{kijkbalie.monsters['gemengd']}")
    blad.emulate_media(media="print")
    for naam in ("Hoofdmenu", "Toon alleen"):
        expect(blad.get_by_label(naam)).to_be_hidden()
    expect(blad.get_by_role("heading", level=1)).to_be_visible()
    assert overflow(blad) <= 0
    _keep(blad, "afdruk")


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
    _keep(blad, "hoog-contrast")


def _keep(blad: Page, naam: str) -> None:
    sessie = blad.context.new_cdp_session(blad)
    beeld = base64.b64decode(sessie.send("Page.captureScreenshot", {"format": "webp", "quality": 40})["data"])
    BEELD.mkdir(exist_ok=True)
    (BEELD / f"{naam}.webp").write_bytes(beeld)
    assert len(beeld) <= GROOTST
