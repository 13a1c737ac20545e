"""A report as a workbook: the table with number formats, and before it a sheet that says what it rests on and whether it ties.

Rows go to disk as they come, so memory does not grow with them.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, get_args

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from berichten.rapporten.uitvoer.tabel import Kolomsoort, Rapport, Telling, conclude, count_along, local_time, total_row

MEDIATYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MEESTE_RIJEN = 1_048_575
"""Rows that a sheet holds below its headings; what is more goes on in a next sheet."""
_FORMATEN: dict[str, dict[str, Any]] = {
    "kop": {"bold": True, "bottom": 1},
    "tekst": {"num_format": "@"},
    "geld": {"num_format": "#,##0.00;[Red]-#,##0.00"},
    "aantal": {"num_format": "#,##0"},
    "maand": {"num_format": "yyyy-mm", "align": "left"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"},
}
_FORMATEN |= {f"totaal {soort}": {**_FORMATEN[soort], "bold": True, "top": 1} for soort in get_args(Kolomsoort)}
_A4 = 9
"""Number of the paper size in a workbook."""
_BREEDTE: dict[Kolomsoort, int] = {"tekst": 20, "geld": 16, "aantal": 12, "maand": 12, "moment": 20}


def write_xlsx(rapport: Rapport, bestand: Path) -> Telling:
    """Write the workbook and return what its table adds up to."""
    telling = Telling()
    with Workbook(bestand, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as boek:
        formaten = {naam: boek.add_format(eigenschappen) for naam, eigenschappen in _FORMATEN.items()}
        verantwoording = boek.add_worksheet("Verantwoording")
        rijen, nummer = count_along(rapport, telling), 0
        volgende: tuple[Sequence[Any], ...] = ()
        per_blad = _MEESTE_RIJEN - rapport.totaalrij
        while volgende or nummer == 0:
            nummer += 1
            blad = boek.add_worksheet("Gegevens" if nummer == 1 else f"Gegevens {nummer}")
            geschreven = _write_table(blad, rapport, islice(chain(volgende, rijen), per_blad), formaten)
            volgende = tuple(islice(rijen, 1))
        if totaal := total_row(rapport, telling):
            _write_row(blad, geschreven + 1, totaal, _writers(rapport, formaten, vet=True))
        _write_basis(verantwoording, rapport, telling, formaten)
    return telling


def _write_table(blad: Worksheet, rapport: Rapport, rijen: Iterable[Sequence[Any]], formaten: dict[str, Format]) -> int:
    """Returns how many rows came below the headings."""
    blad.freeze_panes(1, 0)
    # Printed lying, one page wide, with the headings on every page.
    blad.set_landscape()
    blad.set_paper(_A4)
    blad.fit_to_pages(1, 0)
    blad.repeat_rows(0)
    blad.set_footer(f"&L{rapport.titel.replace('&', '&&')}&RBlad &P van &N")
    for index, kolom in enumerate(rapport.kolommen):
        blad.set_column(index, index, _BREEDTE[kolom.soort])
        blad.write_string(0, index, kolom.kop, formaten["kop"])
    schrijvers, nummer = _writers(rapport, formaten), 0
    for nummer, rij in enumerate(rijen, 1):
        _write_row(blad, nummer, rij, schrijvers)
    return nummer


def _writers(rapport: Rapport, formaten: dict[str, Format], vet: bool = False) -> list[tuple[Any, Format]]:
    """How each column is written; `vet` is that of the totals."""
    return [(_SCHRIJVERS[kolom.soort], formaten[f"totaal {kolom.soort}" if vet else kolom.soort]) for kolom in rapport.kolommen]


def _write_row(blad: Worksheet, nummer: int, rij: Sequence[Any], schrijvers: Sequence[tuple[Any, Format]]) -> None:
    for index, (waarde, (schrijf, formaat)) in enumerate(zip(rij, schrijvers, strict=True)):
        if waarde is not None:
            schrijf(blad, nummer, index, waarde, formaat)


def _write_basis(blad: Worksheet, rapport: Rapport, telling: Telling, formaten: dict[str, Format]) -> None:
    blad.set_column(0, 0, 38)
    blad.set_column(1, 1, 70)
    blad.write_string(0, 0, rapport.titel, formaten["kop"])
    for nummer, (kop, waarde) in enumerate(conclude(rapport, telling), 2):
        blad.write_string(nummer, 0, kop)
        if isinstance(waarde, int):
            blad.write_number(nummer, 1, waarde / 100, formaten["geld"])
        else:
            blad.write_string(nummer, 1, waarde)


# Texts are written as texts, never guessed at: what looks like a formula, a number or a link stays what it was.
_SCHRIJVERS: dict[Kolomsoort, Callable[[Worksheet, int, int, Any, Format], Any]] = {
    "tekst": lambda blad, rij, kolom, waarde, formaat: blad.write_string(rij, kolom, str(waarde), formaat),
    "geld": lambda blad, rij, kolom, waarde, formaat: blad.write_number(rij, kolom, waarde / 100, formaat),
    "aantal": lambda blad, rij, kolom, waarde, formaat: blad.write_number(rij, kolom, waarde, formaat),
    "maand": lambda blad, rij, kolom, waarde, formaat: blad.write_datetime(rij, kolom, waarde, formaat),
    "moment": lambda blad, rij, kolom, waarde, formaat: blad.write_datetime(rij, kolom, local_time(waarde), formaat),
}
