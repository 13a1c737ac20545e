"""Programs beside the service, each started for one test on ports of its own and ended with it, whatever happens."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

GEDULD = 60.0
"""Seconds after which waiting for a program is a failure."""


def find_program(naam: str) -> str:
    """Where it lies; what a long test needs and is not there makes it fail, with how to get it."""
    gevonden = shutil.which(naam, path=f"{os.environ['PATH']}:/usr/sbin:/usr/lib/postgresql/15/bin")
    if gevonden is None:
        pytest.fail(f"{naam} ontbreekt: apt-get install pgbouncer patroni etcd-server prometheus postgresql-15")
    return gevonden


@contextmanager
def running_program(
    opdracht: Sequence[str], logboek: Path, *, als: str = "", map_: Path = Path("/"), omgeving: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """The program with all that it starts, in a session of its own and in folder `map_`; as root under the system user `als`."""
    wie = {"user": als, "group": als, "extra_groups": []} if als and os.geteuid() == 0 else {}
    with logboek.open("ab") as log:
        proces = subprocess.Popen(
            opdracht, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, cwd=map_,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", **(omgeving or {})}, **wie,  # type: ignore[call-overload]
        )  # fmt: skip
    try:
        yield proces
    finally:
        end_session(proces.pid, signal.SIGKILL)
        proces.wait()


def end_session(sessie: int, sein: signal.Signals) -> None:
    """Give a signal to every process of a session: what a program started too, in whatever group."""
    for pid in session_of(sessie):
        try:
            os.kill(pid, sein)
        except ProcessLookupError:
            continue


def session_of(sessie: int) -> list[int]:
    """Processes of the session that began with this one."""
    gevonden = []
    for pad in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(pad.name)) == sessie:
                gevonden.append(int(pad.name))
        except ProcessLookupError:
            continue
    return gevonden


def await_true(vraag: Callable[[], bool], wat: str, geduld: float = GEDULD) -> None:
    """Ask until it is so."""
    uiterlijk = time.monotonic() + geduld
    while time.monotonic() < uiterlijk:
        if vraag():
            return
        time.sleep(0.2)
    raise TimeoutError(wat)


def listens(port: int) -> bool:
    """Whether somebody takes connections on this port of this machine."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
