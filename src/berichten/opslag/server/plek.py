"""The folders of the embedded server under ``<var>/postgres``: their owner, and a socket path that is short enough."""

import hashlib
import os
import shutil
import socket
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from berichten.opslag.server.archief import EERSTE_LOG
from berichten.opslag.server.programma import IngebedFout, Programma

_SOCKETPAD_MAX = 107
_SOCKETNAAM = ".s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Plek:
    """``<var>/postgres`` with data, socket, log and locks. A value: it finds and mends, it keeps nothing.

    ``startslot`` is held alone while starting or stopping, ``gebruiksslot`` shared by everyone who uses the server.
    """

    wortel: Path

    @property
    def data(self) -> Path:
        return self.wortel / "data"

    @property
    def log(self) -> Path:
        return self.wortel / "server.log"

    @property
    def superuser(self) -> Path:
        """The superuser's password."""
        return self.wortel / "superuser.geheim"

    @property
    def lognaam(self) -> Path:
        """Names this server's log in the archive; empty: it was set back, and keeps none before somebody takes it into use."""
        return self.wortel / "logboek.naam"

    def read_lognaam(self) -> str:
        """That name; empty for a server that keeps no log yet."""
        return self.lognaam.read_text(encoding="utf-8") if self.lognaam.exists() else EERSTE_LOG

    @property
    def toegang(self) -> Path:
        """Who may come in, as the server reads it."""
        return self.data / "pg_hba.conf"

    @property
    def startslot(self) -> Path:
        return self.wortel / "start.lock"

    @property
    def gebruiksslot(self) -> Path:
        return self.wortel / "gebruik.lock"

    @property
    def _socket(self) -> Path:
        return self.wortel / "socket"

    @property
    def host(self) -> Path:
        """Folder to connect to: the socket's own, or a link to it with a short path (unix allows 107 bytes)."""
        if _fits(self._socket):
            return self._socket
        naam = f"berichten-{os.geteuid()}-{hashlib.sha256(os.fsencode(self.wortel)).hexdigest()[:16]}"
        kort = Path(tempfile.gettempdir()) / naam / "s"
        if _fits(kort):
            return kort
        raise IngebedFout(
            f"Het pad {self._socket} is te lang voor een verbinding met de database. Zet BERICHTEN_VAR op een map met "
            "een korter pad."
        )

    def is_listening(self) -> bool:
        """Whether there is a server: one that hangs or is too busy to take a connection is there too."""
        lijn = socket.socket(socket.AF_UNIX)
        try:
            lijn.settimeout(1.0)
            lijn.connect(str(self.host / _SOCKETNAAM))
        except (ConnectionRefusedError, FileNotFoundError):
            return False
        except OSError:
            return True
        finally:
            lijn.close()
        return True

    def prepare(self, programma: Programma) -> None:
        """Make the folders and the log, with the right owner. Raises IngebedFout when they are another user's."""
        try:
            self._refuse_other_owner()
            self.wortel.mkdir(parents=True, exist_ok=True)
            # Whoever is not the server's user sees nothing here; that user has to pass through.
            self.wortel.chmod(0o711 if programma.gebruiker else 0o700)
            self._socket.mkdir(mode=0o700, exist_ok=True)
            self.log.touch(mode=0o600)
            _give(programma, self._socket, self.log)
        except OSError as fout:
            raise IngebedFout(
                f"De dienst kan niet schrijven in {self.wortel}. Start de dienst als de gebruiker van wie die map is, "
                "of zet BERICHTEN_VAR op een map waarin u mag schrijven."
            ) from fout

    def _refuse_other_owner(self) -> None:
        if os.geteuid() != 0 and self.data.exists() and self.data.stat().st_uid != os.geteuid():
            raise IngebedFout(
                f"De database in {self.data} is van een andere gebruiker van deze computer. Start de dienst als die "
                "gebruiker (of als root), of zet BERICHTEN_VAR op een eigen map."
            )

    def has_data(self, programma: Programma) -> bool:
        """True when there is a database of this major version; False when there is none yet.

        Raises IngebedFout for another version, or for a folder with something else in it.
        """
        if not self.data.is_dir() or not any(self.data.iterdir()):
            return False
        versie = self.data / "PG_VERSION"
        if not versie.is_file():
            raise IngebedFout(
                f"In de map {self.data} staan bestanden die geen database zijn. Verplaats ze naar een andere map en "
                "start de dienst opnieuw."
            )
        gemaakt_met = versie.read_text().strip()
        if gemaakt_met != str(programma.major):
            raise IngebedFout(
                f"De database in {self.data} is gemaakt met PostgreSQL {gemaakt_met}, maar deze dienst werkt met "
                f"PostgreSQL {programma.major}. Er is niets veranderd. Zet de vorige versie van de dienst terug, maak "
                "daarmee een kopie met pg_dump, en lees die met deze versie in een nieuwe, lege map in."
            )
        return True

    def fresh_folder(self, programma: Programma) -> Path:
        """An empty folder beside the data, in place of one that a crash left half filled."""
        nieuw = self.wortel / "data.nieuw"
        shutil.rmtree(nieuw, ignore_errors=True)
        nieuw.mkdir(mode=0o700)
        _give(programma, nieuw)
        return nieuw

    def adopt(self, nieuw: Path) -> None:
        """Make a complete new folder the data folder, and make that last."""
        nieuw.rename(self.data)
        map_ = os.open(self.wortel, os.O_RDONLY)
        try:
            os.fsync(map_)
        finally:
            os.close(map_)

    def write_access(self, tekst: str) -> None:
        """Say who may come in, whole or not at all; the file stays that of the server's user."""
        nieuw = self.data / "pg_hba.conf.nieuw"
        nieuw.write_text(tekst, encoding="utf-8")
        nieuw.chmod(0o600)
        shutil.chown(nieuw, self.data.stat().st_uid, self.data.stat().st_gid)
        nieuw.replace(self.toegang)

    def open_socket(self) -> None:
        """Lay the short link to the socket's folder where the real path is too long.

        Its folder is private: someone else's of the same name is refused, or we would talk to someone else's server.
        """
        if self.host == self._socket:
            return
        map_ = self.host.parent
        with suppress(FileExistsError):
            map_.mkdir(mode=0o700)
        wie = map_.lstat()
        if not stat.S_ISDIR(wie.st_mode) or wie.st_uid != os.geteuid() or wie.st_mode & 0o077:
            raise IngebedFout(f"De map {map_} is niet alleen van u. Verwijder die map en start de dienst opnieuw.")
        self.host.unlink(missing_ok=True)
        self.host.symlink_to(self._socket)

    def close_socket(self) -> None:
        """Take the short link away again."""
        if self.host != self._socket:
            with suppress(OSError):
                self.host.unlink(missing_ok=True)
                self.host.parent.rmdir()

    def drop_stale_pid(self) -> None:
        """Remove the pid file of a dead server whose number lives on: given out anew, or a zombie nobody buried.

        PostgreSQL takes such a number for a running server and refuses to start; in containers that is common. All
        of a server's processes work in its data folder, so when none does, none is left. Only to be called when
        nothing answers on the socket.
        """
        if Path("/proc/self/cwd").exists() and not any(_works_in(cwd, self.data) for cwd in Path("/proc").glob("[0-9]*/cwd")):
            (self.data / "postmaster.pid").unlink(missing_ok=True)


def _works_in(cwd: Path, map_: Path) -> bool:
    try:
        return cwd.samefile(map_)
    except OSError:
        return False


def _fits(map_: Path) -> bool:
    return len(os.fsencode(map_ / _SOCKETNAAM)) <= _SOCKETPAD_MAX


def _give(programma: Programma, *paden: Path) -> None:
    if programma.gebruiker:
        for pad in paden:
            os.chown(pad, programma.gebruiker.uid, programma.gebruiker.gid)
