"""Somebody has dealt with a JW301 that the aanbieder rejected or did not answer, and says how."""

from dataclasses import dataclass
from uuid import UUID

from berichten.beoordeling.besluit import check_tekst
from berichten.beoordeling.verzoeken.verzoekbesluit import Verzoekweigering
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.berichten.berichten import lock_stroom
from berichten.opslag.retouren.retourstand import Retourgrens, find_openstaand, insert_afronding
from berichten.processen.basis.handelingen import Handeling, note_done, note_refused
from berichten.processen.basis.werkplaats import Werkplaats

_ONBEKEND = Verzoekweigering(
    "onbekend",
    "Dit bericht staat niet in de lijst van toewijzingen die niet goed aankwamen. Misschien is het al afgehandeld; bekijk de lijst"
    " opnieuw.",
)

_ANDER_ANTWOORD = Verzoekweigering(
    "conflict",
    "Er staat intussen een ander antwoord van de aanbieder (JW302) dan u zag. Bekijk de lijst opnieuw en rond het dan af.",
)


@dataclass(frozen=True, slots=True)
class Afronding:
    """That somebody has dealt with it, and which answer (JW302) was seen when that was done; None for none."""

    bericht_id: UUID
    toelichting: str
    gezien: UUID | None


def settle_retour(werkplaats: Werkplaats, houder: Sleutelhouder, wat: Afronding) -> Verzoekweigering | None:
    """Take a JW301 off the list; what the aanbieder answers later counts anew. Returns why not, or None."""
    bericht_id = wat.bericht_id
    werkplaats = werkplaats.asked_by(houder)
    gemeente, handeling = houder.gemeente, Handeling(houder.gemeente, houder.sleutel_id, "C", "retour", bericht_id)
    grens = Retourgrens.on(werkplaats.instellingen.vandaag())
    with werkplaats.opslag.transaction() as verbinding:
        rij = find_openstaand(verbinding, gemeente, bericht_id, grens)
        if rij is not None:
            # Of two who do so at once the second finds it gone.
            lock_stroom(verbinding, gemeente, rij.agb)
            rij = find_openstaand(verbinding, gemeente, bericht_id, grens)
        if rij is None:
            note_refused(verbinding, werkplaats, handeling, "")
            return _ONBEKEND
        if rij.retour_bericht_id != wat.gezien:
            note_refused(verbinding, werkplaats, handeling, "")
            return _ANDER_ANTWOORD
        fout = check_tekst(wat.toelichting)
        if fout:
            note_refused(verbinding, werkplaats, handeling, fout)
            return Verzoekweigering("ongeldig", fout)
        insert_afronding(verbinding, gemeente, rij, wat.toelichting.strip(), houder.sleutel_id, werkplaats.instellingen.nu())
        note_done(verbinding, werkplaats, handeling)
    return None
