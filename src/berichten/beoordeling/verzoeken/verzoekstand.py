"""How a request stands, told from the steps that were taken on it (VERZOEKEN 3). Pure.

A JW319 that its JW320 rejected was never sent: its step no longer stands, and the request is where it would be without it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from berichten.dossier.verzoek import AFGEWEZEN, IN_ONDERZOEK, Verzoekstatus

Stapsoort = Literal["honoreren", "1", "2", "JW301"]
_NAAR: dict[str, Verzoekstatus] = {
    "honoreren": "te_honoreren",
    IN_ONDERZOEK: "in_onderzoek",
    AFGEWEZEN: "afgewezen",
    "JW301": "toegewezen",
}


@dataclass(frozen=True, slots=True)
class Stap:
    """One step: a decision to honour, a JW319 with its VerzoekAntwoord, or the JW301 that grants it."""

    stap: int
    soort: Stapsoort
    geldig: bool
    """Whether it stands; False for a JW319 that was rejected."""


def status_after(stappen: Iterable[Stap]) -> Verzoekstatus:
    """The state after these steps, which stand in their order."""
    status: Verzoekstatus = "ontvangen"
    for stap in stappen:
        if stap.geldig:
            status = _NAAR[stap.soort]
    return status


def is_investigated(stappen: Sequence[Stap]) -> bool:
    """Whether a JW319 with 2 stands, so that the term of the decision counts and no other may be sent (TR360)."""
    return any(stap.geldig and stap.soort == IN_ONDERZOEK for stap in stappen)
