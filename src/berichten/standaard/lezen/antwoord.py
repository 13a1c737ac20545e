"""Reader of what an answer to a declaration states in all: of a JW325 (IV087) or a JW304 (IV056)."""

from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from berichten.standaard.lezen.velden import INTERN, read_signed

_INGEDIEND = frozenset({"TotaalIngediendBedrag", "IngediendTotaalBedrag"})
_TOEGEKEND = frozenset({"TotaalToegekendBedrag", "ToegekendTotaalBedrag"})


@dataclass(frozen=True, slots=True)
class Antwoordtotaal:
    """Signed eurocents; both None in an answer that is a header only, as to a JW323 that was rejected as a whole."""

    ingediend: int | None
    toegekend: int | None


def read_antwoordtotaal(inhoud: bytes) -> Antwoordtotaal:
    """The totals, which stand before any line; what comes after them is not read. Raises XMLSyntaxError for what is no XML."""
    ingediend: int | None = None
    for _, element in etree.iterparse(BytesIO(inhoud), resolve_entities=INTERN, no_network=True):
        naam = element.tag.rpartition("}")[2]
        if naam in _INGEDIEND:
            ingediend = read_signed(element)
        elif naam in _TOEGEKEND:
            return Antwoordtotaal(ingediend, read_signed(element))
    return Antwoordtotaal(ingediend, None)
