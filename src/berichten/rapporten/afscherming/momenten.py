"""Which counts of one export may be shown as of several moments. Pure.

Two moments between which a few clients were booked tell what those cost together: of one, what one child cost. That figures grow
while they are read cannot be helped, but a past day can be asked afterwards, and so can the day before it. So of counts of the same
cell that differ by 1 to 5 no two are shown, unless both were those of the day on which they were asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from berichten.rapporten.afscherming.overlap import KLEIN_TOT, Teken


@dataclass(frozen=True, slots=True)
class Dagstand:
    """As of which day an export is."""

    dag: str = ""
    """As 2026-04-15; empty for whatever there is, of whatever day."""
    nu: Mapping[str, int] | None = None
    """Of a day that is past: each count as it is today, by name of the cell. None for an export of today."""


@dataclass(slots=True)
class Getoondemomenten:
    """What was shown of a cell before: counts of the day on which they were asked, and counts by the day that they were of."""

    nu: set[int] = field(default_factory=set)
    op_dag: set[tuple[str, int]] = field(default_factory=set)


def hide_steps(
    aantallen: Mapping[str, int], tekens: Mapping[str, Teken], stand: Dagstand, eerder: Mapping[str, Getoondemomenten]
) -> dict[str, Teken]:
    """How each count may be shown beside what was shown of other moments; what `tekens` hides stays hidden.

    One of a past day is held against all others and against that of today, which may be shown at any time; one of today against
    those of past days only. The same question gives the same answer: what was shown of that very day tells nothing new.
    """
    return {
        cel: Teken.VERBORGEN
        if teken is Teken.GETAL and _is_step(aantallen[cel], cel, stand, eerder.get(cel, Getoondemomenten()))
        else teken
        for cel, teken in tekens.items()
    }


def _is_step(aantal: int, cel: str, stand: Dagstand, eerder: Getoondemomenten) -> bool:
    if aantal <= KLEIN_TOT or (stand.dag, aantal) in eerder.op_dag:
        return False
    naast = {ander for _, ander in eerder.op_dag}
    naast = naast - eerder.nu if stand.nu is None else naast | eerder.nu | {stand.nu.get(cel, 0)}
    return any(ander > KLEIN_TOT and 1 <= abs(aantal - ander) <= KLEIN_TOT for ander in naast)
