"""Decide on one line, or say something about it: forms of its page. After a decision the next line of the same list opens."""

from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from api.besluiten.besluitmodellen import STATUSSEN
from api.portaal.contractbeheer.prestatie import Ingevuld, concept_of, find_next, last_final, show_prestatie
from api.portaal.contractbeheer.werklijstvraag import line_address
from api.portaal.schil.bladzij import Bladzij, Contractbeheer, Melding
from api.portaal.schil.opmaak import datum, klokslag
from api.portaal.schil.paginarouter import Paginarouter
from berichten.beoordeling.besluit import Besluit, Besluitweigering, check_tekst
from berichten.inzage.berichten.berichten import find_bericht
from berichten.inzage.besluiten.prestaties import Prestatiedossier, find_prestatie
from berichten.klok import dutch_day
from berichten.processen.besluiten.beslis_prestatie import BesluitGeweigerd, GenomenBesluit, decide
from berichten.processen.besluiten.formulierconcept import drop_concept
from berichten.processen.besluiten.plaats_opmerking import place_opmerking

router = Paginarouter()
_KIES = "Kies wat u besluit."
_DAAN = {"toekennen": "toegekend", "afwijzen": "afgewezen", "terugvragen": "toegekend en teruggevraagd"}


@router.post("/prestaties/{prestatie_id}/besluit")
def post_besluit(
    bladzij: Contractbeheer,
    prestatie_id: int,
    keuze: Annotated[str, Form()] = "",
    retourcode: Annotated[str, Form()] = "",
    motivering: Annotated[str, Form()] = "",
    volgt_op: Annotated[int | None, Form()] = None,
) -> Response:
    """What cannot be done is told with what was filled in; nothing typed is lost."""
    fouten = {"keuze": _KIES} if keuze not in _DAAN else {}
    if gebrek := check_tekst(motivering):
        fouten["motivering"] = gebrek
    ingevuld = Ingevuld(keuze, retourcode, motivering, fouten=fouten)
    if fouten:
        return show_prestatie(bladzij, prestatie_id, ingevuld, 400)
    volgende = find_next(bladzij, prestatie_id)
    uitkomst = decide(bladzij.handelend, bladzij.bezoeker.gemeente, bladzij.bezoeker.houder.sleutel_id, [
        Besluit(
            prestatie_id, "afwijzen" if keuze == "afwijzen" else "toekennen", motivering.strip(),
            (retourcode or None) if keuze == "afwijzen" else None, keuze == "terugvragen", volgt_op,
        )
    ])  # fmt: skip
    if isinstance(uitkomst, BesluitGeweigerd):
        return _refuse(bladzij, prestatie_id, ingevuld, uitkomst)
    drop_concept(bladzij.werkplaats, bladzij.bezoeker.houder, concept_of(prestatie_id))
    bladzij.ring(uitkomst[0].agb)
    return bladzij.go(volgende, _tell(bladzij, uitkomst[0], keuze))


def _tell(bladzij: Bladzij, genomen: GenomenBesluit, keuze: str) -> Melding:
    """What was decided, and whether it can still be replaced."""
    dossier = find_prestatie(bladzij.kijker, genomen.prestatie_id)
    naam = dossier.referentienummer if dossier else "De regel"
    if not genomen.definitief:
        return Melding(f"Voorstel bij {naam} bewaard. Een tweede medewerker moet hetzelfde besluiten.", "info")
    bericht = find_bericht(bladzij.kijker, dossier.bericht_id) if dossier else None
    if bericht is not None and bericht.status == "verwerkt":
        return Melding(f"{naam} {_DAAN[keuze]}. Alle regels zijn besloten; het antwoord (JW325) staat klaar voor de aanbieder.")
    naar = f"{line_address(bladzij, genomen.prestatie_id)}#besluit"
    return Melding(f"{naam} {_DAAN[keuze]}. Zolang het antwoord niet weg is, kunt u dit vervangen.", "ok", "Maak ongedaan", naar)


def _refuse(bladzij: Bladzij, prestatie_id: int, ingevuld: Ingevuld, geweigerd: BesluitGeweigerd) -> Response:
    """Somebody else may have been first; the same form sent twice has decided once, and is no fault."""
    dossier = find_prestatie(bladzij.kijker, prestatie_id)
    besluit = last_final(dossier) if dossier else None
    if geweigerd.soort == "conflict" and besluit is not None and dossier is not None:
        if besluit.door == bladzij.bezoeker.naam and besluit.motivering == ingevuld.motivering.strip():
            return bladzij.go(find_next(bladzij, prestatie_id), Melding(f"{dossier.referentienummer} is al besloten.", "info"))
        melding = Melding(_tell_earlier(bladzij, dossier), "warning")
    else:
        melding = Melding(" ".join(fout.melding for fout in geweigerd.fouten), "error")
    return show_prestatie(bladzij, prestatie_id, ingevuld, STATUSSEN[geweigerd.soort], (melding,))


def _tell_earlier(bladzij: Bladzij, dossier: Prestatiedossier) -> str:
    besluit = last_final(dossier)
    assert besluit is not None
    wat = _DAAN["terugvragen" if besluit.terugvragen else besluit.besluit]
    vandaag = dutch_day(besluit.genomen_op) == bladzij.vandaag
    wanneer = f"om {klokslag(besluit.genomen_op)}" if vandaag else f"op {datum(besluit.genomen_op)}"
    return f"{besluit.door or 'Een collega'} heeft deze regel {wanneer} {wat}. Wat u invulde staat nog in het formulier."


@router.post("/prestaties/{prestatie_id}/opmerkingen")
def post_opmerkingformulier(bladzij: Contractbeheer, prestatie_id: int, opmerking: Annotated[str, Form()] = "") -> Response:
    """A question or an answer in the thread of the line."""
    uitkomst = place_opmerking(bladzij.werkplaats, bladzij.bezoeker.houder, prestatie_id, opmerking)
    if isinstance(uitkomst, Besluitweigering):
        ingevuld = Ingevuld(opmerking=opmerking, fouten={"opmerking": uitkomst.melding})
        return show_prestatie(bladzij, prestatie_id, ingevuld, STATUSSEN[uitkomst.soort])
    drop_concept(bladzij.werkplaats, bladzij.bezoeker.houder, concept_of(prestatie_id))
    naar = f"{line_address(bladzij, prestatie_id)}#gesprek"
    return bladzij.go(naar, Melding("Uw bericht staat bij de regel. De aanbieder kan het lezen en beantwoorden."))
