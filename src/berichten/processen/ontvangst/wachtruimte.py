"""Room for what waits: who sends faster than is handled is told to come back later, before the queue drowns."""

import time
from collections import Counter
from collections.abc import Sequence
from threading import Lock, Thread

import structlog

from berichten.logboek import describe_failure
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.wacht.wachtrij import Rijstand, measure_streams
from berichten.processen.basis.werkplaats import Werkplaats

LOG = structlog.get_logger("wachtruimte")
_VERS = 1.0
"""Seconds for which a look holds: it costs more the more there is waiting."""
_OUD = 5.0
"""Seconds after which it tells nothing any more."""


class _Stand:
    """How much waits, reckoned once when it is looked at: whoever sends is only looked up."""

    def __init__(self, standen: Sequence[Rijstand]) -> None:
        self.wachtend = Counter({(stand.gemeente, stand.agb): stand.wachtend for stand in standen})
        """By gemeente and AGB code, and by gemeente alone, with an empty code."""
        for stand in standen:
            self.wachtend[(stand.gemeente, "")] += stand.wachtend
        self.totaal = sum(stand.wachtend for stand in standen)
        self.gemeenten = sum(not agb for _, agb in self.wachtend)
        self.aanbieders = len(self.wachtend) - self.gemeenten


class Wachtruimte:
    """Knows how much waits, as of a moment ago. Safe to use from several threads."""

    def __init__(self, meeste: int) -> None:
        """`meeste`: messages that may wait; of one stream half of that. 0: no bound."""
        self._meeste = meeste
        self._lock = Lock()
        self._gekeken_op = float("-inf")
        self._stand = _Stand(())

    def is_unknown(self) -> bool:
        """Whether somebody has to `look` before anything can be said."""
        return self._is_older_than(_OUD)

    def is_stale(self) -> bool:
        """Whether it is time to look again, and nobody does."""
        return self._is_older_than(_VERS) and not self._lock.locked()

    def look(self, werkplaats: Werkplaats) -> None:
        """Count what waits; one thread does, and others go by what was known."""
        if self._lock.acquire(blocking=False):
            try:
                self._count(werkplaats)
            finally:
                self._lock.release()

    def look_beside(self, werkplaats: Werkplaats) -> None:
        """The same in a thread of its own, for who need not wait for it."""
        if self._lock.acquire(blocking=False):
            try:
                Thread(target=self._try_count, args=(werkplaats,), name="wachtruimte", daemon=True).start()
            except RuntimeError as fout:
                # No thread can be had. Whoever comes a while later counts by himself.
                self._lock.release()
                LOG.warning("wachtruimte_onbekend", **describe_failure(fout))

    def _try_count(self, werkplaats: Werkplaats) -> None:
        try:
            self._count(werkplaats)
        except Exception as fout:
            # Nobody waits for it. Whoever comes next is told, if the database is still away.
            LOG.warning("wachtruimte_onbekend", **describe_failure(fout))
        finally:
            self._lock.release()

    def _count(self, werkplaats: Werkplaats) -> None:
        with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            self._stand = _Stand(measure_streams(verbinding))
        self._gekeken_op = time.monotonic()

    def _is_older_than(self, seconden: float) -> bool:
        return bool(self._meeste) and time.monotonic() - self._gekeken_op > seconden

    def is_full(self, gemeente: str, agb: str | None) -> bool:
        """Whether nothing more can be taken in of this aanbieder, or of this gemeente itself: too much of its own waits.

        When all the room is taken, that is an equal share of it: so who fills the room never shuts out who sends a little.
        """
        if not self._meeste:
            return False
        stand, wie = self._stand, (gemeente, agb or "")
        eigen = stand.wachtend[wie]
        if agb is not None and 2 * eigen >= self._meeste:
            return True
        gelijken = (stand.aanbieders if agb else stand.gemeenten) + (wie not in stand.wachtend)
        return stand.totaal >= self._meeste and gelijken * eigen >= self._meeste
