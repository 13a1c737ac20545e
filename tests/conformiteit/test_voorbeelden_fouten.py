"""The standard's own examples are accepted, and each fault planted in them is told at its place; libxml2 agrees on every mutant."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from berichten.standaard.schema.bestand import check_bestand, herken
from berichten.standaard.schema.schema import Schemas, own_schemas_dir, valideer
from berichten.standaard.uitleg.uitleg import explain
from berichten.standaard.waarden.soorten import JW301, JW303, JW303_2_3, JW305, JW323, JW325, SOORTEN, Berichtsoort
from tests.conformiteit.mutaties import build_bericht, mutanten, read_declaraties, read_schema

SCHEMAS = Schemas(own_schemas_dir())
VOORBEELDEN = {"3.2": "ijw-3.2/voorbeelden", "2.3": "ijw-303/voorbeelden-2.3"}
"""Where the examples of a release stand; of 3.0 none are known."""

# libxml2 reads the last sign of this pattern's list wrongly, and so lets a time zone behind a minus pass.
LIBXML_ZIET_NIET = ":Toewijzingstijd:waarde '12:00:00-01:00'"


ONGELDIG = ("JW315", "JW318")
"""Kinds of which the standard's own example is not valid: one ends on 31 June, in the other a RetourCode stands by itself."""


@pytest.fixture(
    params=[soort for soort in SOORTEN if soort.release in VOORBEELDEN and soort.naam not in ONGELDIG], ids=lambda soort: soort.naam
)
def soort(request: pytest.FixtureRequest) -> Berichtsoort:
    return request.param


def pad_voorbeeld(gedeeld: Path, soort: Berichtsoort) -> Path:
    return gedeeld / VOORBEELDEN[soort.release] / f"{soort.naam.lower()}.xml"


@pytest.fixture
def voorbeeld(gedeeld: Path, soort: Berichtsoort) -> etree._Element:
    return etree.parse(pad_voorbeeld(gedeeld, soort)).getroot()


def pad_van(element: etree._Element) -> str:
    """The path as libxml2 writes it, without prefixes."""
    pad = element.getroottree().getpath(element)
    return "/".join(deel.rpartition(":")[2] for deel in pad.strip("/").split("/"))


def kopieen(root: etree._Element) -> Iterator[etree._Element]:
    """For each element below the root: a copy of the message, given as that element in it."""
    for plaats, _ in enumerate(root.iterdescendants(etree.Element), 1):
        yield list(deepcopy(root).iter(etree.Element))[plaats]


def bytes_of(element: etree._Element) -> bytes:
    return etree.tostring(element.getroottree(), encoding="UTF-8", xml_declaration=True)


def test_example_is_accepted(gedeeld: Path, soort: Berichtsoort) -> None:
    inhoud = pad_voorbeeld(gedeeld, soort).read_bytes()
    assert check_bestand(inhoud) is None
    assert herken(inhoud) == soort
    assert valideer(inhoud, soort, SCHEMAS).fouten == ()


def test_value_left_empty_is_told_at_its_place(voorbeeld: etree._Element, soort: Berichtsoort) -> None:
    for element in kopieen(voorbeeld):
        if len(element):
            continue
        element.text = ""
        (fout,) = valideer(bytes_of(element), soort, SCHEMAS).fouten
        regelnummer: Any = element.sourceline
        assert (fout.pad, fout.regelnummer) == (pad_van(element), regelnummer)
        assert fout.melding.startswith(f"{etree.QName(element).localname} is leeg; verwacht: ")


def test_element_taken_away_is_told_in_its_parent(voorbeeld: etree._Element, soort: Berichtsoort) -> None:
    verplicht = 0
    for element in kopieen(voorbeeld):
        ouder, naam = element.getparent(), etree.QName(element).localname
        assert ouder is not None
        ouder.remove(element)
        uitkomst = valideer(bytes_of(ouder), soort, SCHEMAS)
        if uitkomst.totaal:
            verplicht += 1
            assert (uitkomst.totaal, uitkomst.fouten[0].pad) == (1, pad_van(ouder))
            assert naam in uitkomst.fouten[0].melding
    assert verplicht >= 15


def test_element_that_stands_twice_is_told(voorbeeld: etree._Element, soort: Berichtsoort) -> None:
    dubbel = 0
    for element in kopieen(voorbeeld):
        tweede = deepcopy(element)
        element.addnext(tweede)
        uitkomst = valideer(bytes_of(element), soort, SCHEMAS)
        if uitkomst.totaal:
            dubbel += 1
            assert (uitkomst.totaal, uitkomst.fouten[0].pad) == (1, pad_van(tweede))
            assert "hoogstens 1 keer" in uitkomst.fouten[0].melding
    assert dubbel >= 15


def test_unknown_element_is_told(voorbeeld: etree._Element, soort: Berichtsoort) -> None:
    for element in kopieen(voorbeeld):
        vreemd = etree.Element(f"{{{soort.namespace}}}Vreemd")
        element.addprevious(vreemd)
        (fout,) = valideer(bytes_of(element), soort, SCHEMAS).fouten
        assert fout.pad == pad_van(vreemd)
        assert "Vreemd is geen element van" in fout.melding


STANDAARD_XSD = {"3.2": "ijw-3.2/xsd", "2.3": "ijw-303/xsd-2.3"}
KEREN = [
    (naam, kind)
    for naam in ("eigen", "standaard")
    for kind in (JW301, JW305, JW323, JW325, JW303_2_3, JW303)
    if naam == "eigen" or kind.release in STANDAARD_XSD
]


@pytest.mark.parametrize(("naam", "kind"), KEREN, ids=[f"{naam} {kind.naam} {kind.release}" for naam, kind in KEREN])
def test_explanation_finds_a_fault_exactly_where_libxml2_does(gedeeld: Path, tmp_path: Path, naam: str, kind: Berichtsoort) -> None:
    """On thousands of mutants: no fault is made up in a valid message, and none of an invalid one stays unexplained."""
    if naam == "standaard":
        (tmp_path / "ijw").mkdir()
        (tmp_path / "ijw" / kind.release).symlink_to(gedeeld / STANDAARD_XSD[kind.release])
    map_ = own_schemas_dir() if naam == "eigen" else tmp_path
    schemas = Schemas(map_)
    rechter, model, schema = schemas.schema(kind), schemas.model(kind), read_schema(map_ / kind.schemapad)
    bases = [build_bericht(schema, "Bericht", vol=vol) for vol in (True, False)]
    anders = []
    for mutant in mutanten(bases, read_declaraties([schema], "Bericht")):
        root = etree.fromstring(mutant.inhoud, etree.XMLParser(remove_comments=True, remove_pis=True))
        geldig, totaal = rechter.validate(root), explain(root, model)[1]
        if geldig != (totaal == 0) and not mutant.naam.endswith(LIBXML_ZIET_NIET):
            anders.append(mutant.naam)
    assert anders == []
