"""A run of everything that knows a BSN leaves it in the tables and in what was asked for, and nowhere else.

A service with a database server of its own takes messages of every kind, good and bad, with a BSN where it does not belong;
questions, files and words with one; people of every role open every page, and write one in its forms; the database refuses rows
that hold one. Then everything that came out is searched: the log of the service and that of PostgreSQL, answers, pages, headers,
metrics, temporary and other files, what commands print, what the broker gets.
"""

import psycopg
import pytest

from berichten.processen.basis.werkplaats import Werkplaats
from tests.api.dienst import GEDULD
from tests.conftest import Vertel
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.bsn.bsnloop import Loop
from tests.hulp.bsn.bsnronde import go_round
from workers.bel import Bel

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Loop:
    """All of it, once."""
    return go_round(tmp_path_factory.mktemp("nergens"))


def test_a_whole_run_leaves_no_bsn_but_in_the_tables(loop: Loop, vertel: Vertel) -> None:
    gevonden = loop.speurder.search()
    vertel(
        f"BSN: {len(loop.speurder.bsns)} BSNs in {loop.standen.total()} answers and {len(loop.speurder.gevonden)} places"
        f" ({loop.speurder.omvang // 1000} kB): found {len(gevonden)} times"
    )
    for plek in gevonden:
        vertel(f"BSN found: {plek}")
    assert gevonden == []


def test_the_run_did_what_it_was_to_do(loop: Loop) -> None:
    """Or finding nothing would prove nothing."""
    assert {200, 201, 202, 400, 401, 403, 404, 405, 409, 415} <= set(loop.standen)
    assert {"file dienst.log", "file var/postgres/server.log", "temporary files", "refusals", "answers", "pages"} <= set(
        loop.speurder.gevonden
    )
    assert b"verwerken_mislukt" in loop.speurder.gevonden["file dienst.log"]


def test_what_the_bell_says_names_a_stream_and_nobody(werkplaats: Werkplaats) -> None:
    with psycopg.connect(werkplaats.instellingen.database_url.replace("+psycopg", ""), autocommit=True) as lijn:
        lijn.execute("LISTEN berichten_stroom")
        bel = Bel(werkplaats)
        bel.start()
        bel.ring(GEMEENTE, AGB)
        gehoord = [sein.payload for sein in lijn.notifies(timeout=GEDULD, stop_after=1)]
        bel.stop()
    assert gehoord == [f"{GEMEENTE} {AGB}"]
