"""What goes wrong with a page, as a page: in plain Dutch, and with what to do."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.basis.problemen import Probleem, title_of
from api.basis.weigeringen import GEMELD, note_reason
from api.deur.buitenlaag import explain_failure
from api.deur.tempo import raise_if_too_fast
from api.portaal.schil.bladzij import render

MAX_FORMULIER = 1_000_000
"""Bytes of a form without a file."""
MAX_BESTAND = 25_000_000
"""Bytes of a form with one."""
_TITELS = {400: "Dat begrijpen we niet", 401: "U bent niet ingelogd", 404: "Deze pagina is er niet", 405: "Dit kan hier niet"}
_TEKSTEN = {
    404: "Op dit adres is niets te vinden, of het is niet van u. Controleer het adres, of zoek met het zoekveld.",
    405: "Deze pagina kan dit niet doen. Ga terug en probeer het opnieuw.",
}
_ONJUIST = "Iets in het adres of het formulier klopt niet. Ga terug, controleer wat u invulde en probeer het opnieuw."


class Vangnet:
    """Around all pages: bounds what is sent to them, and answers for what nobody expected."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begonnen = False

        async def note_begin(message: Message) -> None:
            nonlocal begonnen
            begonnen = True
            await send(message)

        try:
            raise_if_too_fast(scope)
            fout = _refuse_size(Headers(scope=scope))
            if fout is None:
                await self._app(scope, receive, note_begin)
                return
        except Probleem as te_snel:
            fout = te_snel
        except Exception as onverwacht:
            fout = explain_failure(onverwacht)
        if not begonnen:
            await show_problem(Request(scope), fout)(scope, receive, send)


def _refuse_size(headers: Headers) -> Probleem | None:
    """Why a body is not read at all."""
    lengte = headers.get("content-length", "0")
    if "transfer-encoding" in headers or not lengte.isdecimal():
        return Probleem(411, "Uw browser zei niet hoe groot het formulier is. Probeer het met een andere browser.")
    bestand = headers.get("content-type", "").startswith("multipart/form-data")
    meeste = MAX_BESTAND if bestand else MAX_FORMULIER
    if int(lengte) <= meeste:
        return None
    return Probleem(413, f"Wat u verstuurt mag hooguit {meeste // 1_000_000} MB groot zijn. Verdeel het over meer keren.")


def show_problem(request: Request, fout: Probleem) -> Response:
    """The page that tells it, in the layout that its visitor knows."""
    bezoeker = getattr(request.state, "bezoeker", None)
    titel = _TITELS.get(fout.status, title_of(fout.status))
    antwoord = render(request, "schil/fout.html", fout.status, bezoeker, titel=titel, tekst=fout.detail, fouten=fout.fouten)
    antwoord.headers.update(fout.headers)
    return antwoord


def install_problem_pages(app: FastAPI) -> None:
    """Make every error of the portal a page."""

    @app.exception_handler(Probleem)
    async def _probleem(request: Request, fout: Probleem) -> Response:
        if fout.status in GEMELD and not hasattr(request.state, "weigering"):
            note_reason(request.state, "portaal", fout.fouten)
        return show_problem(request, fout)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, _: RequestValidationError) -> Response:
        note_reason(request.state, "waarden")
        return show_problem(request, Probleem(400, _ONJUIST))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, fout: HTTPException) -> Response:
        return show_problem(request, Probleem(fout.status_code, _TEKSTEN.get(fout.status_code, _ONJUIST), headers=fout.headers))
