"""The outermost layer: headers that every response carries, also one that says that we failed."""

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problemen import problem_response
from berichten.logboek import describe_failure

LOG = structlog.get_logger("api")

VERSIE = "1.0.0"
"""Version of the API, not of the package."""
MAX_JSON = 5_000_000
"""Bytes of a request in JSON."""


class Omhulsel:
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

        begonnen = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begonnen
            if message["type"] == "http.response.start":
                begonnen = True
                headers = MutableHeaders(scope=message)
                headers["API-Version"] = VERSIE
                headers["Cache-Control"] = "no-store"
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Content-Security-Policy"] = "frame-ancestors 'none'"
                headers["Strict-Transport-Security"] = "max-age=31536000"
            await send(message)

        teveel = _refuse_size(scope)
        if teveel is not None:
            await teveel(scope, receive, send_with_headers)
            return
        try:
            await self._app(scope, receive, send_with_headers)
        except ClientDisconnect:
            LOG.info("afgebroken_verzoek")
        except Exception as fout:
            antwoord = _answer_failure(fout)
            if not begonnen:
                await antwoord(scope, receive, send_with_headers)


def _refuse_size(scope: Scope) -> Response | None:
    """The refusal of a JSON body that is too large, or that does not say how large it is; files are counted where they are read."""
    headers = Headers(scope=scope)
    if scope["method"] == "GET" or not headers.get("content-type", "").startswith("application/json"):
        return None
    omvang = headers.get("content-length", "")
    if not omvang.isdigit():
        return problem_response(411, "Zeg in de header 'Content-Length' hoe groot het verzoek is.")
    if int(omvang) > MAX_JSON:
        return problem_response(
            413, f"Een verzoek mag hooguit {MAX_JSON // 1_000_000} MB groot zijn. Verdeel het over meer verzoeken."
        )
    return None


def _answer_failure(fout: Exception) -> Response:
    """Type and place go to the log; the caller gets a sentence and never the text of the exception."""
    if isinstance(fout, (OperationalError, PoolTimeout)):
        LOG.error("database_onbereikbaar", **describe_failure(fout))
        return problem_response(503, "De database antwoordt niet. Probeer het over een minuut opnieuw.")
    LOG.error("onverwachte_fout", **describe_failure(fout))
    return problem_response(500, "De fout ligt bij ons en is vastgelegd. Probeer het later opnieuw.")
