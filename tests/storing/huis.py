"""A service in parts, each a process: two doors, two workers, two planners, PostgreSQL over TCP, and a broker when one is asked."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

from berichten.instellingen import Instellingen
from berichten.klok import read_clock
from tests.api.dienst import free_port
from tests.conftest import SINDS, VANDAAG
from tests.hulp.programmas import await_true, find_program, listens
from tests.storing.cluster import Bewaakt, make_cluster
from tests.storing.delen import Deel, Toezicht
from tests.storing.snijder import Snijder

DEUREN = ("deur 1", "deur 2")
WERKERS = ("werker 1", "werker 2")
PLANNERS = ("planner 1", "planner 2")
DATABASE = "postgres"
BROKER = "broker"
_GEHEIM = "geheim"
_RABBITMQ = "/usr/lib/rabbitmq/bin/rabbitmq-server"
_FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"


@dataclass(slots=True)
class Huis:
    """Its parts by name, and where they are."""

    map_: Path
    schijf: Path
    """Folder of the database, which may be a disk of its own."""
    broker: str
    """`redis`, `amqp` or empty."""
    with_cluster: bool = False
    """Whether there are three machines under Patroni in the place of one PostgreSQL."""
    cluster: Bewaakt | None = None
    poorten: list[int] = field(default_factory=lambda: [free_port(), free_port()])
    databasepoort: int = field(default_factory=free_port)
    brokerpoort: int = field(default_factory=free_port)
    delen: dict[str, Deel] = field(default_factory=dict)
    snijder: Snijder = field(init=False)
    toezicht: Toezicht = field(init=False)
    sinds: str = field(default_factory=lambda: f"{read_clock() - timedelta(hours=8):%Y-%m-%dT%H:%M:%S%z}")
    """It is eight in the morning on the day of the tests when a run begins."""

    @property
    def klok(self) -> Path:
        """What the clock of the second worker and the second planner is wrong by, in the words of libfaketime."""
        return self.map_ / "klok"

    def make(self) -> None:
        """Make the database, and start PostgreSQL and the broker."""
        for map_ in (self.schijf, self.map_):
            map_.chmod(0o755)
        self.snijder = Snijder(self.databasepoort)
        if self.with_cluster:
            self.cluster = make_cluster(self.schijf, self.map_)
            self.cluster.start()
            self.cluster.cluster.make_database()
            self.delen |= self.cluster.delen
        else:
            self._make_server()
        if self.broker:
            self._add_broker()

    def _make_server(self) -> None:
        data = self.schijf / "data"
        data.mkdir(mode=0o700)
        shutil.chown(data, "postgres", "postgres")
        _run(
            find_program("initdb"),
            "-D",
            str(data),
            "-U",
            "postgres",
            "--encoding=UTF8",
            "--locale=C",
            "--data-checksums",
            "-A",
            "trust",
        )
        woorden = {
            "listen_addresses": "127.0.0.1", "port": self.databasepoort, "unix_socket_directories": "", "max_connections": 200,
            "shared_buffers": "128MB", "max_wal_size": "512MB", "log_checkpoints": "off", "restart_after_crash": "on",
        }  # fmt: skip
        opties = [stuk for naam, waarde in woorden.items() for stuk in ("-c", f"{naam}={waarde}")]
        self._add(DATABASE, [find_program("postgres"), "-D", str(data), *opties], {"LC_ALL": "C"}, als="postgres", map_=self.schijf)
        self.delen[DATABASE].start()
        await_true(self._answers, "postgres")
        with self.as_superuser() as verbinding:
            verbinding.execute(f"CREATE ROLE berichten LOGIN CREATEROLE PASSWORD '{_GEHEIM}'")
            verbinding.execute("CREATE DATABASE berichten OWNER berichten")

    def start(self) -> None:
        """The rest, under watch."""
        for naam, port in zip(DEUREN, self.poorten, strict=True):
            self._add_eigen(naam, "dienst", "--zonder-werkers", "--port", str(port))
        for nummer, naam in enumerate((*WERKERS, *PLANNERS)):
            # The first worker has a line that can be cut, every second one a clock that can be set.
            self._add_eigen(naam, naam.split()[0], database=self.snijder.port if naam == WERKERS[0] else 0, klok=nummer % 2 == 1)
        self.klok.write_text("+0s\n")
        self.toezicht = Toezicht(list(self.delen.values()))
        for deel in self.delen.values():
            if deel.proces is None:
                deel.start()
        self.toezicht.watch()
        await_true(lambda: all(map(listens, self.poorten)), "deuren", 120)

    def stop(self) -> None:
        self.toezicht.stop()

    def url(self, port: int = 0) -> str:
        if self.cluster is not None:
            return self.cluster.cluster.url(self.cluster.cluster.knopen[0])
        return f"postgresql://berichten:{_GEHEIM}@127.0.0.1:{port or self.databasepoort}/berichten"

    def settings(self) -> Instellingen:
        """For who looks from outside, at the same hour."""
        os.environ[SINDS] = self.sinds
        return Instellingen(database_url=self.url(), var=self.map_ / "var", huidige_datum=VANDAAG)

    def as_superuser(self) -> psycopg.Connection[Any]:
        """For who administers the database; raises OperationalError."""
        return psycopg.connect(f"postgresql://postgres@127.0.0.1:{self.databasepoort}/postgres?connect_timeout=3", autocommit=True)

    def _answers(self) -> bool:
        try:
            self.as_superuser().close()
        except psycopg.OperationalError:
            return False
        return True

    def _add_broker(self) -> None:
        eigen = self.map_ / "broker"
        eigen.mkdir()
        port = str(self.brokerpoort)
        if self.broker == "redis":
            self._add(BROKER, ["redis-server", "--port", port, "--bind", "127.0.0.1", "--dir", str(eigen), "--save", ""], {})
        else:
            omgeving = {
                "HOME": str(eigen), "RABBITMQ_NODENAME": "storing@localhost", "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
                "RABBITMQ_NODE_PORT": port, "RABBITMQ_DIST_PORT": str(free_port()), "RABBITMQ_MNESIA_BASE": str(eigen / "mnesia"),
                "RABBITMQ_LOG_BASE": str(eigen / "log"), "RABBITMQ_CONFIG_FILE": str(eigen / "geen"),
                "ERL_EPMD_PORT": str(free_port()),
                "RABBITMQ_ENABLED_PLUGINS_FILE": str(eigen / "plugins"), "ERL_EPMD_ADDRESS": "127.0.0.1",
            }  # fmt: skip
            self._add(BROKER, [_RABBITMQ], omgeving)
        self.delen[BROKER].start()
        await_true(lambda: listens(self.brokerpoort), "broker", 120)

    def omgeving(self, port: int = 0) -> dict[str, str]:
        """Settings of a part of ours, with the database at this port."""
        return {
            "BERICHTEN_DATABASE_URL": self.url(port),
            "BERICHTEN_VAR": str(self.map_ / "var"),
            "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
            SINDS: self.sinds,
            "BERICHTEN_SLEUTEL_VERZOEKEN": "0",
            "BERICHTEN_ADRES_VERZOEKEN": "0",
            "BERICHTEN_BROKER_URL": f"{self.broker}://127.0.0.1:{self.brokerpoort}" if self.broker else "",
        }

    def _add_eigen(self, naam: str, *woorden: str, database: int = 0, klok: bool = False) -> None:
        omgeving = self.omgeving(database)
        if klok:
            # Waits go by the monotonic clock, which a set clock leaves alone, as on a real machine.
            omgeving |= {
                "LD_PRELOAD": _FAKETIME, "FAKETIME_TIMESTAMP_FILE": str(self.klok), "FAKETIME_CACHE_DURATION": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "TZ": "UTC",
            }  # fmt: skip
        self._add(naam, [sys.executable, "-m", "berichten.cli", *woorden], omgeving)

    def _add(self, naam: str, opdracht: list[str], omgeving: Mapping[str, str], als: str = "", map_: Path = Path("/")) -> None:
        logboek = self.map_ / f"{naam.replace(' ', '')}.log"
        self.delen[naam] = Deel(naam, opdracht, {**_meegegeven(), **omgeving}, logboek, als, map_)


def _meegegeven() -> dict[str, str]:
    """What a program needs of our environment, and none of our settings."""
    return {naam: os.environ[naam] for naam in ("PATH", "PYTHONPATH") if naam in os.environ}


def _run(*opdracht: str) -> None:
    subprocess.run(opdracht, check=True, capture_output=True, user="postgres", group="postgres", extra_groups=[], cwd="/")
