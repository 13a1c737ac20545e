"""Reference rows as their files write them: those in force, and what a file changes."""

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from pydantic.alias_generators import to_camel
from sqlalchemy import Connection
from sqlalchemy.exc import DataError

from berichten.inzage.basis.bladzijde import Bladzijde, WijzerFout
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.vermelding import Vermelding
from berichten.kern.kalender import ALTIJD
from berichten.opslag.referentie.referentie import Doeltabel, Wijziging, cursor_of, list_rows
from berichten.opslag.toegang.inzagelog import list_bsns_of_toewijzingen
from berichten.standaard.waarden.bsn import cover

Waarde = str | int | bool | None
Rij = dict[str, Waarde]
"""By the name of a column, in camelCase; None is empty: any, or open."""
_AANTAL = re.compile("[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Waardewijziging:
    """What changes in one column."""

    kolom: str
    was: Waarde
    wordt: Waarde


@dataclass(frozen=True, slots=True)
class Rijwijziging:
    """A loaded row that a file changes: the line of the file, the key of the row and what becomes otherwise."""

    regelnummer: int
    sleutel: Rij
    waarden: list[Waardewijziging]


def list_rijen(
    kijker: Kijker, tabel: Doeltabel, peildatum: date | None, agb: str | None, grootte: int, volgende: str | None
) -> Bladzijde[Rij]:
    """Rows by key, in force on `peildatum` or all; with `agb` those that hold for that aanbieder. Raises WijzerFout."""
    return read_page(kijker, tabel, grootte, volgende, peildatum=peildatum, agb=agb).each(partial(_show, tabel))


def read_page(kijker: Kijker, tabel: Doeltabel, grootte: int, volgende: str | None, **vraag: Any) -> Bladzijde[dict[str, Any]]:
    """Rows as the database has them; `vraag` as `list_rows` takes it. Raises WijzerFout."""
    na, overslaan = (None, 0) if volgende is None else _read_cursor(tabel, volgende)
    try:
        with kijker.transaction() as (verbinding, vermelding):
            rijen = list_rows(verbinding, tabel, kijker.gemeente, grootte + 1, na=na, overslaan=overslaan, **vraag)
            getoond = rijen[:grootte]
            _log_families(kijker, verbinding, vermelding, tabel, getoond)
    except DataError as fout:
        raise WijzerFout(tabel.naam) from fout
    return Bladzijde(getoond, _write_cursor(tabel, getoond, na, overslaan) if len(rijen) > grootte else None)


def show_wijzigingen(kijker: Kijker, tabel: Doeltabel, items: Sequence[Wijziging]) -> list[Rijwijziging]:
    """Changes with the names of their columns. They tell what was loaded: of families that is a look like any other."""
    sleutels = [dict(zip(tabel.sleutel, item.sleutel, strict=True)) for item in items]
    with kijker.transaction() as (verbinding, vermelding):
        _log_families(kijker, verbinding, vermelding, tabel, sleutels)
    return [
        Rijwijziging(
            item.regelnummer,
            _show(tabel, sleutel),
            [Waardewijziging(to_camel(naam), _as_value(naam, oud), _as_value(naam, nieuw)) for naam, oud, nieuw in item.waarden],
        )
        for item, sleutel in zip(items, sleutels, strict=True)
    ]


def _log_families(
    kijker: Kijker, verbinding: Connection, vermelding: Vermelding, tabel: Doeltabel, rijen: Iterable[Mapping[str, Any]]
) -> None:
    """What is about one family is about the client of its allocation; other rows are numbers and names, and nobody in them."""
    nummers = {rij["toewijzingnummer"] for rij in rijen} if "toewijzingnummer" in tabel.sleutel and tabel.van_gezinnen else set()
    if nummers:
        vermelding.shows("toewijzingen", list_bsns_of_toewijzingen(verbinding, kijker.gemeente, nummers))
    else:
        vermelding.shows_nobody()


def _show(tabel: Doeltabel, rij: Mapping[str, Any]) -> Rij:
    return {to_camel(naam): _as_value(naam, cover(waarde) if naam in tabel.bedekt else waarde) for naam, waarde in rij.items()}


def _as_value(kolom: str, waarde: Any) -> Waarde:
    """Dates and months as the file writes them; an empty text is no value, nor is the beginning of a period without one."""
    if isinstance(waarde, date) and waarde != ALTIJD:
        return waarde.isoformat()[:7] if kolom == "maand" else waarde.isoformat()
    value: Waarde = None if waarde in ("", ALTIJD) else waarde
    return value


def _write_cursor(tabel: Doeltabel, getoond: list[dict[str, Any]], na: list[str] | None, overslaan: int) -> str:
    """Where the next page begins. A number that is covered stands in no cursor: how many rows of its allocation were shown does."""
    plaats = cursor_of(tabel, getoond[-1])
    if tabel.bedekt:
        getoond_daar = sum(cursor_of(tabel, rij) == plaats for rij in getoond)
        plaats = [*plaats, str(getoond_daar + (overslaan if plaats == na else 0))]
    return base64.urlsafe_b64encode(json.dumps(plaats).encode()).decode().rstrip("=")


def _read_cursor(tabel: Doeltabel, volgende: str) -> tuple[list[str], int]:
    """The place of a row, and how many rows of that place were shown."""
    try:
        plaats = json.loads(base64.urlsafe_b64decode(volgende + "=" * (-len(volgende) % 4)))
    except (binascii.Error, ValueError, RecursionError) as fout:
        raise WijzerFout(tabel.naam) from fout
    if not isinstance(plaats, list) or not all(isinstance(item, str) for item in plaats):
        raise WijzerFout(tabel.naam)
    overslaan = plaats.pop() if tabel.bedekt and plaats else "0"
    if len(plaats) != len(tabel.plaats) or not _AANTAL.fullmatch(overslaan):
        raise WijzerFout(tabel.naam)
    return plaats, int(overslaan)
