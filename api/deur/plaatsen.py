"""How many large bodies are held at once: each is in memory from its first byte until it was answered."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.basis.problemen import Probleem
from berichten.processen.basis.zijproces import GROOT

PLAATSEN = 4
"""Large bodies that are held at once: 25 MB each, and once more while it goes to the process that reads it."""
PLAATSEN_VAN_EEN = 2
"""Of those, of one sender: who sends slowly does not keep others waiting."""
WACHT_SECONDEN = 30.0
"""For which one waits for a place, before any of its body is read."""

_VOL = "Er worden nu veel grote bestanden gelezen. Probeer het over een halve minuut opnieuw."


class Plaatsen:
    """Gives out places. Used on one event loop."""

    def __init__(self) -> None:
        self._bezet: Counter[str] = Counter()
        self._beurt = asyncio.Condition()

    @asynccontextmanager
    async def one_of(self, afzender: str) -> AsyncIterator[None]:
        """A place for a large body of this sender for as long as this lasts; 503 when none comes free in time."""
        async with self._beurt:
            try:
                await asyncio.wait_for(self._beurt.wait_for(lambda: self._is_free(afzender)), WACHT_SECONDEN)
            except TimeoutError:
                raise Probleem(503, _VOL, headers={"Retry-After": str(round(WACHT_SECONDEN))}) from None
            self._bezet[afzender] += 1
        try:
            yield
        finally:
            self._bezet[afzender] -= 1
            # Nothing is kept of who has no place.
            self._bezet += Counter()
            async with self._beurt:
                self._beurt.notify_all()

    def _is_free(self, afzender: str) -> bool:
        return self._bezet.total() < PLAATSEN and self._bezet[afzender] < PLAATSEN_VAN_EEN


def is_large(lengte: str) -> bool:
    """Whether a body of this Content-Length is large; one that does not say may be."""
    return not lengte.isdecimal() or int(lengte) > GROOT
