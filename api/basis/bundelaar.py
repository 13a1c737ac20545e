"""What several requests ask at about the same moment is done in one go: one thread, one transaction and one commit for all of them.

Nobody waits for company. Who finds no one at work goes at once; who comes while others are served goes with the next lot. So a lot
grows with what there is to do, and an unbusy service is no slower for it.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from berichten.processen.basis.bereikbaar import is_away

T = TypeVar("T")
R = TypeVar("R")
MEESTE = 50
"""Requests that are served in one go."""


class Bundelaar(Generic[T, R]):
    """Serves requests of one kind. To be used within one event loop."""

    def __init__(self, naam: str, samen: Callable[[Sequence[T]], Sequence[R]], apart: Callable[[T], R], banen: int = 1) -> None:
        """`samen` does several, all or none, and says in order what came of each; `apart` does one. `banen` lots at a time."""
        self._samen, self._apart, self._banen = samen, apart, banen
        self._draden = ThreadPoolExecutor(banen, thread_name_prefix=naam)
        self._rij: list[tuple[T, asyncio.Future[R]]] = []
        self._bezig = 0
        """Lots that are served now: counted by who serves, since a task that is done is known to be so only a moment later."""
        self._taken: set[asyncio.Task[None]] = set()

    async def do(self, vraag: T) -> R:
        """What comes of this one; raises what doing it raises."""
        belofte: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._rij.append((vraag, belofte))
        if self._bezig < self._banen:
            self._bezig += 1
            taak = asyncio.create_task(self._serve())
            # The loop itself holds on to no task.
            self._taken.add(taak)
            taak.add_done_callback(self._taken.discard)
        return await belofte

    def stop(self) -> None:
        """Let the threads go, once they have done what they are at."""
        self._draden.shutdown()

    async def _serve(self) -> None:
        try:
            while self._rij:
                lot, self._rij = self._rij[:MEESTE], self._rij[MEESTE:]
                try:
                    loop = asyncio.get_running_loop()
                    uitkomsten = await loop.run_in_executor(self._draden, self._do_all, [vraag for vraag, _ in lot])
                except Exception as fout:
                    uitkomsten = [fout] * len(lot)
                _tell(lot, uitkomsten)
        finally:
            # Nobody comes between the last look and this.
            self._bezig -= 1

    def _do_all(self, vragen: Sequence[T]) -> Sequence[R | Exception]:
        """Together; when that fails each by itself, so that a fault is its own. Without a database there is no use in that."""
        if len(vragen) > 1:
            try:
                return self._samen(vragen)
            except Exception as fout:
                if is_away(fout):
                    return [fout] * len(vragen)
        return [self._do_one(vraag) for vraag in vragen]

    def _do_one(self, vraag: T) -> R | Exception:
        try:
            return self._apart(vraag)
        except Exception as fout:
            return fout


def _tell(lot: Sequence[tuple[T, asyncio.Future[R]]], uitkomsten: Sequence[R | Exception]) -> None:
    """Give each its outcome; who asked may be gone."""
    for (_, belofte), uitkomst in zip(lot, uitkomsten, strict=True):
        if belofte.done():
            continue
        if isinstance(uitkomst, Exception):
            belofte.set_exception(uitkomst)
        else:
            belofte.set_result(uitkomst)
