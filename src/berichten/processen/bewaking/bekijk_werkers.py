"""Whether anybody works: workers and planners say every round that they are there, and are missed when they do not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from berichten.instellingen import Instellingen
from berichten.opslag.wacht.hartslagen import list_hartslagen
from berichten.opslag.wacht.serverklok import KlokWijktAf, check_clock
from berichten.processen.basis.werkplaats import Werkplaats

WERKER, PLANNER = "werker", "planner"
VERGETEN = 600
"""Seconds after which others of its role forget a process that went without a word."""
_STIL = {WERKER: 30, PLANNER: 300}
"""Seconds without a word after which a process is gone, or three of its rounds when that is longer. A round of the planner may take
minutes, and nothing that it does is urgent within them."""


@dataclass(frozen=True, slots=True)
class Rolstand:
    """The processes of one role, and when one was last heard of."""

    aantal: int
    """Those that are there now."""
    gezien_op: datetime | None
    """None: there never was one, or all went as they were told to."""

    @property
    def weg(self) -> bool:
        """They were there and are gone, without a goodbye."""
        return not self.aantal and self.gezien_op is not None


@dataclass(frozen=True, slots=True)
class Bezetting:
    """Who is there to do what the door takes in."""

    werkers: bool
    planner: bool


def find_stand(verbinding: Connection, instellingen: Instellingen, rol: str) -> Rolstand:
    """How it stands with the processes of this role now, by the clock on the wall."""
    vanaf = instellingen.nu_buiten() - timedelta(seconds=max(_STIL[rol], 3 * instellingen.veeg_seconden))
    slagen = list_hartslagen(verbinding, rol)
    return Rolstand(sum(slag.gezien_op >= vanaf for slag in slagen), slagen[0].gezien_op if slagen else None)


def find_bezetting(werkplaats: Werkplaats) -> Bezetting | None:
    """Who is there; None when the database does not answer, or our clock is wrong, so that nothing can be taken in."""
    try:
        with werkplaats.opslag.transaction() as verbinding:
            check_clock(verbinding, werkplaats.instellingen.nu_buiten())
            werkers, planners = (find_stand(verbinding, werkplaats.instellingen, rol).aantal for rol in (WERKER, PLANNER))
    except (SQLAlchemyError, KlokWijktAf):
        return None
    return Bezetting(bool(werkers), bool(planners))
