"""Files with a secret that the service makes for itself: whole or not at all, and once, whoever begins at the same time."""

import os
import tempfile
from pathlib import Path


def make_once(pad: Path, inhoud: bytes) -> bytes:
    """What stands in the file, which is made with `inhoud` when it is not there; readable to its owner only."""
    if not pad.exists():
        _make(pad, inhoud)
    return pad.read_bytes()


def _make(pad: Path, inhoud: bytes) -> None:
    pad.parent.mkdir(parents=True, exist_ok=True)
    nummer, tijdelijk = tempfile.mkstemp(dir=pad.parent)
    try:
        with os.fdopen(nummer, "wb") as bestand:
            bestand.write(inhoud)
            bestand.flush()
            os.fsync(nummer)
        os.link(tijdelijk, pad)
    except FileExistsError:
        pass
    finally:
        os.unlink(tijdelijk)
