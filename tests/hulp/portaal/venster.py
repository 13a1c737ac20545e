"""Windows of a browser on the portal, with what their console complains of."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.hand import MANIEREN, Hand

AXE = (Path(__file__).parents[2] / "browser" / "axe" / "axe.min.js").read_text(encoding="utf-8")
_BEELD = Path(__file__).parents[3] / "docs" / "beeld"
_GROOTST = 90_000
"""Bytes of a picture."""
_REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OVER_KLEUREN = ("color-contrast", "link-in-text-block")
"""Rules of axe that look at colours."""
Thema = Literal["light", "dark"]
HOOG = {1366: 768, 320: 640}
"""Height of the windows in which every page is looked at, by their width."""


@dataclass(slots=True)
class Venster:
    """Opens windows, each with a session of its own."""

    browser: Browser
    klachten: list[str] = field(default_factory=list)
    _open: list[BrowserContext] = field(default_factory=list)

    def open(self, balie: Portaalbalie, wie: str, *, breed: int = 1366, thema: Thema = "light", javascript: bool = True) -> Page:
        """A window of this width, logged in as one of NAMEN; nobody when `wie` is empty."""
        context = self.browser.new_context(
            viewport={"width": breed, "height": HOOG.get(breed, 768)},
            color_scheme=thema,
            java_script_enabled=javascript,
            base_url=balie.adres,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
        )
        if wie:
            context.add_cookies(
                [{"name": "__Host-sessie", "value": balie.koekje(wie), "domain": "127.0.0.1", "path": "/", "secure": True}]
            )
        self._open.append(context)
        blad = context.new_page()
        blad.on("console", lambda bericht: self._note(blad, bericht))
        blad.on("pageerror", lambda fout: self.klachten.append(f"{blad.url}: {fout}"))
        return blad

    def take(self, balie: Portaalbalie, wie: str, wijze: int) -> Hand:
        """Somebody who works in this way (of MANIEREN), on the page where one begins."""
        blad = self.open(balie, wie, javascript=MANIEREN[wijze] != "zonder script")
        blad.goto("/portaal/")
        return Hand(blad, toetsenbord=MANIEREN[wijze] == "toetsenbord")

    def _note(self, blad: Page, bericht: ConsoleMessage) -> None:
        """Whatever the console says; but a page that tells of an error is one on purpose, and Chromium says so as well."""
        if not (bericht.text.startswith("Failed to load resource") and bericht.location["url"] == blad.url):
            self.klachten.append(f"{blad.url}: {bericht.text}")

    def close(self) -> None:
        for context in self._open:
            context.close()


def keep_picture(blad: Page, naam: str) -> None:
    """What is in the window, in docs/beeld; whoever changes a page looks at what becomes of it in the difference."""
    sessie = blad.context.new_cdp_session(blad)
    beeld = base64.b64decode(sessie.send("Page.captureScreenshot", {"format": "webp", "quality": 40})["data"])
    _BEELD.mkdir(exist_ok=True)
    (_BEELD / f"{naam}.webp").write_bytes(beeld)
    assert len(beeld) <= _GROOTST


def style(blad: Page, css: str) -> None:
    """What a reader puts over the page, by the debugger's door."""
    sessie = blad.context.new_cdp_session(blad)
    for deel in ("DOM", "CSS"):
        sessie.send(f"{deel}.enable")
    frame = sessie.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    vel = sessie.send("CSS.createStyleSheet", {"frameId": frame})["styleSheetId"]
    sessie.send("CSS.setStyleSheetText", {"styleSheetId": vel, "text": css})


def run_axe(blad: Page, regels: Sequence[str] = _REGELS) -> list[str]:
    """What axe-core finds or cannot tell (WCAG 2.2 A and AA, best practices), each with the first element that it is about."""
    sessie = blad.context.new_cdp_session(blad)
    # The page's own policy lets no script in; the debugger's side door does not ask it.
    if not blad.evaluate("'axe' in window"):
        sessie.send("Runtime.evaluate", {"expression": AXE})
    gevonden = blad.evaluate(
        "regels => axe.run(document, {runOnly: regels, resultTypes: ['violations', 'incomplete']})", list(regels)
    )
    return [
        f"{soort} {item['id']}: {item['nodes'][0]['html'][:200]} ({item['nodes'][0].get('failureSummary', '')[:200]})"
        for soort in ("violations", "incomplete")
        for item in gevonden[soort]
    ]


def overflow(blad: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(blad.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
