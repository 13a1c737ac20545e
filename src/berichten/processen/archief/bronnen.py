"""Messages from files, folders and ZIPs, one after the other, in name order; and which files were passed over, and why."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from berichten.standaard.deur.zipbestand import check_zip, count_zip, is_office, is_zip, list_passed, read_zip


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


@dataclass(frozen=True, slots=True)
class Overgeslagen:
    """A file that was not taken, with the reason in Dutch."""

    bestand: str
    reden: str

    def describe(self) -> dict[str, str]:
        """As `resultaat.json` shows it."""
        return {"bestand": self.bestand, "reden": self.reden}


@dataclass(slots=True)
class Bronlijst:
    """What is taken of the paths that were named, in name order, and what is not."""

    bronnen: list[Bron]
    overgeslagen: list[Overgeslagen] = field(default_factory=list)

    def __iter__(self) -> Iterator[Bron]:
        return iter(self.bronnen)

    def __len__(self) -> int:
        return len(self.bronnen)


def list_files(paden: Iterable[Path], uit: Path | None = None) -> Bronlijst:
    """The files named, whatever they are called, and the messages in the folders named. `uit` is where results go: what lies in it
    is no input. Raises FileNotFoundError for a path that is not there."""
    bronnen: dict[Path, Bron] = {}
    overgeslagen: dict[Path, Overgeslagen] = {}
    for pad in paden:
        if not pad.exists():
            raise FileNotFoundError(2, os.strerror(2), str(pad))
        for item in _walk(pad) if pad.is_dir() else [pad]:
            naam = item.relative_to(pad).as_posix() if pad.is_dir() else pad.name
            reden = _reason(item, pad.is_dir(), uit)
            if reden is None:
                bronnen[item] = Bron(item, naam)
            else:
                overgeslagen[item] = Overgeslagen(naam, reden)
    lijst = Bronlijst([bronnen[pad] for pad in sorted(bronnen)], [overgeslagen[pad] for pad in sorted(overgeslagen)])
    for bron in lijst.bronnen:
        if _is_zip(bron.pad):
            lijst.overgeslagen += [Overgeslagen(f"{bron.naam}/{naam}", reden) for naam, reden in list_passed(bron.pad)]
    return lijst


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


def _walk(map_: Path) -> Iterator[Path]:
    """All that is in a folder and those below it, but for folders that can be read."""
    for item in map_.rglob("*"):
        if not item.is_dir() or not os.access(item, os.R_OK | os.X_OK):
            yield item


def _reason(pad: Path, uit_map: bool, uit: Path | None) -> str | None:
    """Why a file is passed over; None for one that is taken. A file that is named by itself is always taken when it can be read."""
    if pad.is_symlink() and not pad.exists():
        return "De koppeling verwijst naar een bestand dat er niet is."
    if not os.access(pad, os.R_OK):
        return "U hebt geen rechten om dit te lezen."
    if not pad.is_file():
        return "Dit is een map of geen gewoon bestand." if not uit_map else "Dit is geen gewoon bestand."
    if uit is not None and uit_map and pad.resolve().is_relative_to(uit.resolve()):
        return "Dit bestand ligt in de map waarin de resultaten komen."
    return _reason_by_content(pad) if uit_map else None


def _reason_by_content(pad: Path) -> str | None:
    with pad.open("rb") as bestand:
        begin = bestand.read(64)
    if pad.suffix.lower() == ".xml":
        return None
    if is_zip(begin):
        return "Dit is een document (Excel, Word of LibreOffice) en geen ZIP met berichten." if is_office(pad) else None
    if pad.suffix.lower() == ".zip":
        return None
    if not begin:
        return "Het bestand is leeg."
    if begin.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "De naam eindigt niet op .xml. Is het een bericht, hernoem het dan of geef het bestand zelf op."
    return "Dit is geen XML- of ZIP-bestand."


def _is_zip(pad: Path) -> bool:
    with pad.open("rb") as bestand:
        return is_zip(bestand.read(4))
