"""What is done with each kind of message, a row for each: the one place to look for what a kind does otherwise.

How it is judged stands in `beoordeling/pijplijn.py`; what it can tell of itself, as its number of lines, is asked of the message.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from berichten.beoordeling.declaratie import Bedragen
from berichten.processen.berichten.verwerk_declaratie import (
    answer_declaratie_header,
    keep_declaratie,
    keep_unjudged,
    load_declaratie,
)
from berichten.processen.berichten.verwerk_jw303 import answer_jw303, answer_jw303_header, keep_jw303, load_jw303
from berichten.processen.berichten.verwerk_regie import keep_levering, keep_toewijzing, load_levering, load_toewijzing
from berichten.processen.berichten.verwerk_retour import keep_retour
from berichten.processen.verzoeken.verwerk_antwoord import keep_verzoekantwoord, load_verzoekantwoord
from berichten.processen.verzoeken.verwerk_verzoek import keep_verzoek, load_verzoek
from berichten.processen.werk.antwoorden import answer_classes, answer_header
from berichten.processen.werk.werk import Verwerkt, Werk
from berichten.standaard.waarden.soorten import (
    ANTWOORDEN_VAN_AANBIEDER,
    JW301,
    JW303,
    JW305,
    JW307,
    JW315,
    JW317,
    JW319,
    JW323,
)


def _nothing(*_argumenten: object) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Behandeling:
    """What is done with one kind. Messages and outcomes are those of the kind."""

    keep: Callable[[Werk, Any, Any], Verwerkt]
    """Store what became of a message of which all levels were judged."""
    klassen: Literal["prestaties", "producten", "verzoeken", "geen"]
    """What of it is told one by one."""
    load: Callable[[Werk, Any], Any] = _nothing
    """What it is held against on levels 3 and 4; a fixed number of queries."""
    answer: Callable[[Werk, Any, Any, Verwerkt], bytes | None] = _nothing
    """The answer, where `keep` has not made it; None while it has to wait."""
    keep_rejected: Callable[[Werk, Any], Bedragen | None] = _nothing
    """Store what stopped at level 2 or at its header."""
    answer_rejected: Callable[[Werk, Any, tuple[str, ...]], bytes | None] = _nothing


BEHANDELINGEN: dict[str, Behandeling] = {
    JW301.naam: Behandeling(
        load=load_toewijzing, keep=keep_toewijzing, klassen="producten", answer=answer_classes, answer_rejected=answer_header
    ),
    **dict.fromkeys(
        (JW305.naam, JW307.naam),
        Behandeling(
            load=load_levering, keep=keep_levering, klassen="producten", answer=answer_classes, answer_rejected=answer_header
        ),
    ),
    **dict.fromkeys(
        (JW315.naam, JW317.naam),
        Behandeling(
            load=load_verzoek, keep=keep_verzoek, klassen="verzoeken", answer=answer_classes, answer_rejected=answer_header
        ),
    ),
    JW319.naam: Behandeling(
        load=load_verzoekantwoord, keep=keep_verzoekantwoord, klassen="verzoeken", answer=answer_classes,
        answer_rejected=answer_header,
    ),
    JW323.naam: Behandeling(
        load=load_declaratie, keep=keep_declaratie, klassen="prestaties",
        keep_rejected=keep_unjudged, answer_rejected=answer_declaratie_header,
    ),
    JW303.naam: Behandeling(
        load=load_jw303, keep=keep_jw303, klassen="prestaties", answer=answer_jw303,
        keep_rejected=keep_unjudged, answer_rejected=answer_jw303_header,
    ),
    **dict.fromkeys(ANTWOORDEN_VAN_AANBIEDER, Behandeling(keep=keep_retour, klassen="geen")),
}  # fmt: skip
"""By name of the kind."""
