"""Who tries keys that do not work is asked to wait, by network address and within a bounded memory.

A key that worked from an address before goes on working from it, so that one wrong program behind the gateway of an organisation
does not shut its colleagues out. While an address waits no other key is looked at: whether a guess was right stays unknown.
"""

import hashlib
import threading
from collections import OrderedDict

MEESTE_ADRESSEN = 10_000
"""Addresses and known keys that are remembered; who has been silent longest is forgotten first."""
VENSTER = 60.0
"""Seconds in which wrong keys are counted, from the first."""


class Pogingen:
    """Counts wrong keys by address. Safe to use from several threads; the time is handed in, in seconds of any steady clock."""

    def __init__(self, meeste: int) -> None:
        self._meeste = meeste
        self._slot = threading.Lock()
        self._fouten: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._bekend: OrderedDict[tuple[str, bytes], None] = OrderedDict()

    def wait_seconds(self, adres: str, sleutel: str, nu: float) -> int:
        """Whole seconds until this address may try this key again; 0 when it may now."""
        with self._slot:
            begin, aantal = self._fouten.get(adres, (nu, 0))
            if aantal < self._meeste or nu >= begin + VENSTER or _known(adres, sleutel) in self._bekend:
                return 0
            return max(1, int(begin + VENSTER - nu + 0.999))

    def note_wrong(self, adres: str, nu: float) -> None:
        """A key from this address did not work."""
        with self._slot:
            begin, aantal = self._fouten.get(adres, (nu, 0))
            self._fouten[adres] = (nu, 1) if nu >= begin + VENSTER else (begin, aantal + 1)
            _trim(self._fouten, adres)

    def note_right(self, adres: str, sleutel: str) -> None:
        """This key worked from this address."""
        with self._slot:
            bekend = _known(adres, sleutel)
            self._bekend[bekend] = None
            _trim(self._bekend, bekend)


def _known(adres: str, sleutel: str) -> tuple[str, bytes]:
    """A key is remembered as a hash: memory holds no keys."""
    return adres, hashlib.sha256(sleutel.encode(errors="surrogateescape")).digest()


def _trim(wat: OrderedDict, laatste: object) -> None:  # type: ignore[type-arg]
    wat.move_to_end(laatste)
    while len(wat) > MEESTE_ADRESSEN:
        wat.popitem(last=False)
