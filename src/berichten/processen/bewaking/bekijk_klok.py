"""Whether our clock can be trusted: one that jumped would book on days that are sealed, or seal a day that is not over."""

from datetime import timedelta

from sqlalchemy import Connection

from berichten.instellingen import Instellingen
from berichten.opslag.wacht.serverklok import read_server_clock

MAG_SCHELEN = timedelta(minutes=5)
"""Between the clocks of a process and of the database server; machines that are kept on time differ by less than a second."""


class KlokWijktAf(RuntimeError):
    """Our clock and that of the database server differ too much; whoever has the wrong one, nothing can be dated."""


def check_clock(verbinding: Connection, instellingen: Instellingen) -> None:
    """Raises KlokWijktAf."""
    if abs(instellingen.nu_buiten() - read_server_clock(verbinding)) > MAG_SCHELEN:
        raise KlokWijktAf("de klok van dit proces en die van de databaseserver schelen meer dan vijf minuten")
