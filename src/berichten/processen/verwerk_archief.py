"""Take files, folders and ZIPs through the same pipeline as the endpoint, one message after the other, in name order.

Resumable: a message that was accepted before is found by its bytes, so running again does only what is left.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any
from uuid import UUID

import orjson

from berichten.opslag.berichten import Berichtrij, find_bericht, read_antwoord
from berichten.processen.beschrijf_bericht import describe_bericht, describe_refusal
from berichten.processen.ontvang_bericht import Geweigerd, Ontvangen, Verboden, accept
from berichten.processen.verwerk_bericht import handle_stroom
from berichten.processen.werkplaats import Werkplaats
from berichten.standaard.archief import check_zip, is_zip, read_zip

WACHTEND = ("ontvangen", "in_behandeling")
_GEDULD = 120.0
"""Seconds to wait for a message that a running service has taken up."""


@dataclass(frozen=True, slots=True)
class Invoer:
    """One message to take in."""

    bestand: str
    """Name as the result shows it."""
    inhoud: bytes


def list_files(paden: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named, in name order. Raises FileNotFoundError for a path that is not there."""
    bestanden: set[Path] = set()
    for pad in paden:
        if not pad.exists():
            raise FileNotFoundError(str(pad))
        if pad.is_dir():
            bestanden.update(item for item in pad.rglob("*") if item.is_file() and item.suffix.lower() in (".xml", ".zip"))
        else:
            bestanden.add(pad)
    return sorted(bestanden)


def read_file(pad: Path) -> Iterator[Invoer]:
    """The message in a file, or the messages in a ZIP; a ZIP that is no good comes as it is, and is refused like any file."""
    inhoud = pad.read_bytes()
    if is_zip(inhoud) and check_zip(inhoud, meeste=None) is None:
        for naam, deel in read_zip(inhoud):
            yield Invoer(f"{pad.name}/{naam}", deel)
    else:
        yield Invoer(pad.name, inhoud)


def process_file(werkplaats: Werkplaats, invoer: Invoer, uit: Path) -> dict[str, Any]:
    """Take one message all the way; write its answer to the folder `uit`; return its entry of `resultaat.json`."""
    uitkomst = accept(werkplaats, invoer.inhoud, None)
    if isinstance(uitkomst, Verboden):
        raise TypeError("zonder sleutel is niets verboden")
    if isinstance(uitkomst, Geweigerd):
        return {"bestand": invoer.bestand, **describe_refusal(uitkomst), "antwoord": None, "herhaling": False}
    rij = _finish(werkplaats, uitkomst)
    with werkplaats.opslag.transaction() as verbinding:
        beschrijving = describe_bericht(verbinding, werkplaats, rij)
        antwoord = read_antwoord(verbinding, rij.gemeente, rij.bericht_id)
    naam = None
    if antwoord is not None:
        naam = f"{_flat(invoer.bestand)}.antwoord.xml"
        (uit / naam).write_bytes(werkplaats.kluis.unpack(antwoord))
    return {"bestand": invoer.bestand, **beschrijving, "antwoord": naam, "herhaling": uitkomst.herhaling}


def write_result(uit: Path, berichten: list[dict[str, Any]]) -> Path:
    """Write `resultaat.json`; whole or not at all."""
    doel = uit / "resultaat.json"
    concept = uit / ".resultaat.json.deel"
    concept.write_bytes(orjson.dumps({"berichten": berichten}, option=orjson.OPT_INDENT_2))
    concept.replace(doel)
    return doel


def _finish(werkplaats: Werkplaats, ontvangen: Ontvangen) -> Berichtrij:
    """Handle what waits up to and including this message; a service that runs beside us may be handling it."""
    rij, uiterlijk = ontvangen.rij, time.monotonic() + _GEDULD
    while rij.status in WACHTEND:
        handle_stroom(werkplaats, rij.gemeente, rij.agb or "")
        rij = _reload(werkplaats, rij.gemeente, rij.bericht_id)
        if rij.status in WACHTEND:
            if time.monotonic() > uiterlijk:
                raise TimeoutError(f"bericht {rij.bericht_id} is na {_GEDULD:.0f} seconden nog niet verwerkt")
            time.sleep(0.05)
    return rij


def _reload(werkplaats: Werkplaats, gemeente: str, bericht_id: UUID) -> Berichtrij:
    with werkplaats.opslag.transaction() as verbinding:
        rij = find_bericht(verbinding, gemeente, bericht_id)
    if rij is None:
        raise LookupError(f"bericht {bericht_id} is verdwenen")
    return rij


def _flat(bestand: str) -> str:
    """A name without folders and without .xml, for the answer: `map.zip/a.xml` becomes `map.zip-a`."""
    delen = PurePath(bestand).parts
    return "-".join((*delen[:-1], PurePath(delen[-1]).stem))
