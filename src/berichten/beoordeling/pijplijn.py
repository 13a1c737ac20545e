"""The order of the levels, for every kind of message (DOMAIN: levels of control, IV032). Pure.

What the message shows by itself (2), its header, and then all that must be held against other messages (3) and other sources (4),
together. A level is come to when the one before it is sound; what a message is held against is asked for only then, so the two
loaders are handed in. Service, trial, check and case files all come by here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from berichten.beoordeling import inhoud
from berichten.beoordeling.declaratie import TECHNISCH, Declaratiebeoordeling, judge_jw323
from berichten.beoordeling.jw303 import judge_jw303
from berichten.beoordeling.klassen import Klassebeoordeling, judge_start, judge_stop, judge_toewijzing
from berichten.beoordeling.release import of_its_time
from berichten.beoordeling.verzoek import judge_toewijzingsverzoek, judge_verzoekantwoord, judge_wijzigingsverzoek
from berichten.dossier.dossier import HeaderKader
from berichten.kern.regel import Bevinding, Plaats, Regel, check, codes_of
from berichten.regels import register
from berichten.standaard.lezen.retour import Inzending
from berichten.standaard.waarden.soorten import ANTWOORDEN_VAN_AANBIEDER, JW301, JW303, JW305, JW307, JW315, JW317, JW319, JW323


@dataclass(frozen=True, slots=True)
class Afkeuring:
    """A message rejected before its classes were judged: only the header goes back, with these codes."""

    retourcodes: tuple[str, ...]
    bevindingen: tuple[Bevinding, ...]


Oordeel = Declaratiebeoordeling | Klassebeoordeling
"""What became of a message of which all levels were judged."""


@dataclass(frozen=True, slots=True)
class Niveaus:
    """How messages of one kind are judged, level by level."""

    inhoud: Callable[[Any], list[Bevinding]]
    header: tuple[Regel, ...]
    klassen: Callable[[Any, Any], Oordeel]
    """Levels 3 and 4 of all below the header, given what the message is held against."""


def _no_faults(_bericht: object) -> list[Bevinding]:
    return []


def _nothing_judged(_bericht: object, _kader: object) -> Oordeel:
    return Klassebeoordeling()


NIVEAUS: dict[str, Niveaus] = {
    JW301.naam: Niveaus(inhoud.check_toewijzing, register.HEADER, judge_toewijzing),
    JW305.naam: Niveaus(inhoud.check_start, register.HEADER, judge_start),
    JW307.naam: Niveaus(inhoud.check_stop, register.HEADER, judge_stop),
    JW315.naam: Niveaus(inhoud.check_toewijzingsverzoek, register.HEADER_AANVRAAG, judge_toewijzingsverzoek),
    JW317.naam: Niveaus(inhoud.check_wijzigingsverzoek, register.HEADER, judge_wijzigingsverzoek),
    JW319.naam: Niveaus(inhoud.check_verzoekantwoord, register.HEADER_ANTWOORD, judge_verzoekantwoord),
    JW323.naam: Niveaus(inhoud.check_declaratie, register.HEADER, judge_jw323),
    JW303.naam: Niveaus(inhoud.check_jw303, register.JW303_KOP, judge_jw303),
    **dict.fromkeys(ANTWOORDEN_VAN_AANBIEDER, Niveaus(_no_faults, (), _nothing_judged)),
}
"""By name of the kind. An answer of an aanbieder is kept, and judged by nobody."""


def check_inhoud(bericht: Inzending) -> list[Bevinding]:
    """Level 2: every fault that a message shows by itself, by the rules of its release, in message order."""
    return of_its_time(NIVEAUS[bericht.soort.naam].inhoud(bericht), bericht.soort.release)


def judge(bericht: Inzending, load_header_kader: Callable[[], HeaderKader], load_kader: Callable[[], Any]) -> Afkeuring | Oordeel:
    """The levels one after the other, up to where the message stops."""
    niveaus = NIVEAUS[bericht.soort.naam]
    fouten = check_inhoud(bericht)
    if fouten:
        return Afkeuring((TECHNISCH,), tuple(fouten))
    if niveaus.header:
        fouten = check(niveaus.header, bericht.header, load_header_kader(), Plaats("Header", "Bericht/Header"))
        if fouten:
            return _reject_header(fouten)
    return niveaus.klassen(bericht, load_kader())


def _reject_header(bevindingen: Iterable[Bevinding]) -> Afkeuring:
    """A fault in the header goes back in the header, with its own code."""
    gevonden = tuple(bevindingen)
    return Afkeuring(codes_of(gevonden), gevonden)
