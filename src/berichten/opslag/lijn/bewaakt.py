"""Connections that give up on a server that hangs, so that nobody waits for it without end.

How long a statement may take is for the server to say (`statement_timeout` of each login); here is seen to a server that says
nothing at all, whose place another may have taken. Every connection of the service is made here.
"""

import time
from collections.abc import Generator
from typing import Any, cast

import psycopg
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.pool import ConnectionPoolEntry

from berichten.opslag.lijn.adres import with_driver
from berichten.opslag.lijn.lijst import Lijstschrijver
from berichten.opslag.lijn.pols import Pols

_STIL = 1.0
"""Seconds of silence after which a server's pulse is felt."""
_POLS = Pols()
_WELK_PROCES = "SELECT pg_backend_pid()"
_LIJN = {
    "connect_timeout": "4",
    # Of a cable that was cut, which nobody tells of: what was sent is not acknowledged, or nothing comes for a while.
    "tcp_user_timeout": "5000",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
}
"""What libpq sees to, of each machine; an administrator may say otherwise in the URL."""


class Bewaakt(psycopg.Connection[Any]):
    """A connection whose every wait for the server ends: with an answer, or with OperationalError when nobody is there any more."""

    gedeeld: bool = False
    """Whether a pooler (PgBouncer) stands between: each transaction may be carried out by another process of the server."""

    def backend(self) -> int:
        """Number of the server's process that carries out this transaction."""
        if not self.gedeeld:
            return self.info.backend_pid
        rij = self.execute(_WELK_PROCES, prepare=False).fetchone()
        return int(rij[0]) if rij else 0

    def look_who_answers(self) -> None:
        """Find out whether there is a pooler, which makes up a number of its own; then nothing can be prepared in a session."""
        self.autocommit = True
        rij = self.execute(_WELK_PROCES).fetchone()
        self.autocommit = False
        if rij != (self.info.backend_pid,):
            self.gedeeld, self.prepare_threshold = True, None

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **kwargs: Any) -> Any:
        """As psycopg waits, which looks up some times a second."""
        return super().wait(self._listen(gen), *args, **kwargs)

    def _listen(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        try:
            vraag = next(gen)
            sinds = time.monotonic()
            while True:
                gekomen = yield vraag
                if gekomen:
                    sinds = time.monotonic()
                elif time.monotonic() - sinds > _STIL:
                    self._give_up_unless_alive()
                    sinds = time.monotonic()
                vraag = gen.send(gekomen)
        except StopIteration as klaar:
            return klaar.value

    def _give_up_unless_alive(self) -> None:
        if not _POLS.beats(self.info.host, str(self.info.port)):
            self.pgconn.finish()
            raise psycopg.OperationalError("de databaseserver antwoordt niet meer")


def make_engine(url: str, **pool: Any) -> Engine:
    """An engine whose connections are `Bewaakt`; of several machines those that do not answer are passed over at once."""
    engine = create_engine(with_driver(url), hide_parameters=True, **pool)
    event.listen(engine, "do_connect", _connect)
    return engine


def _connect(_dialect: Dialect, _rij: ConnectionPoolEntry, cargs: tuple[Any, ...], cparams: dict[str, Any]) -> DBAPIConnection:
    woorden = {**_LIJN, **cparams, **_choose(str(cparams.get("host") or ""), str(cparams.get("port") or ""))}
    verbinding = Bewaakt.connect(*cargs, **woorden)
    verbinding.look_who_answers()
    verbinding.adapters.register_dumper(list, Lijstschrijver)
    return cast(DBAPIConnection, verbinding)


def _choose(hosts: str, ports: str) -> dict[str, str]:
    """Where to connect: machines with a pulse. Without a machine in the URL libpq knows where, and asks there itself."""
    if not hosts:
        return {}
    machines = hosts.split(",")
    poorten = (ports or "5432").split(",")
    plekken = list(zip(machines, poorten if len(poorten) == len(machines) else poorten * len(machines), strict=True))
    levend = _POLS.find_beating(plekken)
    if not levend:
        raise psycopg.OperationalError("geen databaseserver antwoordt")
    return {"host": ",".join(host for host, _ in levend), "port": ",".join(port for _, port in levend)}
