"""The key under which the access log names clients: a hash without one is undone in two minutes, there are too few numbers."""

import hashlib
import os
import tempfile
from functools import lru_cache
from pathlib import Path

from berichten.fouten import Bedieningsfout

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
    if not pad.exists():
        _make(pad)
    sleutel = pad.read_bytes()
    if len(sleutel) != LENGTE:
        raise Bedieningsfout(f"{pad} hoort {LENGTE} bytes te hebben. Zet het bestand terug uit uw reservekopie.")
    return sleutel


def pseudonym(sleutel: bytes, gemeente: str, bsn: str) -> bytes:
    """16 bytes that stand for a client: in every gemeente others, so that their logs cannot be joined."""
    return hashlib.blake2b(bsn.encode(), key=sleutel, digest_size=16, person=gemeente.encode()).digest()


def _make(pad: Path) -> None:
    """Whole or not at all, and once: of processes that begin together the first one wins."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    nummer, tijdelijk = tempfile.mkstemp(dir=pad.parent)
    try:
        with os.fdopen(nummer, "wb") as bestand:
            bestand.write(os.urandom(LENGTE))
        os.link(tijdelijk, pad)
    except FileExistsError:
        pass
    finally:
        os.unlink(tijdelijk)
