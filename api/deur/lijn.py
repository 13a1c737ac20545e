"""One connection: what of a request may come before anybody looked at it. Headers and senders that take their time have a bound.

uvicorn with httptools bounds neither the headers nor the time that a sender takes. Its protocol is kept as it is; this counts the
bytes before the body begins, watches the clock while somebody is sending, and answers in our own form.
"""

import asyncio
from http import HTTPStatus

from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.basis.problemen import problem_response
from api.deur.koppen import VASTE_HEADERS

MAX_KOP = 32 * 1024
"""Bytes of the first line and the headers together."""
MAX_KOPREGELS = 100
"""Headers in one request."""
KOP_SECONDEN = 10.0
"""Within which the first line and the headers are in, from the moment that the connection is there."""
STILTE_SECONDEN = 15.0
"""Without a byte, while a body is expected."""
LIJF_SECONDEN = 150.0
"""Within which a body is in: 25 MB on a line of 1.4 megabit a second."""

_TE_LANG = "De headers van dit verzoek zijn te lang of te veel: samen hooguit 32 kB en 100 stuks. Laat weg wat niet nodig is."
_TE_TRAAG = "Het verzoek kwam niet binnen de tijd binnen. Controleer uw verbinding en doe het verzoek opnieuw."
_GEEN_HTTP = "Dit verzoek is geen geldig HTTP. Gebruik een gewone HTTP-bibliotheek en controleer adres en headers."


class Lijnwacht(HttpToolsProtocol):
    """A connection of which headers and time are bounded."""

    _geweigerd = False
    _in_kop = True
    _kopbytes = 0
    _klok: asyncio.TimerHandle | None = None
    _laatste = 0.0
    _begonnen = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._klok = self.loop.call_later(KOP_SECONDEN, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._geweigerd:
            return
        self._laatste = self.loop.time()
        if self._in_kop:
            self._kopbytes += len(data)
            if self._klok is None:
                self._klok = self.loop.call_later(KOP_SECONDEN, self._too_slow)
        super().data_received(data)
        if self._in_kop and self._kopbytes > MAX_KOP and not self._geweigerd:
            self._refuse(431, _TE_LANG)

    def on_headers_complete(self) -> None:
        kop = len(self.url) + sum(len(naam) + len(waarde) + 4 for naam, waarde in self.headers)
        if kop > MAX_KOP or len(self.headers) > MAX_KOPREGELS:
            self._refuse(431, _TE_LANG)
            return
        self._in_kop, self._kopbytes = False, 0
        self._stop_clock()
        self._begonnen = self.loop.time()
        self._klok = self.loop.call_later(STILTE_SECONDEN, self._watch_body)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self._geweigerd:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if self._geweigerd:
            return
        self._in_kop = True
        self._stop_clock()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP is told so as a problem, whatever `msg` says in English."""
        self._refuse(400, _GEEN_HTTP)

    def _watch_body(self) -> None:
        nu = self.loop.time()
        # While we do not take in ourselves nobody is slow but us.
        stil = nu - self._laatste > STILTE_SECONDEN - 1 and not self.flow.read_paused
        if stil or nu - self._begonnen > LIJF_SECONDEN:
            self._too_slow()
        else:
            self._klok = self.loop.call_later(STILTE_SECONDEN, self._watch_body)

    def _too_slow(self) -> None:
        self._klok = None
        bezig = self.cycle is not None and not self.cycle.response_complete
        if self._in_kop and (bezig or not self._kopbytes):
            # Nothing was begun, or the answer to the request before it is still on its way: there is nobody to tell.
            if not bezig:
                self.transport.close()
            return
        self._refuse(408, _TE_TRAAG)

    def _refuse(self, status: int, melding: str) -> None:
        """Answer in place of the application, and hang up."""
        self._geweigerd = True
        self._stop_clock()
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()
        if cycle is None or cycle.response_complete or not cycle.response_started:
            self.transport.write(_as_bytes(problem_response(status, melding)))
        self.transport.close()

    def _stop_clock(self) -> None:
        if self._klok is not None:
            self._klok.cancel()
            self._klok = None


def _as_bytes(antwoord: Response) -> bytes:
    vast = ((naam.lower().encode(), waarde.encode()) for naam, waarde in VASTE_HEADERS.items())
    kop = [(b"connection", b"close"), *vast, *antwoord.raw_headers]
    regels = b"".join(naam + b": " + waarde + b"\r\n" for naam, waarde in kop)
    status = HTTPStatus(antwoord.status_code)
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() + regels + b"\r\n" + bytes(antwoord.body)
