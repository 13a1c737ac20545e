"""Invoices outside the messages: loading them, and the list of how they stand."""

from typing import Annotated

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from api.basis.accept import Mediatype
from api.basis.afgeleid import shows
from api.basis.bestanden import ALS_BESTAND, send_report, wants_file
from api.basis.modellen import Lijstmodel, Model
from api.basis.route import Router
from api.berichten.invoerbestand import ALS_TABEL
from api.deur.toegang import Plaats, require
from api.naslag.laden import Lading, load_or_refuse
from berichten.inzage.geld import factuurlijst as inzage
from berichten.kern.houder import Sleutelhouder
from berichten.processen.kwartaal.laad_facturen import load_facturen

router = Router(prefix="/kwartaalrapporten", tags=["kwartaalrapporten"])
Lader = Annotated[Sleutelhouder, Depends(require(*inzage.ROLLEN))]


class Factuurlading(Lading):
    """Wat er is geladen, en wat daarvan dubbel lijkt."""

    waarschuwingen: list[str] = Field(description="Facturen die lijken op een toegekende declaratieregel")


@shows(
    inzage.Factuurregel,
    leverancier=Field(description="Wie de factuur stuurde", examples=["Zorg BV"]),
    agb=Field(description="AGB-code van de leverancier; leeg als die er geen heeft", examples=["42420001"]),
    factuurnummer=Field(description="Nummer van de factuur", examples=["F1"]),
    factuurdatum=Field(description="Dag van de factuur", examples=["2026-04-01"]),
    zorg_van=Field(description="Eerste dag van de hulp", examples=["2026-03-01"]),
    zorg_tot=Field(description="Laatste dag van de hulp", examples=["2026-03-31"]),
    bedrag=Field(description="In eurocenten; van een creditfactuur onder nul", examples=[-12400]),
    segment=Field(description="Segment, als het erbij stond", examples=["4"]),
    zorgvorm=Field(description="Zorgvorm, als die erbij stond", examples=["Basis GGZ"]),
    bbr_aanvraagnummer=Field(description="Nummer van de BBR-aanvraag, als dat erbij stond", examples=["BBR-1"]),
    status=Field(description="betaald, open of afgekeurd; alleen wat is betaald zijn kosten", examples=["betaald"]),
    geladen_op=Field(description="Wanneer zij zo is geladen", examples=["2026-04-02T09:30:00+02:00"]),
    door=Field(description="Wie haar laadde", examples=["A. Jansen"]),
    eerdere_status=Field(description="Welke status zij daarvoor had; leeg als zij één keer is geladen", examples=["open"]),
    eerder_geladen_op=Field(description="Wanneer wat er stond was geladen", examples=["2026-04-01T09:30:00+02:00"]),
    vervangt=Field(description="Wat er stond, in woorden", examples=["open, geladen op 1 april 2026"]),
)
class Factuurregel(Model):
    """Een factuur buiten de berichten, zoals zij er nu voor staat. Zonder cliënt."""


class Facturenlijst(Lijstmodel):
    """Facturen met hulp in een jaar."""

    facturen: list[Factuurregel] = Field(description="De laatste hulp eerst")


@router.get(
    "/facturen",
    response_model=Facturenlijst,
    summary="Facturen voor hulp buiten de berichten om",
    description="Met hulp in dat jaar, elk zoals zij er nu voor staat en wat zij vervangt. Cliënten staan er niet in, en tellen in"
    " rapporten niet mee. Als JSON, of als CSV of XLSX volgens de header Accept.",
    responses=ALS_BESTAND,
)
def get_facturen(
    werkplaats: Plaats,
    houder: Lader,
    mediatype: Mediatype,
    jaar: Annotated[int | None, Query(ge=2015, le=2100, description="Jaar van de hulp; leeg is dit jaar")] = None,
) -> Response | Facturenlijst:
    """The last care first."""
    kijker, gevraagd = werkplaats.seen_by(houder), jaar or werkplaats.instellingen.vandaag().year
    if wants_file(mediatype):
        return send_report(kijker, mediatype, *inzage.export_facturen(kijker, gevraagd))
    return Facturenlijst.of(inzage.list_facturen_van(kijker, gevraagd))


@router.post(
    "/facturen",
    response_model=Factuurlading,
    summary="Laad facturen voor hulp buiten de berichten om",
    description="CSV of XLSX met de kolommen gemeente;leverancier;agb;factuurnummer;factuurdatum;zorg_van;zorg_tot;bedrag;segment;"
    "zorgvorm;toewijzingnummer;bbr_aanvraagnummer;status (betaald, open of afgekeurd), in eurocenten; van een creditfactuur is het"
    " bedrag onder nul. Alleen wat is betaald zijn kosten. Een factuur komt één keer: wat open staat kan nog worden betaald of"
    " afgekeurd, en wat is betaald nog worden afgekeurd. Bij één foute regel wordt niets geladen.",
    openapi_extra=ALS_TABEL,
)
async def post_facturen(request: Request, werkplaats: Plaats, houder: Lader) -> Factuurlading:
    """Remembers who loaded it and when; warns of what looks like an awarded line."""
    geladen = await load_or_refuse(request, werkplaats, houder, load_facturen)
    return Factuurlading(regels=geladen.regels, waarschuwingen=list(geladen.waarschuwingen))
