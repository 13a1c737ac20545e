"""Requests of aanbieders: who waits for what and until when, and deciding on one, domicile and the wish to withdraw."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Request

from api.basis.problemen import ANDERE_WIJZER, Probleem, raise_unless_found
from api.basis.route import Router
from api.basis.velden import Agb, Datum, Pagina
from api.besluiten.besluitmodellen import STATUSSEN
from api.besluiten.prestaties import CONFLICT
from api.deur.toegang import Clientkijker, Plaats, require
from api.verzoeken.verzoekmodellen import (
    Concepttoewijzing,
    Intrekkingsverzoek,
    Verzoekbesluitverzoek,
    Verzoekdossier,
    Verzoekstanden,
    Woonplaatsverzoek,
)
from berichten.beoordeling.verzoeken.verzoekbesluit import Verzoekweigering
from berichten.dossier.verzoek import Verzoekstatus
from berichten.inzage.basis.bladzijde import WijzerFout
from berichten.inzage.verzoeken import verzoekdossier, verzoeklijst
from berichten.inzage.verzoeken.verzoekconcept import NietTeHonoreren, find_concept
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.verzoeken.beslis_verzoek import decide_verzoek
from berichten.processen.verzoeken.vul_verzoek_aan import ask_intrekking, note_woonplaats

router = Router(prefix="/verzoeken", tags=["verzoeken"])

Verzoekbeslisser = Annotated[Sleutelhouder, Depends(require("contractbeheer", "gemeente", mens=True))]
"""Who decides: a person."""
Woonplaatskenner = Annotated[Sleutelhouder, Depends(require("contractbeheer", "gemeente"))]
"""Also a system of the gemeente that looks in the BRP."""
Backoffice = Annotated[Sleutelhouder, Depends(require("gemeente"))]
Vrager = Annotated[Sleutelhouder, Depends(require("aanbieder"))]
ONBEKEND = "Dit verzoek bestaat niet, of het is niet van u. Controleer het nummer."
_WIJZER = "^[0-9T:.+_a-z-]{20,140}$"


@router.get(
    "",
    response_model=Verzoekstanden,
    summary="Verzoeken van aanbieders, laatst ontvangen eerst of op termijn",
    description="Verzoeken om toewijzing (JW315) en om wijziging (JW317). Een aanbieder ziet de eigen verzoeken, een medewerker"
    " alle verzoeken van de gemeente. Op termijn staan alleen de verzoeken die nog op de gemeente wachten. Bedragen in eurocenten.",
)
def get_verzoeken(
    werkplaats: Plaats,
    houder: Clientkijker,
    status: Annotated[Verzoekstatus | None, Query(description="Hoe het verzoek ervoor staat")] = None,
    soort: Annotated[Literal["JW315", "JW317"] | None, Query(description="Verzoek om toewijzing of om wijziging")] = None,
    agb: Annotated[Agb | None, Query()] = None,
    verwijzer: Annotated[str | None, Query(pattern="^0[1-8]$", description="Soort verwijzer (COD327)", examples=["02"])] = None,
    termijn_voor: Annotated[
        Datum | None, Query(alias="termijnVoor", description="Alleen wat nog wacht en waarvan de termijn voor deze dag afloopt")
    ] = None,
    referentie_aanbieder: Annotated[
        str | None,
        Query(alias="referentieAanbieder", description="Hoe het kenmerk van de aanbieder begint", min_length=1, max_length=36),
    ] = None,
    volgorde: Annotated[
        verzoeklijst.Volgorde,
        Query(description="ontvangst: laatst ontvangen eerst; termijn: wat nog wacht, eerste termijn vooraan"),
    ] = "ontvangst",
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern=_WIJZER, description="Uit het vorige antwoord")] = None,
) -> Verzoekstanden:
    """As far as the caller may see them; 400 for a pointer that was never given out."""
    zeef = verzoeklijst.Verzoekfilter(status, soort, agb, verwijzer, termijn_voor, referentie=referentie_aanbieder)
    try:
        gevonden = verzoeklijst.list_verzoeken(werkplaats.seen_by(houder), zeef, pagina_grootte, volgende, volgorde)
    except WijzerFout as fout:
        raise Probleem(400, ANDERE_WIJZER) from fout
    return Verzoekstanden.of(gevonden)


@router.get(
    "/{verzoekId}",
    response_model=Verzoekdossier,
    summary="Eén verzoek, met bevindingen, besluiten en antwoorden",
    description="Wat is gevraagd, tot wanneer de gemeente kan antwoorden, wat is besloten en waarom, en welke toewijzing volgde.",
)
def get_verzoek(werkplaats: Plaats, houder: Clientkijker, verzoekId: UUID) -> Verzoekdossier:  # noqa: N803
    """404 also when it is another's."""
    return _dossier(werkplaats, houder, verzoekId)


@router.post(
    "/{verzoekId}/besluiten",
    status_code=201,
    response_model=Verzoekdossier,
    summary="Besluit over een verzoek",
    description="Honoreer het verzoek, neem het in onderzoek, of wijs het af met een reden (WJ759) en bij reden 8 de gemeente. Bij"
    " onderzoek en afwijzen staat het antwoord (JW319) meteen klaar voor de aanbieder. Honoreren verstuurt niets: dat doet de"
    " toewijzing (JW301) met het kenmerk van de aanbieder. Is er al een besluit, noem dat dan bij 'volgtOp'.",
    responses=CONFLICT,
)
def post_verzoekbesluit(
    request: Request,
    werkplaats: Plaats,
    houder: Verzoekbeslisser,
    verzoekId: UUID,  # noqa: N803
    verzoek: Verzoekbesluitverzoek,
) -> Verzoekdossier:
    """The request as it stands after the decision."""
    uitkomst = decide_verzoek(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, verzoekId, verzoek.as_besluit())
    if isinstance(uitkomst, Verzoekweigering):
        raise Probleem(STATUSSEN[uitkomst.soort], uitkomst.melding)
    # What came in while the decision had the stream found it taken.
    request.app.state.bel.ring(houder.gemeente, uitkomst.agb)
    return _dossier(werkplaats, houder, verzoekId)


@router.post(
    "/{verzoekId}/woonplaats",
    status_code=201,
    response_model=Verzoekdossier,
    summary="Leg vast of de cliënt onder uw gemeente valt",
    description="Wat u over de woonplaats hebt nagekeken: ja, nee met de andere gemeente, of onbekend. Het laatste telt. Het"
    " verzoek verandert hierdoor niet; afwijzen met reden 8 is een besluit.",
    responses=CONFLICT,
)
def post_verzoekwoonplaats(
    werkplaats: Plaats,
    houder: Woonplaatskenner,
    verzoekId: UUID,  # noqa: N803
    verzoek: Woonplaatsverzoek,
) -> Verzoekdossier:
    """The request with what was noted."""
    raise_unless_noted(note_woonplaats(werkplaats, houder, verzoekId, verzoek.uitkomst, verzoek.gemeente))
    return _dossier(werkplaats, houder, verzoekId)


@router.post(
    "/{verzoekId}/intrekking",
    status_code=201,
    response_model=Verzoekdossier,
    summary="Vraag om uw verzoek niet door te laten gaan",
    description="De standaard kent geen bericht om een verzoek in te trekken. De gemeente ziet uw vraag bij het verzoek en kan het"
    " daarna afwijzen (JW319). Tot dat antwoord staat het verzoek open.",
    responses=CONFLICT,
)
def post_verzoekintrekking(
    werkplaats: Plaats,
    houder: Vrager,
    verzoekId: UUID,  # noqa: N803
    verzoek: Intrekkingsverzoek,
) -> Verzoekdossier:
    """The request with the question."""
    raise_unless_noted(ask_intrekking(werkplaats, houder, verzoekId, verzoek.toelichting))
    return _dossier(werkplaats, houder, verzoekId)


@router.get(
    "/{verzoekId}/concept-toewijzing",
    response_model=Concepttoewijzing,
    summary="De toewijzing die bij een verzoek past, voor uw backoffice",
    description="Wat in het JW301 hoort als u het verzoek honoreert: van een JW315 alle producten die op te honoreren staan, van"
    " een JW317 alles wat erin staat, en wat van deze cliënt bij deze aanbieder al loopt. Nieuwe nummers geeft u zelf. Bedragen in"
    " eurocenten.",
    responses=CONFLICT,
)
def get_concept_toewijzing(werkplaats: Plaats, houder: Backoffice, verzoekId: UUID) -> Concepttoewijzing:  # noqa: N803
    """404 also when it is another's; 409 when it is not to be honoured."""
    concept = raise_unless_found(find_concept(werkplaats.seen_by(houder), verzoekId), ONBEKEND)
    if isinstance(concept, NietTeHonoreren):
        raise Probleem(409, concept.waarom)
    return Concepttoewijzing.of(concept)


def raise_unless_noted(uitkomst: Verzoekweigering | None) -> None:
    """A refusal becomes a problem."""
    if uitkomst is not None:
        raise Probleem(STATUSSEN[uitkomst.soort], uitkomst.melding)


def _dossier(werkplaats: Werkplaats, houder: Sleutelhouder, verzoek_id: UUID) -> Verzoekdossier:
    return Verzoekdossier.of(raise_unless_found(verzoekdossier.find_verzoek(werkplaats.seen_by(houder), verzoek_id), ONBEKEND))
