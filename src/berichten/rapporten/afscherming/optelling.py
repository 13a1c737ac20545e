"""Which counts may be shown where each thing counted is in one row (courses, starts, lines), so that rows add up to a total. Pure.

A row has counts of kinds that exclude each other, and every sum of those that is shown. A row with a count of 1 to 5 is not shown.
Because rows add up, one more row is hidden beside it: large enough in each of these counts that what the small row has less, it can
have more. A split without such a row is withheld as a whole; where there is no other split, the total is hidden instead.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from berichten.rapporten.afscherming.overlap import KLEIN_TOT, Teken, is_klein

TOTAAL = "totaal"
"""Name of the total, in decisions and as a key of what was decided before."""
_RUIM = 2 * KLEIN_TOT
"""With this many in a row, the four by which a small count can differ leave it above what is small."""

ALLES = "*"
"""In place of a key: the split as a whole."""
Rij = tuple[str, str]
"""Split and key; (TOTAAL, TOTAAL) is the total."""
Telling = tuple[int, ...]
"""The counts of a row: of each kind, and of each sum of kinds that is shown."""


@dataclass(frozen=True, slots=True)
class Rijbesluit:
    """What may not be shown: the total, rows by split and key, and splits of which nothing may be shown."""

    totaal_verborgen: bool = False
    verborgen: frozenset[tuple[str, str]] = frozenset()
    onthouden: frozenset[str] = field(default_factory=frozenset)

    def hides(self, splitsing: str, sleutel: str) -> bool:
        """Whether a row is not shown; the total is the row of split TOTAAL."""
        return self.totaal_verborgen if splitsing == TOTAAL else (splitsing, sleutel) in self.verborgen


def mark(aantal: int, verborgen: bool) -> Teken:
    """How a count of a row is shown: 0 always, the others not when the row is hidden."""
    if is_klein(aantal):
        return Teken.KLEIN
    return Teken.VERBORGEN if verborgen and aantal else Teken.GETAL


def protect_rows(
    totaal: Telling,
    splitsingen: Mapping[str, Mapping[str, Telling]],
    verborgen: Collection[Rij] = (),
    bekend: Mapping[Rij, int] | None = None,
) -> Rijbesluit:
    """Decide for a total and the splits of it, each of which adds up to it.

    `verborgen` holds what an earlier export of the same did not show, `bekend` how large in all a row was that it did show: as long
    as that is so, hiding the row would hide nothing.
    """
    if _is_unsafe(totaal) or (TOTAAL, TOTAAL) in verborgen:
        return _without_total(splitsingen, verborgen)
    weg: set[Rij] = set()
    onthouden: set[str] = set()
    for naam, rijen in splitsingen.items():
        klein = {sleutel for sleutel, telling in rijen.items() if _is_unsafe(telling) or (naam, sleutel) in verborgen}
        vrij = {sleutel for sleutel, telling in rijen.items() if (bekend or {}).get((naam, sleutel)) != max(telling)}
        samen = _with_partner(rijen, klein, vrij)
        if samen is None and len(splitsingen) == 1:
            return _without_total(splitsingen, verborgen)
        if samen is None or (naam, ALLES) in verborgen:
            onthouden.add(naam)
        else:
            weg |= {(naam, sleutel) for sleutel in samen}
    return Rijbesluit(False, frozenset(weg), frozenset(onthouden))


def list_shown(
    besluit: Rijbesluit, totaal: Telling, splitsingen: Mapping[str, Mapping[str, Telling]]
) -> Iterator[tuple[Rij, int | None]]:
    """What is to be remembered of a decision: how large in all each shown row is, and None for what is not shown."""
    yield (TOTAAL, TOTAAL), None if besluit.totaal_verborgen else max(totaal)
    for naam, rijen in splitsingen.items():
        if naam in besluit.onthouden:
            yield (naam, ALLES), None
            continue
        for sleutel, telling in rijen.items():
            yield (naam, sleutel), None if besluit.hides(naam, sleutel) else max(telling)


def _is_unsafe(telling: Telling) -> bool:
    return any(is_klein(aantal) for aantal in telling)


def _without_total(splitsingen: Mapping[str, Mapping[str, Telling]], verborgen: Collection[Rij]) -> Rijbesluit:
    """Without a total the rows of one split say nothing of each other; those of two splits do, and are withheld."""
    if len(splitsingen) > 1:
        return Rijbesluit(True, frozenset(), frozenset(splitsingen))
    klein = (
        (naam, sleutel)
        for naam, rijen in splitsingen.items()
        for sleutel, telling in rijen.items()
        if _is_unsafe(telling) or (naam, sleutel) in verborgen
    )
    return Rijbesluit(True, frozenset(klein))


def _with_partner(rijen: Mapping[str, Telling], klein: set[str], vrij: set[str]) -> set[str] | None:
    """The rows to hide: the small ones, and the smallest of `vrij` that can take up what those have more or less; or None."""
    if not klein:
        return klein
    samen = [sum(aantallen) for aantallen in zip(*(rijen[sleutel] for sleutel in klein), strict=True)]
    ruim = {
        sleutel
        for sleutel, telling in rijen.items()
        if all(eigen >= _RUIM for eigen, aantal in zip(telling, samen, strict=True) if aantal)
    }
    if ruim & klein:
        return klein
    keuze = min(ruim & vrij, key=lambda sleutel: (max(rijen[sleutel]), sleutel), default=None)
    return None if keuze is None else klein | {keuze}
