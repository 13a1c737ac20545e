"""One message at work: what the handling of any kind has at hand, and what comes out of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from berichten.beoordeling.declaratie import Bedragen
from berichten.kern.regel import Bevinding
from berichten.opslag.berichten.berichten import Berichtrij, read_inhoud
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.basis.zijproces import GROOT
from berichten.standaard.lezen.lezen import reread_bericht
from berichten.standaard.lezen.retour import Inzending


class BoekenFout(RuntimeError):
    """Books and answer do not tie: nothing of the message is committed."""


@dataclass
class Werk:
    """A message inside its open transaction."""

    verbinding: Connection
    werkplaats: Werkplaats
    rij: Berichtrij
    gegeven: bytes | None = None
    """Its bytes, where somebody had them at hand."""
    kader: Any = None
    """What it was held against on levels 3 and 4, once that was loaded."""

    @cached_property
    def inhoud(self) -> bytes:
        """The bytes that came in; fetched when they are asked for, since they may be 25 MB."""
        if self.gegeven is not None:
            return self.gegeven
        return self.werkplaats.kluis.unpack(read_inhoud(self.verbinding, self.rij.gemeente, self.rij.bericht_id) or b"")

    def read(self) -> Inzending:
        """The message as values. The bytes of a large one are let go, since all that follows needs memory too."""
        bericht = reread_bericht(self.inhoud, self.rij.soort)
        if len(self.inhoud) > GROOT:
            del self.inhoud
        return bericht


@dataclass(frozen=True, slots=True)
class Verwerkt:
    """What became of a message, as it is stored."""

    status: str
    retourcodes: tuple[str, ...]
    bevindingen: tuple[Bevinding, ...] = ()
    bedragen: Bedragen | None = None
    declaratie_codes: tuple[str, ...] = ()
    identificatie_gebruikt: bool = True
    antwoord: bytes | None = None
    """The answer message; None while lines wait for a decision, and for what is no question."""
