"""The code lists of the standard, as the schemas in use hold them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from berichten.standaard.uitleg.model import XS

_VOORVOEGSEL = "LDT_"


@dataclass(frozen=True, slots=True)
class Codelijst:
    """One list: what it is about, and the meaning of each code, both in Dutch; empty where the schema does not say."""

    naam: str
    """Name of the type in the schema, in small letters: `retourcode` for LDT_RetourCode."""
    omschrijving: str
    codes: dict[str, str]


@cache
def read_codelijsten(map_: Path, release: str) -> dict[str, Codelijst]:
    """Every list of one release in a folder laid out like `xsd/`, by name.

    Raises OSError or lxml's errors when a schema cannot be read.
    """
    lezer = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    lijsten: dict[str, Codelijst] = {}
    for pad in sorted((map_ / "ijw" / release).glob("*.xsd")):
        for type_ in etree.parse(pad, lezer).iter(f"{XS}simpleType"):
            codes = {code.get("value", ""): _documentation(code) for code in type_.iterfind(f"{XS}restriction/{XS}enumeration")}
            naam = (type_.get("name") or "").removeprefix(_VOORVOEGSEL).lower()
            if naam and codes:
                lijsten[naam] = Codelijst(naam, _documentation(type_), codes)
    return dict(sorted(lijsten.items()))


def _documentation(node: etree._Element) -> str:
    return " ".join((node.findtext(f"{XS}annotation/{XS}documentation") or "").split())
