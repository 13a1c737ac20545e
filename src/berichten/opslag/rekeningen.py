"""Bank accounts of aanbieders and of the gemeente itself. An account is never changed: a newer one takes its place."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, text

from berichten.regels.betaling import Rekening

EIGEN = ""
"""Stands in the place of an AGB code for the gemeente's own account."""


@dataclass(frozen=True, slots=True)
class Rekeningrij:
    """An account as it was recorded; both dates are inclusive."""

    rekening_id: int
    agb: str
    iban: str
    tenaamstelling: str
    ingangsdatum: date
    einddatum: date | None
    vastgelegd_door: str
    vastgelegd_op: datetime


_KOLOMMEN = ", ".join(Rekeningrij.__slots__)


def insert_rekening(
    verbinding: Connection,
    gemeente: str,
    agb: str,
    rekening: Rekening,
    periode: tuple[date, date | None],
    door: str,
    nu: datetime,
) -> Rekeningrij:
    """Record an account from the first day of `periode` up to and including the last (None: until a newer one begins)."""
    return Rekeningrij(
        *verbinding.execute(
            text(
                "INSERT INTO betaalrekening (gemeente, agb, iban, tenaamstelling, ingangsdatum, einddatum, vastgelegd_door,"  # noqa: S608
                " vastgelegd_op) VALUES (:g, :a, :iban, :naam, :van, :tot, :door, :nu)"
                f" RETURNING {_KOLOMMEN}"
            ),
            {"g": gemeente, "a": agb, "iban": rekening.iban, "naam": rekening.tenaamstelling, "van": periode[0],
             "tot": periode[1], "door": door, "nu": nu},
        ).one()
    )  # fmt: skip


def list_rekeningen(verbinding: Connection, gemeente: str, agb: str | None, voor: int | None, aantal: int) -> list[Rekeningrij]:
    """Accounts from the last recorded to the first, those before id `voor`."""
    rijen = verbinding.execute(
        text(
            f"SELECT {_KOLOMMEN} FROM betaalrekening WHERE gemeente = :g"  # noqa: S608
            " AND (cast(:a AS text) IS NULL OR agb = :a)"
            " AND (cast(:voor AS bigint) IS NULL OR rekening_id < :voor) ORDER BY rekening_id DESC LIMIT :n"
        ),
        {"g": gemeente, "a": agb, "voor": voor, "n": aantal},
    )
    return [Rekeningrij(*rij) for rij in rijen]


def load_rekeningen(verbinding: Connection, gemeente: str, dag: date) -> dict[str, Rekening]:
    """The account of every aanbieder on this day, and under EIGEN that of the gemeente; who has none is not in it."""
    rijen = verbinding.execute(
        text("""
            SELECT agb, iban, tenaamstelling FROM (
                SELECT DISTINCT ON (agb) agb, iban, tenaamstelling, einddatum FROM betaalrekening
                WHERE gemeente = :g AND ingangsdatum <= :dag
                ORDER BY agb, ingangsdatum DESC, rekening_id DESC
            ) AS laatste
            WHERE einddatum IS NULL OR einddatum >= :dag
        """),
        {"g": gemeente, "dag": dag},
    )
    return {agb: Rekening(iban, naam) for agb, iban, naam in rijen}
