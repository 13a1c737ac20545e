"""What several requests ask at about the same moment is done in one go: one thread, one transaction and one commit for all of them.

Who finds no one at work goes at once; who comes while others are served goes with the next lot. So a lot grows with what there is
to do, and an unbusy service is no slower for it. Where one step comes before another (`voor`), a lot of the first waits a moment
until nobody is at the second: then one lot goes through both at a time, and who comes meanwhile goes with the next. Of a steady
stream each then costs less, which leaves more of the processor to everybody; who finds nobody there waits for nothing.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import Context, copy_context
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from berichten.processen.basis.bereikbaar import fails_for_all

T = TypeVar("T")
R = TypeVar("R")
MEESTE = 50
"""Requests that are served in one go."""


@dataclass(slots=True)
class _Gevraagd(Generic[T, R]):
    vraag: T
    belofte: asyncio.Future[R]
    verband: Context = field(default_factory=copy_context)
    """Of who asks: what is done for it belongs to its span."""


class Bundelaar(Generic[T, R]):
    """Serves requests of one kind. To be used within one event loop."""

    def __init__(
        self,
        naam: str,
        samen: Callable[[Sequence[T]], Sequence[R]],
        apart: Callable[[T], R],
        banen: int = 1,
        voor: "Bundelaar[Any, Any] | None" = None,
        adem: float = 0.0,
    ) -> None:
        """`samen` does several, all or none, and says in order what came of each; `apart` does one. `banen` lots at a time.

        `voor`: where these go next; a lot waits until nobody is there, `adem` seconds at most.
        """
        self._samen, self._apart, self._banen, self._voor, self._adem = samen, apart, banen, voor, adem
        self._rust = asyncio.Event()
        self._rust.set()
        self._draden = ThreadPoolExecutor(banen, thread_name_prefix=naam)
        self._rij: list[_Gevraagd[T, R]] = []
        self._bezig = 0
        """Lots that are served now: counted by who serves, since a task that is done is known to be so only a moment later."""
        self._taken: set[asyncio.Task[None]] = set()

    async def do(self, vraag: T) -> R:
        """What comes of this one; raises what doing it raises."""
        belofte: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._rij.append(_Gevraagd(vraag, belofte))
        if self._bezig < self._banen:
            self._bezig += 1
            self._rust.clear()
            taak = asyncio.create_task(self._serve())
            # The loop itself holds on to no task.
            self._taken.add(taak)
            taak.add_done_callback(self._taken.discard)
        return await belofte

    async def rest(self, hooguit: float) -> None:
        """Until nobody is served here, or for so many seconds."""
        if not self._rust.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._rust.wait(), hooguit)

    def stop(self) -> None:
        """Let the threads go, once they have done what they are at."""
        self._draden.shutdown()

    async def _serve(self) -> None:
        try:
            while self._rij:
                if self._voor is not None and len(self._rij) < MEESTE:
                    await self._voor.rest(self._adem)
                lot, self._rij = self._rij[:MEESTE], self._rij[MEESTE:]
                try:
                    loop = asyncio.get_running_loop()
                    uitkomsten = await loop.run_in_executor(self._draden, self._do_all, lot)
                except Exception as fout:
                    uitkomsten = _share(fout, len(lot))
                _tell(lot, uitkomsten)
                # Who was told goes on first: to where they go next, most of them.
                await asyncio.sleep(0)
        finally:
            # Nobody comes between the last look and this.
            self._bezig -= 1
            if not self._bezig:
                self._rust.set()

    def _do_all(self, lot: Sequence[_Gevraagd[T, R]]) -> Sequence[R | Exception]:
        """Together; when that fails each by itself, so that a fault is its own, unless it would befall every one of them."""
        if len(lot) > 1:
            try:
                samen = lot[0].verband.run(self._samen, [gevraagd.vraag for gevraagd in lot])
            except Exception as fout:
                if fails_for_all(fout):
                    return _share(fout, len(lot))
            else:
                if len(samen) != len(lot):
                    # It may have been done: it is not done once more.
                    raise RuntimeError(f"{len(samen)} uitkomsten van {len(lot)} vragen")
                return samen
        return self._do_apart(lot)

    def _do_apart(self, lot: Sequence[_Gevraagd[T, R]]) -> Sequence[R | Exception]:
        """One after the other, until something fails that would befall all that are left."""
        uitkomsten: list[R | Exception] = []
        for plaats, gevraagd in enumerate(lot):
            try:
                uitkomsten.append(gevraagd.verband.run(self._apart, gevraagd.vraag))
            except Exception as fout:
                if fails_for_all(fout):
                    return uitkomsten + _share(fout, len(lot) - plaats)
                uitkomsten.append(fout)
        return uitkomsten


def _share(fout: Exception, aantal: int) -> list[R | Exception]:
    """One for each: whoever raises an exception writes in it where that was."""
    return [fout, *(_same_as(fout) for _ in range(aantal - 1))]


def _same_as(fout: Exception) -> Exception:
    try:
        eigen = copy(fout)
    except Exception:
        # What it is made with is not what it keeps.
        return fout
    eigen.__cause__ = fout.__cause__
    return eigen.with_traceback(fout.__traceback__)


def _tell(lot: Sequence[_Gevraagd[T, R]], uitkomsten: Sequence[R | Exception]) -> None:
    """Give each its outcome; who asked may be gone."""
    for gevraagd, uitkomst in zip(lot, uitkomsten, strict=True):
        if gevraagd.belofte.done():
            continue
        if isinstance(uitkomst, Exception):
            gevraagd.belofte.set_exception(uitkomst)
        else:
            gevraagd.belofte.set_result(uitkomst)
