"""Add up what was used of allocations, so that a declaration need not visit every older line: every night, some lines at a time."""

import time
from collections.abc import Callable
from datetime import datetime

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.financien.toewijzingsommen import add_up, begin_anew, look_ahead
from berichten.processen.basis.werkplaats import Werkplaats

_KEREN, _PAUZE = 60, 0.5
"""Where somebody works with the sums it is tried again, so often, after so many seconds."""


def count_use(werkplaats: Werkplaats, gemeente: str, nu: datetime | None = None, stop: Callable[[], bool] = lambda: False) -> None:
    """All lines that were there at an earlier night; those of today follow the next time. `nu` is the true time unless given.

    `stop` is asked between two portions: what is left is for the next night.
    """
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        look_ahead(verbinding, gemeente, nu or werkplaats.instellingen.nu_buiten())
    bezet = 0
    while bezet < _KEREN and not stop():
        with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            geteld = add_up(verbinding, gemeente)
        if geteld is False:
            break
        if geteld is None:
            bezet += 1
            time.sleep(_PAUZE)


def recount_use(werkplaats: Werkplaats, gemeente: str) -> None:
    """All sums of a gemeente anew from its lines, where the check of the books finds that they are not those (`gebruik`)."""
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        begin_anew(verbinding, gemeente)
    count_use(werkplaats, gemeente)
