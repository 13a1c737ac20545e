"""Copies of the embedded server as a whole, and one set back to a moment: a copy and the log of changes since."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from berichten.opslag.server.archief import fetch_command, give_tree, log_folder
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.server.plek import Plek
from berichten.opslag.server.programma import IngebedFout, find_programma, find_tool, server_gebruiker

_NAAM = "basis-%Y%m%dT%H%M%SZ"
_GEHEIMEN = "geheimen"
"""What stands in `var` beside the database and cannot be missed: keys and passwords."""


def make_copy(var: Path, archief: Path, nu: datetime) -> Path:
    """Copy the whole server of `var` to a new folder in `archief`, while it works; returns that folder. `nu` names it.

    Raises IngebedFout when there is no room or no right to write, and leaves nothing half.
    """
    doel = archief.resolve() / nu.astimezone(UTC).strftime(_NAAM)
    half = doel.with_name(f".{doel.name}.half")
    with embedded_postgres(var, archief):
        plek = Plek(var.resolve() / "postgres")
        try:
            half.mkdir(parents=True, mode=0o700)
            _copy_server(plek, half / "data")
            _keep_secrets(var, plek, half / _GEHEIMEN)
            half.rename(doel)
        except OSError as fout:
            raise IngebedFout(
                f"De kopie in {archief} is niet gemaakt. Kijk of daar ruimte is en of u er mag schrijven. Wat half was is weer weg."
            ) from fout
        finally:
            shutil.rmtree(half, ignore_errors=True)
    return doel


def list_copies(archief: Path) -> list[tuple[datetime, Path]]:
    """Copies with their moments, oldest first."""
    return sorted((_moment_of(map_), map_) for map_ in archief.glob("basis-*Z") if (map_ / "data" / "PG_VERSION").exists())


def set_back(archief: Path, naar: Path, tot: datetime | None) -> Path:
    """Prepare `naar`, a folder without a database, as `var` of a server as it was at `tot`, or at the last that is in the log.

    The server finds its way there by itself when it is started. Returns the copy that it begins with. Raises IngebedFout when
    there is none of before that moment, or when there is a database in `naar`.
    """
    plek = Plek(naar.resolve() / "postgres")
    if plek.data.exists():
        raise IngebedFout(f"In {naar} staat al een database en die blijft staan. Kies een nieuwe map.")
    kopieen = [map_ for op, map_ in list_copies(archief) if tot is None or op <= tot]
    if not kopieen:
        raise IngebedFout(
            f"In {archief} staat geen kopie van vóór dat moment. Kies een later moment; 'berichten kopie toon' laat zien wat er is."
        )
    programma = find_programma(server_gebruiker(plek.data))
    plek.prepare(programma)
    nieuw = plek.fresh_folder(programma)
    shutil.copytree(kopieen[-1] / "data", nieuw, dirs_exist_ok=True)
    _restore_secrets(kopieen[-1] / _GEHEIMEN, naar, plek)
    _tell_where_to(nieuw, archief, tot)
    give_tree(nieuw, programma)
    give_tree(log_folder(archief), programma)
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


def _tell_where_to(data: Path, archief: Path, tot: datetime | None) -> None:
    woorden = {"restore_command": fetch_command(archief), "recovery_target_action": "promote"}
    if tot is not None:
        woorden["recovery_target_time"] = tot.astimezone(UTC).isoformat()
    with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as bestand:
        for naam, waarde in woorden.items():
            geschreven = waarde.replace("'", "''")
            bestand.write(f"{naam} = '{geschreven}'\n")
    (data / "recovery.signal").touch(mode=0o600)


def _moment_of(map_: Path) -> datetime:
    return datetime.strptime(map_.name, _NAAM).replace(tzinfo=UTC)
