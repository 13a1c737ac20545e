"""The starts and stops that stand for one client: the state machine that JW305 and JW307 move (OP033, OP289, OP377-379).

A start is current until a stop for it stands. A temporary stop (reason 20) may be followed by a definitive one or by a new start, a
definitive stop by a new start only. What was removed does not stand and was, to every rule, never there.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from berichten.standaard.waarden.berichten import StartProduct, StopProduct

VERWIJDEREN = "3"
"""StatusAanlevering that takes an earlier start or stop back (IV008). Only 1, which adds, is left beside it (CS058)."""
TIJDELIJK = "20"
"""RedenBeeindiging of a stop after which delivery is expected to go on."""

Stand = Literal["niet_gestart", "gestart", "tijdelijk_gestopt", "gestopt"]
Startsleutel = tuple[int | None, str | None, str | None, date]
"""ToewijzingNummer, Categorie, Code and Begindatum: with the client what makes a start one of its kind."""
Stopreeks = tuple[int | Startsleutel, date]
"""What the stops have in common that TR413, TR414 and TR415 hold against each other."""


@dataclass(frozen=True, slots=True)
class Levering:
    """A start, or with an einddatum a stop, by its logical key: equal ones are the same delivery (TR074)."""

    toewijzingnummer: int | None
    """None for task-based work: then Product and Begindatum are the whole key (IV096)."""
    categorie: str | None
    productcode: str | None
    begindatum: date
    einddatum: date | None = None
    """Last day, inclusive; None for a start."""
    reden_beeindiging: str | None = None

    @property
    def startsleutel(self) -> Startsleutel:
        """Key of the start, or of the start that this stop ends."""
        return self.toewijzingnummer, self.categorie, self.productcode, self.begindatum

    @property
    def stopreeks(self) -> Stopreeks:
        """Allocation and Begindatum, whatever the product (TR413-TR415); task-based work has its own key only."""
        return (self.startsleutel if self.toewijzingnummer is None else self.toewijzingnummer), self.begindatum


def as_levering(product: StartProduct | StopProduct) -> Levering:
    """The delivery that a class of a message states or takes back."""
    categorie, code = (product.product.categorie, product.product.code) if product.product else (None, None)
    return Levering(product.toewijzingnummer, categorie, code, product.begindatum, product.einddatum, product.reden_beeindiging)


class Leveringen:
    """What stands for one client with one aanbieder; changes while the classes of a message pass."""

    def __init__(self, staand: Iterable[Levering] = ()) -> None:
        """`staand`: starts and stops that were not removed."""
        self._staand: set[Levering] = set()
        self._starts: defaultdict[int | None, set[Levering]] = defaultdict(set)
        self._stops: defaultdict[Stopreeks, set[Levering]] = defaultdict(set)
        for levering in staand:
            self.add(levering)

    def __contains__(self, levering: Levering) -> bool:
        return levering in self._staand

    def add(self, levering: Levering) -> None:
        """A delivery is reported."""
        self._staand.add(levering)
        self._group(levering).add(levering)

    def remove(self, levering: Levering) -> None:
        """A delivery is taken back; one that does not stand is left as it is."""
        self._staand.discard(levering)
        self._group(levering).discard(levering)

    def _group(self, levering: Levering) -> set[Levering]:
        if levering.einddatum is None:
            return self._starts[levering.toewijzingnummer]
        return self._stops[levering.stopreeks]

    def start_of(self, stop: Levering) -> Levering | None:
        """The start with all key elements of this stop (TR382)."""
        start = Levering(*stop.startsleutel)
        return start if start in self._staand else None

    def stops_of(self, start: Levering) -> list[Levering]:
        """Stops for exactly this start, the earliest end first."""
        return [stop for stop in self.stops_beside(start) if stop.startsleutel == start.startsleutel]

    def stops_beside(self, levering: Levering) -> list[Levering]:
        """Stops with the allocation and Begindatum of this delivery (TR413-TR415), the earliest end first."""
        return sorted(self._stops[levering.stopreeks], key=lambda stop: (stop.einddatum, stop.reden_beeindiging != TIJDELIJK))

    def current_start(self, toewijzingnummer: int) -> Levering | None:
        """The start of this allocation that no stop has ended yet (TR326); the latest if there are more."""
        open_ = [start for start in self._starts[toewijzingnummer] if not self.stops_of(start)]
        return max(open_, key=lambda start: start.begindatum, default=None)

    def stand(self, toewijzingnummer: int) -> Stand:
        """How delivery on an allocation stands now: by its current start, else by its last stop."""
        starts = self._starts[toewijzingnummer]
        if not starts:
            return "niet_gestart"
        if self.current_start(toewijzingnummer) is not None:
            return "gestart"
        laatste = self.stops_of(max(starts, key=lambda start: start.begindatum))[-1]
        return "tijdelijk_gestopt" if laatste.reden_beeindiging == TIJDELIJK else "gestopt"
