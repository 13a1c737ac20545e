"""A report as CSV for Dutch spreadsheets: semicolon, decimal comma, UTF-8 with BOM. Made as it is read, a few rows at a time."""

import csv
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from typing import Any

from berichten.rapporten.uitvoer.tabel import Kolomsoort, Rapport, Telling, count_along, in_euros, local_time, total_row

MEDIATYPE = "text/csv"
_BOM = "\ufeff"
_PER_DEEL = 2000
"""Rows that are put together before they go out."""
_FORMULE = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins so could be run by a spreadsheet as a formula."""


def write_csv(rapport: Rapport) -> Iterator[bytes]:
    """The bytes of the file, part by part; the first holds the headings, the last the total of a report that has one."""
    buffer = StringIO()
    schrijver = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    schrijver.writerow([kolom.kop for kolom in rapport.kolommen])
    cellen = [_CELLEN[kolom.soort] for kolom in rapport.kolommen]
    yield (_BOM + _take(buffer)).encode()
    telling = Telling()
    for nummer, rij in enumerate(count_along(rapport, telling), 1):
        schrijver.writerow(_cells(cellen, rij))
        if nummer % _PER_DEEL == 0:
            yield _take(buffer).encode()
    if totaal := total_row(rapport, telling):
        schrijver.writerow(_cells(cellen, totaal))
    yield _take(buffer).encode()


def _cells(cellen: Sequence[Callable[[Any], str]], rij: Sequence[Any]) -> list[str]:
    return ["" if waarde is None else cel(waarde) for cel, waarde in zip(cellen, rij, strict=True)]


def _take(buffer: StringIO) -> str:
    tekst = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return tekst


def guard_text(waarde: Any) -> str:
    """A text that no spreadsheet takes for a formula: one that begins like it gets an apostrophe before it."""
    tekst = str(waarde)
    return f"'{tekst}" if tekst.startswith(_FORMULE) else tekst


_CELLEN: dict[Kolomsoort, Callable[[Any], str]] = {
    "tekst": guard_text,
    "geld": in_euros,
    "aantal": str,
    "maand": lambda waarde: f"{waarde:%Y-%m}",
    "moment": lambda waarde: f"{local_time(waarde):%Y-%m-%d %H:%M:%S}",
}
