"""A real broker on this machine with a line to it that is listened in on: every byte between it and the service, either way."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest

from tests.api.dienst import GEDULD, free_port

_RABBITMQ = "/usr/lib/rabbitmq/bin/rabbitmq-server"
"""Not the wrapper before it, which wants a user of its own."""
_PAKKET = {"redis": ("redis-server", "redis-server"), "amqp": (_RABBITMQ, "rabbitmq-server")}


class Meeluisteraar:
    """A port that passes everything on to another, and keeps it."""

    def __init__(self, naar: int) -> None:
        self.gehoord = bytearray()
        self._naar = naar
        self._luister = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._luister.getsockname()[1])
        Thread(target=self._take, daemon=True).start()

    def close(self) -> None:
        self._luister.close()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                hier, _ = self._luister.accept()
                daar = socket.create_connection(("127.0.0.1", self._naar))
                for van, naar in ((hier, daar), (daar, hier)):
                    Thread(target=self._pass_on, args=(van, naar), daemon=True).start()

    def _pass_on(self, van: socket.socket, naar: socket.socket) -> None:
        with suppress(OSError):
            while stuk := van.recv(65536):
                self.gehoord += stuk
                naar.sendall(stuk)
        with suppress(OSError):
            naar.shutdown(socket.SHUT_WR)


@contextmanager
def listened_in(soort: str, map_: Path) -> Iterator[tuple[str, Meeluisteraar]]:
    """A broker (`redis` or `amqp`) whose files lie in this folder, the URL for the service, and who listens in on that line."""
    programma, pakket = _PAKKET[soort]
    if shutil.which(programma) is None:
        pytest.fail(f"{pakket} ontbreekt. Installeer het, op Debian met: apt-get install {pakket}")
    map_.mkdir()
    port = free_port()
    with _run_redis(port, map_) if soort == "redis" else _run_rabbitmq(port, map_):
        lijn = Meeluisteraar(port)
        try:
            yield f"{soort}://127.0.0.1:{lijn.port}", lijn
        finally:
            lijn.close()


@contextmanager
def _run_redis(port: int, map_: Path) -> Iterator[None]:
    # Everything that it gets goes to disk too.
    opties = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(map_), "--appendonly", "yes", "--logfile", str(map_ / "log")]
    with _running(["redis-server", *opties], port, dict(os.environ), map_):
        yield


@contextmanager
def _run_rabbitmq(port: int, map_: Path) -> Iterator[None]:
    epmd = str(free_port())
    omgeving = {
        **os.environ, "HOME": str(map_), "RABBITMQ_NODENAME": "bsn@localhost", "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port), "RABBITMQ_DIST_PORT": str(free_port()), "RABBITMQ_MNESIA_BASE": str(map_ / "mnesia"),
        "RABBITMQ_LOG_BASE": str(map_ / "log"), "RABBITMQ_CONFIG_FILE": str(map_ / "geen"), "ERL_EPMD_PORT": epmd,
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(map_ / "plugins"), "ERL_EPMD_ADDRESS": "127.0.0.1",
    }  # fmt: skip
    try:
        with _running([_RABBITMQ], port, omgeving, map_):
            yield
    finally:
        # Erlang leaves a process behind that knows its names: ours, on a port of our own.
        subprocess.run(["epmd", "-port", epmd, "-kill"], env=omgeving, capture_output=True, check=False)


@contextmanager
def _running(opdracht: list[str], port: int, omgeving: dict[str, str], map_: Path) -> Iterator[None]:
    with (map_ / "uitvoer").open("wb") as uitvoer:
        proces = subprocess.Popen(opdracht, env=omgeving, stdout=uitvoer, stderr=uitvoer, start_new_session=True)
    try:
        _await_port(port, proces, map_)
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(proces.pid, 15)
        proces.wait(timeout=GEDULD)


def _await_port(port: int, proces: subprocess.Popen[bytes], map_: Path) -> None:
    uiterlijk = time.monotonic() + GEDULD
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert proces.poll() is None, (map_ / "uitvoer").read_text()[-2000:]
            assert time.monotonic() < uiterlijk
            time.sleep(0.1)
        else:
            return
