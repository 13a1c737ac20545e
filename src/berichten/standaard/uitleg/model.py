"""What a schema allows where, read from the XSD documents themselves, to explain faults with.

Not a validator: libxml2 decides whether a message is valid. Covered is what the schemas of iJw use: named and inline
types, sequences of elements, restrictions of built-in types, include and import. What else a schema may hold is left
open (``Klasse.onderdelen`` is None) and then not explained.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
_PLAIN = re.compile(r"[A-Za-z0-9]+")
# The pattern of free text, said in a way that Python does not need a gigabyte for at ten million characters.
_GELIJKWAARDIG = {r"([.\s]*\S+[.\s]*)+": r"[\s\S]*\S[\s\S]*"}
_NOT_PYTHON = re.compile(r"\\[iIcCpPdDwW]|-\[|[\^$](?![^\[]*\])")


@dataclass(frozen=True, slots=True, eq=False)
class Waardetype:
    """A simple type with its facets, those of its bases included; lengths count characters, limits are inclusive."""

    naam: str
    """Nearest type with a name: ``LDT_Eenheid``."""
    basis: str
    """Built-in type it comes from: ``string``, ``integer``, ``date``, ``time``."""
    codes: dict[str, str] = field(default_factory=dict)
    """The only values allowed, each with its meaning; empty when the type is not a list."""
    patronen: tuple[re.Pattern[str], ...] = ()
    vast: str | None = None
    """The one value that a pattern allows."""
    min_lengte: int = 0
    max_lengte: int | None = None
    minimum: int | None = None
    maximum: int | None = None


@dataclass(slots=True, eq=False)
class Klasse:
    """A complex type: the elements it holds, in order; None where the schema uses more than a plain sequence."""

    onderdelen: tuple["Onderdeel", ...] | None = None
    past: dict[tuple[str, ...], list["Onderdeel"]] = field(default_factory=dict)
    """Rows of child names seen to fit, so that thirty thousand equal lines are compared once."""


@dataclass(frozen=True, slots=True, eq=False)
class Onderdeel:
    """An element inside a class, and how often it may come (``maximum`` None: without limit)."""

    tag: str
    type: Waardetype | Klasse
    minimum: int = 1
    maximum: int | None = 1
    typenaam: str = ""
    """Name of its type with namespace; empty for a type without name."""

    @property
    def naam(self) -> str:
        """Name without namespace."""
        return etree.QName(self.tag).localname

    @property
    def namespace(self) -> str:
        return etree.QName(self.tag).namespace or ""


def read_model(pad: Path) -> Onderdeel:
    """The root element ``Bericht`` of the schema at ``pad``, with all that may stand below it.

    Raises OSError or lxml's errors when a schema cannot be read, and KeyError when it refers to a type it lacks.
    """
    return _Lezer(pad).root()


def walk_types(root: Onderdeel) -> Iterator[Onderdeel]:
    """Every element of the model once per place, the root first."""
    yield root
    if isinstance(root.type, Klasse):
        for onderdeel in root.type.onderdelen or ():
            yield from walk_types(onderdeel)


def list_codes(root: Onderdeel, typenaam: str) -> dict[str, str]:
    """The codes that a type of this name allows in the model, each with its meaning; empty when the model does not use it."""
    typen = (onderdeel.type for onderdeel in walk_types(root))
    return next((type_.codes for type_ in typen if isinstance(type_, Waardetype) and type_.naam == typenaam), {})


class _Lezer:
    """Reads one schema with the documents it includes and imports."""

    def __init__(self, pad: Path) -> None:
        self.globaal: dict[tuple[str, str], etree._Element] = {}
        self.klassen: dict[etree._Element, Klasse] = {}
        self.waardetypen: dict[etree._Element, Waardetype] = {}
        self.namespace = self._load(pad, set(), "")

    def _load(self, pad: Path, gelezen: set[Path], omgeving: str) -> str:
        """Takes in the document at ``pad`` and what it includes; gives its target namespace."""
        document = etree.parse(pad, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)).getroot()
        namespace = document.get("targetNamespace", omgeving)
        gelezen.add(pad.resolve())
        for kind in document.iterchildren(etree.Element):
            naam = kind.get("name")
            if kind.tag in (f"{XS}include", f"{XS}import"):
                ander = pad.parent / (kind.get("schemaLocation") or "")
                if ander.is_file() and ander.resolve() not in gelezen:
                    self._load(ander, gelezen, namespace)
            elif naam:
                self.globaal[kind.tag, f"{{{namespace}}}{naam}"] = kind
        return namespace

    def root(self) -> Onderdeel:
        return self._onderdeel(self.globaal[f"{XS}element", f"{{{self.namespace}}}Bericht"], self.namespace)

    def _onderdeel(self, node: etree._Element, namespace: str) -> Onderdeel:
        minimum, maximum = node.get("minOccurs", "1"), node.get("maxOccurs", "1")
        verwijzing = node.get("ref")
        if verwijzing:
            tag = qname(node, verwijzing)
            node = self.globaal[f"{XS}element", tag]
        else:
            tag = f"{{{namespace}}}{node.get('name')}"
        hoogstens = None if maximum == "unbounded" else int(maximum)
        typenaam = qname(node, node.get("type", "")) if node.get("type") else ""
        return Onderdeel(tag, self._type(node), int(minimum), hoogstens, typenaam)

    def _type(self, node: etree._Element) -> Waardetype | Klasse:
        naam = node.get("type")
        if naam:
            return self._named(qname(node, naam))
        inline = node.find(f"{XS}simpleType")
        if inline is not None:
            return self._waardetype(inline)
        klasse = node.find(f"{XS}complexType")
        return Klasse() if klasse is None else self._klasse(klasse)

    def _named(self, naam: str) -> Waardetype | Klasse:
        if naam.startswith(XS):
            return _builtin(naam)
        klasse = self.globaal.get((f"{XS}complexType", naam))
        if klasse is not None:
            return self._klasse(klasse)
        return self._waardetype(self.globaal[f"{XS}simpleType", naam])

    def _klasse(self, node: etree._Element) -> Klasse:
        if node not in self.klassen:
            self.klassen[node] = klasse = Klasse()
            inhoud = [kind for kind in node.iterchildren(etree.Element) if kind.tag != f"{XS}annotation"]
            delen = list(inhoud[0].iterchildren(etree.Element)) if len(inhoud) == 1 else []
            delen = [deel for deel in delen if deel.tag != f"{XS}annotation"]
            if delen and inhoud[0].tag == f"{XS}sequence" and all(deel.tag == f"{XS}element" for deel in delen):
                namespace = node.getroottree().getroot().get("targetNamespace", self.namespace)
                klasse.onderdelen = tuple(self._onderdeel(deel, namespace) for deel in delen)
        return self.klassen[node]

    def _waardetype(self, node: etree._Element) -> Waardetype:
        if node not in self.waardetypen:
            self.waardetypen[node] = self._read_waardetype(node)
        return self.waardetypen[node]

    def _read_waardetype(self, node: etree._Element) -> Waardetype:
        beperking = node.find(f"{XS}restriction")
        if beperking is None or not beperking.get("base"):
            return Waardetype(node.get("name", ""), "anders")
        basis = self._named(qname(beperking, beperking.get("base", "")))
        if not isinstance(basis, Waardetype):
            return Waardetype(node.get("name", ""), "anders")
        return _restrict(basis, node.get("name") or basis.naam, beperking)


def _builtin(naam: str) -> Waardetype:
    return Waardetype("", naam.removeprefix(XS))


def qname(node: etree._Element, naam: str) -> str:
    """``ijw:LDT_Datum`` as written at ``node``, in lxml's ``{namespace}naam``."""
    voorvoegsel, _, lokaal = naam.rpartition(":")
    namespace = node.nsmap.get(voorvoegsel or None)
    return f"{{{namespace}}}{lokaal}" if namespace else lokaal


def _restrict(basis: Waardetype, naam: str, beperking: etree._Element) -> Waardetype:
    """``basis`` with the facets of one more restriction. Patterns of one step are alternatives."""
    codes = {kind.get("value", ""): _meaning(kind) for kind in beperking.iterchildren(f"{XS}enumeration")}
    teksten = [kind.get("value", "") for kind in beperking.iterchildren(f"{XS}pattern")]
    patroon = _compile(teksten)
    vast = teksten[0] if len(teksten) == 1 and _PLAIN.fullmatch(teksten[0]) else basis.vast
    return Waardetype(
        naam=naam,
        basis=basis.basis,
        codes=codes or basis.codes,
        patronen=basis.patronen + ((patroon,) if patroon else ()),
        vast=vast,
        min_lengte=_facet(beperking, "minLength", basis.min_lengte) or 0,
        max_lengte=_facet(beperking, "maxLength", basis.max_lengte),
        minimum=_facet(beperking, "minInclusive", basis.minimum),
        maximum=_facet(beperking, "maxInclusive", basis.maximum),
    )


def _facet(beperking: etree._Element, naam: str, anders: int | None) -> int | None:
    node = beperking.find(f"{XS}{naam}")
    waarde = node.get("value", "") if node is not None else ""
    return int(waarde) if re.fullmatch(r"-?[0-9]+", waarde) else anders


def _meaning(node: etree._Element) -> str:
    return " ".join((node.findtext(f"{XS}annotation/{XS}documentation") or "").split())


def _compile(teksten: list[str]) -> re.Pattern[str] | None:
    """XSD patterns as one Python pattern; None when there is none, or one that Python reads differently."""
    if not teksten or any(_NOT_PYTHON.search(tekst) for tekst in teksten):
        return None
    teksten = [_GELIJKWAARDIG.get(tekst, tekst) for tekst in teksten]
    # ASCII, because \s of XSD knows only the four blanks of XML.
    return re.compile("|".join(f"(?:{tekst})" for tekst in teksten), re.ASCII)
