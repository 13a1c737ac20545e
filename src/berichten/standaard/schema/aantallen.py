"""What is counted in a file before anything parses it: more than a message can have costs more than a message may."""

import re
from collections.abc import Callable, Iterable

MAX_TAGS = 1_600_000
"""Most ``<`` in one file: the shortest valid lines give 1.55 million in 25 MB. A file of nothing but empty elements would
take forty times its size in memory."""
MAX_LEEG = 50_000
"""Most ``/>`` in one file: a message has no elements without contents, and they take the most memory for their bytes."""
MAX_ATTRIBUTEN = 100_000
"""Most ``=`` in one file. A message has attributes on its root only, and perhaps some in free text."""
MAX_VERWIJZINGEN = 50_000
"""Most of ``&``, ``<!`` and ``<?`` each: references, comments and CDATA cut a value in pieces, and for each next piece of a value
libxml2 copies all that came before."""
MAX_NAMEN = 500
"""Most different names of elements in one file, and of attributes; the largest message has fewer than a hundred. libxml2 keeps each
new name for as long as its thread lives."""

_BLOK = 1024 * 1024
_NAAM = re.compile(rb"<([^\s<>/!?][^\s<>/]*)")
_LANGSTE_NAAM = 64
"""Bytes before a `=` in which the name of an attribute is looked for."""
_OPNIEUW = "Laat het opnieuw maken"


def find_excess(inhoud: bytes) -> str | None:
    """What there is too much of in this file, in a sentence; None when all is within bounds. Costs no copy of the file."""
    if inhoud.count(b"<") > MAX_TAGS or inhoud.count(b"=") > MAX_ATTRIBUTEN:
        return f"Het bestand bevat meer elementen of attributen dan een iJw-bericht kan hebben. {_OPNIEUW}."
    if inhoud.count(b"/>") > MAX_LEEG:
        return f"Het bestand bevat meer dan {MAX_LEEG} lege elementen; in een iJw-bericht heeft elk element een inhoud. {_OPNIEUW}."
    if any(inhoud.count(teken) > MAX_VERWIJZINGEN for teken in (b"&", b"<!", b"<?")):
        return (
            f"Het bestand bevat meer dan {MAX_VERWIJZINGEN} verwijzingen (&…;), commentaren of CDATA-blokken."
            f" {_OPNIEUW}, met de tekens zelf in UTF-8."
        )
    if _has_many(inhoud, _element_names) or (inhoud.count(b"=") > MAX_NAMEN and _has_many(inhoud, _attribute_names)):
        return (
            f"Het bestand bevat meer dan {MAX_NAMEN} verschillende namen van elementen of attributen; in een iJw-bericht zijn dat"
            f" er minder dan honderd. {_OPNIEUW}."
        )
    return None


def _has_many(inhoud: bytes, names: Callable[[bytes], Iterable[bytes]]) -> bool:
    """Whether there are more than MAX_NAMEN different names. Looked for in blocks: one that is cut counts as one more."""
    namen: set[bytes] = set()
    for begin in range(0, len(inhoud), _BLOK):
        namen.update(names(inhoud[begin : begin + _BLOK]))
        if len(namen) > MAX_NAMEN:
            return True
    return False


def _element_names(blok: bytes) -> Iterable[bytes]:
    return _NAAM.findall(blok)


def _attribute_names(blok: bytes) -> Iterable[bytes]:
    """The word before each `=`, of which there are no more than MAX_ATTRIBUTEN; words in texts are among them."""
    return (deel[-_LANGSTE_NAAM:].split()[-1] for deel in blok.split(b"=") if not deel[-_LANGSTE_NAAM:].isspace() and deel)
