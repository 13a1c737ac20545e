"""What a gemeente may spend, by segment and month: the budget that was decided, with its changes up to a day. Pure; in cents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from berichten.kern.rekenen import spread
from berichten.opslag.kwartaal.begrotingen import Begrotingsregel

MAANDEN = 12
HEEL_JAAR = 0
"""In place of a month, for an amount that is not given by month."""
NIET_VERDEELD = ""
"""The segment of a budget that is divided over none."""


@dataclass(frozen=True, slots=True)
class Begroting:
    """Cents by segment, for each month of one year."""

    jaar: int
    per_segment: Mapping[str, tuple[int, ...]]

    @property
    def bekend(self) -> bool:
        """Whether anything was decided."""
        return bool(self.per_segment)

    def between(self, eerste: int, laatste: int, segment: str | None = None) -> int | None:
        """Of these months, both included, of all segments or of one; None where nothing was decided."""
        gekozen = [maanden for naam, maanden in self.per_segment.items() if segment is None or naam == segment]
        return sum(sum(maanden[eerste - 1 : laatste]) for maanden in gekozen) if gekozen else None

    def of_year(self, segment: str | None = None) -> int | None:
        """Of all twelve months."""
        return self.between(1, MAANDEN, segment)


def value_budget(regels: Iterable[Begrotingsregel], jaar: int, peildatum: date) -> Begroting:
    """What was decided for a year up to and including `peildatum`: the first budget and all changes of it together.

    What is given by year is twelve twelfths with cumulative rounding, of its sum; what is given by month stays where it is. A row
    of 0 was taken back, and decides nothing.
    """
    geldig = [regel for regel in regels if regel.jaar == jaar and regel.bedrag and regel.vastgesteld_op <= peildatum]
    per_jaar: defaultdict[str, int] = defaultdict(int)
    per_maand: defaultdict[str, list[int]] = defaultdict(lambda: [0] * MAANDEN)
    for regel in geldig:
        if regel.maand == HEEL_JAAR:
            per_jaar[regel.segment] += regel.bedrag
        else:
            per_maand[regel.segment][regel.maand - 1] += regel.bedrag
    for segment, bedrag in per_jaar.items():
        delen = spread(bedrag, [1] * MAANDEN)
        per_maand[segment] = [een + ander for een, ander in zip(per_maand[segment], delen, strict=True)]
    return Begroting(jaar, {segment: tuple(maanden) for segment, maanden in per_maand.items()})
