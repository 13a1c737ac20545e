"""HEAD wherever GET is, and answers that a caller has already: ETag, If-None-Match and 304 (RFC 9110, 9.3.2 and 13).

Around all operations, so that none of them has to know. What is sent in pieces (CSV, XLSX) has no ETag: it would have to be made
whole first.
"""

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_VORMEN = ("application/json", "application/xml")
_BIJ_304 = ("etag", "vary", "cache-control", "content-location")
"""Headers of the answer that a 304 gives again."""


class Voorwaarden:
    """Answers HEAD as GET without its body, and GET with 304 when the caller has this very answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        kop = scope["method"] == "HEAD"
        antwoord = _Antwoord(Headers(scope=scope).get("if-none-match"), kop, send)
        await self._app({**scope, "method": "GET"} if kop else scope, receive, antwoord.send)


class _Antwoord:
    """One answer on its way out; its head waits for the first part of its body."""

    def __init__(self, bekend: str | None, kop: bool, send: Send) -> None:
        self._bekend = bekend
        self._kop = kop
        self._send = send
        self._begin: Message | None = None

    async def send(self, message: Message) -> None:
        """Pass a message on, changed where need be."""
        if message["type"] == "http.response.start":
            self._begin = message
            return
        if self._begin is not None and message["type"] == "http.response.body":
            begin, self._begin = self._begin, None
            if not message.get("more_body") and self._is_same(begin, message.get("body", b"")):
                message = {"type": "http.response.body", "body": b""}
            await self._send(begin)
        if self._kop and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)

    def _is_same(self, begin: Message, inhoud: bytes) -> bool:
        """Give a whole answer its ETag; whether the caller has it, and then the head is made that of a 304."""
        headers = MutableHeaders(scope=begin)
        if begin["status"] != 200 or not headers.get("content-type", "").startswith(_VORMEN):
            return False
        headers["ETag"] = etag = f'"{hashlib.blake2b(inhoud, digest_size=16).hexdigest()}"'
        if self._bekend is None or not _names(self._bekend, etag):
            return False
        begin["status"] = 304
        begin["headers"] = [(naam, waarde) for naam, waarde in begin["headers"] if naam.decode().lower() in _BIJ_304]
        return True


def _names(bekend: str, etag: str) -> bool:
    """Whether If-None-Match names this ETag; weak ones count, because nothing here is asked for in part."""
    namen = [deel.strip().removeprefix("W/") for deel in bekend.split(",")]
    return "*" in namen or etag in namen
