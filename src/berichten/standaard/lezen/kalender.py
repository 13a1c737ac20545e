"""Dates and times that XML allows and no calendar of ours holds: which one stopped a reader, where, and what to write."""

import re

from lxml import etree

from berichten.fouten import Invoerfout
from berichten.standaard.lezen.velden import INTERN, Element

REGEL = "KALENDER"
"""Not the schema's: the message is valid, and yet nobody can say which day is meant."""
_VREEMD = re.compile(r"-?[0-9]{5,}-[0-9]{2}-[0-9]{2}|-[0-9]{4,}-[0-9]{2}-[0-9]{2}|24:00:00(\.0+)?")


def find_unreadable_date(inhoud: bytes) -> Invoerfout | None:
    """The first date or time in a valid message that no calendar holds, with its path and line; None when there is none."""
    boom: Element = etree.fromstring(inhoud, etree.XMLParser(resolve_entities=INTERN, no_network=True))
    for element in boom.iter(etree.Element):
        waarde = (element.text or "").strip()
        if len(element) == 0 and _VREEMD.fullmatch(waarde):
            regelnummer: int | None = element.sourceline
            return Invoerfout(_path_of(element), REGEL, f'{_name(element)} is "{waarde}". {_advise(waarde)}', regelnummer)
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
