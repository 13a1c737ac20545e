"""Parsers for what comes from outside. It is UTF-8, whatever it says of itself: what was looked at is then what is read."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Literal

from lxml import etree

INTERN: Any = "internal"
"""How entities are resolved; never False together with a schema: that makes libxml2 pass over text that is not XML, such as a loose
ampersand, and lines would be lost. Entities can only come from a DOCTYPE, and `check_bestand` refuses those beforehand."""
_VEILIG: dict[str, Any] = {"encoding": "utf-8", "no_network": True, "load_dtd": False, "huge_tree": False}


def make_parser(*, entities: Any = INTERN, **hoe: Any) -> etree.XMLParser:
    """One that takes a whole file; `hoe` as lxml has it."""
    return etree.XMLParser(resolve_entities=entities, **_VEILIG, **hoe)


def make_pull_parser(event: Literal["start", "end"], *, entities: Any = INTERN, **hoe: Any) -> Any:
    """One that is fed bite by bite."""
    return etree.XMLPullParser(events=(event,), resolve_entities=entities, **_VEILIG, **hoe)


def iterate(inhoud: bytes, tags: Sequence[str]) -> Iterator[Any]:
    """Elements with these tags, each as it ends."""
    for _, element in etree.iterparse(BytesIO(inhoud), tag=tags, resolve_entities=INTERN, **_VEILIG):
        yield element
