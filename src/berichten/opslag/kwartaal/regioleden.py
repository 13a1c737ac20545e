"""Members of regions as they were uploaded: every row is kept, and of one key the row that was loaded last counts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.referentie.klaarzetten import lock_table
from berichten.opslag.tabellen.sturen.regio import regio_gemeente

LEDEN = ("regio", "gemeente", "van", "tot", "mandaat", "besluit")
"""Columns of the file, in order."""


@dataclass(frozen=True, slots=True)
class Lidmaatschap:
    """A gemeente in a region, from its first to its last day; None: without an end."""

    regio: str
    gemeente: str
    van: date
    tot: date | None
    mandaat: str
    """`rapport`, or `contract`, which includes it."""

    def holds_on(self, dag: date) -> bool:
        """Whether it is a member on this day."""
        return self.van <= dag and (self.tot is None or dag <= self.tot)


def add_leden(verbinding: Connection, rijen: Iterable[Sequence[Any]], door: str, nu: datetime) -> None:
    """Keep rows in the order of LEDEN; `door`: who loaded them."""
    add_rows(verbinding, regio_gemeente, LEDEN, rijen, {"geladen_door": door, "geladen_op": nu})


def lock_leden(verbinding: Connection) -> None:
    """Let another file of members wait until the transaction ends."""
    lock_table(verbinding, regio_gemeente)


def list_memberships(verbinding: Connection, gemeenten: Collection[str]) -> list[Lidmaatschap]:
    """Those of these gemeenten in any region, by region, gemeente and first day."""
    return _VAN.all(verbinding, {"g": sorted(gemeenten)})


_VAN = Vraag(
    Lidmaatschap,
    """
    SELECT DISTINCT ON (regio, gemeente, van) {kolommen} FROM regio_gemeente
    WHERE gemeente = ANY(%(g)s::text[]) ORDER BY regio, gemeente, van, geladen_op DESC
    """,
)


def list_leden(verbinding: Connection, gemeente: str) -> list[Lidmaatschap]:
    """Of every region that this gemeente is or was in, by region, gemeente and first day; its own among them."""
    return _LEDEN.all(verbinding, {"g": gemeente})


_LEDEN = Vraag(
    Lidmaatschap,
    """
    SELECT DISTINCT ON (regio, gemeente, van) {kolommen} FROM regio_gemeente
    WHERE regio IN (SELECT regio FROM regio_gemeente WHERE gemeente = %(g)s)
    ORDER BY regio, gemeente, van, geladen_op DESC
    """,
)


def list_leden_of(verbinding: Connection, regio: str) -> list[Lidmaatschap]:
    """Of one region, by gemeente and first day."""
    return _REGIO.all(verbinding, {"r": regio})


def list_regionamen(verbinding: Connection) -> list[str]:
    """Of every region that was loaded."""
    return _NAMEN.all(verbinding)


_REGIO = Vraag(
    Lidmaatschap,
    """
    SELECT DISTINCT ON (gemeente, van) {kolommen} FROM regio_gemeente
    WHERE regio = %(r)s ORDER BY gemeente, van, geladen_op DESC
    """,
)
_NAMEN = Vraag(str, "SELECT DISTINCT regio FROM regio_gemeente ORDER BY regio")
