"""What an export is about: a set of gemeenten and a period of whole months; and how the counts of several exports are tied."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from berichten.kern.kalender import einde_of_maand, list_maanden
from berichten.kern.tekst import maand
from berichten.rapporten.afscherming.overlap import NietTeBeschermen, Verband
from berichten.rapporten.boeken.periode import Vraagfout, read_periode

_MEESTE_VERBANDEN = 400


@dataclass(frozen=True)
class Bereik:
    """Gemeenten in order, and a period from the first day of a month to the last day of one, both included."""

    gemeenten: tuple[str, ...]
    van: date
    tot: date

    @cached_property
    def delen(self) -> frozenset[tuple[str, date]]:
        """Every gemeente in every month: what an export covers."""
        return frozenset((gemeente, dag) for gemeente in self.gemeenten for dag in list_maanden(self.van, self.tot))

    @property
    def is_jaar(self) -> bool:
        """Whether it is one calendar year."""
        return (self.van.month, self.tot) == (1, date(self.van.year, 12, 31))

    @property
    def naam(self) -> str:
        """As part of the name of a cell: unique among exports."""
        return f"{','.join(self.gemeenten)}:{self.van:%Y%m}-{self.tot:%Y%m}"

    def describe(self) -> str:
        """`januari 2024 tot en met oktober 2024`."""
        return maand(self.van) if (self.van.year, self.van.month) == (self.tot.year, self.tot.month) else (
            f"{maand(self.van)} tot en met {maand(self.tot)}"
        )  # fmt: skip


def read_bereik(gemeenten: Iterable[str], periode: str | None, van: str | None = None, tot: str | None = None) -> Bereik:
    """A period as callers write it: a year, a quarter, a month, or a first and a last month. Raises Vraagfout."""
    gelezen = read_periode(periode, van, tot)
    if gelezen.van is None or gelezen.tot is None:
        raise Vraagfout("Geef een periode, zoals 2024, of een eerste en een laatste maand (van en tot).")
    return Bereik(tuple(sorted(set(gemeenten))), gelezen.van, einde_of_maand(gelezen.tot))


def year_of(bereik: Bereik, verschil: int) -> Bereik:
    """The calendar year so many years after (before, if negative) the one in which the period begins."""
    jaar = bereik.van.year + verschil
    return Bereik(bereik.gemeenten, date(jaar, 1, 1), date(jaar, 12, 31))


def connected(bereik: Bereik, andere: Iterable[Bereik]) -> list[Bereik]:
    """Those that share months of a gemeente with this one, or with one that does, and so on."""
    gevonden: list[Bereik] = []
    over, delen = [item for item in andere if item != bereik], set(bereik.delen)
    while True:
        erbij = [item for item in over if not delen.isdisjoint(item.delen)]
        if not erbij:
            return gevonden
        gevonden += erbij
        over = [item for item in over if item not in erbij]
        delen.update(*(item.delen for item in erbij))


def cover_relations(bereiken: Sequence[Bereik], cellen: Iterable[str]) -> Iterator[Verband]:
    """What counts of the same cell in several exports say of each other.

    A client of one export is in some export of every set that covers it together. Raises NietTeBeschermen when there are too many
    such sets to reckon with.
    """
    dekkingen = []
    for geheel in bereiken:
        delen = [item for item in bereiken if item != geheel and not item.delen.isdisjoint(geheel.delen)]
        for dekking in _covers(geheel.delen, delen, ()):
            dekkingen.append((geheel, dekking))
            if len(dekkingen) > _MEESTE_VERBANDEN:
                raise NietTeBeschermen
    for cel in cellen:
        for geheel, dekking in dekkingen:
            yield Verband(name_of(geheel, cel), tuple(name_of(item, cel) for item in dekking))


def tie_relations(bereiken: Sequence[Bereik], cellen: Iterable[str]) -> Iterator[Verband]:
    """The same where several sets of gemeenten share members, in which case their counts of every period are tied.

    A count that nobody was shown ties others all the same: what a region has in a year is at most what each member has, and what
    that member has in the year is at most what it has in the quarters. So every set is reckoned with in every period, and each
    gemeente by itself; ties of a set between periods, and of a period between sets, then say all that a mixture of both does.
    """
    perioden = sorted({(item.van, item.tot) for item in bereiken})
    sets = {item.gemeenten for item in bereiken}
    sets |= {(gemeente,) for gemeenten in sets for gemeente in gemeenten}
    namen = list(cellen)
    for gemeenten in sorted(sets):
        yield from cover_relations([Bereik(gemeenten, *periode) for periode in perioden], namen)
    for geheel, dekking in _cover_sets(sets):
        for periode in perioden:
            for cel in namen:
                delen = tuple(name_of(Bereik(item, *periode), cel) for item in dekking)
                yield Verband(name_of(Bereik(geheel, *periode), cel), delen)


Gemeenten = tuple[str, ...]


def _cover_sets(sets: Iterable[Gemeenten]) -> Iterator[tuple[Gemeenten, tuple[Gemeenten, ...]]]:
    """Each set with every choice of others that together have its members, without one that is needless."""
    # A month that is always the same: what covers a period covers a set.
    dag = date.min
    als_bereik = {item: Bereik(item, dag, dag) for item in sorted(sets)}
    aantal = 0
    for geheel, bereik in als_bereik.items():
        andere = [item for item in als_bereik.values() if item != bereik and not item.delen.isdisjoint(bereik.delen)]
        for dekking in _covers(bereik.delen, andere, ()):
            aantal += 1
            if aantal > _MEESTE_VERBANDEN:
                raise NietTeBeschermen
            yield geheel, tuple(item.gemeenten for item in dekking)


def name_of(bereik: Bereik, cel: str) -> str:
    """A cell of one export, told apart from the same cell of another."""
    return f"{bereik.naam}|{cel}"


def _covers(
    rest: frozenset[tuple[str, date]], delen: Sequence[Bereik], gekozen: tuple[Bereik, ...]
) -> Iterator[tuple[Bereik, ...]]:
    """Every set of exports that together covers `rest`, without one that the others make needless."""
    if not rest:
        yield gekozen
        return
    eerste = min(rest)
    for item in delen:
        if eerste in item.delen:
            samen = (*gekozen, item)
            if all(_is_needed(ander, samen) for ander in gekozen):
                yield from _covers(rest - item.delen, delen, samen)


def _is_needed(bereik: Bereik, samen: Sequence[Bereik]) -> bool:
    return bool(bereik.delen.difference(*(item.delen for item in samen if item != bereik)))
