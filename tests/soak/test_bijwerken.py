"""A new version brings the database up to date while towns send and somebody reads for a minute (A8 of docs/schaal.md)."""

import time
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text

from berichten.processen.basis.werkplaats import Werkplaats
from tests.conftest import Vertel
from tests.hulp.programmas import await_true, listens
from tests.opslag.test_verenigbaar import upgrade_as_later_version
from tests.storing.balans import await_rest
from tests.storing.huis import DEUREN
from tests.storing.zending import towns_that_send

_LEEST = 60.0


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_nobody_waits_for_a_migration_that_waits_for_a_reader(tmp_path: Path, vertel: Vertel) -> None:
    with towns_that_send(tmp_path, "", 25.0) as (huis, werkplaats, boek, zenders):
        for zender in zenders:
            zender.start()
        time.sleep(20)
        begin = time.monotonic()
        ervoor = [duur for _, duur in boek.goed]
        lezer = Thread(target=_read, args=(werkplaats,))
        lezer.start()
        time.sleep(1)
        upgrade_as_later_version(huis.url(), tmp_path, breekt=False)
        bijgewerkt = time.monotonic() - begin
        lezer.join()
        duren = [duur for moment, duur in boek.goed if moment >= begin]
        statussen = dict(boek.statussen)
        # The version that runs knows nothing of what came, and starts again beside it.
        huis.delen[DEUREN[0]].ask_to_end()
        await_true(lambda: huis.delen[DEUREN[0]].starts == 2 and listens(huis.poorten[0]), "oude versie", 120)
        for zender in zenders:
            zender.stop()
        for zender in zenders:
            zender.join()
        await_rest(werkplaats, 60)
    vertel(
        f"\nA8: bijgewerkt na {bijgewerkt:.0f} s (de lezer las {_LEEST:.0f} s); {len(duren)} verzoeken intussen, traagste"
        f" {1000 * max(duren):.0f} ms (ervoor {1000 * max(ervoor):.0f} ms); antwoorden {statussen}; de oude versie startte ernaast"
    )
    assert set(statussen) <= {200, 202, 400}
    assert (boek.anders, boek.gehangen) == ([], 0)
    # A request behind the migration would wait as long as the reader.
    assert max(duren) < max(1.0, 3 * max(ervoor))


def _read(werkplaats: Werkplaats) -> None:
    with werkplaats.opslag.transaction() as verbinding:
        verbinding.execute(text("SELECT count(*) FROM bericht"))
        time.sleep(_LEEST)
        verbinding.execute(text("SELECT 1"))
