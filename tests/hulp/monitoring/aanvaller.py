"""An attacker with a solver: knows what is shown and how counts hang together, and asks how small and how large each can be."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

HOOG = 100_000
"""More than any count in the tests."""


class Aanvaller:
    """Reasons apart from the service: with integer programming, about counts by name."""

    def __init__(self, grenzen: Mapping[str, tuple[int, int]]) -> None:
        """`grenzen`: least and most of each count, by how it is shown."""
        self.plaats = {naam: nummer for nummer, naam in enumerate(grenzen)}
        self.laag = np.array([laagste for laagste, _ in grenzen.values()], dtype=float)
        self.hoog = np.array([min(HOOG, hoogste) for _, hoogste in grenzen.values()], dtype=float)
        self.rijen: list[np.ndarray] = []
        self.hoogstens: list[float] = []

    def learn_union(self, geheel: str, delen: Sequence[str]) -> None:
        """A client may be in several parts, and is in at least one."""
        self._learn({geheel: -1, **dict.fromkeys(delen, 1)}, np.inf)
        for deel in delen:
            self.learn_part(deel, [geheel])

    def learn_part(self, deel: str, dekking: Sequence[str]) -> None:
        """Whoever is in `deel` is in one of these."""
        self._learn({deel: -1, **dict.fromkeys(dekking, 1)}, np.inf)

    def learn_sum(self, geheel: str, delen: Iterable[str]) -> None:
        """Each counts in one part."""
        self._learn({geheel: -1, **dict.fromkeys(delen, 1)}, 0)

    def _learn(self, termen: Mapping[str, int], hoogstens: float) -> None:
        rij = np.zeros(len(self.plaats))
        for naam, factor in termen.items():
            rij[self.plaats[naam]] += factor
        self.rijen.append(rij)
        self.hoogstens.append(hoogstens)

    def range_of(self, naam: str) -> tuple[int, int]:
        """Least and most that a count can be."""
        return self._extreme(naam, 1), -self._extreme(naam, -1)

    def _extreme(self, naam: str, teken: int) -> int:
        doel = np.zeros(len(self.plaats))
        doel[self.plaats[naam]] = teken
        eisen = [LinearConstraint(np.array(self.rijen), np.zeros(len(self.rijen)), self.hoogstens)] if self.rijen else []
        # The solver's presolve once cut off a count that was possible, depending on the order of the rows: it would see a leak
        # where there is none.
        oplossing = milp(
            doel,
            constraints=eisen,
            bounds=Bounds(self.laag, self.hoog),
            integrality=np.ones(len(doel)),
            options={"presolve": False},
        )
        assert oplossing.success, oplossing.message
        return round(oplossing.fun)
