"""The crew of a service: processes of its own beside it, which are started again when they die and end when it does.

Each hears by a line to the service: first what it needs (settings, logins, its part), then nothing, and the end of the line is the
end of its work, whatever became of who held the other end.
"""

import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from threading import Event, Thread
from typing import Any

import structlog

from berichten.logboek import describe_failure

LOG = structlog.get_logger("ploeg")
GRATIE = 10.0
"""Seconds in which a process ends what it is at."""
_OMKIJKEN = 0.25
_GEZOND = 30.0
"""Seconds after which a process that dies is no worse than one that lived long."""
_LANGSTE_PAUZE = 30.0


@dataclass(slots=True)
class Post:
    """A place in the crew, and who fills it now."""

    naam: str
    module: str
    """Run as `python -m`, with the number of its line, and those of the sockets that it gets."""
    begin: tuple[Any, ...]
    """What it is sent first."""
    sockets: Sequence[int] = ()
    proces: subprocess.Popen[bytes] | None = None
    lijn: Connection | None = None
    sinds: float = 0.0
    keren: int = 0
    """How often in a row it died young."""
    niet_voor: float = field(default=0.0)


class Ploeg:
    """Starts the crew, and keeps it whole until `stop`."""

    def __init__(self, posten: Sequence[Post]) -> None:
        self._posten = posten
        self._stop = Event()
        self._thread = Thread(target=self._watch, name="ploeg", daemon=True)

    def start(self) -> None:
        """Fill every place; one that cannot be filled now is tried again."""
        for post in self._posten:
            _try_fill(post)
        self._thread.start()

    def stop(self) -> None:
        """Tell all to end, and wait; who takes too long is killed, and what it was at is rolled back by the database."""
        self._stop.set()
        self._thread.join()
        for post in self._posten:
            if post.lijn is not None:
                post.lijn.close()
        tot = time.monotonic() + GRATIE + 5.0
        for post in self._posten:
            if post.proces is not None:
                try:
                    post.proces.wait(max(0.0, tot - time.monotonic()))
                except subprocess.TimeoutExpired:
                    LOG.error("onderdeel_te_traag", onderdeel=post.naam, pid=post.proces.pid)
                    post.proces.kill()
                    post.proces.wait()

    def _watch(self) -> None:
        while not self._stop.wait(_OMKIJKEN):
            for post in self._posten:
                if post.proces is not None and post.proces.poll() is not None:
                    _bury(post)
                if post.proces is None and time.monotonic() >= post.niet_voor:
                    _try_fill(post)


def _try_fill(post: Post) -> None:
    """Fill a place; when the machine has no room for a process (memory, handles) try again later, as after one that died."""
    try:
        _fill(post)
    except OSError as fout:
        post.keren += 1
        pauze = _pause(post)
        LOG.error("onderdeel_niet_gestart", onderdeel=post.naam, pauze=pauze, **describe_failure(fout))


def _fill(post: Post) -> None:
    """Start a process for this place; it is getting ready while we go on."""
    hier, daar = socket.socketpair()
    with hier, daar:
        opdracht = [sys.executable, "-m", post.module, str(daar.fileno()), *map(str, post.sockets)]
        post.proces = subprocess.Popen(opdracht, pass_fds=(daar.fileno(), *post.sockets), stdin=subprocess.DEVNULL)
        post.lijn = Connection(hier.detach())
    post.sinds = time.monotonic()
    LOG.info("onderdeel_gestart", onderdeel=post.naam, pid=post.proces.pid)
    try:
        post.lijn.send_bytes(pickle.dumps(post.begin))
    except OSError:
        # It is gone already, which the next look finds.
        return


def _bury(post: Post) -> None:
    """Note who died, and when the place may be filled again: at once, unless it dies young again and again."""
    proces, post.proces = post.proces, None
    if post.lijn is not None:
        post.lijn.close()
    post.keren = 0 if time.monotonic() - post.sinds > _GEZOND else post.keren + 1
    pauze = _pause(post) if post.keren > 1 else 0.0
    LOG.error("onderdeel_gestopt", onderdeel=post.naam, pid=proces and proces.pid, code=proces and proces.returncode, pauze=pauze)


def _pause(post: Post) -> float:
    """Leave a place empty for a while, longer the more often in a row it went wrong; how long, in seconds."""
    pauze = min(_LANGSTE_PAUZE, 2.0 ** min(post.keren - 1, 10))
    post.niet_voor = time.monotonic() + pauze
    return pauze
