"""One billed line: why it is held, awarded or rejected, who decided what, and what was asked and answered about it."""

from typing import Annotated, Any

from fastapi import Depends, Path, Request

from api.basis.afgeleid import shows
from api.basis.modellen import Model
from api.basis.problemen import Probleem, raise_unless_found
from api.basis.route import Router
from api.besluiten.besluitmodellen import (
    STATUSSEN,
    UITLEG,
    Besluitverzoek,
    Opmerking,
    Opmerkingen,
    Opmerkingverzoek,
    raise_unless_decided,
)
from api.deur.toegang import Clientkijker, Plaats, require
from berichten.beoordeling.besluit import Besluitweigering
from berichten.inzage.besluiten import besluiten
from berichten.inzage.besluiten import prestaties as inzage
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import decide
from berichten.processen.besluiten.plaats_opmerking import place_opmerking

router = Router(prefix="/prestaties", tags=["prestaties"])

Beoordelaar = Annotated[Sleutelhouder, Depends(require("contractbeheer"))]
"""Who reads what waits."""
Beslisser = Annotated[Sleutelhouder, Depends(require("contractbeheer", mens=True))]
"""Who decides: a person."""
Gesprekspartner = Annotated[Sleutelhouder, Depends(require("contractbeheer", "aanbieder", mens=True))]
Nummer = Annotated[int, Path(ge=1, le=(1 << 63) - 1)]
ONBEKEND = "Deze regel bestaat niet, of hij is niet van u. Controleer het nummer."
CONFLICT: dict[int | str, dict[str, Any]] = {409: {"description": "Zoals de regel nu is kan dit niet"}}


@shows(
    inzage.Prestatiedossier,
    **UITLEG,
    besluiten="Oudste eerst; voorstellen alleen voor medewerkers van de gemeente",
    creditverzoek="Het verzoek om de regel te crediteren, zolang het openstaat",
    codevoorstellen="Waarmee de regel wordt afgewezen als u geen retourcode kiest; alleen voor medewerkers, zolang de regel wacht",
    wat_te_doen="Wat de aanbieder nu moet doen",
)
class Prestatiedossier(Model):
    """Een regel met alles wat erover is besloten en gezegd. Bedragen in hele eurocenten, credit negatief."""


@router.get(
    "/{prestatieId}",
    response_model=Prestatiedossier,
    summary="Eén regel, met uitleg, besluiten en opmerkingen",
    description="Waarom de regel wordt beoordeeld, is toegekend of is afgewezen, en wat de aanbieder nu moet doen.",
)
def get_prestatie(werkplaats: Plaats, houder: Clientkijker, prestatieId: Nummer) -> Prestatiedossier:  # noqa: N803
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
    uitkomst = decide(werkplaats.asked_by(houder), houder.gemeente, houder.sleutel_id, [verzoek.of_line(prestatieId)])
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
def get_opmerkingen(werkplaats: Plaats, houder: Clientkijker, prestatieId: Nummer) -> Opmerkingen:  # noqa: N803
    """404 also when the line is another's."""
    return Opmerkingen.of(raise_unless_found(besluiten.list_opmerkingen(werkplaats.seen_by(houder), prestatieId), ONBEKEND))


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
    if isinstance(uitkomst, Besluitweigering):
        raise Probleem(STATUSSEN[uitkomst.soort], uitkomst.melding)
    (getoond,) = besluiten.show_opmerkingen(werkplaats.seen_by(houder), [uitkomst])
    return Opmerking.of(getoond)


def _dossier(werkplaats: Werkplaats, houder: Sleutelhouder, prestatie_id: int) -> Prestatiedossier:
    return Prestatiedossier.of(raise_unless_found(inzage.find_prestatie(werkplaats.seen_by(houder), prestatie_id), ONBEKEND))
