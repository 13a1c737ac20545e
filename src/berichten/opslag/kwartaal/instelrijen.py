"""Settings of a gemeente as they were loaded: every row is kept, and of one name and day the row that was loaded last counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.tabellen.sturen.instelling import instelling

INSTELLING = ("gemeente", "naam", "waarde", "vanaf", "besluit")
"""Columns of the file, in order."""


@dataclass(frozen=True, slots=True)
class Instelrij:
    """What a setting is from a day on; an empty `waarde` gives way to what is ordinary."""

    naam: str
    waarde: str
    vanaf: date
    besluit: str
    geladen_door: str
    geladen_op: datetime


_RIJEN = Vraag(
    Instelrij,
    """
    SELECT DISTINCT ON (naam, vanaf) {kolommen} FROM instelling
    WHERE gemeente = %(g)s AND geladen_op <= %(t)s ORDER BY naam, vanaf, geladen_op DESC
    """,
)


def add_instellingen(verbinding: Connection, rijen: Iterable[Sequence[Any]], door: str, nu: datetime) -> None:
    """Keep rows in the order of INSTELLING; `door`: who loaded them."""
    add_rows(verbinding, instelling, INSTELLING, rijen, {"geladen_door": door, "geladen_op": nu})


def list_instelrijen(verbinding: Connection, gemeente: str, moment: datetime) -> list[Instelrij]:
    """What was loaded by the moment, by name and from old to new."""
    return _RIJEN.all(verbinding, {"g": gemeente, "t": moment})
