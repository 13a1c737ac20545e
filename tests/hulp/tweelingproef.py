"""Twins of rules on trial: lines as columns, and which of those lines broke which rule when they were judged one by one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from berichten.beoordeling.kolommen import onschuld
from berichten.dossier.kolommen import Regelkolommen
from berichten.kern.regel import Bevinding, Regel, Toets
from tests.hulp.mutanten import list_tweelingmutanten, planted

NOOIT = 10**9
"""More lines than any declaration has."""
Masker = np.ndarray[Any, np.dtype[np.bool_]]


@contextmanager
def columns_from(veel: int) -> Iterator[None]:
    """Judge by columns from so many lines on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(onschuld, "VEEL", veel)
        yield


@dataclass
class Zaak:
    """The lines of one declaration."""

    kolommen: Regelkolommen
    bevindingen: Iterable[Bevinding]

    def __post_init__(self) -> None:
        self.gebroken: defaultdict[Toets, list[int]] = defaultdict(list)
        for item in self.bevindingen:
            self.gebroken[item.regel.toets].append((item.plaats.volgnummer or 0) - 1)


class Tweelingproef:
    """Some declarations, by which twins are tried."""

    def __init__(self, zaken: Iterable[Zaak]) -> None:
        self.zaken = list(zaken)

    def masks(self, regel: Regel) -> Iterator[tuple[Masker, list[int]]]:
        """Whom the twin of a rule calls innocent in each declaration, and who broke the rule."""
        assert regel.onschuldig is not None
        for zaak in self.zaken:
            yield np.broadcast_to(regel.onschuldig(zaak.kolommen), len(zaak.kolommen.prestaties)), zaak.gebroken[regel.toets]

    def copy_masks(self, regel: Regel) -> list[Masker]:
        return [masker.copy() for masker, _ in self.masks(regel)]

    def is_mild(self, regel: Regel) -> bool:
        """Whether the twin calls a line innocent that broke the rule; a twin that fails altogether would be noticed too."""
        try:
            return any(masker[schuldig].any() for masker, schuldig in self.masks(regel))
        except Exception:
            return True

    def grows(self, regel: Regel, gaaf: list[Masker]) -> bool:
        """Whether the twin calls more lines innocent than it did."""
        return any((nu & ~toen).any() for (nu, _), toen in zip(self.masks(regel), gaaf, strict=True))

    def list_unused(self, regels: Sequence[Regel]) -> list[str]:
        """Rules that nobody breaks, or whose twin suspects everybody: nothing is proven of those."""
        return [
            regel.id
            for regel in regels
            if not any(schuldig for _, schuldig in self.masks(regel)) or not any(masker.any() for masker, _ in self.masks(regel))
        ]

    def list_unnoticed(self, regels: Sequence[Regel]) -> list[str]:
        """Mistakes in twins that make them call more lines innocent, and none of those lines broke the rule.

        A mistake that only makes a twin stricter costs time and nothing else.
        """
        ongemerkt = []
        for regel in regels:
            gaaf = self.copy_masks(regel)
            for mutant in list_tweelingmutanten(regel):
                with planted(mutant):
                    if not self.is_mild(regel) and self.grows(regel, gaaf):
                        ongemerkt.append(mutant.naam)
        return ongemerkt
