"""Nightly checks of the books: of which gemeenten, what the last one of each found, and one process at a time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.toegang.logzegels import list_gemeenten_with_log

_EEN_TEGELIJK = 4842027
"""Key of the advisory lock under which one process at a time checks."""


@dataclass(frozen=True, slots=True)
class Nachtcontrole:
    """What the latest nightly check found."""

    gedraaid_op: datetime
    verschillen: int


# From one to the next by the index of each table: a gemeente has millions of rows, and there are few of them.
_GEMEENTEN = tuple(
    Vraag(
        str,
        """
        WITH RECURSIVE volgende AS (
            SELECT min(gemeente) AS gemeente FROM {tabel}
            UNION ALL
            SELECT (SELECT min(gemeente) FROM {tabel} t WHERE t.gemeente > v.gemeente) FROM volgende v WHERE v.gemeente IS NOT NULL
        )
        SELECT gemeente FROM volgende WHERE gemeente IS NOT NULL
        """,
        tabel=tabel,
    )
    for tabel in ("bericht", "journaal")
)
_LAATSTE = Vraag(Nachtcontrole, "SELECT {kolommen} FROM boekencontrole WHERE gemeente = %(g)s ORDER BY gedraaid_op DESC LIMIT 1")
_NEEM_SLOT = Vraag(bool, "SELECT pg_try_advisory_xact_lock(%(slot)s)")
_BEWAAR = Opdracht(
    "INSERT INTO boekencontrole (gemeente, gedraaid_op, verschillen, per_controle)"
    " VALUES (%(g)s, %(op)s, %(n)s, cast(%(per)s AS jsonb))"
)


def list_gemeenten(verbinding: Connection) -> list[str]:
    """Every gemeente that ever got a message, booked anything, or was looked at."""
    gevonden = (gemeente for opdracht in _GEMEENTEN for gemeente in opdracht.all(verbinding))
    return sorted({*gevonden, *list_gemeenten_with_log(verbinding)})


def find_nachtcontrole(verbinding: Connection, gemeente: str) -> Nachtcontrole | None:
    """The latest nightly check of a gemeente."""
    return _LAATSTE.one(verbinding, {"g": gemeente})


def take_turn(verbinding: Connection) -> bool:
    """Whether no other process is checking; until the transaction ends none will."""
    return _NEEM_SLOT.read(verbinding, {"slot": _EEN_TEGELIJK})


def keep_nachtcontrole(verbinding: Connection, gemeente: str, per_controle: Mapping[str, int], op: datetime) -> None:
    """Keep that a gemeente was checked, and how many differences each check gave."""
    waarden = {"g": gemeente, "op": op, "n": sum(per_controle.values()), "per": json.dumps(per_controle)}
    _BEWAAR.run(verbinding, waarden)
