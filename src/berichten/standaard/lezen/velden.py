"""Values of elements, whatever their prefix: what all readers share. Names of elements stay in the readers."""

from datetime import date, time
from typing import Any

from berichten.standaard.waarden.onderdelen import Header, Omvang, Product

Element = Any
"""An lxml element; lxml's classes are made at run time and tell a type checker nothing."""


def find_child(element: Element, naam: str) -> Element | None:
    """The child of this local name, in whichever namespace."""
    return next(element.iterchildren(f"{{*}}{naam}"), None)


_GROOTSTE_REGEL = 65_535


def line_of(element: Element) -> int:
    """The line of the file on which the start tag of an element with child elements ends, counted from 1.

    Beyond line 65,535 libxml2 gives the line of the white space inside the element, and that of its end; so its line ends come off
    again. Only a comment of several lines right behind the start tag, that far in a file, still shifts it.
    """
    regel: int = element.sourceline
    return regel - element.text.count("\n") if regel >= _GROOTSTE_REGEL and element.text else regel


def read_text(element: Element, *pad: str) -> str | None:
    """Text of the element at a path of local names; None where a step is absent."""
    for naam in pad:
        element = find_child(element, naam)
        if element is None:
            return None
    tekst: str | None = element.text
    return tekst


def read_required(element: Element, *pad: str) -> str:
    """Text of an element that a valid message has. Raises ValueError when it is not there."""
    tekst = read_text(element, *pad)
    if tekst is None:
        raise ValueError(f"{'/'.join(pad)} ontbreekt: eerst valideren tegen het XSD")
    return tekst


def list_children(element: Element, naam: str) -> list[Element]:
    """Elements inside the child of this name; none when it is absent."""
    omhullend = find_child(element, naam)
    return [] if omhullend is None else list(omhullend)


def read_date(tekst: str) -> date:
    """A date as the schemas write it. Raises ValueError for one beyond our calendar."""
    return date.fromisoformat(tekst.strip())


def read_time(tekst: str) -> time:
    """A time as it stands; libxml2 lets a time zone through that the standard does not have, and it is left out."""
    return time.fromisoformat(tekst.strip()).replace(tzinfo=None)


def read_optional_date(tekst: str | None) -> date | None:
    """A date that may be absent."""
    return None if tekst is None else read_date(tekst)


def read_optional_int(tekst: str | None) -> int | None:
    """A number that may be absent."""
    return None if tekst is None else int(tekst)


def read_signed(element: Element) -> int:
    """A CDT_(Totaal)BedragMetDC in cents, negative for credit."""
    centen = int(element[0].text)
    return -centen if element[1].text == "C" else centen


def read_header(element: Element) -> Header:
    """The header of a message that a sender may post."""
    return Header(
        read_required(element, "Afzender"),
        read_required(element, "Ontvanger"),
        read_required(element, "BerichtIdentificatie", "Identificatie"),
        read_date(read_required(element, "BerichtIdentificatie", "Dagtekening")),
        read_required(element, "XsdVersie", "BasisschemaXsdVersie"),
        read_required(element, "XsdVersie", "BerichtXsdVersie"),
    )


def read_product(element: Element) -> Product | None:
    """The Product of a class; None where it has none."""
    categorie = read_text(element, "Product", "Categorie")
    return None if categorie is None else Product(categorie, read_text(element, "Product", "Code"))


def read_omvang(element: Element) -> Omvang | None:
    """The Omvang of a class; None where it has none."""
    volume = read_text(element, "Omvang", "Volume")
    if volume is None:
        return None
    return Omvang(int(volume), read_required(element, "Omvang", "Eenheid"), read_required(element, "Omvang", "Frequentie"))
