"""Requests that no library would send: without a key, without end, out of shape, or a byte at a time."""

import socket
from collections.abc import Callable, Iterator
from itertools import repeat

from tests.aanval.doel import Aanval, Doel, Uitkomst, head, post, send
from tests.hulp.bouw import bouw

MB = 1024 * 1024
_PADEN = ("/berichten", "/proefberichten", "/prestaties/besluiten", "/verantwoordingen", "/financien/blokkades",
          "/financien/rekeningen", "/financien/betaalruns", "/referentie/contracten", "/bestaatniet")  # fmt: skip
_SOORTEN = ("application/json", "text/plain", "application/xml", "multipart/form-data; boundary=x", "application/octet-stream", "")
_JSON: dict[str, bytes] = {
    "diep": b"[" * 400_000,
    "diep en gesloten": b"[" * 50_000 + b"]" * 50_000,
    "diepe objecten": b'{"a":' * 150_000,
    "lang getal": b"1" * 900_000,
    "lange tekst": b'"' + b"x" * 900_000 + b'"',
    "veel velden": b"{" + b",".join(b'"a%d":1' % i for i in range(80_000)) + b"}",
    "veel waarden": b"[" + b"1," * 450_000 + b"1]",
    "geen getal": b"[NaN,Infinity,-Infinity,1e999]",
    "losse surrogaten": b'["\\ud800","\\udfff"]',
    "geen UTF-8": b'["\xff\xfe"]',
    "leeg": b"",
    "nultekens": bytes(500_000),
}


def attacks() -> Iterator[Aanval]:
    """Everything that is not about the contents of a message."""
    yield from _without_key()
    yield from _endless()
    yield from _json()
    yield from _raw()
    yield from _slow()


def _without_key() -> Iterator[Aanval]:
    for pad in _PADEN:
        for soort in _SOORTEN:
            regels = [f"Content-Type: {soort}"] if soort else []
            yield Aanval("geen sleutel", f"{pad} {soort or 'zonder soort'}", _declared(pad, regels), vlug=True)


def _declared(pad: str, regels: list[str], wie: str = "") -> Callable[[Doel], Uitkomst]:
    def stuur(doel: Doel) -> Uitkomst:
        sleutel = doel.sleutels[wie] if wie else ""
        return send(doel, head(pad, *regels, f"Content-Length: {600 * MB}", sleutel=sleutel), repeat(bytes(MB), 600))

    return stuur


def _endless() -> Iterator[Aanval]:
    """600 MB, said or in chunks, with a key."""
    stuk = b"%x\r\n" % MB + bytes(MB) + b"\r\n"
    for pad in _PADEN:
        for soort in ("text/plain", "application/json", "application/xml", "text/csv"):
            regels = [f"Content-Type: {soort}"]
            yield Aanval("eindeloos", f"{pad} {soort}", _declared(pad, regels, "gemeente"))

            def stuur(doel: Doel, pad: str = pad, soort: str = soort) -> Uitkomst:
                kop = head(pad, f"Content-Type: {soort}", "Transfer-Encoding: chunked", sleutel=doel.sleutels["contractbeheer"])
                return send(doel, kop, repeat(stuk, 200))

            yield Aanval("eindeloos", f"{pad} {soort} in stukken", stuur)


def _json() -> Iterator[Aanval]:
    for pad in ("/prestaties/besluiten", "/verantwoordingen", "/financien/blokkades", "/financien/betaalruns"):
        for naam, lijf in _JSON.items():
            for wie in ("gemeente", "aanbieder"):
                yield Aanval("json", f"{pad} {naam} ({wie})", post(pad, "application/json", lambda lijf=lijf: lijf, wie), vlug=True)  # type: ignore[misc]
    for naam, lijf in {
        "lange regel": b"x;" * (12 * MB),
        "veel regels": b"agb;code\n" + b"42420001;45A04\n" * 1_500_000,
        "aanhalingsteken open": b'agb;code\n"' + b"x" * 24 * MB,
        "nultekens": bytes(24 * MB),
    }.items():
        yield Aanval("csv", naam, post("/referentie/contracten", "text/csv", lambda lijf=lijf: lijf, "contractbeheer"))  # type: ignore[misc]


_EERSTE = "GET /v1/gezondheid HTTP/1.1\r\nHost: x\r\n"
_RUW: dict[str, bytes] = {
    "kop van 40 MB": _EERSTE.encode() + b"X: " + b"a" * 40 * MB,
    "kop van 33 kB": _EERSTE.encode() + b"X: " + b"a" * 33_000 + b"\r\n\r\n",
    "kopnaam van 1 MB": _EERSTE.encode() + b"a" * MB + b": 1\r\n\r\n",
    "duizend kopregels": _EERSTE.encode() + b"X: 1\r\n" * 1000 + b"\r\n",
    "honderdduizend kopregels": _EERSTE.encode() + b"X: 1\r\n" * 100_000 + b"\r\n",
    "adres van 1 MB": b"GET /v1/" + b"a" * MB + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "vraag van 1 MB": b"GET /v1/berichten?" + b"a=1&" * 250_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "adres zonder UTF-8": b"GET /v1/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    "adres met %00": b"GET /v1/berichten/%00%ff%c0%80 HTTP/1.1\r\nHost: x\r\n\r\n",
    "adres met ..": b"GET /v1/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    "heel adres": b"GET http://elders/v1/gezondheid HTTP/1.1\r\nHost: x\r\n\r\n",
    "geen Host": b"GET /v1/gezondheid HTTP/1.1\r\n\r\n",
    "twee keer Host": _EERSTE.encode() + b"Host: y\r\n\r\n",
    "HTTP/1.0": b"GET /v1/gezondheid HTTP/1.0\r\n\r\n",
    "HTTP/0.9": b"GET /v1/gezondheid\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/9.9": b"GET / HTTP/9.9\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),
    "CONNECT": b"CONNECT elders:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    "OPTIONS *": b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    "TRACE": b"TRACE /v1/berichten HTTP/1.1\r\nHost: x\r\n\r\n",
    "eigen methode": b"HAAL /v1/berichten HTTP/1.1\r\nHost: x\r\n\r\n",
    "websocket": _EERSTE.encode() + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n",
    "lengte -1": head("/berichten", "Content-Length: -1"),
    "lengte 1e9": head("/berichten", "Content-Length: 1e9"),
    "lengte van 400 cijfers": head("/berichten", "Content-Length: " + "9" * 400),
    "twee lengtes": head("/berichten", "Content-Length: 5", "Content-Length: 6") + b"12345",
    "lengte en stukken": head("/berichten", "Content-Length: 5", "Transfer-Encoding: chunked") + b"0\r\n\r\n",
    "stuk van -1": head("/berichten", "Transfer-Encoding: chunked") + b"-1\r\n\r\n",
    "stuk van 16 cijfers": head("/berichten", "Transfer-Encoding: chunked") + b"f" * 16 + b"\r\n",
    "stuk met lange toevoeging": head("/berichten", "Transfer-Encoding: chunked") + b"1;" + b"a" * MB + b"\r\nx\r\n0\r\n\r\n",
    "vreemde codering": head("/berichten", "Transfer-Encoding: gzip, chunked") + b"0\r\n\r\n",
    "nulteken in een kop": _EERSTE.encode() + b"X: a\x00b\r\n\r\n",
    "regeleinde in een kop": _EERSTE.encode() + b"X: a\rb\r\n\r\n",
    "gevouwen kop": _EERSTE.encode() + b"X: a\r\n b\r\n\r\n",
    "spatie voor dubbele punt": _EERSTE.encode() + b"X : a\r\n\r\n",
    "alleen regeleinden": b"\r\n" * 20_000,
    "niets": b"",
    "honderd verzoeken achter elkaar": (_EERSTE.encode() + b"\r\n") * 100,
    "lange sleutel": head("/berichten", "Authorization: Bearer " + "a" * 30_000, methode="GET"),
    "sleutel met nulteken": head("/berichten", "Authorization: Bearer 0484.a%00.b", methode="GET"),
    "sleutel met vreemde tekens": head("/berichten", "Authorization: Bearer é.ü.ÿ", methode="GET"),
    "lange soort": head("/berichten", "Content-Type: " + "a" * 30_000, "Content-Length: 1") + b"x",
    "lange Accept": head("/gezondheid", "Accept: " + "a/b;q=0.1," * 3000, methode="GET"),
}  # fmt: skip


def _raw() -> Iterator[Aanval]:
    for naam, lijf in _RUW.items():

        def stuur(doel: Doel, lijf: bytes = lijf) -> Uitkomst:
            return send(doel, lijf, sluit=True)

        yield Aanval("http", naam, stuur, vlug=len(lijf) < 2 * MB)


def _slow() -> Iterator[Aanval]:
    """One sender who takes its time, and two hundred of them."""

    def drip(kop: Callable[[Doel], bytes], lijf: Callable[[], bytes], uitstel: float) -> Callable[[Doel], Uitkomst]:
        def stuur(doel: Doel) -> Uitkomst:
            return send(doel, kop(doel), (bytes([teken]) for teken in lijf()), uitstel=uitstel)

        return stuur

    def with_length(doel: Doel) -> bytes:
        return head("/berichten", "Content-Type: application/xml", "Content-Length: 9000", sleutel=doel.sleutels["aanbieder"])

    def chunked(doel: Doel) -> bytes:
        return head("/berichten", "Content-Type: application/xml", "Transfer-Encoding: chunked", sleutel=doel.sleutels["aanbieder"])

    yield Aanval(
        "traag", "kop per teken", drip(lambda _: b"", lambda: _EERSTE.encode() + b"X: " + b"a" * 100_000, 0.05), traag=True
    )
    yield Aanval("traag", "lijf blijft uit", drip(with_length, lambda: b"<", 30), traag=True)
    yield Aanval("traag", "kop blijft uit", drip(lambda _: _EERSTE.encode(), lambda: b"X", 30), traag=True)
    een = b"".join(b"1\r\n" + bytes([teken]) + b"\r\n" for teken in bouw("JW323"))
    yield Aanval("traag", "stukken van één byte", lambda doel: send(doel, chunked(doel), [een + b"0\r\n\r\n"]), vlug=True)

    def crowd(doel: Doel) -> Uitkomst:
        return send_crowd(doel, 200, with_length(doel))

    yield Aanval("traag", "tweehonderd halve berichten", crowd, traag=True)
    yield Aanval("traag", "tweehonderd halve koppen", lambda doel: send_crowd(doel, 200, _EERSTE.encode()), traag=True)


def send_crowd(doel: Doel, aantal: int, kop: bytes) -> Uitkomst:
    """Open so many lines that each stop halfway; the outcome is that of the last."""
    lijnen = [socket.create_connection(("127.0.0.1", doel.port), timeout=60) for _ in range(aantal)]
    try:
        for lijn in lijnen:
            lijn.sendall(kop)
        uitkomst = send(doel, head("/gezondheid", methode="GET"))
        for lijn in lijnen:
            lijn.recv(100)
        return uitkomst
    finally:
        for lijn in lijnen:
            lijn.close()
