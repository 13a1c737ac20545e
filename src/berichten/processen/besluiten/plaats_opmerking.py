"""Ask about a held line, or answer: a short thread between the gemeente and the aanbieder of the line."""

from berichten.beoordeling.besluit import Besluitweigering, check_tekst
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.berichten.declaraties import Prestatierij
from berichten.opslag.berichten.prestaties import Opmerkingrij, find_prestatie, insert_opmerking, list_opmerkingen
from berichten.opslag.besluiten.besluiten import lock_stromen_of
from berichten.processen.basis.handelingen import Handeling, note_done, note_refused
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.seintjes.meld_seintje import announce_to_aanbieders, announce_to_staff

MEEST = 50
"""Remarks about one line."""


def place_opmerking(
    werkplaats: Werkplaats, houder: Sleutelhouder, prestatie_id: int, tekst: str
) -> Opmerkingrij | Besluitweigering:
    """Add a remark of this caller to a held line. Nothing is added to a line of another aanbieder or gemeente."""
    werkplaats = werkplaats.asked_by(houder)
    handeling = Handeling(houder.gemeente, houder.sleutel_id, "C", "opmerking", prestatie_id)
    with werkplaats.opslag.transaction() as verbinding:
        lock_stromen_of(verbinding, houder.gemeente, [prestatie_id])
        gevonden = find_prestatie(verbinding, houder.gemeente, prestatie_id)
        if gevonden is None or houder.agb not in (None, gevonden[1].agb):
            note_refused(verbinding, werkplaats, handeling, "")
            return Besluitweigering("onbekend", "Deze regel bestaat niet, of hij is niet van u. Controleer het nummer.")
        regel, bericht = gevonden
        eerder = list_opmerkingen(verbinding, houder.gemeente, prestatie_id)
        weigering = _object(regel, len(eerder), tekst)
        if weigering is not None:
            note_refused(verbinding, werkplaats, handeling, weigering.melding)
            return weigering
        van = "gemeente" if houder.agb is None else "aanbieder"
        nu = werkplaats.instellingen.nu()
        opmerking = Opmerkingrij(prestatie_id, len(eerder) + 1, van, houder.sleutel_id, tekst.strip(), nu)
        insert_opmerking(verbinding, houder.gemeente, bericht.agb or "", opmerking)
        note_done(verbinding, werkplaats, handeling, [regel.bsn])
        if van == "gemeente":
            announce_to_aanbieders(verbinding, werkplaats, houder.gemeente, "vraag", [bericht.agb or ""])
        else:
            announce_to_staff(verbinding, werkplaats, houder.gemeente, "vraag")
    return opmerking


def _object(regel: Prestatierij, eerder: int, tekst: str) -> Besluitweigering | None:
    fout = check_tekst(tekst)
    if fout:
        return Besluitweigering("ongeldig", fout)
    if regel.uitkomst != "ter_beoordeling":
        return Besluitweigering(
            "conflict", "Over deze regel is al besloten. Opmerkingen kunnen alleen zolang een regel wordt beoordeeld."
        )
    if eerder >= MEEST:
        return Besluitweigering(
            "conflict", f"Bij deze regel staan al {MEEST} opmerkingen. Neem buiten deze dienst contact met elkaar op."
        )
    return None
