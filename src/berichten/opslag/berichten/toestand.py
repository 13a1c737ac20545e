"""What the database knows of the health of the service: streams that stand still, and what came in lately."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

_STROMEN = text("""
    SELECT DISTINCT ON (gemeente, agb) gemeente, coalesce(agb, ''), bericht_id, soort, ontvangen_op, pogingen, storing,
        count(*) OVER (PARTITION BY gemeente, agb)
    FROM bericht WHERE status IN ('ontvangen', 'in_behandeling')
    ORDER BY gemeente, agb, volgnummer
""")


@dataclass(frozen=True, slots=True)
class Wachtstroom:
    """A stream in which something waits, by the message at its head."""

    gemeente: str
    agb: str
    bericht_id: UUID
    soort: str
    ontvangen_op: datetime
    pogingen: int
    """How often handling it failed."""
    storing: str | None
    """Type of the last failure; None when it was never tried or never failed."""
    wachtend: int
    """Messages in the stream, this one too."""


def list_wachtstromen(verbinding: Connection) -> list[Wachtstroom]:
    """Every stream in which something waits."""
    return [Wachtstroom(*rij) for rij in verbinding.execute(_STROMEN)]
