"""Large messages in processes of their own, so that whatever one costs, everybody else is answered meanwhile.

Python runs one thread at a time, and libxml2 may keep that turn for seconds. So what is large is read, judged and answered in a
process beside the service, with a bound on memory and time; a process that dies or runs out is replaced, and the message gets a
sentence. Who answers at the door has one to read with, who works one to handle with. Small messages stay where they are: passing
them on would cost more than reading them.
"""

import os
import pickle
import socket
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any

import structlog

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Logins

LOG = structlog.get_logger("zijproces")
GROOT = 256 * 1024
"""Bytes from which a message is large; reading fewer takes some hundredths of a second at most."""
BESCHEIDEN = 12
"""How much lower its priority is than that of the process beside which it stands (`nice`): a large message may take longer."""
LEES_SECONDEN = 60.0
"""Within which a message is read or rehearsed, and for which it waits for its turn."""
VERWERK_SECONDEN = 1800.0
"""Within which a stream is handled: many large messages may wait in it."""


class ZijprocesFout(RuntimeError):
    """The work failed by a failure of ours; the text is its type."""


class ZijprocesZwaar(RuntimeError):
    """What was asked is too much: it took more processor time or memory than one may, or the process died of it twice."""


class ZijprocesDruk(RuntimeError):
    """Others have the process, or the processors, for longer than anyone wants to wait: asked again later, it may well go."""


class ZijprocesZonderDatabase(RuntimeError):
    """The database could not be reached from there."""


class _Weg(RuntimeError):
    """The process was gone."""


class Zijproces:
    """One process that does one thing at a time; started ahead or when it is first needed, and again whenever it is gone."""

    def __init__(self, instellingen: Instellingen, logins: Logins, *, vooruit: bool = True) -> None:
        self._begin = pickle.dumps((instellingen.model_dump(), logins))
        self._lock = Lock()
        self._proces: subprocess.Popen[bytes] | None = None
        self._lijn: Connection | None = None
        if vooruit:
            self._start()

    def run(self, taak: str, *gegevens: Any, seconden: float) -> Any:
        """The outcome of a task of `zijproces_taken`. Raises one of the failures above."""
        if not self._lock.acquire(timeout=LEES_SECONDEN):
            raise ZijprocesDruk
        try:
            try:
                return self._run(taak, gegevens, seconden)
            except _Weg:
                # It may have died before it got our task; who kills it twice is refused.
                try:
                    return self._run(taak, gegevens, seconden)
                except _Weg:
                    raise ZijprocesZwaar from None
        finally:
            self._lock.release()

    def stop(self) -> None:
        """End the process; what it was at is rolled back by the database."""
        if self._lijn is not None:
            self._lijn.close()
        if self._proces is not None:
            self._proces.kill()
            self._proces.wait()
        self._proces = self._lijn = None

    def _run(self, taak: str, gegevens: tuple[Any, ...], seconden: float) -> Any:
        if self._proces is None or self._proces.poll() is not None:
            self._restart()
        proces, lijn = self._proces, self._lijn
        if proces is None or lijn is None:
            raise _Weg
        begin = worked(proces.pid)
        try:
            lijn.send_bytes(pickle.dumps((taak, gegevens)))
            if not lijn.poll(seconden):
                raise ZijprocesZwaar if worked(proces.pid) - begin >= seconden / 2 else ZijprocesDruk
            fout, uitkomst, moe = pickle.loads(lijn.recv_bytes())
        except (EOFError, OSError, ZijprocesZwaar, ZijprocesDruk) as gestopt:
            LOG.error("zijproces_gestopt", taak=taak, fout=type(gestopt).__name__)
            self._restart()
            if isinstance(gestopt, EOFError | OSError):
                raise _Weg from None
            raise
        if moe:
            self._restart()
        if fout is not None:
            raise fout(uitkomst)
        return uitkomst

    def _restart(self) -> None:
        self.stop()
        self._start()

    def _start(self) -> None:
        """Start it; it is getting ready while we go on."""
        hier, daar = socket.socketpair()
        with daar:
            opdracht = [sys.executable, "-m", "berichten.processen.berichten.zijproces_taken", str(daar.fileno())]
            self._proces = subprocess.Popen(opdracht, pass_fds=(daar.fileno(),), stdin=subprocess.DEVNULL)
        self._lijn = Connection(hier.detach())
        self._lijn.send_bytes(self._begin)


def worked(pid: int) -> float:
    """Seconds of processor time that a process has had."""
    velden = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(velden[11]) + int(velden[12])) / os.sysconf("SC_CLK_TCK")
