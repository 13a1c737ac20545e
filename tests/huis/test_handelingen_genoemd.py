"""Whoever adds an operation or a form that changes something is told where it has to be done once, to be held against the log."""

from pathlib import Path

from tests.api.muur import test_handelingen_volledig
from tests.hulp.api.handelingen import NIETS_GEDAAN, TE_DOEN


def test_every_act_is_done_where_acts_are_held_against_the_access_log() -> None:
    tekst = Path(test_handelingen_volledig.__file__).read_text()
    ontbreekt = sorted(wat for wat in TE_DOEN - set(NIETS_GEDAAN) if f'"{wat}"' not in tekst)
    assert ontbreekt == [], "do it in tests/api/muur/test_handelingen_volledig.py, or say in tests/hulp/api/handelingen.py why not"


def test_what_changes_nothing_is_there() -> None:
    assert set(NIETS_GEDAAN) - TE_DOEN == set()
