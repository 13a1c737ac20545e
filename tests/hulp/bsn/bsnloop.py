"""The run itself: a service of its own, keys for everybody, and what was seen of it."""

import json
import re
from collections import Counter
from contextlib import chdir
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import httpx
from typer.testing import CliRunner

from berichten.cli import app
from tests.api.dienst import Dienst
from tests.hulp.api.bsnspeurder import Speurder

JAN = date(2026, 1, 1)
XML, CSV = {"Content-Type": "application/xml"}, {"Content-Type": "text/csv"}
ROLLEN = ("gemeente", "contractbeheer", "financien", "beheer")
_VOL = re.compile(r"/(inhoud|antwoord|bsn)$")
"""What gives out a whole BSN, to who asked for just that."""


@dataclass(slots=True)
class Loop:
    """The run: a service of its own, keys for everybody, and what was seen."""

    map_: Path
    speurder: Speurder
    omgeving: dict[str, str]
    dienst: Dienst | None = None
    sleutels: dict[str, str] = field(default_factory=dict)
    standen: Counter[int] = field(default_factory=Counter)
    ieder: bool = False
    """Whether also what is for other roles is asked in every form."""

    def command(self, *woorden: str, invoer: str = "") -> str:
        """A command as its user types it; what it prints is searched, but for answers to the message that he handed in."""
        with chdir(self.map_):
            gedaan = CliRunner().invoke(app, list(woorden), env=self.omgeving, input=invoer)
        assert gedaan.exception is None or isinstance(gedaan.exception, SystemExit), gedaan.exception
        zonder = "\n".join(regel for regel in gedaan.stdout.splitlines() if not regel.lstrip().startswith('"antwoord": '))
        self.speurder.add(f"berichten {woorden[0]}", f"{zonder}\n{gedaan.stderr}")
        return gedaan.stdout.strip()

    def ask(self, wie: str, methode: str, pad: str, **wat: Any) -> httpx.Response:
        """A question to the service; its answer is searched, with its headers."""
        assert self.dienst is not None
        with self.dienst.client(self.sleutels.get(wie, wie) or None) as client:
            antwoord = client.request(methode, pad, **wat)
        self.keep(antwoord)
        return antwoord

    def keep(self, antwoord: httpx.Response, getypt: str = "") -> None:
        """Search an answer: not where a whole BSN was asked for and given, nor what a trial writes for its sender.

        `getypt` is what somebody typed, which a page gives back as it was: in an address, or in a form that is not kept.
        """
        self.standen[antwoord.status_code] += 1
        koppen = "\n".join(f"{naam}: {waarde}" for naam, waarde in antwoord.headers.items())
        self.speurder.add("headers of answers", koppen)
        if antwoord.status_code == 200 and _VOL.search(antwoord.url.path):
            return
        inhoud = antwoord.content.replace(getypt.encode(), b"")
        if antwoord.status_code == 200 and antwoord.url.path.endswith("/proefberichten"):
            inhoud = json.dumps({**antwoord.json(), "antwoord": None}).encode()
        waar = "pages" if antwoord.headers.get("content-type", "").startswith("text/html") else "answers"
        self.speurder.add(waar if antwoord.status_code < 400 else "refusals", inhoud)


def collect_files(run: Loop) -> None:
    """What stayed on disk: all but the tables themselves, what the test wrote, and answers to the operator's own messages."""
    var = run.map_ / "var"
    run.speurder.add_files(
        run.map_, (var / "postgres" / "data", run.map_ / "in", run.map_ / "fout.csv", *run.map_.glob("uit/*.xml"))
    )
