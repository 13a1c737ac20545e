"""Mutants of whole messages that stay valid against the schema: what rules look at changes, and nothing else does.

A change is a place in a message and what is done there: first every single one, then random sets of them. All is deterministic: the
same messages, schemas and seed give the same mutants.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from lxml import etree

from berichten.kern.kalender import add_maanden, begin_of_maand, einde_of_maand
from berichten.standaard.uitleg.model import Klasse, Onderdeel, Waardetype
from berichten.standaard.waarden.soorten import OP_NAMESPACE, Berichtsoort
from tests.hulp.bouw import schemas

Ingreep = Callable[[etree._Element], None]

_GRENZEN = ("1900-01-01", "2015-01-01", "2020-12-31", "2021-01-01", "2024-02-29", "2028-02-29", "2023-02-28", "2023-02-27")
"""Days on which some rule begins or ends to hold, and a 29th of February with the days five years before it."""
_GETALLEN = ("0", "1", "2", "60", "99999999")
_TEKSTEN = ("x", "1000AA", "0999ZZ", "12345", "2401ab", "00000000", "98000000", "0484", "0501", "9999")
_BSNS = ("000000000", "999900006", "999900007", "999900018", "999900031")


@dataclass(frozen=True, slots=True)
class Verandering:
    """What is done at which element, by its number in document order."""

    naam: str
    plaats: int
    ingreep: Ingreep


@dataclass(slots=True)
class Bron:
    """A valid message, and every single change that leaves it valid."""

    wortel: etree._Element
    donoren: dict[str, etree._Element]
    """By tag: an element as a fuller message has it, to put in where it is lacking."""
    veranderingen: list[Verandering] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.veranderingen = [item for item in self._all() if self.change([item]) is not None]

    @property
    def soort(self) -> Berichtsoort:
        return OP_NAMESPACE[etree.QName(self.wortel).namespace or ""]

    def change(self, veranderingen: Sequence[Verandering]) -> bytes | None:
        """The message with these changes, as it would arrive; None when it is no longer valid."""
        kopie = deepcopy(self.wortel)
        elementen = list(kopie.iter("*"))
        for item in veranderingen:
            item.ingreep(elementen[item.plaats])
        if not schemas().schema(self.soort).validate(kopie):
            return None
        return etree.tostring(kopie, encoding="UTF-8", xml_declaration=True)

    def _all(self) -> Iterator[Verandering]:
        """Every change that may be tried; many make the message invalid."""
        elementen = list(zip(self.wortel.iter("*"), _models(self.wortel, schemas().model(self.soort)), strict=True))
        dagen, buren = _days(self.wortel), _neighbours(elementen)
        for plaats, (element, model) in enumerate(elementen):
            for naam, ingreep in (("weg", _remove), ("twee keer", _repeat), ("omgewisseld", _swap)):
                yield Verandering(f"{model.naam} {naam}", plaats, ingreep)
            if isinstance(model.type, Waardetype):
                for waarde in _values(element.text or "", model.type, buren[model.type.naam], dagen):
                    yield Verandering(f"{model.naam} = {waarde}", plaats, _write(waarde))
                continue
            for kind in model.type.onderdelen or ():
                if kind.tag in self.donoren and element.find(kind.tag) is None:
                    yield Verandering(f"{model.naam} met {kind.naam}", plaats, _insert(self.donoren[kind.tag], model.type))


def read_bronnen(berichten: Iterable[bytes]) -> list[Bron]:
    """Valid messages to change. Fuller ones go last: what they have, the others may be given."""
    wortels = [etree.fromstring(bericht, etree.XMLParser(remove_blank_text=True)) for bericht in berichten]
    donoren: dict[str, etree._Element] = {}
    for wortel in wortels:
        donoren |= {str(element.tag): element for element in wortel.iter("*")}
    return [Bron(wortel, donoren) for wortel in wortels]


def single(bronnen: Iterable[Bron]) -> Iterator[bytes]:
    """Every message as it is, and with each single change."""
    for bron in bronnen:
        for veranderingen in ([], *([item] for item in bron.veranderingen)):
            inhoud = bron.change(veranderingen)
            if inhoud is not None:
                yield inhoud


def several(bronnen: Sequence[Bron], zaad: int, meeste: int = 5) -> Iterator[bytes]:
    """Without end: messages in turn, each with two to `meeste` changes at a time."""
    toeval = random.Random(zaad)
    plaatsen = [_by_place(bron.veranderingen) for bron in bronnen]
    for nummer in count():
        bron, per_plaats = bronnen[nummer % len(bronnen)], plaatsen[nummer % len(bronnen)]
        # By place, so that an element with a hundred days to try is not changed more often than one with two codes.
        inhoud = bron.change(
            [toeval.choice(lijst) for lijst in toeval.sample(per_plaats, min(toeval.randint(2, meeste), len(per_plaats)))]
        )
        if inhoud is not None:
            yield inhoud


def number(inhoud: bytes, nummer: int) -> bytes:
    """The same message as one that was not sent before."""
    wortel = etree.fromstring(inhoud)
    for element in wortel.iter("{*}Identificatie", "{*}DeclarantFactuurNummer", "{*}DeclaratieNummer"):
        element.text = f"M{nummer}"
    return etree.tostring(wortel, encoding="UTF-8", xml_declaration=True)


def _by_place(veranderingen: Iterable[Verandering]) -> list[list[Verandering]]:
    plaatsen: dict[int, list[Verandering]] = {}
    for item in veranderingen:
        plaatsen.setdefault(item.plaats, []).append(item)
    return list(plaatsen.values())


def _models(element: etree._Element, model: Onderdeel) -> Iterator[Onderdeel]:
    """What the schema says of each element, in document order."""
    yield model
    if isinstance(model.type, Klasse):
        op_tag = {kind.tag: kind for kind in model.type.onderdelen or ()}
        for kind in element.iterchildren("*"):
            yield from _models(kind, op_tag[str(kind.tag)])


def _neighbours(elementen: Iterable[tuple[etree._Element, Onderdeel]]) -> dict[str, list[str]]:
    """By name of the type: the values that stand in the message."""
    gevonden: dict[str, dict[str, None]] = {}
    for element, model in elementen:
        if isinstance(model.type, Waardetype):
            gevonden.setdefault(model.type.naam, {})[element.text or ""] = None
    return {naam: list(waarden) for naam, waarden in gevonden.items()}


def _days(wortel: etree._Element) -> list[str]:
    """Days at the limits of rules: around every date of the message, its month, and years before the day of writing."""
    genoemd = {dag for element in wortel.iter("*") if (dag := _as_date(element.text or "")) is not None}
    dagen = {dag + timedelta(days=stap) for dag in genoemd for stap in (-1, 0, 1)}
    dagen |= {rand for dag in genoemd for rand in (begin_of_maand(dag), einde_of_maand(dag))}
    geschreven = wortel.iter("{*}Dagtekening", "{*}DeclaratieDagtekening", "{*}FactuurDagtekening")
    for dag in filter(None, (_as_date(element.text or "") for element in geschreven)):
        dagen |= {add_maanden(dag, -12 * jaren) + timedelta(days=stap) for jaren in (5, 120) for stap in (-1, 0, 1)}
    return sorted({*map(str, dagen), *_GRENZEN})


def _as_date(tekst: str) -> date | None:
    try:
        return date.fromisoformat(tekst) if len(tekst) == len("2026-01-01") else None
    except ValueError:
        return None


def _values(eigen: str, soort: Waardetype, buren: list[str], dagen: list[str]) -> list[str]:
    """Other values for an element: every code of its type, days, numbers around its own, and what stands in its like."""
    if soort.basis == "date":
        waarden = dagen
    elif soort.codes:
        waarden = list(soort.codes)[:40]
    elif soort.basis == "integer":
        waarden = [*_GETALLEN, str(int(eigen) - 1), str(int(eigen) + 1), f"0{eigen}", *buren]
    else:
        waarden = [*buren, *_TEKSTEN, *(_BSNS if soort.naam == "LDT_BurgerServicenummer" else ())]
    return [waarde for waarde in dict.fromkeys(waarden) if waarde != eigen]


def _remove(element: etree._Element) -> None:
    if (boven := element.getparent()) is not None:
        boven.remove(element)


def _repeat(element: etree._Element) -> None:
    if element.getparent() is not None:
        element.addnext(deepcopy(element))


def _swap(element: etree._Element) -> None:
    if (volgende := element.getnext()) is not None:
        volgende.addnext(element)


def _write(waarde: str) -> Ingreep:
    def write(element: etree._Element) -> None:
        element.text = waarde

    return write


def _insert(donor: etree._Element, klasse: Klasse) -> Ingreep:
    """Put a copy where the schema has it: after all that comes before it."""
    volgorde = [kind.tag for kind in klasse.onderdelen or ()]
    eerder = set(volgorde[: volgorde.index(str(donor.tag))])

    def insert(element: etree._Element) -> None:
        element.insert(sum(kind.tag in eerder for kind in element), deepcopy(donor))

    return insert
