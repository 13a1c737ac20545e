"""What a second person does with a proposed bank account: confirm it, so that it is used, or withdraw it."""

from sqlalchemy import Connection

from berichten.kern.nietnu import NietNu
from berichten.kern.tekst import datum
from berichten.opslag.financien.blokkades import lock_betalingen
from berichten.opslag.financien.rekeningen import Rekeningrij, find_rekening, judge_rekening
from berichten.opslag.toegang.sleutels import same_person
from berichten.processen.basis.handelingen import Handeling, note_outcome
from berichten.processen.basis.werkplaats import Werkplaats


def confirm_rekening(werkplaats: Werkplaats, gemeente: str, door: str, rekening_id: int) -> Rekeningrij | NietNu | None:
    """Use the account from its first day on; refused to who recorded it. None when this gemeente has no such account."""
    return _judge(werkplaats, gemeente, door, rekening_id, "bevestigd")


def withdraw_rekening(werkplaats: Werkplaats, gemeente: str, door: str, rekening_id: int) -> Rekeningrij | NietNu | None:
    """Never use the account; who recorded it may do so too. None when this gemeente has no such account."""
    return _judge(werkplaats, gemeente, door, rekening_id, "ingetrokken")


def _judge(werkplaats: Werkplaats, gemeente: str, door: str, rekening_id: int, oordeel: str) -> Rekeningrij | NietNu | None:
    with werkplaats.opslag.transaction() as verbinding:
        lock_betalingen(verbinding, gemeente)
        rij = find_rekening(verbinding, gemeente, rekening_id)
        uitkomst: Rekeningrij | NietNu | None = rij and _object(verbinding, gemeente, rij, door, oordeel)
        if rij is not None and uitkomst is None:
            judge_rekening(verbinding, gemeente, rekening_id, oordeel, door, werkplaats.instellingen.nu())
            uitkomst = find_rekening(verbinding, gemeente, rekening_id)
        return note_outcome(verbinding, werkplaats, Handeling(gemeente, door, "U", "rekening", rekening_id), uitkomst)


def _object(verbinding: Connection, gemeente: str, rij: Rekeningrij, door: str, oordeel: str) -> NietNu | None:
    if rij.beoordeeld_op is not None:
        return NietNu(f"Deze rekening is al {rij.status} op {datum(rij.beoordeeld_op)}. Leg haar zo nodig opnieuw vast.")
    if oordeel == "bevestigd" and same_person(verbinding, gemeente, rij.vastgelegd_door, door):
        return NietNu("U legde deze rekening zelf vast. Vraag een collega om haar na te kijken en te bevestigen.")
    return None
