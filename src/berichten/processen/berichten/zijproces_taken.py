"""What runs in the process of a `Zijproces`: takes tasks from its line one by one until the line is closed."""

import ctypes
import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog

from berichten.instellingen import Instellingen
from berichten.logboek import configure_logging, describe_failure
from berichten.processen.basis.bereikbaar import is_away
from berichten.processen.basis.geheugen import hold_little
from berichten.processen.basis.werkplaats import Werkplaats, furnish
from berichten.processen.basis.zijproces import BESCHEIDEN, ZijprocesFout, ZijprocesZonderDatabase, ZijprocesZwaar
from berichten.processen.berichten.proef_bericht import rehearse, rehearse_zending
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.standaard.deur.toelating import Weigering, admit
from berichten.standaard.lezen.retour import Inzending

_TRIM = getattr(ctypes.CDLL(None), "malloc_trim", None)
LOG = structlog.get_logger("zijproces")
MEESTE_GEHEUGEN = 1024 * 1024 * 1024
"""Bytes that it may take; half of it is ample for the largest message."""
MOE = 130 * 1024 * 1024
"""Bytes that it still holds after its task, from which it is replaced: names that libxml2 met once it keeps for good."""


def admit_large(werkplaats: Werkplaats, inhoud: bytes) -> Inzending | Weigering:
    """Level 1. Only whether it is let in, and its header, go back: its lines would cost the service as much to take over."""
    toegelaten = admit(inhoud, werkplaats.schemas)
    return toegelaten if isinstance(toegelaten, Weigering) else toegelaten.without_lines()


TAKEN: dict[str, Callable[..., Any]] = {
    "toelaten": admit_large,
    "proef": rehearse,
    "zending": rehearse_zending,
    "stroom": handle_stroom,
}


def main() -> None:
    """Serve the line whose number is the argument."""
    # Ctrl-C goes to everybody on the terminal; the service decides when we stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hold_little()
    os.nice(BESCHEIDEN)
    resource.setrlimit(resource.RLIMIT_DATA, (MEESTE_GEHEUGEN, MEESTE_GEHEUGEN))
    configure_logging()
    lijn = Connection(int(sys.argv[1]))
    velden, logins = pickle.loads(lijn.recv_bytes())
    with furnish(Instellingen(**velden), logins, verbindingen=2) as werkplaats:
        while True:
            try:
                taak, gegevens = pickle.loads(lijn.recv_bytes())
            except EOFError:
                return
            uitkomst = _do(werkplaats, taak, gegevens)
            del gegevens
            lijn.send_bytes(pickle.dumps((*uitkomst, _is_tired())))
            del uitkomst


def _do(werkplaats: Werkplaats, taak: str, gegevens: tuple[Any, ...]) -> tuple[type[RuntimeError] | None, Any]:
    """What is to be raised, if anything, and the outcome, or the type of the failure."""
    try:
        return None, TAKEN[taak](werkplaats, *gegevens)
    except BaseException as fout:
        LOG.error("taak_mislukt", taak=taak, **describe_failure(fout))
        if isinstance(fout, MemoryError):
            return ZijprocesZwaar, type(fout).__name__
        return ZijprocesZonderDatabase if is_away(fout) else ZijprocesFout, type(fout).__name__


def _is_tired() -> bool:
    # What was freed goes back to the system only when asked; where that cannot be asked, we are replaced sooner.
    if _TRIM is not None:
        _TRIM(0)
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() > MOE


if __name__ == "__main__":
    main()
