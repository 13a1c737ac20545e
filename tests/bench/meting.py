"""What `groot` measures, in a process that has loaded what a process for large messages has, and no more."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import text

from berichten.beoordeling.kolommen import onschuld
from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Logins
from berichten.processen.basis.geheugen import hold_little
from berichten.processen.basis.werkplaats import furnish
from berichten.processen.berichten import verwerk_declaratie
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.ontvangst import ontvang_bericht
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from berichten.standaard.deur import toelating
from berichten.standaard.lezen import lezen
from berichten.standaard.waarden.soorten import JW323
from tests.bench.processor import peak_memory, worked

VANDAAG = date(2026, 4, 30)
WIJZEN = ("kolommen", "kolommen, niets tegelijk", "regel voor regel")
"""As it is; with nothing in a thread beside something else (`meanwhile`); and as it was before there were columns."""
_UITKOMSTEN = text("SELECT uitkomst, count(*) FROM prestatie WHERE bericht_id = :bericht_id GROUP BY 1 ORDER BY 1")


def measure_here(url: str, logins: Logins, bestand: Path, wijze: str, server: int) -> None:
    """Receive and handle the file, print what it took."""
    hold_little()
    if wijze == WIJZEN[1]:
        ontvang_bericht.meanwhile = verwerk_declaratie.meanwhile = _one_after_another  # type: ignore[assignment, attr-defined]
    if wijze == WIJZEN[2]:
        _judge_line_by_line()
    with furnish(Instellingen(database_url=url, huidige_datum=VANDAAG), logins) as werkplaats:
        werkplaats.schemas.schema(JW323)
        begin, werk, van_server = time.perf_counter(), time.process_time(), worked((server,))
        uitkomst = accept(werkplaats, bestand.read_bytes(), None)
        ontvangen = time.process_time()
        if not isinstance(uitkomst, Ontvangen):
            raise TypeError("het grote bericht is geweigerd")
        handle_stroom(werkplaats, uitkomst.rij.gemeente, uitkomst.rij.agb or "")
        klaar, gewerkt, van_server = time.perf_counter(), time.process_time(), (worked((server,)) - van_server) / 1000
        geheugen = peak_memory()
        with werkplaats.opslag.transaction() as verbinding:
            uitkomsten: dict[str, int] = dict(
                verbinding.execute(_UITKOMSTEN, {"bericht_id": uitkomst.rij.bericht_id}).tuples().all()
            )
    delen = f"(ontvangen {ontvangen - werk:.2f}, verwerken {gewerkt - ontvangen:.2f}, PostgreSQL {van_server:.2f})"
    meting = {"seconden": klaar - begin, "processor": gewerkt - werk + van_server, "delen": delen, "geheugen_mib": geheugen}
    print(json.dumps({**meting, "uitkomsten": uitkomsten}))


@contextmanager
def _one_after_another(werk: Callable[[], Any], **_: bool) -> Iterator[Callable[[], Any]]:
    gedaan = werk()
    yield lambda: gedaan


def _judge_line_by_line() -> None:
    """As it was before: the reader of trees, and every rule on every line."""
    onschuld.VEEL = 10**9
    toelating.read_quickly = lezen.read_quickly = lambda *_, **__: None  # type: ignore[attr-defined]


if __name__ == "__main__":
    measure_here(sys.argv[1], Logins(**json.load(sys.stdin)), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
