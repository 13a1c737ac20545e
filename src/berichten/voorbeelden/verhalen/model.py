"""What a story consists of: a provider that bills and accounts for it, and a reviewer who decides on what is held."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from berichten.voorbeelden.model.model import Aanbieder, VoorbeeldBericht

Minutenregel = Mapping[str, str | int]
"""One delivery record, by the field names of `POST /v1/verantwoordingen`."""


@dataclass(frozen=True, slots=True)
class Oordeel:
    """What the reviewer decides on one held line, and what is asked and answered before. Dutch texts, without a BSN."""

    referentie: str
    besluit: Literal["toekennen", "afwijzen"]
    motivering: str
    retourcode: str | None = None
    """Code of WJ001 for a rejection; None takes the one that the service proposes."""
    terugvragen: bool = False
    vraag: str = ""
    """Empty when nothing is asked."""
    antwoord: str = ""


@dataclass(frozen=True, slots=True)
class Ronde:
    """One declaration, and what becomes of it."""

    uitleg: str
    """What the provider bills and why, in Dutch."""
    declaratie: VoorbeeldBericht
    oordelen: tuple[Oordeel, ...] = ()
    """On every line that is held, in the order in which they are taken."""


@dataclass(frozen=True, slots=True)
class Verhaal:
    """A story in the order in which it is told. Its numbers, references and people occur nowhere else."""

    titel: str
    situatie: str
    aanbieder: Aanbieder
    toewijzingen: tuple[int, ...]
    """Allocation numbers."""
    voorbereiding: tuple[VoorbeeldBericht, ...]
    """JW301 and JW305 of each client."""
    verantwoording: tuple[Minutenregel, ...]
    """Sent before the first declaration; empty when nothing is accounted for."""
    rondes: tuple[Ronde, ...]
