"""Who was refused a right, in the access log; a flood of one sender is counted and not kept (`tel_niet_getoond`)."""

from berichten.inzage.basis.vermelding import as_logregel
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.toegang.inzagelog import add_logregel
from berichten.processen.basis.werkplaats import Werkplaats


def log_geweigerd(werkplaats: Werkplaats, houder: Sleutelhouder, reden: str) -> None:
    """Keep that this holder asked what it may not; `reden` is a word of our own."""
    regel = as_logregel(houder, werkplaats.instellingen.nu(), "handeling", "", uitkomst="geweigerd", reden=reden)
    with werkplaats.opslag.transaction() as verbinding:
        add_logregel(verbinding, houder.gemeente, regel, ())
