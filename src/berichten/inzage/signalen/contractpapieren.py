"""The contract file of an aanbieder (M39): keurmerken, subcontractors and what else it handed in, and when each ends."""

from dataclasses import dataclass
from datetime import date

from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.signalen.bronnen_gesteld import list_papieren


@dataclass(frozen=True, slots=True)
class Contractpapier:
    """One paper; days inclusive. `toestemming_op`: when a subcontractor was consented to."""

    soort: str
    kenmerk: str
    naam: str
    van: date
    tot: date | None
    toestemming_op: date | None


def list_contractpapieren(kijker: Kijker, agb: str) -> list[Contractpapier]:
    """As they were loaded, by kind; nobody is in them."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        rijen = list_papieren(verbinding, kijker.gemeente, kijker.instellingen.vandaag(), agb)
    return [take(Contractpapier, rij) for rij in rijen]
