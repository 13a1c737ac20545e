"""Where the embedded server keeps its log of changes: another place, so that what is lost here can be had back from there."""

import os
import shlex
import shutil
from pathlib import Path

from berichten.opslag.server.programma import IngebedFout, Programma

_BEWAAR = "{{ test ! -e {pad}/%f || cmp -s %p {pad}/%f; }} && cp %p {pad}/.%f.half && mv {pad}/.%f.half {pad}/%f"
"""Whole or not at all, and never over what another server put there."""
_HAAL = "cp {pad}/%f %p"
_HOOGUIT = "60"
"""Seconds of work that can be lost with the disk of the database."""


EERSTE_LOG = "wal"
"""Name of the log of a server that was made here. One that is set back goes its own way, and has a log of its own."""


def log_folder(archief: Path, naam: str) -> Path:
    """Where the log of that name stands in that place; the copies stand beside it."""
    return archief.resolve() / naam


def archive_settings(archief: Path, naam: str, programma: Programma) -> dict[str, str]:
    """What makes the server copy its log, to a folder that is made here. Raises IngebedFout when the server cannot reach it."""
    pad = log_folder(archief, naam)
    try:
        pad.mkdir(parents=True, exist_ok=True)
        pad.chmod(0o700)
        if programma.gebruiker:
            os.chown(pad, programma.gebruiker.uid, programma.gebruiker.gid)
    except OSError as fout:
        raise IngebedFout(
            f"De dienst kan niet schrijven in {archief} (BERICHTEN_KOPIE_MAP). Geef haar daar rechten, of kies een andere map."
        ) from fout
    if not programma.reaches(pad):
        raise IngebedFout(
            f"De database kan niet bij {archief} (BERICHTEN_KOPIE_MAP). Geef iedereen het recht om door de mappen erboven te gaan,"
            " of kies een andere map."
        )
    opdracht = _BEWAAR.format(pad=shlex.quote(str(pad)))
    return {"archive_mode": "on", "archive_command": opdracht, "archive_timeout": _HOOGUIT}


def fetch_command(archief: Path, naam: str) -> str:
    """What a server runs that is set back, for each piece of the log of that name."""
    return _HAAL.format(pad=shlex.quote(str(log_folder(archief, naam))))


def give_tree(map_: Path, programma: Programma) -> None:
    """Make a folder with all in it the server's user's, and nobody else's to read."""
    map_.chmod(0o700)
    if programma.gebruiker:
        for pad in (map_, *map_.rglob("*")):
            shutil.chown(pad, programma.gebruiker.uid, programma.gebruiker.gid)
