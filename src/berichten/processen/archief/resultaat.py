"""`resultaat.json` of a replay: written message by message beside it, and put in its place whole when all is done."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson

_DEEL = ".resultaat.jsonl"
"""One line for each message handled so far; stays behind when a run is interrupted, and the next run adds its own."""
_BEDRAGEN = ("ingediendBedrag", "toegekendBedrag", "afgewezenBedrag", "teBeoordelenBedrag")


@dataclass(slots=True)
class Statustelling:
    """Messages of one kind and status; amounts in cents."""

    berichten: int = 0
    herhalingen: int = 0
    regels: int = 0
    """Lines of declarations, or product classes of other messages."""
    bedragen: list[int] = field(default_factory=lambda: [0] * len(_BEDRAGEN))
    """Submitted, awarded, rejected and held."""


@dataclass(slots=True)
class Overzicht:
    """What a replay came to, by kind and status of the messages."""

    tellingen: defaultdict[tuple[str, str], Statustelling] = field(default_factory=lambda: defaultdict(Statustelling))
    berichten: int = 0
    regels: int = 0
    """Lines of declarations."""
    wachtend: int = 0
    """Messages received and not handled, for a reason of ours."""

    def add(self, beschrijving: dict[str, Any]) -> None:
        """Count one message."""
        prestaties = len(beschrijving["prestaties"])
        telling = self.tellingen[beschrijving["soort"], beschrijving["status"]]
        telling.berichten += 1
        telling.herhalingen += beschrijving["herhaling"]
        telling.regels += prestaties or len(beschrijving["producten"])
        telling.bedragen = [som + (beschrijving[naam] or 0) for som, naam in zip(telling.bedragen, _BEDRAGEN, strict=True)]
        self.berichten += 1
        self.regels += prestaties
        self.wachtend += beschrijving["status"] in ("ontvangen", "in_behandeling")


class Resultaat:
    """The growing result of one run. Of interrupted runs it knows which messages they took in."""

    def __init__(self, uit: Path) -> None:
        self.doel = uit / "resultaat.json"
        self._pad = uit / _DEEL
        self._bestand: BinaryIO = self._pad.open("r+b" if self._pad.exists() else "w+b")
        self._eerder, self._begin = _read_interrupted(self._bestand)
        self.rewind(self._begin)

    def append(self, beschrijvingen: Iterable[dict[str, Any]]) -> int:
        """Add messages; returns where they begin, for `rewind`.

        Done before they are committed: who is killed in between finds a message in the database only if its id is here.
        """
        begin = self._bestand.tell()
        for item in beschrijvingen:
            if item["berichtId"] in self._eerder:
                # This run was interrupted after it had taken the message in; to its user that is no repetition.
                self._eerder.remove(item["berichtId"])
                item["herhaling"] = False
            self._bestand.write(orjson.dumps(item) + b"\n")
        self._bestand.flush()
        return begin

    def rewind(self, begin: int) -> None:
        """Forget what was added from `begin` on: it was not committed."""
        self._bestand.seek(begin)
        self._bestand.truncate()

    def finish(self, overgeslagen: Sequence[dict[str, str]] = ()) -> Path:
        """Put `resultaat.json` in its place, whole or not at all, with the files that were passed over."""
        self._bestand.close()
        concept = self.doel.with_name(".resultaat.json.deel")
        with self._pad.open("rb") as regels, concept.open("wb") as json:
            regels.seek(self._begin)
            json.write(b'{"berichten": [')
            for nummer, regel in enumerate(regels):
                json.write((b",\n" if nummer else b"\n") + regel.rstrip(b"\n"))
            json.write(b'\n],\n"overgeslagen": ' + orjson.dumps(overgeslagen) + b"}\n")
            json.flush()
            os.fsync(json.fileno())
        concept.replace(self.doel)
        self._pad.unlink()
        return self.doel

    def close(self) -> None:
        """Stop; what was written stays for the next run unless `finish` put it in its place."""
        self._bestand.close()


@contextmanager
def open_resultaat(uit: Path) -> Iterator[Resultaat]:
    """Begin a result in the folder `uit`, which is made if need be."""
    uit.mkdir(parents=True, exist_ok=True)
    resultaat = Resultaat(uit)
    try:
        yield resultaat
    finally:
        resultaat.close()


def _read_interrupted(bestand: BinaryIO) -> tuple[set[str], int]:
    """Ids of the messages that interrupted runs took in as new, and where their last whole line ends."""
    eigen, einde = set(), 0
    for regel in bestand:
        if not regel.endswith(b"\n"):
            break
        einde += len(regel)
        item = orjson.loads(regel)
        if item["berichtId"] is not None and not item["herhaling"]:
            eigen.add(item["berichtId"])
    return eigen, einde
