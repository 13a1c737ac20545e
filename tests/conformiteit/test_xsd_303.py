"""Our schemas of JW303 and JW304: 2.3 judges as the standard's schemas do, 3.0 as the table of elements says."""

import shutil
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain
from pathlib import Path

import pytest
from lxml import etree

from berichten.standaard.waarden.soorten import JW303, JW303_2_3, JW304, JW304_2_3, Berichtsoort
from tests.conformiteit.elementtabel import SERVICEBUREAUS, Deel, accepts, build, proefwaarden, read_tabel, walk
from tests.conformiteit.mutaties import XSI, Mutant, build_bericht, mutanten, read_declaraties, read_schema
from tests.conformiteit.test_xsd_gelijk import WORTEL, Telling, count, judge, rechter, verschillende_mutanten
from tests.conftest import Vertel

XSD = Path(__file__).resolve().parents[2] / "xsd"
OUD = (JW303_2_3, JW304_2_3)
NIEUW = (JW303, JW304)


@dataclass(frozen=True)
class Plant:
    """A small fault put into a copy of our schemas, to be found with the mutants of one kind."""

    soort: Berichtsoort
    bestand: str
    was: str
    wordt: str


GEPLANT = (
    Plant(JW303_2_3, "2.3/datatypen.xsd", '<xs:maxInclusive value="99999"/>', '<xs:maxInclusive value="100000"/>'),
    Plant(JW303_2_3, "2.3/codelijsten_2_3.xsd", 'value="81"', 'value="80"'),
    Plant(JW303_2_3, "2.3/basisschema.xsd", 'type="ijw:LDT_BtwIDNummer" minOccurs="0"', 'type="ijw:LDT_BtwIDNummer"'),
    Plant(JW303_2_3, "2.3/jw303.xsd", "(00[1-9][0-9]{3})", "(00[1-8][0-9]{3})"),
    Plant(JW304_2_3, "2.3/jw304.xsd", 'value="433|451"', 'value="433|450"'),
    Plant(JW303, "2.3/datatypen.xsd", "NL[0-9]{9}B[0-9]{2}", "NL[0-9]{9}B[0-9]*"),
    Plant(JW303, "2.3/codelijsten.xsd", '<xs:enumeration value="55">', '<xs:enumeration value="56">'),
    Plant(JW303, "3.0/codelijsten_3_0.xsd", 'value="84"', 'value="85"'),
    Plant(JW303, "3.0/basisschema.xsd", '<xs:maxInclusive value="9999"/>', '<xs:maxInclusive value="10000"/>'),
    Plant(JW303, "3.0/jw303.xsd", "|([1-9][0-9]{5}))", ")"),
    Plant(
        JW303,
        "3.0/jw303.xsd",
        'name="XsdVersie" type="ijw:CDT_XsdVersie"',
        'name="XsdVersie" type="ijw:CDT_XsdVersie" minOccurs="0"',
    ),
    Plant(JW304, "2.3/datatypen.xsd", '<xs:maxLength value="24"/>', '<xs:maxLength value="23"/>'),
    Plant(JW304, "3.0/jw304.xsd", 'type="jw304:Client" maxOccurs="unbounded"', 'type="jw304:Client"'),
)


def pad_xsd(soort: Berichtsoort, map_: Path = XSD) -> Path:
    return map_ / soort.schemapad


def voorbeeld(gedeeld: Path, soort: Berichtsoort) -> Path:
    """The example of release 2.3; of 3.0 none are known."""
    return gedeeld / "ijw-303" / "voorbeelden-2.3" / f"{soort.naam.lower()}.xml"


def judge_oud(gedeeld: Path, soort: Berichtsoort, map_: Path = XSD) -> Iterator[tuple[str, list[bool]]]:
    """Of every mutant of 2.3 its name, our judgement and that of the standard's schema."""
    standaard = gedeeld / "ijw-303" / "xsd-2.3"
    naam = soort.naam.lower()
    lijst = verschillende_mutanten(naam, (standaard, pad_xsd(soort, map_).parent), [voorbeeld(gedeeld, soort)])
    vol = build_bericht(read_schema(standaard / f"{naam}.xsd"), WORTEL, vol=True)
    bureaus = (_change(vol, f"{{{soort.namespace}}}Servicebureau", code) for code in SERVICEBUREAUS)
    return judge(chain(bureaus, lijst), rechter(pad_xsd(soort, map_)), rechter(standaard / f"{naam}.xsd"))


def judge_nieuw(gedeeld: Path, soort: Berichtsoort, map_: Path = XSD) -> Iterator[tuple[str, list[bool]]]:
    """Of every mutant of 3.0 its name, our judgement and that of the table.

    Attributes of XSD itself (xsi:type and such) are left out: no table of elements speaks of them.
    """
    tabel = read_tabel(gedeeld, soort.naam, (soort.namespace, soort.basis_namespace))
    schema = rechter(pad_xsd(soort, map_))
    lezer = etree.XMLParser(remove_comments=True, remove_pis=True)
    for mutant in mutanten_nieuw(soort, tabel, map_):
        if XSI.encode() not in mutant.inhoud:
            gewenst = accepts(etree.fromstring(mutant.inhoud, lezer), tabel)
            yield mutant.naam, [schema.validate(etree.fromstring(mutant.inhoud)), gewenst]


def mutanten_nieuw(soort: Berichtsoort, tabel: Deel, map_: Path) -> Iterator[Mutant]:
    """Mutants of the fullest and barest message that the table allows, each file once; our schema only offers more to try."""
    schema = read_schema(pad_xsd(soort, map_))
    prefixen = {"ijw": soort.basis_namespace, soort.naam.lower(): soort.namespace}
    bases = [build(tabel, prefixen, vol=vol) for vol in (True, False)]
    gezien: set[bytes] = set()
    for mutant in chain(waarden_uit_tabel(bases[0], tabel), mutanten(bases, read_declaraties([schema], WORTEL))):
        sleutel = blake2b(mutant.inhoud, digest_size=16).digest()
        if sleutel not in gezien:
            gezien.add(sleutel)
            yield mutant


def waarden_uit_tabel(vol: etree._Element, tabel: Deel) -> Iterator[Mutant]:
    """The full message with, in one element at a time, every code and limit that the table names."""
    for deel in walk(tabel):
        for waarde in proefwaarden(deel) if deel.eisen else ():
            yield _change(vol, deel.tag, waarde)


def _change(vol: etree._Element, tag: str, waarde: str) -> Mutant:
    kopie = deepcopy(vol)
    next(kopie.iter(tag)).text = waarde
    return Mutant(f"{etree.QName(tag).localname}:tabel {waarde[:40]!r}", etree.tostring(kopie, encoding="UTF-8"))


def renew(pad: Path, soort: Berichtsoort) -> etree._Element:
    """A message of 2.3 as one of 3.0: its namespaces and release, and the versions of schemas that are new."""
    oud, tekst = replace(soort, release="2.3"), pad.read_text(encoding="utf-8")
    tekst = tekst.replace(oud.namespace, soort.namespace).replace(oud.basis_namespace, soort.basis_namespace)
    bericht = etree.fromstring(tekst.encode())
    header = bericht[0]
    for naam, waarde in (("BerichtVersie", "3"), ("BerichtSubversie", "0")):
        header.find(f"{{*}}{naam}").text = waarde
    if soort is JW303:
        header.append(_versie(soort, "XsdVersie"))
    else:
        header.find("{*}DeclaratieFactuurIdentificatie").addnext(_versie(soort, "XsdVersie"))
        header.find("{*}RetourCodes").addprevious(_versie(soort, "XsdVersieRetour"))
    return bericht


def _versie(soort: Berichtsoort, naam: str) -> etree._Element:
    element = etree.Element(f"{{{soort.namespace}}}{naam}")
    for kind in ("BasisschemaXsdVersie", "BerichtXsdVersie"):
        etree.SubElement(element, f"{{{soort.basis_namespace}}}{kind}").text = "1.0.0"
    return element


def tell(tellingen: dict[str, Telling], vertel: Vertel, tegen: str) -> None:
    for naam, telling in tellingen.items():
        vertel(
            f"{naam} against {tegen}: {telling.mutanten} mutants, accepted {telling.aangenomen}, "
            f"rejected {telling.afgewezen}, {len(telling.verschillen)} differences"
        )


def check(tellingen: dict[str, Telling], minstens: int) -> None:
    assert {naam: telling.verschillen[:10] for naam, telling in tellingen.items() if telling.verschillen} == {}
    assert sum(telling.mutanten for telling in tellingen.values()) >= minstens
    for naam, telling in tellingen.items():
        assert telling.aangenomen >= 1_000, naam
        assert telling.afgewezen >= 3_000, naam


def test_release_2_3_judges_as_the_schemas_of_the_standard(gedeeld: Path, vertel: Vertel) -> None:
    tellingen = {f"{soort.naam} 2.3": count(judge_oud(gedeeld, soort)) for soort in OUD}
    tell(tellingen, vertel, "the standard's schemas")
    check(tellingen, 20_000)


def test_release_3_0_judges_as_the_table_of_elements(gedeeld: Path, vertel: Vertel) -> None:
    tellingen = {f"{soort.naam} 3.0": count(judge_nieuw(gedeeld, soort)) for soort in NIEUW}
    tell(tellingen, vertel, "the table of elements")
    check(tellingen, 10_000)


@pytest.mark.parametrize("plant", GEPLANT, ids=lambda plant: f"{plant.soort.naam} {plant.bestand} {plant.wordt}")
def test_geplant_verschil_valt_op(gedeeld: Path, tmp_path: Path, plant: Plant) -> None:
    """A proof of the proof: one small change in a copy of our schemas does not go unseen."""
    anders = Path(shutil.copytree(XSD, tmp_path / "xsd"))
    bestand = anders / "ijw" / plant.bestand
    tekst = bestand.read_text(encoding="utf-8")
    assert plant.was in tekst
    bestand.write_text(tekst.replace(plant.was, plant.wordt), encoding="utf-8")
    oordelen: Iterable[tuple[str, list[bool]]] = (judge_oud if plant.soort in OUD else judge_nieuw)(gedeeld, plant.soort, anders)
    assert any(eigen != gewenst for _, (eigen, gewenst) in oordelen)


@pytest.mark.parametrize("soort", OUD, ids=lambda soort: soort.naam)
def test_example_is_valid_in_2_3(gedeeld: Path, soort: Berichtsoort) -> None:
    assert rechter(pad_xsd(soort)).validate(etree.parse(voorbeeld(gedeeld, soort)))


@pytest.mark.parametrize("soort", NIEUW, ids=lambda soort: soort.naam)
def test_example_renewed_is_valid_in_3_0_and_by_the_table(gedeeld: Path, soort: Berichtsoort) -> None:
    bericht = renew(voorbeeld(gedeeld, soort), soort)
    assert rechter(pad_xsd(soort)).validate(bericht)
    assert accepts(bericht, read_tabel(gedeeld, soort.naam, (soort.namespace, soort.basis_namespace)))


@pytest.mark.parametrize("soort", NIEUW, ids=lambda soort: soort.naam)
@pytest.mark.parametrize("vol", [True, False], ids=["full", "bare"])
def test_message_made_from_the_table_is_valid(gedeeld: Path, soort: Berichtsoort, vol: bool) -> None:
    tabel = read_tabel(gedeeld, soort.naam, (soort.namespace, soort.basis_namespace))
    bericht = build(tabel, {"b": soort.namespace, "i": soort.basis_namespace}, vol=vol)
    assert accepts(bericht, tabel)
    assert rechter(pad_xsd(soort)).validate(bericht)
