"""The doorbell: tells workers that something waits in a stream. It is never the memory; what waits stands in the database.

Who rings only leaves word, and goes on: a thread of its own passes it on, by NOTIFY of PostgreSQL or by the broker that is set. So
a bell that is slow, frozen or gone holds up nobody who sends a message. Only gemeente and AGB code go over it: no BSN, no contents.
"""

import time
from threading import Condition, Thread
from typing import Protocol

import structlog

from berichten.logboek import describe_failure
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import Stroom
from berichten.opslag.wacht.seinlijn import announce
from berichten.opslag.wacht.wachtrij import find_heads
from berichten.processen.basis.werkplaats import Werkplaats
from workers.makelaar import Makelaar

LOG = structlog.get_logger("bel")
_ADEM, _LANGSTE_ADEM = 0.02, 0.1
"""Seconds between two times that it sounds, in which streams are gathered: longer the longer it has had no rest, since workers who
are never out of work need not hear so at every message. One that comes after a silence sounds at once."""
_RUST = 5.0
"""Seconds for which a bell that failed is left alone. Workers look for themselves meanwhile."""
_MEESTE_KOPPEN = 50_000
"""Streams that are remembered as rung."""


class Klepel(Protocol):
    """How the bell sounds."""

    def sound(self, stromen: list[Stroom]) -> None:
        """Let workers hear that something waits in these. May take long, and may raise anything."""


class Bel:
    """Takes word of streams in which something waits, and passes it on: each once, however often it was named meanwhile."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self._klepel: Klepel = Makelaarklepel(werkplaats) if werkplaats.instellingen.broker_url else Seinklepel(werkplaats)
        self._genoemd: dict[Stroom, None] = {}
        self._beurt = Condition()
        self._stop = False
        self._thread = Thread(target=self._run, name="bel", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Let go. What was not rung waits in the database, where workers look."""
        with self._beurt:
            self._stop = True
            self._beurt.notify()
        self._thread.join(1.0)

    def ring(self, gemeente: str, agb: str) -> None:
        """Say that something waits in this stream. Returns at once, whatever becomes of the bell."""
        with self._beurt:
            self._genoemd[Stroom(gemeente, agb)] = None
            self._beurt.notify()

    def _run(self) -> None:
        adem = _ADEM
        while True:
            with self._beurt:
                self._beurt.wait_for(lambda: self._genoemd or self._stop)
                if self._stop:
                    return
                stromen, self._genoemd = list(self._genoemd), {}
            try:
                self._klepel.sound(stromen)
                time.sleep(adem)
                adem = min(2 * adem, _LANGSTE_ADEM) if self._genoemd else _ADEM
            except Exception as fout:
                # What waits is committed, and a worker finds it. Each broker has kinds of trouble of its own.
                LOG.warning("bel_onbereikbaar", stromen=len(stromen), **describe_failure(fout))
                self._rest()

    def _rest(self) -> None:
        """What is named meanwhile is not rung any more: workers have looked by then."""
        tot = time.monotonic() + _RUST
        with self._beurt:
            while not self._stop and (rest := tot - time.monotonic()) > 0:
                self._beurt.wait(rest)
            self._genoemd.clear()


class Seinklepel:
    """By NOTIFY, in a transaction of its own: in that of the message it would let one commit at a time."""

    def __init__(self, werkplaats: Werkplaats) -> None:
        self._opslag = werkplaats.opslag

    def sound(self, stromen: list[Stroom]) -> None:
        with self._opslag.transaction(Login.BOEKER) as verbinding:
            announce(verbinding, stromen)


class Makelaarklepel:
    """By a broker, which keeps a bell until a worker hears it: so each message at the head of a stream gets one, and no other does.

    Whoever hears that bell handles what stands behind it too.
    """

    def __init__(self, werkplaats: Werkplaats) -> None:
        self._opslag = werkplaats.opslag
        self._makelaar = Makelaar(werkplaats.instellingen.broker_url)
        self._geluid: dict[Stroom, int] = {}
        """Volgnummer of the message for which each stream was rung."""

    def sound(self, stromen: list[Stroom]) -> None:
        with self._opslag.transaction(Login.BOEKER) as verbinding:
            standen = find_heads(verbinding, stromen)
        if len(self._geluid) > _MEESTE_KOPPEN:
            self._geluid.clear()
        for stand in standen:
            stroom = Stroom(stand.gemeente, stand.agb)
            if self._geluid.get(stroom) != stand.kop:
                self._makelaar.send(stroom)
                self._geluid[stroom] = stand.kop
