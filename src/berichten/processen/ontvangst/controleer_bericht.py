"""Levels 1 and 2 without a database: what a message shows by itself."""

from dataclasses import dataclass

from berichten.beoordeling.pijplijn import check_inhoud
from berichten.fouten import Invoerfout
from berichten.kern.regel import Bevinding
from berichten.standaard.deur.toelating import Weigering, admit
from berichten.standaard.schema.schema import Schemas


@dataclass(frozen=True, slots=True)
class Controle:
    """What was found; no faults means that nothing is wrong as far as the message itself can tell."""

    soort: str | None
    fouten: tuple[Invoerfout, ...]
    totaal: int


def check_message(inhoud: bytes, schemas: Schemas) -> Controle:
    """Check the bytes of one message; also of a request, that nobody can send in yet."""
    toegelaten = admit(inhoud, schemas)
    if isinstance(toegelaten, Weigering):
        soort = toegelaten.soort.naam if toegelaten.soort else None
        return Controle(soort, toegelaten.fouten, toegelaten.totaal)
    fouten = tuple(as_invoerfout(item) for item in check_inhoud(toegelaten))
    return Controle(toegelaten.soort.naam, fouten, len(fouten))


def as_invoerfout(bevinding: Bevinding) -> Invoerfout:
    """A finding as one fault in a list of faults."""
    return Invoerfout(bevinding.pad, bevinding.regel.id, bevinding.melding, bevinding.plaats.regelnummer)
