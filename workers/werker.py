"""A worker: the threads of one process that handle what waits, and how that process hears of it.

It hears by a bell, and looks for itself every few seconds: so a bell that was lost, a worker that was killed or a broker that hangs
costs seconds, never a message. Streams in which something large waits have a thread and a process of their own, and small messages
are never behind them.
"""

import time
from collections import deque
from collections.abc import Callable
from threading import Event, Thread
from zlib import crc32

import structlog

from berichten.logboek import describe_failure
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import Stroom, list_waiting
from berichten.opslag.wacht.serverklok import KlokWijktAf
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.basis.zijproces import GROOT, VERWERK_SECONDEN
from berichten.processen.bewaking.bekijk_werkers import WERKER
from berichten.processen.bundels.verwerk_stromen import Gedaan, handle_stromen
from berichten.sporen import step
from workers.gehoor import open_gehoor
from workers.hart import Hart
from workers.voorraad import Voorraad

LOG = structlog.get_logger("werker")
_INGEPAKT = 16
"""How many times smaller a message is as it is kept, about."""
_SAMEN = 30
"""Streams that one thread takes at once, of which it handles what waits in one transaction."""
_RUST = 0.1
"""Seconds between two transactions of a thread with `_DRUK` of them in `_KORT` seconds: what comes meanwhile goes together, which
is half the work of message by message. What comes when there is little to do waits for nothing."""
_DRUK, _KORT = 10, 2.0
_GENOEG = 1000
"""Streams at hand, from which a worker looks for no more."""
_LANGSTE_PAUZE = 300.0
"""Seconds between two tries of a stream that fails: at most."""


class Adem:
    """How a thread under a steady stream of messages takes its time; one for each thread."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self._laatste: deque[float] = deque([float("-inf")] * _DRUK, maxlen=_DRUK)

    def rest(self) -> None:
        """After a transaction; returns at once unless there were many of late, or when it is time to stop."""
        self._laatste.append(time.monotonic())
        if self._laatste[-1] - self._laatste[0] < _KORT:
            self._stop.wait(_RUST)


class Werker:
    """The workers of one process. Of several in one service each hears its own part of the streams, and finds those of all."""

    def __init__(self, werkplaats: Werkplaats, deel: tuple[int, int] = (0, 1)) -> None:
        """`deel`: which of how many this one is."""
        self._werkplaats = werkplaats
        self._deel = deel
        self._klein, self._groot = Voorraad(), Voorraad()
        self._mislukt: dict[Stroom, tuple[int, float]] = {}
        """How often in a row a stream failed, and before which moment (monotonic) it is left alone."""
        self._klok_goed = True
        self._stop, self._kijk = Event(), Event()
        self._gehoor = open_gehoor(werkplaats, self._hear, self._kijk.set)
        klein = [Thread(target=self._work, args=(self._klein, _SAMEN, self._do_small), daemon=True) for _ in range(self._threads)]
        groot = Thread(target=self._work, args=(self._groot, 1, self._do_large), daemon=True)
        self._draden = [*klein, groot]
        self._ronde = Thread(target=self._look_around, daemon=True)

    @property
    def _threads(self) -> int:
        return max(1, self._werkplaats.instellingen.workers)

    def start(self) -> None:
        """Begin, with what waits already."""
        for draad in (*self._draden, self._ronde):
            draad.start()
        self._gehoor.start()

    def stop(self, seconden: float) -> None:
        """Take nothing new, and wait so long for what is at hand. What is not done by then is rolled back, and waits."""
        tot = time.monotonic() + seconden
        self._stop.set()
        self._kijk.set()
        self._gehoor.stop()
        for voorraad in (self._klein, self._groot):
            voorraad.close()
        for draad in (*self._draden, self._ronde):
            draad.join(max(0.0, tot - time.monotonic()))

    def _hear(self, stroom: Stroom) -> None:
        """A bell. That for a part of another is left to it, in the same process or not; should it be gone, we find the stream."""
        nummer, aantal = self._deel
        if aantal == 1 or crc32(stroom.agb.encode()) % aantal == nummer:
            self._offer(stroom)

    def _offer(self, stroom: Stroom) -> None:
        if self._klok_goed and self._mislukt.get(stroom, (0, 0.0))[1] <= time.monotonic():
            self._klein.add(stroom)

    def _work(self, voorraad: Voorraad, meeste: int, do: Callable[[list[Stroom], Adem], Gedaan]) -> None:
        adem = Adem(self._stop)
        while stromen := voorraad.take(meeste):
            try:
                with step("verwerken", stromen=len(stromen)) as stap:
                    gedaan = do(stromen, adem)
                    stap.set_attribute("berichten", gedaan.berichten)
                    stap.set_attribute("mislukt", len(gedaan.mislukt))
                self._tell(stromen, gedaan)
            except KlokWijktAf as fout:
                self._leave_to_others(fout)
            except Exception as fout:
                # Not one message among them: the database is away, or the process that handles large ones.
                self._tell(stromen, Gedaan(mislukt=dict.fromkeys(stromen, fout)))
            finally:
                voorraad.done(stromen)

    def _tell(self, stromen: list[Stroom], gedaan: Gedaan) -> None:
        """Note what became of them."""
        for stroom in stromen:
            if stroom not in gedaan.mislukt:
                self._mislukt.pop(stroom, None)
        for stroom, fout in gedaan.mislukt.items():
            self._note_failure(stroom)
            LOG.error("verwerken_mislukt", gemeente=stroom.gemeente, agb=stroom.agb, **describe_failure(fout))
        for stroom in gedaan.groot:
            self._groot.add(stroom)
        if gedaan.berichten:
            LOG.info("verwerkt", stromen=[" ".join(stroom) for stroom in stromen], berichten=gedaan.berichten)

    def _do_small(self, stromen: list[Stroom], adem: Adem) -> Gedaan:
        """Handle what waits. May run twice, or at once with another: each message is taken by one."""
        return handle_stromen(self._werkplaats, stromen, GROOT // _INGEPAKT, adem.rest)

    def _do_large(self, stromen: list[Stroom], adem: Adem) -> Gedaan:
        """A stream in which something large waits is handled in a process beside us, whole: it is one queue."""
        if self._werkplaats.zij is None:
            return handle_stromen(self._werkplaats, stromen, rust=adem.rest)
        return Gedaan(sum(self._werkplaats.zij.run("stroom", *stroom, seconden=VERWERK_SECONDEN) for stroom in stromen))

    def _note_failure(self, stroom: Stroom) -> None:
        keren = self._mislukt.get(stroom, (0, 0.0))[0] + 1
        pauze = min(_LANGSTE_PAUZE, self._werkplaats.instellingen.veeg_seconden * 2 ** min(keren - 1, 10))
        self._mislukt[stroom] = (keren, time.monotonic() + pauze)

    def _look_around(self) -> None:
        """Say that we are there, and look for what waits: at the start, every round, and whenever bells may have been missed."""
        hart = Hart(self._werkplaats, WERKER)
        while not self._stop.is_set():
            self._kijk.clear()
            try:
                self._look(hart)
                self._klok_goed = True
            except KlokWijktAf as fout:
                self._leave_to_others(fout)
            except Exception as fout:
                # The database may be away for a moment; the next round tries again.
                LOG.error("rondkijken_mislukt", **describe_failure(fout))
            self._kijk.wait(self._werkplaats.instellingen.veeg_seconden)
        hart.leave()

    def _leave_to_others(self, fout: KlokWijktAf) -> None:
        """What we handled would be booked on another day; others do it, or it waits until the clock is right."""
        self._klok_goed = False
        LOG.error("klok_wijkt_af", **describe_failure(fout))

    def _look(self, hart: Hart) -> None:
        with self._werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            hart.beat(verbinding)
            stromen = list_waiting(verbinding) if len(self._klein) < _GENOEG else []
        for stroom in stromen:
            self._offer(stroom)
