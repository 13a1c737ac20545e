"""The lines of a declaration as columns, so that a rule can look at all of them at once (docs/prestaties.md).

Every array has a value for each line, in the order of the message. Days are `datetime64[D]`, amounts eurocents, and what is not
there is a value that no line has: 0 or more is a number, the empty text no text, the last day of the calendar no end.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import date, time
from functools import cached_property
from itertools import count, repeat
from operator import attrgetter, contains
from typing import Any

import numpy as np
from numpy.typing import NDArray

from berichten.dossier.contract import MINUUT, UUR
from berichten.dossier.dossier import DeclaratieKader, Dossier, Gebruik, Toewijzing
from berichten.dossier.eigen_feiten import Verantwoording
from berichten.kern.regel import Toets
from berichten.standaard.waarden.berichten import Prestatie
from berichten.standaard.waarden.regelvelden import VELDEN, Velden, as_columns

Masker = NDArray[np.bool_]
Getallen = NDArray[np.int64]
Dagen = NDArray[np.datetime64]
Kolom = NDArray[Any]

ONBEPERKT = 10**15
"""A limit that no message can come to."""
_ONBEKEND = Toewijzing(0, "", "", None, None, date.min, None, None, None, None, None, None, date.min, time.min, 0)
"""Stands in the columns for an allocation that is not known; `bekend` tells so."""
_EERSTE_DAG = date(1970, 1, 1).toordinal()
_SOORT = ("categorie", "code", "begindatum", "eenheid", "tarief")
_OMVANG = ("volume", "eenheid", "frequentie", "ingangsdatum", "einddatum")


class Regelkolommen:
    """What the lines of a declaration say by themselves."""

    def __init__(self, prestaties: Sequence[Prestatie], velden: Velden | None = None) -> None:
        """`velden` is what `prestaties` say, from who has it (`Declaratie.each_field`)."""
        self.prestaties = prestaties
        self._velden = as_columns(prestaties, VELDEN) if velden is None else velden

    def __len__(self) -> int:
        return len(self.prestaties)

    @cached_property
    def begindatum(self) -> Dagen:
        return as_dagen(self.each("begindatum"))

    @cached_property
    def einddatum(self) -> Dagen:
        return as_dagen(self.each("einddatum"))

    @property
    def beginmaand(self) -> Dagen:
        return self.begindatum.astype("M8[M]")

    @property
    def eindmaand(self) -> Dagen:
        return self.einddatum.astype("M8[M]")

    @property
    def eindjaar(self) -> Getallen:
        return self.einddatum.astype("M8[Y]").astype(np.int64) + 1970

    @property
    def einde_maand(self) -> Dagen:
        """Last day of the month in which a line ends."""
        return (self.eindmaand + 1).astype("M8[D]") - 1

    @cached_property
    def eenheid(self) -> Kolom:
        return self.texts(self.each("eenheid"))

    @cached_property
    def volume(self) -> Getallen:
        return self.numbers(self.each("volume"))

    @cached_property
    def bedrag(self) -> Getallen:
        return self.numbers(self.each("bedrag"))

    @cached_property
    def tarief(self) -> Getallen:
        """-1 for a line without."""
        return self.numbers([-1 if item is None else item for item in self.each("tarief")])

    @cached_property
    def credit(self) -> Masker:
        return np.fromiter(self.each("credit"), bool, len(self.prestaties))

    @cached_property
    def verwijst(self) -> Masker:
        """Whether a line names an earlier one."""
        return self.mask([item is not None for item in self.each("vorig_referentienummer")])

    def each(self, veld: str) -> Sequence[Any]:
        """A field of every line."""
        return self._velden[veld]

    def alike(self, *velden: str) -> list[tuple[Any, ...]]:
        """Some fields of every line together."""
        return list(zip(*map(self.each, velden), strict=True))

    def mask(self, waarheden: Iterable[bool]) -> Masker:
        """Truths, one for each line, as a column."""
        return np.fromiter(waarheden, bool, len(self.prestaties))

    def absent(self, waarden: Iterable[Hashable], uit: Collection[Hashable]) -> Masker:
        """Of which lines a value is not in a collection."""
        return ~self.mask(map(contains, repeat(uit), waarden)) if uit else np.ones(len(self.prestaties), bool)

    def single(self, waarden: Sequence[Hashable]) -> Masker:
        """Of which lines no other has the same value."""
        keren = Counter(waarden)
        if len(keren) == len(waarden):
            return np.ones(len(waarden), bool)
        return self.mask(keren[waarde] == 1 for waarde in waarden)

    def texts(self, waarden: Iterable[str]) -> Kolom:
        """Texts, one for each line and few of them different, as a column."""
        nummers = _Nummers()
        plekken = self.numbers(map(nummers.__getitem__, waarden))
        return np.array(list(nummers))[plekken] if nummers else np.array([], str)

    def numbers(self, waarden: Iterable[int]) -> Getallen:
        """Numbers, one for each line, as a column."""
        return np.array(waarden, np.int64) if isinstance(waarden, array) else np.fromiter(waarden, np.int64, len(self.prestaties))


class Dossierkolommen(Regelkolommen):
    """The same with what the lines are held against."""

    def __init__(self, prestaties: Sequence[Prestatie], kader: DeclaratieKader, velden: Velden | None = None) -> None:
        super().__init__(prestaties, velden)
        self.kader = kader
        self.feiten = kader.feiten
        nummers = _Nummers()
        self.op_toewijzing = self.numbers(map(nummers.__getitem__, self.each("toewijzingnummer")))
        """Lines of one allocation have one number."""
        genoemd: Iterable[Any] = nummers
        self._genoemd = [kader.toewijzingen.get(nummer, _ONBEKEND) for nummer in genoemd]
        """The allocations by that number: what is asked of them is asked once of each, and not for every line."""
        self._toewijzingen = [self._genoemd[nummer] for nummer in self.op_toewijzing.tolist()]

    @cached_property
    def bekend(self) -> Masker:
        """Whether a line names an allocation of the aanbieder."""
        return np.array([item is not _ONBEKEND for item in self._genoemd], bool)[self.op_toewijzing]

    @cached_property
    def ingangsdatum(self) -> Dagen:
        return as_dagen([item.ingangsdatum for item in self._genoemd])[self.op_toewijzing]

    @cached_property
    def laatste_dag(self) -> Dagen:
        """Einddatum of the allocation; the last day of the calendar while it is open."""
        return as_dagen([item.einddatum or date.max for item in self._genoemd])[self.op_toewijzing]

    @cached_property
    def geboortedatum(self) -> Dagen:
        """The first day of the calendar when it is not known."""
        return as_dagen([item.geboortedatum or date.min for item in self._genoemd])[self.op_toewijzing]

    @cached_property
    def toegewezen_eenheid(self) -> Kolom:
        """Empty for an allocation without."""
        return np.array([item.eenheid or "" for item in self._genoemd], str)[self.op_toewijzing]

    @cached_property
    def budget(self) -> Getallen:
        """-1 for an allocation without."""
        return np.array([-1 if item.budget is None else item.budget for item in self._genoemd], np.int64)[self.op_toewijzing]

    @cached_property
    def minuten(self) -> Getallen:
        """Billed minutes; 0 for a line that is not in minutes or hours."""
        return np.select([self.eenheid == MINUUT, self.eenheid == UUR], [self.volume, 60 * self.volume], 0)

    @cached_property
    def meetbaar(self) -> Masker:
        """Whether the unit of a line can be counted against that of its allocation: equal, or minutes on hours."""
        past: Masker = (self.toegewezen_eenheid == self.eenheid) | ((self.toegewezen_eenheid == UUR) & (self.eenheid == MINUUT))
        return past

    @cached_property
    def geteld(self) -> Getallen:
        """Volume in the unit in which the allocation is counted."""
        return np.where((self.toegewezen_eenheid == UUR) & (self.eenheid == UUR), 60 * self.volume, self.volume)

    @cached_property
    def records(self) -> list[Verantwoording | None]:
        """Delivery records of each line; lines that share theirs have the same."""
        return list(map(self.feiten.verantwoording_of, self.prestaties))

    def allocated(self, veld: str) -> Sequence[Any]:
        """A field of the allocation of every line."""
        return list(map(attrgetter(veld), self._toewijzingen))

    def compared(self, veld: str, toegewezen: str) -> Masker:
        """Whether a field of a line is that of its allocation, or the allocation leaves it open."""
        paren = zip(self.each(veld), self.allocated(toegewezen), strict=True)
        return self.mask([open_of is None or open_of == waarde for waarde, open_of in paren])

    def used(self, veld: str) -> Getallen:
        """What earlier messages used of the allocation of each line (`Gebruik`)."""
        if not self.kader.gebruik:
            return np.zeros(len(self.prestaties), np.int64)
        return self.numbers(map(attrgetter(veld), self._gebruikt))

    @cached_property
    def _gebruikt(self) -> list[Gebruik]:
        return list(map(self.kader.gebruik.get, self.each("toewijzingnummer"), repeat(Gebruik())))

    def group(self, sleutels: Iterable[Hashable]) -> Getallen:
        """The same number for lines with the same key, counted from 0."""
        return self.numbers(map(_Nummers().__getitem__, sleutels))

    def total(self, waarden: Getallen, groep: Getallen) -> Getallen:
        """For each line the sum over all debit lines of its group: no order of lines comes to more."""
        sommen = np.zeros(len(groep), np.int64)
        np.add.at(sommen, groep, np.where(self.credit, 0, waarden))
        return sommen[groep]

    def together(self, masker: Masker, groep: Getallen) -> Masker:
        """Lines of which the whole group is in the mask: where one is judged, those that it is counted with are judged too."""
        samen: Masker = np.bincount(groep[~masker], minlength=len(groep))[groep] == 0
        return samen

    def once(self, vraag: Callable[[Prestatie, Dossier], Any]) -> Kolom:
        """What a function says of each line, asked once of all that are alike.

        It may look at category, code, first day, unit and tariff of the line, by `ingang_for` at the allocation, and at no more.
        """
        soort, voorbeelden = self._soorten
        lijst = [self.prestaties[nummer] for nummer in voorbeelden]
        return np.array([vraag(item, self.kader.dossier(item.toewijzingnummer)) for item in lijst])[soort]

    def once_allocated(self, vraag: Callable[[Prestatie, Toewijzing], Any]) -> Kolom:
        """What a function says of the period of each line and the volume and period of its allocation, asked once of all that are
        alike in those."""
        soort, voorbeelden = self._looptijden
        return np.array([vraag(self.prestaties[nummer], self._toewijzingen[nummer]) for nummer in voorbeelden])[soort]

    def with_dossier(self) -> Iterable[tuple[Prestatie, Dossier]]:
        """Every line with what it is held against, for what has to be asked of each."""
        return ((item, self.kader.dossier(item.toewijzingnummer)) for item in self.prestaties)

    def unbroken(self, toets: Toets) -> Masker:
        """Lines that the function of a rule has nothing against, for one that looks at no more than `once` allows."""
        goed: Masker = self.once(lambda prestatie, dossier: toets(prestatie, dossier) is None)
        return goed

    @cached_property
    def _soorten(self) -> tuple[Getallen, Getallen]:
        """A number for each line, the same for all that are alike, and by that number the first of those lines."""
        ingang: Iterable[object] = repeat(None)
        if self.kader.contract.kent_tarief_bij_toewijzing:
            ingang = (dossier.ingang_for(item) for item, dossier in self.with_dossier())
        return self._grouped(zip(*map(self.each, _SOORT), ingang, strict=False))

    @cached_property
    def _looptijden(self) -> tuple[Getallen, Getallen]:
        """The same by what tells how much an allocation allows in the period of a line."""
        periode, omvang = map(self.each, ("begindatum", "einddatum")), map(self.allocated, _OMVANG)
        return self._grouped(zip(*periode, *omvang, strict=True))

    def _grouped(self, sleutels: Iterable[Hashable]) -> tuple[Getallen, Getallen]:
        groep = self.group(sleutels)
        return groep, np.unique(groep, return_index=True)[1]


class _Nummers(defaultdict[Hashable, int]):
    """Each key that is asked for gets the next number, from 0."""

    def __init__(self) -> None:
        super().__init__(count().__next__)


def as_dagen(dagen: Iterable[date]) -> Dagen:
    """Dates as a column."""
    return (np.fromiter(map(date.toordinal, dagen), np.int64) - _EERSTE_DAG).astype("M8[D]")
