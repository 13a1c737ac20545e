"""Try a message before sending it: the same outcome as the real thing, nothing kept."""

from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from api.berichten import Afzender, read_body
from api.modellen import Fout, Model
from api.problemen import Probleem
from api.route import Router
from api.toegang import Plaats
from berichten.processen.ontvang_bericht import Verboden
from berichten.processen.proef_bericht import rehearse

router = Router(prefix="/proefberichten", tags=["berichten"])


class Proefbericht(Model):
    """Wat er met een bericht zou gebeuren. Bedragen in hele eurocenten."""

    soort: str
    identificatie: str | None
    status: str
    herhaling: bool
    retourcodes: list[str]
    declaratie_retourcodes: list[str]
    ingediend_bedrag: int | None
    toegekend_bedrag: int | None
    afgewezen_bedrag: int | None
    te_beoordelen_bedrag: int | None
    fouten: list[Fout]
    bevindingen: list[dict[str, Any]]
    prestaties: list[dict[str, Any]]
    producten: list[dict[str, Any]]
    antwoord: str | None
    """Het antwoordbericht dat zou volgen, als XML."""


@router.post(
    "",
    response_model=Proefbericht,
    summary="Probeer een bericht uit",
    description="Geeft de uitkomst, de bevindingen en het antwoordbericht die dit bericht nu zou krijgen. Er wordt niets bewaard.",
    openapi_extra={"requestBody": {"required": True, "content": {"application/xml": {"schema": {"type": "string"}}}}},
)
async def post_proefbericht(request: Request, werkplaats: Plaats, houder: Afzender) -> Proefbericht:
    """The real pipeline in a transaction that is rolled back."""
    inhoud = await read_body(request)
    uitkomst = await run_in_threadpool(rehearse, werkplaats, inhoud, houder)
    if isinstance(uitkomst, Verboden):
        raise Probleem(403, uitkomst.fout.melding, [uitkomst.fout])
    antwoord = uitkomst.antwoord.decode() if uitkomst.antwoord is not None else None
    return Proefbericht(**{**uitkomst.beschrijving, "antwoord": antwoord})
