"""The table of elements of JW303 and JW304 3.0 as a judge of messages.

Drawn from the published model. Reads `elementen.csv`, `datatypes.csv` and the code lists, and no schema of anyone: presence,
order and number of elements, kind, length, range and pattern of values, and codes. One fact comes from the readme beside the
table: text without a list of codes holds at least one character.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lxml import etree

SPACE = " \t\r\n"
"""White space as XML counts it."""
_DATUM = re.compile(r"-?(?P<jaar>[1-9][0-9]{4,}|[0-9]{4})-(?P<maand>[0-9]{2})-(?P<dag>[0-9]{2})")
_LUS = "([.\\s]*\\S+[.\\s]*)+"
_GELIJK = {_LUS: r"[\s\S]*\S[\s\S]*"}
"""Patterns that Python may take forever on, and what they come down to."""

Regel = dict[str, str]


@dataclass(frozen=True)
class Eis:
    """What one row asks of a value."""

    basistype: str
    max_lengte: int | None
    bereik: tuple[int, int] | None
    patronen: tuple[re.Pattern[str], ...]
    codes: frozenset[str]

    def is_met(self, waarde: str) -> bool:
        if self.basistype != "string":
            waarde = re.sub(f"[{SPACE}]+", " ", waarde).strip(" ")
        soort = {"string": self._is_tekst, "integer": self._is_getal, "date": _is_datum}[self.basistype]
        return soort(waarde) and all(patroon.fullmatch(waarde) for patroon in self.patronen)

    def _is_tekst(self, waarde: str) -> bool:
        if self.codes:
            return waarde in self.codes
        return len(waarde) >= 1 and (self.max_lengte is None or len(waarde) <= self.max_lengte)

    def _is_getal(self, waarde: str) -> bool:
        if not re.fullmatch(r"[+-]?[0-9]+", waarde):
            return False
        return self.bereik is None or self.bereik[0] <= int(waarde) <= self.bereik[1]


@dataclass
class Deel:
    """One element of the table with the elements in it."""

    tag: str
    minimum: int
    maximum: int | None
    eisen: tuple[Eis, ...] = ()
    """Both rows count, that of the element and that of its type; none for an element with children."""
    kinderen: list["Deel"] = field(default_factory=list)
    beoordeeld: dict[str, bool] = field(default_factory=dict)
    """Values seen before: nearly all mutants share them."""

    def allows(self, waarde: str) -> bool:
        """Whether the element may hold this value."""
        if waarde not in self.beoordeeld:
            self.beoordeeld[waarde] = all(eis.is_met(waarde) for eis in self.eisen)
        return self.beoordeeld[waarde]


def read_tabel(gedeeld: Path, naam: str, namespaces: tuple[str, str]) -> Deel:
    """The root of message `naam`; `namespaces` are those of the message and of the basisschema, which the table does not name.

    What stands in a composite type belongs to the basisschema, all else to the message.
    """
    map_ = gedeeld / "ijw-303"
    typen = {rij["datatype"]: rij for rij in _read(map_ / "datatypes.csv")}
    delen: dict[str, Deel] = {}
    samengesteld: dict[str, bool] = {}
    for rij in sorted(
        (rij for rij in _read(map_ / "elementen.csv") if rij["bericht"] == naam),
        key=lambda rij: (rij["pad"].count("/"), int(rij["volgorde"])),
    ):
        boven = rij["pad"].rpartition("/")[0]
        tag = f"{{{namespaces[samengesteld.get(boven, False)]}}}{rij['element']}"
        deel = Deel(tag, int(rij["min"]), None if rij["max"] == "*" else int(rij["max"]))
        if rij["basistype"] not in ("klasse", "samengesteld"):
            deel.eisen = tuple(_read_eis(gedeeld, bron, typen[rij["datatype"]]) for bron in (rij, typen[rij["datatype"]]))
        delen[rij["pad"]], samengesteld[rij["pad"]] = deel, rij["basistype"] == "samengesteld"
        if boven:
            delen[boven].kinderen.append(deel)
    return delen["Bericht"]


def _read(pad: Path) -> list[Regel]:
    with pad.open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand, delimiter=";"))


def _read_eis(gedeeld: Path, rij: Regel, datatype: Regel) -> Eis:
    """`lengte` holds a longest length or, in the table of elements, a range."""
    bereik = rij.get("bereik") or (rij["lengte"] if ".." in rij["lengte"] else "")
    laagst, _, hoogst = bereik.partition("..")
    return Eis(
        basistype=rij["basistype"],
        max_lengte=int(rij["lengte"].removeprefix("max ")) if rij["lengte"].startswith("max ") else None,
        bereik=(int(laagst), int(hoogst)) if bereik else None,
        patronen=tuple(_compile(patroon) for patroon in rij["patroon"].split(" EN ") if patroon),
        codes=_read_codes(gedeeld, datatype["codelijst"]),
    )


def _compile(patroon: str) -> re.Pattern[str]:
    """A pattern of XSD: there a dot outside a list is no line break, and white space is that of XML."""
    punt = patroon if "\\." in patroon else patroon.replace(".", r"[^\n\r]")
    return re.compile(_GELIJK.get(patroon, punt), re.ASCII)


def _read_codes(gedeeld: Path, codelijst: str) -> frozenset[str]:
    """The codes of a closed list; none when the type names no list or one that is kept elsewhere."""
    if not codelijst or "geen enumeratie" in codelijst:
        return frozenset()
    naam = codelijst.partition(":")[0]
    eigen = sorted((gedeeld / "ijw-303" / "codelijsten").glob(f"{naam}_*.csv"))
    pad = eigen[0] if eigen else gedeeld / "ijw-3.2" / "codelijsten" / f"{naam}.csv"
    return frozenset(rij["code"] for rij in _read(pad))


def _is_datum(waarde: str) -> bool:
    delen = _DATUM.fullmatch(waarde)
    if not delen or int(delen["jaar"]) == 0:
        return False
    try:
        # The calendar repeats every 400 years; Python knows no year beyond 9999.
        date(2000 + int(delen["jaar"]) % 400, int(delen["maand"]), int(delen["dag"]))
    except ValueError:
        return False
    return True


def accepts(bericht: etree._Element, tabel: Deel) -> bool:
    """Whether the table allows this message. Comments and instructions must have been left out on reading."""
    return bericht.tag == tabel.tag and _fits(bericht, tabel)


def _fits(element: etree._Element, deel: Deel) -> bool:
    if element.attrib:
        return False
    if deel.eisen:
        return len(element) == 0 and deel.allows(element.text or "")
    tussen = (element.text, *(kind.tail for kind in element))
    return not any(tekst and tekst.strip(SPACE) for tekst in tussen) and _fit_kinderen(element, deel)


def _fit_kinderen(element: etree._Element, deel: Deel) -> bool:
    over = list(element)[::-1]
    for kind in deel.kinderen:
        aantal = 0
        while over and over[-1].tag == kind.tag:
            if not _fits(over.pop(), kind):
                return False
            aantal += 1
        if aantal < kind.minimum or (kind.maximum is not None and aantal > kind.maximum):
            return False
    return not over


def build(deel: Deel, prefixen: dict[str, str], *, vol: bool) -> etree._Element:
    """A message as the table describes it: with `vol` all that may stand in it and two of what repeats, else only what must."""
    element = etree.Element(deel.tag, nsmap=prefixen)
    if deel.eisen:
        element.text = next(waarde for waarde in proefwaarden(deel) if deel.allows(waarde))
    for kind in deel.kinderen:
        for _ in range(1 + (kind.maximum is None) if vol else kind.minimum):
            element.append(build(kind, prefixen, vol=vol))
    return element


VOORBEELDEN = ("1", "A1", "432", "433", "3", "0", "0484", "42420001", "999900006", "2020-11-30", "1.0.0", "NL999900006B01")
SERVICEBUREAUS = (
    *("00000000", "98000000", "98000001", "98000009", "98000010", "98000099", "98000100", "98000999", "98001000"),
    *("98009999", "98010000", "98099999", "98100000", "98999999", "99000001", "97999999", "9800001", "980000001"),
)
"""Both sides of every branch of the pattern for codes of a servicebureau."""


def proefwaarden(deel: Deel) -> Iterator[str]:
    """Plain values, every code, and values at and beside every limit that the table names."""
    yield from (*VOORBEELDEN, *SERVICEBUREAUS)
    for eis in deel.eisen:
        yield from sorted(eis.codes)
        grenzen = [grens for grens in (eis.max_lengte, *(eis.bereik or ())) if grens is not None]
        yield from (str(grens + stap) for grens in grenzen for stap in (-1, 0, 1))
        if eis.max_lengte is not None:
            yield from ("x" * (eis.max_lengte + stap) for stap in (-1, 0, 1))


def walk(deel: Deel) -> Iterator[Deel]:
    """The element and all below it, in the order of a full message with one of each."""
    yield deel
    for kind in deel.kinderen:
        yield from walk(kind)
