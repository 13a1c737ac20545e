"""One billed line: why it is held, awarded or rejected, who decided what, and what was asked and answered about it."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path, Request
from pydantic import Field
from sqlalchemy import Connection

from api.basis.modellen import Bevinding
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.besluiten.declaraties import Prestatie, plain_fields
from api.besluiten.modellen import (
    STATUSSEN,
    Besluitverzoek,
    Codevoorstel,
    Creditverzoek,
    Genomenbesluit,
    Opmerking,
    Opmerkingen,
    Opmerkingverzoek,
    names_for,
    raise_unless_decided,
)
from api.deur.toegang import Houder, Plaats, require, view_of
from berichten.beoordeling.besluit import Weigering
from berichten.beoordeling.niet_beoordeeld import find_redenen
from berichten.beoordeling.wat_te_doen import advise_aanbieder
from berichten.opslag.berichten.berichten import Berichtrij, list_stoppers
from berichten.opslag.berichten.declaraties import Prestatierij
from berichten.opslag.berichten.prestaties import Opmerkingrij, find_prestatie, list_besluiten, list_opmerkingen
from berichten.opslag.besluiten.werkvoorraad import find_creditverzoeken, load_regelbevindingen
from berichten.opslag.toegang.sleutels import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import decide
from berichten.processen.besluiten.plaats_opmerking import place_opmerking

router = Router(prefix="/prestaties", tags=["prestaties"])

Beslisser = Annotated[Sleutelhouder, Depends(require("contractbeheer"))]
Gesprekspartner = Annotated[Sleutelhouder, Depends(require("contractbeheer", "aanbieder"))]
Nummer = Annotated[int, Path(ge=1, le=(1 << 63) - 1)]
_ONBEKEND = "Deze regel bestaat niet, of hij is niet van u. Controleer het nummer."
CONFLICT: dict[int | str, dict[str, Any]] = {409: {"description": "Zoals de regel nu is kan dit niet"}}


class Prestatiedossier(Prestatie):
    """Een regel met alles wat erover is besloten en gezegd. Bedragen in hele eurocenten, credit negatief."""

    bericht_id: UUID
    agb: str
    antwoord_uiterlijk_op: date | None
    besluiten: list[Genomenbesluit] = Field(description="Oudste eerst; voorstellen alleen voor medewerkers van de gemeente")
    opmerkingen: list[Opmerking]
    creditverzoek: Creditverzoek | None = Field(description="Het verzoek om de regel te crediteren, zolang het openstaat")
    codevoorstellen: list[Codevoorstel] = Field(
        description="Waarmee de regel wordt afgewezen als u geen retourcode kiest; alleen voor medewerkers, zolang de regel wacht"
    )
    wat_te_doen: str = Field(description="Wat de aanbieder nu moet doen")


@router.get(
    "/{prestatieId}",
    response_model=Prestatiedossier,
    summary="Eén regel, met uitleg, besluiten en opmerkingen",
    description="Waarom de regel wordt beoordeeld, is toegekend of is afgewezen, en wat de aanbieder nu moet doen.",
)
def get_prestatie(werkplaats: Plaats, houder: Houder, prestatieId: Nummer) -> Prestatiedossier:  # noqa: N803
    """404 also when the line is another's."""
    return _dossier(werkplaats, houder, prestatieId)


@router.post(
    "/{prestatieId}/beoordelingen",
    status_code=201,
    response_model=Prestatiedossier,
    summary="Besluit over een regel",
    description="Ken een aangehouden regel toe of wijs hem af, met een reden voor de aanbieder. Bij de laatste regel van een"
    " declaratie gaat het antwoord (JW325) weg. Zolang dat niet is gebeurd kunt u een besluit vervangen: noem dan bij 'volgtOp' het"
    " besluit dat u vervangt. Daarna kunt u een toegekende regel alleen nog terugvragen. Boven een bedrag dat de gemeente kiest"
    " moet een tweede medewerker hetzelfde besluit nemen.",
    responses=CONFLICT,
)
def post_beoordeling(
    request: Request,
    werkplaats: Plaats,
    houder: Beslisser,
    prestatieId: Nummer,  # noqa: N803
    verzoek: Besluitverzoek,
) -> Prestatiedossier:
    """The line as it stands after the decision."""
    uitkomst = decide(werkplaats, houder.gemeente, houder.sleutel_id, [verzoek.of_line(prestatieId)])
    (genomen,) = raise_unless_decided(uitkomst)
    # What came in while the decision had the stream found it taken.
    request.app.state.bel.ring(houder.gemeente, genomen.agb)
    return _dossier(werkplaats, houder, prestatieId)


@router.get(
    "/{prestatieId}/opmerkingen",
    response_model=Opmerkingen,
    summary="Vragen en antwoorden over een regel",
    description="Oudste eerst. De aanbieder van de regel en de gemeente zien dezelfde opmerkingen.",
)
def get_opmerkingen(werkplaats: Plaats, houder: Houder, prestatieId: Nummer) -> Opmerkingen:  # noqa: N803
    """404 also when the line is another's."""
    with werkplaats.opslag.transaction(view_of(houder)) as verbinding:
        _find_own(verbinding, houder, prestatieId)
        rijen = list_opmerkingen(verbinding, houder.gemeente, prestatieId)
    namen = names_for(werkplaats, houder, [rij.door for rij in rijen])
    return Opmerkingen(opmerkingen=[Opmerking.of(rij, namen) for rij in rijen])


@router.post(
    "/{prestatieId}/opmerkingen",
    status_code=201,
    response_model=Opmerking,
    summary="Stel een vraag over een regel, of geef antwoord",
    description="Alleen zolang de regel wordt beoordeeld. Er passen vijftig opmerkingen bij een regel. Zet er geen Bsn in.",
    responses=CONFLICT,
)
def post_opmerking(
    werkplaats: Plaats,
    houder: Gesprekspartner,
    prestatieId: Nummer,  # noqa: N803
    verzoek: Opmerkingverzoek,
) -> Opmerking:
    """The remark as it was kept."""
    uitkomst = place_opmerking(werkplaats, houder, prestatieId, verzoek.tekst)
    if isinstance(uitkomst, Weigering):
        raise Probleem(STATUSSEN[uitkomst.soort], uitkomst.melding)
    return Opmerking.of(uitkomst, names_for(werkplaats, houder, [uitkomst.door]))


def _find_own(verbinding: Connection, houder: Sleutelhouder, prestatie_id: int) -> tuple[Prestatierij, Berichtrij]:
    gevonden = find_prestatie(verbinding, houder.gemeente, prestatie_id)
    if gevonden is None:
        raise Probleem(404, _ONBEKEND)
    return gevonden


def _dossier(werkplaats: Werkplaats, houder: Sleutelhouder, prestatie_id: int) -> Prestatiedossier:
    """All that the caller may know of a line: an aanbieder does not see proposals, nor who decided."""
    with werkplaats.opslag.transaction(view_of(houder)) as verbinding:
        regel, bericht = _find_own(verbinding, houder, prestatie_id)
        bevindingen = load_regelbevindingen(verbinding, houder.gemeente, [prestatie_id]).get(prestatie_id, [])
        redenen = find_redenen(bericht.status, list_stoppers(verbinding, houder.gemeente, bericht.bericht_id))
        besluiten = list_besluiten(verbinding, houder.gemeente, [prestatie_id]).get(prestatie_id, [])
        opmerkingen = list_opmerkingen(verbinding, houder.gemeente, prestatie_id)
        verzoek = find_creditverzoeken(verbinding, houder.gemeente, [prestatie_id]).get(prestatie_id)
    besluiten = [rij for rij in besluiten if rij.definitief or houder.agb is None]
    namen = names_for(werkplaats, houder, [*(rij.door for rij in besluiten), *(rij.door for rij in opmerkingen)])
    return Prestatiedossier(
        **plain_fields(Prestatie.of(regel, [Bevinding.of(item, bericht.soort) for item in bevindingen], redenen)),
        bericht_id=bericht.bericht_id,
        agb=bericht.agb or "",
        antwoord_uiterlijk_op=bericht.antwoord_uiterlijk_op,
        besluiten=[Genomenbesluit.of(rij, namen) for rij in besluiten],
        opmerkingen=[Opmerking.of(rij, namen) for rij in opmerkingen],
        creditverzoek=Creditverzoek.of(verzoek) if verzoek else None,
        codevoorstellen=Codevoorstel.of_held(bevindingen) if regel.uitkomst == "ter_beoordeling" and houder.agb is None else [],
        wat_te_doen=_advise(regel, bericht, werkplaats.instellingen.vandaag(), opmerkingen, verzoek is not None),
    )


def _advise(
    regel: Prestatierij,
    bericht: Berichtrij,
    vandaag: date,
    opmerkingen: list[Opmerkingrij],
    terugvragen: bool,
) -> str:
    return advise_aanbieder(
        regel.uitkomst,
        bericht.status,
        regel.referentienummer,
        uiterlijk=bericht.antwoord_uiterlijk_op,
        vandaag=vandaag,
        gevraagd=bool(opmerkingen) and opmerkingen[-1].van == "gemeente",
        terugvragen=terugvragen,
    )
