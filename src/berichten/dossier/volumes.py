"""How much an allocation allows: in one ProductPeriode, and over its whole life (TR321, TR322, IV076 to IV078)."""

from dataclasses import dataclass
from datetime import date

from berichten.dossier.contract import MINUUT, UUR
from berichten.dossier.dossier import Toewijzing
from berichten.kern.kalender import count_dagen, count_maanden, count_weken, count_zondagen, last_zondag
from berichten.kern.tekst import hoeveelheid

DAG, WEEK, MAAND, TOTAAL = "1", "2", "4", "6"
OUTPUT = frozenset({"82", "83"})
"""Units of output-based help: a week counts in the month of its Sunday (IV076)."""

_GEREKEND = frozenset({DAG, WEEK, MAAND, TOTAAL})
"""iJw 3.0 had two more, for allocations that end before 2021: per four weeks and per year. How to reckon those is nowhere said."""
_NAAM = {DAG: ("dag", "dagen"), WEEK: ("week", "weken"), MAAND: ("maand", "maanden")}


@dataclass(frozen=True, slots=True)
class Maximum:
    """The most that may be billed, in units of the allocation, and how that was reckoned."""

    volume: int
    keren: int
    frequentie: str

    @property
    def keer(self) -> str:
        """`4 weken`; empty for a volume that holds for the whole allocation."""
        if self.frequentie == TOTAAL:
            return ""
        return f"{self.keren} {_NAAM[self.frequentie][self.keren != 1]}"


def most_in_periode(toewijzing: Toewijzing, begin: date, einde: date) -> Maximum | None:
    """Most for one ProductPeriode; None when the allocation states no volume."""
    if toewijzing.volume is None or toewijzing.frequentie not in _GEREKEND:
        return None
    keren = 1
    if toewijzing.frequentie == DAG:
        keren = count_dagen(begin, einde)
    elif toewijzing.frequentie == WEEK:
        keren = _count_output_weken(toewijzing, begin, einde) if toewijzing.eenheid in OUTPUT else count_weken(begin, einde)
    return Maximum(keren * toewijzing.volume, keren, toewijzing.frequentie)


def most_in_all(toewijzing: Toewijzing, tot: date) -> Maximum | None:
    """Most for the whole allocation; one without Einddatum is reckoned up to `tot`, inclusive."""
    if toewijzing.volume is None or toewijzing.frequentie not in _GEREKEND:
        return None
    begin, einde = toewijzing.ingangsdatum, toewijzing.einddatum or tot
    keren = 1
    if toewijzing.frequentie == DAG:
        keren = count_dagen(begin, einde)
    elif toewijzing.frequentie == WEEK:
        keren = _count_output_weken(toewijzing, begin, einde) if toewijzing.eenheid in OUTPUT else count_weken(begin, einde)
    elif toewijzing.frequentie == MAAND:
        keren = count_maanden(begin, einde)
    return Maximum(keren * toewijzing.volume, keren, toewijzing.frequentie)


def _count_output_weken(toewijzing: Toewijzing, begin: date, einde: date) -> int:
    """Sundays in the period, and one more for the broken last week of the allocation (IV077).

    That week counts in the period of the allocation's last Sunday; an allocation without a Sunday is one week, in the period of
    its Einddatum.
    """
    laatste_dag = toewijzing.einddatum
    if laatste_dag is None:
        return count_zondagen(begin, einde)
    laatste_zondag = last_zondag(toewijzing.ingangsdatum, laatste_dag)
    if laatste_zondag is None:
        return int(begin <= laatste_dag <= einde)
    gebroken = laatste_zondag != laatste_dag and begin <= laatste_zondag <= einde
    return count_zondagen(begin, einde) + gebroken


def counted(toewijzing: Toewijzing, maximum: int) -> int:
    """A maximum in the unit in which an allocation is counted."""
    return maximum * 60 if toewijzing.eenheid == UUR else maximum


def counting_unit(toewijzing: Toewijzing) -> str:
    """Unit in which an allocation is counted: minutes for hours."""
    return MINUUT if toewijzing.eenheid == UUR else toewijzing.eenheid or ""


def tell_counted(eenheid: str | None, volume: int) -> str:
    """A counted volume of an allocation in this unit, in words: in hours where it is whole hours, else as it was counted."""
    if eenheid == UUR and volume % 60 == 0:
        return hoeveelheid(volume // 60, UUR)
    return hoeveelheid(volume, MINUUT if eenheid == UUR else eenheid or "")
