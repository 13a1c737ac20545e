"""The clock of the database server, against which each process holds its own before it dates anything."""

from datetime import datetime

from sqlalchemy import Connection

from berichten.klok import MAG_SCHELEN
from berichten.opslag.basis.vraag import Vraag

_NU = Vraag(datetime, "SELECT clock_timestamp() AS nu")


class KlokWijktAf(RuntimeError):
    """Our clock and that of the database server differ too much: what we book would stand on another day, perhaps a sealed one."""


def check_clock(verbinding: Connection, nu_buiten: datetime) -> None:
    """Raises KlokWijktAf when this moment, by our clock, is not about that of the server."""
    if abs(nu_buiten - _NU.read(verbinding)) > MAG_SCHELEN:
        raise KlokWijktAf("de klok van dit proces en die van de databaseserver schelen meer dan vijf minuten")
