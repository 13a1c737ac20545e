"""Processes that say, every few seconds, that they are there."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.rijvorm import columns, values
from berichten.opslag.basis.vraag import Opdracht, Vraag


class Hartslag(NamedTuple):
    """A process of the service, whatever gemeenten it works for."""

    proces: str
    """A name that no other process has."""
    rol: str
    machine: str
    begonnen_op: datetime
    gezien_op: datetime
    """When it last said that it was there: moments of the clock on its wall, whatever date was set."""


_SLA = Opdracht(
    "INSERT INTO hartslag (gemeente, {kolommen}) VALUES ('', {waarden})"
    " ON CONFLICT (gemeente, proces) DO UPDATE SET gezien_op = excluded.gezien_op",
    kolommen=columns(Hartslag),
    waarden=values(Hartslag),
)
_ALLE = Vraag(Hartslag, "SELECT {kolommen} FROM hartslag WHERE rol = %(rol)s ORDER BY gezien_op DESC")
_WEG = Opdracht("DELETE FROM hartslag WHERE gemeente = '' AND proces = %(proces)s")
_OUDE_WEG = Opdracht("DELETE FROM hartslag WHERE rol = %(rol)s AND gezien_op < %(voor)s")


def beat(verbinding: Connection, slag: Hartslag) -> None:
    """Say that this process is there."""
    _SLA.run(verbinding, slag._asdict())


def list_hartslagen(verbinding: Connection, rol: str) -> list[Hartslag]:
    """Processes of this role, who was seen last first; those that were killed too, until `forget_older`."""
    return _ALLE.all(verbinding, {"rol": rol})


def say_goodbye(verbinding: Connection, proces: str) -> None:
    """This process stops as it was told to: nobody need miss it."""
    _WEG.run(verbinding, {"proces": proces})


def forget_older(verbinding: Connection, rol: str, voor: datetime) -> None:
    """Processes of this role that were not seen since: others have taken their place."""
    _OUDE_WEG.run(verbinding, {"rol": rol, "voor": voor})
