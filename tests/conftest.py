"""A real PostgreSQL for the tests, built by the migrations: the one that BERICHTEN_DATABASE_URL names, else an embedded one.

Every test that touches the database gets a database of its own, copied from a template that was migrated once.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from berichten.instellingen import Instellingen
from berichten.klok import read_clock
from berichten.opslag.basis.verbinding import Logins, Opslag
from berichten.opslag.server import ingebed
from berichten.opslag.server.logins import open_logins
from berichten.opslag.server.migraties import upgrade
from berichten.processen.basis.werkplaats import Werkplaats, furnish

VANDAAG = date(2026, 6, 30)
"""Today in the tests, unless a test says otherwise."""

SINDS = "BERICHTEN_HUIDIGE_DATUM_SINDS"
# It is noon on that day when a run begins, in this process and in all that it starts: so no run, at whatever hour, lasts over the
# midnight after which its clock would begin the day again. `make soak` sets the hour itself.
os.environ.setdefault(SINDS, (read_clock() - timedelta(hours=12)).isoformat())


def own_environment() -> dict[str, str]:
    """The environment for a process of ours, without settings of whoever runs the tests; the clock is the same."""
    return {naam: waarde for naam, waarde in os.environ.items() if naam == SINDS or not naam.startswith("BERICHTEN_")}


_LANG = ("tests/api/muur/", "tests/soak/", "tests/archief/", "tests/werkers/", "tests/huis/", "tests/opslag/")
"""Rooms with files that take minutes: they go first, or else one process does them at the end while the other waits."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(_LANG))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--minuten", type=float, default=3.0, help="how long each run with faults lasts (tests/soak/test_storingen.py)"
    )


Vertel = Callable[[str], None]


@pytest.fixture
def vertel(record_property: Callable[[str, object], None]) -> Vertel:
    """Tells a figure at the end of the run, whichever process the test ran in."""
    return lambda tekst: record_property(_VERTELD, tekst)


_VERTELD = "verteld"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for verslag in (item for groep in terminalreporter.stats.values() for item in groep if getattr(item, "when", "") == "call"):
        for naam, tekst in verslag.user_properties:
            if naam == _VERTELD:
                terminalreporter.write_line(str(tekst))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a database on a running server, from which tests may make others."""
    eigen = os.environ.get("BERICHTEN_DATABASE_URL", "")
    if eigen:
        yield eigen
        return
    with ExitStack() as open_:
        with pytest.MonkeyPatch.context() as los:
            # Nothing in here need outlive a power cut. What must is tested on servers that tests start for themselves.
            los.setitem(ingebed._INSTELLINGEN, "fsync", "off")
            los.setitem(ingebed._INSTELLINGEN, "full_page_writes", "off")
            url = open_.enter_context(ingebed.embedded_postgres(_in_memory(open_) or tmp_path_factory.mktemp("var")))
        yield url


_RUIM = 4 << 30
"""Bytes free in memory from which on the server's files lie there: some thousand databases are made and dropped in a run."""


def _in_memory(open_: ExitStack) -> Path | None:
    """A folder in memory, where the machine has one with room; it is gone when the stack ends."""
    geheugen = Path("/dev/shm")
    if not geheugen.is_dir() or shutil.disk_usage(geheugen).free < _RUIM:
        return None
    folder = Path(open_.enter_context(TemporaryDirectory(dir=geheugen, ignore_cleanup_errors=True)))
    folder.chmod(0o755)
    return folder / "var"


@pytest.fixture(scope="session")
def sjabloon(server: str) -> str:
    """Name of the migrated template database."""
    naam = f"sjabloon_{os.getpid()}"
    _execute(server, f"CREATE DATABASE {naam}")
    opslag = Opslag(_url(server, naam))
    upgrade(opslag)
    opslag.close()
    return naam


@pytest.fixture(scope="session")
def sjabloonlogins(server: str, sjabloon: str, tmp_path_factory: pytest.TempPathFactory) -> Logins:
    """The logins of the template: a copy has the same, with the same passwords."""
    return open_logins(_url(server, sjabloon), None, tmp_path_factory.mktemp("logins"))


def logins_of(sjabloonlogins: Logins, database_url: str) -> Logins:
    """The logins of a copy of the template: opening it as a service does takes longer than many a test."""
    naam = make_url(database_url).database
    return Logins(
        **{
            item.name: make_url(getattr(sjabloonlogins, item.name)).set(database=naam).render_as_string(hide_password=False)
            for item in fields(Logins)
        }
    )


_nummers = count(1)


@contextmanager
def fresh_database(server: str, sjabloon: str) -> Iterator[str]:
    """URL of an empty, migrated database that is gone after the block."""
    naam = f"proef_{os.getpid()}_{next(_nummers)}"
    _execute(server, f"CREATE DATABASE {naam} TEMPLATE {sjabloon} STRATEGY file_copy")
    try:
        yield _url(server, naam)
    finally:
        drop_database(server, naam)


@pytest.fixture
def database_url(server: str, sjabloon: str) -> Iterator[str]:
    """URL of an empty, migrated database for one test."""
    with fresh_database(server, sjabloon) as url:
        yield url


@pytest.fixture(scope="module")
def module_database(server: str, sjabloon: str) -> Iterator[str]:
    """URL of an empty, migrated database for one file of tests."""
    with fresh_database(server, sjabloon) as url:
        yield url


@pytest.fixture
def instellingen(database_url: str, tmp_path: Path) -> Instellingen:
    """Settings for one test: its own database, today is VANDAAG."""
    return Instellingen(database_url=database_url, var=tmp_path / "var", huidige_datum=VANDAAG, veeg_seconden=0.2)


@pytest.fixture
def werkplaats(instellingen: Instellingen, database_url: str, sjabloonlogins: Logins) -> Iterator[Werkplaats]:
    """The parts that use cases work with, on a database of their own."""
    with furnish(instellingen, logins_of(sjabloonlogins, database_url)) as open_:
        yield open_


@pytest.fixture
def maak_database(server: str, sjabloon: str) -> Iterator[Callable[[], str]]:
    """For tests that compare: makes one more empty, migrated database at each call and returns its URL."""
    with ExitStack() as open_:
        yield lambda: open_.enter_context(fresh_database(server, sjabloon))


def _url(server: str, naam: str) -> str:
    return make_url(server).set(database=naam).render_as_string(hide_password=False)


def drop_database(server: str, naam: str) -> None:
    """Drop a database, whoever is still connected. Autovacuum may not be sent away by us, and is done in a moment."""
    for poging in range(20):
        try:
            _execute(server, f"DROP DATABASE {naam} WITH (FORCE)")
            return
        except ProgrammingError:
            if poging == 19:
                raise
            time.sleep(0.25)


def _execute(server: str, opdracht: str) -> None:
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as verbinding:
        verbinding.execute(text(opdracht))
    engine.dispose()
