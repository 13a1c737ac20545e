"""The service at its door: API and portal. What waits is handled by workers, in processes of their own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from functools import partial

from fastapi import FastAPI

from api import gezondheid
from api.accountant import productie, steekproeven, verantwoord, verklaringen
from api.basis.bundelaar import Bundelaar
from api.basis.problemen import install_problem_handlers
from api.berichten import berichten, proefberichten, toewijzingen
from api.berichten.vlotte_weg import VlotteWeg
from api.besluiten import aanbieders, beoordelingen, declaraties, prestaties, verloop, werkpunten
from api.deur import meldpunt
from api.deur.buitenlaag import Buitenlaag
from api.deur.koppen import VERSIE
from api.deur.plaatsen import Plaatsen
from api.deur.pogingen import Pogingen
from api.deur.tempo import Tempo
from api.deur.voorwaarden import Voorwaarden
from api.geld import (
    betalingen,
    blokkades,
    financien,
    monitor,
    regio,
    rekeningen,
    rekeningenbestand,
    stuurinstellingen,
)
from api.inzage import inzagelog, onthulling
from api.kwartaal import buitenfacturen, kwartaalrapporten
from api.naslag import codelijsten, referentie, regels, verantwoordingen, verantwoordingenlijst
from api.openapi import BASIS, BeschrevenApp, operation_id
from api.portaal.portaal import mount_portaal
from api.signalen import casussignalen, casustoewijzingen, dossierpunten, maatregelen, signalen
from api.verzoeken import toewijzingsretouren, verzoeken
from berichten.instellingen import Instellingen
from berichten.logboek import configure_logging
from berichten.processen.basis.machtiging import recognise, recognise_together
from berichten.processen.basis.werkplaats import Werkplaats, beside, open_werkplaats
from berichten.processen.ontvangst.ontvang_samen import accept_one, accept_together
from berichten.processen.ontvangst.wachtruimte import Wachtruimte
from berichten.sporen import tracing
from workers.bel import Bel

_ADEM = 0.03
"""Seconds for which keys are gathered at most while messages are taken in."""
BANEN = 2
"""Lots of messages that are taken in at a time."""
_ROUTERS = (
    berichten.router,
    proefberichten.router,
    declaraties.router,
    prestaties.router,
    beoordelingen.router,
    verloop.router,
    verklaringen.router,
    werkpunten.router,
    toewijzingen.router,
    verzoeken.router,
    toewijzingsretouren.router,
    aanbieders.router,
    signalen.router,
    maatregelen.router,
    dossierpunten.router,
    casussignalen.router,
    casustoewijzingen.router,
    verantwoordingen.router,
    verantwoordingenlijst.router,
    referentie.router,
    regels.router,
    codelijsten.router,
    financien.router,
    verantwoord.router,
    productie.router,
    steekproeven.router,
    blokkades.router,
    rekeningen.router,
    rekeningenbestand.router,
    betalingen.router,
    monitor.router,
    buitenfacturen.router,
    kwartaalrapporten.router,
    regio.router,
    stuurinstellingen.router,
    inzagelog.router,
    onthulling.router,
    gezondheid.router,
)


def make_app() -> FastAPI:
    """The same with the settings of the environment, for a server that starts it by name: `uvicorn --factory api.app:make_app`."""
    return create_app(Instellingen())


def create_app(instellingen: Instellingen, open_: Werkplaats | None = None) -> FastAPI:
    """The ASGI application. Its lifespan opens the database, unless it gets one that is open already; what waits others handle."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        configure_logging()
        with (
            tracing(instellingen, "deur"),
            nullcontext(open_) if open_ is not None else open_werkplaats(instellingen) as alleen,
            beside(alleen) as werkplaats,
        ):
            app.state.werkplaats, app.state.bel = werkplaats, Bel(werkplaats)
            app.state.ontvangst = Bundelaar(
                "ontvangst", partial(accept_together, werkplaats), partial(accept_one, werkplaats), banen=BANEN
            )
            # Who goes through the door together is received together too.
            app.state.sleutels = Bundelaar(
                "sleutels",
                partial(recognise_together, werkplaats),
                partial(recognise, werkplaats),
                voor=app.state.ontvangst,
                adem=_ADEM,
            )
            app.state.bel.start()
            try:
                yield
            finally:
                app.state.bel.stop()
                app.state.ontvangst.stop()
                app.state.sleutels.stop()

    app = BeschrevenApp(
        title="Berichten",
        description="iJw-berichten insturen en volgen wat ervan wordt.",
        version=VERSIE,
        lifespan=lifespan,
        openapi_url=f"{BASIS}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
        servers=[{"url": BASIS}],
        contact={"name": "Beheer Berichten", "url": "https://example.org/berichten", "email": "beheer@example.org"},
    )
    app.state.pogingen = Pogingen(instellingen.sleutel_pogingen)
    app.state.inlogpogingen = Pogingen(instellingen.inlog_pogingen)
    app.state.tempo = Tempo(instellingen)
    app.state.plaatsen = Plaatsen()
    app.state.wachtruimte = Wachtruimte(instellingen.wachtrij_meest)
    app.state.meldpunt = instellingen.meldpunt
    install_problem_handlers(app)
    for router in _ROUTERS:
        app.include_router(router, prefix=BASIS)
    app.include_router(meldpunt.router)
    mount_portaal(app, instellingen.bladzij_geduld)
    # From within to without.
    app.add_middleware(VlotteWeg)
    app.add_middleware(Voorwaarden)
    app.add_middleware(Buitenlaag)
    return app
