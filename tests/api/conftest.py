"""One running service for the tests of a file, on a database of its own, with a sample town's keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from tests.api.dienst import Dienst, prepare, running_dienst
from tests.api.gevallen import STAD
from tests.conftest import VANDAAG

INLOG_POGINGEN = 150
"""More wrong passwords than a file of tests gives from one address in a minute, unless it means to."""
CIJFERS = "cijfers-van-alle-gemeenten-voor-wie-de-dienst-draait"
MELDPUNT = "mailto:cvd@example.org"


@dataclass(frozen=True, slots=True)
class Loket:
    """The service with a view behind the counter: its database, and everyone's keys."""

    dienst: Dienst
    werkplaats: Werkplaats
    sleutels: dict[str, str]
    """By AGB code, by gemeentecode and by role."""

    def client(self, wie: str) -> httpx.Client:
        return self.dienst.client(self.sleutels[wie])


@pytest.fixture(scope="module")
def loket(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loket]:
    """A service in a process of its own, ready for the town's messages."""
    map_: Path = tmp_path_factory.mktemp("dienst")
    omgeving = {
        "BERICHTEN_DATABASE_URL": module_database,
        "BERICHTEN_VAR": str(map_ / "var"),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
        "BERICHTEN_VEEG_SECONDEN": "0.2",
        "BERICHTEN_MELDPUNT": MELDPUNT,
        "BERICHTEN_CIJFERS_SLEUTEL": CIJFERS,
        "BERICHTEN_LOKAAL_INLOGGEN": "true",
        "BERICHTEN_INLOG_POGINGEN": str(INLOG_POGINGEN),
    }
    instellingen = Instellingen(database_url=module_database, var=map_ / "var", huidige_datum=VANDAAG, lokaal_inloggen=True)
    with open_werkplaats(instellingen) as werkplaats:
        sleutels = prepare(werkplaats, STAD)
        with running_dienst(omgeving, map_ / "dienst.log") as dienst:
            yield Loket(dienst, werkplaats, sleutels)
