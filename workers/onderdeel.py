"""A process of the crew: `python -m workers.onderdeel LINE` does the work of its roles until its line ends."""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from types import FrameType
from typing import Protocol

from berichten.instellingen import Instellingen
from berichten.logboek import configure_logging
from berichten.opslag.basis.verbinding import Logins
from berichten.processen.basis.geheugen import hold_little
from berichten.processen.basis.werkplaats import Werkplaats, beside, furnish
from berichten.processen.bewaking.bekijk_werkers import PLANNER, WERKER
from berichten.sporen import tracing
from workers.planner import Planner
from workers.ploeg import GRATIE, Post
from workers.werker import Werker

_ACHTER_DE_DEUR = 5
"""How much lower the priority of a crew is than that of who answers at the door (`nice`): what waits may wait a little longer, who
sends may not."""
__all__ = ["PLANNER", "WERKER", "as_post", "leave_on_signal", "working"]


class _Rol(Protocol):
    def start(self) -> None: ...
    def stop(self, seconden: float) -> None: ...


_ROLLEN: dict[str, Callable[[Werkplaats, tuple[int, int]], _Rol]] = {
    WERKER: Werker,
    PLANNER: lambda werkplaats, _: Planner(werkplaats),
}


def as_post(instellingen: Instellingen, logins: Logins, rollen: tuple[str, ...], deel: tuple[int, int] = (0, 1)) -> Post:
    """The place in a crew of a process with these roles."""
    naam = " en ".join(rollen) + (f" {deel[0] + 1} van {deel[1]}" if deel[1] > 1 else "")
    return Post(naam, "workers.onderdeel", (instellingen.model_dump(), logins, rollen, deel))


@contextmanager
def working(werkplaats: Werkplaats, rollen: tuple[str, ...], deel: tuple[int, int] = (0, 1)) -> Iterator[None]:
    """Do the work of these roles, in threads, for as long as this lasts; then what is at hand is ended."""
    with tracing(werkplaats.instellingen, " en ".join(rollen)), beside(werkplaats, vooruit=False) as huis:
        aan_het_werk = [_ROLLEN[rol](huis, deel) for rol in rollen]
        for rol in aan_het_werk:
            rol.start()
        try:
            yield
        finally:
            for rol in aan_het_werk:
                rol.stop(GRATIE)


def leave_on_signal() -> None:
    """SIGTERM and Ctrl-C end what runs in the ordinary way, once: whatever is open is closed."""

    def leave(nummer: int, _: FrameType | None) -> None:
        signal.signal(nummer, signal.SIG_IGN)
        raise SystemExit(0)

    for nummer in (signal.SIGTERM, signal.SIGINT):
        signal.signal(nummer, leave)


def main() -> None:
    """Serve until the line whose number is the argument ends."""
    leave_on_signal()
    # Ctrl-C goes to everybody on the terminal; the service decides when we stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hold_little()
    os.nice(_ACHTER_DE_DEUR)
    configure_logging()
    lijn = Connection(int(sys.argv[1]))
    try:
        velden, logins, rollen, deel = pickle.loads(lijn.recv_bytes())
    except EOFError:
        return
    instellingen = Instellingen(**velden)
    with furnish(instellingen, logins, verbindingen=2 * instellingen.workers + 4) as werkplaats, working(werkplaats, rollen, deel):
        lijn.poll(None)


if __name__ == "__main__":
    main()
