"""Holds the HTML of pages against the standard (html-validate), in one process of Node for all of them."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.hulp.node import NODE, install

_BRON = Path(__file__).parents[2] / "html"


@dataclass(frozen=True, slots=True)
class Htmlkeurder:
    """The process that judges."""

    proces: subprocess.Popen[str]

    def judge(self, html: str) -> list[str]:
        """What is wrong with this page, each with its rule and place."""
        vraag, antwoord = self.proces.stdin, self.proces.stdout
        assert vraag is not None
        assert antwoord is not None
        vraag.write(json.dumps(html) + "\n")
        vraag.flush()
        fouten: list[str] = json.loads(antwoord.readline())
        return fouten


@contextmanager
def running_keurder() -> Iterator[Htmlkeurder]:
    """While the block lasts it answers."""
    opdracht = [str(NODE), str(install(_BRON) / "keur.mjs")]
    with subprocess.Popen(opdracht, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as proces:
        try:
            yield Htmlkeurder(proces)
        finally:
            proces.terminate()
