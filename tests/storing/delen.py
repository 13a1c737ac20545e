"""Parts of a service, each a process in a session of its own, that are started again when they die, as an init system does."""

import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

from tests.hulp.programmas import end_session, session_of

_EVENT = re.compile(r"\"event\": [\"']([^\"']*)")
_SOORT = re.compile(r'"fout": "([^"]*)"')


@dataclass(slots=True)
class Deel:
    """One part: what it is started with, and the process that it is now."""

    naam: str
    opdracht: Sequence[str]
    omgeving: Mapping[str, str]
    logboek: Path
    als: str = ""
    """System user under whom it runs; empty: ours."""
    map_: Path = Path("/")
    proces: subprocess.Popen[bytes] | None = None
    starts: int = 0
    rust_tot: float = 0.0
    """Before this moment (monotonic) it is not started again."""
    lock: Lock = field(default_factory=Lock)

    @property
    def pid(self) -> int:
        """Of the process that was started; what it starts itself is in its session."""
        assert self.proces is not None
        return self.proces.pid

    def start(self) -> None:
        wie = {"user": self.als, "group": self.als, "extra_groups": []} if self.als else {}
        with self.logboek.open("ab") as log:
            self.proces = subprocess.Popen(
                self.opdracht, env=dict(self.omgeving), stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                start_new_session=True, cwd=self.map_, **wie,  # type: ignore[call-overload]
            )  # fmt: skip
        self.starts += 1

    def is_dead(self) -> bool:
        return self.proces is None or self.proces.poll() is not None

    def kill(self) -> None:
        """SIGKILL to the process itself: what it started has to notice."""
        os.kill(self.pid, signal.SIGKILL)

    def kill_all(self) -> None:
        """SIGKILL to all of it."""
        end_session(self.pid, signal.SIGKILL)

    def ask_to_end(self) -> None:
        """SIGTERM, as who administers it does."""
        os.kill(self.pid, signal.SIGTERM)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """All of it stands still."""
        pid = self.pid
        end_session(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            end_session(pid, signal.SIGCONT)

    def read_faults(self) -> Counter[str]:
        """What its log tells of, by event and kind of failure."""
        gevonden: Counter[str] = Counter()
        for regel in self.logboek.read_text(errors="replace").splitlines():
            event = _EVENT.search(regel)
            if event and ('"error"' in regel or '"warning"' in regel):
                soort = _SOORT.search(regel)
                gevonden[f"{event[1]} {soort[1] if soort else ''}".strip()] += 1
            elif "Traceback" in regel:
                gevonden["Traceback"] += 1
        return gevonden

    def memory(self) -> int:
        """Bytes of memory of all its processes together."""
        return sum(_read_memory(pid) for pid in session_of(self.pid))

    def processor(self) -> float:
        """Seconds of processor time of all its processes that are there now."""
        return sum(read_processor(pid) for pid in session_of(self.pid))

    def handles(self) -> int:
        """Open files of all its processes together."""
        return sum(_count_handles(pid) for pid in session_of(self.pid))


def read_processor(pid: int) -> float:
    """Seconds of processor time of one process, and of those of its children that ended."""
    try:
        velden = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(veld) for veld in velden[11:15]) / os.sysconf("SC_CLK_TCK")


def _read_memory(pid: int) -> int:
    try:
        for regel in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if regel.startswith("Pss:"):
                return 1024 * int(regel.split()[1])
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def _count_handles(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except (FileNotFoundError, ProcessLookupError):
        return 0


class Toezicht:
    """Starts what died, a second later."""

    def __init__(self, delen: Sequence[Deel]) -> None:
        self._delen = delen
        self._stop = Event()
        self._thread = Thread(target=self._watch, name="toezicht", daemon=True)
        self.herstarts = 0

    def watch(self) -> None:
        """From now on."""
        self._thread.start()

    def stop(self) -> None:
        """Everything ends: in the ordinary way first, and whoever started it last."""
        self._stop.set()
        self._thread.join()
        for deel in reversed(self._delen):
            if not deel.is_dead():
                deel.ask_to_end()
        tot = time.monotonic() + 30
        for deel in reversed(self._delen):
            while not deel.is_dead() and time.monotonic() < tot:
                time.sleep(0.05)
            if deel.proces is not None:
                deel.kill_all()

    def _watch(self) -> None:
        while not self._stop.wait(1.0):
            for deel in self._delen:
                if deel.is_dead() and time.monotonic() >= deel.rust_tot:
                    if deel.proces is not None:
                        # What it left behind ends by itself, or a machine that starts it again has none of it.
                        deel.kill_all()
                    self.herstarts += 1
                    deel.start()
