"""Payment blocks: hold back what was awarded, with a reason, and let it go again."""

from typing import Annotated

from fastapi import Depends, Path, Response
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model, Verzoek
from api.basis.problemen import NIET_NU, Probleem, raise_unless_done
from api.basis.route import Router
from api.deur.toegang import Plaats, require
from api.geld.betaalbasis import ZONDER_INHOUD, Agb, Betaler, Grootte, Nummer
from berichten.beoordeling.besluit import check_tekst
from berichten.fouten import Invoerfout
from berichten.inzage.geld import rekeningen as inzage
from berichten.kern.houder import Sleutelhouder
from berichten.processen.financien.stel_blokkade import Doel, keep_blokkade, lift_blokkade, set_blokkade

router = Router(prefix="/financien/blokkades", tags=["betalingen"])

Lezer = Annotated[Sleutelhouder, Depends(require("financien", "contractbeheer"))]
_ONBEKEND = "Deze gemeente kent deze {} niet. Controleer het nummer."


class NieuweBlokkade(Verzoek):
    """Wat er niet betaald mag worden: één regel, of alles van een aanbieder."""

    agb: str | None = Field(None, pattern="^[0-9]{8}$", description="De aanbieder van wie niets betaald mag worden")
    prestatie_id: int | None = Field(None, ge=1, le=2**63 - 1, description="De regel die niet betaald mag worden")
    reden: str = Field(description="Waarom niet, zonder burgerservicenummer; alleen medewerkers zien dit")


@shows(inzage.Blokkade, opheffing_voorgesteld_door="Wie voorstelde haar op te heffen; een collega bevestigt dat")
class Blokkade(Model):
    """Een blokkade; zonder prestatieId op alles van de aanbieder. Opgeheven blokkades blijven bewaard."""


class Blokkades(Bladzijdemodel):
    """Een bladzijde blokkades, nieuwste eerst."""

    blokkades: list[Blokkade]
    volgende: str | None


@router.get(
    "",
    response_model=Blokkades,
    summary="Betaalblokkades, nieuwste eerst",
    description="Met 'geldend=true' alleen wat nu geblokkeerd is, met 'geldend=false' alleen wat is opgeheven.",
)
def get_blokkades(
    werkplaats: Plaats,
    houder: Lezer,
    agb: Agb = None,
    geldend: bool | None = None,
    pagina_grootte: Grootte = 50,
    volgende: Nummer = None,
) -> Blokkades:
    """Those of the caller's gemeente."""
    return Blokkades.of(inzage.list_blokkades(werkplaats.seen_by(houder), agb, geldend, pagina_grootte, volgende))


@router.post(
    "",
    status_code=201,
    response_model=Blokkade,
    summary="Blokkeer de betaling van een regel of van een aanbieder",
    description="Geef een prestatieId voor één regel, of een AGB-code voor alles van die aanbieder. Een creditregel van een"
    " geblokkeerde regel wacht mee. Wat al in een goedgekeurde betaalrun staat, verandert niet.",
    responses={404: {}, **NIET_NU},
)
def post_blokkade(werkplaats: Plaats, houder: Betaler, nieuw: NieuweBlokkade, response: Response) -> Blokkade:
    """409 when there is nothing to block."""
    _check(nieuw)
    doel = Doel(nieuw.agb, nieuw.prestatie_id)
    gesteld = set_blokkade(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, doel, nieuw.reden)
    blokkade = raise_unless_done(gesteld, _ONBEKEND.format("aanbieder" if nieuw.prestatie_id is None else "regel"))
    response.headers["Location"] = f"/v1/financien/blokkades?agb={blokkade.agb}"
    return Blokkade.of(blokkade)


def _check(nieuw: NieuweBlokkade) -> None:
    fouten = []
    if (nieuw.agb is None) == (nieuw.prestatie_id is None):
        fouten.append(Invoerfout("prestatieId", "VERZOEK", "Geef een prestatieId of een AGB-code, en niet allebei."))
    fout = check_tekst(nieuw.reden)
    if fout:
        fouten.append(Invoerfout("reden", "VERZOEK", fout))
    if fouten:
        raise Probleem(400, "Deze blokkade kan zo niet. Herstel wat hieronder staat en doe het verzoek opnieuw.", fouten)


BlokkadeId = Annotated[int, Path(ge=1, le=2**63 - 1, description="Uit de lijst van blokkades")]


@router.post(
    "/{blokkadeId}/opheffing",
    response_model=Blokkade,
    summary="Stel voor een blokkade op te heffen, of bevestig dat",
    description="De eerste stelt het voor; de blokkade blijft dan staan. Doet een collega hetzelfde, dan is zij opgeheven en kan"
    " wat geblokkeerd was in de volgende betaalrun mee. Wie wat deed blijft bewaard.",
    responses=ZONDER_INHOUD,
)
def post_opheffing(werkplaats: Plaats, houder: Betaler, blokkadeId: BlokkadeId) -> Blokkade:  # noqa: N803
    """409 when it was lifted already, or when the same person proposed it."""
    opgeheven = lift_blokkade(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, blokkadeId)
    return Blokkade.of(raise_unless_done(opgeheven, _ONBEKEND.format("blokkade")))


@router.delete(
    "/{blokkadeId}/opheffing",
    response_model=Blokkade,
    summary="Neem het voorstel terug om een blokkade op te heffen",
    description="De blokkade blijft staan.",
    responses=ZONDER_INHOUD,
)
def delete_opheffing(werkplaats: Plaats, houder: Betaler, blokkadeId: BlokkadeId) -> Blokkade:  # noqa: N803
    """409 when nobody proposed it, or when it was lifted already."""
    staat = keep_blokkade(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, blokkadeId)
    return Blokkade.of(raise_unless_done(staat, _ONBEKEND.format("blokkade")))
