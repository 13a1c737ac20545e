"""Which rules of the standard the service judges, and which it does not, with the reason: none is forgotten."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from berichten.regels.catalogus import BEWUST_NIET
from berichten.regels.register import ALLE

BERICHTEN = {"JW301", "JW305", "JW307", "JW323"}
SOORTEN = ("TR", "CD", "CS")


def _rules(gedeeld: Path) -> list[dict[str, str]]:
    """Rules of the standard for these messages that an XSD cannot judge."""
    with (gedeeld / "ijw-3.2" / "regels" / "regels.csv").open(encoding="utf-8") as bestand:
        return [
            rij
            for rij in csv.DictReader(bestand, delimiter=";")
            if rij["soort"] in SOORTEN and rij["controleniveau"] != "xsd" and BERICHTEN & set(rij["berichten"].split(","))
        ]


def test_every_rule_of_the_standard_is_judged_or_left_out_for_a_reason(gedeeld: Path, capsys: pytest.CaptureFixture[str]) -> None:
    regels = _rules(gedeeld)
    eigen = {item.id for item in ALLE}
    vergeten = [rij["code"] for rij in regels if rij["code"] not in eigen | set(BEWUST_NIET)]
    tabel = Counter((rij["soort"], rij["code"] in eigen) for rij in regels)
    with capsys.disabled():
        print("\nsoort  in de standaard  getoetst  bewust niet")
        for soort in SOORTEN:
            print(f"{soort:5}  {tabel[soort, True] + tabel[soort, False]:15}  {tabel[soort, True]:8}  {tabel[soort, False]:11}")
        for regel, reden in BEWUST_NIET.items():
            print(f"bewust niet: {regel}, want die {reden}")
    assert vergeten == []


def test_retourcodes_and_messages_are_those_of_the_standard(gedeeld: Path) -> None:
    standaard = {rij["code"]: rij for rij in _rules(gedeeld)}
    anders = []
    for item in ALLE:
        bron = standaard.get(item.id)
        if bron is not None:
            soorten = set(bron["berichten"].split(","))
            if item.retourcode != bron["retourcode"] or not set(item.berichten) <= soorten:
                anders.append((item.id, item.retourcode, bron["retourcode"], item.berichten))
    assert anders == []


def test_every_message_of_a_rule_has_it(gedeeld: Path) -> None:
    """A rule of the standard is judged on each of our messages that it applies to."""
    getoetst: dict[str, set[str]] = {}
    for item in ALLE:
        getoetst.setdefault(item.id, set()).update(item.berichten)
    tekort = {
        rij["code"]: sorted(BERICHTEN & set(rij["berichten"].split(",")) - getoetst[rij["code"]])
        for rij in _rules(gedeeld)
        if rij["code"] in getoetst
    }
    assert {code: soorten for code, soorten in tekort.items() if soorten} == {}
