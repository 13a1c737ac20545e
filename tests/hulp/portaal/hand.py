"""How somebody works on a page: with a mouse, with a mouse where no script runs, or by the keyboard alone."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

MANIEREN = ("muis", "zonder script", "toetsenbord")
_MEESTE_TABS = 120


@dataclass(slots=True)
class Hand:
    """Does on a page what a person does there, and counts how often something was clicked."""

    blad: Page
    toetsenbord: bool = False
    kliks: int = 0

    def press(self, rol: str, naam: str) -> None:
        """Click a link, a button or a radio button (`rol`) that is called so."""
        self._press(self.blad.get_by_role(rol, name=naam).first, rol)  # type: ignore[arg-type]

    def press_in(self, deel: Locator, rol: str, naam: str) -> None:
        """The same within a part of the page."""
        self._press(deel.get_by_role(rol, name=naam).first, rol)  # type: ignore[arg-type]

    def search(self, woord: str) -> None:
        """Type in the search box of the page, and press Enter."""
        veld = self.blad.locator("#zoek")
        if self.toetsenbord:
            self._reach(veld)
        else:
            veld.click()
        self.blad.keyboard.type(woord)
        self.blad.keyboard.press("Enter")

    def _press(self, doel: Locator, rol: str) -> None:
        if self.toetsenbord:
            self._reach(doel)
            self.blad.keyboard.press("Space" if rol == "radio" else "Enter")
        else:
            doel.click()
        self.kliks += 1

    def fill(self, label: str, tekst: str) -> None:
        """Type in a field."""
        veld = self.blad.get_by_label(label, exact=True)
        if self.toetsenbord:
            self._reach(veld)
            self.blad.keyboard.press("Control+A")
            self.blad.keyboard.type(tekst)
        else:
            veld.fill(tekst)

    def choose(self, label: str, woorden: str) -> None:
        """Choose from a list what is called so, by typing its first letters where no mouse is."""
        lijst = self.blad.get_by_label(label, exact=True)
        if self.toetsenbord:
            self._reach(lijst)
            self.blad.keyboard.type(woorden)
        else:
            lijst.select_option(label=woorden)

    def choose_file(self, naam: str, inhoud: bytes) -> None:
        """Choose a file in the first field for one."""
        veld = self.blad.locator("input[type=file]").first
        with self.blad.expect_file_chooser() as kiezer:
            if self.toetsenbord:
                self._reach(veld)
                self.blad.keyboard.press("Enter")
            else:
                veld.click()
        kiezer.value.set_files({"name": naam, "mimeType": "application/octet-stream", "buffer": inhoud})

    def _reach(self, doel: Locator) -> None:
        """Tab until the focus stands on it; a radio button is reached by its group, and then by an arrow."""
        doel.wait_for()
        for _ in range(_MEESTE_TABS):
            if doel.evaluate("doel => doel === document.activeElement"):
                return
            in_groep = doel.evaluate("doel => doel.type === 'radio' && document.activeElement.name === doel.name")
            self.blad.keyboard.press("ArrowDown" if in_groep else "Tab")
        raise AssertionError(f"met het toetsenbord niet te bereiken: {doel}")
