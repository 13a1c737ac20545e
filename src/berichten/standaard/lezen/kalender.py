"""Dates, times and numbers that XML allows and nobody can read: which one stopped a reader, where, and what to write."""

import re
import sys

from lxml import etree

from berichten.fouten import Invoerfout
from berichten.standaard.lezen.velden import Element
from berichten.standaard.schema.ontleder import make_parser

REGEL = "KALENDER"
"""Not the schema's: the message is valid, and yet nobody can say which day is meant, or reads a number with so many noughts."""
_VREEMD = re.compile(r"-?[0-9]{5,}-[0-9]{2}-[0-9]{2}|-[0-9]{4,}-[0-9]{2}-[0-9]{2}|24:00:00(\.0+)?")


def find_unreadable(inhoud: bytes) -> Invoerfout | None:
    """The first value in a valid message that nobody can read: a date or time that no calendar holds, or a number of thousands of
    digits, with its path and line; None when there is none."""
    boom: Element = etree.fromstring(inhoud, make_parser(remove_comments=True))
    for element in boom.iter(etree.Element):
        waarde = (element.text or "").strip()
        melding = None if len(element) else _explain(_name(element), waarde)
        if melding is not None:
            regelnummer: int | None = element.sourceline
            return Invoerfout(_path_of(element), REGEL, melding, regelnummer)
    return None


def _explain(naam: str, waarde: str) -> str | None:
    if _VREEMD.fullmatch(waarde):
        return f'{naam} is "{waarde}". {_advise(waarde)}'
    cijfers = waarde.lstrip("+-")
    if cijfers.isdecimal() and 0 < sys.get_int_max_str_digits() < len(cijfers):
        return f"{naam} is een getal van {len(cijfers)} cijfers. Schrijf het zonder nullen ervoor."
    return None


def _advise(waarde: str) -> str:
    if waarde.startswith("24"):
        return "Schrijf middernacht als 00:00:00, met de datum van de dag die dan begint."
    return "Gebruik een jaartal van vier cijfers."


def _name(element: Element) -> str:
    return str(etree.QName(element).localname)


def _path_of(element: Element) -> str:
    """Names from the root, with a number where an element has siblings of its name."""
    stappen = []
    while element is not None:
        ouder = element.getparent()
        gelijken = [] if ouder is None else list(ouder.iterchildren(element.tag))
        stappen.append(_name(element) if len(gelijken) < 2 else f"{_name(element)}[{gelijken.index(element) + 1}]")
        element = ouder
    return "/".join(reversed(stappen))
