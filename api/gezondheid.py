"""Is the service alive, is it ready, and how is it doing."""

from typing import Annotated

from fastapi import Depends, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.basis.problemen import Probleem
from api.basis.route import Router
from api.deur.toegang import get_werkplaats, require
from berichten.processen.basis.werkplaats import Werkplaats

router = Router(tags=["dienst"])


@router.get("/gezondheid", summary="Draait de dienst?", description="Het proces antwoordt.")
async def get_gezondheid() -> dict[str, str]:
    """The process answers. Needs no thread: all of those may be busy."""
    return {"status": "ok"}


@router.get("/gereed", summary="Kan de dienst werk aannemen?", description="Ook de database antwoordt. Zo niet: 503.")
def get_gereed(werkplaats: Annotated[Werkplaats, Depends(get_werkplaats)]) -> dict[str, str]:
    """The database answers too; 503 when it does not."""
    if not werkplaats.is_ready():
        raise Probleem(503, "De database antwoordt niet. Probeer het over een minuut opnieuw.")
    return {"status": "gereed"}


@router.get(
    "/metrics",
    summary="Meetwaarden voor Prometheus",
    description="In het tekstformaat van Prometheus. Alleen voor beheer: aantallen en termijnen gaan niet iedereen aan.",
    response_class=Response,
    dependencies=[Depends(require("beheer"))],
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def get_metrics() -> Response:
    """Prometheus text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
