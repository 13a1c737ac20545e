"""Set a payment block on a line or on an aanbieder, and lift it again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from berichten.kern.nietnu import NietNu
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
from berichten.opslag.toegang.inzagelog import list_bsns_of_prestaties
from berichten.opslag.toegang.sleutels import same_person
from berichten.processen.basis.handelingen import Handeling, note_outcome
from berichten.processen.basis.werkplaats import Werkplaats

_STAAT_AL = NietNu("Deze blokkade staat er al. Hef de oude eerst op als de reden anders is geworden.")


@dataclass(frozen=True, slots=True)
class Doel:
    """What to block: one line, or without `prestatie_id` all that is owed to the aanbieder."""

    agb: str | None
    prestatie_id: int | None = None


def set_blokkade(werkplaats: Werkplaats, gemeente: str, door: str, doel: Doel, reden: str) -> Blokkade | NietNu | None:
    """Block from now on. None when this gemeente knows no such line or aanbieder.

    A line that an approved run has paid in full is refused: nothing of it is left to hold back.
    """
    with werkplaats.opslag.transaction() as verbinding:
        lock_betalingen(verbinding, gemeente)
        uitkomst: Blokkade | NietNu | None
        agb = _find_agb(verbinding, gemeente, doel)
        if agb is None or isinstance(agb, NietNu):
            uitkomst = agb
        else:
            nu = werkplaats.instellingen.nu()
            uitkomst = insert_blokkade(verbinding, gemeente, agb, doel.prestatie_id, reden, door, nu) or _STAAT_AL
        return _note(verbinding, werkplaats, Handeling(gemeente, door, "C", "blokkade"), uitkomst)


def _find_agb(verbinding: Connection, gemeente: str, doel: Doel) -> str | NietNu | None:
    """The aanbieder whom a block concerns, when there is something to block."""
    if doel.prestatie_id is None:
        return doel.agb if doel.agb and knows_aanbieder(verbinding, gemeente, doel.agb) else None
    stand = find_betaalstand(verbinding, gemeente, doel.prestatie_id)
    if stand is None or doel.agb not in (None, stand.agb):
        return None
    if stand.uitkomst not in ("toegekend", "ter_beoordeling"):
        return NietNu("Deze regel is niet toegekend; er is niets te betalen en dus niets te blokkeren.")
    if stand.aantal_boekingen and stand.aantal_betaald == stand.aantal_boekingen:
        return NietNu("Deze regel staat al in een goedgekeurde betaalrun. Vraag de aanbieder om een creditregel.")
    return stand.agb


def lift_blokkade(werkplaats: Werkplaats, gemeente: str, door: str, blokkade_id: int) -> Blokkade | NietNu | None:
    """Propose to end a block, or as a second person end it; None when this gemeente has no such block.

    What two people do at once waits for each other: the second then confirms what the first proposed.
    """
    return _change(werkplaats, gemeente, door, blokkade_id, _lift)


def keep_blokkade(werkplaats: Werkplaats, gemeente: str, door: str, blokkade_id: int) -> Blokkade | NietNu | None:
    """Take back the proposal to end a block, one's own or another's; None when this gemeente has no such block."""
    return _change(werkplaats, gemeente, door, blokkade_id, _keep)


_Stap = Callable[[Connection, str, str, Blokkade, datetime], NietNu | None]


def _change(werkplaats: Werkplaats, gemeente: str, door: str, blokkade_id: int, stap: _Stap) -> Blokkade | NietNu | None:
    with werkplaats.opslag.transaction() as verbinding:
        lock_betalingen(verbinding, gemeente)
        uitkomst = _find_standing(verbinding, gemeente, blokkade_id)
        if isinstance(uitkomst, Blokkade):
            weigering = stap(verbinding, gemeente, door, uitkomst, werkplaats.instellingen.nu())
            uitkomst = weigering or find_blokkade(verbinding, gemeente, blokkade_id)
        return _note(verbinding, werkplaats, Handeling(gemeente, door, "U", "blokkade", blokkade_id), uitkomst)


def _lift(verbinding: Connection, gemeente: str, door: str, gesteld: Blokkade, nu: datetime) -> NietNu | None:
    voorsteller = gesteld.opheffing_voorgesteld_door
    if voorsteller is None:
        add_opheffingsstap(verbinding, gemeente, gesteld.blokkade_id, "voorgesteld", door, nu)
    elif same_person(verbinding, gemeente, voorsteller, door):
        return NietNu("U stelde deze opheffing zelf voor. Vraag een collega om haar te bevestigen.")
    else:
        end_blokkade(verbinding, gemeente, gesteld.blokkade_id, door, nu)
    return None


def _keep(verbinding: Connection, gemeente: str, door: str, gesteld: Blokkade, nu: datetime) -> NietNu | None:
    if gesteld.opheffing_voorgesteld_door is None:
        return NietNu("Niemand stelde voor deze blokkade op te heffen. U hoeft niets te doen: zij blijft staan.")
    add_opheffingsstap(verbinding, gemeente, gesteld.blokkade_id, "teruggenomen", door, nu)
    return None


def _note(
    verbinding: Connection, werkplaats: Werkplaats, handeling: Handeling, uitkomst: Blokkade | NietNu | None
) -> Blokkade | NietNu | None:
    """With the client, when it is about one line."""
    if not isinstance(uitkomst, Blokkade):
        return note_outcome(verbinding, werkplaats, handeling, uitkomst)
    lijnen = [uitkomst.prestatie_id] if uitkomst.prestatie_id else []
    bsns = list_bsns_of_prestaties(verbinding, handeling.gemeente, lijnen)
    return note_outcome(verbinding, werkplaats, replace(handeling, object_id=uitkomst.blokkade_id), uitkomst, bsns)


def _find_standing(verbinding: Connection, gemeente: str, blokkade_id: int) -> Blokkade | NietNu | None:
    gesteld = find_blokkade(verbinding, gemeente, blokkade_id)
    if gesteld is None or gesteld.opgeheven_op is None:
        return gesteld
    return NietNu(f"Deze blokkade is al opgeheven op {datum(gesteld.opgeheven_op)}. U hoeft niets te doen.")
