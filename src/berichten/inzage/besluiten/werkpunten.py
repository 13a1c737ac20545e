"""Allocations that awarded lines fell out of, for who looks at them."""

from berichten.inzage.basis.bladzijde import Bladzijde
from berichten.inzage.basis.kijker import Kijker
from berichten.opslag.dossiers import buiten_toewijzing as opslag
from berichten.opslag.dossiers.buiten_toewijzing import Werkpunt
from berichten.opslag.toegang.inzagelog import list_bsns_of_toewijzingen

__all__ = ["Werkpunt", "list_werkpunten"]


def list_werkpunten(kijker: Kijker, grootte: int, volgende: str | None) -> Bladzijde[Werkpunt]:
    """What is open, by ToewijzingNummer: several of one allocation on one page, so that a pointer to the number loses none."""
    with kijker.transaction() as (verbinding, vermelding):
        punten = opslag.list_werkpunten(verbinding, kijker.gemeente, int(volgende or 0), grootte)
        nummers = {item.toewijzingnummer for item in punten}
        vermelding.shows("werkpunten", list_bsns_of_toewijzingen(verbinding, kijker.gemeente, nummers))
    return Bladzijde(punten, str(punten[-1].toewijzingnummer) if len(nummers) == grootte else None)
