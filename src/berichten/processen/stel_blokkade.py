"""Set a payment block on a line or on an aanbieder, and lift it again."""

from dataclasses import dataclass

from sqlalchemy import Connection

from berichten.opslag.blokkades import (
    Blokkade,
    end_blokkade,
    find_betaalstand,
    find_blokkade,
    insert_blokkade,
    knows_aanbieder,
    lock_betalingen,
)
from berichten.processen.werkplaats import Werkplaats
from berichten.regels.betaling import Weigering
from berichten.regels.tekst import datum


@dataclass(frozen=True, slots=True)
class Doel:
    """What to block: one line, or without `prestatie_id` all that is owed to the aanbieder."""

    agb: str | None
    prestatie_id: int | None = None


def set_blokkade(werkplaats: Werkplaats, gemeente: str, door: str, doel: Doel, reden: str) -> Blokkade | Weigering | None:
    """Block from now on. None when this gemeente knows no such line or aanbieder.

    A line that an approved run has paid in full is refused: nothing of it is left to hold back.
    """
    with werkplaats.opslag.transaction() as verbinding:
        lock_betalingen(verbinding, gemeente)
        agb = _find_agb(verbinding, gemeente, doel)
        if agb is None or isinstance(agb, Weigering):
            return agb
        gesteld = insert_blokkade(verbinding, gemeente, agb, doel.prestatie_id, reden, door, werkplaats.instellingen.nu())
    return gesteld or Weigering("Deze blokkade staat er al. Hef de oude eerst op als de reden anders is geworden.")


def _find_agb(verbinding: Connection, gemeente: str, doel: Doel) -> str | Weigering | None:
    """The aanbieder whom a block concerns, when there is something to block."""
    if doel.prestatie_id is None:
        return doel.agb if doel.agb and knows_aanbieder(verbinding, gemeente, doel.agb) else None
    stand = find_betaalstand(verbinding, gemeente, doel.prestatie_id)
    if stand is None or doel.agb not in (None, stand.agb):
        return None
    if stand.uitkomst not in ("toegekend", "ter_beoordeling"):
        return Weigering("Deze regel is niet toegekend; er is niets te betalen en dus niets te blokkeren.")
    if stand.aantal_boekingen and stand.aantal_betaald == stand.aantal_boekingen:
        return Weigering("Deze regel staat al in een goedgekeurde betaalrun. Vraag de aanbieder om een creditregel.")
    return stand.agb


def lift_blokkade(werkplaats: Werkplaats, gemeente: str, door: str, blokkade_id: int) -> Blokkade | Weigering | None:
    """End a block; None when this gemeente has no such block."""
    with werkplaats.opslag.transaction() as verbinding:
        lock_betalingen(verbinding, gemeente)
        gesteld = find_blokkade(verbinding, gemeente, blokkade_id)
        if gesteld is None:
            return None
        if gesteld.opgeheven_op is not None:
            return Weigering(f"Deze blokkade is al opgeheven op {datum(gesteld.opgeheven_op)}. U hoeft niets te doen.")
        return end_blokkade(verbinding, gemeente, blokkade_id, door, werkplaats.instellingen.nu())
