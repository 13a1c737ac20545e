"""A real Chromium before the portal, with a month of work behind it. `make browser` runs this folder, `make test` leaves it out."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from sqlalchemy import make_url

from berichten.demo.betaaldag import fill_betalingen
from berichten.demo.sturen.begrotingsjaar import make_facturen
from berichten.demo.sturen.casuswerk import fill_casus
from berichten.demo.sturen.controlejaar import fill_controle
from berichten.demo.sturen.werksignalen import fill_signalen
from berichten.demo.werkdag import fill_werkmaand
from berichten.demo.werkverkeer import fill_verkeer
from berichten.demo.werkverzoeken import fill_verzoeken
from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.processen.kwartaal.laad_facturen import load_facturen
from tests.conftest import VANDAAG, fresh_database
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.portaal.balie import NAMEN, Portaalbalie, add_geldmensen, add_sleutels, running_portaal
from tests.hulp.portaal.hand import MANIEREN
from tests.hulp.portaal.keurder import Htmlkeurder, running_keurder
from tests.hulp.portaal.venster import Venster

# A busy machine takes its time; only what never comes is a fault.
expect.set_options(timeout=30_000)
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


_LANG, _DELEN = "test_toegankelijk", 8
"""The longest file goes last, in so many parts that processes share; another file is one part."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.stem == _LANG)
    begin = sum(item.path.stem != _LANG for item in items)
    for nummer, item in enumerate(items):
        deel = f" {_DELEN * (nummer - begin) // (len(items) - begin)}" if nummer >= begin else ""
        item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}{deel}"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that Debian brings."""
    with sync_playwright() as speler:
        browser = speler.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def keurder() -> Iterator[Htmlkeurder]:
    """Judges HTML."""
    with running_keurder() as keurder:
        yield keurder


@pytest.fixture(scope="session")
def gevuld(server: str, sjabloon: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a database with the month of work, which is copied and used by nobody."""
    with fresh_database(server, sjabloon) as url:
        with open_werkplaats(_settings(url, tmp_path_factory.mktemp("gevuld"))) as werkplaats:
            fill_werkmaand(werkplaats)
            fill_verkeer(werkplaats)
            fill_verzoeken(werkplaats)
            fill_signalen(werkplaats)
            fill_controle(werkplaats, "beheer", "accountant")
            fill_casus(werkplaats, "contractbeheer", NAMEN["lokaal_team"])
            fill_betalingen(werkplaats, add_geldmensen(werkplaats))
            add_sleutels(werkplaats)
            # Of a year of which no report is made.
            load_facturen(werkplaats, make_facturen(GEMEENTE, 2025), "financien")
        yield url


@pytest.fixture(scope="session")
def kijkbalie(server: str, gevuld: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portaalbalie]:
    """For tests that only look."""
    with _open(server, gevuld, tmp_path_factory) as balie:
        yield balie


@pytest.fixture
def balie(server: str, gevuld: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portaalbalie]:
    """For a story that changes something."""
    with _open(server, gevuld, tmp_path_factory) as balie:
        yield balie


@pytest.fixture(scope="module")
def gedeeld(server: str, gevuld: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portaalbalie]:
    """For stories of one file that change something and do not meet."""
    with _open(server, gevuld, tmp_path_factory) as balie:
        yield balie


@pytest.fixture(params=[0, 1, 2], ids=MANIEREN)
def wijze(request: pytest.FixtureRequest) -> int:
    """The way in which somebody works, as a place in MANIEREN."""
    return int(request.param)


@contextmanager
def _open(server: str, gevuld: str, mappen: pytest.TempPathFactory) -> Iterator[Portaalbalie]:
    with fresh_database(server, str(make_url(gevuld).database)) as url:
        instellingen = _settings(url, mappen.mktemp("portaal"))
        with open_werkplaats(instellingen) as werkplaats, running_portaal(instellingen, werkplaats, "42429011") as balie:
            yield balie


def _settings(url: str, map_: Path) -> Instellingen:
    # Nobody chose to be mailed, so that this server is never called.
    return Instellingen(
        database_url=url, var=map_, huidige_datum=VANDAAG, veeg_seconden=60, lokaal_inloggen=True,
        smtp_host="localhost", smtp_afzender="noreply@voorbeeld.nl", portaal_adres="https://portaal.voorbeeld.nl",
    )  # fmt: skip


@pytest.fixture
def venster(chromium: Browser) -> Iterator[Venster]:
    """Opens windows as somebody; what the console says in any of them fails the test when it ends."""
    venster = Venster(chromium)
    yield venster
    venster.close()
    assert venster.klachten == []
