"""Faults: each a name and something that is done to the house, which is over when it returns."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from random import Random

import psycopg

from tests.hulp.bevriezen import frozen, processes_in
from tests.hulp.programmas import await_true
from tests.storing.cluster import DADEN, Bewaakt, Daad
from tests.storing.eiland import cut_line, full_disk
from tests.storing.huis import BROKER, DATABASE, DEUREN, PLANNERS, WERKERS, Huis


@dataclass(frozen=True, slots=True)
class Slag:
    """A kind of fault."""

    naam: str
    doe: Callable[[Huis, Random], None]
    gewicht: int = 1
    """How often it falls, beside the others."""


def list_slagen(huis: Huis) -> list[Slag]:
    """Those that this house can be dealt."""
    algemeen = [
        Slag("deur kill -9", _kill(*DEUREN), 3),
        Slag("deur hangt", _freeze(*DEUREN), 2),
        Slag("deur gestopt (SIGTERM)", _end(*DEUREN)),
        Slag("werker kill -9", _kill(*WERKERS), 3),
        Slag("werker hangt", _freeze(*WERKERS), 2),
        Slag("alle werkers kill -9", _kill_all(*WERKERS)),
        Slag("planner kill -9", _kill(*PLANNERS), 2),
        Slag("planner hangt", _freeze(*PLANNERS)),
        Slag("database kill -9", _kill(DATABASE), 2),
        Slag("een proces van de database kill -9", _kill_backend),
        Slag("verbindingen verbroken", _end_connections, 2),
        Slag("verbinding breekt midden in COPY", _cut_copy, 3),
        Slag("database hangt", _freeze_database, 2),
        Slag("netwerk naar de database weg", _cut_database, 2),
        Slag("netwerk naar een deur weg", _cut_door),
        Slag("schijf van de database vol", _fill_disk),
        Slag("klok springt", _set_clock, 2),
    ]
    if huis.cluster is not None:
        eigen = huis.cluster
        van_een_server = ("database", "proces van de database", "verbinding")
        algemeen = [slag for slag in algemeen if not any(woord in slag.naam for woord in van_een_server)]
        algemeen += [Slag(naam, partial(_on_cluster, eigen, daad), gewicht) for naam, (daad, gewicht) in DADEN.items()]
    if huis.broker:
        algemeen += [
            Slag(f"{huis.broker} kill -9", _kill(BROKER), 4),
            Slag(f"{huis.broker} hangt", _freeze(BROKER), 4),
            Slag(f"netwerk naar {huis.broker} weg", _cut_broker, 3),
        ]
    return algemeen


def _on_cluster(cluster: Bewaakt, daad: Daad, _: Huis, rng: Random) -> None:
    # A cluster of three bears the loss of one.
    await_true(cluster.is_whole, "het cluster is niet heel", 240)
    daad(cluster, rng)


def _kill(*namen: str) -> Callable[[Huis, Random], None]:
    def do(huis: Huis, rng: Random) -> None:
        with suppress(ProcessLookupError):
            huis.delen[rng.choice(namen)].kill()

    return do


def _kill_all(*namen: str) -> Callable[[Huis, Random], None]:
    def do(huis: Huis, _: Random) -> None:
        for naam in namen:
            huis.delen[naam].kill_all()

    return do


def _end(*namen: str) -> Callable[[Huis, Random], None]:
    def do(huis: Huis, rng: Random) -> None:
        with suppress(ProcessLookupError):
            huis.delen[rng.choice(namen)].ask_to_end()

    return do


def _freeze(*namen: str) -> Callable[[Huis, Random], None]:
    def do(huis: Huis, rng: Random) -> None:
        with huis.delen[rng.choice(namen)].frozen():
            time.sleep(rng.uniform(1, 8))

    return do


def _freeze_database(huis: Huis, rng: Random) -> None:
    # A database that was killed a moment ago and is not there yet cannot hang.
    with suppress(FileNotFoundError), frozen(huis.schijf / "data"):
        time.sleep(rng.uniform(1, 8))


def _kill_backend(huis: Huis, rng: Random) -> None:
    """The server ends all connections, and recovers by itself."""
    eigen = [pid for pid in processes_in(huis.schijf / "data") if pid != huis.delen[DATABASE].pid]
    if eigen:
        with suppress(ProcessLookupError):
            os.kill(rng.choice(eigen), signal.SIGKILL)


def _end_connections(huis: Huis, _: Random) -> None:
    with suppress(psycopg.OperationalError), huis.as_superuser() as verbinding:
        verbinding.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'berichten%'")


def _cut_copy(huis: Huis, _: Random) -> None:
    voor, tot = huis.snijder.gesneden, time.monotonic() + 10
    huis.snijder.armed = True
    while huis.snijder.gesneden == voor and time.monotonic() < tot:
        time.sleep(0.05)
    huis.snijder.armed = False


def _cut_database(huis: Huis, rng: Random) -> None:
    with cut_line(huis.databasepoort):
        time.sleep(rng.uniform(2, 12))


def _cut_door(huis: Huis, rng: Random) -> None:
    with cut_line(rng.choice(huis.poorten)):
        time.sleep(rng.uniform(2, 8))


def _cut_broker(huis: Huis, rng: Random) -> None:
    with cut_line(huis.brokerpoort):
        time.sleep(rng.uniform(2, 12))


def _fill_disk(huis: Huis, rng: Random) -> None:
    with full_disk(huis.schijf):
        time.sleep(rng.uniform(3, 8))


def _set_clock(huis: Huis, rng: Random) -> None:
    """Of the second worker and the second planner: minutes, hours or more than a day, either way, for a while."""
    with _clock(huis, rng.choice((-90_000, -7_200, -600, 600, 7_200, 90_000))):
        time.sleep(rng.uniform(4, 10))


@contextmanager
def _clock(huis: Huis, seconden: int) -> Iterator[None]:
    huis.klok.write_text(f"{seconden:+d}s\n")
    with ExitStack() as open_:
        open_.callback(huis.klok.write_text, "+0s\n")
        yield
