"""Decisions and evaluations that are not in order, for who keeps the contract."""

from typing import Annotated, Literal

from fastapi import Depends, Query
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Model
from api.basis.route import Router
from api.deur.toegang import Plaats, require
from api.geld.betaalbasis import Agb
from berichten.inzage.signalen import dossierpunten as inzage
from berichten.kern.houder import Sleutelhouder

router = Router(prefix="/dossierpunten", tags=["signalen"])

Dossierkijker = Annotated[Sleutelhouder, Depends(require("contractbeheer", "lokaal_team"))]
Kop = Literal["zonder_beschikking", "deels_buiten", "evaluatie_te_laat", "zestien_zonder", "loopt_af"]


@shows(
    inzage.Kopaantal,
    kop=Field(description="Wat er niet op orde is", examples=["loopt_af"]),
    titel="Wat er niet op orde is, in woorden",
)
class Kopaantal(Model):
    """Hoeveel toewijzingen onder een kop staan."""


@shows(
    inzage.Dossierpunt,
    kop=Field(description="Wat er niet op orde is", examples=["loopt_af"]),
    dag=Field(description="Sinds of tot wanneer; hierop is de lijst geordend"),
    zin=Field(description="Wat er is, in een zin"),
)
class Dossierpunt(Model):
    """Een toewijzing waarvan iets niet op orde is."""


@shows(
    inzage.Dossierlijst,
    beschikkingen_geladen=Field(description="Of uw gemeente beschikkingen laadde; anders staan er geen punten over"),
    evaluaties_geladen=Field(description="Of uw gemeente evaluaties laadde; anders staan er geen punten over"),
    aantallen=Field(description="Hoeveel toewijzingen onder elke kop staan"),
    punten=Field(description="De toewijzingen, oudste dag eerst"),
)
class Dossierlijst(Model):
    """Toewijzingen waarvan beschikking of evaluatie niet op orde is."""


@router.get(
    "",
    response_model=Dossierlijst,
    summary="Beschikkingen en evaluaties die niet op orde zijn",
    description="Van toewijzingen die vandaag lopen: zonder beschikking, deels buiten de beschikking, evaluatie over tijd, 16 jaar"
    " of ouder zonder gehouden evaluatie, en wat binnen 56 dagen afloopt. Iemand van een lokaal"
    " team ziet de toewijzingen waarover het team vandaag de regie heeft. Elke keer kijken komt in het inzagelog.",
)
def get_dossierpunten(
    werkplaats: Plaats,
    houder: Dossierkijker,
    kop: Annotated[Kop | None, Query(description="Alleen onder deze kop")] = None,
    agb: Agb = None,
    pagina_grootte: Annotated[int, Query(alias="paginaGrootte", ge=1, le=1000)] = 200,
) -> Dossierlijst:
    """For contract management only."""
    return Dossierlijst.of(inzage.list_dossierpunten(werkplaats.seen_by(houder), kop, agb, pagina_grootte))
