"""Every page in every state, in one visit: valid HTML of no more than its weight, nothing that axe finds or cannot tell, nothing
wider than its window, nothing covered that has the focus, a console that says nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Response

from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.keurder import Htmlkeurder
from tests.hulp.portaal.paginas import STANDEN, Paginastand
from tests.hulp.portaal.venster import HOOG, OVER_KLEUREN, Venster, keep_picture, overflow, run_axe, style

_LETTERS = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
    " p { margin-block-end: 2em !important; }"
)
"""The spacing that a reader may choose (WCAG 1.4.12)."""
_TWEEMAAL = {"width": 683, "height": 384}
"""A window of 1366 in which everything is twice as large."""


_MEESTE_VERZOEKEN, _ZWAARST = 8, 60_000
"""Requests of a page that nobody has seen before, and bytes of its HTML."""


@pytest.mark.parametrize("stand", STANDEN, ids=lambda stand: stand.naam)
def test_everybody_can_use_it(kijkbalie: Portaalbalie, venster: Venster, keurder: Htmlkeurder, stand: Paginastand) -> None:
    blad = venster.open(kijkbalie, stand.wie)
    antwoorden: list[Response] = []
    blad.on("response", lambda gekomen: antwoorden.insert(0, gekomen))
    antwoord = blad.goto(kijkbalie.address_of(stand))
    assert antwoord is not None
    assert antwoord.status == stand.status
    gewicht = list(_weigh(antwoord.text(), len(antwoorden), stand))
    if stand.doe:
        stand.doe(blad)
    if stand.beeld:
        keep_picture(blad, stand.naam)
    html = next(item for item in antwoorden if item.headers.get("content-type", "").startswith("text/html"))
    assert [*gewicht, *keurder.judge(html.text()), *_walk(blad), *_judge(blad), *_measure(blad)] == []


def _weigh(html: str, verzoeken: int, stand: Paginastand) -> Iterator[str]:
    if verzoeken > _MEESTE_VERZOEKEN:
        yield f"{verzoeken} verzoeken"
    if len(html.encode()) > _ZWAARST and not stand.lang:
        yield f"{len(html.encode())} bytes HTML"


def _judge(blad: Page) -> Iterator[str]:
    """In a window as high as the page: of what a bar covers axe cannot tell anything; that is for `_walk`."""
    for breed, hoog in HOOG.items():
        blad.set_viewport_size({"width": breed, "height": hoog})
        blad.set_viewport_size({"width": breed, "height": max(hoog, blad.evaluate("document.documentElement.scrollHeight"))})
        blad.emulate_media(color_scheme="light")
        yield from (f"{breed} light: {item}" for item in run_axe(blad))
        # The same page in other colours: only what is about colours can be otherwise.
        blad.emulate_media(color_scheme="dark")
        yield from (f"{breed} dark: {item}" for item in run_axe(blad, OVER_KLEUREN))


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


def _walk(blad: Page) -> list[str]:
    """WCAG 2.4.7 and 2.4.11: whatever can have the focus is seen when it has, and nothing covers it."""
    blad.set_viewport_size({"width": 1366, "height": 768})
    gezien: list[str] = blad.evaluate(_LOOP)
    return gezien


_LOOP = """() => {
    const klachten = [];
    const kan = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    document.documentElement.style.scrollBehavior = "auto";
    for (const hier of document.querySelectorAll(kan)) {
        if (hier.disabled || hier.type === "hidden" || !hier.checkVisibility({ visibilityProperty: true })) continue;
        hier.focus({ focusVisible: true });
        if (document.activeElement !== hier) { klachten.push("krijgt geen focus: " + hier.outerHTML.slice(0, 120)); continue; }
        const vak = hier.getClientRects()[0];
        if (!vak) { klachten.push("zonder plaats: " + hier.outerHTML.slice(0, 120)); continue; }
        // In the middle of what is in the window: a long table is never there as a whole.
        const [links, rechts] = [Math.max(vak.left, 0), Math.min(vak.right, innerWidth)];
        const [hoogst, laagst] = [Math.max(vak.top, 0), Math.min(vak.bottom, innerHeight)];
        const boven = document.elementFromPoint((links + rechts) / 2, (hoogst + laagst) / 2);
        const raak = boven && (hier.contains(boven) || boven.contains(hier) || boven.closest("label")?.control === hier);
        const rand = getComputedStyle(hier);
        if (!raak) klachten.push("bedekt: " + hier.outerHTML.slice(0, 120));
        if (rand.outlineStyle === "none" && rand.boxShadow === "none") klachten.push("zonder rand: " + hier.outerHTML);
    }
    document.activeElement.blur();
    return klachten;
}"""


def test_a_keyboard_comes_past_everything_and_is_held_nowhere(kijkbalie: Portaalbalie, venster: Venster) -> None:
    """What `_walk` gives the focus one by one is what Tab comes past, in the same order."""
    blad = venster.open(kijkbalie, "contractbeheer")
    blad.goto(f"/portaal/prestaties/{kijkbalie.monsters['regel_wacht']}")
    verwacht = blad.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
            .filter(hier => hier.type !== "hidden" && hier.checkVisibility() && (hier.type !== "radio" || hier.checked
                || hier === document.querySelector(`[name="${hier.name}"]`)))
            .map(hier => hier.outerHTML.slice(0, 80))"""
    )
    gezien = []
    for _ in range(len(verwacht) + 1):
        blad.keyboard.press("Tab")
        gezien.append(
            blad.evaluate("document.activeElement === document.body ? '' : document.activeElement.outerHTML.slice(0, 80)")
        )
    assert gezien == [*verwacht, ""]
