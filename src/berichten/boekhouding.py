"""From what was decided to entries in the journal. Pure; amounts in signed eurocents.

An entry takes its amount from one account to the other, so the books balance by construction. A journal is never changed: what
turns out wrong is followed by a new entry.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from berichten.beoordeling import Declaratiebeoordeling
from berichten.standaard.berichten import Declaratie, Prestatie

KOSTEN = "jeugdhulp"
SCHULD = "aanbieders"


@dataclass(frozen=True, slots=True)
class Boeking:
    """One entry: `bedrag` more cost and, by as much, more owed to the aanbieder; a credit is negative."""

    prestatie: Prestatie
    soort: str
    bedrag: int
    zorgmaand: date
    """First day of the month in which the care was given."""
    declaratiemaand: date
    """First day of the month for which was declared."""


def book_declaratie(declaratie: Declaratie, beoordeling: Declaratiebeoordeling) -> Iterator[Boeking]:
    """An entry for each awarded line, in message order."""
    if beoordeling.status == "afgekeurd":
        return
    declaratiemaand = declaratie.periode.begindatum.replace(day=1)
    uitkomsten = beoordeling.uitkomsten
    for client in declaratie.clienten:
        for prestatie in client.prestaties:
            if uitkomsten[prestatie.volgnummer - 1] == "toegekend":
                yield Boeking(
                    prestatie,
                    "creditering" if prestatie.credit else "toekenning",
                    prestatie.bedrag,
                    prestatie.begindatum.replace(day=1),
                    declaratiemaand,
                )
