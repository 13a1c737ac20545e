"""Every rule has an example in plain Dutch, as its cases tell it."""

from berichten.regels.register import ALLE
from berichten.regels.voorbeeldzinnen import BESTAND, example_of
from tests.hulp.voorbeeldzinnen import as_json


def test_the_examples_are_those_of_the_cases() -> None:
    assert BESTAND.read_text(encoding="utf-8") == as_json(), "draai: python -m tests.hulp.voorbeeldzinnen"


def test_every_rule_has_an_example() -> None:
    assert [regel.id for regel in ALLE if example_of(regel) is None] == []
