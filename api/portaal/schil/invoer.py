"""What people type in filters: amounts, days and codes. What is no such thing is told, and does not narrow the list."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from fastapi import UploadFile

from api.portaal.schil.adres import Paginaadres
from api.portaal.schil.bladzij import Melding
from berichten.kern.taal import foutental
from berichten.klok import read_iso_dag
from berichten.processen.referentie.opgave import Geladen
from berichten.standaard.waarden.bsn import holds_bsn

_BEDRAG = re.compile(r"(?:€\s*)?(\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,(\d{1,2}))?")
_DAG = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_FOUT = "Een filter is niet gebruikt, omdat we hem niet konden lezen. Bij het veld staat waarom."
_KEUZE = "Een keuze in het adres kennen we niet; die hebben we niet gebruikt. Kies opnieuw in de lijst hieronder."
GEEN_DAG = "Dit is geen datum. Schrijf een dag als 30-4-2026."


def parse_dag(waarde: str) -> date:
    """A day as people write it (`30-4-2026`), or as machines do (`2026-04-30`). Raises ValueError."""
    gelezen = _DAG.fullmatch(waarde)
    return date(int(gelezen[3]), int(gelezen[2]), int(gelezen[1])) if gelezen else read_iso_dag(waarde)


def load_upload(bestand: UploadFile | None, load: Callable[[bytes], Geladen]) -> Geladen | str:
    """What was loaded of the file of a form, all of it; or why nothing was, to stand at its field."""
    inhoud = bestand.file.read() if bestand is not None else b""
    if not inhoud:
        return "Kies een bestand (CSV of Excel)."
    geladen = load(inhoud)
    if not geladen.totaal:
        return geladen
    eerste = geladen.fouten[0]
    plaats = f"Regel {eerste.regelnummer}: " if eerste.regelnummer else ""
    return f"Er is niets geladen: {foutental(geladen.totaal)}. {plaats}{eerste.melding}"


def is_naam(tekst: str) -> bool:
    """What a person or software may be called: 1 to 100 characters that can be printed, and no burgerservicenummer."""
    return 1 <= len(tekst) <= 100 and tekst.isprintable() and not holds_bsn(tekst)


@dataclass(slots=True)
class Adresinvoer:
    """What stands in an address, read value by value.

    `fouten` has what could not be read, by name; `onbekend` the names of choices that there are not.
    """

    adres: Paginaadres
    fouten: dict[str, str] = field(default_factory=dict)
    onbekend: set[str] = field(default_factory=set)

    def tekst(self, naam: str) -> str:
        """As it was typed; empty when it was not."""
        return (self.adres.get(naam) or "").strip()

    def code(self, naam: str, vorm: str, uitleg: str) -> str | None:
        """A value that fits this pattern as a whole."""
        waarde = self.tekst(naam)
        if not waarde or re.fullmatch(vorm, waarde):
            return waarde or None
        self.fouten[naam] = uitleg
        return None

    def keuze(self, naam: str, mag: tuple[str, ...]) -> str | None:
        """One of these; anything else is no choice, and is told."""
        waarde = self.tekst(naam)
        if waarde in mag:
            return waarde
        if waarde:
            self.onbekend.add(naam)
        return None

    def centen(self, naam: str) -> int | None:
        """An amount as people write it: `1.234,50`, `€ 1234` or `12,5`."""
        waarde = self.tekst(naam)
        gelezen = _BEDRAG.fullmatch(waarde)
        if waarde and gelezen is None:
            self.fouten[naam] = "Dit is geen bedrag. Schrijf een bedrag als 1.250 of 1.250,50."
        if gelezen is None:
            return None
        return int(gelezen[1].replace(".", "")) * 100 + int((gelezen[2] or "0").ljust(2, "0"))

    def dag(self, naam: str) -> date | None:
        """A day as people write it (`30-4-2026`), or as the calendar of a browser does (`2026-04-30`)."""
        waarde = self.tekst(naam)
        try:
            return parse_dag(waarde) if waarde else None
        except ValueError:
            self.fouten[naam] = GEEN_DAG
            return None

    def meldingen(self) -> tuple[Melding, ...]:
        """Notices for the top of the page when something could not be read, or is no choice."""
        redenen = ((self.fouten, _FOUT), (self.onbekend, _KEUZE))
        return tuple(Melding(zin, "warning") for gevonden, zin in redenen if gevonden)
