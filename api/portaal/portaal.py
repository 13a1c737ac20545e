"""The portal: an application of its own inside the service, because what goes wrong here is told to people and not to software."""

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.portaal.paginas import ROUTERS
from api.portaal.schil.adres import BASIS
from api.portaal.schil.bestanden import VasteBestanden
from api.portaal.schil.bladzij import Ieder
from api.portaal.schil.langwerk import Langwerk
from api.portaal.schil.navigatie import begin_of
from api.portaal.schil.sjablonen import make_environment
from api.portaal.schil.vangnet import Vangnet, install_problem_pages
from api.portaal.toegang.terugkeer import install_page_handlers


def mount_portaal(app: FastAPI, geduld: float) -> FastAPI:
    """Puts the portal in the service, with which it shares its state; a page waits `geduld` seconds for what takes long."""
    bestanden = VasteBestanden()
    app.state.sjablonen, app.state.bestanden = make_environment(bestanden), bestanden
    app.state.langwerk = Langwerk(geduld)
    portaal = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    portaal.state = app.state
    install_problem_pages(portaal)
    install_page_handlers(portaal)
    portaal.add_api_route("/", get_begin, include_in_schema=False)
    portaal.add_api_route("/statisch/{naam}", get_bestand)
    for router in ROUTERS:
        portaal.include_router(router)
    portaal.add_middleware(Vangnet)
    app.add_api_route(BASIS, get_ingang, include_in_schema=False)
    app.mount(BASIS, portaal)
    return portaal


def get_ingang() -> Response:
    """The address as people type it."""
    return RedirectResponse(f"{BASIS}/", 307)


def get_begin(bladzij: Ieder) -> Response:
    """Everyone begins on the first page of the role."""
    return RedirectResponse(begin_of(bladzij.bezoeker.rol), 303)


def get_bestand(request: Request, naam: str) -> Response:
    """Style, script and fonts, for anybody."""
    bestanden: VasteBestanden = request.app.state.bestanden
    antwoord = bestanden.respond(request, naam)
    if antwoord is None:
        raise HTTPException(404)
    return antwoord
