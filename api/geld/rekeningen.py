"""Bank accounts: where aanbieders are paid, and from which account the gemeente pays."""

from typing import Annotated

from fastapi import Path, Query, Response
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model, Verzoek
from api.basis.problemen import Probleem, raise_unless_done
from api.basis.route import Router
from api.basis.velden import Datum
from api.deur.toegang import Plaats
from api.geld.betaalbasis import ZONDER_INHOUD, Agb, Betaler, Financien, Grootte, Nummer
from berichten.boeken.betaling import Rekening as Bankrekening
from berichten.inzage.geld import rekeningen as inzage
from berichten.inzage.geld.rekeningen import Rekeningstatus
from berichten.processen.financien.beoordeel_rekening import confirm_rekening, withdraw_rekening
from berichten.processen.financien.leg_rekening_vast import NieuweRekening as Vastlegging
from berichten.processen.financien.leg_rekening_vast import record_rekening
from berichten.standaard.waarden.iban import tidy_iban

router = Router(prefix="/financien/rekeningen", tags=["betalingen"])


RekeningId = Annotated[int, Path(ge=1, le=2**63 - 1, description="Uit de lijst van rekeningen")]
_ONBEKEND = "Deze gemeente kent deze rekening niet. Controleer het nummer."


class NieuweRekening(Verzoek):
    """Een bankrekening en de dagen waarop zij wordt gebruikt, beide dagen meegerekend."""

    agb: str | None = Field(None, pattern="^[0-9]{8}$", description="Van deze aanbieder; leeg: hiervan betaalt de gemeente zelf")
    iban: str = Field(max_length=60, description="Spaties mogen")
    tenaamstelling: str = Field(description="De naam waarop de bank de rekening heeft")
    ingangsdatum: Datum
    einddatum: Datum | None = None


@shows(
    inzage.Rekening,
    status="Alleen een rekening die bevestigd is, wordt gebruikt",
    beoordeeld_door="Wie de rekening bevestigde of introk",
)
class Rekening(Model):
    """Een bankrekening zoals zij is vastgelegd; zonder AGB-code die waarvan de gemeente betaalt."""


class Rekeningen(Bladzijdemodel):
    """Een bladzijde rekeningen, de laatst vastgelegde eerst."""

    rekeningen: list[Rekening]
    volgende: str | None


@router.get(
    "",
    response_model=Rekeningen,
    summary="Bankrekeningen, de laatst vastgelegde eerst",
    description="Ook die van vroeger. Op een dag geldt de rekening die het laatst inging; is die geëindigd, dan is er geen. Met"
    " 'eigen=true' alleen de rekeningen waarvan de gemeente zelf betaalt.",
)
def get_rekeningen(
    werkplaats: Plaats,
    houder: Financien,
    agb: Agb = None,
    eigen: Annotated[bool, Query(description="Alleen die van de gemeente zelf")] = False,
    status: Annotated[Rekeningstatus | None, Query(description="Alleen met deze status; 'voorstel' wacht op een collega")] = None,
    pagina_grootte: Grootte = 50,
    volgende: Nummer = None,
) -> Rekeningen:
    """Those of the caller's gemeente."""
    gevonden = inzage.list_rekeningen(werkplaats.seen_by(houder), agb, eigen, status, pagina_grootte, volgende)
    return Rekeningen.of(gevonden)


@router.post(
    "",
    status_code=201,
    response_model=Rekening,
    summary="Stel een bankrekening voor",
    description="Een collega bevestigt haar; tot dan wordt zij niet gebruikt. Vanaf de ingangsdatum komt zij in plaats van de"
    " vorige. Een rekening wordt nooit gewijzigd: leg haar met dezelfde"
    " ingangsdatum opnieuw vast om iets te verbeteren of haar te laten eindigen. Een betaalrun die nog niet is goedgekeurd, moet na"
    " een andere rekening opnieuw worden gemaakt.",
)
def post_rekening(werkplaats: Plaats, houder: Betaler, nieuw: NieuweRekening, response: Response) -> Rekening:
    """400 with everything that is wrong with it."""
    bank = Bankrekening(tidy_iban(nieuw.iban), nieuw.tenaamstelling)
    vastlegging = Vastlegging(nieuw.agb, bank, nieuw.ingangsdatum, nieuw.einddatum)
    rij = record_rekening(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, vastlegging)
    if isinstance(rij, list):
        raise Probleem(400, "Deze rekening kan zo niet. Herstel wat hieronder staat en doe het verzoek opnieuw.", rij)
    response.headers["Location"] = f"/v1/financien/rekeningen?{f'agb={rij.agb}' if rij.agb else 'eigen=true'}"
    return Rekening.of(inzage.show_rekening(rij))


@router.post(
    "/{rekeningId}/bevestiging",
    response_model=Rekening,
    summary="Bevestig een bankrekening die een collega voorstelde",
    description="Vergelijk het nummer met de brief of het contract van de aanbieder. Wie de rekening voorstelde kan haar niet zelf"
    " bevestigen, ook niet met een andere sleutel.",
    responses=ZONDER_INHOUD,
)
def post_bevestiging(werkplaats: Plaats, houder: Betaler, rekeningId: RekeningId) -> Rekening:  # noqa: N803
    """409 when it is one's own, or was judged before."""
    bevestigd = confirm_rekening(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, rekeningId)
    return Rekening.of(inzage.show_rekening(raise_unless_done(bevestigd, _ONBEKEND)))


@router.post(
    "/{rekeningId}/intrekking",
    response_model=Rekening,
    summary="Trek een voorgestelde bankrekening in",
    description="Zij wordt dan nooit gebruikt. Ook wie haar voorstelde mag dit.",
    responses=ZONDER_INHOUD,
)
def post_intrekking_rekening(werkplaats: Plaats, houder: Betaler, rekeningId: RekeningId) -> Rekening:  # noqa: N803
    """409 when it was judged before."""
    ingetrokken = withdraw_rekening(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, rekeningId)
    return Rekening.of(inzage.show_rekening(raise_unless_done(ingetrokken, _ONBEKEND)))
