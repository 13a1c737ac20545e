"""The suite at awkward hours: what depends on a date runs in a process whose clock libfaketime sets, also for all that it starts.

Run are the files of DELEN: terms, decisions, books, payments, forecasts, reports and the command line, in the test's own process.
The service over HTTP is not among them: under libfaketime waits of its threads do not end. tests/kern/test_klok_nacht.py takes a
declaration through the house at the same moments with a clock of our own. The rest of the suite is handed its dates.
"""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from berichten.klok import begin_of, dutch_day, read_clock
from tests.conftest import SINDS
from tests.hulp.nachten import list_moments

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]

WORTEL = Path(__file__).parents[2]
DELEN = (
    "tests/kern/test_klok.py",
    "tests/kern/test_klok_nacht.py",
    "tests/huis/test_cli.py",
    "tests/besluiten/test_besluiten.py",
    "tests/besluiten/test_besluiten_termijn.py",
    "tests/financien/test_boeken.py",
    "tests/financien/test_boeken_uitvoer.py",
    "tests/financien/test_betalingen.py",
    "tests/berichten/test_prognose.py",
    "tests/berichten/test_benutting.py",
    "tests/monitor/test_monitor_opgaven.py",
    "tests/monitor/test_monitor_tabellen.py",
)
BIBLIOTHEKEN = ("libfaketimeMT.so.1", "libfaketime.so.1")


def _faketime() -> Path:
    for map_ in (Path("/usr/lib"), Path("/usr/local/lib")):
        for naam in BIBLIOTHEKEN:
            for pad in (*map_.glob(f"faketime/{naam}"), *map_.glob(f"*/faketime/{naam}")):
                return pad
    pytest.fail("libfaketime ontbreekt. Installeer het, op Debian met: apt-get install libfaketime")


def _clock(moment: datetime) -> dict[str, str]:
    """Environment of a process whose clock begins at this moment; a date that is set then has the same hour."""
    verschil = round((moment - read_clock()).total_seconds())
    return {
        "LD_PRELOAD": str(_faketime()),
        "FAKETIME": f"{verschil:+d}",
        SINDS: begin_of(dutch_day(moment)).isoformat(),
        "TZ": "UTC",
    }


@pytest.mark.parametrize("moment", [moment for _, moment in list_moments()], ids=lambda moment: f"{moment:%Y-%m-%d-%H%M}")
def test_what_depends_on_a_date_is_green_at(moment: datetime, tmp_path: Path) -> None:
    omgeving = {**os.environ, **_clock(moment)}
    gezien = subprocess.run(
        [sys.executable, "-c", "from berichten.klok import read_clock; print(read_clock().isoformat())"],
        env=omgeving, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert abs((datetime.fromisoformat(gezien.strip()) - moment).total_seconds()) < 60
    opdracht = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--tb=short",
        f"--basetemp={tmp_path / 'proef'}",
        *DELEN,
    ]
    gedaan = subprocess.run(opdracht, cwd=WORTEL, env=omgeving, capture_output=True, text=True, check=False)
    assert gedaan.returncode == 0, gedaan.stdout[-6000:]
