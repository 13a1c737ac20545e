"""Signals on the care of one family (M32), each a sentence with its numbers. Pure; L1 and L3, which need courses, are not here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from berichten.kern.taal import telling
from berichten.kern.tekst import datum, euro, maand
from berichten.opslag.signalen.casusbronnen import Bredecasus, Durecasus, Herindicatie
from berichten.rapporten.sturen.instelstand import Instelstand


@dataclass(frozen=True, slots=True)
class Casusgrenzen:
    """From where something of the care of a family is told, as the gemeente set it; cents and days."""

    duur: int
    """Of twelve months (L2)."""
    zeer_duur: int
    """Of a calendar year (L6)."""
    aanbieders: int
    herindicatie_dagen: int
    evaluatie_dagen: int
    antwoord_dagen: int
    """Within which the team answers."""

    @classmethod
    def of(cls, stand: Instelstand) -> "Casusgrenzen":
        """As they held."""
        namen = ("casus_duur", "casus_zeer_duur", "casus_aanbieders", "casus_herindicatie", "casus_evaluatie", "casus_antwoord")
        return cls(*map(stand.number, namen))


@dataclass(frozen=True, slots=True)
class Casussignaal:
    """What stands out in the care of a client, by its allocations: the client itself is in the access log only."""

    soort: str
    bsn: str
    toewijzingen: tuple[int, ...]
    zin: str


def signal_duur(rijen: Iterable[Durecasus], soort: str, van: date, tot: date, grens: int) -> Iterator[Casussignaal]:
    """L2 over twelve months, L6 over a calendar year."""
    for rij in rijen:
        if rij.bedrag > grens:
            zin = f"Van {datum(van)} tot en met {datum(tot)} is {euro(rij.bedrag)} toegekend; de grens is {euro(grens)}."
            yield Casussignaal(soort, rij.bsn, tuple(rij.nummers), zin)


def signal_breed(rijen: Iterable[Bredecasus], minste: int) -> Iterator[Casussignaal]:
    """L5; of a client with more such months the last."""
    laatste: dict[str, Bredecasus] = {}
    for rij in rijen:
        if rij.aanbieders >= minste and (rij.bsn not in laatste or rij.maand > laatste[rij.bsn].maand):
            laatste[rij.bsn] = rij
    for bsn, rij in sorted(laatste.items()):
        zin = f"In {maand(rij.maand)} was er hulp van {telling(rij.aanbieders, 'aanbieder', 'aanbieders')}."
        yield Casussignaal("L5", bsn, tuple(rij.nummers), zin)


def signal_herindicatie(rijen: Iterable[Herindicatie], dagen: int) -> Iterator[Casussignaal]:
    """L4."""
    for rij in rijen:
        zin = (
            f"Toewijzing {rij.nummer} begon op {datum(rij.ingangsdatum)} en volgt op {rij.vorige}; in de {dagen} dagen"
            " ervoor is geen evaluatie gehouden."
        )
        yield Casussignaal("L4", rij.bsn, (rij.nummer, rij.vorige), zin)
