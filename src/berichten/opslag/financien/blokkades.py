"""Payment blocks: what was awarded and may not be paid yet, with who set and lifted each. A block is never deleted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from berichten.opslag.basis.vraag import Vraag


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
    opheffing_voorgesteld_door: str | None = None
    """Who proposed to lift it, while another person has not answered."""
    opheffing_voorgesteld_op: datetime | None = None


@dataclass(frozen=True, slots=True)
class Betaalstand:
    """Where a line stands on its way to being paid."""

    agb: str
    uitkomst: str
    aantal_boekingen: int
    aantal_betaald: int
    """Entries in an approved run."""


_EIGEN = "blokkade_id, agb, prestatie_id, reden, ingesteld_door, ingesteld_op, opgeheven_op, opgeheven_door"
_RIJEN = """
    SELECT b.blokkade_id, b.agb, b.prestatie_id, b.reden, b.ingesteld_door, b.ingesteld_op, b.opgeheven_op, b.opgeheven_door,
        s.door AS opheffing_voorgesteld_door, s.gedaan_op AS opheffing_voorgesteld_op
    FROM betaalblokkade b
    LEFT JOIN LATERAL (SELECT soort, door, gedaan_op FROM opheffingsstap
        WHERE gemeente = b.gemeente AND blokkade_id = b.blokkade_id ORDER BY stap DESC LIMIT 1) AS s ON s.soort = 'voorgesteld'
    WHERE b.gemeente = :g
"""


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
    return _BETAALSTAND.one(verbinding, {"g": gemeente, "p": prestatie_id})


_BETAALSTAND = Vraag(
    Betaalstand,
    """
    SELECT p.agb, p.uitkomst, count(j.boeking) AS aantal_boekingen, count(r.run_id) AS aantal_betaald
    FROM prestatie p
    LEFT JOIN journaal j ON j.gemeente = p.gemeente AND j.prestatie_id = p.prestatie_id
    LEFT JOIN (betaalregel l JOIN betaalrun r USING (gemeente, run_id)) ON l.gemeente = j.gemeente
        AND l.prestatie_id = j.prestatie_id AND l.boeking = j.boeking AND l.levend AND r.status = 'goedgekeurd'
    WHERE p.gemeente = %(g)s AND p.prestatie_id = %(p)s
    GROUP BY p.agb, p.uitkomst
    """,
)


def insert_blokkade(
    verbinding: Connection, gemeente: str, agb: str, prestatie_id: int | None, reden: str, door: str, nu: datetime
) -> Blokkade | None:
    """Set a block; None when the same one stands already."""
    rij = verbinding.execute(
        text(
            "INSERT INTO betaalblokkade (gemeente, agb, prestatie_id, reden, ingesteld_door, ingesteld_op)"  # noqa: S608
            " VALUES (:g, :a, :p, :reden, :door, :nu) ON CONFLICT DO NOTHING"
            f" RETURNING {_EIGEN}"
        ),
        {"g": gemeente, "a": agb, "p": prestatie_id, "reden": reden, "door": door, "nu": nu},
    ).one_or_none()
    return None if rij is None else Blokkade(**rij._mapping)


def end_blokkade(verbinding: Connection, gemeente: str, blokkade_id: int, door: str, nu: datetime) -> Blokkade | None:
    """Lift a block; None when it does not stand."""
    rij = verbinding.execute(
        text(
            "UPDATE betaalblokkade SET opgeheven_op = :nu, opgeheven_door = :door"  # noqa: S608
            " WHERE gemeente = :g AND blokkade_id = :b AND opgeheven_op IS NULL"
            f" RETURNING {_EIGEN}"
        ),
        {"g": gemeente, "b": blokkade_id, "door": door, "nu": nu},
    ).one_or_none()
    return None if rij is None else Blokkade(**rij._mapping)


def add_opheffingsstap(verbinding: Connection, gemeente: str, blokkade_id: int, soort: str, door: str, nu: datetime) -> None:
    """Keep that somebody proposed to lift a block (`voorgesteld`), or took that back (`teruggenomen`); under `lock_betalingen`."""
    verbinding.execute(
        text(
            "INSERT INTO opheffingsstap (gemeente, blokkade_id, stap, soort, door, gedaan_op)"
            " SELECT :g, :b, coalesce(max(stap), 0) + 1, :soort, :door, :nu FROM opheffingsstap"
            " WHERE gemeente = :g AND blokkade_id = :b"
        ),
        {"g": gemeente, "b": blokkade_id, "soort": soort, "door": door, "nu": nu},
    )


def find_blokkade(verbinding: Connection, gemeente: str, blokkade_id: int) -> Blokkade | None:
    """One block, lifted or not."""
    rij = verbinding.execute(text(f"{_RIJEN} AND b.blokkade_id = :b"), {"g": gemeente, "b": blokkade_id}).one_or_none()
    return None if rij is None else Blokkade(**rij._mapping)


def list_blokkades(
    verbinding: Connection, gemeente: str, agb: str | None, geldend: bool | None, voor: int | None, aantal: int
) -> list[Blokkade]:
    """Blocks from new to old, those before id `voor`; of one aanbieder, and only those that stand or were lifted, if asked."""
    rijen = verbinding.execute(
        text(
            f"{_RIJEN} AND (cast(:a AS text) IS NULL OR b.agb = :a)"
            " AND (cast(:geldend AS boolean) IS NULL OR (b.opgeheven_op IS NULL) = :geldend)"
            " AND (cast(:voor AS bigint) IS NULL OR b.blokkade_id < :voor) ORDER BY b.blokkade_id DESC LIMIT :n"
        ),
        {"g": gemeente, "a": agb, "geldend": geldend, "voor": voor, "n": aantal},
    )
    return [Blokkade(**rij._mapping) for rij in rijen]
