"""Every fault of a message against its schema, told in Dutch with path and line.

The tree is walked beside the model read from the same XSD files. libxml2 has already decided that the message is not
valid; this says where and why, in document order, one fault for each cause. What it costs is bounded: a document with a million
faults is as refused after the first thousand.
"""

from collections.abc import Callable
from functools import partial
from typing import cast

from lxml import etree

from berichten.fouten import Invoerfout
from berichten.standaard.uitleg.model import Klasse, Onderdeel, Waardetype, qname, walk_types
from berichten.standaard.uitleg.volgorde import (
    Afwijking,
    Vergelijking,
    compare,
    join,
    localname,
    match_sequence,
    namespace_of,
    show_uri,
)
from berichten.standaard.uitleg.waarde import SPACE, characters, expected, explain_waarde, is_good, show

REGEL = "XSD"
MAX_FOUTEN = 100
"""Faults that are told."""
MAX_GETELD = 1000
"""Faults that are counted; at this number the explaining stops, and the answer says that there may be more."""

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_TOEGESTANE_ATTRIBUTEN = frozenset({f"{_XSI}schemaLocation", f"{_XSI}noNamespaceSchemaLocation"})
_KLEIN = 1000
_BEWAARDE_RIJ = 64
_BEWAARDE_WAARDEN = 20_000
_MEESTE_KINDEREN = 100_000
"""More elements than 25 MB of valid message has inside one element; more are not looked at one by one."""
_MEESTE_VERGELEKEN = 200_000
"""Children of elements that are put together wrongly: comparing costs most, so that it has a bound for the whole message."""


def explain(root: etree._Element, model: Onderdeel) -> tuple[tuple[Invoerfout, ...], int]:
    """The first hundred faults of the message at ``root``, and how many there are; MAX_GETELD stands for that many or more.

    No BSN and no name, address or free text of a person comes into a sentence.
    """
    wandeling = _Wandeling(model)
    try:
        wandeling.visit_root(root, model)
    except _Genoeg:
        return tuple(wandeling.fouten), MAX_GETELD
    return tuple(wandeling.fouten), wandeling.totaal


def path_of(element: etree._Element) -> str:
    """``Bericht/Clienten/Client[2]/Bsn``: names without prefix, a number only where siblings share the name."""
    return _Paden().path_of(element)


def line_of(element: etree._Element) -> int | None:
    """Line of the file on which the element starts."""
    return cast(int | None, element.sourceline)


class _Genoeg(Exception):
    """Enough was found: the rest need not be looked at."""


class _Paden:
    """Paths of elements that are asked for in document order: siblings are counted on from the one before, not from the first."""

    def __init__(self) -> None:
        self._laatste: dict[tuple[etree._Element | None, str], tuple[etree._Element, int]] = {}

    def path_of(self, element: etree._Element) -> str:
        delen = [self._step(element)]
        for ouder in element.iterancestors():
            delen.append(self._step(ouder))
        return "/".join(reversed(delen))

    def _step(self, element: etree._Element) -> str:
        naam = show(localname(element.tag))
        ouder = element.getparent()
        if ouder is None:
            return naam
        rang = self._rank(element, ouder)
        alleen = rang == 1 and next(element.itersiblings(element.tag), None) is None
        return naam if alleen else f"{naam}[{rang}]"

    def _rank(self, element: etree._Element, ouder: etree._Element) -> int:
        """Which of the siblings of its name it is, from 1."""
        eerder, rang = self._laatste.get((ouder, element.tag), (None, 0))
        verder = 0
        if element is not eerder:
            for ander in element.itersiblings(element.tag, preceding=True):
                verder += 1
                if ander is eerder:
                    break
            else:
                # Not found on the way back: it was asked for out of order, and what was counted is all that came before.
                rang = 0
            verder += 0 if rang else 1
        self._laatste[ouder, element.tag] = element, rang + verder
        return rang + verder


class _Wandeling:
    """One walk over one message: the faults so far and what was seen to be right."""

    def __init__(self, model: Onderdeel) -> None:
        self.fouten: list[Invoerfout] = []
        self.totaal = 0
        self.model = model
        self._paden = _Paden()
        self._te_vergelijken = _MEESTE_VERGELEKEN
        self._elders: dict[str, str] | None = None
        self._goed: set[tuple[Waardetype, str]] = set()
        self._vergeleken: dict[tuple[str, Klasse, tuple[str, ...]], Vergelijking] = {}

    def report(self, element: etree._Element, tell: Callable[[], str], regelnummer: int | None = None) -> None:
        """Counts a fault; the sentence is made only for the first hundred. Raises _Genoeg at the last that is counted."""
        self.totaal += 1
        if len(self.fouten) < MAX_FOUTEN:
            self.fouten.append(Invoerfout(self._paden.path_of(element), REGEL, tell(), regelnummer or line_of(element)))
        if self.totaal >= MAX_GETELD:
            raise _Genoeg

    def visit_root(self, root: etree._Element, model: Onderdeel) -> None:
        if root.tag != model.tag:
            self.report(root, partial(_tell_root, root.tag, model))
        if localname(root.tag) == model.naam:
            self.visit(root, model)

    def visit(self, element: etree._Element, onderdeel: Onderdeel) -> None:
        if element.attrib:
            self._visit_attributes(element, onderdeel)
        if isinstance(onderdeel.type, Klasse):
            self._visit_klasse(element, onderdeel.type)
        else:
            self._visit_waarde(element, onderdeel, onderdeel.type)

    def _visit_attributes(self, element: etree._Element, onderdeel: Onderdeel) -> None:
        fout = [str(naam) for naam in element.attrib if naam not in _TOEGESTANE_ATTRIBUTEN]
        soort = element.get(f"{_XSI}type", "").strip()
        if soort and qname(element, soort) == onderdeel.typenaam:
            fout.remove(f"{_XSI}type")
        if f"{_XSI}nil" in fout:
            self.report(element, partial(_tell_nil, localname(element.tag)))
            fout.remove(f"{_XSI}nil")
        if fout:
            self.report(element, partial(_tell_attributes, localname(element.tag), fout))

    def _visit_waarde(self, element: etree._Element, onderdeel: Onderdeel, type_: Waardetype) -> None:
        if len(element):
            self.report(element, partial(_tell_nested, onderdeel, type_, element[0].tag))
            return
        waarde = element.text or ""
        if (type_, waarde) in self._goed:
            return
        if not is_good(type_, waarde):
            if f"{_XSI}nil" not in element.attrib:
                self.report(element, partial(explain_waarde, onderdeel.naam, type_, waarde, onderdeel.minimum == 0))
        elif len(waarde) < _BEWAARDE_RIJ and len(self._goed) < _BEWAARDE_WAARDEN:
            self._goed.add((type_, waarde))

    def _visit_klasse(self, element: etree._Element, klasse: Klasse) -> None:
        if klasse.onderdelen is None:
            return
        if (aantal := len(element)) > _MEESTE_KINDEREN:
            self.report(element, partial(_tell_crowd, localname(element.tag), aantal))
            return
        # A list of a million children would cost more than the tree itself; those are walked twice instead.
        kinderen = list(element) if len(element) <= _KLEIN else element
        self._visit_loose_text(element, kinderen)
        tags = _tags(kinderen)
        delen = klasse.past.get(tags)
        if delen is None:
            delen = match_sequence(tags, klasse.onderdelen)
            if delen is not None and len(tags) < _BEWAARDE_RIJ and len(klasse.past) < _KLEIN:
                klasse.past[tags] = delen
        gekoppeld = delen if delen is not None else self._compare(element, kinderen, tags, klasse)
        for kind, onderdeel in zip(kinderen, gekoppeld, strict=True):
            if onderdeel is not None:
                self.visit(kind, onderdeel)

    def _visit_loose_text(self, element: etree._Element, kinderen: list[etree._Element] | etree._Element) -> None:
        los = [element.text] if element.text and element.text.strip(SPACE) else []
        los += [kind.tail for kind in kinderen if kind.tail and kind.tail.strip(SPACE)]
        if los:
            lengte = sum(len(tekst.strip(SPACE)) for tekst in los)
            self.report(element, partial(_tell_loose_text, localname(element.tag), lengte, len(kinderen) > 0))

    def _compare(
        self,
        element: etree._Element,
        kinderen: list[etree._Element] | etree._Element,
        tags: tuple[str, ...],
        klasse: Klasse,
    ) -> list[Onderdeel | None]:
        sleutel = (localname(element.tag), klasse, tags)
        uitkomst = self._vergeleken.get(sleutel)
        if uitkomst is None:
            self._te_vergelijken -= len(tags)
            if self._te_vergelijken < 0:
                raise _Genoeg
            uitkomst = compare(sleutel[0], tags, klasse.onderdelen or (), self.elders())
            if len(tags) < _BEWAARDE_RIJ and len(self._vergeleken) < _KLEIN:
                self._vergeleken[sleutel] = uitkomst
        for afwijking in uitkomst.afwijkingen:
            kind = None if afwijking.plaats is None else kinderen[afwijking.plaats]
            self._report_afwijking(element, kind, afwijking)
        return uitkomst.kinderen

    def _report_afwijking(self, element: etree._Element, kind: etree._Element | None, afwijking: Afwijking) -> None:
        waar = kind if kind is not None and afwijking.aan_kind else element
        self.report(waar, lambda: afwijking.melding, line_of(kind) if kind is not None else None)

    def elders(self) -> dict[str, str]:
        """Of every name in the model in which elements it belongs, as text; made at the first need."""
        if self._elders is None:
            plaatsen: dict[str, set[str]] = {}
            for ouder in walk_types(self.model):
                if isinstance(ouder.type, Klasse):
                    for onderdeel in ouder.type.onderdelen or ():
                        plaatsen.setdefault(onderdeel.naam, set()).add(ouder.naam)
            self._elders = {naam: _where(ouders) for naam, ouders in plaatsen.items()}
        return self._elders


def _where(ouders: set[str]) -> str:
    """Where an element belongs; nothing when that would be a list too long to help."""
    return join(sorted(ouders)) if len(ouders) <= 3 else ""


def _tags(kinderen: list[etree._Element] | etree._Element) -> tuple[str, ...]:
    """Names of the children; of very many each name is kept once, for lxml makes a new string every time it is asked."""
    if isinstance(kinderen, list):
        return tuple([kind.tag for kind in kinderen])
    namen: dict[str, str] = {}
    return tuple([namen.setdefault(tag, tag) for tag in (kind.tag for kind in kinderen)])


def _tell_root(tag: str, model: Onderdeel) -> str:
    if localname(tag) != model.naam:
        return f"Het bericht begint met {show(localname(tag))}; verwacht: {model.naam}."
    return f"Bericht staat in namespace {show_uri(namespace_of(tag))}; verwacht: namespace {model.namespace}."


def _tell_crowd(naam: str, aantal: int) -> str:
    return f"In {naam} staan {aantal} elementen; zoveel kunnen er in een bericht niet staan. Laat uw software het opnieuw maken."


def _tell_nil(naam: str) -> str:
    return f"{naam} heeft het attribuut xsi:nil; dat mag in een iJw-bericht niet. Haal het weg en vul {naam} in."


def _tell_attributes(naam: str, attributen: list[str]) -> str:
    lokaal = join([("xsi:" if attribuut.startswith(_XSI) else "") + show(localname(attribuut)) for attribuut in attributen[:5]])
    return f"{naam} heeft een attribuut dat niet is toegestaan: {lokaal}. Haal het weg."


def _tell_nested(onderdeel: Onderdeel, type_: Waardetype, tag: str) -> str:
    kind = show(localname(tag))
    wat = f"verwacht: alleen een waarde, {expected(type_)}"
    return f"In {onderdeel.naam} staat het element {kind}; {wat}. Haal {kind} weg."


def _tell_loose_text(naam: str, lengte: int, met_kinderen: bool) -> str:
    waar = f"Tussen de elementen van {naam}" if met_kinderen else f"In {naam}"
    return f"{waar} staat losse tekst ({characters(lengte)}); daar horen alleen elementen. Haal de tekst weg."
