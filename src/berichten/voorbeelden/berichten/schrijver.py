"""What the writers of all messages share: elements, header and client, in the layout of the standard's own examples.

Tabs, CR/LF and UTF-8 without byte order mark, as OP192 asks. Plain text building: a big declaration must be made in a moment.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape

from berichten.standaard.waarden.onderdelen import Product
from berichten.standaard.waarden.soorten import Berichtsoort
from berichten.voorbeelden.model.model import GEMEENTE, Persoon

XSD_VERSIE = "0.1.0"
"""What the published schemas say of themselves (BerichtXsdVersie and BasisschemaXsdVersie)."""


@dataclass(slots=True)
class Schrijver:
    """Collects the lines of one message."""

    prefix: str
    diepte: int = 0
    regels: list[str] = field(default_factory=list)

    @contextmanager
    def element(self, naam: str, prefix: str = "") -> Iterator[None]:
        """Write a start tag, what is written within, and the end tag."""
        self._add(f"<{prefix or self.prefix}:{naam}>")
        self.diepte += 1
        yield
        self.diepte -= 1
        self._add(f"</{prefix or self.prefix}:{naam}>")

    def eigen(self, naam: str, waarde: object) -> None:
        """Write an element of the message's own namespace; nothing for None."""
        if waarde is not None:
            self._write(self.prefix, naam, waarde)

    def basis(self, naam: str, waarde: object) -> None:
        """Write an element of the shared namespace (basisschema); nothing for None."""
        if waarde is not None:
            self._write("ijw", naam, waarde)

    def _write(self, prefix: str, naam: str, waarde: object) -> None:
        self._add(f"<{prefix}:{naam}>{escape(str(waarde))}</{prefix}:{naam}>")

    def _add(self, tekst: str) -> None:
        self.regels.append("\t" * self.diepte + tekst)


@dataclass(frozen=True, slots=True)
class Kop:
    """What differs between the headers of two messages of one kind."""

    agb: str
    """AGB code of the provider, be it sender or receiver."""
    identificatie: str
    dagtekening: date


@contextmanager
def open_bericht(soort: Berichtsoort, kop: Kop) -> Iterator[Schrijver]:
    """Begin a message with its header; what is written within follows it."""
    schrijver = Schrijver(soort.naam.lower(), 1)
    with schrijver.element("Header"):
        _write_header(schrijver, soort, kop)
    yield schrijver


def finish_bericht(soort: Berichtsoort, schrijver: Schrijver) -> bytes:
    """Put the root element around what was written, and encode it."""
    naam = soort.naam.lower()
    kop = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<{naam}:Bericht xmlns:ijw="{soort.basis_namespace}" xmlns:{naam}="{soort.namespace}">',
    )
    return "\r\n".join((*kop, *schrijver.regels, f"</{naam}:Bericht>", "")).encode()


def _write_header(s: Schrijver, soort: Berichtsoort, kop: Kop) -> None:
    versie, subversie = soort.release.split(".")
    afzender, ontvanger = (GEMEENTE, kop.agb) if soort.afzender == "gemeente" else (kop.agb, GEMEENTE)
    s.eigen("BerichtCode", soort.code)
    s.eigen("BerichtVersie", versie)
    s.eigen("BerichtSubversie", subversie)
    s.eigen("Afzender", afzender)
    s.eigen("Ontvanger", ontvanger)
    with s.element("BerichtIdentificatie"):
        s.basis("Identificatie", kop.identificatie)
        s.basis("Dagtekening", kop.dagtekening)
    with s.element("XsdVersie"):
        s.basis("BasisschemaXsdVersie", XSD_VERSIE)
        s.basis("BerichtXsdVersie", XSD_VERSIE)


def write_client(s: Schrijver, persoon: Persoon, bsn: str | None = None) -> None:
    """Write what JW301, JW303, JW305 and JW307 all say of the client; `bsn` replaces the person's own number."""
    s.eigen("Bsn", bsn or persoon.bsn)
    with s.element("Geboortedatum"):
        s.basis("Datum", persoon.geboortedatum)
    s.eigen("Geslacht", persoon.geslacht)
    with s.element("Naam"):
        write_naam(s, persoon, persoon.voornaam)


def write_naam(s: Schrijver, persoon: Persoon, voornaam: str) -> None:
    """Write the content of a Naam: a full one in JW301, a short one in the others."""
    with s.element("Geslachtsnaam", "ijw"):
        s.basis("Achternaam", persoon.achternaam)
        s.basis("Voorvoegsel", persoon.voorvoegsel)
    s.basis("Voornamen", voornaam)
    s.basis("Voorletters", voornaam[0])
    if s.prefix == "jw301":
        s.basis("NaamGebruik", "1")


def write_product(s: Schrijver, product: Product | None) -> None:
    """Write the Product of an allocation; nothing for a generic one."""
    if product is not None:
        with s.element("Product"):
            s.basis("Categorie", product.categorie)
            s.basis("Code", product.code)
