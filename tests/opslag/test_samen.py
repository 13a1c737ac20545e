"""Work in step: everyone gets his own rows, and writes in his own order; what falls, falls for all."""

import os
import socket
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from berichten.opslag.basis import samen
from berichten.opslag.basis.samen import find_deelnemer, run_together
from berichten.opslag.basis.veelvraag import Veelvraag
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.lijn.bewaakt import Bewaakt, make_engine
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.eigenaar import as_owner


class Rij(NamedTuple):
    naam: str
    getal: int | None


REEKS = Vraag(
    Rij,
    "SELECT %(naam)s::text AS naam, getal FROM unnest(%(getallen)s::int[]) AS getal WHERE getal %% 2 = 1 ORDER BY getal DESC",
)
BEWAARD = Vraag(Rij, "SELECT naam, getal FROM pg_temp.proef WHERE naam = %(naam)s ORDER BY getal")
ERBIJ = Opdracht("INSERT INTO pg_temp.proef (naam, getal) VALUES (%(naam)s, %(getal)s)")
VERHOOG = Opdracht("UPDATE pg_temp.proef SET getal = getal + 1 WHERE naam = %(naam)s")


@pytest.fixture
def verbinding(werkplaats: Werkplaats) -> Iterator[Connection]:
    with werkplaats.opslag.rehearsal() as open_:
        open_.execute(text("CREATE TEMP TABLE proef (naam text, getal int CHECK (getal < 1000)) ON COMMIT DROP"))
        yield open_


def test_each_gets_what_it_would_get_alone(verbinding: Connection) -> None:
    vragen = [{"naam": f"nr '{nummer}", "getallen": list(range(nummer))} for nummer in range(8)]
    alleen = [REEKS.all(verbinding, waarden) for waarden in vragen]
    assert run_together(verbinding, [partial(REEKS.all, verbinding, waarden) for waarden in vragen]) == alleen
    assert [len(rijen) for rijen in alleen] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_questions_of_all_are_one_statement(verbinding: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    gesteld: list[int] = []
    echt = Vraag.answer_all

    def count(vraag: Vraag[Rij], lijn: Connection, reeks: Any) -> list[list[Rij]]:
        gesteld.append(len(reeks))
        return echt(vraag, lijn, reeks)

    monkeypatch.setattr(Vraag, "answer_all", count)

    def ask_twice(nummer: int) -> list[Rij]:
        een = REEKS.all(verbinding, {"naam": str(nummer), "getallen": [nummer]})
        return [*een, *REEKS.all(verbinding, {"naam": str(nummer), "getallen": [len(een)]})]

    run_together(verbinding, [partial(ask_twice, nummer) for nummer in range(6)])
    assert gesteld == [6, 6]


def test_who_asks_finds_what_it_wrote_in_the_order_in_which_it_wrote(verbinding: Connection) -> None:
    def work(nummer: int) -> tuple[list[Rij], int]:
        naam = str(nummer)
        for getal in range(nummer):
            ERBIJ.put(verbinding, {"naam": naam, "getal": getal})
            VERHOOG.put(verbinding, {"naam": naam})
        return BEWAARD.all(verbinding, {"naam": naam}), VERHOOG.run(verbinding, {"naam": naam})

    for nummer, (rijen, geraakt) in enumerate(run_together(verbinding, [partial(work, nummer) for nummer in range(5)])):
        assert [rij.getal for rij in rijen] == [nummer] * nummer  # each was raised once for every row that came with it or later
        assert geraakt == nummer
    assert [rij.getal for rij in BEWAARD.all(verbinding, {"naam": "3"})] == [4, 4, 4]


def test_what_one_raises_is_raised_and_the_others_stop(verbinding: Connection) -> None:
    gestopt = []

    def work(nummer: int) -> None:
        try:
            REEKS.all(verbinding, {"naam": "", "getallen": []})
            if nummer == 2:
                raise LookupError("stuk")
            REEKS.all(verbinding, {"naam": "", "getallen": []})
        finally:
            gestopt.append(nummer)

    with pytest.raises(LookupError, match="stuk"):
        run_together(verbinding, [partial(work, nummer) for nummer in range(4)])
    assert sorted(gestopt) == [0, 1, 2, 3]
    assert find_deelnemer() is None


def test_what_the_database_refuses_of_one_is_refused_of_all(verbinding: Connection) -> None:
    taken = [partial(ERBIJ.put, verbinding, {"naam": "x", "getal": getal}) for getal in (1, 1000, 2)]
    with pytest.raises(DBAPIError):
        run_together(verbinding, taken)


def test_a_kind_waits_for_who_comes_to_it_later() -> None:
    """Rows that point to others come after those, whoever writes first."""
    geschreven: list[tuple[str, list[str]]] = []

    class Tabel:
        def __init__(self, naam: str) -> None:
            self.naam = naam

        def write_all(self, _verbinding: Any, reeks: Any) -> None:
            geschreven.append((self.naam, list(reeks)))

    ouder, kind = Tabel("ouder"), Tabel("kind")

    def work(naam: str, tabellen: list[Tabel]) -> None:
        for tabel in tabellen:
            find_deelnemer().put(tabel, [naam])

    volgorden = {"a": [kind], "b": [ouder, kind], "c": [kind, ouder, kind]}
    samen.run_together(None, [partial(work, naam, tabellen) for naam, tabellen in volgorden.items()])  # type: ignore[arg-type]
    assert geschreven == [("kind", ["a", "c"]), ("ouder", ["b", "c"]), ("kind", ["b", "c"])]


def test_the_types_of_values_are_asked_as_everything_else_is(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside the transaction, so that a pooler takes both questions to one server; with a wait that ends when the server hangs."""
    gewacht: list[bool] = []
    echt = Bewaakt.wait

    def count(driver: Bewaakt, gen: Any, *woorden: Any, **anders: Any) -> Any:
        gewacht.append(driver.info.transaction_status == TransactionStatus.IDLE)
        return echt(driver, gen, *woorden, **anders)

    engine = make_engine(werkplaats.opslag.logins.schrijver)
    driver: Any = engine.raw_connection().driver_connection
    monkeypatch.setattr(Bewaakt, "wait", count)
    Veelvraag("SELECT %(naam)s::text AS naam").compose(driver)
    # The transaction begins, the text is prepared and described.
    assert gewacht == [True, False, False]
    driver.close()


def test_a_server_that_is_gone_is_told_by_the_driver(werkplaats: Werkplaats) -> None:
    """Asked for many at once as for one: so it is the line that failed, and not a message."""
    vraag = Vraag(Rij, "SELECT %(naam)s::text AS naam, 1 AS getal")
    with pytest.raises(DBAPIError), werkplaats.opslag.transaction() as verbinding:
        _ask_when_gone(werkplaats, verbinding, vraag)


def test_a_line_that_was_cut_is_told_as_one(werkplaats: Werkplaats) -> None:
    """As by a server that was killed: it leaves no word, and no code."""
    engine = make_engine(werkplaats.opslag.logins.schrijver)
    driver: Any = engine.raw_connection().driver_connection
    with socket.socket(fileno=os.dup(driver.fileno())) as lijn:
        lijn.shutdown(socket.SHUT_RDWR)
    with pytest.raises(psycopg.OperationalError):
        Veelvraag("SELECT %(naam)s::text AS naam").compose(driver)
    driver.close()


def _ask_when_gone(werkplaats: Werkplaats, verbinding: Connection, vraag: Vraag[Rij]) -> None:
    nummer = verbinding.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with as_owner(werkplaats) as eigenaar:
        eigenaar.execute(text("SELECT pg_terminate_backend(:n, 5000)"), {"n": nummer})
    vraag.answer_all(verbinding, [{"naam": "een"}, {"naam": "twee"}])
