"""Copies of the embedded server as a whole, and one set back to a moment: a copy and the log of changes since."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from berichten.opslag.server.archief import EERSTE_LOG, fetch_command, give_tree, log_folder
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.server.plek import Plek
from berichten.opslag.server.programma import Gebruiker, IngebedFout, find_programma, find_tool, server_gebruiker

Klok = Callable[[], datetime]
_NAAM = "basis-%Y%m%dT%H%M%SZ"
_LOGNAAM = "wal-%Y%m%dT%H%M%SZ"
"""How the log of a server that was set back is called: after when it was taken into use."""
_HERSTEL = ("restore_command", "recovery_target")
"""With what the settings begin that bring a server back; a copy of one that was set back before has them."""
_KLAAR = "klaar"
"""Holds the moment at which a copy was done."""
_GEHEIMEN = "geheimen"
"""What stands in `var` beside the database and cannot be missed: keys and passwords."""


def make_copy(var: Path, archief: Path, klok: Klok) -> Path:
    """Copy the whole server of `var` to a new folder in `archief`, while it works; returns that folder, named after when it was
    done: a copy brings back any moment from its end on.

    Raises IngebedFout when there is no room or no right to write, and leaves nothing half; and for a server that was set back and
    is not in use: the newest copy is the one that is taken when all is lost, and must not be of an exercise. Nor of another
    database than those that are there.
    """
    plek = Plek(var.resolve() / "postgres")
    if not plek.read_lognaam():
        raise IngebedFout(
            f"De database in {var} is teruggezet en nog niet in gebruik, en van zo'n database wordt geen kopie gemaakt. Start eerst"
            " de dienst op deze map; die maakt dan zelf een kopie."
        )
    _refuse_another(plek, archief)
    half = archief.resolve() / f".{klok().astimezone(UTC).strftime(_NAAM)}.half"
    with embedded_postgres(var, archief):
        try:
            half.mkdir(parents=True, mode=0o700)
            _copy_server(plek, half / "data")
            _keep_secrets(var, plek, half / _GEHEIMEN)
            (half / plek.lognaam.name).write_text(plek.read_lognaam(), encoding="utf-8")
            klaar = klok().astimezone(UTC)
            (half / _KLAAR).write_text(klaar.isoformat(), encoding="utf-8")
            doel = half.with_name(klaar.strftime(_NAAM))
            half.rename(doel)
        except OSError as fout:
            raise IngebedFout(
                f"De kopie in {archief} is niet gemaakt. Kijk of daar ruimte is en of u er mag schrijven. Wat half was is weer weg."
            ) from fout
        finally:
            shutil.rmtree(half, ignore_errors=True)
    return doel


def begin_archive(var: Path, archief: Path, klok: Klok) -> None:
    """Before the service starts: see that `archief` has a copy from which the log of this server goes on.

    Without one the log brings nothing back. A server that was set back gets a log of its own here: it goes another way than the
    one that it was a copy of. Raises IngebedFout as `make_copy` does, and where the copies are of another database than this one.
    """
    plek = Plek(var.resolve() / "postgres")
    kopieen = list_copies(archief)
    if kopieen and not plek.data.exists():
        raise IngebedFout(
            f"In {archief} (BERICHTEN_KOPIE_MAP) staan kopieën, en in {var} staat geen database. Zet ze terug met 'berichten kopie"
            " herstel', of kies voor een nieuwe database een andere BERICHTEN_KOPIE_MAP."
        )
    _refuse_another(plek, archief)
    plek.prepare(find_programma(server_gebruiker(plek.data)))
    with (plek.wortel / "kopie.lock").open("a") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        if not plek.read_lognaam():
            plek.lognaam.write_text(klok().astimezone(UTC).strftime(_LOGNAAM), encoding="utf-8")
        if not any(_lognaam_of(map_, plek) == plek.read_lognaam() for _, map_ in list_copies(archief)):
            try:
                make_copy(var, archief, klok)
            except IngebedFout as fout:
                raise IngebedFout(
                    f"{fout} De dienst begint niet zonder kopie om op terug te vallen; met BERICHTEN_KOPIE_MAP leeg begint hij zo."
                ) from fout


def list_copies(archief: Path) -> list[tuple[datetime, Path]]:
    """Copies with their moments, oldest first."""
    return sorted((_moment_of(map_), map_) for map_ in archief.glob("basis-*Z") if (map_ / "data" / "PG_VERSION").exists())


def set_back(archief: Path, naar: Path, tot: datetime | None) -> Path:
    """Prepare `naar`, a folder without a database, as `var` of a server as it was at `tot`, or at the last that is in the log.

    The server finds its way there by itself when it is started. Returns the copy that it begins with. Raises IngebedFout when
    there is none of before that moment, when there is a database in `naar`, or when another user is the one to do this. The archive
    stays as it is: a service may be at work on it.
    """
    _refuse_for_another(archief)
    plek = Plek(naar.resolve() / "postgres")
    if plek.data.exists():
        raise IngebedFout(f"In {naar} staat al een database en die blijft staan. Kies een nieuwe map.")
    kopieen = [map_ for op, map_ in list_copies(archief) if tot is None or op <= tot]
    if not kopieen:
        raise IngebedFout(
            f"In {archief} staat geen kopie van vóór dat moment. Kies een later moment; 'berichten kopie toon' laat zien wat er is."
        )
    naam = _lognaam_of(kopieen[-1], plek)
    log = log_folder(archief, naam)
    programma = find_programma(_owner(log) or server_gebruiker(plek.data))
    plek.prepare(programma)
    nieuw = plek.fresh_folder(programma)
    shutil.copytree(kopieen[-1] / "data", nieuw, dirs_exist_ok=True)
    _restore_secrets(kopieen[-1] / _GEHEIMEN, naar, plek)
    _tell_where_to(nieuw, fetch_command(archief, naam), tot)
    give_tree(nieuw, programma)
    if log.exists() and log.stat().st_uid == 0:
        # Brought here by root: no server runs as root, so none writes there.
        give_tree(log, programma)
    plek.lognaam.write_text("", encoding="utf-8")
    plek.adopt(nieuw)
    return kopieen[-1]


def _copy_server(plek: Plek, data: Path) -> None:
    programma = find_tool("pg_basebackup")
    if programma is None:
        raise IngebedFout(
            "pg_basebackup is niet gevonden op deze computer. Installeer 'embedded-postgres' in de omgeving van de dienst."
        )
    uitkomst = subprocess.run(
        [
            str(programma), "--host", str(plek.host), "--port", "5432", "--username", "postgres", "--no-password",
            "--pgdata", str(data), "--wal-method", "stream", "--checkpoint", "fast",
        ],
        env={"PATH": os.defpath, "LC_ALL": "C", "PGPASSWORD": plek.superuser.read_text()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        umask=0o077,
    )  # fmt: skip
    if uitkomst.returncode:
        oorzaak = next((regel for regel in uitkomst.stderr.splitlines() if "error:" in regel), "geen.")
        raise IngebedFout(f"De kopie is niet gemaakt. Kijk of de schijf vol is. Technische melding: {oorzaak}")


def _keep_secrets(var: Path, plek: Plek, naar: Path) -> None:
    naar.mkdir(mode=0o700)
    for pad in (plek.superuser, *(pad for pad in var.iterdir() if pad.suffix in (".geheim", ".sleutel"))):
        shutil.copy2(pad, naar)


def _restore_secrets(van: Path, naar: Path, plek: Plek) -> None:
    for pad in van.iterdir():
        shutil.copy2(pad, plek.superuser if pad.name == plek.superuser.name else naar / pad.name)


def _lognaam_of(kopie: Path, plek: Plek) -> str:
    """Which log goes on where this copy ends."""
    bestand = kopie / plek.lognaam.name
    return bestand.read_text(encoding="utf-8") if bestand.exists() else EERSTE_LOG


def _refuse_another(plek: Plek, archief: Path) -> None:
    """Copies of two databases in one place: the newest is taken when all is lost, whosever it is."""
    kopieen = list_copies(archief)
    if kopieen and (hier := _read_systeem(plek.data)) and _read_systeem(kopieen[-1][1] / "data") not in (hier, None):
        raise IngebedFout(
            f"De kopieën in {archief} (BERICHTEN_KOPIE_MAP) zijn van een andere database dan die in {plek.data.parent}. Kies voor"
            " deze database een andere map, of zet BERICHTEN_VAR op de map van de database waarvan de kopieën zijn."
        )


def _read_systeem(data: Path) -> int | None:
    """What tells this server from every other, as `pg_controldata` calls it: Database system identifier. A copy has the same."""
    bestand = data / "global" / "pg_control"
    return int.from_bytes(bestand.read_bytes()[:8], sys.byteorder) if bestand.exists() else None


def _refuse_for_another(archief: Path) -> None:
    """As root what is set back would be root's, and the service, which made these copies, could not use it."""
    if os.geteuid() == 0 and archief.exists() and (uid := archief.stat().st_uid) != 0:
        naam = Gebruiker(uid, 0).naam
        raise IngebedFout(
            f"De kopieën in {archief} zijn van gebruiker '{naam}'. Geef deze opdracht als die gebruiker, met 'runuser -u {naam} --"
            " berichten kopie herstel …', in een map waarin hij mag schrijven."
        )


def _owner(log: Path) -> Gebruiker | None:
    """As root: the user of the server that wrote this log, who can read it."""
    if os.geteuid() != 0 or not log.exists() or (eigenaar := log.stat()).st_uid == 0:
        return None
    return Gebruiker(eigenaar.st_uid, eigenaar.st_gid)


def _tell_where_to(data: Path, haal: str, tot: datetime | None) -> None:
    woorden = {"restore_command": haal, "recovery_target_action": "promote"}
    if tot is not None:
        woorden["recovery_target_time"] = tot.astimezone(UTC).isoformat()
    bestand = data / "postgresql.auto.conf"
    regels = [regel for regel in bestand.read_text(encoding="utf-8").splitlines() if not regel.startswith(_HERSTEL)]
    for naam, waarde in woorden.items():
        geschreven = waarde.replace("'", "''")
        regels.append(f"{naam} = '{geschreven}'")
    bestand.write_text("\n".join([*regels, ""]), encoding="utf-8")
    (data / "recovery.signal").touch(mode=0o600)


def _moment_of(map_: Path) -> datetime:
    klaar = map_ / _KLAAR
    if klaar.exists():
        return datetime.fromisoformat(klaar.read_text(encoding="utf-8"))
    return datetime.strptime(map_.name, _NAAM).replace(tzinfo=UTC)
