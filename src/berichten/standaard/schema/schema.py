"""The schemas of the standard, and validation of messages against them.

libxml2 decides. A good message is read once, as a stream, while it is validated; only after a failure is the tree built
and every fault located and explained (``uitleg``). Control level 1 of IV028.
"""

from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import cast

from lxml import etree

from berichten.fouten import Invoerfout
from berichten.standaard.schema.bestand import check_bestand
from berichten.standaard.schema.ontleder import make_parser, make_pull_parser
from berichten.standaard.uitleg.model import Onderdeel, read_model
from berichten.standaard.uitleg.uitleg import REGEL, explain
from berichten.standaard.uitleg.xml import code_of, explain_syntax
from berichten.standaard.waarden.soorten import Berichtsoort

_HERHALEND = ("{*}Client", "{*}Prestatie", "{*}Relatie", "{*}ToegewezenProduct", "{*}StartProduct", "{*}StopProduct")
"""Elements a message may hold many of: let go as soon as they end, so that memory does not grow with the message."""

GROOT = 256 * 1024
"""Bytes from which a message is validated as a stream: in a tree libxml2 notes of each fault where it stands by counting all
siblings before it, which for thousands of faults costs the square of their number."""
_HAP = 256 * 1024
"""Bytes that are read before it is looked at whether there was a fault already."""


@dataclass(frozen=True, slots=True)
class Validatie:
    """The first hundred faults in document order, and how many there are (MAX_GETELD: that many or more); none means valid."""

    fouten: tuple[Invoerfout, ...]
    totaal: int


class Schemas:
    """The schemas in one folder, each read when first asked for. May be shared by threads."""

    def __init__(self, map: Path) -> None:
        """``map`` is laid out like ``xsd/``: ``ijw/3.2/jw323.xsd``."""
        self._map = map
        self.eigen = map.resolve() == own_schemas_dir().resolve()
        """Whether they are those that come with the service."""
        self._lock = RLock()
        self._schemas: dict[Berichtsoort, etree.XMLSchema] = {}
        self._modellen: dict[Berichtsoort, Onderdeel] = {}
        self._versies: dict[Berichtsoort, tuple[str, str]] = {}

    def schema(self, soort: Berichtsoort) -> etree.XMLSchema:
        """The compiled schema. Raises OSError when it is not there, XMLSchemaParseError when it is not a schema."""
        with self._lock:
            if soort not in self._schemas:
                self._schemas[soort] = etree.XMLSchema(self._document(soort))
            return self._schemas[soort]

    def model(self, soort: Berichtsoort) -> Onderdeel:
        """What the schema allows where, to explain faults with. Raises as ``schema``."""
        with self._lock:
            if soort not in self._modellen:
                self._modellen[soort] = read_model(self._map / soort.schemapad)
            return self._modellen[soort]

    def versies(self, soort: Berichtsoort) -> tuple[str, str]:
        """BasisschemaXsdVersie and BerichtXsdVersie as the schema states them; answers carry these (IV034).

        Raises ValueError when the schema states none.
        """
        with self._lock:
            if soort not in self._versies:
                document = self._document(soort)
                self._versies[soort] = _versie(document, "BasisschemaXsdVersie"), _versie(document, "BerichtXsdVersie")
            return self._versies[soort]

    def libxml_faults(self, root: etree._Element, soort: Berichtsoort) -> list[tuple[str, int, str]]:
        """libxml2's own list for a tree: type of error, line, name of the element; no content."""
        schema = self.schema(soort)
        # One schema keeps one error log, which another thread would clear.
        with self._lock:
            schema.validate(root)
            return [(fout.type_name, fout.line, _last_name(fout.path)) for fout in schema.error_log]  # type: ignore[attr-defined]

    def _document(self, soort: Berichtsoort) -> etree._ElementTree:
        return etree.parse(self._map / soort.schemapad, etree.XMLParser(resolve_entities=False, no_network=True))


def own_schemas_dir() -> Path:
    """Folder of the schemas that come with the service: package data when installed, ``xsd/`` in a checkout."""
    hier = Path(__file__).resolve()
    kandidaten = (hier.parents[2] / "_xsd", hier.parents[4] / "xsd")
    gevonden = next((map for map in kandidaten if (map / "ijw").is_dir()), None)
    if gevonden is None:
        raise FileNotFoundError("de schema's van de dienst ontbreken: geen map berichten/_xsd en geen map xsd")
    return gevonden


def valideer(inhoud: bytes, soort: Berichtsoort, schemas: Schemas) -> Validatie:
    """Validates a message; every fault comes with path, line and a Dutch explanation.

    Runs ``check_bestand`` first, whoever called it before: libxml2 (2.14 at least) crashes the whole process when it meets an
    entity while it validates a stream, so a DOCTYPE may never get here. Raises as ``Schemas.schema``.
    """
    onveilig = check_bestand(inhoud)
    if onveilig:
        return Validatie((onveilig,), 1)
    if is_valid_stream(inhoud, schemas.schema(soort)):
        return Validatie((), 0)
    return explain_invalid(inhoud, soort, schemas)


def explain_invalid(inhoud: bytes, soort: Berichtsoort, schemas: Schemas) -> Validatie:
    """Why a message that passed ``check_bestand`` is not valid, for who found that it is not; always one fault or more."""
    try:
        root = _parse(inhoud)
    except etree.XMLSyntaxError as fout:
        return Validatie((explain_syntax(fout, inhoud),), 1)
    fouten, totaal = explain(root, schemas.model(soort))
    if totaal:
        return Validatie(fouten, totaal)
    return _unexplained(schemas.libxml_faults(root, soort), soort)


def valideer_uitvoer(inhoud: bytes, soort: Berichtsoort, schemas: Schemas) -> None:
    """Proves that an answer we wrote is valid. Raises RuntimeError naming types of error and lines, never content."""
    if is_valid_stream(inhoud, schemas.schema(soort)):
        return
    try:
        fouten = schemas.libxml_faults(_parse(inhoud), soort)
    except etree.XMLSyntaxError as fout:
        raise RuntimeError(f"eigen {soort.naam} is geen XML: foutsoort {code_of(fout)}, regel {fout.lineno}") from None
    lijst = "; ".join(f"{naam}: {fout} op regel {regel}" for fout, regel, naam in fouten[:10])
    raise RuntimeError(f"eigen {soort.naam} voldoet niet aan zijn schema: {lijst}")


def is_valid_stream(inhoud: bytes, schema: etree.XMLSchema) -> bool:
    """Whether the message is valid; False also when it is not XML. A large one is read once, letting go of what was read, and no
    further than its first fault: what comes after that would only fill memory."""
    if len(inhoud) > GROOT:
        return _is_valid_in_bites(inhoud, schema)
    lezer = make_parser(remove_comments=True, remove_pis=True)
    try:
        return bool(schema.validate(etree.fromstring(inhoud, lezer)))
    except etree.XMLSyntaxError:
        return False


def _is_valid_in_bites(inhoud: bytes, schema: etree.XMLSchema) -> bool:
    lezer = make_pull_parser("end", tag=_HERHALEND, schema=schema)
    try:
        for begin in range(0, len(inhoud), _HAP):
            lezer.feed(inhoud[begin : begin + _HAP])
            for _, element in lezer.read_events():
                _release(cast(etree._Element, element))
            if len(lezer.feed_error_log):
                return False
        # What such a parser leaves lies in memory until Python looks for rings: let that be little.
        lezer.close().clear()
    except etree.XMLSyntaxError:
        return False
    return True


def _release(element: etree._Element) -> None:
    element.clear()
    ouder = element.getparent()
    while ouder is not None and element.getprevious() is not None:
        # Emptied first: taking out an element with many others in it costs lxml the square of their number.
        ouder[0].clear()
        del ouder[0]


def _parse(inhoud: bytes) -> etree._Element:
    """The whole tree. Comments are left out, so that a value cut in two by one is whole again; so is white space between elements,
    which is a third of the nodes. White space that is all of a value stays."""
    return etree.fromstring(inhoud, make_parser(entities=False, remove_comments=True, remove_pis=True, remove_blank_text=True))


def _unexplained(fouten: list[tuple[str, int, str]], soort: Berichtsoort) -> Validatie:
    """For what a schema of the publisher may ask and the explanation does not know: place and element only."""
    uitleg = [
        Invoerfout(
            naam,
            REGEL,
            f"{naam or 'Het bericht'} voldoet niet aan het schema van {soort.naam}. Vergelijk dit deel met het schema.",
            regel,
        )
        for _, regel, naam in dict.fromkeys(fouten)
    ]
    return Validatie(tuple(uitleg[:100]), max(len(uitleg), 1)) if uitleg else _nameless(soort)


def _nameless(soort: Berichtsoort) -> Validatie:
    melding = f"Het bericht voldoet niet aan het schema van {soort.naam}. Controleer het met het schema van de standaard."
    return Validatie((Invoerfout("", REGEL, melding, None),), 1)


def _last_name(pad: str | None) -> str:
    naam = (pad or "").rsplit("/", 1)[-1].rsplit(":", 1)[-1].split("[", 1)[0]
    return "" if naam == "*" else naam


def _versie(document: etree._ElementTree, naam: str) -> str:
    for node in document.iter(f"{{*}}{naam}"):
        if node.text:
            return node.text.strip()
    raise ValueError(f"het schema noemt geen {naam}")
