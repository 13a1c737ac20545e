"""What the database knows of the health of the service: streams that stand still, and what came in lately."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.delen import IN_DE_RIJ
from berichten.opslag.basis.vraag import Vraag


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


_STROMEN = Vraag(
    Wachtstroom,
    """
    SELECT DISTINCT ON (gemeente, bericht.agb) gemeente, coalesce(agb, '') AS agb, bericht_id, soort, ontvangen_op, pogingen,
        storing, count(*) OVER (PARTITION BY gemeente, bericht.agb) AS wachtend
    FROM bericht WHERE {in_de_rij}
    ORDER BY gemeente, bericht.agb, volgnummer
    """,
    in_de_rij=IN_DE_RIJ,
)


def list_wachtstromen(verbinding: Connection) -> list[Wachtstroom]:
    """Every stream in which something waits."""
    return _STROMEN.all(verbinding)
