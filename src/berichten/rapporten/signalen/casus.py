"""Signals on the care of one family (M32), each a sentence with its numbers. Pure; L1 and L3, which need courses, are not here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from berichten.kern.taal import telling
from berichten.kern.tekst import datum, euro, maand
from berichten.opslag.signalen.casusbronnen import Bredecasus, Durecasus, Herindicatie

DUUR_GRENS, ZEER_DUUR_GRENS = 5_000_000, 50_000_000
"""Cents: of twelve months (L2) and of a calendar year (L6)."""
MINSTE_AANBIEDERS = 3
HERINDICATIE_DAGEN, EVALUATIE_DAGEN = 31, 92


@dataclass(frozen=True, slots=True)
class Casussignaal:
    """What stands out in the care of a client, by its allocations: the client itself is in the access log only."""

    soort: str
    bsn: str
    toewijzingen: tuple[int, ...]
    zin: str


def signal_duur(rijen: Iterable[Durecasus], soort: str, van: date, tot: date) -> Iterator[Casussignaal]:
    """L2 over twelve months, L6 over a calendar year."""
    grens = DUUR_GRENS if soort == "L2" else ZEER_DUUR_GRENS
    for rij in rijen:
        if rij.bedrag > grens:
            zin = f"Van {datum(van)} tot en met {datum(tot)} is {euro(rij.bedrag)} toegekend; de grens is {euro(grens)}."
            yield Casussignaal(soort, rij.bsn, tuple(rij.nummers), zin)


def signal_breed(rijen: Iterable[Bredecasus]) -> Iterator[Casussignaal]:
    """L5; of a client with more such months the last."""
    laatste: dict[str, Bredecasus] = {}
    for rij in rijen:
        if rij.aanbieders >= MINSTE_AANBIEDERS and (rij.bsn not in laatste or rij.maand > laatste[rij.bsn].maand):
            laatste[rij.bsn] = rij
    for bsn, rij in sorted(laatste.items()):
        zin = f"In {maand(rij.maand)} was er hulp van {telling(rij.aanbieders, 'aanbieder', 'aanbieders')}."
        yield Casussignaal("L5", bsn, tuple(rij.nummers), zin)


def signal_herindicatie(rijen: Iterable[Herindicatie]) -> Iterator[Casussignaal]:
    """L4."""
    for rij in rijen:
        zin = (
            f"Toewijzing {rij.nummer} begon op {datum(rij.ingangsdatum)} en volgt op {rij.vorige}; in de {EVALUATIE_DAGEN} dagen"
            " ervoor is geen evaluatie gehouden."
        )
        yield Casussignaal("L4", rij.bsn, (rij.nummer, rij.vorige), zin)
