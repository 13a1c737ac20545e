"""Allocations that awarded lines fell out of: a list for contractbeheer, closed by a person with a reason."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from api.basis.modellen import Model, Verzoek
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.basis.velden import Pagina, Toewijzingnummer
from api.besluiten.modellen import Tekst
from api.besluiten.prestaties import Beslisser
from api.deur.toegang import Plaats, view_of
from berichten.opslag.dossiers.buiten_toewijzing import close_werkpunten, list_werkpunten

router = Router(prefix="/beoordelingen/toewijzingen", tags=["beoordelingen"])


class Werkpunt(Model):
    """Een toewijzing die is ingekort of verlaagd nadat er regels op waren toegekend; aantal en bedrag zijn die van toen."""

    toewijzingnummer: int
    bericht_id: UUID = Field(description="Het toewijzingsbericht dat de toewijzing wijzigde")
    agb: str
    aantal: int = Field(description="Toegekende regels die buiten de toewijzing vallen", examples=[1])
    bedrag: int = Field(description="Samen, in eurocenten", examples=[120990])
    ontstaan_op: datetime


class Werkpunten(Model):
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
    houder: Beslisser,
    pagina_grootte: Pagina = 50,
    volgende: Annotated[str | None, Query(pattern="^[0-9]{1,9}$", description="Uit het vorige antwoord")] = None,
) -> Werkpunten:
    """Several of one allocation stand together on a page, so that a cursor on the number loses none."""
    with werkplaats.opslag.transaction(view_of(houder)) as verbinding:
        punten = list_werkpunten(verbinding, houder.gemeente, int(volgende or 0), pagina_grootte)
    bladzijde = [Werkpunt(**{naam: getattr(item, naam) for naam in Werkpunt.model_fields}) for item in punten]
    vol = len({item.toewijzingnummer for item in punten}) == pagina_grootte
    return Werkpunten(werkpunten=bladzijde, volgende=str(punten[-1].toewijzingnummer) if vol else None)


@router.post(
    "/afsluitingen",
    response_model=Afgesloten,
    summary="Sluit de werkpunten van een toewijzing",
    description="Met een reden. De regels blijven toegekend.",
)
def post_afsluitingen(werkplaats: Plaats, houder: Beslisser, verzoek: Afsluiting) -> Afgesloten:
    """Remembers who closed it, when and why; 404 when nothing is open."""
    with werkplaats.opslag.transaction() as verbinding:
        aantal = close_werkpunten(
            verbinding, houder.gemeente, verzoek.toewijzingnummer, houder.sleutel_id, verzoek.reden, werkplaats.instellingen.nu()
        )
    if not aantal:
        raise Probleem(404, "Bij deze toewijzing staat geen werkpunt open. Controleer het nummer.")
    return Afgesloten(aantal=aantal)
