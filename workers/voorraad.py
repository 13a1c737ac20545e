"""Streams that wait for a thread of this process: each stands here once, and no two threads have the same one."""

from itertools import islice
from threading import Condition

from berichten.opslag.berichten.berichten import Stroom


class Voorraad:
    """Hands out streams in the order in which they were first named. Safe to use from several threads."""

    def __init__(self) -> None:
        self._wachtend: dict[Stroom, None] = {}
        self._bezig: set[Stroom] = set()
        self._beurt = Condition()
        self._dicht = False

    def __len__(self) -> int:
        """How many wait."""
        return len(self._wachtend)

    def add(self, stroom: Stroom) -> None:
        """Name a stream in which something waits. One that is being handled comes round once more: it may have been left by now."""
        with self._beurt:
            if stroom not in self._wachtend:
                self._wachtend[stroom] = None
                self._beurt.notify()

    def take(self, meeste: int) -> list[Stroom]:
        """So many streams or fewer, which are ours until `done`; waits for one, and gives none once the door is closed."""
        with self._beurt:
            while not self._dicht:
                eerste = list(islice((stroom for stroom in self._wachtend if stroom not in self._bezig), meeste))
                if eerste:
                    for stroom in eerste:
                        del self._wachtend[stroom]
                    self._bezig.update(eerste)
                    return eerste
                self._beurt.wait()
            return []

    def done(self, stromen: list[Stroom]) -> None:
        """Give streams back, whatever became of them."""
        with self._beurt:
            self._bezig.difference_update(stromen)
            self._beurt.notify()

    def close(self) -> None:
        """Nobody gets a stream any more."""
        with self._beurt:
            self._dicht = True
            self._beurt.notify_all()
