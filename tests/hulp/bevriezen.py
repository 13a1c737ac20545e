"""A server that hangs and does not say so: its processes stand still, and the kernel keeps its connections alive."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def frozen(data: Path) -> Iterator[None]:
    """Every process of the PostgreSQL in this folder stands still until the block ends; the postmaster first, so none is added."""
    with suppress(ProcessLookupError):
        os.kill(_postmaster(data), signal.SIGSTOP)
    stil = processes_in(data)
    for pid in stil:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in stil:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def _postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().split()[0])


def processes_in(data: Path) -> list[int]:
    """All of a server's processes work in its data folder."""
    return [int(pad.parent.name) for pad in Path("/proc").glob("[0-9]*/cwd") if _works_in(pad, data)]


def _works_in(cwd: Path, data: Path) -> bool:
    try:
        return cwd.samefile(data)
    except OSError:
        return False


class Doorgeefluik:
    """A machine of its own in the eyes of who connects: a port that passes everything on to a socket, until it hangs."""

    def __init__(self, naar: Path) -> None:
        self._naar = str(naar)
        self._luistert = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._luistert.getsockname()[1])
        self._loopt = threading.Event()
        self._loopt.set()
        threading.Thread(target=self._accept, daemon=True).start()

    def hang(self) -> None:
        """From now on nothing comes through; connections stay."""
        self._loopt.clear()

    def resume(self) -> None:
        """What waited comes through."""
        self._loopt.set()

    def close(self) -> None:
        """Nobody listens any more."""
        self._loopt.set()
        self._luistert.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                hier = self._luistert.accept()[0]
                daar = socket.socket(socket.AF_UNIX)
                daar.connect(self._naar)
                for van, naar in ((hier, daar), (daar, hier)):
                    threading.Thread(target=self._pass_on, args=(van, naar), daemon=True).start()

    def _pass_on(self, van: socket.socket, naar: socket.socket) -> None:
        with suppress(OSError):
            while deel := van.recv(65536):
                self._loopt.wait()
                naar.sendall(deel)
        for lijn in (van, naar):
            with suppress(OSError):
                lijn.shutdown(socket.SHUT_RDWR)
