"""Reader of what an answer to a declaration states in all: of a JW325 (IV087) or a JW304 (IV056)."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from berichten.standaard.lezen.velden import Element, read_signed
from berichten.standaard.schema.ontleder import iterate, make_parser

_TOEGEKEND = frozenset({"TotaalToegekendBedrag", "ToegekendTotaalBedrag"})
_BEIDE = tuple(f"{{*}}{naam}" for naam in ("TotaalIngediendBedrag", "IngediendTotaalBedrag", *sorted(_TOEGEKEND)))
_KLEIN = 32 * 1024
"""Bytes up to which an answer is read whole: as many as a parser that can be stopped takes in at a time."""


@dataclass(frozen=True, slots=True)
class Antwoordtotaal:
    """Signed eurocents; both None in an answer that is a header only, as to a JW323 that was rejected as a whole."""

    ingediend: int | None
    toegekend: int | None


def read_antwoordtotaal(inhoud: bytes) -> Antwoordtotaal:
    """The totals, which stand before any line; of a large answer what comes after them is not read. Raises XMLSyntaxError for what
    is no XML."""
    ingediend: int | None = None
    for element in _totals(inhoud):
        bedrag = read_signed(element)
        if element.tag.rpartition("}")[2] in _TOEGEKEND:
            return Antwoordtotaal(ingediend, bedrag)
        ingediend = bedrag
    return Antwoordtotaal(ingediend, None)


def _totals(inhoud: bytes) -> Iterator[Element]:
    """Elements of both totals, in their order."""
    if len(inhoud) <= _KLEIN:
        yield from etree.fromstring(inhoud, make_parser()).iter(*_BEIDE)
        return
    yield from iterate(inhoud, _BEIDE)
