"""A workbook (XLSX) as rows of text, as our CSV would have them. A workbook is a ZIP: what it unpacks to is bounded first.

A cell says whether it is a number or a date, so what a spreadsheet dropped from a code of fixed length can be put back: 484 as a
number under `gemeente` can only be 0484. Where that is not certain the cell is refused with what to do.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from berichten.kern.taal import telling
from berichten.processen.referentie.soorten import Bestandskolom
from berichten.processen.referentie.waarden import read_ja_nee, read_maand

MEDIATYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BEGIN = b"PK\x03\x04"
MEESTE_BYTES = 64 * 1024 * 1024
"""What all parts of a workbook together may unpack to."""
MEESTE_TEKENS, MEESTE_CELLEN = 1_000_000, 200_000
"""Tags and cells in all its parts together: the time and memory of reading go with these (measured: 4 s and 300 MB at most)."""
MEESTE_RIJEN = 100_000
MEESTE_KOLOMMEN = 60
_CEL = re.compile(rb"[<:]c[\s/>]")
_HELE_CIJFERS = 15
"""Digits of a number that a spreadsheet keeps."""
_ANDERS = "Sla het blad op als CSV (UTF-8) en laad dat bestand."


_BESCHADIGD = f"Deze werkmap is beschadigd en niet te lezen. {_ANDERS}"
_KAPOT = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, KeyError, ValueError, IndexError, TypeError, AttributeError, SyntaxError,
    OSError, EOFError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""Whatever a broken part makes the library raise: the workbook is not ours to mend."""


class GeenWerkmap(Exception):
    """A file that cannot be read as a workbook; the text says why, in Dutch."""


class OnleesbareCel(str):
    """A cell whose value is not certain; the text follows on the column's name and says why."""

    __slots__ = ()


def read_cells(inhoud: bytes) -> list[list[Any]]:
    """The values of the first sheet that can be seen, row by row from its first; empty cells are None. Raises GeenWerkmap."""
    _check_bounds(inhoud)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            boek = load_workbook(io.BytesIO(inhoud), read_only=True, data_only=True, keep_links=False)
            # A sheet that is hidden is not what its sender looks at.
            blad = next((item for item in boek.worksheets if item.sheet_state == "visible"), boek.worksheets[0])
            # What the sheet says of its own size need not be true.
            blad.reset_dimensions()
            rijen = [_trim(rij) for rij in islice(_rows(blad), MEESTE_RIJEN + 1)]
    except _KAPOT as fout:
        raise GeenWerkmap(_BESCHADIGD) from fout
    if len(rijen) > MEESTE_RIJEN:
        raise GeenWerkmap(f"Het eerste blad telt meer dan {telling(MEESTE_RIJEN, 'rij', 'rijen')}. {_ANDERS}")
    return rijen


def _rows(blad: Any) -> Iterator[Sequence[Any]]:
    rijen: Iterator[Sequence[Any]] = blad.iter_rows(max_col=MEESTE_KOLOMMEN, values_only=True)
    return rijen


def _trim(rij: Sequence[Any]) -> list[Any]:
    """A row without the empty cells after its last value."""
    lengte = next((plaats for plaats in range(len(rij), 0, -1) if rij[plaats - 1] is not None), 0)
    return list(rij[:lengte])


def _check_bounds(inhoud: bytes) -> None:
    """Unpack every part once and count, before anything looks at what it means; nothing is kept."""
    ruimte, tekens, cellen = MEESTE_BYTES, MEESTE_TEKENS, MEESTE_CELLEN
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            if "[Content_Types].xml" not in archief.namelist():
                raise GeenWerkmap("Dit is een ZIP-bestand en geen werkmap. Laad het CSV- of XLSX-bestand zelf, niet ingepakt.")
            for stuk in _unpack(archief):
                ruimte, tekens = ruimte - len(stuk), tekens - stuk.count(b"<")
                cellen -= sum(1 for _ in _CEL.finditer(stuk))
                if min(ruimte, tekens, cellen) < 0:
                    raise GeenWerkmap(f"Deze werkmap is uitgepakt te groot om te lezen. {_ANDERS}")
    except _KAPOT as fout:
        raise GeenWerkmap(_BESCHADIGD) from fout


def _unpack(archief: zipfile.ZipFile) -> Iterator[bytes]:
    """Every part, piece by piece. Entities and other encodings, in which they could hide, are in no workbook that a person made."""
    for deel in archief.infolist():
        if deel.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or deel.flag_bits & 1:
            raise GeenWerkmap(f"Deze werkmap is ingepakt of beveiligd op een manier die we niet lezen. {_ANDERS}")
        vorige, tekst = b"", deel.filename.endswith((".xml", ".rels"))
        with archief.open(deel) as bron:
            while stuk := bron.read(1 << 20):
                if tekst and (b"\0" in stuk or b"<!" in vorige[-1:] + stuk):
                    raise GeenWerkmap(f"Deze werkmap bevat een DOCTYPE of is geen UTF-8; die lezen we niet. {_ANDERS}")
                vorige = stuk
                yield stuk


def cell_text(waarde: Any, kolom: Bestandskolom | None = None) -> str:
    """A cell as our CSV writes it, under the column where it stands; `Onleesbaar` when its value is not certain."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return _as_ja_nee(waarde, kolom)
    if isinstance(waarde, (datetime, date)):
        return _as_day(waarde, kolom)
    if isinstance(waarde, (int, float)):
        return _as_number(waarde, kolom)
    if isinstance(waarde, time):
        return OnleesbareCel("is een tijd. Zet de kolom in het rekenprogramma op Tekst en typ de waarde opnieuw.")
    tekst = str(waarde)
    if tekst.startswith("#") and tekst.endswith(("!", "?", "/A")):
        return OnleesbareCel(f"is {tekst}: de formule in deze cel gaf geen uitkomst. Typ de waarde zelf.")
    return tekst


def _as_ja_nee(waarde: bool, kolom: Bestandskolom | None) -> str:
    if kolom is not None and kolom.lees is read_ja_nee:
        return "ja" if waarde else "nee"
    return "WAAR" if waarde else "ONWAAR"


def _as_day(waarde: datetime | date, kolom: Bestandskolom | None) -> str:
    """A day; under a column of months the month, when it is a first day, as a spreadsheet makes of 2026-04."""
    if kolom is not None and kolom.lees is read_maand and waarde.day == 1:
        return f"{waarde:%Y-%m}"
    if isinstance(waarde, datetime) and waarde.time() == time():
        return f"{waarde:%Y-%m-%d}"
    return waarde.isoformat(" ") if isinstance(waarde, datetime) else waarde.isoformat()


def _as_number(waarde: int | float, kolom: Bestandskolom | None) -> str:
    if isinstance(waarde, float) and not waarde.is_integer():
        return repr(waarde)
    heel = int(waarde)
    if abs(heel) >= 10**_HELE_CIJFERS:
        return OnleesbareCel(
            f"is een getal van meer dan {_HELE_CIJFERS} cijfers; een rekenprogramma laat de laatste vallen. Zet de kolom op Tekst"
            " en typ de waarde opnieuw."
        )
    cijfers = kolom.cijfers if kolom is not None else 0
    return f"{heel:0{cijfers}d}" if cijfers and heel > 0 else str(heel)
