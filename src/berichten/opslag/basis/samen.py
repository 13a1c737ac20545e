"""Pieces of work in step on one connection: what all of them ask next goes to the database as one statement.

A message is handled by code that asks one thing after the other. When many messages have nothing to do with each other, each runs
in a greenlet, which stops where it asks something. Once all have stopped, equal questions are put together, and each goes on with
its own rows. What is written waits until its writer asks something again, or all are done; then it goes together too. So the code
for one message is the code for a hundred, and does not know the difference.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from contextvars import copy_context
from itertools import islice
from typing import Any, Protocol, TypeVar, cast

from greenlet import GreenletExit, getcurrent, greenlet
from sqlalchemy import Connection

T = TypeVar("T")


class Veelvrager(Protocol):
    """Something that can be asked for many at once."""

    def answer_all(self, verbinding: Connection, reeks: Sequence[Any]) -> Sequence[Any]:
        """What would have been answered to each of these, in their order."""


class Veelschrijver(Protocol):
    """Something that can be written for many at once."""

    def write_all(self, verbinding: Connection, reeks: Sequence[Any]) -> None:
        """Write each of these, in their order."""


class Deelnemer(greenlet):  # type: ignore[misc]
    """A piece of work that runs in step with others."""

    def __init__(self, taak: Callable[[], Any], leider: greenlet) -> None:
        super().__init__(taak, leider)
        self.gr_context = copy_context()
        self.te_schrijven: deque[tuple[Veelschrijver, Sequence[Any]]] = deque()

    def ask(self, vrager: Veelvrager, waarden: Any) -> Any:
        """Stop until this is answered, together with what others ask."""
        return self.parent.switch(vrager, waarden)

    def put(self, schrijver: Veelschrijver, reeks: Sequence[Any]) -> None:
        """Have this written before anything that is asked hereafter."""
        if reeks:
            self.te_schrijven.append((schrijver, reeks))


def find_deelnemer() -> Deelnemer | None:
    """The piece of work that is running, if it runs in step with others."""
    lopend = getcurrent()
    return lopend if isinstance(lopend, Deelnemer) else None


def run_together(verbinding: Connection, taken: Sequence[Callable[[], T]]) -> list[T]:
    """Carry out pieces of work inside the open transaction, in step; returns what each of them gives.

    None may need what another writes. What one of them raises is raised, and the others stop where they are.
    """
    deelnemers = [Deelnemer(taak, getcurrent()) for taak in taken]
    uitkomsten: dict[Deelnemer, T] = {}
    verder: list[tuple[Deelnemer, tuple[Any, ...]]] = [(deelnemer, ()) for deelnemer in deelnemers]
    try:
        while verder:
            gevraagd: defaultdict[Veelvrager, list[tuple[Deelnemer, Any]]] = defaultdict(list)
            for deelnemer, antwoord in verder:
                stand: Any = deelnemer.switch(*antwoord)
                if deelnemer.dead:
                    uitkomsten[deelnemer] = cast("T", stand)
                else:
                    vrager, waarden = stand
                    gevraagd[vrager].append((deelnemer, waarden))
            _write([deelnemer for vragers in gevraagd.values() for deelnemer, _ in vragers], verbinding)
            verder = [
                (deelnemer, (antwoord,))
                for vrager, vragers in gevraagd.items()
                for (deelnemer, _), antwoord in zip(
                    vragers, vrager.answer_all(verbinding, [waarden for _, waarden in vragers]), strict=True
                )
            ]
        _write(deelnemers, verbinding)
    finally:
        for deelnemer in deelnemers:
            if deelnemer and not deelnemer.dead:
                deelnemer.throw(GreenletExit)
    return [uitkomsten[deelnemer] for deelnemer in deelnemers]


def _write(deelnemers: Sequence[Deelnemer], verbinding: Connection) -> None:
    """What these have to write: for each of them in its own order, and as much as that allows of one kind together."""
    rijen = [deelnemer.te_schrijven for deelnemer in deelnemers if deelnemer.te_schrijven]
    while rijen:
        # A kind that somebody still has to come to waits for that; when each waits for another, one goes first.
        later = {schrijver for rij in rijen for schrijver, _ in islice(rij, 1, None)}
        eerste = next((rij[0][0] for rij in rijen if rij[0][0] not in later), rijen[0][0][0])
        reeks: list[Any] = []
        for rij in rijen:
            while rij and rij[0][0] is eerste:
                reeks += rij.popleft()[1]
        eerste.write_all(verbinding, reeks)
        rijen = [rij for rij in rijen if rij]
