"""The way to the database: a login for each kind of work, and `transaction()`, the only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from berichten.opslag.basis.handtekening import Ondertekenaar
from berichten.opslag.lijn.bewaakt import make_engine
from berichten.sporen import step


@dataclass(frozen=True, slots=True)
class Teamtoegang:
    """Names of local teams, and the day on which it is asked whose families are theirs."""

    teams: tuple[str, ...]
    dag: date


@dataclass(frozen=True, slots=True)
class Toegang:
    """On whose behalf a transaction reads: row-level security shows it these rows and no others."""

    gemeente: str
    agb: str | None
    """AGB code of an aanbieder; None for staff of the gemeente, who see all of its rows."""
    team: Teamtoegang | None = None
    """For who reads for local teams: of those rows and no others, under the login of an aanbieder."""

    @property
    def wie(self) -> str:
        """Who it is within the gemeente, as the walls read it; empty for staff."""
        if self.team is None:
            return self.agb or ""
        return f"team:{self.team.dag.isoformat()}:{','.join(self.team.teams)}"


class Login(StrEnum):
    """Whose work a transaction does that reads for nobody in particular; each may do that work and no more."""

    SCHRIJVER = "schrijver"
    """Takes in, decides, pays and loads; knows no keys and no passwords."""
    BOEKER = "boeker"
    """Handles what waits, proves the books and cleans up."""
    PORTIER = "portier"
    """Stands at the door: keys, people, roles, log-ins and sessions, and nothing of a message."""


@dataclass(frozen=True, slots=True)
class Logins:
    """SQLAlchemy URLs, with passwords, of the logins of one database; none of them owns anything in it."""

    schrijver: str = field(repr=False)
    """`Login.SCHRIJVER`; the two after it likewise."""
    boeker: str = field(repr=False)
    portier: str = field(repr=False)
    staf: str = field(repr=False)
    """Reads the rows of one gemeente."""
    aanbieder: str = field(repr=False)
    """Reads the rows of one aanbieder in one gemeente."""
    poort: str = field(repr=False)
    """Registers the key with which a process signs for whom it reads."""
    kopie: str = field(default="", repr=False)
    """Copies everything and changes nothing; no service works under it."""


class NietBewezen(RuntimeError):
    """The database did not take our word for whom we read; a fault of ours, and nothing is shown."""


class Opslag:
    """The database of one installation."""

    def __init__(self, logins: Logins | str, verbindingen: int = 20) -> None:
        """`verbindingen` is the most connections that who writes holds at once; each of the others holds half of that.

        A URL alone is the owner's, for migrations and upkeep; it serves no readers.
        """
        self.logins = logins if isinstance(logins, Logins) else Logins(logins, "", "", "", "", "")
        urls = asdict(self.logins)
        del urls["kopie"]
        self._ondertekenaar = Ondertekenaar(urls.pop("poort"))
        half = (verbindingen + 1) // 2
        self._engines = {
            soort: _engine(url, soort, verbindingen if soort == Login.SCHRIJVER else half) for soort, url in urls.items() if url
        }

    @property
    def engine(self) -> Engine:
        """That of who writes, or of the owner."""
        return self._engines[Login.SCHRIJVER]

    @contextmanager
    def transaction(self, wie: Toegang | Login = Login.SCHRIJVER) -> Iterator[Connection]:
        """One transaction: committed when the block ends, rolled back when it raises.

        With a `Toegang` it runs under a login that may only read, and only the rows of that gemeente and, if given, that aanbieder.
        """
        with step("transactie", login=_login_of(wie)), self._engine_for(wie).begin() as verbinding:
            if isinstance(wie, Toegang):
                self._prove(verbinding, wie)
            yield verbinding

    @contextmanager
    def rehearsal(self, wie: Login = Login.SCHRIJVER) -> Iterator[Connection]:
        """A transaction that is always rolled back: for a proef, of which nothing is kept."""
        with self._engine_for(wie).connect() as verbinding:
            poging = verbinding.begin()
            try:
                yield verbinding
            finally:
                poging.rollback()

    def answers(self) -> bool:
        """Whether the database does."""
        try:
            with self.transaction() as verbinding:
                verbinding.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        """Close every connection."""
        for engine in self._engines.values():
            engine.dispose()

    def _prove(self, verbinding: Connection, toegang: Toegang) -> None:
        """Say for whom this transaction reads. A key that ran out, or is not there after a restore, is replaced once."""
        if not self._say(verbinding, toegang):
            self._ondertekenaar.renew()
            if not self._say(verbinding, toegang):
                raise NietBewezen("de database nam de handtekening niet aan")

    def _say(self, verbinding: Connection, toegang: Toegang) -> bool:
        driver: Any = verbinding.connection.driver_connection
        wie = self._ondertekenaar.sign(driver.backend(), driver.info.user, toegang.gemeente, toegang.wie)
        return bool(verbinding.execute(_WIE, {"wie": wie}).scalar_one())

    def _engine_for(self, wie: Toegang | Login) -> Engine:
        engine = self._engines.get(_login_of(wie))
        if engine is None:
            raise ValueError("de eigenaar van de database doet niemands werk: open de database met haar logins")
        return engine


def _login_of(wie: Toegang | Login) -> str:
    return wie.value if isinstance(wie, Login) else "aanbieder" if wie.wie else "staf"


_WACHT_OP_VERBINDING = 3
"""Seconds that work waits for a connection; after that whoever asked is told to come back, which beats waiting in line unseen."""
_WIE = text("SELECT CASE WHEN set_config('berichten.wie', :wie, true) IS NOT NULL THEN slot.wie() IS NOT NULL END")
"""The signed words, and whether the database takes them."""


_BEVESTIGD: dict[str, float] = {Login.SCHRIJVER: 15.0, Login.PORTIER: 15.0}
"""Seconds within which the server must say that it has committed, to who works while somebody waits for an answer. A disk
that is overloaded takes seconds."""
_BEVESTIGD_ANDERS = 60.0


def _engine(url: str, soort: str, verbindingen: int) -> Engine:
    return make_engine(
        url,
        _BEVESTIGD.get(soort, _BEVESTIGD_ANDERS),
        pool_size=verbindingen,
        max_overflow=0,
        pool_pre_ping=True,
        pool_timeout=_WACHT_OP_VERBINDING,
    )
