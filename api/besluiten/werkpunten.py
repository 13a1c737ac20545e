"""Allocations that awarded lines fell out of: a list for contractbeheer, closed by a person with a reason."""

from typing import Annotated

from fastapi import Query
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Bladzijdemodel, Model, Verzoek
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.basis.velden import Pagina, Toewijzingnummer
from api.besluiten.besluitmodellen import Tekst
from api.besluiten.prestaties import Beoordelaar, Beslisser
from api.deur.toegang import Plaats
from berichten.beoordeling.besluit import check_tekst
from berichten.fouten import Invoerfout
from berichten.inzage.besluiten import werkpunten as inzage
from berichten.processen.besluiten.sluit_werkpunten import close_werkpunten

router = Router(prefix="/beoordelingen/toewijzingen", tags=["beoordelingen"])


@shows(
    inzage.Werkpunt,
    bericht_id="Het toewijzingsbericht dat de toewijzing wijzigde",
    aantal=Field(description="Toegekende regels die buiten de toewijzing vallen", examples=[1]),
    bedrag=Field(description="Samen, in eurocenten", examples=[120990]),
)
class Werkpunt(Model):
    """Een toewijzing die is ingekort of verlaagd nadat er regels op waren toegekend; aantal en bedrag zijn die van toen."""


class Werkpunten(Bladzijdemodel):
    """Een bladzijde open werkpunten, op toewijzingnummer."""

    werkpunten: list[Werkpunt]
    volgende: str | None


class Afsluiting(Verzoek):
    """Waarom er niets meer hoeft te gebeuren."""

    toewijzingnummer: Toewijzingnummer
    reden: Tekst = Field(description="Waarom het werkpunt dicht kan, in gewone tekst en zonder Bsn")


class Afgesloten(Model):
    """Hoeveel werkpunten er bij de toewijzing dicht zijn gegaan."""

    aantal: int


@router.get(
    "",
    response_model=Werkpunten,
    summary="Toewijzingen waar toegekende regels buiten vallen",
    description="Een toewijzing die korter of lager werd nadat er regels op waren toegekend. Er verandert vanzelf niets: iemand"
    " kijkt of de aanbieder moet crediteren en sluit het werkpunt. Welke regels het zijn, staat bij de toewijzing.",
)
def get_werkpunten(
    werkplaats: Plaats,
    houder: Beoordelaar,
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{1,9}$", description="Uit het vorige antwoord")] = None,
) -> Werkpunten:
    """Several of one allocation stand together on a page, so that a cursor on the number loses none."""
    return Werkpunten.of(inzage.list_werkpunten(werkplaats.seen_by(houder), pagina_grootte, volgende))


@router.post(
    "/afsluitingen",
    response_model=Afgesloten,
    summary="Sluit de werkpunten van een toewijzing",
    description="Met een reden. De regels blijven toegekend.",
    responses={404: {}},
)
def post_afsluitingen(werkplaats: Plaats, houder: Beslisser, verzoek: Afsluiting) -> Afgesloten:
    """Remembers who closed it, when and why; 404 when nothing is open."""
    fout = check_tekst(verzoek.reden)
    if fout:
        raise Probleem(400, fout, [Invoerfout("body.reden", "VERZOEK", fout)])
    aantal = close_werkpunten(werkplaats, houder, verzoek.toewijzingnummer, verzoek.reden)
    if not aantal:
        raise Probleem(404, "Bij deze toewijzing staat geen werkpunt open. Controleer het nummer.")
    return Afgesloten(aantal=aantal)
