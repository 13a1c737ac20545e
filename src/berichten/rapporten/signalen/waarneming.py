"""What is known of aanbieders before it is a signal, over the twelve calendar months that ended before a day. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from berichten.kern.kalender import add_maanden, begin_of_maand
from berichten.rapporten.signalen.drempels import Drempel

VENSTER_MAANDEN = 12
OVER_EEN_ZAAK = ("S7", "S8", "S9", "S10")
"""Signals that rest on no lines or allocations, but on what their `sleutel` says."""
_VOORGOED = ("S9", "S10")
"""Of those, what names its year or its term: closed, that does not come back. Others do, once they were explained a window ago."""


@dataclass(frozen=True, slots=True)
class Venster:
    """The months that count, both days inclusive, seen on `peildatum`."""

    van: date
    tot: date
    peildatum: date


def window_before(peildatum: date) -> Venster:
    """The twelve calendar months that ended before this day: a month ends with its last day, so on that day it does not count."""
    begin = begin_of_maand(peildatum)
    return Venster(add_maanden(begin, -VENSTER_MAANDEN), begin - timedelta(days=1), peildatum)


@dataclass(frozen=True, slots=True)
class Geval:
    """A line (`prestatie_id`) or an allocation on which a signal rests, and its day."""

    nummer: int
    dag: date


@dataclass(frozen=True, slots=True)
class Waarneming:
    """What one signal says of one aanbieder, whether it fires or not. In cents where it is about money, else counts."""

    agb: str
    soort: str
    teller: int
    noemer: int
    drempel: Drempel
    zin: str
    gaat_af: bool
    nummers: tuple[int, ...] = ()
    sleutel: str = ""
    """What it is about, where an aanbieder may have more of a kind."""


Uitleg = Mapping[int, date]
"""Lines or allocations that were explained or closed, each up to a day: what of them lies later is not."""


@dataclass(slots=True)
class Afgedaan:
    """What was explained or closed before, by aanbieder and kind: it fires no second time."""

    gevallen: dict[tuple[str, str], dict[int, date]] = field(default_factory=dict)
    sleutels: dict[tuple[str, str, str], date] = field(default_factory=dict)

    def add(self, agb: str, soort: str, sleutel: str, nummers: Iterable[int], tot: date) -> None:
        """These too, up to and including a day."""
        bekend = self.gevallen.setdefault((agb, soort), {})
        for nummer in nummers:
            bekend[nummer] = max(tot, bekend.get(nummer, date.min))
        if soort in OVER_EEN_ZAAK:
            self.sleutels[agb, soort, sleutel] = max(tot, self.sleutels.get((agb, soort, sleutel), date.min))

    def of(self, agb: str, soort: str) -> Uitleg:
        return self.gevallen.get((agb, soort), {})

    def has(self, waarneming: Waarneming, venster: Venster) -> bool:
        """Whether what it is about was explained or closed as a whole, for a day in this window or, of a year or term, for good."""
        tot = self.sleutels.get((waarneming.agb, waarneming.soort, waarneming.sleutel))
        return tot is not None and (waarneming.soort in _VOORGOED or tot >= venster.van)


def unexplained(gevallen: Iterable[Geval], uitleg: Uitleg) -> tuple[Geval, ...]:
    """Those that count: not named in an explanation, or later than it holds."""
    return tuple(geval for geval in gevallen if geval.nummer not in uitleg or geval.dag > uitleg[geval.nummer])


def numbers_of(gevallen: Collection[Geval]) -> tuple[int, ...]:
    """In order, each once."""
    return tuple(sorted({geval.nummer for geval in gevallen}))
