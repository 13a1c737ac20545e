"""The checklists of docs/ name tests that are there, for every requirement of ASVS 5.0.0 at levels 1 and 2."""

import csv
import re
from collections import Counter
from pathlib import Path

from tests.conftest import Vertel

WORTEL = Path(__file__).parents[2]
STANDEN = {"covered", "partly", "open", "not applicable", "to check"}
TAKEN = {"house", "operator", ""}
NIVEAUS = {"1": 70, "2": 183}
"""Requirements of the standard by level."""


def test_every_requirement_stands_there_with_a_test_that_is_there(vertel: Vertel) -> None:
    with (WORTEL / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as bestand:
        rijen = list(csv.DictReader(bestand, delimiter=";"))
    per_niveau = Counter(rij["level"] for rij in rijen)
    assert {niveau: per_niveau[niveau] for niveau in NIVEAUS} == NIVEAUS
    assert len({rij["id"] for rij in rijen}) == len(rijen)
    assert {rij["status"] for rij in rijen} <= STANDEN
    assert {rij["task"] for rij in rijen} <= TAKEN
    assert [rij["id"] for rij in rijen if rij["test"] and not (WORTEL / rij["test"]).is_file()] == []
    # What is covered says by what, and what is not whose it is.
    assert [rij["id"] for rij in rijen if rij["status"] == "covered" and not (rij["test"] or rij["measure"])] == []
    assert [rij["id"] for rij in rijen if rij["status"] in ("open", "partly", "to check") and not rij["task"]] == []
    vertel("ASVS 5.0.0: " + ", ".join(f"{aantal} {stand}" for stand, aantal in Counter(rij["status"] for rij in rijen).items()))


def test_every_threat_names_a_test_that_is_there() -> None:
    tekst = (WORTEL / "docs" / "dreigingen.md").read_text(encoding="utf-8")
    genoemd = set(re.findall(r"`(tests/[\w/]+\.py)`", tekst))
    assert len(genoemd) >= 20
    assert [pad for pad in sorted(genoemd) if not (WORTEL / pad).is_file()] == []
