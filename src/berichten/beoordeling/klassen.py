"""Levels 3 and 4 of a JW301, JW305 or JW307: each of its product classes, and with them the whole message (IV028, IV032).

Pure. The rules of a class stand in chains of steps: where a step finds a fault, the steps after it have no
ground, but for rules that need no allocation (`Regel.zonder_toewijzing`). The chains of a class do not touch each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from berichten.beoordeling.release import of_its_time
from berichten.dossier.dossier import LeveringKader, ToewijzingKader
from berichten.dossier.leveringen import VERWIJDEREN, as_levering
from berichten.kern.regel import Bevinding, Plaats, check, codes_of
from berichten.regels import register
from berichten.regels.register import Trappen
from berichten.standaard.waarden.berichten import (
    Startbericht,
    StartProduct,
    Stopbericht,
    StopProduct,
    ToegewezenProduct,
    Toewijzingsbericht,
)
from berichten.standaard.waarden.paden import product_pad

Productbericht = Toewijzingsbericht | Startbericht | Stopbericht
Ketens = tuple[Trappen, ...]

_TOEWIJZING: Ketens = ((register.TOEGEWEZEN_PRODUCT, register.TOEGEWEZEN_PRODUCT_SIGNAAL),)
_START_WEG: Ketens = ((register.VERWIJDERING_GROND, register.START_VERWIJDERING),)
_STOP_WEG: Ketens = ((register.VERWIJDERING_GROND,),)
_START: Ketens = ((register.LEVERING_GROND, register.START), (register.LEVERING_PRODUCT,))
_STOP: Ketens = ((register.LEVERING_GROND, register.STOP_GROND, register.STOP), (register.LEVERING_PRODUCT,))


@dataclass(frozen=True, slots=True)
class Klassebeoordeling:
    """What became of the classes of a message that is taken over whole or not at all (IV032): any but a declaration."""

    bevindingen: tuple[Bevinding, ...] = ()
    """In the order of the classes in the message."""
    retourcodes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes by path of the class; a class that is not in here is sound."""

    @property
    def afgekeurd(self) -> bool:
        return bool(self.retourcodes)


def judge_toewijzing(bericht: Toewijzingsbericht, kader: ToewijzingKader) -> Klassebeoordeling:
    """A JW301: what is shown of it as a whole, and every allocation for itself."""
    plaats = Plaats("Client", "Bericht/Client", bericht.client.regelnummer)
    geheel = check(register.TOEWIJZINGSBERICHT_SIGNAAL, bericht, kader, plaats)
    bevindingen = kader.beleid.apply_to_product(geheel, bericht.header.dagtekening)
    for nummer, product in enumerate(bericht.producten, 1):
        gevonden = _judge(bericht, nummer, product, _TOEWIJZING, kader)
        bevindingen += kader.beleid.apply_to_product(gevonden, product.ingangsdatum)
    return conclude(in_order(bevindingen))


def judge_start(bericht: Startbericht, kader: LeveringKader) -> Klassebeoordeling:
    """A JW305."""
    return _judge_levering(bericht, kader, _START, _START_WEG)


def judge_stop(bericht: Stopbericht, kader: LeveringKader) -> Klassebeoordeling:
    """A JW307."""
    return _judge_levering(bericht, kader, _STOP, _STOP_WEG)


def _judge_levering(
    bericht: Startbericht | Stopbericht, kader: LeveringKader, ketens: Ketens, ketens_weg: Ketens
) -> Klassebeoordeling:
    """Removals first, so that a delivery may be taken back and reported anew in one message (IV008).

    Each class that is sound moves `kader.stand`, so that the classes after it see what it did.
    """
    bevindingen: list[Bevinding] = []
    klassen: list[tuple[int, StartProduct | StopProduct]] = list(enumerate(bericht.producten, 1))
    for nummer, product in sorted(klassen, key=lambda item: item[1].status_aanlevering != VERWIJDEREN):
        weg = product.status_aanlevering == VERWIJDEREN
        gevonden = _judge(bericht, nummer, product, ketens_weg if weg else ketens, kader)
        bevindingen += gevonden
        if not gevonden:
            _apply(product, kader)
    return conclude(in_order(bevindingen))


def _apply(product: StartProduct | StopProduct, kader: LeveringKader) -> None:
    levering = as_levering(product)
    if product.status_aanlevering == VERWIJDEREN:
        kader.stand.remove(levering)
    else:
        kader.stand.add(levering)


def _judge(
    bericht: Productbericht,
    nummer: int,
    product: ToegewezenProduct | StartProduct | StopProduct,
    ketens: Ketens,
    kader: ToewijzingKader | LeveringKader,
) -> list[Bevinding]:
    """Every fault, but of rules whose ground an earlier step of their chain has found missing."""
    pad = product_pad(bericht.soort, nummer, len(bericht.producten))
    plaats = Plaats(type(product).__name__, pad, product.regelnummer, nummer)
    gevonden = [item for trappen in ketens for item in judge_steps(trappen, product, kader, plaats)]
    return of_its_time(gevonden, bericht.soort.release)


def judge_steps(trappen: Trappen, product: object, kader: object, plaats: Plaats) -> list[Bevinding]:
    """Steps of rules on one class: after a step that finds a fault only rules that need no ground are judged."""
    gevonden: list[Bevinding] = []
    for regels in trappen:
        te_toetsen = tuple(item for item in regels if item.zonder_toewijzing) if gevonden else regels
        gevonden += check(te_toetsen, product, kader, plaats)
    return gevonden


def in_order(bevindingen: Iterable[Bevinding]) -> list[Bevinding]:
    """By the number of their class in the message."""
    return sorted(bevindingen, key=lambda item: item.plaats.volgnummer or 0)


def conclude(bevindingen: Iterable[Bevinding]) -> Klassebeoordeling:
    """Findings, in message order, with the codes of the classes at fault: a signal has none."""
    gevonden = tuple(bevindingen)
    fouten: dict[str, list[Bevinding]] = {}
    for item in gevonden:
        if item.regel.retourcode is not None and item.regel.gevolg != "signaal":
            fouten.setdefault(item.plaats.pad, []).append(item)
    return Klassebeoordeling(gevonden, {pad: codes_of(lijst) for pad, lijst in fouten.items()})
