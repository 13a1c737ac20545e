"""An example of what a rule says when it is broken, with numbers of a made-up case (`python -m tests.hulp.voorbeeldzinnen`)."""

import json
from functools import cache
from pathlib import Path

from berichten.kern.regel import Regel

BESTAND = Path(__file__).with_name("voorbeeldzinnen.json")


def key_of(regel: Regel) -> str:
    """What tells a rule from another of the same number: its messages, class and element."""
    return f"{regel.id} {'+'.join(regel.berichten)} {regel.klasse}/{regel.element}"


@cache
def _zinnen() -> dict[str, str]:
    gelezen: dict[str, str] = json.loads(BESTAND.read_text(encoding="utf-8"))
    return gelezen


def example_of(regel: Regel) -> str | None:
    """The whole sentence with its advice."""
    return _zinnen().get(key_of(regel))
