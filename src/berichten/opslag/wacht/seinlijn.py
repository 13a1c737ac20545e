"""A signal from the database to whoever listens, and which process leads: both live on a connection of their own.

A pooler between us and the server lends a connection for one transaction. Signals do not come through it; who leads keeps one open.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, NullPool

from berichten.opslag.basis.vraag import Opdracht
from berichten.opslag.berichten.berichten import Stroom
from berichten.opslag.lijn.bewaakt import Bewaakt, make_engine

_KANAAL = "berichten_stroom"
# Nothing is kept of a signal, so its transaction waits for no disk.
_SEIN = Opdracht(
    "SELECT set_config('synchronous_commit', 'off', true), pg_notify('{kanaal}', sein) FROM unnest(%(seinen)s::text[]) AS sein",
    kanaal=_KANAAL,
)
_LUISTER = Opdracht("LISTEN {kanaal}", kanaal=_KANAAL)
_LEID = "SELECT pg_try_advisory_xact_lock(4842028)"
"""The lock of who leads."""


def announce(verbinding: Connection, stromen: Collection[Stroom]) -> None:
    """Let whoever listens hear, once this transaction is committed, that something waits in these streams."""
    _SEIN.run(verbinding, {"seinen": [f"{stroom.gemeente} {stroom.agb}" for stroom in stromen]})


class Seinlijn:
    """An open connection. Everything raises SQLAlchemyError or psycopg.Error once it is gone, and with it what it held."""

    def __init__(self, verbinding: Connection) -> None:
        self._verbinding = verbinding
        self._driver: Bewaakt = verbinding.connection.driver_connection  # type: ignore[assignment]

    def listen(self) -> None:
        """Signals that are given from now on come in."""
        _LUISTER.run(self._verbinding)

    def hear(self, seconden: float) -> Iterator[Stroom]:
        """Streams that were named, as they come in, for so long."""
        for sein in self._driver.notifies(timeout=seconden):
            gemeente, _, agb = sein.payload.partition(" ")
            yield Stroom(gemeente, agb)

    def check(self) -> None:
        """Raises when nothing will come any more: who only listens does not notice that the server is gone or has been replaced."""
        self._driver.check_current()


class Leiding:
    """An open transaction that holds a lock. Everything raises psycopg.Error once it is gone, and the lock with it.

    Between two words it keeps no view of the rows: an index that is made beside it would wait for as long as somebody leads.
    """

    def __init__(self, verbinding: Connection) -> None:
        self._driver: Bewaakt = verbinding.connection.driver_connection  # type: ignore[assignment]

    def lead(self) -> bool:
        """Whether we lead, from now on and for as long as this lasts."""
        return bool(self._ask(_LEID))

    def check(self) -> None:
        """Raises when we lead no more."""
        self._driver.check_current()

    def _ask(self, vraag: str) -> object:
        """As plain text: of a statement with values, or prepared, the server keeps the snapshot until the next."""
        rij = self._driver.execute(vraag, prepare=False).fetchone()
        return rij and rij[0]


@contextmanager
def open_seinlijn(url: str) -> Iterator[Seinlijn]:
    """A connection of our own to the server at this URL, outside every pool. Raises SQLAlchemyError."""
    engine = make_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as verbinding:
        yield Seinlijn(verbinding)


@contextmanager
def open_leiding(url: str) -> Iterator[Leiding]:
    """The same for who would lead."""
    engine = make_engine(url, poolclass=NullPool)
    with engine.begin() as verbinding:
        yield Leiding(verbinding)
