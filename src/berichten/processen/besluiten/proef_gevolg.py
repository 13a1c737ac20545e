"""What another consequence of a rule would have done to the declarations of late; nothing is kept."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from berichten.dossier.beleid import Beleidsregel
from berichten.klok import begin_of
from berichten.opslag.besluiten.herhaalde_stroom import Verandering, Versestroom, list_stromen_sinds
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.herbeoordeel import reconsider

MEESTE_BERICHTEN = 1000
"""Messages that are handled once more while somebody waits; for more, `herbeoordeel` is asked by aanbieder."""


@dataclass(frozen=True, slots=True)
class Gevolgovergang:
    """Lines of which the outcome would have gone from one to another."""

    was: str
    wordt: str
    aantal: int
    bedrag: int
    """What they asked for, in signed eurocents."""


@dataclass(frozen=True, slots=True)
class Gevolgproef:
    """What would have become of the lines that came in lately."""

    sinds: date
    declaraties: int
    regels: list[Verandering]
    """Those of which the outcome or the reason would have been another than under today's policy."""

    @property
    def overgangen(self) -> list[Gevolgovergang]:
        """The same lines counted, largest amount first."""
        aantal = Counter((item.was, item.wordt) for item in self.regels)
        bedrag: Counter[tuple[str, str]] = Counter()
        for item in self.regels:
            bedrag[item.was, item.wordt] += item.bedrag
        rijen = [Gevolgovergang(*paar, keer, bedrag[paar]) for paar, keer in aantal.items()]
        return sorted(rijen, key=lambda rij: -rij.bedrag)

    @property
    def door_persoon(self) -> int:
        """How many of them a person has decided on since; such a decision stands."""
        return sum(item.door_persoon for item in self.regels)


def try_gevolg(werkplaats: Werkplaats, gemeente: str, beleid: Beleidsregel, sinds: date) -> Gevolgproef | None:
    """Declarations that came in since a day, with this consequence on every day; None when those are too many to wait for.

    The streams in which they came are handled twice, with and without it: what they say otherwise comes of the consequence alone.
    """
    with werkplaats.opslag.transaction() as verbinding:
        stromen = list_stromen_sinds(verbinding, gemeente, beleid.agb, begin_of(sinds))
    if sum(stroom.omvang for stroom in stromen) > MEESTE_BERICHTEN:
        return None
    regels = [item for stroom in stromen for item in _compare(werkplaats, gemeente, stroom, beleid)]
    return Gevolgproef(sinds, sum(len(stroom.berichten) for stroom in stromen), regels)


def _compare(werkplaats: Werkplaats, gemeente: str, stroom: Versestroom, beleid: Beleidsregel) -> Iterator[Verandering]:
    zonder = set(map(_outcome, reconsider(werkplaats, gemeente, stroom.agb).veranderingen))
    erin = set(stroom.berichten)
    for item in reconsider(werkplaats, gemeente, stroom.agb, alsof=beleid).veranderingen:
        if item.bericht_id in erin and _outcome(item) not in zonder:
            yield item


def _outcome(item: Verandering) -> tuple[int, str, int, tuple[str, ...]]:
    return item.prestatie_id, item.wordt, item.wordt_bedrag, tuple(item.wordt_regels)
