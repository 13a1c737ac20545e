"""Whether anybody works: processes of workers say every round that they are there, and are missed when they do not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from berichten.instellingen import Instellingen
from berichten.opslag.wacht.hartslagen import list_hartslagen

WERKER = "werker"
VERGETEN = 600
"""Seconds after which others forget a process that went without a word."""
_STIL = 30
"""Seconds without a word after which a process is gone, or three of its rounds when that is longer."""


@dataclass(frozen=True, slots=True)
class Werkerstand:
    """The processes that work, and when one was last heard of."""

    aantal: int
    """Those that are there now."""
    gezien_op: datetime | None
    """None: there never was one, or all went as they were told to."""

    @property
    def weg(self) -> bool:
        """They were there and are gone, without a goodbye."""
        return not self.aantal and self.gezien_op is not None


def find_werkers(verbinding: Connection, instellingen: Instellingen) -> Werkerstand:
    """How it stands with them now, by the clock on the wall."""
    vanaf = instellingen.nu_buiten() - timedelta(seconds=max(_STIL, 3 * instellingen.veeg_seconden))
    slagen = list_hartslagen(verbinding, WERKER)
    return Werkerstand(sum(slag.gezien_op >= vanaf for slag in slagen), slagen[0].gezien_op if slagen else None)
