"""The service: API, and without a broker the workers too, in one process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import dramatiq
from fastapi import FastAPI

from api import berichten, gezondheid
from api.modellen import Probleemmodel
from api.omhulsel import VERSIE, Omhulsel
from api.problemen import install_problem_handlers
from berichten.instellingen import Instellingen
from berichten.logboek import configure_logging
from berichten.processen.werkplaats import open_werkplaats
from workers.bel import Bel
from workers.veger import Veger

_PROBLEMEN = {
    status: {"model": Probleemmodel, "content": {"application/problem+json": {}}, "description": tekst}
    for status, tekst in ((400, "Onjuist verzoek"), (401, "Geen sleutel"), (403, "Niet toegestaan"), (404, "Niet gevonden"))
}


def create_app(instellingen: Instellingen) -> FastAPI:
    """The ASGI application; its lifespan opens the database and starts workers and sweeper."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logging()
        with open_werkplaats(instellingen) as werkplaats:
            bel = Bel(werkplaats)
            app.state.werkplaats, app.state.bel = werkplaats, bel
            werkers = None if instellingen.broker_url else dramatiq.Worker(bel.broker, worker_threads=instellingen.workers)
            veger = Veger(werkplaats, bel)
            if werkers is not None:
                werkers.start()
            veger.start()
            try:
                yield
            finally:
                veger.stop()
                if werkers is not None:
                    werkers.stop()

    app = FastAPI(
        title="Berichten",
        description="iJw-berichten insturen en volgen wat ervan wordt.",
        version=VERSIE,
        lifespan=lifespan,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        servers=[{"url": "/v1"}],
        contact={"name": "Beheer Berichten", "url": "https://example.org/berichten", "email": "beheer@example.org"},
    )
    install_problem_handlers(app)
    for router in (berichten.router, gezondheid.router):
        app.include_router(router, prefix="/v1", responses=_PROBLEMEN)
    app.add_middleware(Omhulsel)
    return app
