"""The sweeper: rings again for every message left behind, so that a lost bell, a killed worker or a crash loses nothing.

What else has to be looked at from time to time is done in the same round.
"""

from collections.abc import Callable
from threading import Event, Thread

import structlog

from berichten.logboek import describe_failure
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import list_waiting
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bewaak_boeken import Boekenwacht
from berichten.processen.bewaking.bewaak_termijnen import Termijnwaker
from berichten.processen.bewaking.ruim_weigeringen_op import Opruimer
from berichten.processen.seintjes.verstuur_seintjes import Postbode
from workers.bel import Bel

LOG = structlog.get_logger("veger")


class Veger:
    """A thread that sweeps at once when it starts, and then every so many seconds."""

    def __init__(self, werkplaats: Werkplaats, bel: Bel) -> None:
        self._werkplaats = werkplaats
        self._bel = bel
        self._wacht = Boekenwacht(werkplaats)
        self._taken: tuple[Callable[[], object], ...] = (
            self.sweep,
            Termijnwaker(werkplaats).watch,
            self._wacht.watch,
            Opruimer(werkplaats).clean,
            Postbode(werkplaats).deliver,
        )
        self._stop = Event()
        self._thread = Thread(target=self._run, name="veger", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait until the last round is over."""
        self._stop.set()
        self._thread.join()
        self._wacht.stop()

    def sweep(self) -> int:
        """Ring for every stream in which a message waits; returns how many those are."""
        with self._werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            stromen = list_waiting(verbinding)
        for gemeente, agb in stromen:
            self._bel.ring(gemeente, agb)
        return len(stromen)

    def _run(self) -> None:
        while True:
            for taak in self._taken:
                try:
                    taak()
                except Exception as fout:
                    # The database may be away for a moment; the next round tries again.
                    LOG.error("vegen_mislukt", **describe_failure(fout))
            if self._stop.wait(self._werkplaats.instellingen.veeg_seconden):
                return
