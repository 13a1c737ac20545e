"""A cluster under watch: three members of etcd and three machines with Patroni, and the faults that they can be dealt."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.api.dienst import free_port
from tests.hulp.bevriezen import processes_in
from tests.hulp.patroni import TTL, Cluster, Knoop, etcd_command, write_knoop
from tests.hulp.programmas import await_true, find_program, listens
from tests.storing.delen import Deel
from tests.storing.eiland import cut_line

_WEG = TTL + 10
"""Seconds for which a machine stays away, so that another takes its place."""


@dataclass(slots=True)
class Bewaakt:
    """Its parts by name, which somebody starts again."""

    map_: Path
    logboeken: Path
    cluster: Cluster
    leden: list[str] = field(default_factory=list)
    delen: dict[str, Deel] = field(default_factory=dict)

    def start(self) -> None:
        """Start all of it; returns when one leads, with a standby that has all that it has."""
        poorten = [(f"etcd {nr}", free_port(), free_port()) for nr in (1, 2, 3)]
        samen = ",".join(f"{naam.replace(' ', '')}=http://127.0.0.1:{onderling}" for naam, _, onderling in poorten)
        for naam, klant, onderling in poorten:
            self._add(naam, etcd_command(naam.replace(" ", ""), klant, onderling, samen, self.map_))
            self.leden.append(naam)
        await_true(lambda: all(listens(klant) for _, klant, _ in poorten), "etcd", 60)
        for knoop in self.cluster.knopen:
            bestand = write_knoop(knoop, self.map_, [f"127.0.0.1:{klant}" for _, klant, _ in poorten], "postgres")
            self._add(knoop.naam, [find_program("patroni"), str(bestand)], "postgres", bestand.parent)
            await_true(lambda: any(k.is_leader() for k in self.cluster.knopen), knoop.naam, 180)
        self.cluster.leader()

    def _add(self, naam: str, opdracht: list[str], als: str = "", map_: Path = Path("/")) -> None:
        omgeving = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(map_)}
        deel = self.delen[naam] = Deel(naam, opdracht, omgeving, self.logboeken / f"{naam.replace(' ', '')}.log", als, map_)
        deel.start()

    def is_whole(self) -> bool:
        """Whether all machines and members are there, one leads, and a standby has all that it has."""
        knopen = self.cluster.knopen
        return (
            not any(deel.is_dead() for deel in self.delen.values())
            and any(k.is_leader() for k in knopen)
            and any(k.is_sync() for k in knopen)
            and sum(k.is_replica() for k in knopen) == len(knopen) - 1
        )

    def choose(self, rng: Random, *, leidt: bool) -> Knoop:
        """The machine that leads, or one that does not."""
        leider = self.cluster.leader()
        return leider if leidt else rng.choice([knoop for knoop in self.cluster.knopen if knoop is not leider])

    def kill(self, knoop: Knoop, *, ook_database: bool, rust: float) -> None:
        """Patroni, and all of its PostgreSQL or not; it comes back after a while."""
        deel = self.delen[knoop.naam]
        deel.rust_tot = time.monotonic() + rust
        deel.kill_all()
        if ook_database:
            _give(knoop, signal.SIGKILL)

    @contextmanager
    def frozen(self, knoop: Knoop) -> Iterator[None]:
        """The machine hangs."""
        with ExitStack() as open_:
            open_.enter_context(self.delen[knoop.naam].frozen())
            _give(knoop, signal.SIGSTOP)
            open_.callback(_give, knoop, signal.SIGCONT)
            yield


def make_cluster(map_: Path, logboeken: Path) -> Bewaakt:
    """Not started yet."""
    knopen = [Knoop(f"p{nr}", free_port(), free_port(), map_ / f"p{nr}" / "data") for nr in (1, 2, 3)]
    return Bewaakt(map_, logboeken, Cluster(map_, knopen))


def _give(knoop: Knoop, sein: signal.Signals) -> None:
    for pid in processes_in(knoop.data):
        with suppress(ProcessLookupError):
            os.kill(pid, sein)


Daad = Callable[[Bewaakt, Random], None]


def _kill_primary(huis: Bewaakt, rng: Random) -> None:
    huis.kill(huis.choose(rng, leidt=True), ook_database=True, rust=_WEG)


def _kill_patroni(huis: Bewaakt, rng: Random) -> None:
    huis.kill(huis.choose(rng, leidt=True), ook_database=False, rust=2 * _WEG)


def _kill_standby(huis: Bewaakt, rng: Random) -> None:
    huis.kill(huis.choose(rng, leidt=False), ook_database=True, rust=5)


def _freeze_primary(huis: Bewaakt, rng: Random) -> None:
    with huis.frozen(huis.choose(rng, leidt=True)):
        time.sleep(_WEG)


def _freeze_standby(huis: Bewaakt, rng: Random) -> None:
    with huis.frozen(huis.choose(rng, leidt=False)):
        time.sleep(rng.uniform(2, 8))


def _kill_etcd(huis: Bewaakt, rng: Random) -> None:
    huis.delen[rng.choice(huis.leden)].kill()


def _freeze_etcd(huis: Bewaakt, rng: Random) -> None:
    with huis.delen[rng.choice(huis.leden)].frozen():
        time.sleep(rng.uniform(2, 8))


def _cut_primary(huis: Bewaakt, rng: Random) -> None:
    with cut_line(huis.choose(rng, leidt=True).port):
        time.sleep(rng.uniform(2, 12))


DADEN: dict[str, tuple[Daad, int]] = {
    "primaire machine kill -9": (_kill_primary, 2),
    "primaire machine hangt": (_freeze_primary, 1),
    "alleen Patroni van de primaire kill -9": (_kill_patroni, 1),
    "standby kill -9": (_kill_standby, 2),
    "standby hangt": (_freeze_standby, 2),
    "lid van etcd kill -9": (_kill_etcd, 2),
    "lid van etcd hangt": (_freeze_etcd, 2),
    "netwerk naar de primaire weg": (_cut_primary, 2),
}
"""Faults by name, and how often each falls beside the others."""
