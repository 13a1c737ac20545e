"""The service while it is attacked: how fast it says that it is alive, and how much memory all of its processes hold."""

import http.client
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

_TUSSENTIJD = 0.02


@dataclass(slots=True)
class Meting:
    """What was seen during one attack."""

    seconden: list[float] = field(default_factory=list)
    """Of each question after the service's health; an hour for one that got no answer."""
    geheugen: int = 0
    """The most bytes that all processes of the service held together."""
    database: int = 0
    """The most bytes that PostgreSQL held, most of them its shared buffers, which fill up and stay so."""

    @property
    def p99(self) -> float:
        rij = sorted(self.seconden)
        return rij[min(len(rij) - 1, int(len(rij) * 0.99))]


class Meter:
    """Asks without pause, in threads of its own."""

    def __init__(self, port: int, dienst: int, database: int) -> None:
        """`dienst` and `database`: the processes whose memory counts, with all that they started."""
        self._port, self._dienst, self._database = port, dienst, database
        self._stop = threading.Event()
        self._meting = Meting()
        self._draden = [threading.Thread(target=doel, daemon=True) for doel in (self._ask, self._weigh)]
        for draad in self._draden:
            draad.start()

    def begin(self) -> Meting:
        """Start a new measurement."""
        self._meting = Meting()
        return self._meting

    def stop(self) -> None:
        self._stop.set()
        for draad in self._draden:
            draad.join()

    def _ask(self) -> None:
        while not self._stop.wait(_TUSSENTIJD):
            meting, begin = self._meting, time.monotonic()
            lijn = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
            try:
                lijn.request("GET", "/v1/gezondheid")
                goed = lijn.getresponse().status == 200
            except (OSError, http.client.HTTPException):
                goed = False
            lijn.close()
            meting.seconden.append(time.monotonic() - begin if goed else 3600.0)

    def _weigh(self) -> None:
        while not self._stop.wait(0.1):
            meting = self._meting
            meting.geheugen = max(meting.geheugen, sum(map(held, family([self._dienst]))))
            meting.database = max(meting.database, sum(map(held, family([self._database]))))


def family(wortels: list[int]) -> set[int]:
    """These processes and all below them."""
    gevonden, nieuw = set(wortels), list(wortels)
    while nieuw:
        pid = nieuw.pop()
        try:
            kinderen = [int(kind) for pad in Path(f"/proc/{pid}/task").glob("*/children") for kind in pad.read_text().split()]
        except OSError:
            continue
        nieuw += set(kinderen) - gevonden
        gevonden |= set(kinderen)
    return gevonden


def held(pid: int) -> int:
    """Bytes of a process, with its part of what it shares."""
    try:
        regels = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(regel.split()[1]) * 1024 for regel in regels if regel.startswith("Pss:")), 0)
