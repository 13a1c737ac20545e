"""Try a message before sending it: the same outcome as the real thing, nothing kept."""

from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from api.basis.modellen import Fout, Model
from api.basis.problemen import Probleem
from api.basis.route import Router
from api.berichten.berichten import Afzender, read_body
from api.deur.toegang import Plaats
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.basis.zijproces import GROOT, LEES_SECONDEN, ZijprocesZwaar
from berichten.processen.berichten.proef_bericht import Proef, refuse_heavy, rehearse
from berichten.processen.ontvangst.ontvang_bericht import Verboden

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
async def post_proefbericht(request: Request, werkplaats: Plaats, houder: Afzender) -> Response:
    """The real pipeline in a transaction that is rolled back."""
    inhoud = await read_body(request)
    uitkomst = await run_in_threadpool(_rehearse, werkplaats, inhoud, houder)
    if isinstance(uitkomst, Verboden):
        raise Probleem(403, uitkomst.fout.melding, [uitkomst.fout])
    return Response(await run_in_threadpool(_write, uitkomst), media_type="application/json")


def _rehearse(werkplaats: Werkplaats, inhoud: bytes, houder: Sleutelhouder) -> Proef | Verboden:
    """Beside the service when the message is large."""
    if werkplaats.zij is None or len(inhoud) <= GROOT:
        return rehearse(werkplaats, inhoud, houder)
    try:
        uitkomst: Proef | Verboden = werkplaats.zij.run("proef", inhoud, houder, seconden=LEES_SECONDEN)
    except ZijprocesZwaar:
        return refuse_heavy()
    return uitkomst


def _write(uitkomst: Proef) -> str:
    """The answer as JSON, in a thread: for a large declaration it is megabytes."""
    antwoord = uitkomst.antwoord.decode() if uitkomst.antwoord is not None else None
    return Proefbericht(**{**uitkomst.beschrijving, "antwoord": antwoord}).model_dump_json(by_alias=True)
