"""Room for what waits: who fills it is told to come back, and shuts out nobody else."""

from collections.abc import Mapping
from threading import Event

import pytest

from berichten.opslag.wacht.wachtrij import Rijstand
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.ontvangst import wachtruimte
from berichten.processen.ontvangst.wachtruimte import Wachtruimte
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.gelogd import logs_of

A, B, C = "42420001", "42420002", "42420009"


def seen(werkplaats: Werkplaats, lap: pytest.MonkeyPatch, meeste: int, wachtend: Mapping[tuple[str, str], int]) -> Wachtruimte:
    """A room in which so much of each stream waits."""
    standen = [Rijstand(gemeente, agb, 1, aantal) for (gemeente, agb), aantal in wachtend.items()]
    lap.setattr(wachtruimte, "measure_streams", lambda _: standen)
    ruimte = Wachtruimte(meeste)
    ruimte.look(werkplaats)
    return ruimte


def test_two_who_fill_the_room_do_not_shut_out_a_third(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    ruimte = seen(werkplaats, monkeypatch, 100, {(GEMEENTE, A): 50, (GEMEENTE, B): 50})
    assert [ruimte.is_full(GEMEENTE, agb) for agb in (A, B, C)] == [True, True, False]
    # A town that waits for its own aanbieders is full; another is not.
    assert [ruimte.is_full(gemeente, None) for gemeente in (GEMEENTE, "0518")] == [True, False]


def test_all_together_have_the_room_and_as_much_again_at_most(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    vol = {(GEMEENTE, f"4242{nummer:04}"): 30 for nummer in range(1, 5)}
    for van_een, vol_voor_een in ((24, False), (25, True)):
        ruimte = seen(werkplaats, monkeypatch, 100, {**vol, (GEMEENTE, A): van_een})
        assert [ruimte.is_full(*stroom) for stroom in vol] == [vol_voor_een, True, True, True]


def test_of_one_no_more_than_half_waits_and_without_a_bound_anything(
    werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch
) -> None:
    for aantal in (49, 50):
        ruimte = seen(werkplaats, monkeypatch, 100, {(GEMEENTE, A): aantal})
        assert ruimte.is_full(GEMEENTE, A) == (aantal == 50)
    assert not seen(werkplaats, monkeypatch, 0, {(GEMEENTE, A): 10_000}).is_full(GEMEENTE, A)


def test_of_a_steady_stream_nobody_waits_until_it_is_counted(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    ruimte = seen(werkplaats, monkeypatch, 100, {(GEMEENTE, A): 10})
    verder, geteld = Event(), Event()

    def count_slowly(_: object) -> list[Rijstand]:
        geteld.set()
        assert verder.wait(10)
        return [Rijstand(GEMEENTE, A, 1, 90)]

    monkeypatch.setattr(wachtruimte, "measure_streams", count_slowly)
    assert (ruimte.is_unknown(), ruimte.is_stale()) == (False, False)
    monkeypatch.setattr(wachtruimte, "_VERS", 0.0)
    assert ruimte.is_stale()
    ruimte.look_beside(werkplaats)
    assert geteld.wait(10)
    # Nobody else looks meanwhile, and what was known holds.
    assert (ruimte.is_stale(), ruimte.is_full(GEMEENTE, A)) == (False, False)
    verder.set()
    with ruimte._lock:
        assert ruimte.is_full(GEMEENTE, A)
    monkeypatch.setattr(wachtruimte, "_OUD", 0.0)
    assert ruimte.is_unknown()


def test_a_count_that_fails_is_told_and_done_again(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    ruimte = seen(werkplaats, monkeypatch, 100, {})
    monkeypatch.setattr(wachtruimte, "measure_streams", lambda _: 1 // 0)
    monkeypatch.setattr(wachtruimte, "_VERS", 0.0)
    with logs_of(wachtruimte) as regels:
        ruimte.look_beside(werkplaats)
        with ruimte._lock:
            assert [regel["event"] for regel in regels] == ["wachtruimte_onbekend"]
    assert ruimte.is_stale()
