"""Is the service alive, is it ready, and how is it doing."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Metric, generate_latest
from prometheus_client.registry import Collector

from api.basis.problemen import Probleem
from api.basis.route import Router
from api.deur.toegang import get_werkplaats, require
from berichten.kern.houder import Sleutelhouder
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


class Gemeentemeter(Collector):
    """What is measured of one gemeente, and of the process itself: figures of another gemeente are not for its beheer."""

    def __init__(self, gemeente: str) -> None:
        self._gemeente = gemeente

    def collect(self) -> Iterator[Metric]:
        """Every metric, without the samples of other gemeenten."""
        for meting in REGISTRY.collect():
            meting.samples = [item for item in meting.samples if item.labels.get("gemeente", self._gemeente) == self._gemeente]
            yield meting


@router.get(
    "/metrics",
    summary="Meetwaarden voor Prometheus",
    description="In het tekstformaat van Prometheus: van uw gemeente en van het proces. Alleen voor beheer: aantallen en termijnen"
    " gaan niet iedereen aan.",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def get_metrics(houder: Annotated[Sleutelhouder, Depends(require("beheer"))]) -> Response:
    """Prometheus text format."""
    return Response(generate_latest(Gemeentemeter(houder.gemeente)), media_type=CONTENT_TYPE_LATEST)
