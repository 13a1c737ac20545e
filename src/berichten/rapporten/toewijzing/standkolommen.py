"""Obligations of very many allocations at once: the formulas of `verplichting.py` on columns, to the cent the same. Pure.

Days are ordinals (`date.toordinal`), 0 for none; amounts are in cents, at most `HOOGSTE` where they are allocated. An amount times
days may be more than 64 bits hold (a course until the year 9999): `_part` never makes that number. A part of the rest is reckoned
in Python's own numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from berichten.kern.rekenen import round_up
from berichten.rapporten.toewijzing.toegewezen import Toegewezen
from berichten.rapporten.toewijzing.verplichting import MINSTE_GESLOTEN, Besteding, Toewijzingstand, Vraagpunt

Getallen = NDArray[np.int64]
Masker = NDArray[np.bool_]
Sleutel = TypeVar("Sleutel")


@dataclass(slots=True)
class Standkolommen:
    """Allocations as they stood: of each field of `Toewijzingstand` and its `Besteding` one column."""

    nummer: list[int]
    agb: list[str]
    categorie: list[str]
    productcode: list[str | None]
    segment: list[str]
    """As the catalogue has it on the first day; empty where that does not tell."""
    begin: Getallen
    einddatum: Getallen
    stop: Getallen
    toegewezen: Getallen
    bepaald: Masker
    """Whether it can be told what is allocated; `toegewezen` is 0 where not."""
    onzeker: Masker
    groeit: Masker
    gedeclareerd: Getallen
    aangehouden: Getallen
    gedeclareerd_jaar: Getallen
    aangehouden_jaar: Getallen
    gedeclareerd_vorig: Getallen
    laatste: Getallen

    @classmethod
    def of(cls, standen: Sequence[Toewijzingstand], segmenten: Mapping[int, str]) -> "Standkolommen":
        """Of allocations that are there one by one."""
        gebruik = [stand.gebruik for stand in standen]
        bedragen = [stand.toegewezen.bedrag for stand in standen]
        return cls(
            nummer=[stand.toewijzingnummer for stand in standen], agb=[stand.agb for stand in standen],
            categorie=[stand.categorie for stand in standen], productcode=[stand.productcode for stand in standen],
            segment=[segmenten.get(stand.toewijzingnummer, "") for stand in standen],
            begin=as_days([stand.begin for stand in standen]), einddatum=as_days([stand.einddatum for stand in standen]),
            stop=as_days([stand.stop for stand in standen]), toegewezen=as_numbers([bedrag or 0 for bedrag in bedragen]),
            bepaald=np.array([bedrag is not None for bedrag in bedragen], dtype=bool),
            onzeker=np.array([stand.toegewezen.onzeker for stand in standen], dtype=bool),
            groeit=np.array([stand.toegewezen.groeit for stand in standen], dtype=bool),
            laatste=as_days([item.laatste for item in gebruik]),
            **{veld: as_numbers([getattr(item, veld) for item in gebruik]) for veld in BEDRAGEN},
        )  # fmt: skip

    def list_standen(self) -> list[Toewijzingstand]:
        """One by one, for who looks at each."""
        dagen = [[date.fromordinal(dag) if dag else None for dag in kolom.tolist()]
                 for kolom in (self.begin, self.einddatum, self.stop, self.laatste)]  # fmt: skip
        toegewezen = [
            Toegewezen(bedrag if bepaald else None, onzeker, groeit)
            for bedrag, bepaald, onzeker, groeit in zip(
                *(kolom.tolist() for kolom in (self.toegewezen, self.bepaald, self.onzeker, self.groeit)), strict=True
            )
        ]
        bedragen = (getattr(self, veld).tolist() for veld in BEDRAGEN)
        gebruik = [Besteding(*rij) for rij in zip(*bedragen, dagen[3], strict=True)]
        kop = zip(self.nummer, self.agb, self.categorie, self.productcode, *dagen[:3], toegewezen, gebruik, strict=True)
        return [Toewijzingstand(*rij) for rij in kop]

    def end_in(self, vraag: Vraagpunt) -> Getallen:
        """Last day of care (e) of each."""
        return self._or_stop(self.last_day(vraag))

    def runs_until(self, vraag: Vraagpunt) -> Getallen:
        """Last day of care by which each closes."""
        return self._or_stop(np.where(self.einddatum == 0, vraag.open_tot.toordinal(), self.einddatum))

    def _or_stop(self, einde: Getallen) -> Getallen:
        return np.where(self.stop == 0, einde, np.minimum(einde, self.stop))

    def last_day(self, vraag: Vraagpunt) -> Getallen:
        """Einddatum of each, of those without one the last day over which they are spread."""
        zonder = np.where(self.groeit, vraag.open_tot.toordinal(), vraag.laatste.toordinal())
        return np.where(self.einddatum == 0, zonder, self.einddatum)

    def touch(self, vraag: Vraagpunt) -> Masker:
        """Which are of the year: in force in it, or with care of it."""
        loopt = (self.begin <= vraag.laatste.toordinal()) & (self.last_day(vraag) >= vraag.eerste.toordinal())
        masker: Masker = loopt | (self.gedeclareerd_jaar != 0) | (self.aangehouden_jaar != 0)
        return masker

    def are_new_inflow(self, vraag: Vraagpunt) -> Masker:
        """Which tell what may still come in."""
        vorig_jaareinde = vraag.eerste.toordinal() - 1
        eerste = max(vraag.vorig_jaar.toordinal() + 1, date(vraag.jaar - 1, 1, 1).toordinal())
        return (self.begin >= eerste) & (self.begin <= vorig_jaareinde)

    def find_zilvering(self, vraag: Vraagpunt) -> dict[str, Fraction]:
        """By category, what part of what was allocated was declared, of those that closed lately."""
        einde = self.runs_until(vraag)
        gesloten = (einde > vraag.zilvering_na.toordinal()) & (einde < vraag.dicht_voor.toordinal()) & self.bepaald
        nummers, categorieen = number_keys(self.categorie)
        sommen = [sum_by(nummers, len(categorieen), np.where(gesloten, kolom, 0))
                  for kolom in (np.ones_like(einde), self.gedeclareerd, self.toegewezen)]  # fmt: skip
        return {
            categorie: min(Fraction(1), max(Fraction(0), Fraction(gedeclareerd, alles)))
            for categorie, aantal, gedeclareerd, alles in zip(categorieen, *(som.tolist() for som in sommen), strict=True)
            if aantal >= MINSTE_GESLOTEN and alles > 0
        }


BEDRAGEN = ("gedeclareerd", "aangehouden", "gedeclareerd_jaar", "aangehouden_jaar", "gedeclareerd_vorig")
"""Of `Besteding`, in its order."""


@dataclass(slots=True)
class Uitkomstkolommen:
    """What follows for each; 0 where it is `niet te bepalen`."""

    raakt: Masker
    """Of the year that is asked."""
    gesloten: Masker
    rest: Getallen
    overschrijding: Getallen
    verwacht: Getallen
    toegewezen_jaar: Getallen
    verwacht_jaar: Getallen
    verder: Getallen
    """First day of what is expected."""
    einde: Getallen
    telt_vanaf: Getallen
    """First day of which anything is expected: without Einddatum nothing comes of a year whose term is over."""

    @property
    def open(self) -> Getallen:
        """What the gemeente is still bound to."""
        return np.where(self.gesloten, 0, self.rest)

    @property
    def vrijgevallen(self) -> Getallen:
        """What was allocated and can no longer be declared in time."""
        return np.where(self.gesloten, self.rest, 0)

    def expected_in(self, eerste: date, laatste: date) -> Getallen:
        """What of E falls in these days, both included."""
        vanaf = np.maximum(eerste.toordinal(), self.telt_vanaf)
        return _in_days(self.verwacht, self.verder, self.einde, vanaf, laatste.toordinal())


def reckon_all(k: Standkolommen, vraag: Vraagpunt, zilvering: Mapping[str, Fraction]) -> Uitkomstkolommen:
    """As `reckon` does for one."""
    einde, samen = k.end_in(vraag), k.gedeclareerd + k.aangehouden
    rest = np.where(k.bepaald, np.maximum(0, k.toegewezen - samen), 0)
    over = np.where(k.bepaald, np.maximum(0, samen - k.toegewezen), 0)
    voorbij, gesloten = (dag < vraag.dicht_voor.toordinal() for dag in (einde, k.runs_until(vraag)))
    tempo_bekend = k.laatste >= k.begin
    tot_nu_toe = np.where(tempo_bekend, _count_days(k.begin, k.laatste), 1)
    tempo = np.maximum(0, _part(samen, _count_days(k.begin, einde), tot_nu_toe) - samen)
    op_tempo = np.where(k.laatste > einde, 0, np.where(k.bepaald, np.minimum(rest, tempo), tempo))
    verwacht = np.where(voorbij, 0, np.where(tempo_bekend, op_tempo, _part_of_rest(k, rest, einde, zilvering)))
    verder = np.where(tempo_bekend, k.laatste + 1, k.begin)
    telt_vanaf = np.where(k.einddatum == 0, vraag.open_vanaf.toordinal(), k.begin)
    eerste, laatste = vraag.eerste.toordinal(), vraag.laatste.toordinal()
    return Uitkomstkolommen(
        k.touch(vraag), gesloten, rest, over, verwacht,
        np.where(k.bepaald, _in_days(k.toegewezen, k.begin, k.last_day(vraag), eerste, laatste), 0),
        _in_days(verwacht, verder, einde, np.maximum(eerste, telt_vanaf), laatste), verder, einde, telt_vanaf,
    )  # fmt: skip


def _part_of_rest(k: Standkolommen, rest: Getallen, einde: Getallen, zilvering: Mapping[str, Fraction]) -> Getallen:
    """Without lines that part of the rest is expected that others used; in Python's numbers, since parts may be large fractions."""
    deel = np.where(k.bepaald & (einde >= k.begin), rest, 0)
    for plek in np.flatnonzero((deel > 0) & (k.laatste < k.begin)).tolist():
        part = zilvering.get(k.categorie[plek])
        if part is not None:
            deel[plek] = round_up(int(deel[plek]) * part.numerator, part.denominator)
    return deel


def _in_days(bedrag: Getallen, begin: Getallen, einde: Getallen, van: Getallen | int, tot: int) -> Getallen:
    """As `in_days` does for one."""
    geheel = _count_days(begin, einde)
    noemer = np.maximum(1, geheel)
    tot_dan = np.minimum(geheel, _count_days(begin, tot))
    voor = np.minimum(tot_dan, _count_days(begin, van - 1))
    deel = np.where(geheel > 0, _part(bedrag, tot_dan, noemer) - _part(bedrag, voor, noemer), 0)
    return np.where((van <= begin) & (einde <= tot), bedrag, deel)


def _count_days(begin: Getallen, einde: Getallen | int) -> Getallen:
    return np.maximum(0, einde - begin + 1)


def _part(bedrag: Getallen, dagen: Getallen, noemer: Getallen) -> Getallen:
    """`round_up(bedrag * dagen, noemer)` of each: the part that `noemer` divides is whole, so only the rest is rounded."""
    uit: Getallen = bedrag // noemer * dagen + (2 * (bedrag % noemer) * dagen + noemer) // (2 * noemer)
    return uit


def as_numbers(waarden: Sequence[int]) -> Getallen:
    """A column of whole numbers."""
    return np.array(waarden, dtype=np.int64)


def as_days(waarden: Sequence[date | None]) -> Getallen:
    """A column of days."""
    return as_numbers([0 if dag is None else dag.toordinal() for dag in waarden])


def number_keys(sleutels: Sequence[Sleutel]) -> tuple[Getallen, list[Sleutel]]:
    """Each key as a number, and which key each number is."""
    nummering: dict[Sleutel, int] = {}
    nummers = np.fromiter((nummering.setdefault(sleutel, len(nummering)) for sleutel in sleutels), np.int64, len(sleutels))
    return nummers, list(nummering)


def sum_by(nummers: Getallen, aantal: int, kolom: Getallen) -> Getallen:
    """The sum of a column for each of so many numbers."""
    sommen = np.zeros(aantal, dtype=np.int64)
    np.add.at(sommen, nummers, kolom)
    return sommen
