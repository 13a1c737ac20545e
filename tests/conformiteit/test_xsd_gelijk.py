"""Our schemas of iJw 3.2 accept and reject exactly what the standard's own schemas do."""

import csv
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import pytest
from lxml import etree

from berichten.standaard.waarden.soorten import SOORTEN
from tests.conformiteit.mutaties import Mutant, build_bericht, mutanten, read_declaraties, read_schema, thin
from tests.conftest import Vertel

WORTEL = "Bericht"
NAMEN = tuple(soort.naam.lower() for soort in SOORTEN if soort.release == "3.2")
VERZOEKEN_BASES = int(os.environ.get("BASES_VERZOEKEN", "0"))
"""Messages of requests besides, each with other optional elements: `make soak` compares 84,000 changes."""
VERZOEKEN = ("jw315", "jw316", "jw317", "jw318", "jw319", "jw320")
EIGEN_XSD = Path(__file__).resolve().parents[2] / "xsd" / "ijw" / "3.2"

GEPLANT = (
    ("codelijsten.xsd", '<xs:enumeration value="9">', '<xs:enumeration value="8">'),
    (
        "basisschema.xsd",
        'name="Voorletters" type="ijw:LDT_Voorletters" minOccurs="0"',
        'name="Voorletters" type="ijw:LDT_Voorletters"',
    ),
    ("datatypen.xsd", '<xs:maxLength value="12"/>', '<xs:maxLength value="13"/>'),
    ("datatypen.xsd", '<xs:maxInclusive value="999999999"/>', '<xs:maxInclusive value="999999998"/>'),
    ("datatypen.xsd", '<xs:pattern value="[^:Z]*"/>', '<xs:pattern value="[^Z]*"/>'),
    ("datatypen.xsd", '<xs:pattern value="[^:Z]*"/>', '<xs:pattern value="[^:]*"/>'),
    ("datatypen.xsd", "À-ỳ", "À-ÿ"),
    ("datatypen.xsd", r'<xs:pattern value=".*[^\s].*"/>', ""),
    ("jw305.xsd", 'type="jw305:StartProduct" maxOccurs="unbounded"', 'type="jw305:StartProduct"'),
    ("jw305.xsd", '<xs:element name="Begindatum"', '<xs:element name="Begindatum" nillable="true"'),
    ("jw305.xsd", 'elementFormDefault="qualified"', 'elementFormDefault="unqualified"'),
    ("jw305.xsd", '<xs:complexType name="StartProduct">', '<xs:complexType name="StartProduct" mixed="true">'),
)


@dataclass
class Telling:
    """How both sets of schemas judged the mutants of one kind of message."""

    aangenomen: int = 0
    afgewezen: int = 0
    verschillen: list[str] = field(default_factory=list)

    @property
    def mutanten(self) -> int:
        return self.aangenomen + self.afgewezen + len(self.verschillen)


def rechter(pad: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(pad))


def verschillende_mutanten(naam: str, mappen: Iterable[Path], voorbeelden: Iterable[Path]) -> Iterator[Mutant]:
    """Mutants of the fullest and the barest message of each set and of the examples, each file once."""
    schemas = [read_schema(map_ / f"{naam}.xsd") for map_ in mappen]
    declaraties = read_declaraties(schemas, WORTEL)
    bases = [build_bericht(schema, WORTEL, vol=vol) for vol in (True, False) for schema in schemas]
    bases += [etree.parse(pad).getroot() for pad in voorbeelden]
    if naam in VERZOEKEN:
        bases += [thin(bases[0], declaraties, nummer) for nummer in range(VERZOEKEN_BASES)]
    gezien: set[bytes] = set()
    for mutant in mutanten(bases, declaraties):
        sleutel = blake2b(mutant.inhoud, digest_size=16).digest()
        if sleutel not in gezien:
            gezien.add(sleutel)
            yield mutant


def judge(mutanten: Iterable[Mutant], *rechters: etree.XMLSchema) -> Iterator[tuple[str, list[bool]]]:
    """Of every mutant its name and whether each set of schemas accepts it."""
    for mutant in mutanten:
        boom = etree.fromstring(mutant.inhoud)
        yield mutant.naam, [rechter.validate(boom) for rechter in rechters]


def count(oordelen: Iterable[tuple[str, list[bool]]]) -> Telling:
    telling = Telling()
    for naam, (eigen, standaard) in oordelen:
        if eigen != standaard:
            telling.verschillen.append(f"{naam}: own schema {eigen}, standard {standaard}")
        elif eigen:
            telling.aangenomen += 1
        else:
            telling.afgewezen += 1
    return telling


@pytest.fixture(scope="module")
def tellingen(gedeeld: Path) -> dict[str, Telling]:
    """The judgement of every mutant, by kind of message."""
    standaard = gedeeld / "ijw-3.2"
    mappen = (standaard / "xsd", EIGEN_XSD)
    return {
        naam: count(
            judge(
                verschillende_mutanten(naam, mappen, [standaard / "voorbeelden" / f"{naam}.xml"]),
                rechter(EIGEN_XSD / f"{naam}.xsd"),
                rechter(standaard / "xsd" / f"{naam}.xsd"),
            )
        )
        for naam in NAMEN
    }


def test_zelfde_oordeel_over_elke_mutant(tellingen: dict[str, Telling], vertel: Vertel) -> None:
    for naam, telling in tellingen.items():
        vertel(
            f"{naam}: {telling.mutanten:6} mutants, accepted {telling.aangenomen}, rejected {telling.afgewezen}, "
            f"{len(telling.verschillen)} differences"
        )
    vertel(f"total: {sum(telling.mutanten for telling in tellingen.values())} mutants")
    van_verzoeken = sum(tellingen[naam].mutanten for naam in VERZOEKEN)
    vertel(f"of requests, answers and retours ({', '.join(VERZOEKEN)}): {van_verzoeken} mutants")
    assert van_verzoeken >= (84_000 if VERZOEKEN_BASES else 55_000)
    assert {naam: telling.verschillen[:10] for naam, telling in tellingen.items() if telling.verschillen} == {}


def test_genoeg_mutanten_van_beide_uitkomsten(tellingen: dict[str, Telling]) -> None:
    assert sum(telling.mutanten for telling in tellingen.values()) >= 20_000
    for naam, telling in tellingen.items():
        assert telling.aangenomen >= 100, naam
        assert telling.afgewezen >= 1_000, naam


@pytest.mark.parametrize(("bestand", "was", "wordt"), GEPLANT)
def test_geplant_verschil_valt_op(gedeeld: Path, tmp_path: Path, bestand: str, was: str, wordt: str) -> None:
    """A proof of the proof: one small change in a copy of our schemas does not go unseen."""
    anders = Path(shutil.copytree(EIGEN_XSD, tmp_path / "xsd"))
    tekst = (anders / bestand).read_text(encoding="utf-8")
    assert was in tekst
    (anders / bestand).write_text(tekst.replace(was, wordt), encoding="utf-8")
    standaard = gedeeld / "ijw-3.2" / "xsd"
    lijst = verschillende_mutanten("jw305", (standaard, anders), [])
    oordelen = judge(lijst, rechter(anders / "jw305.xsd"), rechter(standaard / "jw305.xsd"))
    assert any(gewijzigd != gewenst for _, (gewijzigd, gewenst) in oordelen)


def test_voorbeelden_van_de_standaard(gedeeld: Path) -> None:
    map_ = gedeeld / "ijw-3.2" / "voorbeelden"
    with (map_ / "verwacht.csv").open(encoding="utf-8", newline="") as bestand:
        verwacht = {rij["bestand"]: rij["geldig"] == "ja" for rij in csv.DictReader(bestand, delimiter=";")}
    oordelen = {f"{naam}.xml": rechter(EIGEN_XSD / f"{naam}.xsd").validate(etree.parse(map_ / f"{naam}.xml")) for naam in NAMEN}
    assert oordelen == {naam: verwacht[naam] for naam in oordelen}


@pytest.mark.parametrize("naam", NAMEN)
def test_versies_in_appinfo(gedeeld: Path, naam: str) -> None:
    """The reader takes the versions of an answer's XsdVersie from here."""
    assert versies(EIGEN_XSD / f"{naam}.xsd") == versies(gedeeld / "ijw-3.2" / "xsd" / f"{naam}.xsd")


def versies(pad: Path) -> dict[str, str | None]:
    boom = etree.parse(pad)
    return {
        etree.QName(kind).localname: kind.text
        for kind in boom.iterfind(".//{http://www.w3.org/2001/XMLSchema}appinfo/*")
        if "Xsd" in kind.tag
    }
