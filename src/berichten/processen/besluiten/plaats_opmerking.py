"""Ask about a held line, or answer: a short thread between the gemeente and the aanbieder of the line."""

from berichten.beoordeling.besluit import Besluitweigering, check_tekst
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.berichten.prestaties import Opmerkingrij, find_prestatie, insert_opmerking, list_opmerkingen
from berichten.opslag.besluiten.besluiten import lock_stromen_of
from berichten.processen.basis.werkplaats import Werkplaats

MEEST = 50
"""Remarks about one line."""


def place_opmerking(
    werkplaats: Werkplaats, houder: Sleutelhouder, prestatie_id: int, tekst: str
) -> Opmerkingrij | Besluitweigering:
    """Add a remark of this caller to a held line. Nothing is added to a line of another aanbieder or gemeente."""
    with werkplaats.opslag.transaction() as verbinding:
        lock_stromen_of(verbinding, houder.gemeente, [prestatie_id])
        gevonden = find_prestatie(verbinding, houder.gemeente, prestatie_id)
        if gevonden is None or houder.agb not in (None, gevonden[1].agb):
            return Besluitweigering("onbekend", "Deze regel bestaat niet, of hij is niet van u. Controleer het nummer.")
        regel, bericht = gevonden
        fout = check_tekst(tekst)
        if fout:
            return Besluitweigering("ongeldig", fout)
        if regel.uitkomst != "ter_beoordeling":
            return Besluitweigering(
                "conflict", "Over deze regel is al besloten. Opmerkingen kunnen alleen zolang een regel wordt beoordeeld."
            )
        eerder = list_opmerkingen(verbinding, houder.gemeente, prestatie_id)
        if len(eerder) >= MEEST:
            return Besluitweigering(
                "conflict", f"Bij deze regel staan al {MEEST} opmerkingen. Neem buiten deze dienst contact met elkaar op."
            )
        van = "gemeente" if houder.agb is None else "aanbieder"
        nu = werkplaats.instellingen.nu()
        opmerking = Opmerkingrij(prestatie_id, len(eerder) + 1, van, houder.sleutel_id, tekst.strip(), nu)
        insert_opmerking(verbinding, houder.gemeente, bericht.agb or "", opmerking)
    return opmerking
