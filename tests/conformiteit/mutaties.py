"""Mutants of messages, to prove that two sets of schemas accept and reject the same.

Knows no release of the standard: names, namespaces, orders and limits all come from the schemas that the caller gives.
Give both sets, so that a limit or code that stands in only one of them is tried as well. All is deterministic: the same
schemas and messages give the same mutants.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import xmlschema
from lxml import etree

from tests.conformiteit.mutatiewaarden import voorbeeldwaarde, waarden

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XS = "http://www.w3.org/2001/XMLSchema"

Pad = tuple[str, ...]
Typen = tuple[xmlschema.XsdElement, ...]
Declaraties = Mapping[Pad, Typen]
Ingreep = Callable[[etree._Element], None]


@dataclass(frozen=True)
class Mutant:
    """One changed message: what was changed where, and the file as it would arrive."""

    naam: str
    inhoud: bytes


def read_schema(pad: Path) -> xmlschema.XMLSchema:
    """A schema file as the model that mutants are made from."""
    return xmlschema.XMLSchema(pad)


def read_declaraties(schemas: Iterable[xmlschema.XMLSchema], wortel: str) -> Declaraties:
    """Every path of elements below the global element `wortel`, with its declaration in each schema that has it."""
    gevonden: dict[Pad, list[xmlschema.XsdElement]] = {}

    def walk(declaratie: xmlschema.XsdElement, boven: Pad) -> None:
        pad = (*boven, declaratie.name)
        gevonden.setdefault(pad, []).append(declaratie)
        for kind in kinderen(declaratie):
            walk(kind, pad)

    for schema in schemas:
        walk(schema.elements[wortel], ())
    return {pad: tuple(lijst) for pad, lijst in gevonden.items()}


def kinderen(declaratie: xmlschema.XsdElement) -> list[xmlschema.XsdElement]:
    """Child declarations in order; none for an element with a value. Only sequences of elements are known."""
    if not declaratie.type.is_complex():
        return []
    deel = declaratie.type.content
    if deel.model != "sequence" or not all(isinstance(kind, xmlschema.XsdElement) for kind in deel):
        raise ValueError(f"{declaratie.name}: only a sequence of elements can be mutated")
    return [kind for kind in deel if isinstance(kind, xmlschema.XsdElement)]


def build_bericht(schema: xmlschema.XMLSchema, wortel: str, *, vol: bool) -> etree._Element:
    """A valid message: with `vol` all optional elements and two of each repeatable one, else only the needed ones."""
    declaratie = schema.elements[wortel]
    prefixen = {p: ns for p, ns in schema.namespaces.items() if p and ns != XS}
    element = etree.Element(declaratie.name, nsmap={**prefixen, "xs": XS, "xsi": XSI})
    return _fill(element, declaratie, vol)


def _fill(element: etree._Element, declaratie: xmlschema.XsdElement, vol: bool) -> etree._Element:
    if not declaratie.type.is_complex():
        element.text = voorbeeldwaarde(declaratie.type)
    for kind in kinderen(declaratie):
        herhaalbaar = kind.max_occurs is None or kind.max_occurs > 1
        for _ in range(1 + herhaalbaar if vol else kind.min_occurs):
            _fill(etree.SubElement(element, kind.name), kind, vol)
    return element


def thin(basis: etree._Element, declaraties: Declaraties, zaad: int) -> etree._Element:
    """A valid message with some of its optional elements taken out, by chance."""
    kopie, toeval = deepcopy(basis), random.Random(zaad)
    for element in list(kopie.iter("*")):
        typen, boven = declaraties.get(pad_van(element), ()), element.getparent()
        if boven is not None and typen and all(soort.min_occurs == 0 for soort in typen) and toeval.random() < 0.4:
            boven.remove(element)
    return kopie


def pad_van(element: etree._Element) -> Pad:
    """Names from the root down to the element."""
    return (*(boven.tag for boven in reversed(list(element.iterancestors()))), element.tag)


def mutanten(bases: Iterable[etree._Element], declaraties: Declaraties, zaad: int = 0) -> Iterator[Mutant]:
    """Every mutant of some messages of one kind; different messages may give the same file.

    Of each element place and form are changed. Names, types and children are tried at the first element of each path in
    a message, values at the first in all messages: elsewhere they meet the same declaration and tell nothing new.
    """
    gewaardeerd: set[Pad] = set()
    for basis in bases:
        yield Mutant("ongewijzigd", etree.tostring(basis, encoding="UTF-8"))
        gezien: set[Pad] = set()
        for plaats, element in enumerate(basis.iter("*")):
            pad = pad_van(element)
            typen = declaraties.get(pad, ())
            ingrepen = [(ingreep.__name__.strip("_"), ingreep) for ingreep in STRUCTUUR]
            if pad not in gezien:
                ingrepen += [*_namen(element, typen), *_kinderen(element, typen)]
            if pad not in gewaardeerd and len(element) == 0:
                ingrepen += _waarden(element, typen, random.Random(f"{zaad} {pad}"))
                gewaardeerd.add(pad)
            gezien.add(pad)
            for naam, ingreep in ingrepen:
                yield _change(basis, plaats, naam, ingreep)


def _change(basis: etree._Element, plaats: int, naam: str, ingreep: Ingreep) -> Mutant:
    kopie = deepcopy(basis)
    element = list(kopie.iter("*"))[plaats]
    ingreep(element)
    return Mutant(f"{plaats}:{etree.QName(element).localname}:{naam}", etree.tostring(kopie, encoding="UTF-8"))


def _remove(element: etree._Element) -> None:
    if (boven := element.getparent()) is not None:
        boven.remove(element)


def _repeat(element: etree._Element) -> None:
    if element.getparent() is not None:
        element.addnext(deepcopy(element))


def _repeat_often(element: etree._Element) -> None:
    for _ in range(10):
        _repeat(element)


def _swap(element: etree._Element) -> None:
    if (volgende := element.getnext()) is not None:
        volgende.addnext(element)


def _move_first(element: etree._Element) -> None:
    if (boven := element.getparent()) is not None:
        boven.insert(0, element)


def _move_last(element: etree._Element) -> None:
    if (boven := element.getparent()) is not None:
        boven.append(element)


def _clear(element: etree._Element) -> None:
    element.text = None
    del element[:]


def _wrap(element: etree._Element) -> None:
    element.append(deepcopy(element))


def _unwrap(element: etree._Element) -> None:
    if element.getparent() is not None:
        for kind in reversed(element):
            element.addnext(kind)
        _remove(element)


def _unknown_first(element: etree._Element) -> None:
    element.insert(0, etree.Element(f"{{{etree.QName(element).namespace or ''}}}Onbekend"))


def _unknown_last(element: etree._Element) -> None:
    element.append(etree.Element(f"{{{etree.QName(element).namespace or ''}}}Onbekend"))


def _foreign_last(element: etree._Element) -> None:
    element.append(etree.Element("{urn:vreemd}Uitbreiding"))


def _text_first(element: etree._Element) -> None:
    element.text = "x" + (element.text or "")


def _text_after(element: etree._Element) -> None:
    if element.getparent() is not None:
        element.tail = "x"


def _blank_after(element: etree._Element) -> None:
    if element.getparent() is not None:
        element.tail = "\n\t \n"


def _comment_first(element: etree._Element) -> None:
    opmerking = etree.Comment(" x ")
    opmerking.tail, element.text = element.text, None
    element.insert(0, opmerking)


def _comment_halfway(element: etree._Element) -> None:
    tekst = element.text or ""
    opmerking = etree.Comment("x")
    element.text, opmerking.tail = tekst[: len(tekst) // 2], tekst[len(tekst) // 2 :]
    element.insert(0, opmerking)


def _instruction_last(element: etree._Element) -> None:
    element.append(etree.ProcessingInstruction("doel", "x"))


def _cdata(element: etree._Element) -> None:
    element.text = etree.CDATA(element.text or " ")


STRUCTUUR: tuple[Ingreep, ...] = (
    *(_remove, _repeat, _repeat_often, _swap, _move_first, _move_last, _clear, _wrap, _unwrap),
    *(_unknown_first, _unknown_last, _foreign_last, _text_first, _text_after, _blank_after),
    *(_comment_first, _comment_halfway, _instruction_last, _cdata),
)
XML = "http://www.w3.org/XML/1998/namespace"
ATTRIBUTEN = (
    *(("x", "1"), ("type", "x"), ("{urn:vreemd}x", "1"), (f"{{{XML}}}lang", "nl"), (f"{{{XML}}}space", "preserve")),
    *((f"{{{XSI}}}nil", "true"), (f"{{{XSI}}}nil", "false"), (f"{{{XSI}}}nil", "1"), (f"{{{XSI}}}onbekend", "1")),
    *((f"{{{XSI}}}schemaLocation", "urn:vreemd vreemd.xsd"), (f"{{{XSI}}}noNamespaceSchemaLocation", "vreemd.xsd")),
)


def _namen(element: etree._Element, typen: Typen) -> Iterator[tuple[str, Ingreep]]:
    """The element under other names, with attributes it may not have, and claiming other types."""
    for naam in _andere_namen(element):
        yield f"naam {naam}", _rename(naam)
    for naam, waarde in ATTRIBUTEN:
        yield f"attribuut {naam}={waarde}", _attribute(naam, waarde)
    for soort in _typenamen(element, typen):
        yield f"xsi:type {soort}", _attribute(f"{{{XSI}}}type", soort)


def _kinderen(element: etree._Element, typen: Typen) -> Iterator[tuple[str, Ingreep]]:
    """Every child that a schema knows, at every place among the children."""
    for kind in {kind.name: kind for declaratie in typen for kind in kinderen(declaratie)}.values():
        for plaats in range(len(element) + 1):
            yield f"kind {kind.name} op {plaats}", _insert(kind, plaats)


def _waarden(element: etree._Element, typen: Typen, toeval: random.Random) -> list[tuple[str, Ingreep]]:
    lijst = waarden(element.text or "", typen, toeval)
    return [(f"waarde {waarde[:40]!r}", _write(waarde)) for waarde in lijst]


def _attribute(naam: str, waarde: str) -> Ingreep:
    return lambda element: element.set(naam, waarde)


def _rename(naam: str) -> Ingreep:
    def rename(element: etree._Element) -> None:
        element.tag = naam

    return rename


def _insert(kind: xmlschema.XsdElement, plaats: int) -> Ingreep:
    return lambda element: element.insert(plaats, _fill(etree.Element(kind.name), kind, False))


def _andere_namen(element: etree._Element) -> Iterator[str]:
    """Other spellings in the same namespace, and the same name in every other namespace at hand and in none."""
    naam = etree.QName(element)
    eigen = naam.namespace or ""
    for lokaal in (naam.localname.lower(), naam.localname.upper(), naam.localname + "X", naam.localname[:-1] or "X"):
        yield f"{{{eigen}}}{lokaal}" if eigen else lokaal
    for ander in dict.fromkeys([*element.nsmap.values(), eigen + "/", eigen[:-1], eigen.upper(), "urn:vreemd"]):
        if ander and ander != eigen:
            yield f"{{{ander}}}{naam.localname}"
    yield naam.localname


def _typenamen(element: etree._Element, typen: Typen) -> list[str]:
    """Names for xsi:type: own and base type, global types derived from the own one, types of XSD, and unknown ones."""
    prefixen = {ns: prefix for prefix, ns in element.nsmap.items() if prefix}
    namen = {f"{{{XS}}}{naam}" for naam in ("string", "token", "integer", "date", "anyType")}
    for declaratie in typen:
        eigen = declaratie.type
        namen |= {soort.name for soort in (eigen, eigen.base_type) if soort is not None and soort.name}
        namen |= {soort.name for soort in declaratie.maps.types.values() if soort.name and soort.is_derived(eigen)}
    qnamen = [etree.QName(naam) for naam in sorted(namen)]
    return [f"{prefixen[q.namespace]}:{q.localname}" for q in qnamen if q.namespace in prefixen] + ["bestaat:Niet", ""]


def _write(waarde: str) -> Ingreep:
    def write(element: etree._Element) -> None:
        element.text = waarde

    return write
