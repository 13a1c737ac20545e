"""Is the service alive, is it ready, and how is it doing."""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Literal

from fastapi import Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from pydantic import Field

from api.basis.afgeleid import shows
from api.basis.modellen import Model
from api.basis.problemen import unavailable
from api.basis.route import Router
from api.deur.toegang import Plaats, bearer, get_houder, get_werkplaats, require
from api.geld.boekmodellen import Nachtcontrole
from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.bereikbaar import answer_soon
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking import bekijk_gezondheid
from berichten.processen.bewaking.bekijk_werkers import find_bezetting
from berichten.processen.bewaking.meetwaarden import Meting, measure, measure_all

router = Router(tags=["dienst"])

Beheerder = Annotated[Sleutelhouder, Depends(require("beheer"))]


@router.get("/gezondheid", summary="Draait de dienst?", description="Het proces antwoordt.")
async def get_gezondheid() -> dict[str, str]:
    """The process answers. Needs no thread: all of those may be busy."""
    return {"status": "ok"}


class Gereed(Model):
    """De dienst neemt werk aan."""

    status: Literal["gereed"]
    werkers: bool = Field(description="Of er werkers zijn gezien. Zo niet, dan wordt wat binnenkomt bewaard en later verwerkt")
    planner: bool = Field(description="Of er een planner is gezien. Zo niet, dan blijven termijnen en de nachtcontrole liggen")


@router.get(
    "/gereed",
    summary="Kan de dienst werk aannemen?",
    description="Ook de database antwoordt. Zo niet: 503. Zonder werkers is het 200, want aannemen kan; het antwoord zegt het wel.",
)
async def get_gereed(werkplaats: Annotated[Werkplaats, Depends(get_werkplaats)]) -> Gereed:
    """The database answers too; 503 when it does not, within two seconds, also when all threads wait for it."""
    bezetting = await answer_soon(partial(find_bezetting, werkplaats))
    if bezetting is None:
        raise unavailable()
    return Gereed(status="gereed", werkers=bezetting.werkers, planner=bezetting.planner)


@shows(
    bekijk_gezondheid.Aandacht,
    onderwerp=Field(description="Waar het over gaat", examples=["termijn"]),
    gemeente=Field(description="Gemeentecode; leeg als het over de hele dienst gaat", examples=["0484"]),
    ernstig=Field(description="Of iemand iets moet doen", examples=[True]),
    melding=Field(description="Wat er is, en wat u kunt doen", examples=["Geen termijn is verlopen of bijna verlopen."]),
)
class Aandacht(Model):
    """Iets waar naar is gekeken."""


@shows(
    bekijk_gezondheid.Rij,
    bericht_id="Het bericht dat vooraan staat",
    wachtend=Field(description="Hoeveel berichten er wachten, dit meegerekend", examples=[3]),
    pogingen=Field(description="Hoe vaak het verwerken van het eerste mislukte", examples=[0]),
    storing=Field(description="Soort van de laatste storing; leeg als er geen was", examples=["BoekenFout"]),
)
class Rij(Model):
    """Een rij berichten van één aanbieder die op verwerking wacht."""


@shows(bekijk_gezondheid.Berichtdrukte)
class Berichtdrukte(Model):
    """Hoeveel berichten van de laatste 24 uur deze status hebben."""


@shows(
    bekijk_gezondheid.Termijnstand,
    gemeente=Field(description="Gemeentecode", examples=["0484"]),
    te_beoordelen=Field(description="Declaraties die op een besluit wachten", examples=[4]),
    bijna_verlopen=Field(description="Daarvan: de termijn is bijna om", examples=[1]),
    verlopen=Field(description="Daarvan: de termijn is om", examples=[0]),
)
class Termijnstand(Model):
    """Hoe het staat met de termijnen van declaraties."""


@shows(
    bekijk_gezondheid.Opslagruimte,
    database=Field(description="Omvang van de database, in bytes; leeg als andere gemeenten haar delen", examples=[104857600]),
    vrij=Field(description="Vrij op de schijf van de dienst, in bytes", examples=[10737418240]),
    geheel=Field(description="Die schijf als geheel, in bytes", examples=[107374182400]),
)
class Opslagruimte(Model):
    """Hoeveel ruimte er is."""


@shows(
    bekijk_gezondheid.Gezondheid,
    op=Field(description="Wanneer er is gekeken"),
    aandacht=Field(description="Wat aandacht vraagt eerst, daarna wat in orde is"),
    rijen=Field(description="Rijen waarin berichten wachten, langst wachtend eerst"),
    berichten=Field(description="Berichten van de laatste 24 uur, per status"),
    termijnen=Field(description="Termijnen van declaraties"),
    opslag=Field(description="Ruimte op schijf"),
)
class Gezondheid(Model):
    """Wat er misging en wat aandacht vraagt, op één bladzijde."""

    nachtcontrole: Nachtcontrole | None = Field(description="De laatste nachtelijke controle; leeg voor de eerste nacht")


@router.get(
    "/status",
    response_model=Gezondheid,
    summary="Wat er misging en wat aandacht vraagt",
    description="Vastgelopen rijen met hun storing, termijnen die verlopen, de laatste nachtelijke controle van de boeken, sleutels"
    " die verlopen en de ruimte op schijf. Alleen voor beheer.",
)
def get_status(werkplaats: Plaats, houder: Beheerder) -> Gezondheid:
    """Of the caller's gemeente, and of the service as a whole."""
    return Gezondheid.of(bekijk_gezondheid.inspect(werkplaats, houder.gemeente))


class Meter(Collector):
    """What is measured of the process itself, and of some gemeenten: figures of one are not for the beheer of another."""

    def __init__(self, gemeten: Mapping[str, Sequence[Meting]]) -> None:
        self._gemeten = gemeten

    def collect(self) -> Iterator[Metric]:
        """Every metric; those of a gemeente with its code as label."""
        yield from REGISTRY.collect()
        families: dict[str, GaugeMetricFamily] = {}
        for gemeente, metingen in self._gemeten.items():
            for meting in metingen:
                nieuw = GaugeMetricFamily(meting.naam, meting.uitleg, labels=["gemeente"])
                families.setdefault(meting.naam, nieuw).add_metric([gemeente], meting.waarde)
        yield from families.values()


async def get_cijferlezer(
    request: Request, werkplaats: Plaats, bewijs: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> Sleutelhouder | None:
    """Who asks for figures: a holder of role beheer, or None for who runs the service for all gemeenten and has its key."""
    sleutel = werkplaats.instellingen.cijfers_sleutel
    if sleutel and bewijs is not None and hmac.compare_digest(bewijs.credentials.encode(), sleutel.encode()):
        return None
    return await require("beheer")(request, await get_houder(request, werkplaats, bewijs), werkplaats)


@router.get(
    "/metrics",
    summary="Meetwaarden voor Prometheus",
    description="In het tekstformaat van Prometheus: van uw gemeente en van het proces. Alleen voor beheer: aantallen en termijnen"
    " gaan niet iedereen aan. Wie de dienst voor alle gemeenten draait, vraagt ze van alle tegelijk met de sleutel uit"
    " BERICHTEN_CIJFERS_SLEUTEL.",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def get_metrics(werkplaats: Plaats, houder: Annotated[Sleutelhouder | None, Depends(get_cijferlezer)]) -> Response:
    """Prometheus text format."""
    gemeten = measure_all(werkplaats) if houder is None else {houder.gemeente: measure(werkplaats, houder.gemeente)}
    return Response(generate_latest(Meter(gemeten)), media_type=CONTENT_TYPE_LATEST)
