"""The outermost layer: headers that every response carries, also one that says that we failed."""

import structlog
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.basis.problemen import Probleem, as_response, problem_response, unavailable
from api.basis.weigeringen import log_refusal
from api.deur.koppen import headers_of, is_page
from api.deur.plaatsen import Plaatsen, is_large
from api.deur.tempo import raise_if_too_fast
from api.deur.toegang import identify_first
from berichten.kern.houder import Sleutelhouder
from berichten.logboek import describe_failure
from berichten.processen.basis.bereikbaar import is_away, is_too_long, is_unconfirmed
from berichten.processen.basis.zijproces import ZijprocesDruk, ZijprocesZonderDatabase
from berichten.sporen import Spoor, step

LOG = structlog.get_logger("api")

MAX_JSON = 1_000_000
"""Bytes of a request that is no file."""
MAX_LIJST = 5_000_000
"""Bytes of a request that is a long list."""
_LIJSTEN = ("/v1/verantwoordingen",)
_BESTANDEN = ("/v1/berichten", "/v1/proefberichten", "/v1/referentie", "/v1/monitor")
"""Where files are sent (`read_limited`)."""


class Buitenlaag:
    """Adds API-Version and the security headers, and answers for what nobody expected.

    Failures are caught here and not by an exception handler: the framework runs a handler for `Exception` outside this layer,
    where its response would miss the headers, and raises again, which leaves the text of the exception to the server.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with step(scope["method"]) as stap:
            await self._answer(scope, receive, send, stap)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, stap: Spoor) -> None:
        begonnen = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begonnen
            if message["type"] == "http.response.start":
                begonnen = True
                headers = MutableHeaders(scope=message)
                headers.update(headers_of(scope["path"], message["status"]))
                _name_step(stap, scope, message["status"])
                log_refusal(scope, message["status"])
            await send(message)

        try:
            weigering = await _refuse_at_door(scope)
            if weigering is not None:
                await weigering(scope, receive, send_with_headers)
                return
            await self._serve(scope, receive, send_with_headers)
        except ClientDisconnect:
            LOG.info("afgebroken_verzoek")
        except Exception as fout:
            antwoord = as_response(explain_failure(fout))
            if not begonnen:
                await antwoord(scope, receive, send_with_headers)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Whoever sends a large file waits for a place first."""
        if not _is_large_file(scope):
            await self._app(scope, receive, send)
            return
        plaatsen: Plaatsen = scope["app"].state.plaatsen
        try:
            async with plaatsen.one_of(_sender(scope)):
                await self._app(scope, receive, send)
        except Probleem as fout:
            await as_response(fout)(scope, receive, send)


def _name_step(stap: Spoor, scope: Scope, status: int) -> None:
    """By its route, in which there are names where the address has values."""
    stap.set_attribute("http.response.status_code", status)
    # The short way of a message has no route: there is one address that it is for.
    pad = getattr(scope.get("route"), "path", "") or ("/berichten" if scope["path"] == "/v1/berichten" else "")
    if pad:
        stap.set_attribute("http.route", pad)
        stap.update_name(f"{scope['method']} {pad}")


def _is_large_file(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    lengte = headers.get("content-length", "")
    return scope["path"].startswith(_BESTANDEN) and ("transfer-encoding" in headers or (lengte != "" and is_large(lengte)))


def _sender(scope: Scope) -> str:
    """Who sends, as `identify_first` found it: an aanbieder is one sender with all its keys."""
    houder: Sleutelhouder = Request(scope).state.houder
    return f"{houder.gemeente} {houder.agb or houder.sleutel_id}"


async def _refuse_at_door(scope: Scope) -> Response | None:
    """Why the body of a request is not read at all, whatever type it says that it has: too many requests, no key, or too large.

    Files are counted where they are read, since a sender of a file need not know its size beforehand.
    """
    headers = Headers(scope=scope)
    lengte = headers.get("content-length", "")
    if is_page(scope["path"]):
        # Who sends a form is told by its session and not by a key; its bounds are told as a page (api/portaal/schil/vangnet.py).
        return None
    try:
        raise_if_too_fast(scope)
        if lengte in ("", "0") and "transfer-encoding" not in headers:
            return None
        await identify_first(scope)
    except Probleem as fout:
        return as_response(fout)
    if scope["path"].startswith(_BESTANDEN):
        return None
    if not lengte.isdecimal():
        return problem_response(411, "Zeg in de header 'Content-Length' hoe groot het verzoek is.")
    meeste = MAX_LIJST if scope["path"].startswith(_LIJSTEN) else MAX_JSON
    if int(lengte) > meeste:
        return problem_response(
            413, f"Een verzoek mag hier hooguit {meeste // 1_000_000} MB groot zijn. Verdeel het over meer verzoeken."
        )
    return None


def explain_failure(fout: Exception) -> Probleem:
    """Type and place go to the log; the caller gets a sentence and never the text of the exception."""
    if is_too_long(fout):
        LOG.error("opdracht_te_lang", **describe_failure(fout))
        return unavailable("Dit duurde te lang en is afgebroken. Vraag minder tegelijk, of probeer het over een minuut opnieuw.")
    if is_unconfirmed(fout):
        LOG.error("niet_bevestigd", **describe_failure(fout))
        return unavailable(
            "De database bevestigde niet op tijd dat dit is bewaard; misschien is het dat wel. Een bericht mag u over een minuut"
            " gewoon opnieuw insturen: het telt nooit dubbel. Kijk bij iets anders eerst of het er al staat."
        )
    if is_away(fout) or isinstance(fout, ZijprocesZonderDatabase):
        LOG.error("database_onbereikbaar", **describe_failure(fout))
        return unavailable()
    if isinstance(fout, PoolTimeout):
        LOG.error("verbindingen_op", **describe_failure(fout))
        return unavailable("Er wordt nu te veel tegelijk gevraagd. Probeer het over een minuut opnieuw.")
    if isinstance(fout, ZijprocesDruk):
        return unavailable("Er worden nu veel grote berichten gelezen. Probeer het over een minuut opnieuw.")
    LOG.error("onverwachte_fout", **describe_failure(fout))
    return Probleem(500, "De fout ligt bij ons en is vastgelegd. Probeer het later opnieuw.")
