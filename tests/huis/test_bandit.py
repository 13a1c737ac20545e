"""Whatever bandit finds has been read, and stands in `bandit.csv` with why it may stay; what is new or gone is told here."""

import csv
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

WORTEL = Path(__file__).parents[2]
GELEZEN = Path(__file__).with_name("bandit.csv")


def test_every_finding_was_read() -> None:
    with GELEZEN.open(encoding="utf-8", newline="") as bestand:
        rijen = list(csv.DictReader(bestand, delimiter=";"))
    assert all(rij["waarom"] for rij in rijen)
    gelezen = Counter({(rij["bestand"], rij["code"]): int(rij["aantal"]) for rij in rijen})
    opdracht = [sys.executable, "-m", "bandit", "-q", "-r", "-f", "json", "src", "api", "workers", "migrations"]
    uitvoer = subprocess.run(opdracht, cwd=WORTEL, capture_output=True, text=True, check=False)
    verslag = json.loads(uitvoer.stdout)
    assert verslag["errors"] == []
    assert verslag["metrics"]["_totals"]["nosec"] == 0, "zeg in bandit.csv waarom iets mag blijven, niet in de code"
    assert Counter((item["filename"], item["test_id"]) for item in verslag["results"]) == gelezen
