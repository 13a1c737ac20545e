"""Mandates: who may send and read in the name of another aanbieder (a servicebureau for its customers), by gemeente and period.

A mandate is between AGB codes, not between keys: a new key of a servicebureau keeps what it may do.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, text


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


def insert_machtiging(
    verbinding: Connection, gemeente: str, gemachtigde: str, agb: str, begindatum: date, einddatum: date | None, nu: datetime
) -> int:
    """Keep a mandate; returns its number."""
    nummer: int = verbinding.execute(
        text(
            "INSERT INTO machtiging (gemeente, gemachtigde, agb, begindatum, einddatum, gemaakt_op)"
            " VALUES (:g, :m, :a, :b, :e, :nu) RETURNING nummer"
        ),
        {"g": gemeente, "m": gemachtigde, "a": agb, "b": begindatum, "e": einddatum, "nu": nu},
    ).scalar_one()
    return nummer


def has_machtiging(verbinding: Connection, gemeente: str, gemachtigde: str, agb: str, dag: date) -> bool:
    """Whether one may act for the other in this gemeente on this day."""
    return bool(
        verbinding.execute(
            text(
                "SELECT EXISTS (SELECT FROM machtiging WHERE gemeente = :g AND gemachtigde = :m AND agb = :a"
                " AND ingetrokken_op IS NULL AND begindatum <= :d AND (einddatum IS NULL OR einddatum >= :d))"
            ),
            {"g": gemeente, "m": gemachtigde, "a": agb, "d": dag},
        ).scalar()
    )


def list_machtigingen(verbinding: Connection) -> list[Machtiging]:
    """Every mandate, also those that are over."""
    rijen = verbinding.execute(
        text(f"SELECT {', '.join(Machtiging.__slots__)} FROM machtiging ORDER BY gemeente, gemachtigde, agb, begindatum")  # noqa: S608
    )
    return [Machtiging(*rij) for rij in rijen]


def revoke_machtiging(verbinding: Connection, nummer: int, nu: datetime) -> bool:
    """Withdraw a mandate; False when there is none with this number that still stands."""
    gedaan = verbinding.execute(
        text("UPDATE machtiging SET ingetrokken_op = :nu WHERE nummer = :n AND ingetrokken_op IS NULL"), {"n": nummer, "nu": nu}
    )
    return gedaan.rowcount > 0
