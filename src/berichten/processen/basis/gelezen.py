"""Messages that were read on arrival, kept for the worker in the same process so that it need not read them again."""

from collections import OrderedDict
from threading import Lock
from uuid import UUID

from berichten.standaard.lezen.retour import Inzending

_MEESTE_REGELS = 60_000
"""About two declarations of 25 MB: what memory may go to this."""


class GelezenBerichten:
    """A small memory, never the only one: what is not in here is read from the database."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._berichten: OrderedDict[UUID, Inzending] = OrderedDict()
        self._regels = 0

    def put(self, bericht_id: UUID, bericht: Inzending) -> None:
        """Keep a message; the oldest ones make room."""
        with self._lock:
            self._berichten[bericht_id] = bericht
            self._regels += _size(bericht)
            while self._regels > _MEESTE_REGELS:
                _, weg = self._berichten.popitem(last=False)
                self._regels -= _size(weg)

    def take(self, bericht_id: UUID) -> Inzending | None:
        """The message, if it is still here; it leaves the table."""
        with self._lock:
            bericht = self._berichten.pop(bericht_id, None)
            if bericht is not None:
                self._regels -= _size(bericht)
            return bericht


def _size(bericht: Inzending) -> int:
    """What a message weighs: its lines, and something for the message itself."""
    return 10 + bericht.aantal_regels
