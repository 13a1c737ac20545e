"""Which lines are open to an auditor."""

from sqlalchemy import Connection

from berichten.inzage.basis.kijker import Kijker
from berichten.kern.rechten import CONTROLE
from berichten.opslag.controle import steekproeven as opslag


def may_see_line(verbinding: Connection, kijker: Kijker, prestatie_id: int) -> bool:
    """Whether a line is open to this holder: of who controls only what was drawn, of the years and until the day given."""
    if kijker.houder.rol != CONTROLE:
        return True
    mandaat = opslag.find_mandaat(verbinding, kijker.gemeente)
    if mandaat is None or mandaat.tot < kijker.instellingen.vandaag():
        return False
    jaren = mandaat.jaar_van, mandaat.jaar_tot
    return bool(opslag.find_samples_of(verbinding, kijker.gemeente, prestatie_id, jaren))
