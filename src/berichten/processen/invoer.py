"""Messages from files, folders and ZIPs, one after the other, in name order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from berichten.standaard.archief import check_zip, count_zip, is_zip, read_zip

_SOORTEN = (".xml", ".zip")
"""Of a folder only files with these names are taken; a file that is named by itself may be called anything."""


@dataclass(frozen=True, slots=True)
class Invoer:
    """One message to take in."""

    bestand: str
    """Name as the result shows it: with the folders below the one that was named, and the ZIP, that it lies in."""
    inhoud: bytes


@dataclass(frozen=True, slots=True)
class Bron:
    """A file that holds a message, or a ZIP that holds any number of them."""

    pad: Path
    naam: str


def list_files(paden: Iterable[Path]) -> list[Bron]:
    """The files named, and those in the folders named, in name order. Raises FileNotFoundError for a path that is not there."""
    bronnen: dict[Path, Bron] = {}
    for pad in paden:
        if not pad.exists():
            raise FileNotFoundError(str(pad))
        if pad.is_dir():
            gevonden = (item for item in pad.rglob("*") if item.suffix.lower() in _SOORTEN and item.is_file())
            bronnen.update((item, Bron(item, item.relative_to(pad).as_posix())) for item in gevonden)
        else:
            bronnen[pad] = Bron(pad, pad.name)
    return [bronnen[pad] for pad in sorted(bronnen)]


def count_messages(bronnen: Iterable[Bron]) -> int:
    """How many messages these files hold; of ZIPs only the list of contents is read."""
    return sum(count_zip(bron.pad) if _is_zip(bron.pad) else 1 for bron in bronnen)


def read_file(pad: Path, naam: str = "") -> Iterator[Invoer]:
    """The message in a file, or the messages in a ZIP; a ZIP that is no good comes as it is, and is refused like any file."""
    naam = naam or pad.name
    if _is_zip(pad) and check_zip(pad, meeste=None) is None:
        for deel, inhoud in read_zip(pad):
            yield Invoer(f"{naam}/{deel}", inhoud)
    else:
        yield Invoer(naam, pad.read_bytes())


def _is_zip(pad: Path) -> bool:
    with pad.open("rb") as bestand:
        return is_zip(bestand.read(4))
