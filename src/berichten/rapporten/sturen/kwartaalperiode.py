"""The period of a quarterly report, the same period of the year before, and the day on which what is known of it. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from berichten.kern.kalender import add_maanden, einde_of_maand
from berichten.rapporten.boeken.periode import Vraagfout, read_periode
from berichten.rapporten.monitor.bereik import Bereik

_NAAM = re.compile(r"[0-9]{4}-(?:[Qq][1-4]|[Tt][1-3])")


@dataclass(frozen=True, slots=True)
class Kwartaal:
    """A quarter or four months of one year, by name (`2026-Q2`, `2026-T1`), from its first day to its last."""

    naam: str
    van: date
    tot: date

    @property
    def jaar(self) -> int:
        return self.van.year

    @property
    def ritme(self) -> str:
        """`Q` or `T`: a gemeente reports a year in one of them."""
        return self.naam[5]

    @property
    def tekst(self) -> str:
        """`het tweede kwartaal van 2026`."""
        nummer = ("eerste", "tweede", "derde", "vierde")[int(self.naam[6]) - 1]
        return f"het {nummer} kwartaal van {self.jaar}" if self.ritme == "Q" else f"de {nummer} vier maanden van {self.jaar}"

    def bereik(self, gemeente: str) -> Bereik:
        """As the monitor asks it."""
        return Bereik((gemeente,), self.van, self.tot)

    def shift(self, jaren: int) -> "Kwartaal":
        """The same months of another year: they end on the last day of a month, be that 28 or 29 February."""
        van, tot = add_maanden(self.van, 12 * jaren), einde_of_maand(add_maanden(self.tot, 12 * jaren))
        return Kwartaal(f"{van.year}{self.naam[4:]}", van, tot)


EERSTE_JAAR, LAATSTE_JAAR = 2015, 2100
"""Years of which there is a report: the Jeugdwet began in the first."""


def quarter_of(dag: date) -> str:
    """Name of the quarter in which a day lies: `2026-Q2`."""
    return f"{dag.year}-Q{(dag.month + 2) // 3}"


def read_kwartaal(tekst: str) -> Kwartaal:
    """As people write it. Raises Vraagfout for anything but a quarter or four months."""
    if not _NAAM.fullmatch(tekst):
        raise Vraagfout("Schrijf een kwartaal als 2026-Q2, of vier maanden als 2026-T2.")
    periode = read_periode(tekst)
    if periode.van is None or periode.tot is None:
        raise Vraagfout("Schrijf een kwartaal als 2026-Q2, of vier maanden als 2026-T2.")
    if not EERSTE_JAAR <= periode.van.year <= LAATSTE_JAAR:
        raise Vraagfout(f"Kies een jaar van {EERSTE_JAAR} tot en met {LAATSTE_JAAR}.")
    return Kwartaal(tekst.upper(), periode.van, einde_of_maand(periode.tot))


def require_peildatum(dag: date) -> date:
    """A day that figures can be told of. Raises Vraagfout for one before the Jeugdwet."""
    if dag.year < EERSTE_JAAR:
        raise Vraagfout(f"Kies een peildatum vanaf 1 januari {EERSTE_JAAR}: van eerdere dagen zijn er geen cijfers.")
    return dag


def a_year_before(peildatum: date) -> date:
    """The day of last year to compare with, as it was known then; of 29 February the 28th."""
    return add_maanden(peildatum, -12)
