"""What all aanbieders of a gemeente do, to hold one against the others: reckoned once an hour, for it goes through all lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from berichten.inzage.basis.kijker import Kijker
from berichten.opslag.basis.verbinding import Opslag
from berichten.rapporten.aanbieders.niveaus import Niveautelling, count_niveaus
from berichten.rapporten.boeken.boekvraag import Boekvraag
from berichten.rapporten.boeken.totalen import report_totalen

_VERS = timedelta(hours=1)
_MEEST = 64
"""Periods and gemeenten that are kept."""


@dataclass(frozen=True, slots=True)
class Allen:
    """Every aanbieder of a gemeente over months of care. Amounts in eurocents."""

    op: datetime
    bedragen: dict[str, tuple[int, int]]
    """What was declared and what was rejected, by AGB code."""
    niveaus: tuple[Niveautelling, ...]

    def sum_others(self, agb: str) -> tuple[int, int]:
        """What all others declared, and what of it was rejected."""
        anderen = [bedragen for ander, bedragen in self.bedragen.items() if ander != agb]
        return sum(ingediend for ingediend, _ in anderen), sum(afgewezen for _, afgewezen in anderen)

    def levels_of_others(self, agb: str) -> dict[str, int]:
        """What was awarded to all others by level."""
        return add_by_level(item for item in self.niveaus if item.agb != agb)


def add_by_level(tellingen: Iterable[Niveautelling]) -> dict[str, int]:
    """The same without the aanbieders."""
    sommen: dict[str, int] = {}
    for item in tellingen:
        sommen[item.niveau] = sommen.get(item.niveau, 0) + item.bedrag
    return sommen


_Sleutel = tuple[str, date, date, date]
_BEWAARD: WeakKeyDictionary[Opslag, dict[_Sleutel, Allen]] = WeakKeyDictionary()
_SLOT = Lock()
"""One reckons at a time: who asks meanwhile gets what the first one found."""


def read_allen(kijker: Kijker, verbinding: Connection, vraag: Boekvraag, niveaus_van: date, laatste: date) -> Allen:
    """Of the months of `vraag`, the levels from `niveaus_van` to `laatste`; at most an hour old."""
    sleutel = (vraag.gemeente, vraag.periode.van or niveaus_van, niveaus_van, laatste)
    nu = kijker.instellingen.nu()
    with _SLOT:
        bewaard = _BEWAARD.setdefault(kijker.opslag, {})
        bekend = bewaard.get(sleutel)
        if bekend is None or not bekend.op <= nu < bekend.op + _VERS:
            while len(bewaard) >= _MEEST:
                del bewaard[next(iter(bewaard))]
            bekend = bewaard[sleutel] = _reckon(verbinding, vraag, niveaus_van, laatste, nu)
    return bekend


def _reckon(verbinding: Connection, vraag: Boekvraag, niveaus_van: date, laatste: date, nu: datetime) -> Allen:
    rapport = report_totalen(verbinding, vraag.group_by("aanbieder"))
    namen = [kolom.naam for kolom in rapport.kolommen]
    rijen: list[dict[str, Any]] = [dict(zip(namen, rij, strict=True)) for rij in rapport.rijen]
    bedragen = {rij["aanbieder"]: (rij["ingediend"], rij["afgewezen"]) for rij in rijen}
    return Allen(nu, bedragen, tuple(count_niveaus(verbinding, vraag.gemeente, None, niveaus_van, laatste)))
