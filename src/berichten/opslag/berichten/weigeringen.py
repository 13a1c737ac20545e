"""Attempts that were refused at the door: the same bytes once, so many a day of one sender, and not for ever."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag


class Poging(NamedTuple):
    """An attempt and how often it was made."""

    bericht_id: UUID
    keren: int


class _Welke(NamedTuple):
    gemeente: str
    bericht_id: UUID


_NOG_EENS = Vraag(
    Poging,
    """
    UPDATE bericht SET keren = keren + 1, laatst_geweigerd_op = %(nu)s WHERE (gemeente, bericht_id) = (
        SELECT gemeente, bericht_id FROM bericht WHERE gemeente = %(g)s AND afzender = %(a)s AND sha256 = %(s)s
            AND status = 'geweigerd' ORDER BY volgnummer LIMIT 1)
    RETURNING bericht_id, keren
    """,
)
_AANTAL = Vraag(
    int,
    "SELECT count(*) FROM (SELECT FROM bericht WHERE gemeente = %(g)s AND afzender = %(a)s AND status = 'geweigerd'"
    " AND ontvangen_op >= %(v)s LIMIT %(n)s) AS geteld",
)
_OUD = Vraag(
    _Welke,
    "SELECT gemeente, bericht_id FROM bericht WHERE status = 'geweigerd'"
    " AND coalesce(laatst_geweigerd_op, ontvangen_op) < %(v)s ORDER BY ontvangen_op LIMIT %(n)s FOR UPDATE SKIP LOCKED",
)
# Joined with lists and not compared with each: one statement a table, however many there are.
_WEG = tuple(
    Opdracht(
        "DELETE FROM {tabel} WHERE (gemeente, bericht_id) IN (SELECT * FROM unnest(%(g)s::text[], %(b)s::uuid[]))", tabel=tabel
    )
    for tabel in ("bevinding", "bericht_inhoud", "bericht")
)


def count_again(verbinding: Connection, gemeente: str, afzender: str, sha256: bytes, nu: datetime) -> Poging | None:
    """The attempt with these bytes that this sender made before, and how often it came with this one; None for a new one."""
    return _NOG_EENS.one(verbinding, {"g": gemeente, "a": afzender, "s": sha256, "nu": nu})


def is_full(verbinding: Connection, gemeente: str, afzender: str, vanaf: datetime, meeste: int) -> bool:
    """Whether of this sender so many attempts are kept since a moment."""
    return _AANTAL.read(verbinding, {"g": gemeente, "a": afzender, "v": vanaf, "n": meeste}) >= meeste


def remove_old(verbinding: Connection, voor: datetime, hoogstens: int) -> int:
    """Remove attempts that were last made before a moment, with their contents and findings; returns how many.

    Nothing of them is in the books: no answer was given, and whoever made them got every fault at once.
    """
    rijen = _OUD.all(verbinding, {"v": voor, "n": hoogstens})
    if rijen:
        welke = {"g": [rij.gemeente for rij in rijen], "b": [rij.bericht_id for rij in rijen]}
        for opdracht in _WEG:
            opdracht.run(verbinding, welke)
    return len(rijen)
