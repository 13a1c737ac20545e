"""Room for what waits: who sends faster than is handled is told to come back later, before the queue drowns."""

import time
from collections import Counter
from threading import Lock

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.wacht.wachtrij import measure_streams
from berichten.processen.basis.werkplaats import Werkplaats

_VERS = 1.0
"""Seconds for which a look holds: it costs more the more there is waiting."""


class Wachtruimte:
    """Knows how much waits, as of a moment ago. Safe to use from several threads."""

    def __init__(self, meeste: int) -> None:
        """`meeste`: messages that may wait; of one stream half of that. 0: no bound."""
        self._meeste = meeste
        self._lock = Lock()
        self._gekeken_op = float("-inf")
        self._wachtend: Counter[tuple[str, str]] = Counter()
        self._totaal = 0

    def is_stale(self) -> bool:
        """Whether it is time to `look`."""
        return bool(self._meeste) and time.monotonic() - self._gekeken_op > _VERS

    def look(self, werkplaats: Werkplaats) -> None:
        """Count what waits; one thread does, and others go by what was known."""
        if self._lock.acquire(blocking=False):
            try:
                with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
                    standen = measure_streams(verbinding)
                self._wachtend = Counter({(stand.gemeente, stand.agb): stand.wachtend for stand in standen})
                self._totaal = self._wachtend.total()
                self._gekeken_op = time.monotonic()
            finally:
                self._lock.release()

    def is_full(self, gemeente: str, agb: str | None) -> bool:
        """Whether nothing more can be taken in; of an aanbieder also when too much of its own waits."""
        if not self._meeste:
            return False
        return self._totaal >= self._meeste or 2 * self._wachtend[(gemeente, agb or "")] >= self._meeste
