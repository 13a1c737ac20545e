"""Reference rows as their files write them: those in force, and what a file changes."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic.alias_generators import to_camel
from sqlalchemy.exc import DataError

from berichten.inzage.basis.bladzijde import Bladzijde, WijzerFout
from berichten.inzage.basis.kijker import Kijker
from berichten.kern.kalender import ALTIJD
from berichten.opslag.referentie.referentie import Doeltabel, Wijziging, cursor_of, list_rows
from berichten.opslag.toegang.inzagelog import list_bsns_of_toewijzingen

VAN_GEZINNEN = ("casusregie",)
"""Kinds that tell which team a family has: for contract management alone, and each look names whom it showed."""
Waarde = str | int | bool | None
Rij = dict[str, Waarde]
"""By the name of a column, in camelCase; None is empty: any, or open."""


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
    return read_page(kijker, tabel, grootte, volgende, peildatum=peildatum, agb=agb).each(_show)


def read_page(kijker: Kijker, tabel: Doeltabel, grootte: int, volgende: str | None, **vraag: Any) -> Bladzijde[dict[str, Any]]:
    """Rows as the database has them; `vraag` as `list_rows` takes it. Raises WijzerFout."""
    na = None if volgende is None else _read_cursor(tabel, volgende)
    try:
        with kijker.transaction() as (verbinding, vermelding):
            rijen = list_rows(verbinding, tabel, kijker.gemeente, grootte + 1, na=na, **vraag)
            getoond = rijen[:grootte]
            if tabel.naam in VAN_GEZINNEN:
                nummers = {rij["toewijzingnummer"] for rij in getoond}
                vermelding.shows("toewijzingen", list_bsns_of_toewijzingen(verbinding, kijker.gemeente, nummers))
            else:
                vermelding.shows_nobody()
    except DataError as fout:
        raise WijzerFout(tabel.naam) from fout
    return Bladzijde(getoond, _write_cursor(cursor_of(tabel, getoond[-1])) if len(rijen) > grootte else None)


def show_wijziging(tabel: Doeltabel, item: Wijziging) -> Rijwijziging:
    """A change with the names of its columns."""
    return Rijwijziging(
        item.regelnummer,
        _show(dict(zip(tabel.sleutel, item.sleutel, strict=True))),
        [Waardewijziging(to_camel(naam), _as_value(naam, oud), _as_value(naam, nieuw)) for naam, oud, nieuw in item.waarden],
    )


def _show(rij: Mapping[str, Any]) -> Rij:
    return {to_camel(naam): _as_value(naam, waarde) for naam, waarde in rij.items()}


def _as_value(kolom: str, waarde: Any) -> Waarde:
    """Dates and months as the file writes them; an empty text is no value, nor is the beginning of a period without one."""
    if isinstance(waarde, date) and waarde != ALTIJD:
        return waarde.isoformat()[:7] if kolom == "maand" else waarde.isoformat()
    value: Waarde = None if waarde in ("", ALTIJD) else waarde
    return value


def _write_cursor(plaats: list[str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(plaats).encode()).decode().rstrip("=")


def _read_cursor(tabel: Doeltabel, volgende: str) -> list[str]:
    try:
        plaats = json.loads(base64.urlsafe_b64decode(volgende + "=" * (-len(volgende) % 4)))
    except (binascii.Error, ValueError, RecursionError) as fout:
        raise WijzerFout(tabel.naam) from fout
    if not isinstance(plaats, list) or len(plaats) != len(tabel.sleutel) - 1 or not all(isinstance(item, str) for item in plaats):
        raise WijzerFout(tabel.naam)
    return plaats
