"""ZIP files with messages: at most thirty messages of 25 MB each, as the national exchange allows."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from berichten.fouten import Invoerfout
from berichten.standaard.bestand import MAX_BYTES

MAX_BERICHTEN = 30


def is_zip(inhoud: bytes) -> bool:
    """Whether the bytes begin as a ZIP file does."""
    return inhoud[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def check_zip(inhoud: bytes, meeste: int | None = MAX_BERICHTEN) -> Invoerfout | None:
    """Why a ZIP cannot be taken in, if it cannot. `meeste` None allows any number of messages."""
    try:
        with ZipFile(BytesIO(inhoud)) as archief:
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


def read_zip(inhoud: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each message, in name order, of a ZIP that `check_zip` found good.

    No entry yields more than 25 MB and a byte, whatever its header claims: the check of the file then refuses it.
    """
    with ZipFile(BytesIO(inhoud)) as archief:
        for item in _messages(archief):
            with archief.open(item) as bestand:
                try:
                    yield item.filename, bestand.read(MAX_BYTES + 1)
                except (BadZipFile, EOFError):
                    yield item.filename, b""


def _messages(archief: ZipFile) -> list[ZipInfo]:
    """Entries that are files, in name order, without what a Mac adds."""
    eigen = (item for item in archief.infolist() if not item.is_dir() and not item.filename.startswith("__MACOSX/"))
    return sorted(eigen, key=lambda item: item.filename)


def _fault(melding: str) -> Invoerfout:
    return Invoerfout("", "ZIP", melding)
