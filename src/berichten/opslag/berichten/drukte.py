"""How busy it is: what came in lately and what became of it, and how large the database is."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag


class Drukterij(NamedTuple):
    """Messages of one status."""

    status: str
    aantal: int


_SINDS = Vraag(
    Drukterij,
    """
    SELECT status, count(*) AS aantal FROM bericht WHERE gemeente = %(g)s AND ontvangen_op >= %(sinds)s GROUP BY status
    ORDER BY array_position(ARRAY['ontvangen', 'in_behandeling', 'geweigerd', 'afgekeurd', 'ter_beoordeling', 'verwerkt'], status)
    """,
)
_OMVANG = Vraag(int, "SELECT pg_database_size(current_database()) AS bytes")
_ALLEEN = Vraag(bool, "SELECT coalesce(min(gemeente) = max(gemeente) AND min(gemeente) = %(g)s, true) AS alleen FROM bericht")


def count_since(verbinding: Connection, gemeente: str, sinds: datetime) -> dict[str, int]:
    """Messages of a gemeente that came in since, by status, in the order in which a message goes through them."""
    return dict(_SINDS.all(verbinding, {"g": gemeente, "sinds": sinds}))


def is_alone(verbinding: Connection, gemeente: str) -> bool:
    """Whether no other gemeente has messages in this database."""
    return _ALLEEN.read(verbinding, {"g": gemeente})


def measure_database(verbinding: Connection) -> int:
    """Bytes that the database takes."""
    return _OMVANG.read(verbinding)
