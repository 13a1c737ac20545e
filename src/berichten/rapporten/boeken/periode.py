"""Which months, and as of which moment: how people write them, and what they mean."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from berichten.kern.kalender import einde_of_maand
from berichten.klok import end_of, read_iso_dag, read_iso_moment

_JAAR = re.compile(r"([0-9]{4})")
_KWARTAAL = re.compile(r"([0-9]{4})-[Qq]([1-4])")
_VIER_MAANDEN = re.compile(r"([0-9]{4})-[Tt]([1-3])")
_MAAND = re.compile(r"([0-9]{4})-([0-9]{2})")
_UITLEG = "Schrijf een maand als 2026-04, een kwartaal als 2026-Q2, vier maanden als 2026-T2 of een jaar als 2026."


class Vraagfout(ValueError):
    """A question that cannot be answered; its text says in Dutch what to do."""


@dataclass(frozen=True, slots=True)
class Maandperiode:
    """Whole months, both inclusive, each given by its first day; None is open."""

    van: date | None = None
    tot: date | None = None

    @property
    def laatste_dag(self) -> date | None:
        """Last day of the last month."""
        return None if self.tot is None else einde_of_maand(self.tot)

    @property
    def bestandsdeel(self) -> str:
        """As part of the name of a file: `2026-04`, `2026-01_2026-06`; open ends in words."""
        if self.van is None and self.tot is None:
            return "alles"
        van, tot = f"{self.van:%Y-%m}" if self.van else "begin", f"{self.tot:%Y-%m}" if self.tot else "heden"
        return van if van == tot else f"{van}_{tot}"

    def __str__(self) -> str:
        if self.van is None and self.tot is None:
            return "alles"
        delen = [f"{maand:%Y-%m}" if maand else "…" for maand in (self.van, self.tot)]
        return delen[0] if delen[0] == delen[1] else f"{delen[0]} tot en met {delen[1]}"


def read_periode(periode: str | None, van: str | None = None, tot: str | None = None) -> Maandperiode:
    """Months as a caller gives them: one `periode`, or a first and a last month. Raises Vraagfout when that is no period."""
    if periode and (van or tot):
        raise Vraagfout("Geef een periode, of een eerste en laatste maand (van en tot), maar niet allebei.")
    if periode:
        return _read_named(periode)
    gelezen = Maandperiode(_read_maand(van), _read_maand(tot))
    if gelezen.van and gelezen.tot and gelezen.van > gelezen.tot:
        raise Vraagfout(f"De eerste maand ({van}) ligt na de laatste ({tot}). Draai ze om.")
    return gelezen


def _read_named(tekst: str) -> Maandperiode:
    if jaar := _JAAR.fullmatch(tekst):
        return Maandperiode(_first_day(jaar[1], 1, tekst), _first_day(jaar[1], 12, tekst))
    if kwartaal := _KWARTAAL.fullmatch(tekst):
        return _read_part(kwartaal[1], 3, int(kwartaal[2]), tekst)
    if vier := _VIER_MAANDEN.fullmatch(tekst):
        return _read_part(vier[1], 4, int(vier[2]), tekst)
    maand = _read_maand(tekst)
    return Maandperiode(maand, maand)


def _read_part(jaar: str, lengte: int, nummer: int, tekst: str) -> Maandperiode:
    """The so-manieth part of a year, of so many months each."""
    return Maandperiode(_first_day(jaar, lengte * (nummer - 1) + 1, tekst), _first_day(jaar, lengte * nummer, tekst))


def _read_maand(tekst: str | None) -> date | None:
    if not tekst:
        return None
    maand = _MAAND.fullmatch(tekst)
    if maand is None:
        raise Vraagfout(f"'{tekst[:20]}' is geen periode. {_UITLEG}")
    return _first_day(maand[1], int(maand[2]), tekst)


def _first_day(jaar: str, maand: int, tekst: str) -> date:
    try:
        return date(int(jaar), maand, 1)
    except ValueError as fout:
        raise Vraagfout(f"'{tekst[:20]}' is geen periode. {_UITLEG}") from fout


def read_peildag(tekst: str | None) -> date | None:
    """A day, of which the end is meant; None when none is given. For tables with counts of today only: two moments of one day would
    tell what came in between. Raises Vraagfout for a moment and anything else."""
    if not tekst:
        return None
    try:
        return read_iso_dag(tekst)
    except ValueError as fout:
        melding = f"'{tekst[:40]}' is geen dag. Schrijf de peildatum als 2026-04-30, zonder tijd. Leeg is nu."
        raise Vraagfout(melding) from fout


def read_peilmoment(tekst: str | None, nu: datetime) -> datetime:
    """The last moment that counts: of a date its end in the Netherlands; a moment without zone is Dutch time; none, or a moment
    still to come: now. Raises Vraagfout for anything else."""
    if not tekst:
        return nu
    try:
        if len(tekst) == len("2026-04-30"):
            return min(nu, end_of(read_iso_dag(tekst)))
        # In an address a plus sign, as in +02:00, comes in as a space.
        return min(nu, read_iso_moment(tekst.replace(" ", "+")))
    except (ValueError, OverflowError) as fout:
        raise Vraagfout(
            f"'{tekst[:40]}' is geen peildatum. Schrijf een dag als 2026-04-30 of een moment als 2026-04-30T12:00:00."
        ) from fout
