"""Decide on a request: honour, investigate or refuse it; the last two send a JW319 in the same transaction.

Who decides takes the stream of the aanbieder as a worker does, and waits for it: of two reviewers and a JW301 at once one is first,
and the others are told.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection

from berichten.beoordeling.verzoeken.verzoekbesluit import (
    ANTWOORD,
    ONBEKEND,
    Verzoekbesluit,
    Verzoekweigering,
    check_verzoekbesluit,
)
from berichten.dossier.verzoek import Verzoek, Verzoekstatus
from berichten.opslag.berichten.berichten import lock_stroom
from berichten.opslag.dossiers.verzoekstanden import find_verzoek
from berichten.opslag.verzoeken.verzoekstappen import (
    NieuwBesluit,
    find_laatste_besluit,
    insert_verzoekbesluit,
    is_intrekking_asked,
)
from berichten.processen.basis.handelingen import Handeling, note_done, note_refused
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.seintjes.meld_seintje import announce_to_aanbieders
from berichten.processen.verzoeken.verzend_verzoekantwoord import compose_antwoord, send_antwoord
from berichten.processen.verzoeken.zet_stap import keep_antwoord, next_stap, settle


@dataclass(frozen=True, slots=True)
class GenomenVerzoekbesluit:
    """A decision that was taken on a request."""

    besluit_id: int
    verzoek_id: UUID
    agb: str
    status: Verzoekstatus
    """How the request stands after it."""
    antwoord_id: UUID | None
    """bericht_id of the JW319 that tells it; None when it honours, for then the JW301 of the back office tells it."""


def decide_verzoek(
    werkplaats: Werkplaats, gemeente: str, door: str, verzoek_id: UUID, besluit: Verzoekbesluit
) -> GenomenVerzoekbesluit | Verzoekweigering:
    """Take a decision on one request of this gemeente; `door` is a sleutel_id, or the service itself.

    A refusal says why: `onbekend` (404), `ongeldig` (the form; 422), `conflict` (as the request stands, or a colleague was first;
    409). Raises RuntimeError when our own JW319 would be rejected; nothing is kept then.
    """
    werkplaats = werkplaats.at_one_moment()
    handeling = Handeling(gemeente, door, "C", "verzoekbesluit", verzoek_id)
    with werkplaats.opslag.transaction() as verbinding:
        verzoek = lock_verzoek(verbinding, gemeente, verzoek_id)
        if verzoek is None:
            note_refused(verbinding, werkplaats, handeling, "")
            return ONBEKEND
        eerder = find_laatste_besluit(verbinding, gemeente, verzoek_id)
        weigering = check_verzoekbesluit(besluit, verzoek, eerder, gemeente, werkplaats.instellingen.vandaag())
        if weigering is not None:
            note_refused(verbinding, werkplaats, handeling, weigering.melding)
            return weigering
        genomen = _carry_out(verbinding, werkplaats, gemeente, door, verzoek, besluit)
        note_done(verbinding, werkplaats, handeling, [verzoek.bsn])
    return genomen


def lock_verzoek(verbinding: Connection, gemeente: str, verzoek_id: UUID) -> Verzoek | None:
    """A request as it stands once nobody else is at work in its stream; None when this gemeente has no such one."""
    gevonden = find_verzoek(verbinding, gemeente, verzoek_id)
    if gevonden is None:
        return None
    lock_stroom(verbinding, gemeente, gevonden.agb)
    return find_verzoek(verbinding, gemeente, verzoek_id)


def _carry_out(
    verbinding: Connection, werkplaats: Werkplaats, gemeente: str, door: str, verzoek: Verzoek, besluit: Verzoekbesluit
) -> GenomenVerzoekbesluit:
    stap, nu = next_stap(verbinding, gemeente, verzoek.verzoek_id), werkplaats.instellingen.nu()
    nieuw = NieuwBesluit(
        verzoek.agb, verzoek.verzoek_id, stap, besluit.besluit, besluit.motivering.strip(), door, nu, besluit.reden,
        besluit.gemeente,
        op_verzoek=besluit.besluit == "afwijzen" and is_intrekking_asked(verbinding, gemeente, verzoek.verzoek_id),
    )  # fmt: skip
    besluit_id = insert_verzoekbesluit(verbinding, gemeente, nieuw)
    genomen = GenomenVerzoekbesluit(besluit_id, verzoek.verzoek_id, verzoek.agb, verzoek.status, None)
    waarde = ANTWOORD.get(besluit.besluit)
    if waarde is None:
        return replace(genomen, status=settle(verbinding, werkplaats, gemeente, verzoek.verzoek_id, stap))
    bericht = compose_antwoord(werkplaats, gemeente, verzoek, besluit_id, waarde, besluit.reden, besluit.gemeente)
    bericht_id = send_antwoord(verbinding, werkplaats, verzoek, bericht)
    status = keep_antwoord(verbinding, werkplaats, gemeente, verzoek, bericht_id, bericht, besluit_id, stap)
    announce_to_aanbieders(verbinding, werkplaats, gemeente, "antwoord", [verzoek.agb])
    return replace(genomen, status=status, antwoord_id=bericht_id)
