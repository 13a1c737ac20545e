"""Allocations of a local team's families, with the days of their decision and evaluations."""

from typing import Annotated, Any

from fastapi import Depends
from fastapi.responses import Response
from pydantic import Field

from api.basis.accept import Mediatype
from api.basis.afgeleid import shows
from api.basis.modellen import Lijstmodel, Model
from api.basis.route import Router
from api.deur.toegang import Plaats, require
from berichten.inzage.signalen import casustoewijzingen as inzage
from berichten.kern.houder import Sleutelhouder
from berichten.rapporten.monitor.tabel import as_csv
from berichten.rapporten.uitvoer.als_csv import MEDIATYPE

router = Router(prefix="/casustoewijzingen", tags=["signalen"])

Teamlid = Annotated[Sleutelhouder, Depends(require("lokaal_team"))]
_ALS_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIATYPE: {"schema": {"type": "string"}}}}}


@shows(
    inzage.Casustoewijzing,
    team=Field(description="Welk van uw teams de regie heeft", examples=["Noord"]),
    beschikt=Field(description="Of er een beschikking is geladen, of geen nodig is"),
    beschikt_tot=Field(description="Laatste dag van de beschikking; leeg als die geen einde heeft of er niet is"),
    gepland_op=Field(description="Eerste evaluatie die is gepland en niet gehouden"),
    gehouden_op=Field(description="Laatste evaluatie die is gehouden"),
)
class Casustoewijzing(Model):
    """Een toewijzing die vandaag loopt en waarover uw team de regie heeft."""


class Casustoewijzingen(Lijstmodel):
    """Toewijzingen van de gezinnen van uw team."""

    toewijzingen: list[Casustoewijzing] = Field(description="Op nummer")


@router.get(
    "",
    response_model=Casustoewijzingen,
    summary="Toewijzingen van de gezinnen van uw team, met beschikking en evaluaties",
    description="Van toewijzingen die vandaag lopen en waarover het team vandaag de regie heeft: tot wanneer is beschikt, en"
    " wanneer is of wordt geëvalueerd. Als JSON of als CSV volgens de header Accept. Elke keer kijken komt in het inzagelog.",
    responses=_ALS_CSV,
)
def get_casustoewijzingen(werkplaats: Plaats, houder: Teamlid, mediatype: Mediatype) -> Response | Casustoewijzingen:
    """For somebody of a team."""
    als_bestand = mediatype == MEDIATYPE
    toewijzingen = inzage.list_casustoewijzingen(werkplaats.seen_by(houder), als_bestand=als_bestand)
    if als_bestand:
        kop = {"Content-Disposition": 'attachment; filename="casustoewijzingen.csv"'}
        return Response(as_csv(inzage.as_tabel(toewijzingen)), media_type=f"{MEDIATYPE}; charset=utf-8", headers=kop)
    return Casustoewijzingen.of(toewijzingen)
