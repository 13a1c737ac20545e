"""An own PostgreSQL server in ``<var>/postgres``, started by the first process that needs it, stopped by the last.

Every user holds a shared lock on ``gebruik.lock``; starting and stopping happen under ``start.lock``, so that one who
stops and one who starts never meet. A lock dies with its process, whatever killed it. The server listens on a unix
socket in a folder of its owner only; that folder is the gate, so the server itself trusts whoever comes through.
"""

import fcntl
import hmac
import os
import secrets
import shlex
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import psycopg
import structlog
from psycopg import pq
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from berichten.logboek import describe_failure
from berichten.opslag.basis.geheim import make_once
from berichten.opslag.server.archief import archive_settings
from berichten.opslag.server.plek import Plek
from berichten.opslag.server.programma import IngebedFout, Programma, find_programma, server_gebruiker

__all__ = ["IngebedFout", "embedded_postgres"]

LOG = structlog.get_logger("ingebed")
_NAAM = "berichten"
_POORT = 5432
_WACHT_HERSTEL = 300
"""Seconds that a server which answers "not yet" may take: replaying the log after a crash."""
_WACHT_START = 20
"""Seconds to keep trying a start that fails: processes of a killed server may still hold its memory."""
_OMKIJKEN = 2.0
"""Seconds between two looks whether the server is still there."""
_INSTELLINGEN = {
    "listen_addresses": "",
    # Relative to the data folder, so that the server's path is short however deep var lies.
    "unix_socket_directories": "../socket",
    "unix_socket_permissions": "0700",
    "port": str(_POORT),
    "max_connections": "120",
    "shared_buffers": "128MB",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements, parameters and details carry persons' data: none of them may reach the log.
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}

_TOEGANG = "local all all scram-sha-256\nlocal replication postgres scram-sha-256\n"
"""Who may come in, in the words of ``pg_hba.conf``: over the socket, with a password."""
_VERTROUWD = "local all all trust\n"


@contextmanager
def embedded_postgres(var: Path, archief: Path | None = None) -> Iterator[str]:
    """Give the SQLAlchemy URL of database ``berichten``, on a server that runs as long as any process is in here.

    The URL's role ``berichten`` owns its database and may create roles and databases, but is no superuser. Whoever starts the
    server says where it keeps its log of changes (``archief``), from which any moment can be had back. One that was set back keeps
    none before it is taken into use: what somebody only looks at leaves the archive as it is.
    Raises IngebedFout, with a remedy in Dutch, when the server cannot be had.
    """
    plek = Plek(var.resolve() / "postgres")
    programma = find_programma(server_gebruiker(plek.data))
    plek.prepare(programma)
    with _joined(plek) as slot:
        naam = plek.read_lognaam()
        server = _Server(plek, programma, archive_settings(archief, naam, programma) if archief and naam else {})
        try:
            with _exclusive(plek.startslot) as startslot:
                fcntl.flock(slot, fcntl.LOCK_SH)
                if archief is None and not plek.is_listening():
                    # From here on the log has a gap: whoever keeps one later begins a new log, with a copy.
                    plek.lognaam.write_text("", encoding="utf-8")
                server.start(startslot)
            with _watched(plek, server):
                yield server.url()
        finally:
            with _exclusive(plek.startslot):
                if _is_last(slot):
                    server.stop()


@contextmanager
def _watched(plek: Plek, server: "_Server") -> Iterator[None]:
    """A server that was killed (out of memory, say) is started again, by whichever of its users sees it first."""
    klaar = Event()

    def watch() -> None:
        while not klaar.wait(_OMKIJKEN):
            if plek.is_listening():
                continue
            try:
                with _exclusive(plek.startslot):
                    if not klaar.is_set():
                        server.restart()
            except (IngebedFout, OSError, psycopg.Error) as fout:
                LOG.error("ingebedde_database_weg", **describe_failure(fout))

    draad = Thread(target=watch, name="ingebed", daemon=True)
    draad.start()
    try:
        yield
    finally:
        klaar.set()
        draad.join()


@contextmanager
def _joined(plek: Plek) -> Iterator[int]:
    """A descriptor of our own on ``gebruik.lock``; closing it gives the lock back."""
    slot = os.open(plek.gebruiksslot, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield slot
    finally:
        os.close(slot)


@contextmanager
def _exclusive(pad: Path) -> Iterator[int]:
    slot = os.open(pad, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield slot
    finally:
        os.close(slot)


def _is_last(slot: int) -> bool:
    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class _Server:
    """The server of one place. Its methods assume that the caller holds ``start.lock``."""

    def __init__(self, plek: Plek, programma: Programma, erbij: Mapping[str, str]) -> None:
        self._plek = plek
        self._erbij = erbij
        self._programma = programma
        self._reachable = programma.reaches(plek.wortel)
        self._geheim = ""

    def url(self) -> str:
        """The address for SQLAlchemy, with the owner's password."""
        query = {"host": str(self._plek.host), "port": str(_POORT)}
        return URL.create("postgresql+psycopg", _NAAM, self._owner_password(), database=_NAAM, query=query).render_as_string(False)

    def _owner_password(self) -> str:
        return hmac.digest(self._geheim.encode(), _NAAM.encode(), "sha256").hex()

    def start(self, startslot: int) -> None:
        """Make the data folder where there is none, and the server answer, with our role and database in it."""
        if not self._plek.has_data(self._programma):
            self._create_data(startslot)
        elif not self._plek.superuser.exists():
            # Of a version that asked for none, or lost: whoever may write here may let himself in, and sets a new one.
            self._plek.write_access(_VERTROUWD)
        self._geheim = make_once(self._plek.superuser, secrets.token_hex(32).encode()).decode()
        self._plek.open_socket()
        self._await_answer()
        self._await_writable()
        self._create_database()

    def restart(self) -> None:
        """Make the server answer again after it was killed; it replays its log first."""
        self._plek.open_socket()
        self._await_answer()

    def stop(self) -> None:
        """Stop fast: running transactions are rolled back, everything committed is kept. Waits for the end."""
        # Only a server that answers is told to stop: a pid file left behind may name anyone's process.
        if self._ping() != pq.Ping.NO_RESPONSE:
            gelukt = self._pg_ctl("stop", "-m", "fast")
            if not gelukt and self._ping() != pq.Ping.NO_RESPONSE:
                raise IngebedFout(
                    f"De database in {self._plek.data} wilde niet stoppen. Er gaat niets verloren. Start de dienst "
                    "opnieuw en sluit hem daarna af; die stopt de database dan alsnog."
                )
        self._plek.close_socket()

    def _create_data(self, startslot: int) -> None:
        """Fill a new folder and rename it when it is whole, so that a crash halfway never passes for a database."""
        nieuw = self._plek.fresh_folder(self._programma)
        taal = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self._programma.major >= 17 else []
        # initdb keeps start.lock while it lives, so that nobody starts beside it when we are killed.
        uitkomst = self._programma.run(
            *("initdb", "-D", self._as_server_sees(nieuw), "-U", "postgres", "--encoding=UTF8", "--locale=C", *taal),
            *("--data-checksums", "--auth-local=trust", "--auth-host=reject"),
            werkmap=nieuw,
            open_houden=(startslot,),
        )
        if uitkomst.returncode:
            raise IngebedFout(
                f"De database kon niet worden aangemaakt in {self._plek.data}. Kijk of de schijf vol is en of u in die "
                f"map mag schrijven, en start de dienst opnieuw. Technische melding: {_cause(uitkomst.stderr)}"
            )
        self._plek.adopt(nieuw)

    def _as_server_sees(self, map_: Path) -> str:
        """The folder's path, or the way around folders that the server's user may not enter: where it works already."""
        return str(map_) if self._reachable else "/proc/self/cwd"

    def _await_answer(self) -> None:
        """Connect until the server answers; start it whenever nothing answers at all."""
        begin = time.monotonic()
        while (toestand := self._ping()) != pq.Ping.OK:
            bezig = toestand == pq.Ping.REJECT
            if time.monotonic() - begin > (_WACHT_HERSTEL if bezig else _WACHT_START):
                raise IngebedFout(
                    f"De database in {self._plek.data} start niet. Kijk of de schijf vol is, lees de laatste regels "
                    f"van {self._plek.log}, en start de dienst daarna opnieuw."
                )
            if bezig or not self._launch():
                time.sleep(0.1)

    def _await_writable(self) -> None:
        """Let a server that is set back to a moment get there: it answers on the way, and takes no writes before the end."""
        try:
            while self._ask("select pg_is_in_recovery()"):
                time.sleep(0.2)
        except psycopg.OperationalError:
            raise IngebedFout(
                f"De database in {self._plek.data} kwam niet tot het gevraagde moment. Kijk in de laatste regels van"
                f" {self._plek.log} tot waar het archief gaat, en kies een moment van daarvoor, in een nieuwe map."
            ) from None

    def _ask(self, vraag: str) -> bool:
        with self._as_superuser() as verbinding:
            rij = verbinding.execute(vraag).fetchone()
        return rij is not None and bool(rij[0])

    def _as_superuser(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self._plek.host), port=_POORT, user="postgres", password=self._geheim, dbname="postgres", autocommit=True
        )

    def _launch(self) -> bool:
        self._plek.drop_stale_pid()
        return self._pg_ctl("start", "-l", "../server.log", "-o", _options({**_INSTELLINGEN, **self._erbij}))

    def _ping(self) -> pq.Ping:
        doel = make_conninfo(host=str(self._plek.host), port=_POORT, user="postgres", dbname="postgres", connect_timeout=5)
        return pq.Ping(pq.PGconn.ping(doel.encode()))

    def _pg_ctl(self, actie: str, *argumenten: str) -> bool:
        """Run pg_ctl and wait for the effect; False when it failed, which the server's log explains."""
        data = self._plek.data
        opdracht = ("pg_ctl", actie, "-D", self._as_server_sees(data), "-w", "-t", str(_WACHT_HERSTEL), *argumenten)
        return self._programma.run(*opdracht, werkmap=data).returncode == 0

    def _create_database(self) -> None:
        """Make what is missing: each step stands alone, so a crash between two is mended by the next start."""
        with self._as_superuser() as verbinding:
            if not _exists(verbinding, "select 1 from pg_roles where rolname = %s"):
                verbinding.execute(f"create role {_NAAM} login createdb createrole")
            self._ask_passwords(verbinding)
            # An error of a statement can repeat the value at fault ("invalid input syntax for …"): the application
            # gets it, the log does not. The server's own warnings keep coming.
            if not _exists(verbinding, "select 1 from pg_roles where rolname = %s || '_kopie'"):
                verbinding.execute(f"create role {_NAAM}_kopie bypassrls in role pg_read_all_data admin {_NAAM}")
            verbinding.execute("alter role all set log_min_messages = 'log'")
            if self._programma.major >= 16:
                verbinding.execute(f"alter role {_NAAM} set createrole_self_grant = 'set, inherit'")
            if not _exists(verbinding, "select 1 from pg_database where datname = %s"):
                verbinding.execute(f"create database {_NAAM} owner {_NAAM}")

    def _ask_passwords(self, verbinding: psycopg.Connection[tuple[object, ...]]) -> None:
        """Give superuser and owner their passwords and let the server ask for them; a new server still trusts whoever comes."""
        if self._plek.toegang.read_text(encoding="utf-8") == _TOEGANG:
            return
        for naam, wachtwoord in (("postgres", self._geheim), (_NAAM, self._owner_password())):
            bewijs = verbinding.pgconn.encrypt_password(wachtwoord.encode(), naam.encode(), b"scram-sha-256").decode()
            verbinding.execute(f"alter role {naam} password '{bewijs}'")
        self._plek.write_access(_TOEGANG)
        verbinding.execute("select pg_reload_conf()")


def _exists(verbinding: psycopg.Connection[tuple[object, ...]], vraag: str) -> bool:
    return verbinding.execute(vraag, (_NAAM,)).fetchone() is not None


def _options(instellingen: Mapping[str, str]) -> str:
    """The settings as pg_ctl wants them: words for a shell. On the command line they hold, whatever a file says."""
    return shlex.join(woord for naam, waarde in instellingen.items() for woord in ("-c", f"{naam}={waarde}"))


def _cause(tekst: str) -> str:
    """The line of a program's output that names the cause; what follows it is about cleaning up."""
    regels = [regel for regel in tekst.splitlines() if "error:" in regel or "FATAL" in regel]
    return regels[0] if regels else "geen."
