"""Answers that an aanbieder sends in: JW302 on a JW301, JW320 on a JW319 (IV028, OP090).

Its header keeps Afzender, Ontvanger, Identificatie and Dagtekening of the message that it answers; its own are IdentificatieRetour
and DagtekeningRetour. No code in the header and no class means that all was taken over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from lxml import etree

from berichten.standaard.lezen.velden import Element, find_child, read_date, read_required, read_text
from berichten.standaard.waarden.berichten import Bericht, ZonderRegels
from berichten.standaard.waarden.onderdelen import Header
from berichten.standaard.waarden.paden import numbered
from berichten.standaard.waarden.soorten import ANTWOORDEN_VAN_AANBIEDER, Berichtsoort
from berichten.standaard.waarden.verzoeken import Verzoekbericht

IN_ORDE = "0200"


@dataclass(frozen=True, slots=True)
class Klassecodes:
    """The codes of one class that came back."""

    pad: str
    """Path of the class, without BSN."""
    toewijzingnummer: int | None
    """Of a ToegewezenProduct; None for other classes."""
    retourcodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retourbericht(ZonderRegels):
    """JW302 or JW320. Of clients nothing is read."""

    soort: Berichtsoort
    header: Header
    """Parties as the message that it answers has them; identificatie and dagtekening are those of the answer itself."""
    heen_identificatie: str
    """Identificatie of the message that it answers."""
    retourcodes: tuple[str, ...]
    """Codes in the header."""
    klassen: tuple[Klassecodes, ...]

    @property
    def aantal_regels(self) -> int:
        """Classes with codes."""
        return len(self.klassen)

    def without_lines(self) -> Self:
        """The message with its header only."""
        return replace(self, klassen=())

    @property
    def heen_soort(self) -> str:
        """Kind of the message that it answers."""
        return ANTWOORDEN_VAN_AANBIEDER[self.soort.naam]

    @property
    def aangenomen(self) -> bool:
        """Whether nothing was found wrong."""
        codes = {code for klasse in self.klassen for code in klasse.retourcodes} | set(self.retourcodes)
        return codes <= {IN_ORDE}


Inzending = Bericht | Retourbericht | Verzoekbericht
"""What is read of what a sender sends."""


def read_retour(wortel: Element, soort: Berichtsoort) -> Retourbericht:
    """From the tree of a message that is valid. Raises ValueError for a date beyond our calendar."""
    kop = wortel[0]
    header = Header(
        read_required(kop, "Afzender"),
        read_required(kop, "Ontvanger"),
        read_required(kop, "IdentificatieRetour"),
        read_date(read_required(kop, "DagtekeningRetour")),
        read_required(kop, "XsdVersieRetour", "BasisschemaXsdVersie"),
        read_required(kop, "XsdVersieRetour", "BerichtXsdVersie"),
    )
    read_date(read_required(kop, "BerichtIdentificatie", "Dagtekening"))
    klassen = tuple(_classes(wortel[1], f"Bericht/{_name(wortel[1])}")) if len(wortel) > 1 else ()
    heen = read_required(kop, "BerichtIdentificatie", "Identificatie")
    return Retourbericht(soort, header, heen, _codes(kop), klassen)


def _classes(element: Element, pad: str) -> Iterator[Klassecodes]:
    """A class with codes, and those inside it, in the order of the message."""
    codes = _codes(element)
    if codes:
        nummer = read_text(element, "ToewijzingNummer")
        yield Klassecodes(pad, None if nummer is None else int(nummer), codes)
    namen = [_name(kind) for kind in element]
    gezien: dict[str, int] = {}
    for kind, naam in zip(element, namen, strict=True):
        gezien[naam] = gezien.get(naam, 0) + 1
        if len(kind) and naam != "RetourCodes":
            yield from _classes(kind, f"{pad}/{numbered(naam, gezien[naam], namen.count(naam))}")


def _codes(element: Element) -> tuple[str, ...]:
    codes = find_child(element, "RetourCodes")
    return () if codes is None else tuple(code.text for code in codes)


def _name(element: Element) -> str:
    return etree.QName(element).localname
