"""How many transactions a thread holds at once: behind a pooler that lends few, more than one can wait for ever."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident

import pytest
from sqlalchemy import Connection

from berichten.opslag.basis.verbinding import Login, Opslag, Toegang


def note_held(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """For each transaction that this thread opens from now on, how many it then has."""
    eerder, ik, gezien, open_ = Opslag.transaction, get_ident(), [], [0]

    @contextmanager
    def transaction(opslag: Opslag, wie: Toegang | Login = Login.SCHRIJVER) -> Iterator[Connection]:
        hier = int(get_ident() == ik)
        open_[0] += hier
        gezien.extend(open_[:hier])
        try:
            with eerder(opslag, wie) as verbinding:
                yield verbinding
        finally:
            open_[0] -= hier

    monkeypatch.setattr(Opslag, "transaction", transaction)
    return gezien
