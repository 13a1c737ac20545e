"""The key under which the access log names clients: a hash without one is undone in two minutes, there are too few numbers."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from berichten.fouten import Bedieningsfout
from berichten.opslag.basis.geheim import make_once

BESTAND = "inzagelog.sleutel"
LENGTE = 32


@lru_cache(maxsize=256)
def load_logsleutel(var: Path, geheim: str) -> bytes:
    """The key of this installation: that of its file, else one that follows from the key of its contents, else a new file.

    Read once a process. A file that is there goes before: a key for contents that is set later does not make the log unreadable.
    """
    pad = var / BESTAND
    if not pad.exists() and geheim:
        return hashlib.blake2b(geheim.encode(), digest_size=LENGTE, person=b"inzagelog").digest()
    sleutel = make_once(pad, os.urandom(LENGTE))
    if len(sleutel) != LENGTE:
        raise Bedieningsfout(f"{pad} hoort {LENGTE} bytes te hebben. Zet het bestand terug uit uw reservekopie.")
    return sleutel


def pseudonym(sleutel: bytes, gemeente: str, bsn: str) -> bytes:
    """16 bytes that stand for a client: in every gemeente others, so that their logs cannot be joined."""
    som = _begin(sleutel, gemeente).copy()
    som.update(bsn.encode())
    return som.digest()


@lru_cache(maxsize=1024)
def _begin(sleutel: bytes, gemeente: str) -> "hashlib.blake2b":
    """What is the same for every client of a gemeente, reckoned once: a list has many."""
    return hashlib.blake2b(key=sleutel, digest_size=16, person=gemeente.encode())
