"""What a worker does with many streams at once: the same as one by one, to the letter; and no stream suffers from another."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from berichten.instellingen import Instellingen
from berichten.klok import read_clock
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import Stroom, is_waiting, list_waiting, try_lock_stroom
from berichten.opslag.financien.nachtcontroles import list_gemeenten
from berichten.opslag.wacht.serverklok import KlokWijktAf
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_bericht, handle_stroom
from berichten.processen.bewaking.controleer_boeken import verify_books
from berichten.processen.bundels import samen_verwerken, verwerk_stromen
from berichten.processen.bundels.verwerk_stromen import handle_stromen
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from tests.conftest import VANDAAG
from tests.hulp.land import Land, load_land, maak_land
from tests.hulp.tabelinhoud import tables

LAND = maak_land(gemeenten=2, clienten=10, maanden=2, seed=3, tot=date(2026, 3, 1))


@contextmanager
def furnished(url: str, map_: Path, land: Land = LAND) -> Iterator[Werkplaats]:
    with open_werkplaats(Instellingen(database_url=url, var=map_, sleutel="een", huidige_datum=VANDAAG)) as werkplaats:
        load_land(werkplaats, land)
        yield werkplaats


@pytest.fixture
def land(database_url: str, tmp_path: Path) -> Iterator[Werkplaats]:
    """Two towns whose messages came in, and wait."""
    with furnished(database_url, tmp_path) as werkplaats:
        receive_all(werkplaats)
        yield werkplaats


def receive_all(werkplaats: Werkplaats) -> None:
    for bericht in LAND.berichten:
        accept(werkplaats, bericht.inhoud, None)


def waiting(werkplaats: Werkplaats) -> list[Stroom]:
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        return list_waiting(verbinding)


def test_many_streams_at_once_leave_the_same_in_every_table(maak_database: Callable[[], str], tmp_path: Path) -> None:
    with furnished(maak_database(), tmp_path / "samen") as werkplaats:
        receive_all(werkplaats)
        # Read again from the database, as a worker in another process has to.
        werkplaats.gelezen._berichten.clear()
        with pytest.MonkeyPatch.context() as lap:
            lap.delattr(verwerk_stromen, "handle_stroom")
            gedaan = handle_stromen(werkplaats, waiting(werkplaats))
        assert (gedaan.mislukt, waiting(werkplaats)) == ({}, [])
        samen = tables(werkplaats)
    with furnished(maak_database(), tmp_path / "apart") as werkplaats:
        aantal = 0
        for bericht in LAND.berichten:
            uitkomst = accept(werkplaats, bericht.inhoud, None)
            if isinstance(uitkomst, Ontvangen):
                aantal += handle_stroom(werkplaats, uitkomst.rij.gemeente, uitkomst.rij.agb or "")
        apart = tables(werkplaats)
    assert gedaan.berichten == aantal > 50
    for tabel in apart:
        assert samen[tabel] == apart[tabel], tabel


def break_at(lap: pytest.MonkeyPatch, ziek: Any, fout: Callable[[Any], None]) -> None:
    """Let every attempt to handle one message fail."""
    echt = handle_bericht

    def handle(verbinding: Any, werkplaats: Any, rij: Any, *rest: Any, **gegeven: Any) -> Any:
        uitkomst = echt(verbinding, werkplaats, rij, *rest, **gegeven)
        if rij.bericht_id == ziek:
            fout(verbinding)
        return uitkomst

    lap.setattr(samen_verwerken, "handle_bericht", handle)
    lap.setattr("berichten.processen.berichten.verwerk_bericht.handle_bericht", handle)


def fail_in_code(_verbinding: Any) -> None:
    raise RuntimeError("stuk")


def fail_in_database(verbinding: Any) -> None:
    """After this the transaction takes nothing any more."""
    verbinding.execute(text("SELECT 1 / 0"))


@pytest.mark.parametrize("fout", [fail_in_code, fail_in_database])
def test_a_failure_holds_its_own_stream_and_no_other(fout: Callable[[Any], None], land: Werkplaats) -> None:
    stromen = waiting(land)
    with land.opslag.transaction(Login.BOEKER) as verbinding:
        ziek, gemeente, agb = verbinding.execute(
            text("SELECT bericht_id, gemeente, agb FROM bericht WHERE soort = 'JW305' ORDER BY volgnummer OFFSET 5 LIMIT 1")
        ).one()
    with pytest.MonkeyPatch.context() as lap:
        break_at(lap, ziek, fout)
        gedaan = handle_stromen(land, stromen)
        assert list(gedaan.mislukt) == [(gemeente, agb)] == waiting(land)
        # It failed before: tried by itself, while the others go together without it.
        apart: list[Any] = []

        def note_apart(_werkplaats: Werkplaats, *stroom_en_groot: Any) -> int:
            *stroom, _ = stroom_en_groot
            apart.append(tuple(stroom))
            return 0

        lap.setattr(verwerk_stromen, "handle_stroom", note_apart)
        accept(land, LAND.berichten[0].inhoud.replace(b"B000000001", b"B999999999"), None)
        assert handle_stromen(land, waiting(land)).mislukt == {}
        assert apart == [(gemeente, agb)]
    with land.opslag.transaction(Login.BOEKER) as verbinding:
        storing, pogingen = verbinding.execute(
            text("SELECT storing, pogingen FROM bericht WHERE bericht_id = :b"), {"b": ziek}
        ).one()
    assert storing in ("RuntimeError", "DataError")
    assert pogingen == 1
    assert handle_stromen(land, waiting(land)).mislukt == {}
    assert waiting(land) == []


def test_a_database_that_is_gone_is_not_asked_again_for_every_stream(land: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    weg = OperationalError("SELECT", None, Exception("weg"), connection_invalidated=True)

    def fail(*_alles: object) -> None:
        raise weg

    monkeypatch.setattr(verwerk_stromen, "handle_together", fail)
    monkeypatch.delattr(verwerk_stromen, "handle_stroom")
    with pytest.raises(OperationalError):
        handle_stromen(land, waiting(land))


def test_eight_workers_on_all_streams_take_each_message_once(land: Werkplaats) -> None:
    stromen = waiting(land)
    with ThreadPoolExecutor(8) as ploeg:
        gedaan = [ronde.result() for ronde in [ploeg.submit(handle_stromen, land, stromen) for _ in range(8)]]
    assert [item.mislukt for item in gedaan] == [{}] * 8
    # Whoever came second found a stream busy, and left it: here nobody rings again.
    gedaan.append(handle_stromen(land, waiting(land)))
    assert waiting(land) == []
    with land.opslag.transaction() as verbinding:
        ontvangen, regels, geboekt = verbinding.execute(
            text(
                "SELECT (SELECT count(*) FROM bericht WHERE status <> 'geweigerd'), (SELECT sum(bedrag) FROM journaal),"
                " (SELECT sum(toegekend_bedrag) FROM bericht)"
            )
        ).one()
    assert sum(item.berichten for item in gedaan) == ontvangen
    assert regels == geboekt


def test_who_has_a_stream_keeps_it(land: Werkplaats) -> None:
    stromen = waiting(land)
    with land.opslag.transaction(Login.BOEKER) as verbinding:
        assert try_lock_stroom(verbinding, *stromen[0])
        handle_stromen(land, stromen)
        assert waiting(land) == [stromen[0]]


def test_a_large_message_is_left_with_what_stands_behind_it(land: Werkplaats) -> None:
    stromen = waiting(land)
    with land.opslag.transaction(Login.BOEKER) as verbinding:
        groot, gemeente, agb = verbinding.execute(
            text("SELECT octet_length(inhoud), gemeente, agb FROM bericht_inhoud ORDER BY 1 DESC LIMIT 1")
        ).one()
    gedaan = handle_stromen(land, stromen, groot - 1)
    assert gedaan.groot == [(gemeente, agb)]
    with land.opslag.transaction(Login.BOEKER) as verbinding:
        assert is_waiting(verbinding, gemeente, agb)
    assert handle_stromen(land, gedaan.groot).mislukt == {}
    assert waiting(land) == []


def large_and_small(werkplaats: Werkplaats) -> tuple[Stroom, Any, Any, int]:
    """A stream of at least two, its first message, its largest that comes later, and how large that is."""
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        gemeente, agb, eerste, grootste, omvang = verbinding.execute(
            text("""
                SELECT DISTINCT ON (b.gemeente, b.agb) b.gemeente, b.agb, eerste, b.bericht_id, octet_length(inhoud)
                FROM bericht b JOIN bericht_inhoud USING (gemeente, bericht_id) CROSS JOIN LATERAL (
                    SELECT e.bericht_id AS eerste, octet_length(i.inhoud) AS van_eerste FROM bericht e
                    JOIN bericht_inhoud i USING (gemeente, bericht_id)
                    WHERE (e.gemeente, e.agb) = (b.gemeente, b.agb) ORDER BY e.volgnummer LIMIT 1) AS e
                WHERE octet_length(inhoud) > van_eerste ORDER BY b.gemeente, b.agb, octet_length(inhoud) DESC, b.volgnummer
                LIMIT 1
            """)
        ).one()
    return Stroom(gemeente, agb), eerste, grootste, omvang


def test_a_large_message_that_failed_before_is_left_to_who_handles_large_ones(land: Werkplaats) -> None:
    """Else the next try would be in the worker itself, without the bound on memory that it died of."""
    stroom, eerste, grootste, omvang = large_and_small(land)
    with land.opslag.transaction(Login.BOEKER) as verbinding:
        verbinding.execute(
            text("UPDATE bericht SET storing = 'MemoryError', pogingen = 1 WHERE bericht_id IN (:e, :g)"),
            {"e": eerste, "g": grootste},
        )
    gedaan = handle_stromen(land, [stroom], omvang - 1)
    assert (gedaan.groot, gedaan.mislukt, is_handled(land, eerste), is_handled(land, grootste)) == ([stroom], {}, True, False)
    gedaan = handle_stromen(land, [stroom], omvang - 1)
    assert (gedaan.berichten, gedaan.groot) == (0, [stroom])


def test_what_fails_before_a_large_message_is_noted_and_left_alone(land: Werkplaats) -> None:
    """Else it would break the bundle of all others at every round, and nobody would know."""
    stroom, eerste, grootste, omvang = large_and_small(land)
    with pytest.MonkeyPatch.context() as lap:
        break_at(lap, eerste, fail_in_code)
        gedaan = handle_stromen(land, [stroom], omvang - 1)
    assert (list(gedaan.mislukt), gedaan.groot) == ([stroom], [])
    # The bundle fails, but no message does by itself: then the large one is still left.
    with pytest.MonkeyPatch.context() as lap:
        lap.setattr(verwerk_stromen, "handle_together", fail_in_code_together)
        gedaan = handle_stromen(land, [stroom], omvang - 1)
    assert (gedaan.groot, is_handled(land, eerste), is_handled(land, grootste)) == ([stroom], True, False)


def fail_in_code_together(_verbinding: Any, _werkplaats: Any, taken: Any) -> None:
    if taken:
        raise RuntimeError("stuk")


def is_handled(werkplaats: Werkplaats, bericht: Any) -> bool:
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        return bool(
            verbinding.execute(
                text("SELECT verwerkt_op IS NOT NULL FROM bericht WHERE bericht_id = :b"), {"b": bericht}
            ).scalar_one()
        )


def test_a_message_larger_than_a_bundle_goes_all_the_same(land: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verwerk_stromen, "MEESTE_BYTES", 1)
    land.gelezen._berichten.clear()
    stromen = waiting(land)[:2]
    assert handle_stromen(land, stromen).mislukt == {}
    assert not set(stromen) & set(waiting(land))


def test_a_clock_that_is_behind_books_nothing_before_it_came_in_and_one_that_jumped_nothing_at_all(
    land: Werkplaats, monkeypatch: pytest.MonkeyPatch
) -> None:
    nu = read_clock()
    for seconden in (-3600, 3600):
        monkeypatch.setattr("berichten.instellingen.read_clock", partial(nu.__add__, timedelta(seconds=seconden)))
        with pytest.raises(KlokWijktAf):
            handle_stromen(land, waiting(land))
        with pytest.raises(KlokWijktAf):
            handle_stroom(land, *waiting(land)[0])
    # The door's machine is a minute ahead of ours.
    monkeypatch.setattr("berichten.instellingen.read_clock", partial(nu.__add__, timedelta(seconds=-60)))
    gedaan = handle_stromen(land, waiting(land))
    assert gedaan.mislukt == {}
    with land.opslag.transaction() as verbinding:
        pogingen, te_vroeg, gelijk = verbinding.execute(
            text("SELECT sum(pogingen), count(*) FILTER (WHERE verwerkt_op < ontvangen_op),"
                 " count(*) FILTER (WHERE verwerkt_op = ontvangen_op) FROM bericht WHERE verwerkt_op IS NOT NULL")
        ).one()  # fmt: skip
        assert [
            verschil for gemeente in list_gemeenten(verbinding) for verschil in verify_books(verbinding, land, gemeente)[1]
        ] == []
    assert (pogingen, te_vroeg) == (0, 0)
    assert gelijk == gedaan.berichten > 50
