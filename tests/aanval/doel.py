"""Sending bytes as no library would, and reading what comes back."""

import select
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_GEDULD = 60.0
_STUK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Doel:
    """The service under attack, and the keys that an attacker may have."""

    port: int
    sleutels: dict[str, str]
    """By role: `aanbieder`, `gemeente`, `contractbeheer`."""


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What the attacker got: the status (0: hung up without a word) and how long it took from the last byte that was sent."""

    status: int
    seconden: float


@dataclass(frozen=True, slots=True)
class Aanval:
    """One kind of input."""

    groep: str
    naam: str
    stuur: Callable[[Doel], Uitkomst]
    traag: bool = False
    """Takes its time by nature: how long it lasts says nothing of the service."""
    vlug: bool = False
    """Small enough for every run of the tests."""


def send(doel: Doel, kop: bytes, lijf: Iterable[bytes] = (), *, uitstel: float = 0.0, sluit: bool = False) -> Uitkomst:
    """Send head and parts, with `uitstel` seconds between them, until there is an answer. `sluit`: no more will come after it."""
    with socket.create_connection(("127.0.0.1", doel.port), timeout=_GEDULD) as lijn:
        laatste = time.monotonic()
        try:
            for deel in (kop, *lijf) if isinstance(lijf, (list, tuple)) else _chain(kop, lijf):
                for begin in range(0, len(deel), _STUK):
                    lijn.sendall(deel[begin : begin + _STUK])
                laatste = time.monotonic()
                if select.select([lijn], [], [], uitstel)[0]:
                    break
            if sluit:
                lijn.shutdown(socket.SHUT_WR)
            return Uitkomst(_read_status(lijn), time.monotonic() - laatste)
        except (BrokenPipeError, ConnectionResetError):
            return Uitkomst(_read_status(lijn), time.monotonic() - laatste)


def _chain(kop: bytes, lijf: Iterable[bytes]) -> Iterable[bytes]:
    yield kop
    yield from lijf


def _read_status(lijn: socket.socket) -> int:
    """Status of the last answer that has begun; what follows is read until the line is quiet or closed."""
    antwoord = b""
    try:
        while b"\r\n\r\n" not in antwoord:
            deel = lijn.recv(65536)
            if not deel:
                break
            antwoord += deel
    except (ConnectionResetError, BrokenPipeError):
        pass
    delen = antwoord.split(b" ", 2)
    return int(delen[1]) if len(delen) > 1 and delen[1].isdigit() else 0


def head(pad: str, *regels: str, methode: str = "POST", sleutel: str = "") -> bytes:
    """First line and headers, closed."""
    eigen = [f"Authorization: Bearer {sleutel}"] if sleutel else []
    return "\r\n".join([f"{methode} /v1{pad} HTTP/1.1", "Host: x", *eigen, *regels, "", ""]).encode()


def post(pad: str, soort: str, make: Callable[[], bytes], wie: str = "aanbieder") -> Callable[[Doel], Uitkomst]:
    """An attack that posts a body which is made at the last moment."""

    def stuur(doel: Doel) -> Uitkomst:
        lijf = make()
        sleutel = doel.sleutels[wie] if wie else ""
        return send(doel, head(pad, f"Content-Type: {soort}", f"Content-Length: {len(lijf)}", sleutel=sleutel), [lijf])

    return stuur
