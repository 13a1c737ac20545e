"""Which messages of a bundle may be handled in step: waves, of messages that have nothing to do with each other. Pure.

Order counts between a gemeente and an aanbieder, but not between everything that they send. A declaration is held against all that
went before it in its stream, so nothing passes it. A JW301, JW305 or JW307 is about one client and a few allocations: of two that
share neither, no one can tell in which order they were handled. `tests/archief/test_bundels.py` proves it on random towns.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from berichten.opslag.berichten.berichten import Berichtrij
from berichten.standaard.lezen.retour import Inzending
from berichten.standaard.waarden.berichten import Productbericht


@dataclass(frozen=True, slots=True)
class Taak:
    """A message to handle, read."""

    rij: Berichtrij
    bericht: Inzending
    inhoud: bytes | None
    """Its bytes, unless they are large."""
    nooit_gebruikt: bool = False
    """Nobody used its Identificatie."""

    @property
    def stroom(self) -> tuple[str, str]:
        """Gemeente and AGB code."""
        return self.rij.gemeente, self.rij.agb or ""


def split_in_waves(taken: Sequence[Taak]) -> list[list[int]]:
    """Places of these messages by wave: a message comes after each earlier one that it shares anything with."""
    na_declaratie: defaultdict[Hashable, int] = defaultdict(int)
    """First wave after all of a stream that nothing passes."""
    na_alles: defaultdict[Hashable, int] = defaultdict(int)
    """First wave after everything of a stream."""
    vrij: defaultdict[Hashable, int] = defaultdict(int)
    """First wave after all that named this."""
    golven: defaultdict[int, list[int]] = defaultdict(list)
    for plaats, taak in enumerate(taken):
        stroom, genoemd = taak.stroom, tuple(_named(taak))
        passeerbaar = isinstance(taak.bericht, Productbericht)
        golf = max((na_declaratie if passeerbaar else na_alles)[stroom], *(vrij[naam] for naam in genoemd))
        golven[golf].append(plaats)
        na_alles[stroom] = max(na_alles[stroom], golf + 1)
        if not passeerbaar:
            na_declaratie[stroom] = golf + 1
        vrij.update(dict.fromkeys(genoemd, golf + 1))
    return [golven[golf] for golf in sorted(golven)]


def _named(taak: Taak) -> Iterator[Hashable]:
    """What a message is about: its Identificatie, and allocations (given out once in a gemeente) and clients."""
    rij, bericht = taak.rij, taak.bericht
    yield "identificatie", rij.gemeente, rij.afzender, rij.soort, rij.identificatie
    if isinstance(bericht, Productbericht):
        nummers = {item.toewijzingnummer for item in bericht.producten if item.toewijzingnummer is not None}
        yield "client", *taak.stroom, bericht.client.bsn
    else:
        nummers, _ = bericht.genoemde_toewijzingen
    for nummer in nummers:
        yield "toewijzing", rij.gemeente, nummer
