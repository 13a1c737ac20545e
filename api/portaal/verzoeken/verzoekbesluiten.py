"""Forms of the page of a request: decide on it, and note where the client has its domicile."""

from typing import Annotated, get_args
from uuid import UUID

from fastapi import Form
from fastapi.responses import Response

from api.besluiten.besluitmodellen import STATUSSEN
from api.portaal.schil.adres import make_adres
from api.portaal.schil.bladzij import Bladzij, Melding
from api.portaal.schil.paginarouter import Paginarouter
from api.portaal.verzoeken.verzoekenlijst import Verzoekbeslissers
from api.portaal.verzoeken.verzoekpagina import IngevuldBesluit, concept_of, propose, show_verzoek
from api.portaal.verzoeken.verzoekwoorden import GEDAAN
from berichten.beoordeling.besluit import check_tekst
from berichten.beoordeling.verzoeken.verzoekbesluit import WOONPLAATS, Soort, Verzoekbesluit, Verzoekweigering
from berichten.inzage.verzoeken.verzoekdossier import find_verzoek
from berichten.processen.besluiten.formulierconcept import drop_concept
from berichten.processen.verzoeken.beslis_verzoek import decide_verzoek
from berichten.processen.verzoeken.vul_verzoek_aan import Uitkomst, note_woonplaats

router = Paginarouter()
_BESLUITEN: dict[str, Soort] = {soort: soort for soort in get_args(Soort)}
_UITKOMSTEN: dict[str, Uitkomst] = {uitkomst: uitkomst for uitkomst in get_args(Uitkomst)}
_VERVOLG = {
    "honoreren": "De backoffice kan de toewijzing (JW301) sturen, met dit kenmerk.",
    "in_onderzoek": "Het antwoord (JW319) staat klaar voor de aanbieder.",
    "afwijzen": "Het antwoord (JW319) staat klaar voor de aanbieder.",
}


@router.post("/verzoeken/{verzoek_id}/besluit")
def post_verzoekbesluit(
    bladzij: Verzoekbeslissers,
    verzoek_id: UUID,
    keuze: Annotated[str, Form()] = "",
    reden: Annotated[str, Form()] = "",
    gemeente: Annotated[str, Form()] = "",
    motivering: Annotated[str, Form()] = "",
    volgt_op: Annotated[str, Form()] = "",
) -> Response:
    """What cannot be done is told with what was filled in; nothing typed is lost. Reason and gemeente count with a refusal only."""
    soort = _BESLUITEN.get(keuze)
    fouten = {} if soort else {"keuze": "Kies wat u besluit."}
    if keuze == "afwijzen" and not reden:
        fouten["reden"] = "Kies waarom u het verzoek afwijst."
    if gebrek := check_tekst(motivering):
        fouten["motivering"] = gebrek
    ingevuld = IngevuldBesluit(keuze, reden, gemeente, motivering, fouten=fouten)
    if fouten or soort is None:
        return show_verzoek(bladzij, verzoek_id, ingevuld, 400)
    weigert = soort == "afwijzen"
    besluit = Verzoekbesluit(
        soort,
        motivering.strip(),
        reden if weigert else None,
        (gemeente.strip() or None) if weigert and reden == WOONPLAATS else None,
        int(volgt_op) if volgt_op.isdecimal() and len(volgt_op) < 19 else None,
    )
    uitkomst = decide_verzoek(bladzij.handelend, bladzij.bezoeker.gemeente, bladzij.bezoeker.houder.sleutel_id, verzoek_id, besluit)
    if isinstance(uitkomst, Verzoekweigering):
        return _refuse(bladzij, verzoek_id, ingevuld, uitkomst)
    drop_concept(bladzij.werkplaats, bladzij.bezoeker.houder, concept_of(verzoek_id))
    bladzij.ring(uitkomst.agb)
    melding = Melding(
        f"Het verzoek is {GEDAAN[keuze]}. {_VERVOLG[keuze]}", "ok", "Bekijk het verzoek", f"/portaal/verzoeken/{verzoek_id}"
    )
    return bladzij.go(make_adres("/verzoeken"), melding)


def _refuse(bladzij: Bladzij, verzoek_id: UUID, ingevuld: IngevuldBesluit, geweigerd: Verzoekweigering) -> Response:
    """Somebody else may have been first; the same form sent twice has decided once, and is no fault.

    What a JW301 or a JW319 of the back office has closed is told by the refusal itself: no colleague decided it.
    """
    dossier = find_verzoek(bladzij.kijker, verzoek_id)
    laatste = dossier.besluiten[-1] if dossier and dossier.besluiten else None
    if geweigerd.soort == "conflict" and laatste is not None and dossier is not None:
        telt = dossier.termijn is not None or laatste is dossier.geldend_besluit
        zelf = telt and laatste.door == bladzij.bezoeker.naam and laatste.besluit == ingevuld.keuze
        if zelf and laatste.motivering == ingevuld.motivering.strip():
            al = Melding(f"{dossier.referentie_aanbieder} is al {GEDAAN[ingevuld.keuze]}.", "info")
            return bladzij.go(make_adres("/verzoeken"), al)
        if telt and dossier.status != "toegewezen":
            wie = laatste.door or "De dienst"
            tekst = f"{wie} heeft dit verzoek al {GEDAAN[laatste.besluit]}. Wat u invulde staat nog in het formulier."
            return show_verzoek(bladzij, verzoek_id, ingevuld, 409, (Melding(tekst, "warning"),))
    return show_verzoek(bladzij, verzoek_id, ingevuld, STATUSSEN[geweigerd.soort], (Melding(geweigerd.melding, "error"),))


@router.post("/verzoeken/{verzoek_id}/woonplaats")
def post_verzoekwoonplaats(
    bladzij: Verzoekbeslissers,
    verzoek_id: UUID,
    uitkomst: Annotated[str, Form()] = "",
    andere_gemeente: Annotated[str, Form()] = "",
) -> Response:
    """Keep what somebody looked up; it decides nothing."""
    gekozen = _UITKOMSTEN.get(uitkomst)
    andere = andere_gemeente.strip() or None if gekozen == "nee" else None
    if gekozen is None:
        fouten = {"uitkomst": "Kies wat u hebt gevonden."}
    else:
        gevolg = note_woonplaats(bladzij.werkplaats, bladzij.bezoeker.houder, verzoek_id, gekozen, andere)
        if gevolg is None:
            naar = f"/portaal/verzoeken/{verzoek_id}#woonplaats"
            return bladzij.go(naar, Melding("De woonplaats is vastgelegd. Het verzoek zelf is niet veranderd."))
        fouten = {"andere_gemeente": gevolg.melding}
    dossier = find_verzoek(bladzij.kijker, verzoek_id)
    begin = propose(dossier) if dossier else IngevuldBesluit()
    ingevuld = IngevuldBesluit(
        reden=begin.reden, gemeente=begin.gemeente, uitkomst=uitkomst, andere_gemeente=andere_gemeente, fouten=fouten
    )
    return show_verzoek(bladzij, verzoek_id, ingevuld, 400)
