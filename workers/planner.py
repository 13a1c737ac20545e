"""The planner: what has to be looked at from time to time, by one process of all that could.

Who leads holds a lock on a connection of its own; when that process or its connection is gone, another leads within a round.
"""

from collections.abc import Callable
from threading import Event, Thread

import structlog

from berichten.logboek import describe_failure
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.wacht.seinlijn import Leiding, open_leiding
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bekijk_werkers import PLANNER
from berichten.processen.bewaking.bewaak_boeken import Boekenwacht
from berichten.processen.bewaking.bewaak_retouren import Retourwaker
from berichten.processen.bewaking.bewaak_termijnen import Termijnwaker
from berichten.processen.bewaking.ruim_weigeringen_op import Opruimer
from berichten.processen.kwartaal.volg_kalender import Kalendervolger
from berichten.processen.seintjes.verstuur_seintjes import Postbode
from berichten.processen.verzoeken.bewaak_verzoeken import Verzoekwaker
from berichten.sporen import step
from workers.hart import Hart

LOG = structlog.get_logger("planner")


class Planner:
    """A thread that leads when nobody else does, and then does its rounds."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self._werkplaats = werkplaats
        self._wacht = Boekenwacht(werkplaats)
        self._hart = Hart(werkplaats, PLANNER)
        self._taken: tuple[Callable[[], object], ...] = (
            Termijnwaker(werkplaats).watch,
            Verzoekwaker(werkplaats).watch,
            Retourwaker(werkplaats).watch,
            self._wacht.watch,
            Kalendervolger(werkplaats).watch,
            Opruimer(werkplaats).clean,
            Postbode(werkplaats).deliver,
        )
        self._stop = Event()
        self._thread = Thread(target=self._run, name="planner", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconden: float) -> None:
        """Let the round that is going on end, and wait so long for it."""
        self._stop.set()
        self._thread.join(seconden)
        self._wacht.stop()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with open_leiding(self._werkplaats.opslag.logins.boeker) as leiding:
                    geleid = self._lead(leiding)
                if not geleid:
                    # Who stands by holds no connection while it asks for one: behind a pooler there are few.
                    self._beat()
            except Exception as fout:
                # The database may be away for a moment.
                LOG.error("planner_zonder_lijn", **describe_failure(fout))
            self._rest()
        self._hart.leave()

    def _lead(self, leiding: Leiding) -> bool:
        """Rounds for as long as we lead; whether we led at all. Raises when the line breaks, for then we lead no more."""
        if not leiding.lead():
            return False
        LOG.info("planner_leidt")
        while not self._stop.is_set():
            leiding.check()
            self._beat()
            for taak in self._taken:
                try:
                    with step(type(getattr(taak, "__self__", taak)).__name__):
                        taak()
                except Exception as fout:
                    LOG.error("ronde_mislukt", **describe_failure(fout))
            self._rest()
        return True

    def _beat(self) -> None:
        """Say that there is a planner, whether it leads or stands by."""
        with self._werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            self._hart.beat(verbinding)

    def _rest(self) -> bool:
        """Wait for the next round; whether we must stop."""
        return self._stop.wait(self._werkplaats.instellingen.veeg_seconden)
