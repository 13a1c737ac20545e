"""The portal before a database of one file of tests."""

from collections.abc import Iterator

import pytest

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import open_werkplaats
from tests.conftest import VANDAAG
from tests.hulp.besluiten import FEB, JAN, MRT, fill_town, submit
from tests.hulp.declareer import Regel
from tests.hulp.portaal.balie import Portaalbalie, running_portaal


@pytest.fixture(scope="module")
def balie(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portaalbalie]:
    """With two held lines, one rejected and one awarded, of one aanbieder."""
    instellingen = Instellingen(
        database_url=module_database,
        var=tmp_path_factory.mktemp("portaal"),
        huidige_datum=VANDAAG,
        veeg_seconden=60,
        lokaal_inloggen=True,
    )
    with open_werkplaats(instellingen) as werkplaats:
        fill_town(werkplaats, 1001, 1002)
        submit(
            werkplaats,
            Regel("R1", 1001, JAN, 10),
            Regel("R2", 1001, FEB, 20),
            Regel("R3", 1002, JAN, 30),
            Regel("R4", 1001, MRT, 5),
        )
        with running_portaal(instellingen, werkplaats) as balie:
            yield balie
