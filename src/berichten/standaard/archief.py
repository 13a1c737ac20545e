"""ZIP files with messages: at most thirty messages of 25 MB each, as the national exchange allows."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from berichten.fouten import Invoerfout
from berichten.standaard.bestand import MAX_BYTES

MAX_BERICHTEN = 30


def is_zip(inhoud: bytes) -> bool:
    """Whether the bytes begin as a ZIP file does."""
    return inhoud[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def check_zip(zip_: bytes | Path, meeste: int | None = MAX_BERICHTEN) -> Invoerfout | None:
    """Why a ZIP (its bytes, or the file) cannot be taken in, if it cannot. `meeste` None allows any number of messages."""
    try:
        with _open(zip_) as archief:
            namen = _messages(archief)
    except (BadZipFile, LargeZipFile, ValueError):
        return _fault("Dit ZIP-bestand is beschadigd of niet volledig. Maak het opnieuw en stuur het nog een keer.")
    if not namen:
        return _fault("In dit ZIP-bestand staat geen bericht. Zet er een of meer XML-bestanden in.")
    if meeste is not None and len(namen) > meeste:
        return _fault(f"In dit ZIP-bestand staan {len(namen)} berichten; hooguit {meeste} mag. Verdeel ze over meer bestanden.")
    if any(item.flag_bits & 1 for item in namen):
        return _fault("Dit ZIP-bestand is met een wachtwoord beveiligd. Stuur het zonder wachtwoord.")
    te_groot = next((item for item in namen if item.file_size > MAX_BYTES), None)
    if te_groot is not None:
        return _fault("Een bericht in dit ZIP-bestand is groter dan 25 MB. Verdeel het over meer berichten.")
    return None


def count_zip(zip_: bytes | Path) -> int:
    """How many messages a ZIP holds; one, the ZIP itself, when `check_zip` finds it no good."""
    if check_zip(zip_, meeste=None) is not None:
        return 1
    with _open(zip_) as archief:
        return len(_messages(archief))


def read_zip(zip_: bytes | Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each message, in name order, of a ZIP that `check_zip` found good.

    No entry yields more than 25 MB and a byte, whatever its header claims: the check of the file then refuses it.
    """
    with _open(zip_) as archief:
        for item in _messages(archief):
            yield item.filename, _read_entry(archief, item)


def _read_entry(archief: ZipFile, item: ZipInfo) -> bytes:
    """The bytes of an entry; none when it is damaged or packed in a way that we do not know, and then it is refused as empty."""
    try:
        with archief.open(item) as bestand:
            return bestand.read(MAX_BYTES + 1)
    except (BadZipFile, EOFError, zlib.error, NotImplementedError):
        return b""


def _open(zip_: bytes | Path) -> ZipFile:
    return ZipFile(zip_ if isinstance(zip_, Path) else BytesIO(zip_))


def _messages(archief: ZipFile) -> list[ZipInfo]:
    """Entries that are files, in name order, without what a Mac adds."""
    eigen = (item for item in archief.infolist() if not item.is_dir() and not item.filename.startswith("__MACOSX/"))
    return sorted(eigen, key=lambda item: item.filename)


def _fault(melding: str) -> Invoerfout:
    return Invoerfout("", "ZIP", melding)
