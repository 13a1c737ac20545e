"""A chain of seals: each day's is set over what was found on that day and the seal of the day before.

A seal is made with the key of the installation (HMAC-SHA-256). Who changes the database, but does not have the key, cannot make a
seal that fits. Without a key it is a plain hash, that proves less (docs/financien.md).
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

_BEGIN = b"\x00" * 32
"""Stands for the seal before the first."""
NEDERLANDS = "AT TIME ZONE 'Europe/Amsterdam'"
"""SQL that makes a moment the time in the Netherlands and back: a day that is sealed is a day there."""


class Zegel(NamedTuple):
    """A sealed day."""

    dag: date
    zegel: bytes


@dataclass(frozen=True, slots=True)
class Zegelketen:
    """Seals of one kind; `doel` is what the key is used for, so that what it makes fits nowhere else."""

    doel: bytes

    def make_seal(self, sleutel: str, vorige: bytes | None, gemeente: str, dag: date, delen: Iterable[bytes]) -> bytes:
        """The seal of a day: over the one before it (None for the first) and each part of the day, in order."""
        som = hmac.new(hashlib.sha256(self.doel + sleutel.encode()).digest(), vorige or _BEGIN, hashlib.sha256)
        som.update(f"{gemeente}|{dag:%Y-%m-%d}".encode())
        for deel in delen:
            som.update(deel)
        return som.digest()

    def find_misfits(self, sleutel: str, gemeente: str, dagen: Iterable[tuple[Zegel, Iterable[bytes]]]) -> Iterator[date]:
        """Days whose seal does not fit their parts and the seal before it as it stands; `dagen` are all, old to new."""
        vorige: bytes | None = None
        for zegel, delen in dagen:
            if not hmac.compare_digest(self.make_seal(sleutel, vorige, gemeente, zegel.dag, delen), zegel.zegel):
                yield zegel.dag
            vorige = zegel.zegel


def first_open_day(laatste: Zegel | None) -> date:
    """The day after the last sealed one; the first of the calendar when nothing was sealed yet."""
    return date.min if laatste is None else date.fromordinal(laatste.dag.toordinal() + 1)
