"""Namespaces that name their release twice (`…/ijw/3_1/jw323/schema/3_1`), as those of 2.1 did, are read as those that name it
once, which is how all releases from 2.3 on are known."""

import re

_DUBBEL = re.compile(rb"(http://www\.istandaarden\.nl/ijw/([0-9]+_[0-9]+)/[a-z]+[0-9]*/schema)/\2(?=[\"'])")
_KOP = 8192
"""Bytes from the beginning that are looked at: the root element, with its namespaces, lies in there."""


def plain_namespaces(inhoud: bytes) -> bytes:
    """The message with the second release taken from its namespaces; the same bytes when there is none."""
    kop = inhoud[:_KOP]
    if not _DUBBEL.search(kop):
        return inhoud
    return _DUBBEL.sub(rb"\1", kop) + inhoud[_KOP:]


def plain_namespace(namespace: str) -> str:
    """The same of one namespace."""
    return _DUBBEL.sub(rb"\1", f'{namespace}"'.encode())[:-1].decode()
