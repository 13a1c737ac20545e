"""Which rules of the standard the service judges, and which it does not, with the reason: none is forgotten."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from berichten.kern.regel import Regel
from berichten.regels.catalogus import BEWUST_NIET
from berichten.regels.register import ALLE
from tests.conftest import Vertel

SOORTEN = ("TR", "CD", "CS")


@dataclass(frozen=True, slots=True)
class Uitgave:
    """A release of the standard: where its rules stand, and for which messages that we receive it is."""

    release: str
    bestand: str
    berichten: frozenset[str]

    def rules(self, gedeeld: Path) -> list[dict[str, str]]:
        """Rules of the standard for these messages that an XSD cannot judge."""
        with (gedeeld / self.bestand).open(encoding="utf-8") as bestand:
            return [
                rij
                for rij in csv.DictReader(bestand, delimiter=";")
                if rij["soort"] in SOORTEN
                and not rij["controleniveau"].startswith("xsd")
                and self.berichten & set(rij["berichten"].split(","))
            ]

    def own(self) -> list[Regel]:
        """Our rules for these messages."""
        return [item for item in ALLE if self.berichten & set(item.berichten)]


UITGAVEN = (
    Uitgave("3.2", "ijw-3.2/regels/regels.csv", frozenset({"JW301", "JW305", "JW307", "JW323"})),
    Uitgave("3.2", "ijw-3.2/regels/regels.csv", frozenset({"JW315", "JW317", "JW319"})),
    Uitgave("3.0", "ijw-303/regels.csv", frozenset({"JW303"})),
)
uitgaven = pytest.mark.parametrize("uitgave", UITGAVEN, ids=["3.2", "3.2 requests", "3.0"])


@uitgaven
def test_every_rule_of_the_standard_is_judged_or_left_out_for_a_reason(gedeeld: Path, uitgave: Uitgave, vertel: Vertel) -> None:
    regels = uitgave.rules(gedeeld)
    eigen = {item.id for item in uitgave.own()}
    vergeten = [rij["code"] for rij in regels if rij["code"] not in eigen | set(BEWUST_NIET)]
    tabel = Counter((rij["soort"], rij["code"] in eigen) for rij in regels)
    vertel(f"iJw {uitgave.release} ({', '.join(sorted(uitgave.berichten))})\nsoort  in de standaard  getoetst  bewust niet")
    for soort in SOORTEN:
        vertel(f"{soort:5}  {tabel[soort, True] + tabel[soort, False]:15}  {tabel[soort, True]:8}  {tabel[soort, False]:11}")
    for bericht in sorted(uitgave.berichten):
        van_bericht = [rij for rij in regels if bericht in rij["berichten"].split(",")]
        getoetst = sum(any(item.id == rij["code"] and bericht in item.berichten for item in uitgave.own()) for rij in van_bericht)
        vertel(f"{bericht}  {len(van_bericht):14}  {getoetst:8}  {len(van_bericht) - getoetst:11}")
    for rij in regels:
        if rij["code"] not in eigen:
            vertel(f"bewust niet: {rij['code']}, want die {BEWUST_NIET.get(rij['code'])}")
    assert vergeten == []


@uitgaven
def test_retourcodes_and_messages_are_those_of_the_standard(gedeeld: Path, uitgave: Uitgave) -> None:
    standaard = {rij["code"]: rij for rij in uitgave.rules(gedeeld)}
    anders = []
    for item in uitgave.own():
        bron = standaard.get(item.id)
        if bron is not None:
            soorten = set(bron["berichten"].split(","))
            if item.retourcode != bron["retourcode"] or not set(item.berichten) <= soorten:
                anders.append((item.id, item.retourcode, bron["retourcode"], item.berichten))
    assert anders == []


@uitgaven
def test_every_message_of_a_rule_has_it(gedeeld: Path, uitgave: Uitgave) -> None:
    """A rule of the standard is judged on each of our messages that it applies to."""
    getoetst: dict[str, set[str]] = {}
    for item in uitgave.own():
        getoetst.setdefault(item.id, set()).update(item.berichten)
    tekort = {
        rij["code"]: sorted(uitgave.berichten & set(rij["berichten"].split(",")) - getoetst[rij["code"]])
        for rij in uitgave.rules(gedeeld)
        if rij["code"] in getoetst
    }
    assert {code: soorten for code, soorten in tekort.items() if soorten} == {}


ALLEEN_TOEN = {"CS104": "3.0", "CS330": "3.0"}
"""Rules of a release of which no list lies in the shared folder: its schema alone has the codes that they forbid."""


def test_every_rule_is_of_one_release_and_says_which() -> None:
    for item in ALLE:
        (release,) = {uitgave.release for uitgave in UITGAVEN if uitgave.berichten & set(item.berichten)}
        release = ALLEEN_TOEN.get(item.id, release)
        assert item.bron.startswith(f"iJw {release}") or not item.bron.startswith("iJw"), item.id


def test_a_jw304_carries_no_code_that_does_not_belong_there(gedeeld: Path) -> None:
    """Codes of WJ001 in release 3.0 that may be used in a JW304."""
    with (gedeeld / "ijw-303/codelijsten/WJ001_3_0.csv").open(encoding="utf-8") as bestand:
        mag = {rij["code"] for rij in csv.DictReader(bestand, delimiter=";") if rij["gebruikt_in_304"] == "ja"}
    eigen = {item.retourcode for item in UITGAVEN[-1].own() if item.retourcode is not None}
    assert eigen - mag == set()
    # Of the rest: 0013 and 8847 are caught by the schema and by the date of the message, 8849 is about our own date.
    assert mag - eigen == {"0013", "0200", "0233", "8001", "8847", "8849"}
