"""Whether anybody works is known: who says so counts, who is silent is missed, and who said goodbye is not."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Thread

import pytest
from sqlalchemy import text

from berichten.klok import read_clock
from berichten.opslag.basis.verbinding import Login, Opslag
from berichten.opslag.berichten.berichten import Stroom
from berichten.opslag.wacht.hartslagen import Hartslag, beat, forget_older, list_hartslagen, say_goodbye
from berichten.opslag.wacht.seinlijn import open_leiding
from berichten.opslag.wacht.serverklok import KlokWijktAf
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bekijk_status import Aandacht, look_around
from berichten.processen.bewaking.bekijk_werkers import PLANNER, WERKER, Bezetting, find_bezetting, find_stand
from berichten.processen.bewaking.bewaak_boeken import run_nightly
from berichten.processen.bewaking.meetwaarden import measure
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.eigenaar import as_owner
from tests.hulp.gelijktijdig import note_held
from tests.hulp.gelogd import logs_of
from workers import werker
from workers.hart import Hart
from workers.planner import Planner
from workers.voorraad import Voorraad

OPEN = "FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE '%_boeker' AND state = 'idle in transaction'"


def heartbeat(werkplaats: Werkplaats, proces: str, seconden_terug: float, rol: str = WERKER) -> Hartslag:
    toen = werkplaats.instellingen.nu_buiten() - timedelta(seconds=seconden_terug)
    slag = Hartslag(proces, rol, "machine 1", toen, toen)
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        beat(verbinding, slag)
    return slag


def told(werkplaats: Werkplaats, onderwerp: str = "werkers") -> list[Aandacht]:
    return [item for item in look_around(werkplaats) if item.onderwerp == onderwerp]


def counted(werkplaats: Werkplaats, wie: str = "werkers") -> float:
    return next(item.waarde for item in measure(werkplaats, GEMEENTE) if item.naam == f"berichten_{wie}")


def test_where_nobody_ever_worked_nobody_is_missed(werkplaats: Werkplaats) -> None:
    assert told(werkplaats) == []
    assert counted(werkplaats) == 0


def test_who_is_silent_for_half_a_minute_is_missed(werkplaats: Werkplaats) -> None:
    heartbeat(werkplaats, "a", 20)
    heartbeat(werkplaats, "b", 40)
    assert counted(werkplaats) == 1
    (goed,) = told(werkplaats)
    assert (goed.ernstig, goed.gemeente) == (False, "")
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        say_goodbye(verbinding, "a")
    assert counted(werkplaats) == 0
    (mis,) = told(werkplaats)
    assert mis.ernstig
    assert "geen werker meer" in mis.melding
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        forget_older(verbinding, WERKER, werkplaats.instellingen.nu_buiten())
    assert told(werkplaats) == []


def test_who_beats_again_is_there_since_it_began(werkplaats: Werkplaats) -> None:
    eerste = heartbeat(werkplaats, "a", 100)
    tweede = heartbeat(werkplaats, "a", 0)
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        assert list_hartslagen(verbinding, WERKER) == [tweede._replace(begonnen_op=eerste.begonnen_op)]
        assert find_stand(verbinding, werkplaats.instellingen, WERKER).aantal == 1


def test_a_planner_is_missed_after_minutes_and_not_forgotten_by_workers(werkplaats: Werkplaats) -> None:
    heartbeat(werkplaats, "p", 200, PLANNER)
    assert (counted(werkplaats, "planners"), [item.ernstig for item in told(werkplaats, "planner")]) == (1, [False])
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        verbinding.execute(text("UPDATE hartslag SET gezien_op = gezien_op - interval '1 hour'"))
        Hart(werkplaats, WERKER).beat(verbinding)
    assert counted(werkplaats, "planners") == 0
    (mis,) = told(werkplaats, "planner")
    assert mis.ernstig
    assert "geen planner meer" in mis.melding


def test_who_takes_in_says_who_is_there_to_do_it(werkplaats: Werkplaats) -> None:
    assert find_bezetting(werkplaats) == Bezetting(werkers=False, planner=False)
    heartbeat(werkplaats, "a", 1)
    heartbeat(werkplaats, "p", 1, PLANNER)
    assert find_bezetting(werkplaats) == Bezetting(werkers=True, planner=True)


def test_with_a_wrong_clock_nobody_works_seals_or_takes_in(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    goed = read_clock()
    for seconden, mag in ((240, True), (600, False), (-90_000, False)):
        monkeypatch.setattr("berichten.instellingen.read_clock", partial(goed.__add__, timedelta(seconds=seconden)))
        assert (find_bezetting(werkplaats) is not None) == mag
        with nullcontext() if mag else pytest.raises(KlokWijktAf):
            run_nightly(werkplaats)
        with nullcontext() if mag else pytest.raises(KlokWijktAf), werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            Hart(werkplaats, WERKER).beat(verbinding)


def test_a_wrong_clock_is_no_failure_of_the_streams(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once it is right they are taken up at once, and not after a pause that grew."""
    monkeypatch.setattr("berichten.instellingen.read_clock", partial(read_clock().__add__, timedelta(hours=1)))
    ik, stroom = werker.Werker(werkplaats), Stroom(GEMEENTE, AGB)
    voorraad = Voorraad()
    voorraad.add(stroom)
    with logs_of(werker) as gelogd:
        draad = Thread(target=ik._work, args=(voorraad, 30, ik._do_small), daemon=True)
        draad.start()
        while draad.is_alive() and not gelogd:
            draad.join(0.01)
        voorraad.close()
        draad.join(10)
    assert [regel["event"] for regel in gelogd] == ["klok_wijkt_af"]
    assert ik._mislukt == {}
    assert not ik._klok_goed


@pytest.fixture
def krap(werkplaats: Werkplaats) -> Iterator[Werkplaats]:
    """The same with one connection for each login, as behind a pooler where all others are taken."""
    opslag = Opslag(werkplaats.opslag.logins, verbindingen=1)
    yield replace(werkplaats, opslag=opslag)
    opslag.close()


def test_nothing_that_the_planner_does_waits_for_a_connection_while_it_has_one(krap: Werkplaats) -> None:
    heartbeat(krap, "a", 1)
    planner = Planner(krap)
    for taak in planner._taken:
        taak()
    planner._wacht.stop()


def test_a_planner_that_stands_by_holds_no_connection_while_it_asks_for_one(
    krap: Werkplaats, monkeypatch: pytest.MonkeyPatch
) -> None:
    planner = Planner(krap)
    gehouden: list[int] = []

    def look() -> None:
        with as_owner(krap) as eigenaar:
            gehouden.append(eigenaar.execute(text(f"SELECT count(*) {OPEN}")).scalar_one())
        planner._stop.set()

    monkeypatch.setattr(planner, "_beat", look)
    with open_leiding(krap.opslag.logins.boeker) as leiding:
        assert leiding.lead()
        planner._run()
    assert gehouden == [1]


def test_who_looks_around_holds_one_connection_at_a_time(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    gehouden = note_held(monkeypatch)
    look_around(werkplaats)
    assert set(gehouden) == {1}


def test_who_leads_holds_up_no_index_that_is_made_beside_it(werkplaats: Werkplaats) -> None:
    """It would wait for whoever has a view of the rows from before it began: for as long as the planner leads."""
    with open_leiding(werkplaats.opslag.logins.boeker) as leiding:
        assert leiding.lead()
        for _ in range(8):
            leiding.check()
        with as_owner(werkplaats) as eigenaar:
            (houdt,) = eigenaar.execute(text(f"SELECT backend_xmin IS NOT NULL {OPEN}")).scalars().all()
    assert houdt is False
