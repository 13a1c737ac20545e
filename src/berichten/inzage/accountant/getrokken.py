"""Which lines are open to an auditor."""

from sqlalchemy import Connection

from berichten.inzage.basis.kijker import Kijker
from berichten.kern.rechten import CONTROLE
from berichten.opslag.controle import steekproeven as opslag

ALLE_JAREN = (0, 9999)
"""To whom no years were given, because every line is open."""


def open_years(verbinding: Connection, kijker: Kijker) -> tuple[int, int] | None:
    """The years of care (both inclusive) of which this holder sees drawn lines; None before and after who controls may see any."""
    if kijker.houder.rol != CONTROLE:
        return ALLE_JAREN
    mandaat = opslag.find_mandaat(verbinding, kijker.gemeente)
    if mandaat is None or mandaat.tot < kijker.instellingen.vandaag():
        return None
    return mandaat.jaar_van, mandaat.jaar_tot


def may_see_line(verbinding: Connection, kijker: Kijker, prestatie_id: int) -> bool:
    """Whether a line is open to this holder: of who controls only what was drawn, of the years and until the day given."""
    if kijker.houder.rol != CONTROLE:
        return True
    jaren = open_years(verbinding, kijker)
    return jaren is not None and bool(opslag.find_samples_of(verbinding, kijker.gemeente, prestatie_id, jaren))
