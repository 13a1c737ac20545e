"""Who was refused a right, in the access log; a flood of one sender is counted and not kept (`tel_niet_getoond`)."""

from typing import NamedTuple

from berichten.inzage.basis.objecten import Objectsoort
from berichten.inzage.basis.vermelding import as_logregel
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.toegang.inzagelog import add_logregel
from berichten.processen.basis.werkplaats import Werkplaats


class Gevraagd(NamedTuple):
    """What was asked for and not given: its kind, and its number when it has one."""

    soort: Objectsoort = "handeling"
    object_id: str = ""


_IETS = Gevraagd()


def log_geweigerd(werkplaats: Werkplaats, houder: Sleutelhouder, reden: str, gevraagd: Gevraagd = _IETS) -> None:
    """Keep that this holder asked what it may not; `reden` is a word of our own."""
    regel = as_logregel(houder, werkplaats.instellingen.nu(), *gevraagd, uitkomst="geweigerd", reden=reden)
    with werkplaats.opslag.transaction() as verbinding:
        add_logregel(verbinding, houder.gemeente, regel, ())
