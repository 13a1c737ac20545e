"""Connections that give up on a server that hangs, so that nobody waits for it without end.

How long a statement may take is for the server to say (`statement_timeout` of each login); here is seen to a server that says
nothing at all, whose place another may have taken. Every connection of the service is made here.
"""

import math
import time
from collections.abc import Generator
from functools import partial
from typing import Any, cast

import psycopg
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from berichten.opslag.lijn.adres import with_driver
from berichten.opslag.lijn.lijst import Lijstschrijver
from berichten.opslag.lijn.pols import Pols
from berichten.opslag.lijn.twijfel import Twijfel

_STIL = 1.0
"""Seconds of silence after which a server's pulse is felt."""
_POLS = Pols()
_TWIJFEL = Twijfel()
_NEEMT_AAN = "SELECT NOT pg_is_in_recovery()"
_WELK_PROCES = "SELECT pg_backend_pid()"
_WIE_ANTWOORDT = "SELECT pg_backend_pid(), extract(epoch FROM current_setting('statement_timeout')::interval)::float8"
"""And seconds after which the server itself ends a statement of this login; 0: never."""
_SPELING = 5.0
"""Seconds more than that which a server that lives may take."""
_HAAST = 20.0
"""Seconds of silence behind a pooler after which who waits at the door is told; one that lives answers him well within that."""
_EERSTE_ANTWOORD = 5.0
"""Seconds of silence after which a new connection is given up: a pooler that has no server for it lets it in, and says nothing."""
_LIJN = {
    "connect_timeout": "4",
    # Of a cable that was cut, which nobody tells of: what was sent is not acknowledged, or nothing comes for a while.
    "tcp_user_timeout": "5000",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
}
"""What libpq sees to, of each machine; an administrator may say otherwise in the URL."""


class NietBevestigd(psycopg.OperationalError):
    """The server was told to commit and lives, but did not say in time that it has: it may have, and nobody was told so.

    So it is with a primary whose synchronous standby is gone, or has taken its place without its knowing.
    """


class Bewaakt(psycopg.Connection[Any]):
    """A connection whose every wait for the server ends: with an answer, or with OperationalError when nobody is there any more."""

    geduld: float = math.inf
    """Seconds within which the server must say that it has committed."""
    sinds: float = 0.0
    """When it was made (monotonic)."""
    _uiterlijk: float = math.inf
    gedeeld: bool = False
    """Whether a pooler (PgBouncer) stands between: each transaction may be carried out by another process of the server."""
    langste_stilte: float = math.inf
    """Seconds without a word after which a server behind a pooler is given up. The pooler has a pulse of its own."""
    _anders: float = math.inf
    """The same, for who is in no haste."""

    def backend(self) -> int:
        """Number of the server's process that carries out this transaction."""
        if not self.gedeeld:
            return self.info.backend_pid
        rij = self.execute(_WELK_PROCES, prepare=False).fetchone()
        return int(rij[0]) if rij else 0

    def look_who_answers(self) -> None:
        """Find out whether there is a pooler, which makes up a number of its own; then nothing can be prepared in a session."""
        self.autocommit, self.langste_stilte = True, _EERSTE_ANTWOORD
        rij = self.execute(_WIE_ANTWOORDT).fetchone()
        self.autocommit, self.langste_stilte = False, math.inf
        if rij and rij[0] != self.info.backend_pid:
            self.gedeeld, self.prepare_threshold = True, None
            if rij[1]:
                self.langste_stilte = self._anders = rij[1] + _SPELING

    def hasten(self) -> None:
        """From now on somebody waits at the door: behind a pooler a server that says nothing is given up sooner."""
        if self.gedeeld:
            self.langste_stilte = min(self._anders, _HAAST)

    def take_time(self) -> None:
        """From now on a statement may take as long as its login may."""
        self.langste_stilte = self._anders

    def check_current(self) -> None:
        """Raises OperationalError when this may be the wrong server to talk to: it is silent, takes no writes, or is doubted."""
        rij = self.execute(_NEEMT_AAN, prepare=False).fetchone()
        if self.sinds < _TWIJFEL.sinds or not (rij and rij[0]):
            raise psycopg.OperationalError("een andere databaseserver kan de plaats van deze hebben ingenomen")

    def commit(self) -> None:
        """As psycopg does it; raises NietBevestigd when the server takes too long to say so."""
        self._uiterlijk = time.monotonic() + self.geduld
        try:
            super().commit()
        finally:
            self._uiterlijk = math.inf

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **kwargs: Any) -> Any:
        """As psycopg waits, which looks up some times a second."""
        return super().wait(self._listen(gen), *args, **kwargs)

    def _listen(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        try:
            vraag = next(gen)
            sinds = gehoord = time.monotonic()
            while True:
                gekomen = yield vraag
                if gekomen:
                    sinds = gehoord = time.monotonic()
                elif time.monotonic() - gehoord > self.langste_stilte:
                    self._give_up()
                elif time.monotonic() > self._uiterlijk:
                    self._leave_unconfirmed()
                elif time.monotonic() - sinds > _STIL:
                    self._give_up_unless_alive()
                    sinds = time.monotonic()
                vraag = gen.send(gekomen)
        except StopIteration as klaar:
            return klaar.value

    def _give_up_unless_alive(self) -> None:
        if not _POLS.beats(self.info.host, str(self.info.port)):
            self._give_up()

    def _give_up(self) -> None:
        self.pgconn.finish()
        raise psycopg.OperationalError("de databaseserver antwoordt niet meer")

    def _leave_unconfirmed(self) -> None:
        # Of a server that was left already nothing new is learnt.
        if self.sinds > _TWIJFEL.sinds:
            _TWIJFEL.arise()
        self.pgconn.finish()
        raise NietBevestigd("de databaseserver bevestigt niet dat het is vastgelegd")


def make_engine(url: str, geduld: float = math.inf, **pool: Any) -> Engine:
    """An engine whose connections are `Bewaakt`; of several machines those that do not answer are passed over at once.

    `geduld`: seconds within which the server must say that it has committed.
    """
    engine = create_engine(with_driver(url), hide_parameters=True, **pool)
    event.listen(engine, "do_connect", partial(_connect, geduld))
    event.listen(engine, "checkout", _leave_doubted)
    # The pool asks a connection that was kept whether it still works, before it lends it: there nothing takes long.
    event.listen(engine, "checkin", _hasten_kept)
    return engine


def _leave_doubted(verbinding: DBAPIConnection, *_: object) -> None:
    """A connection of before the doubt may be with a server whose place another has taken: it is made anew."""
    if cast(Bewaakt, verbinding).sinds < _TWIJFEL.sinds:
        raise DisconnectionError
    cast(Bewaakt, verbinding).take_time()


def _hasten_kept(verbinding: DBAPIConnection | None, *_: object) -> None:
    if verbinding is not None:
        cast(Bewaakt, verbinding).hasten()


def _connect(
    geduld: float, _dialect: Dialect, _rij: ConnectionPoolEntry, cargs: tuple[Any, ...], cparams: dict[str, Any]
) -> DBAPIConnection:
    woorden = {**_LIJN, **cparams, **_choose(str(cparams.get("host") or ""), str(cparams.get("port") or ""))}
    if "," in woorden.get("host", "") and _TWIJFEL.holds():
        woorden = _TWIJFEL.choose(cargs, woorden)
    sinds = time.monotonic()
    verbinding = Bewaakt.connect(*cargs, **woorden)
    verbinding.geduld, verbinding.sinds = geduld, sinds
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
