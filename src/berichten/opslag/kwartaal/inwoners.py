"""Numbers of jeugdigen as they were uploaded: every row is kept, and of one key the row that was loaded last counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.tabellen.sturen.opgaven import jeugdigen

JEUGDIGEN = ("gemeente", "jaar", "leeftijd_van", "leeftijd_tot", "aantal", "peildatum", "bron")
"""Columns of the file, in order."""


@dataclass(frozen=True, slots=True)
class Leeftijdsgroep:
    """How many of these ages, both included, lived in a gemeente on 1 January of a year."""

    gemeente: str
    jaar: int
    leeftijd_van: int
    leeftijd_tot: int
    aantal: int
    geladen_op: datetime


def add_jeugdigen(verbinding: Connection, rijen: Iterable[Sequence[Any]], door: str, nu: datetime) -> None:
    """Keep rows in the order of JEUGDIGEN; `door`: who loaded them."""
    add_rows(verbinding, jeugdigen, JEUGDIGEN, rijen, {"geladen_door": door, "geladen_op": nu})


def list_jeugdigen(
    verbinding: Connection, gemeenten: Sequence[str], jaren: Sequence[int], moment: datetime
) -> list[Leeftijdsgroep]:
    """What was loaded of these years by the moment."""
    return _JEUGDIGEN.all(verbinding, {"g": list(gemeenten), "j": list(jaren), "t": moment})


_JEUGDIGEN = Vraag(
    Leeftijdsgroep,
    """
    SELECT DISTINCT ON (gemeente, jaar, leeftijd_van, leeftijd_tot) {kolommen} FROM jeugdigen
    WHERE gemeente = ANY(%(g)s) AND jaar = ANY(%(j)s) AND geladen_op <= %(t)s
    ORDER BY gemeente, jaar, leeftijd_van, leeftijd_tot, geladen_op DESC
    """,
)
