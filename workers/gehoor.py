"""How a worker hears the bell: signals of PostgreSQL, or the broker that is set."""

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Protocol

import structlog

from berichten.logboek import describe_failure
from berichten.opslag.berichten.berichten import Stroom
from berichten.opslag.wacht.seinlijn import open_seinlijn
from berichten.processen.basis.werkplaats import Werkplaats
from workers.makelaar import Makelaar

LOG = structlog.get_logger("gehoor")
_OMKIJKEN = 0.5
"""Seconds after which who listens looks whether it must stop."""
_NAVRAAG = 5.0
"""Seconds after which who hears nothing asks whether the server is still there."""
_OPNIEUW = 1.0
"""Seconds before a line that broke is laid again."""
Hoort = Callable[[Stroom], None]


class Gehoor(Protocol):
    """Hears from `start` until `stop`."""

    def start(self) -> None:
        """Begin to hear."""

    def stop(self) -> None:
        """Hear no more."""


def open_gehoor(werkplaats: Werkplaats, hear: Hoort, look: Callable[[], None]) -> Gehoor:
    """What was set. It calls `hear` for each stream that is named, and `look` whenever it may have missed some."""
    if werkplaats.instellingen.broker_url:
        return Makelaar(werkplaats.instellingen.broker_url, hear)
    return Seingehoor(werkplaats.opslag.logins.boeker, hear, look)


class Seingehoor:
    """Signals of PostgreSQL. A line that breaks is laid again, and then there may be something that nobody told of."""

    def __init__(self, url: str, hear: Hoort, look: Callable[[], None]) -> None:
        self._url, self._hear, self._look = url, hear, look
        self._stop = Event()
        self._thread = Thread(target=self._run, name="gehoor", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(3 * _OMKIJKEN)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except Exception as fout:  # whatever it is, who hears nothing any more would never tell
                LOG.warning("gehoor_weg", **describe_failure(fout))
                self._stop.wait(_OPNIEUW)

    def _listen(self) -> None:
        with open_seinlijn(self._url) as lijn:
            lijn.listen()
            self._look()
            gevraagd = time.monotonic()
            while not self._stop.is_set():
                for stroom in lijn.hear(_OMKIJKEN):
                    self._hear(stroom)
                if time.monotonic() - gevraagd > _NAVRAAG:
                    lijn.check()
                    gevraagd = time.monotonic()
