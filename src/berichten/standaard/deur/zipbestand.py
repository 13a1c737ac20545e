"""ZIP files with messages: at most thirty messages of 25 MB each, as the national exchange allows.

A ZIP may claim anything and unpack to a thousand times its size, so everything is counted before anything is unpacked; zipfile
never gives more bytes of an entry than its header claims.
"""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from berichten.fouten import Invoerfout
from berichten.standaard.schema.bestand import MAX_BYTES, Onleesbaar

MAX_BERICHTEN = 30
MAX_UITGEPAKT = 50 * 1024 * 1024
"""Most bytes that the messages of one ZIP may be together."""
MAX_VERHOUDING = 200
"""How many times its packed size an entry may be: messages shrink to a twentieth, seldom to a hundredth."""
_ALTIJD_GOED = 1024 * 1024
"""Smaller entries may be packed as well as they like."""
_MEESTE_VERMELDINGEN = 10_000
"""Entries of any kind in a ZIP at the door: a list of a million names alone would fill the memory."""

_KOP = 30
"""Bytes of the header of an entry, without its name."""
_KAPOT = (BadZipFile, LargeZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, struct.error)
"""All that zipfile raises about what is in a file."""
_OFFICE = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}
_TOEGEVOEGD = {".ds_store", "thumbs.db", "desktop.ini"}
"""Files that a Mac or Windows puts in a folder by itself."""
_BESCHADIGD = "Dit ZIP-bestand is beschadigd of niet volledig. Maak het opnieuw en stuur het nog een keer."


def is_zip(inhoud: bytes) -> bool:
    """Whether the bytes begin as a ZIP file does."""
    return inhoud[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def check_zip(zip_: bytes | Path, meeste: int | None = MAX_BERICHTEN) -> Invoerfout | None:
    """Why a ZIP (its bytes, or the file) cannot be taken in, if it cannot. `meeste` None, for an operator's own archive, allows any
    number of messages and any size of them together."""
    if meeste is not None and isinstance(zip_, bytes) and zip_.count(b"PK\x01\x02") > _MEESTE_VERMELDINGEN:
        return _fault(f"In dit ZIP-bestand staan duizenden bestanden; hooguit {meeste} mag. Verdeel ze over meer bestanden.")
    try:
        with _open(zip_) as archief:
            alle, namen = archief.infolist(), _messages(archief)
    except _KAPOT:
        return _fault(_BESCHADIGD)
    if not _OFFICE.isdisjoint(item.filename for item in namen):
        return _fault(
            "Dit is een document (Excel, Word of LibreOffice) en geen ZIP met berichten. Stuur de berichten zelf, als XML."
        )
    if not namen:
        return _fault("In dit ZIP-bestand staat geen bericht. Zet er een of meer XML-bestanden in.")
    if meeste is not None and len(namen) > meeste:
        return _fault(f"In dit ZIP-bestand staan {len(namen)} berichten; hooguit {meeste} mag. Verdeel ze over meer bestanden.")
    if any(item.flag_bits & 1 for item in namen):
        return _fault("Dit ZIP-bestand is met een wachtwoord beveiligd. Stuur het zonder wachtwoord.")
    if _overlap(alle):
        return _fault(_BESCHADIGD)
    return _check_sizes(namen, None if meeste is None else MAX_UITGEPAKT)


def _check_sizes(namen: list[ZipInfo], samen: int | None) -> Invoerfout | None:
    if any(item.file_size > MAX_BYTES for item in namen):
        return _fault("Een bericht in dit ZIP-bestand is groter dan 25 MB. Verdeel het over meer berichten.")
    if samen is not None and sum(item.file_size for item in namen) > samen:
        return _fault(
            f"De berichten in dit ZIP-bestand zijn uitgepakt samen groter dan {samen // 1024 // 1024} MB."
            " Verdeel ze over meer ZIP-bestanden."
        )
    if any(item.file_size > max(_ALTIJD_GOED, MAX_VERHOUDING * item.compress_size) for item in namen):
        return _fault(
            f"Een bericht in dit ZIP-bestand wordt bij het uitpakken meer dan {MAX_VERHOUDING} keer zo groot; dat doet geen"
            " gewoon bericht. Stuur het los, als XML."
        )
    return None


def _overlap(alle: list[ZipInfo]) -> bool:
    """Whether entries share bytes: that is how a small ZIP claims to hold a large one many times."""
    rij = sorted(alle, key=lambda item: item.header_offset)
    return any(een.header_offset + _KOP + een.compress_size > ander.header_offset for een, ander in pairwise(rij))


def count_zip(zip_: bytes | Path) -> int:
    """How many messages a ZIP holds; one, the ZIP itself, when `check_zip` finds it no good."""
    if check_zip(zip_, meeste=None) is not None:
        return 1
    with _open(zip_) as archief:
        return len(_messages(archief))


def read_zip(zip_: bytes | Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each message, in name order, of a ZIP that `check_zip` found good.

    Names are told apart: the second `a.xml` is `a (2).xml`, also where only folders differ (`b/a.xml`, `b-a.xml`) or capitals.
    No entry yields more than 25 MB and a byte, whatever its header claims: the check of the file then refuses it.
    """
    with _open(zip_) as archief:
        namen: Counter[str] = Counter()
        for item in _messages(archief):
            yield _tell_apart(item.filename, namen), _read_entry(archief, item)


def _tell_apart(naam: str, eerder: Counter[str]) -> str:
    """The name, with a number when it would be taken for an earlier one; `eerder` counts them as a folder of answers holds them."""
    voor, punt, na = naam.rpartition(".")
    kop, staart = (voor, punt + na) if voor and "/" not in na else (naam, "")
    nummer, uniek = 1, naam
    while eerder[sleutel := uniek.replace("/", "-").casefold()]:
        eerder[sleutel] += 1
        nummer = max(nummer + 1, eerder[sleutel])
        uniek = f"{kop} ({nummer}){staart}"
    eerder[sleutel] = 1
    return uniek


def list_passed(zip_: bytes | Path) -> list[tuple[str, str]]:
    """Name of each file in a good ZIP that is not read as a message, with the reason in Dutch; nothing of one that is no good."""
    if check_zip(zip_, meeste=None) is not None:
        return []
    with _open(zip_) as archief:
        gelezen = {item.filename for item in _messages(archief)}
        return [
            (item.filename, "Dit heeft de computer van de afzender toegevoegd; het is geen bericht.")
            for item in archief.infolist()
            if not item.is_dir() and item.filename not in gelezen
        ]


def is_office(zip_: bytes | Path) -> bool:
    """Whether a ZIP is a document of Excel, Word or LibreOffice, which are ZIPs too."""
    try:
        with _open(zip_) as archief:
            return not _OFFICE.isdisjoint(archief.namelist())
    except _KAPOT:
        return False


def _read_entry(archief: ZipFile, item: ZipInfo) -> bytes:
    """The bytes of an entry; Onleesbaar, which the check of the file refuses, when it is damaged or packed in another way."""
    if item.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return Onleesbaar(
            "Dit bestand is in het ZIP-bestand ingepakt op een manier die deze dienst niet uitpakt. Maak een gewoon ZIP-bestand"
            " (deflate), zoals Windows het maakt."
        )
    try:
        with archief.open(item) as bestand:
            return bestand.read(MAX_BYTES + 1)
    except _KAPOT:
        return Onleesbaar("Dit bestand in het ZIP-bestand is beschadigd. Maak het ZIP-bestand opnieuw en stuur het nog een keer.")


def _open(zip_: bytes | Path) -> ZipFile:
    return ZipFile(zip_ if isinstance(zip_, Path) else BytesIO(zip_))


def _messages(archief: ZipFile) -> list[ZipInfo]:
    """Entries that are files, in name order, without what a Mac or Windows adds."""
    eigen = (item for item in archief.infolist() if not item.is_dir() and not _is_added(item.filename))
    return sorted(eigen, key=lambda item: item.filename)


def _is_added(naam: str) -> bool:
    bestand = naam.rsplit("/", 1)[-1]
    return naam.startswith("__MACOSX/") or bestand.startswith("._") or bestand.lower() in _TOEGEVOEGD


def _fault(melding: str) -> Invoerfout:
    return Invoerfout("", "ZIP", melding)
