"""Attempts that were refused at the door: the same bytes once, so many a day of one sender, and not for ever."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text


def count_again(verbinding: Connection, gemeente: str, afzender: str, sha256: bytes, nu: datetime) -> tuple[UUID, int] | None:
    """The attempt with these bytes that this sender made before, and how often it came with this one; None for a new one."""
    rij = verbinding.execute(
        text(
            "UPDATE bericht SET keren = keren + 1, laatst_geweigerd_op = :nu WHERE (gemeente, bericht_id) = ("
            " SELECT gemeente, bericht_id FROM bericht WHERE gemeente = :g AND afzender = :a AND sha256 = :s"
            " AND status = 'geweigerd' ORDER BY volgnummer LIMIT 1) RETURNING bericht_id, keren"
        ),
        {"g": gemeente, "a": afzender, "s": sha256, "nu": nu},
    ).one_or_none()
    return None if rij is None else (rij.bericht_id, rij.keren)


def is_full(verbinding: Connection, gemeente: str, afzender: str, vanaf: datetime, meeste: int) -> bool:
    """Whether of this sender so many attempts are kept since a moment."""
    aantal = verbinding.execute(
        text(
            "SELECT count(*) FROM (SELECT FROM bericht WHERE gemeente = :g AND afzender = :a AND status = 'geweigerd'"
            " AND ontvangen_op >= :v LIMIT :n) AS geteld"
        ),
        {"g": gemeente, "a": afzender, "v": vanaf, "n": meeste},
    ).scalar_one()
    return bool(aantal >= meeste)


def remove_old(verbinding: Connection, voor: datetime, hoogstens: int) -> int:
    """Remove attempts that were last made before a moment, with their contents and findings; returns how many.

    Nothing of them is in the books: no answer was given, and whoever made them got every fault at once.
    """
    rijen = verbinding.execute(
        text(
            "SELECT gemeente, bericht_id FROM bericht WHERE status = 'geweigerd'"
            " AND coalesce(laatst_geweigerd_op, ontvangen_op) < :v ORDER BY ontvangen_op LIMIT :n FOR UPDATE SKIP LOCKED"
        ),
        {"v": voor, "n": hoogstens},
    ).all()
    if rijen:
        welke = {"g": [rij.gemeente for rij in rijen], "b": [rij.bericht_id for rij in rijen]}
        for tabel in ("bevinding", "bericht_inhoud", "bericht"):
            # Joined with lists and not compared with each: one statement a table, however many there are.
            verbinding.execute(
                text(
                    f"DELETE FROM {tabel} WHERE (gemeente, bericht_id) IN"  # noqa: S608
                    " (SELECT * FROM unnest(cast(:g AS text[]), cast(:b AS uuid[])))"
                ),
                welke,
            )
    return len(rijen)
