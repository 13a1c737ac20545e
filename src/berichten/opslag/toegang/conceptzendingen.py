"""A file between the try and the sending: found only by who brought it, and gone after a day."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag


@dataclass(frozen=True, slots=True)
class Conceptzendingrij:
    """A file as it is kept; contents and outcomes are packed as contents of messages are."""

    gemeente: str
    zending_id: UUID
    agb: str
    door: str
    """Who brought it."""
    bestandsnaam: str
    inhoud: bytes | None
    """None once it was sent."""
    uitkomst: bytes | None
    """Of the try; None as long as it runs."""
    verzonden: bytes | None
    """What became of it, once it was sent, be it in part."""
    gemaakt_op: datetime
    verstuurd_op: datetime | None


_NIEUW = Opdracht(
    "INSERT INTO conceptzending (gemeente, zending_id, agb, door, bestandsnaam, inhoud, gemaakt_op)"
    " VALUES (%(g)s, %(z)s, %(a)s, %(d)s, %(n)s, %(i)s, %(nu)s)"
)
_EEN = "SELECT {kolommen} FROM conceptzending WHERE gemeente = %(g)s AND zending_id = %(z)s AND agb = %(a)s AND door = %(d)s"
_ZOEK = Vraag(Conceptzendingrij, _EEN)
_NEEM = Vraag(Conceptzendingrij, _EEN + " FOR UPDATE")
_GEPROEFD = Opdracht("UPDATE conceptzending SET uitkomst = %(u)s WHERE gemeente = %(g)s AND zending_id = %(z)s")
_VERSTUURD = Opdracht(
    "UPDATE conceptzending SET verzonden = %(v)s, inhoud = NULL, verstuurd_op = %(nu)s"
    " WHERE gemeente = %(g)s AND zending_id = %(z)s"
)
_DEELS = Opdracht("UPDATE conceptzending SET verzonden = %(v)s WHERE gemeente = %(g)s AND zending_id = %(z)s")
_WEG = Opdracht("DELETE FROM conceptzending WHERE gemaakt_op < %(v)s")


def insert_zending(verbinding: Connection, rij: Conceptzendingrij) -> None:
    """Keep a file that was just brought."""
    _NIEUW.run(
        verbinding,
        {"g": rij.gemeente, "z": rij.zending_id, "a": rij.agb, "d": rij.door, "n": rij.bestandsnaam, "i": rij.inhoud,
         "nu": rij.gemaakt_op},
    )  # fmt: skip


def find_zending(
    verbinding: Connection, gemeente: str, zending_id: UUID, agb: str, door: str, *, lock: bool = False
) -> Conceptzendingrij | None:
    """None when it is not there, or was brought by another; with `lock` nobody else sends it meanwhile."""
    return (_NEEM if lock else _ZOEK).one(verbinding, {"g": gemeente, "z": zending_id, "a": agb, "d": door})


def set_uitkomst(verbinding: Connection, gemeente: str, zending_id: UUID, uitkomst: bytes) -> None:
    """What the try found."""
    _GEPROEFD.run(verbinding, {"g": gemeente, "z": zending_id, "u": uitkomst})


def set_verstuurd(verbinding: Connection, gemeente: str, zending_id: UUID, verzonden: bytes, nu: datetime) -> None:
    """It was sent: its contents go, what became of it stays until its day is over."""
    _VERSTUURD.run(verbinding, {"g": gemeente, "z": zending_id, "v": verzonden, "nu": nu})


def set_deels_verstuurd(verbinding: Connection, gemeente: str, zending_id: UUID, verzonden: bytes) -> None:
    """We failed at some of it: what became of it so far stays beside its contents, which are sent again."""
    _DEELS.run(verbinding, {"g": gemeente, "z": zending_id, "v": verzonden})


def remove_zendingen(verbinding: Connection, voor: datetime) -> int:
    """Those brought before a moment, sent or not; returns how many."""
    return _WEG.run(verbinding, {"v": voor})
