"""What a budget norm comes to in hours or etmalen and in cents, as far as its words name a quantity. Advice, never a finding.

Of the published norms only category 45 (hours a week) and 43 and 44 (etmalen a day) name one; the others are based on what is
needed, on a distance or on an average that the source does not give, and no amount follows from them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from berichten.dossier.contract import MINUUT, UUR, Contract
from berichten.dossier.standaarden import Budgetnorm
from berichten.kern.kalender import count_dagen
from berichten.kern.taal import telling
from berichten.kern.tekst import euro, hoeveelheid

ETMAAL = "14"
_UREN = re.compile(r"([0-9]+) tot ([0-9]+) uur per week")
_ETMALEN = re.compile(r"([0-9]+) etmaal per dag")
_MINUTEN_PER_UUR, _DAGEN_PER_WEEK = 60, 7
_NAAM = {MINUUT: "uur", ETMAAL: "etmaal"}


@dataclass(frozen=True, slots=True)
class Norm:
    """A quantity a day: volumes in `eenheid` (hours counted in minutes)."""

    eenheid: str
    laagst: Fraction
    hoogst: Fraction


@dataclass(frozen=True, slots=True)
class Normbedrag:
    """The norm over the time of an allocation; volumes in `eenheid` (hours counted in minutes), amounts in cents."""

    eenheid: str | None
    volume_van: int | None
    volume_tot: int | None
    """None where the norm names no quantity."""
    bedrag_van: int | None
    bedrag_tot: int | None
    """The least with the lowest tariff in the contract, and the most with the highest; None without tariff."""
    vergelijking: str
    """The budget is `hoger` than that, `binnen` or `lager`, or it is `onbekend`."""
    uitleg: str


def read_norm(budgetnorm: Budgetnorm) -> Norm | None:
    """The quantity in the words of a norm, on intensity or on what a budget is based on; None when they name none."""
    woorden = f"{budgetnorm.intensiteit}; {budgetnorm.budget_gebaseerd_op}"
    if gevonden := _UREN.search(woorden):
        van, tot = (Fraction(int(uren) * _MINUTEN_PER_UUR, _DAGEN_PER_WEEK) for uren in gevonden.groups())
        return Norm(MINUUT, van, tot)
    if gevonden := _ETMALEN.search(woorden):
        return Norm(ETMAAL, Fraction(int(gevonden[1])), Fraction(int(gevonden[1])))
    return None


def list_prijzen(contract: Contract, categorie: str, eenheid: str, dag: date, ingang: date | None) -> list[int]:
    """Cents of an hour (for MINUUT) or of one unit of the products of a category that are in the contract on a day."""
    prijzen = set()
    for code in {item.productcode for item in contract.producten}:
        if categorie not in contract.categories_of(code, dag):
            continue
        for tarief in contract.tarieven(code, dag, ingang):
            eigen = contract.unit_of(tarief)
            if eenheid == MINUUT and eigen in (MINUUT, UUR):
                prijzen.add(tarief.tarief * (_MINUTEN_PER_UUR if eigen == MINUUT else 1))
            elif eigen == eenheid:
                prijzen.add(tarief.tarief)
    return sorted(prijs for prijs in prijzen if prijs > 0)


def make_normbedrag(norm: Norm | None, begin: date, einde: date, budget: int | None, prijzen: Iterable[int] = ()) -> Normbedrag:
    """The norm from the first to the last day, both inclusive, at prices in cents of an hour or an etmaal."""
    if norm is None:
        uitleg = "Uit deze norm volgt geen bedrag: zij noemt geen aantal uren of etmalen."
        return Normbedrag(None, None, None, None, None, "onbekend", uitleg)
    dagen = count_dagen(begin, einde)
    van, tot = norm.laagst * dagen, norm.hoogst * dagen
    bekend = sorted(prijzen)
    volume = (norm.eenheid, _round(van), _round(tot))
    zin = f"In {telling(dagen, 'dag', 'dagen')} is dat {_tell_range(_tell(van, norm), _tell(tot, norm))}."
    naam = _NAAM[norm.eenheid]
    if not bekend:
        geen = f"Een bedrag volgt daar niet uit: voor deze aanbieder en categorie is geen tarief per {naam} bekend."
        return Normbedrag(*volume, None, None, "onbekend", f"{zin} {geen}")
    per = _MINUTEN_PER_UUR if norm.eenheid == MINUUT else 1
    laagst, hoogst = _round(van * bekend[0] / per), _round(tot * bekend[-1] / per)
    stand = _compare(budget, laagst, hoogst)
    bedragen = _tell_range(euro(laagst), euro(hoogst))
    tarieven = _tell_range(euro(bekend[0]), euro(bekend[-1]))
    uitleg = f"{zin} Met de tarieven in het contract ({tarieven} per {naam}) is dat {bedragen}."
    if budget is not None:
        uitleg += f" Het budget van {euro(budget)} {'valt daarbinnen' if stand == 'binnen' else f'is {stand}'}."
    return Normbedrag(*volume, laagst, hoogst, stand, uitleg)


def _compare(budget: int | None, laagst: int, hoogst: int) -> str:
    if budget is None:
        return "onbekend"
    return "lager" if budget < laagst else "hoger" if budget > hoogst else "binnen"


def _tell(volume: Fraction, norm: Norm) -> str:
    """Whole hours for who reads it; the minutes stand beside it."""
    if norm.eenheid == MINUUT:
        return hoeveelheid(_round(volume / _MINUTEN_PER_UUR), UUR)
    return hoeveelheid(_round(volume), norm.eenheid)


def _tell_range(van: str, tot: str) -> str:
    return van if van == tot else f"{van} tot {tot}"


def _round(waarde: Fraction) -> int:
    """Half up, once."""
    return int(waarde + Fraction(1, 2))
