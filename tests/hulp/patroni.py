"""A cluster as it stands at a region, on one machine: three times etcd, and three PostgreSQL servers under Patroni."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import yaml

from tests.api.dienst import free_port
from tests.hulp.bevriezen import processes_in
from tests.hulp.programmas import await_true, end_session, find_program, listens, running_program

TTL = 20
"""Seconds after which a leader that says nothing has lost its place."""
_GEHEIM = "geheim"


@dataclass(slots=True)
class Knoop:
    """One machine with a database."""

    naam: str
    port: int
    rest: int
    data: Path
    proces: subprocess.Popen[bytes] | None = None

    def is_leader(self) -> bool:
        """Whether Patroni says that this one takes writes."""
        return _answers(f"http://127.0.0.1:{self.rest}/primary")

    def is_replica(self) -> bool:
        """Whether it follows the one that leads."""
        return _answers(f"http://127.0.0.1:{self.rest}/replica")

    def is_sync(self) -> bool:
        """Whether what is committed is here too."""
        return _answers(f"http://127.0.0.1:{self.rest}/sync")

    def kill(self) -> None:
        """The machine is gone: Patroni and every process of PostgreSQL, at once."""
        self._give(signal.SIGKILL)

    def freeze(self) -> None:
        """The machine hangs: all stands still, and its connections stay."""
        self._give(signal.SIGSTOP)

    def end(self) -> None:
        """Leave nothing behind of what Patroni started in sessions of their own."""
        for pid in processes_in(self.data):
            _signal(pid, signal.SIGKILL)

    def _give(self, sein: signal.Signals) -> None:
        """Patroni first, so that it starts nothing again; then PostgreSQL, which it put in a session of its own."""
        assert self.proces is not None
        end_session(self.proces.pid, sein)
        for pid in processes_in(self.data):
            _signal(pid, sein)


@dataclass(slots=True)
class Cluster:
    """The machines, and where the service finds them."""

    map_: Path
    knopen: list[Knoop] = field(default_factory=list)

    def leader(self) -> Knoop:
        """The one that takes writes; waits until there is one with a standby that has all that it has."""
        await_true(lambda: any(k.is_leader() for k in self.knopen) and any(k.is_sync() for k in self.knopen), "geen leider", 180)
        return next(k for k in self.knopen if k.is_leader())

    def url(self, eerst: Knoop) -> str:
        """As libpq writes it, with this machine first."""
        rest = [k for k in self.knopen if k is not eerst]
        machines = ",".join(f"127.0.0.1:{k.port}" for k in (eerst, *rest))
        return f"postgresql://berichten:{_GEHEIM}@{machines}/berichten"

    def make_database(self) -> None:
        """What an administrator makes for the service."""
        doel = f"postgresql://postgres:{_GEHEIM}@127.0.0.1:{self.leader().port}/postgres"
        with psycopg.connect(doel, autocommit=True) as verbinding:
            verbinding.execute(f"CREATE ROLE berichten LOGIN CREATEROLE PASSWORD '{_GEHEIM}'")
            verbinding.execute("CREATE DATABASE berichten OWNER berichten")


@contextmanager
def patroni_cluster(logboeken: Path) -> Iterator[Cluster]:
    """Three machines, of which one leads and one is a synchronous standby; gone with all they hold when the block ends."""
    map_ = Path(tempfile.mkdtemp(prefix="berichten-cluster-"))
    map_.chmod(0o755)
    with ExitStack() as open_:
        open_.callback(shutil.rmtree, map_, ignore_errors=True)
        klanten = _start_etcd(open_, map_, logboeken)
        cluster = Cluster(map_, [Knoop(f"p{nr}", free_port(), free_port(), map_ / f"p{nr}" / "data") for nr in (1, 2, 3)])
        for knoop in cluster.knopen:
            _start_knoop(open_, knoop, map_, klanten, logboeken)
            await_true(lambda: any(k.is_leader() for k in cluster.knopen), f"{knoop.naam} zonder leider", 180)
        cluster.leader()
        yield cluster


def _start_etcd(open_: ExitStack, map_: Path, logboeken: Path) -> list[str]:
    poorten = [(f"e{nr}", free_port(), free_port()) for nr in (1, 2, 3)]
    samen = ",".join(f"{naam}=http://127.0.0.1:{onderling}" for naam, _, onderling in poorten)
    for naam, klant, onderling in poorten:
        open_.enter_context(running_program(etcd_command(naam, klant, onderling, samen, map_), logboeken / f"{naam}.log"))
    await_true(lambda: all(listens(klant) for _, klant, _ in poorten), "etcd", 60)
    return [f"127.0.0.1:{klant}" for _, klant, _ in poorten]


def etcd_command(naam: str, klant: int, onderling: int, samen: str, map_: Path) -> list[str]:
    """What starts one member of etcd, with its port for clients and that for the others; `samen`: all members."""
    adressen = {
        "listen-client-urls": klant, "advertise-client-urls": klant, "listen-peer-urls": onderling,
        "initial-advertise-peer-urls": onderling,
    }  # fmt: skip
    opdracht = [find_program("etcd"), "--name", naam, "--data-dir", str(map_ / naam), "--enable-v2=true"]
    opdracht += [f"--{woord}=http://127.0.0.1:{port}" for woord, port in adressen.items()]
    return [*opdracht, "--initial-cluster", samen, "--initial-cluster-state", "new"]


def write_knoop(knoop: Knoop, map_: Path, klanten: list[str], als: str) -> Path:
    """The settings of a machine in a folder of its own, which belongs to the user `als`."""
    eigen = map_ / knoop.naam
    eigen.mkdir(mode=0o700)
    bestand = eigen / "patroni.yml"
    bestand.write_text(yaml.safe_dump(_settings(knoop, eigen, klanten)))
    for pad in (eigen, bestand):
        shutil.chown(pad, als)
    return bestand


def _start_knoop(open_: ExitStack, knoop: Knoop, map_: Path, klanten: list[str], logboeken: Path) -> None:
    als = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    bestand = write_knoop(knoop, map_, klanten, als)
    eigen = bestand.parent
    omgeving = {"HOME": str(eigen)}
    open_.callback(knoop.end)
    opdracht = [find_program("patroni"), str(bestand)]
    knoop.proces = open_.enter_context(
        running_program(opdracht, logboeken / f"{knoop.naam}.log", als=als, map_=eigen, omgeving=omgeving)
    )


def _settings(knoop: Knoop, eigen: Path, klanten: list[str]) -> dict[str, object]:
    wie = {"superuser": {"username": "postgres", "password": _GEHEIM}, "replication": {"username": "kopie", "password": _GEHEIM}}
    return {
        "scope": "berichten",
        "name": knoop.naam,
        "restapi": {"listen": f"127.0.0.1:{knoop.rest}", "connect_address": f"127.0.0.1:{knoop.rest}"},
        "etcd3": {"hosts": klanten},
        "bootstrap": {
            "dcs": {
                "ttl": TTL, "loop_wait": 5, "retry_timeout": 5, "synchronous_mode": True,
                "postgresql": {
                    "use_pg_rewind": True,
                    "parameters": {"synchronous_commit": "remote_apply", "max_connections": 120, "shared_buffers": "64MB"},
                },
            },
            "initdb": [{"encoding": "UTF8"}, {"locale": "C"}, "data-checksums"],
        },
        "postgresql": {
            "listen": f"127.0.0.1:{knoop.port}",
            "connect_address": f"127.0.0.1:{knoop.port}",
            "data_dir": str(eigen / "data"),
            "bin_dir": str(max(Path("/usr/lib/postgresql").glob("*/bin"))),
            "pgpass": str(eigen / "pgpass"),
            "parameters": {"unix_socket_directories": str(eigen)},
            "pg_hba": ["host all all 127.0.0.1/32 scram-sha-256", "host replication kopie 127.0.0.1/32 scram-sha-256"],
            "authentication": wie,
        },
    }  # fmt: skip


def _signal(pid: int, sein: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, sein)


def _answers(adres: str) -> bool:
    try:
        with urlopen(adres, timeout=2) as antwoord:
            return bool(json.load(antwoord))
    except (URLError, OSError):
        return False
