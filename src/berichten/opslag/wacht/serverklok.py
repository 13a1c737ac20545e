"""The clock of the database server, against which each process holds its own."""

from datetime import datetime

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag

_NU = Vraag(datetime, "SELECT clock_timestamp() AS nu")


def read_server_clock(verbinding: Connection) -> datetime:
    """This moment, as the server has it."""
    return _NU.read(verbinding)
