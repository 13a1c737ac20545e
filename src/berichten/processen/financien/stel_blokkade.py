"""Set a payment block on a line or on an aanbieder, and lift it again."""

from dataclasses import dataclass

from sqlalchemy import Connection

from berichten.boeken.betaling import Betaalweigering
from berichten.kern.tekst import datum
from berichten.opslag.financien.blokkades import (
    Blokkade,
    add_opheffingsstap,
    end_blokkade,
    find_betaalstand,
    find_blokkade,
    insert_blokkade,
    knows_aanbieder,
    lock_betalingen,
)
from berichten.opslag.toegang.sleutels import same_person
from berichten.processen.basis.werkplaats import Werkplaats


@dataclass(frozen=True, slots=True)
class Doel:
    """What to block: one line, or without `prestatie_id` all that is owed to the aanbieder."""

    agb: str | None
    prestatie_id: int | None = None


def set_blokkade(werkplaats: Werkplaats, gemeente: str, door: str, doel: Doel, reden: str) -> Blokkade | Betaalweigering | None:
    """Block from now on. None when this gemeente knows no such line or aanbieder.

    A line that an approved run has paid in full is refused: nothing of it is left to hold back.
    """
    with werkplaats.opslag.transaction() as verbinding:
        lock_betalingen(verbinding, gemeente)
        agb = _find_agb(verbinding, gemeente, doel)
        if agb is None or isinstance(agb, Betaalweigering):
            return agb
        gesteld = insert_blokkade(verbinding, gemeente, agb, doel.prestatie_id, reden, door, werkplaats.instellingen.nu())
    return gesteld or Betaalweigering("Deze blokkade staat er al. Hef de oude eerst op als de reden anders is geworden.")


def _find_agb(verbinding: Connection, gemeente: str, doel: Doel) -> str | Betaalweigering | None:
    """The aanbieder whom a block concerns, when there is something to block."""
    if doel.prestatie_id is None:
        return doel.agb if doel.agb and knows_aanbieder(verbinding, gemeente, doel.agb) else None
    stand = find_betaalstand(verbinding, gemeente, doel.prestatie_id)
    if stand is None or doel.agb not in (None, stand.agb):
        return None
    if stand.uitkomst not in ("toegekend", "ter_beoordeling"):
        return Betaalweigering("Deze regel is niet toegekend; er is niets te betalen en dus niets te blokkeren.")
    if stand.aantal_boekingen and stand.aantal_betaald == stand.aantal_boekingen:
        return Betaalweigering("Deze regel staat al in een goedgekeurde betaalrun. Vraag de aanbieder om een creditregel.")
    return stand.agb


def lift_blokkade(werkplaats: Werkplaats, gemeente: str, door: str, blokkade_id: int) -> Blokkade | Betaalweigering | None:
    """Propose to end a block, or as a second person end it; None when this gemeente has no such block.

    What two people do at once waits for each other: the second then confirms what the first proposed.
    """
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction() as verbinding:
        lock_betalingen(verbinding, gemeente)
        gesteld = _find_standing(verbinding, gemeente, blokkade_id)
        if not isinstance(gesteld, Blokkade):
            return gesteld
        voorsteller = gesteld.opheffing_voorgesteld_door
        if voorsteller is None:
            add_opheffingsstap(verbinding, gemeente, blokkade_id, "voorgesteld", door, nu)
        elif same_person(verbinding, gemeente, voorsteller, door):
            return Betaalweigering("U stelde deze opheffing zelf voor. Vraag een collega om haar te bevestigen.")
        else:
            end_blokkade(verbinding, gemeente, blokkade_id, door, nu)
        return find_blokkade(verbinding, gemeente, blokkade_id)


def keep_blokkade(werkplaats: Werkplaats, gemeente: str, door: str, blokkade_id: int) -> Blokkade | Betaalweigering | None:
    """Take back the proposal to end a block, one's own or another's; None when this gemeente has no such block."""
    with werkplaats.opslag.transaction() as verbinding:
        lock_betalingen(verbinding, gemeente)
        gesteld = _find_standing(verbinding, gemeente, blokkade_id)
        if not isinstance(gesteld, Blokkade):
            return gesteld
        if gesteld.opheffing_voorgesteld_door is None:
            return Betaalweigering("Niemand stelde voor deze blokkade op te heffen. U hoeft niets te doen: zij blijft staan.")
        add_opheffingsstap(verbinding, gemeente, blokkade_id, "teruggenomen", door, werkplaats.instellingen.nu())
        return find_blokkade(verbinding, gemeente, blokkade_id)


def _find_standing(verbinding: Connection, gemeente: str, blokkade_id: int) -> Blokkade | Betaalweigering | None:
    gesteld = find_blokkade(verbinding, gemeente, blokkade_id)
    if gesteld is None or gesteld.opgeheven_op is None:
        return gesteld
    return Betaalweigering(f"Deze blokkade is al opgeheven op {datum(gesteld.opgeheven_op)}. U hoeft niets te doen.")
