"""Payment blocks: what was awarded and may not be paid yet, with who set and lifted each. A block is never deleted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from berichten.opslag.basis.delen import SLOT, has_declared
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS


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


# Nobody proposed to lift a block that was just set, and of one that is lifted the proposal was answered.
_EIGEN = """blokkade_id, agb, prestatie_id, reden, ingesteld_door, ingesteld_op, opgeheven_op, opgeheven_door,
    NULL::text AS opheffing_voorgesteld_door, NULL::timestamptz AS opheffing_voorgesteld_op"""
_RIJEN = """
    SELECT b.blokkade_id, b.agb, b.prestatie_id, b.reden, b.ingesteld_door, b.ingesteld_op, b.opgeheven_op, b.opgeheven_door,
        s.door AS opheffing_voorgesteld_door, s.gedaan_op AS opheffing_voorgesteld_op
    FROM betaalblokkade b
    LEFT JOIN LATERAL (SELECT soort, door, gedaan_op FROM opheffingsstap
        WHERE gemeente = b.gemeente AND blokkade_id = b.blokkade_id ORDER BY stap DESC LIMIT 1) AS s ON s.soort = 'voorgesteld'
    WHERE b.gemeente = %(g)s
"""
_WACHT = Opdracht(SLOT)
_KENT = Vraag(
    bool,
    """
    SELECT EXISTS (SELECT FROM aanbieder WHERE gemeente = %(g)s AND agb = %(a)s)
        OR EXISTS (SELECT FROM toewijzing WHERE gemeente = %(g)s AND agb = %(a)s)
        OR {heeft_gedeclareerd}
    """,
    heeft_gedeclareerd=has_declared("%(a)s"),
    bits=PRESTATIE_BITS,
)
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
_NIEUW = Vraag(
    Blokkade,
    "INSERT INTO betaalblokkade (gemeente, agb, prestatie_id, reden, ingesteld_door, ingesteld_op)"
    " VALUES (%(g)s, %(a)s, %(p)s, %(reden)s, %(door)s, %(nu)s) ON CONFLICT DO NOTHING RETURNING {eigen}",
    eigen=_EIGEN,
)
_HEF_OP = Vraag(
    Blokkade,
    "UPDATE betaalblokkade SET opgeheven_op = %(nu)s, opgeheven_door = %(door)s"
    " WHERE gemeente = %(g)s AND blokkade_id = %(b)s AND opgeheven_op IS NULL RETURNING {eigen}",
    eigen=_EIGEN,
)
_STAP = Opdracht("""
    INSERT INTO opheffingsstap (gemeente, blokkade_id, stap, soort, door, gedaan_op)
    SELECT %(g)s, %(b)s, coalesce(max(stap), 0) + 1, %(soort)s, %(door)s, %(nu)s FROM opheffingsstap
    WHERE gemeente = %(g)s AND blokkade_id = %(b)s
""")
_EEN = Vraag(Blokkade, "{rijen} AND b.blokkade_id = %(b)s", rijen=_RIJEN)
_LIJST = Vraag(
    Blokkade,
    """
    {rijen} AND (%(a)s::text IS NULL OR b.agb = %(a)s)
        AND (%(geldend)s::boolean IS NULL OR (b.opgeheven_op IS NULL) = %(geldend)s)
        AND (%(voor)s::bigint IS NULL OR b.blokkade_id < %(voor)s) ORDER BY b.blokkade_id DESC LIMIT %(n)s
    """,
    rijen=_RIJEN,
)


def lock_betalingen(verbinding: Connection, gemeente: str) -> None:
    """Keep others from changing blocks and runs of this gemeente until the transaction ends."""
    _WACHT.run(verbinding, {"slot": f"betalingen {gemeente}"})


def knows_aanbieder(verbinding: Connection, gemeente: str, agb: str) -> bool:
    """Whether this gemeente has anything to do with this aanbieder."""
    return _KENT.read(verbinding, {"g": gemeente, "a": agb})


def find_betaalstand(verbinding: Connection, gemeente: str, prestatie_id: int) -> Betaalstand | None:
    """How far the payment of a line is; None when there is no such line."""
    return _BETAALSTAND.one(verbinding, {"g": gemeente, "p": prestatie_id})


def insert_blokkade(
    verbinding: Connection, gemeente: str, agb: str, prestatie_id: int | None, reden: str, door: str, nu: datetime
) -> Blokkade | None:
    """Set a block; None when the same one stands already."""
    return _NIEUW.one(verbinding, {"g": gemeente, "a": agb, "p": prestatie_id, "reden": reden, "door": door, "nu": nu})


def end_blokkade(verbinding: Connection, gemeente: str, blokkade_id: int, door: str, nu: datetime) -> Blokkade | None:
    """Lift a block; None when it does not stand."""
    return _HEF_OP.one(verbinding, {"g": gemeente, "b": blokkade_id, "door": door, "nu": nu})


def add_opheffingsstap(verbinding: Connection, gemeente: str, blokkade_id: int, soort: str, door: str, nu: datetime) -> None:
    """Keep that somebody proposed to lift a block (`voorgesteld`), or took that back (`teruggenomen`); under `lock_betalingen`."""
    _STAP.run(verbinding, {"g": gemeente, "b": blokkade_id, "soort": soort, "door": door, "nu": nu})


def find_blokkade(verbinding: Connection, gemeente: str, blokkade_id: int) -> Blokkade | None:
    """One block, lifted or not."""
    return _EEN.one(verbinding, {"g": gemeente, "b": blokkade_id})


def list_blokkades(
    verbinding: Connection, gemeente: str, agb: str | None, geldend: bool | None, voor: int | None, aantal: int
) -> list[Blokkade]:
    """Blocks from new to old, those before id `voor`; of one aanbieder, and only those that stand or were lifted, if asked."""
    return _LIJST.all(verbinding, {"g": gemeente, "a": agb, "geldend": geldend, "voor": voor, "n": aantal})
