"""Load what no message tells: budgets, invoices, members of a region, indicators. All of a file, or nothing of it.

An `Opgavesoort` says how such a file is read, what it is held against, and where it goes; `load_opgave` does the rest for all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from berichten.fouten import Invoerfout
from berichten.inzage.basis.objecten import Actie, Objectsoort
from berichten.processen.basis.handelingen import Handeling, note_done
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.bestand import read_lines
from berichten.processen.referentie.rijen import Fouten, Rij, check_together, read_rows
from berichten.processen.referentie.soorten import Bestandsoort

Toevoeging = Callable[[Connection, Sequence[Rij], str, datetime], None]
"""Keeps rows without their line numbers, and who loaded them when."""
Controle = Callable[[Connection, Sequence[Rij], Fouten, datetime], None]
"""Holds rows against what is loaded, at this moment; what is wrong it adds to the faults."""


@dataclass(frozen=True, slots=True)
class Geladen:
    """How many lines were loaded: none when there are faults."""

    regels: int
    fouten: Sequence[Invoerfout] = ()
    """The first thousand; `totaal` counts all."""
    totaal: int = 0
    waarschuwingen: Sequence[str] = ()
    """What was loaded and had better be looked at: Dutch sentences."""


@dataclass(frozen=True, slots=True)
class Opgavesoort:
    """A kind of file."""

    soort: Bestandsoort
    wat: Objectsoort
    """What the access log calls it."""
    add: Toevoeging
    check: Controle | None = None
    warn: Callable[[Connection, Sequence[Rij]], Sequence[str]] | None = None
    """Of rows that were loaded: what had better be looked at."""
    lock: Callable[[Connection, str], None] | None = None
    """Lets another who loads for this gemeente wait, so that the second sees what the first did."""
    actie: Actie = "U"


def load_opgave(werkplaats: Werkplaats, opgave: Opgavesoort, inhoud: bytes, door: str, gemeente: str | None = None) -> Geladen:
    """`door`: who loads. With `gemeente` a line of another one is a fault."""
    rijen, fouten = read_opgave(opgave.soort, inhoud, gemeente)
    if fouten.totaal:
        return refuse(fouten)
    nu, plaats = werkplaats.instellingen.nu(), _find_gemeente(opgave.soort)
    gemeenten = sorted({rij[plaats] for rij in rijen})
    with werkplaats.opslag.transaction() as verbinding:
        if opgave.lock:
            for code in gemeenten:
                opgave.lock(verbinding, code)
        if opgave.check:
            opgave.check(verbinding, rijen, fouten, nu)
        if fouten.totaal:
            return refuse(fouten)
        opgave.add(verbinding, [rij[:-1] for rij in rijen], door, nu)
        for code in gemeenten:
            note_done(verbinding, werkplaats, Handeling(code, door, opgave.actie, opgave.wat))
        return Geladen(len(rijen), waarschuwingen=opgave.warn(verbinding, rijen) if opgave.warn else ())


def read_opgave(soort: Bestandsoort, inhoud: bytes, gemeente: str | None) -> tuple[list[Rij], Fouten]:
    """The rows of a file that are right by themselves and beside each other, and all that is wrong with the others.

    With `gemeente` a line of another one is a fault.
    """
    fouten = Fouten(soort.naam)
    blad = read_lines(soort.naam, soort.kolommen, inhoud)
    if isinstance(blad, Invoerfout):
        fouten.take(blad)
        return [], fouten
    rijen = read_rows(soort, blad, fouten, lambda *_: None)
    check_together(soort, rijen, fouten)
    plaats = _find_gemeente(soort)
    for rij in rijen:
        if gemeente is not None and rij[plaats] != gemeente:
            melding = f"Kolom gemeente is {rij[plaats]}. Met uw sleutel kunt u alleen regels van {gemeente} laden."
            fouten.add("gemeente", melding, rij[-1])
    return rijen, fouten


def refuse(fouten: Fouten) -> Geladen:
    """Nothing was loaded, and why."""
    return Geladen(0, fouten.ordered(), fouten.totaal)


def _find_gemeente(soort: Bestandsoort) -> int:
    return [kolom.naam for kolom in soort.kolommen].index("gemeente")
