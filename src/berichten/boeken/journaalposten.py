"""From what was decided to entries in the journal. Pure; amounts in signed eurocents.

An entry takes its amount from one account to the other, so the books balance by construction. A journal is never changed: what
turns out wrong is followed by a new entry.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from berichten.beoordeling.besluit import Uitvoering
from berichten.beoordeling.declaratie import Declaratiebeoordeling
from berichten.standaard.waarden.berichten import Prestatie

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
    boeking: int = 1
    """Number of the entry for its line: the first awards or credits it, any after that corrects."""


def book_declaratie(beoordeling: Declaratiebeoordeling) -> Iterator[Boeking]:
    """An entry for each line of a declaration that is awarded, for as much as the answer says; in message order. Of a large one
    of which nothing is awarded in part the database makes the same ones from the lines that it has (`book_awarded`).

    The credit of an invoiced line (JW303) that was never awarded takes back a claim, not money: it is followed by a correction, so
    that the line as a whole counts for what was awarded of its debit.
    """
    if beoordeling.status == "afgekeurd":
        return
    declaratiemaand = beoordeling.declaratie.periode.begindatum.replace(day=1)
    for client in beoordeling.declaratie.clienten:
        for prestatie in client.prestaties:
            if beoordeling.uitkomsten[prestatie.volgnummer - 1] != "toegekend":
                continue
            soort, zorgmaand = "creditering" if prestatie.credit else "toekenning", prestatie.begindatum.replace(day=1)
            deel = beoordeling.toekenningen.get(prestatie.volgnummer)
            bedrag = prestatie.bedrag if deel is None else deel.beantwoord
            yield Boeking(prestatie, soort, bedrag, zorgmaand, declaratiemaand)
            if deel is not None and deel.bedrag != bedrag:
                yield Boeking(prestatie, "correctie", deel.bedrag - bedrag, zorgmaand, declaratiemaand, boeking=2)


@dataclass(frozen=True, slots=True)
class Besluitboeking:
    """An entry that follows from a decision on a line; what it says of the line itself stands with the line."""

    prestatie_id: int
    boeking: int
    soort: str
    bedrag: int


def book_besluit(uitvoering: Uitvoering) -> Besluitboeking | None:
    """What brings the journal from what stands in it for a line to what the decision awards; None when it stands there already.

    The first entry of a line awards it; what comes after that, as long as its JW325 has not left, corrects.
    """
    stand = uitvoering.stand
    verschil = (stand.bedrag if uitvoering.uitkomst == "toegekend" else 0) - stand.geboekt
    if not uitvoering.definitief or verschil == 0:
        return None
    eerste = "creditering" if stand.credit else "toekenning"
    return Besluitboeking(stand.prestatie_id, stand.boekingen + 1, "correctie" if stand.boekingen else eerste, verschil)
