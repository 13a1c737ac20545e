"""Payment blocks: what was awarded and may not be paid yet, with who set and lifted each. A block is never deleted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Blokkade:
    """A block on one line, or with `prestatie_id` None on all that is owed to an aanbieder."""

    blokkade_id: int
    agb: str
    prestatie_id: int | None
    reden: str
    ingesteld_door: str
    ingesteld_op: datetime
    opgeheven_op: datetime | None
    opgeheven_door: str | None


@dataclass(frozen=True, slots=True)
class Betaalstand:
    """Where a line stands on its way to being paid."""

    agb: str
    uitkomst: str
    aantal_boekingen: int
    aantal_betaald: int
    """Entries in an approved run."""


_KOLOMMEN = ", ".join(Blokkade.__slots__)


def lock_betalingen(verbinding: Connection, gemeente: str) -> None:
    """Keep others from changing blocks and runs of this gemeente until the transaction ends."""
    verbinding.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:slot, 0))"), {"slot": f"betalingen {gemeente}"})


def knows_aanbieder(verbinding: Connection, gemeente: str, agb: str) -> bool:
    """Whether this gemeente has anything to do with this aanbieder."""
    return bool(
        verbinding.execute(
            text(
                "SELECT EXISTS (SELECT FROM aanbieder WHERE gemeente = :g AND agb = :a)"
                " OR EXISTS (SELECT FROM toewijzing WHERE gemeente = :g AND agb = :a)"
                " OR EXISTS (SELECT FROM prestatie WHERE gemeente = :g AND agb = :a AND referentie_gebruikt)"
            ),
            {"g": gemeente, "a": agb},
        ).scalar()
    )


def find_betaalstand(verbinding: Connection, gemeente: str, prestatie_id: int) -> Betaalstand | None:
    """How far the payment of a line is; None when there is no such line."""
    rij = verbinding.execute(
        text("""
            SELECT p.agb, p.uitkomst, count(j.boeking), count(r.run_id)
            FROM prestatie p
            LEFT JOIN journaal j ON j.gemeente = p.gemeente AND j.prestatie_id = p.prestatie_id
            LEFT JOIN (betaalregel l JOIN betaalrun r USING (gemeente, run_id)) ON l.gemeente = j.gemeente
                AND l.prestatie_id = j.prestatie_id AND l.boeking = j.boeking AND l.levend AND r.status = 'goedgekeurd'
            WHERE p.gemeente = :g AND p.prestatie_id = :p
            GROUP BY p.agb, p.uitkomst
        """),
        {"g": gemeente, "p": prestatie_id},
    ).one_or_none()
    return None if rij is None else Betaalstand(*rij)


def insert_blokkade(
    verbinding: Connection, gemeente: str, agb: str, prestatie_id: int | None, reden: str, door: str, nu: datetime
) -> Blokkade | None:
    """Set a block; None when the same one stands already."""
    rij = verbinding.execute(
        text(
            "INSERT INTO betaalblokkade (gemeente, agb, prestatie_id, reden, ingesteld_door, ingesteld_op)"  # noqa: S608
            " VALUES (:g, :a, :p, :reden, :door, :nu) ON CONFLICT DO NOTHING"
            f" RETURNING {_KOLOMMEN}"
        ),
        {"g": gemeente, "a": agb, "p": prestatie_id, "reden": reden, "door": door, "nu": nu},
    ).one_or_none()
    return None if rij is None else Blokkade(*rij)


def end_blokkade(verbinding: Connection, gemeente: str, blokkade_id: int, door: str, nu: datetime) -> Blokkade | None:
    """Lift a block; None when it does not stand."""
    rij = verbinding.execute(
        text(
            "UPDATE betaalblokkade SET opgeheven_op = :nu, opgeheven_door = :door"  # noqa: S608
            " WHERE gemeente = :g AND blokkade_id = :b AND opgeheven_op IS NULL"
            f" RETURNING {_KOLOMMEN}"
        ),
        {"g": gemeente, "b": blokkade_id, "door": door, "nu": nu},
    ).one_or_none()
    return None if rij is None else Blokkade(*rij)


def find_blokkade(verbinding: Connection, gemeente: str, blokkade_id: int) -> Blokkade | None:
    """One block, lifted or not."""
    rij = verbinding.execute(
        text(f"SELECT {_KOLOMMEN} FROM betaalblokkade WHERE gemeente = :g AND blokkade_id = :b"),  # noqa: S608
        {"g": gemeente, "b": blokkade_id},
    ).one_or_none()
    return None if rij is None else Blokkade(*rij)


def list_blokkades(
    verbinding: Connection, gemeente: str, agb: str | None, geldend: bool | None, voor: int | None, aantal: int
) -> list[Blokkade]:
    """Blocks from new to old, those before id `voor`; of one aanbieder, and only those that stand or were lifted, if asked."""
    rijen = verbinding.execute(
        text(
            f"SELECT {_KOLOMMEN} FROM betaalblokkade WHERE gemeente = :g"  # noqa: S608
            " AND (cast(:a AS text) IS NULL OR agb = :a)"
            " AND (cast(:geldend AS boolean) IS NULL OR (opgeheven_op IS NULL) = :geldend)"
            " AND (cast(:voor AS bigint) IS NULL OR blokkade_id < :voor) ORDER BY blokkade_id DESC LIMIT :n"
        ),
        {"g": gemeente, "a": agb, "geldend": geldend, "voor": voor, "n": aantal},
    )
    return [Blokkade(*rij) for rij in rijen]
