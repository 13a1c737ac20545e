"""Every page in every state: nothing that axe finds or cannot tell, nothing wider than its window, nothing covered that has the
focus, a console that says nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.paginas import STANDEN, Paginastand
from tests.hulp.portaal.venster import HOOG, THEMAS, Venster, overflow, run_axe, style

_LETTERS = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
    " p { margin-block-end: 2em !important; }"
)
"""The spacing that a reader may choose (WCAG 1.4.12)."""
_TWEEMAAL = {"width": 683, "height": 384}
"""A window of 1366 in which everything is twice as large."""


@pytest.mark.parametrize("stand", STANDEN, ids=lambda stand: stand.naam)
def test_everybody_can_use_it(kijkbalie: Portaalbalie, venster: Venster, stand: Paginastand) -> None:
    blad = venster.open(kijkbalie, stand.wie)
    adres = kijkbalie.address_of(stand)
    antwoord = blad.goto(adres)
    assert antwoord is not None
    assert antwoord.status == stand.status
    if stand.doe:
        stand.doe(blad)
    assert [*_judge(blad), *_measure(blad), *_walk(blad, stand, adres)] == []


def _judge(blad: Page) -> Iterator[str]:
    """In a window as high as the page: of what a bar covers axe cannot tell anything; that is for `_walk`."""
    for breed, hoog in HOOG.items():
        blad.set_viewport_size({"width": breed, "height": hoog})
        blad.set_viewport_size({"width": breed, "height": max(hoog, blad.evaluate("document.documentElement.scrollHeight"))})
        for thema in THEMAS:
            blad.emulate_media(color_scheme=thema)
            yield from (f"{breed} {thema}: {item}" for item in run_axe(blad))


def _measure(blad: Page) -> Iterator[str]:
    """In a narrow window, in one where all is twice as large, and with letters further apart."""
    blad.emulate_media(color_scheme="light")
    for naam, venster in (("320", {"width": 320, "height": 640}), ("200%", _TWEEMAAL)):
        blad.set_viewport_size(venster)  # type: ignore[arg-type]
        if overflow(blad) > 0:
            yield f"{naam}: {overflow(blad)} pixels breder dan het venster"
    blad.set_viewport_size({"width": 320, "height": 640})
    style(blad, _LETTERS)
    if overflow(blad) > 0:
        yield f"ruime letters: {overflow(blad)} pixels breder dan het venster"


def _walk(blad: Page, stand: Paginastand, adres: str) -> Iterator[str]:
    """WCAG 2.4.7 and 2.4.11: a keyboard goes through the page, what it stands on is seen, and nothing covers it."""
    blad.set_viewport_size({"width": 1366, "height": 768})
    blad.goto(adres)
    if stand.doe:
        stand.doe(blad)
    blad.evaluate("document.activeElement.blur()")
    for _ in range(400):
        blad.keyboard.press("Tab")
        gezien = blad.evaluate(_WAT_STAAT_ER)
        if gezien is None:
            return
        if gezien:
            yield gezien


_WAT_STAAT_ER = """() => {
    const hier = document.activeElement;
    if (!hier || hier === document.body) return null;
    const vak = hier.getClientRects()[0];
    if (!vak) return "zonder plaats: " + hier.outerHTML.slice(0, 120);
    // In the middle of what is in the window: a long table is never there as a whole.
    const [links, rechts] = [Math.max(vak.left, 0), Math.min(vak.right, innerWidth)];
    const [hoogst, laagst] = [Math.max(vak.top, 0), Math.min(vak.bottom, innerHeight)];
    const boven = document.elementFromPoint((links + rechts) / 2, (hoogst + laagst) / 2);
    const raak = boven && (hier.contains(boven) || boven.contains(hier) || boven.closest("label")?.control === hier);
    const rand = getComputedStyle(hier);
    if (!raak) return "bedekt: " + hier.outerHTML.slice(0, 120);
    if (rand.outlineStyle === "none" && rand.boxShadow === "none") return "zonder rand: " + hier.outerHTML;
    return "";
}"""
