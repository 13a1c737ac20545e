"""Level 2 against the publisher's own rules, which run in lxml: on every mutant both break the same rules."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice
from pathlib import Path

import pytest
from lxml import etree

from berichten.beoordeling.pijplijn import check_inhoud
from berichten.regels.catalogus import ANDERS_DAN_XSLT
from berichten.regels.register import ALLE
from berichten.standaard.deur.toelating import Weigering, admit
from berichten.standaard.lezen.retour import Retourbericht
from berichten.standaard.waarden.soorten import JW317
from tests.conftest import Vertel
from tests.hulp.berichtbronnen import plain_and_full
from tests.hulp.berichtmutaties import read_bronnen, several, single
from tests.hulp.bouw import schemas

SOORTEN = ("JW301", "JW305", "JW307", "JW323")
VERZOEKEN = ("JW315", "JW317", "JW319")
AANTAL = int(os.environ.get("MUTANTEN", "5500"))
"""Mutants compared: every single change, and for the rest several at a time; 20,500 with `make soak`."""
VERZOEKEN_AANTAL = int(os.environ.get("MUTANTEN_VERZOEKEN", "3000"))
"""Of requests; their messages are small, and every single change is in the first three thousand."""
ZAAD = 1
ALLEEN_TOEN = {"CS104", "CS330"}
"""Rules on codes that only the schema of 3.0 has: in 3.2 level 1 refuses them."""
PORTIE = 100
_VERWIJDERD_ZONDER_EINDE = "boolean(//*[local-name()='ToegewezenProduct'][*[local-name()='RedenWijziging']='13'"
_WOONPLAATS_ZONDER_REDEN = "boolean(//*[local-name()='Antwoord'][*[local-name()='Woonplaatsbeginsel']"
_WOONPLAATS_ZONDER_REDEN += " and not(*[local-name()='RedenAfwijzingVerzoek'])])"
_VERWIJDERD_ZONDER_EINDE += " and not(*[local-name()='Einddatum'])])"


@dataclass(slots=True)
class Vergelijking:
    """What came of comparing: how many mutants of each kind, what they broke, and where the two differ."""

    aantallen: Counter[str] = field(default_factory=Counter)
    gebroken: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By rule and kind: mutants that break it, according to both."""
    verschillen: dict[tuple[str, str], list[bytes]] = field(default_factory=lambda: defaultdict(list))
    """By rule and who alone found it: the mutants."""
    zonder_reden: int = 0
    """Mutants with a gemeente and no reason, of which the XSLT says nothing and we say TR409 (`ANDERS_DAN_XSLT`)."""

    def add(self, soort: str, eigen: set[str], ander: set[str], inhoud: bytes) -> None:
        self.aantallen[soort] += 1
        self.zonder_reden += "TR409" in eigen and _lacks_reason(etree.fromstring(inhoud))
        self.gebroken.update((regel, soort) for regel in eigen & ander)
        for regel in eigen ^ ander:
            self.verschillen[regel, "alleen wij" if regel in eigen else "alleen de XSLT"].append(inhoud)

    def show(self) -> str:
        regels = [f"{sum(self.aantallen.values())} mutanten tegen de XSLT, {sum(map(len, self.verschillen.values()))} verschillen"]
        regels.append(f"TR409 zonder reden, waar de XSLT niets ziet: {self.zonder_reden}")
        for regel, soort in sorted(self.gebroken):
            fout = self.gebroken[regel, soort]
            regels.append(f"{regel:6} {soort}  gebroken {fout:6}  niet gebroken {self.aantallen[soort] - fout:6}")
        return "\n".join(regels)


def _lacks_reason(wortel: etree._Element) -> bool:
    """Whether a JW319 names a gemeente and no reason at all."""
    return bool(wortel.xpath(_WOONPLAATS_ZONDER_REDEN))


@cache
def _xslt(pad: str) -> etree.XSLT:
    return etree.XSLT(etree.parse(pad))


def rules_of_publisher(pad: Path, inhoud: bytes) -> set[str]:
    """The rules that the XSLT finds broken, but for what `ANDERS_DAN_XSLT` says with the text of the standard."""
    wortel = etree.fromstring(inhoud)
    genummerd = () if etree.QName(wortel).namespace == JW317.namespace else ("ToewijzingNummer", "TotaalBedrag")
    for element in wortel.iter("*"):
        # A number is the same with zeros before it; the XSLT compares texts. In a JW317 so do we.
        if element.text and element.text.isdigit() and etree.QName(element).localname in genummerd:
            element.text = str(int(element.text))
    gevonden = {element.text or "" for element in _xslt(str(pad))(wortel).iter("{*}Code")} - {"TR319"}
    if _lacks_reason(wortel):
        gevonden |= {"TR409"}
    return gevonden | {"CS335"} if wortel.xpath(_VERWIJDERD_ZONDER_EINDE) else gevonden


def own_rules(inhoud: bytes) -> tuple[str, set[str]]:
    """The kind of a mutant, and the rules of level 2 that we find broken."""
    bericht = admit(inhoud, schemas())
    assert not isinstance(bericht, (Weigering, Retourbericht)), bericht
    return bericht.soort.naam, {item.regel.id for item in check_inhoud(bericht)}


def _compare(portie: tuple[Path, tuple[bytes, ...]]) -> list[tuple[str, set[str], set[str]]]:
    pad, berichten = portie
    return [(*own_rules(inhoud), rules_of_publisher(pad, inhoud)) for inhoud in berichten]


def compare_all(pad: Path, mutanten: Iterable[bytes]) -> Vergelijking:
    """Compare in as many processes as there are processors."""
    vergelijking = Vergelijking()
    rij = iter(mutanten)
    porties: Iterator[tuple[Path, tuple[bytes, ...]]] = ((pad, portie) for portie in iter(lambda: tuple(islice(rij, PORTIE)), ()))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        # A bounded number at a time: the mutants are made faster than they are compared.
        while ronde := list(islice(porties, 20)):
            for (_, berichten), uitslagen in zip(ronde, pool.map(_compare, ronde), strict=True):
                for inhoud, (soort, eigen, ander) in zip(berichten, uitslagen, strict=True):
                    vergelijking.add(soort, eigen, ander, inhoud)
    return vergelijking


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("soorten", "aantal"), [(SOORTEN, AANTAL), (VERZOEKEN, VERZOEKEN_AANTAL)], ids=["regie and declarations", "requests"]
)
def test_every_mutant_breaks_the_same_rules_for_the_publisher(
    gedeeld: Path, vertel: Vertel, soorten: tuple[str, ...], aantal: int
) -> None:
    uitgever = [(gedeeld / "ijw-3.2" / "voorbeelden" / f"{soort.lower()}.xml").read_bytes() for soort in soorten]
    # The example of a JW315 ends on 31 June; no schema lets that pass.
    uitgever = [inhoud.replace(b"2027-06-31", b"2027-06-30") for inhoud in uitgever]
    bronnen = read_bronnen([*plain_and_full(*soorten), *uitgever])
    mutanten = islice(chain(single(bronnen), several(bronnen, ZAAD)), aantal)
    vergelijking = compare_all(gedeeld / "oordelen" / "ijw-3.2-niveau2.xsl", mutanten)
    vertel(vergelijking.show())
    assert {sleutel: len(lijst) for sleutel, lijst in vergelijking.verschillen.items()} == {}
    assert sum(vergelijking.aantallen.values()) == aantal
    eenzijdig = [
        (regel.id, soort)
        for regel in ALLE
        for soort in regel.berichten
        if regel.niveau == 2
        and soort in soorten
        and regel.id not in ALLEEN_TOEN
        and not 0 < vergelijking.gebroken[regel.id, soort] < vergelijking.aantallen[soort]
    ]
    assert eenzijdig == [], "a rule that no mutant breaks, or that every one does"


def test_where_we_differ_from_the_xslt_the_catalogue_says_why() -> None:
    assert set(ANDERS_DAN_XSLT) == {"CS335", "TR101", "TR319", "TR358", "TR409"}


@pytest.mark.parametrize("naam", ["t1-301", "t2-301", "t3-323", "t4-323", "toekomst-jw305", "toekomst-jw307"])
def test_messages_on_which_level_2_differed_once(gedeeld: Path, naam: str) -> None:
    inhoud = (gedeeld / "fouten" / "niveau2" / f"{naam}.xml").read_bytes()
    assert own_rules(inhoud)[1] == rules_of_publisher(gedeeld / "oordelen" / "ijw-3.2-niveau2.xsl", inhoud)
