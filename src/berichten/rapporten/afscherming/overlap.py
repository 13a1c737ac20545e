"""Which counts of clients may be shown (secondary suppression). Pure.

A client counts once in a row, so a count is the size of a union: no larger than the sum of its parts, and no smaller than any of
them. All that is known about counts is of one form: this count is at most the sum of those. A system of that form, with bounds on
each count, has a greatest solution, which a simple iteration finds; what values a count can have follows from it exactly, however
tables, splits and periods are tied together.

A count of 1 to 5 shows as `≤5`. It is protected when each of the five values fits all that is shown; where it does not, another
count is hidden (`-`), the smallest that helps. A reader may know these rules: that `-` is 6 or more is reckoned with.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

KLEIN_TOT = 5
"""Counts up to this one are not shown."""
ONBEGRENSD = 10**9

Grens = tuple[int, int]
"""Least and most that a count can be, both included."""


class Teken(StrEnum):
    """How a count is shown: as it is, as `≤5`, or not at all."""

    GETAL = "getal"
    KLEIN = "klein"
    VERBORGEN = "verborgen"


class NietTeBeschermen(Exception):
    """With what was published before, this cannot be published without giving a small count away."""


@dataclass(frozen=True, slots=True)
class Verband:
    """The count of `cel` is at most the sum of `delen`."""

    cel: str
    delen: tuple[str, ...]


def is_klein(aantal: int) -> bool:
    """Whether a count has to be protected: 1 to 5."""
    return 1 <= aantal <= KLEIN_TOT


def limits(teken: Teken, aantal: int | None) -> Grens:
    """What a reader knows of a count by how it is shown."""
    if teken is Teken.KLEIN:
        return 1, KLEIN_TOT
    if teken is Teken.VERBORGEN or aantal is None:
        return KLEIN_TOT + 1, ONBEGRENSD
    return aantal, aantal


def union_of(geheel: str, delen: Sequence[str]) -> Iterator[Verband]:
    """What is known of a whole of which these are all the parts, where one client may be in several."""
    if delen:
        yield Verband(geheel, tuple(delen))
        yield from (Verband(deel, (geheel,)) for deel in delen)


def protect(
    aantallen: Mapping[str, int],
    verbanden: Sequence[Verband],
    eerder_verborgen: Collection[str] = (),
    vast: Mapping[str, Grens] | None = None,
    bekend: Collection[str] = (),
) -> dict[str, Teken]:
    """How each count may be shown, so that no count of 1 to 5 can be told from another of 1 to 5.

    `eerder_verborgen` are counts that an earlier export of the same did not show; they stay so. `vast` is what other exports have
    shown of counts that `verbanden` tie to these. `bekend` are counts that an earlier export of the same showed as they are now:
    hiding them would hide nothing.

    Raises NietTeBeschermen when even hiding all of them is not enough.
    """
    vast = vast or {}
    stelsel = _Stelsel({**vast, **{cel: (aantal, aantal) for cel, aantal in aantallen.items()}}, verbanden)
    tekens = {cel: _first_mark(aantal, cel in eerder_verborgen) for cel, aantal in aantallen.items()}
    for cel, teken in tekens.items():
        stelsel.bound(cel, limits(teken, aantallen[cel]))
    for cel in _small(stelsel.grenzen, tekens):
        _hide_for(cel, stelsel, {cel: aantal for cel, aantal in aantallen.items() if cel not in bekend}, tekens)
    return tekens


def _first_mark(aantal: int, eerder_verborgen: bool) -> Teken:
    if is_klein(aantal):
        return Teken.KLEIN
    return Teken.VERBORGEN if eerder_verborgen and aantal else Teken.GETAL


def _small(grenzen: Mapping[str, Grens], tekens: Mapping[str, Teken]) -> list[str]:
    """Counts to protect: first those of earlier exports, which must stay as safe as they were."""
    klein = (1, KLEIN_TOT)
    return sorted((cel for cel, grens in grenzen.items() if grens == klein), key=lambda cel: (cel in tekens, cel))


def _hide_for(klein: str, stelsel: "_Stelsel", te_kiezen: Mapping[str, int], tekens: dict[str, Teken]) -> None:
    """Hide some of `te_kiezen` until `klein` can be any of 1 to 5."""
    if stelsel.is_free(klein):
        return
    if not stelsel.with_hidden(te_kiezen).is_free(klein):
        if klein in tekens:
            raise NietTeBeschermen
        # What was given away before cannot be taken back, and is no reason to show less now.
        return
    while not stelsel.is_free(klein):
        keuze = _choose(klein, stelsel, te_kiezen, tekens)
        tekens[keuze] = Teken.VERBORGEN
        stelsel.bound(keuze, limits(Teken.VERBORGEN, None))


def _choose(klein: str, stelsel: "_Stelsel", te_kiezen: Mapping[str, int], tekens: Mapping[str, Teken]) -> str:
    """The smallest shown count, of those that tell of `klein`, with which hidden it is free; if none is, the smallest of all."""
    kandidaten = sorted(
        (cel for cel in stelsel.neighbours(klein) if tekens.get(cel) is Teken.GETAL and te_kiezen.get(cel, 0) > KLEIN_TOT),
        key=lambda cel: (te_kiezen[cel], cel),
    )
    vrij = (cel for cel in kandidaten if stelsel.with_hidden([cel]).is_free(klein))
    return next(vrij, kandidaten[0])


class _Stelsel:
    """Bounds on counts, and what ties them together."""

    def __init__(self, grenzen: dict[str, Grens], verbanden: Iterable[Verband]) -> None:
        """Ties that the counts themselves do not keep to (they changed since they were shown) prove nothing, and are left out."""
        self.grenzen = grenzen
        self._hoogste: dict[str, int] | None = None
        self.verbanden = [item for item in verbanden if item.cel in grenzen and all(deel in grenzen for deel in item.delen)]
        self._index()
        gebroken = self._broken()
        while gebroken is not None:
            self.verbanden.remove(gebroken)
            self._index()
            gebroken = self._broken()

    def _index(self) -> None:
        self._volgers: defaultdict[str, list[Verband]] = defaultdict(list)
        self._bij: defaultdict[str, list[Verband]] = defaultdict(list)
        for item in self.verbanden:
            for deel in item.delen:
                self._volgers[deel].append(item)
            for cel in {item.cel, *item.delen}:
                self._bij[cel].append(item)

    def bound(self, cel: str, grens: Grens) -> None:
        """From now on this is what a reader knows of a count."""
        self.grenzen[cel] = grens
        self._hoogste = None

    def _broken(self) -> Verband | None:
        return self._descend({cel: hoogste for cel, (_, hoogste) in self.grenzen.items()}, self.verbanden)

    def _descend(self, hoogste: dict[str, int], te_doen: Iterable[Verband]) -> Verband | None:
        """Bring `hoogste` down to the greatest solution; the tie on which it fails, if there is no solution."""
        rij = deque(te_doen)
        while rij:
            item = rij.popleft()
            som = sum(hoogste[deel] for deel in item.delen)
            if som >= hoogste[item.cel]:
                continue
            if som < self.grenzen[item.cel][0]:
                return item
            hoogste[item.cel] = som
            rij.extend(self._volgers[item.cel])
        return None

    def is_free(self, cel: str) -> bool:
        """Whether each of 1 to 5 fits."""
        if self._hoogste is None:
            begin = {naam: hoogste for naam, (_, hoogste) in self.grenzen.items()}
            if self._descend(begin, self.verbanden) is not None:
                return False
            self._hoogste = begin
        return all(self._fits(cel, waarde, self._hoogste) for waarde in range(1, KLEIN_TOT + 1))

    def _fits(self, cel: str, waarde: int, hoogste: Mapping[str, int]) -> bool:
        """Whether a count can be this. Of each other one the most is then no more than it was: only what changes is looked at."""
        if hoogste[cel] < waarde:
            return False
        lager = {cel: waarde}
        rij = deque(self._volgers[cel])
        while rij:
            item = rij.popleft()
            som = sum(lager.get(deel, hoogste[deel]) for deel in item.delen)
            if som >= lager.get(item.cel, hoogste[item.cel]):
                continue
            if som < self.grenzen[item.cel][0] or item.cel == cel:
                return False
            lager[item.cel] = som
            rij.extend(self._volgers[item.cel])
        return True

    def with_hidden(self, cellen: Iterable[str]) -> "_Stelsel":
        """The same, with these counts not shown; those that are small or 0 stay as they are."""
        anders = object.__new__(_Stelsel)
        open_ = limits(Teken.VERBORGEN, None)
        verborgen = {cel: open_ for cel in cellen if self.grenzen[cel][0] > KLEIN_TOT}
        anders.grenzen, anders._hoogste = {**self.grenzen, **verborgen}, None
        anders.verbanden, anders._volgers, anders._bij = self.verbanden, self._volgers, self._bij
        return anders

    def neighbours(self, klein: str) -> set[str]:
        """Counts tied to `klein`, directly or through counts that are not shown."""
        gezien, rand = {klein}, deque([klein])
        while rand:
            cel = rand.popleft()
            for item in self._bij[cel]:
                for ander in (item.cel, *item.delen):
                    if ander not in gezien:
                        gezien.add(ander)
                        if self.grenzen[ander][0] != self.grenzen[ander][1]:
                            rand.append(ander)
        return gezien
