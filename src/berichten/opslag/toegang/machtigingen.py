"""Mandates: who may send and read in the name of another aanbieder (a servicebureau for its customers), by gemeente and period.

A mandate is between AGB codes, not between keys: a new key of a servicebureau keeps what it may do.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag


@dataclass(frozen=True, slots=True)
class Machtiging:
    """One mandate; its days are inclusive."""

    gemeente: str
    nummer: int
    gemachtigde: str
    """AGB code of who may act."""
    agb: str
    """AGB code of the aanbieder in whose name."""
    begindatum: date
    einddatum: date | None
    gemaakt_op: datetime
    ingetrokken_op: datetime | None


_NIEUW = Vraag(
    int,
    "INSERT INTO machtiging (gemeente, gemachtigde, agb, begindatum, einddatum, gemaakt_op)"
    " VALUES (%(g)s, %(m)s, %(a)s, %(b)s, %(e)s, %(nu)s) RETURNING nummer",
)
_GELDT = Vraag(
    int,
    """
    SELECT nummer FROM machtiging WHERE gemeente = %(g)s AND gemachtigde = %(m)s AND agb = %(a)s
        AND ingetrokken_op IS NULL AND begindatum <= %(d)s AND (einddatum IS NULL OR einddatum >= %(d)s)
    ORDER BY nummer LIMIT 1
    """,
)
_ALLE = Vraag(Machtiging, "SELECT {kolommen} FROM machtiging ORDER BY gemeente, gemachtigde, agb, begindatum")
_TREK_IN = Opdracht("UPDATE machtiging SET ingetrokken_op = %(nu)s WHERE nummer = %(n)s AND ingetrokken_op IS NULL")


def insert_machtiging(
    verbinding: Connection, gemeente: str, gemachtigde: str, agb: str, begindatum: date, einddatum: date | None, nu: datetime
) -> int:
    """Keep a mandate; returns its number."""
    return _NIEUW.read(verbinding, {"g": gemeente, "m": gemachtigde, "a": agb, "b": begindatum, "e": einddatum, "nu": nu})


def find_machtiging(verbinding: Connection, gemeente: str, gemachtigde: str, agb: str, dag: date) -> int | None:
    """Number of the mandate by which one may act for the other in this gemeente on this day; of more than one the first."""
    return _GELDT.one(verbinding, {"g": gemeente, "m": gemachtigde, "a": agb, "d": dag})


def list_machtigingen(verbinding: Connection) -> list[Machtiging]:
    """Every mandate, also those that are over."""
    return _ALLE.all(verbinding)


def revoke_machtiging(verbinding: Connection, nummer: int, nu: datetime) -> bool:
    """Withdraw a mandate; False when there is none with this number that still stands."""
    return _TREK_IN.run(verbinding, {"n": nummer, "nu": nu}) > 0
