"""Work that takes longer than a page: looked at while it runs, given once to who asked for it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event

import pytest

from api.portaal.schil.langwerk import Bezig, Langwerk
from tests.hulp.portaal.balie import Portaalbalie

_NU = datetime(2026, 6, 30, 10, tzinfo=UTC)


def _now() -> datetime:
    return _NU


@pytest.fixture
def klaar() -> Iterator[Event]:
    """Set at the end, so that no thread waits for ever."""
    klaar = Event()
    yield klaar
    klaar.set()


def test_what_is_ready_at_once_is_given_at_once() -> None:
    assert Langwerk(60).ask("ans", "som", lambda: 1 + 1, _now) == 2


def test_what_takes_long_is_given_once_and_then_made_anew(klaar: Event) -> None:
    langwerk, keren = Langwerk(0.01), []

    def maak() -> int:
        klaar.wait()
        keren.append(1)
        return len(keren)

    assert isinstance(langwerk.ask("ans", "som", maak, _now), Bezig)
    assert langwerk.ask("ans", "som", maak, _now) == Bezig(_NU, 0, 0)
    klaar.set()
    langwerk.geduld = 60
    assert _fetch(langwerk, "ans", maak) == 1
    assert _fetch(langwerk, "ans", maak) == 2


def _fetch(langwerk: Langwerk, wie: str, maak: object) -> object:
    """Look until it is there: who looks how far something is waits for a moment only."""
    while isinstance(gevonden := langwerk.ask(wie, "som", maak, _now), Bezig):  # type: ignore[arg-type]
        pass
    return gevonden


def test_nobody_gets_what_another_asked_for(klaar: Event) -> None:
    langwerk = Langwerk(0.01)
    langwerk.ask("ans", "som", klaar.wait, _now)
    assert langwerk.ask("bo", "som", lambda: "van bo", _now) == "van bo"


def test_what_making_raised_is_raised_to_who_asked() -> None:
    langwerk = Langwerk(60)

    def maak() -> None:
        raise ValueError("dit kan niet")

    for _ in range(2):
        with pytest.raises(ValueError, match="dit kan niet"):
            langwerk.ask("ans", "som", maak, _now)


def test_a_page_says_that_it_is_being_made(balie: Portaalbalie) -> None:
    with balie.client("financien") as client:
        pagina = client.get("/portaal/monitor/tabel4a?jaar=2022").text
        assert "dit wordt berekend" in pagina
        assert 'href="/portaal/monitor/tabel4a?jaar=2022"' in pagina
        assert "dit wordt berekend" not in client.get("/portaal/monitor/tabel4a?jaar=2021").text
