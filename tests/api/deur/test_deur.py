"""What is turned away before anything of a request is read: no key, too large, headers without end. Over a bare socket."""

import socket
import threading
import time

import pytest

from berichten.voorbeelden.model.model import GEMEENTE
from tests.api.conftest import Loket
from tests.api.deur.test_slechte_invoer import check_health

_JSON_PADEN = ("/prestaties/besluiten", "/verantwoordingen", "/financien/blokkades", "/financien/betaalruns")


def talk(loket: Loket, kop: str, lijf: bytes = b"") -> bytes:
    """Send these bytes and read until the service hangs up or has answered."""
    with socket.create_connection(("127.0.0.1", loket.dienst.port), timeout=30) as lijn:
        lijn.sendall(kop.encode() + lijf)
        antwoord = b""
        while b"\r\n\r\n" not in antwoord and (deel := lijn.recv(65536)):
            antwoord += deel
    return antwoord


def status_of(antwoord: bytes) -> int:
    assert b"application/problem+json" in antwoord
    return int(antwoord.split(b" ", 2)[1])


@pytest.mark.parametrize("soort", ["text/plain", "application/json", "application/xml", "image/png", ""])
@pytest.mark.parametrize("pad", [*_JSON_PADEN, "/berichten", "/proefberichten", "/bestaatniet"])
def test_without_a_key_no_body_is_waited_for(loket: Loket, pad: str, soort: str) -> None:
    """Of a body of 600 MB not one byte is sent, and there is an answer."""
    regel = f"Content-Type: {soort}\r\n" if soort else ""
    for lengte in ("Content-Length: 600000000", "Transfer-Encoding: chunked"):
        assert status_of(talk(loket, f"POST /v1{pad} HTTP/1.1\r\nHost: x\r\n{regel}{lengte}\r\n\r\n")) == 401


@pytest.mark.parametrize("soort", ["text/plain", "application/json", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("pad", _JSON_PADEN)
def test_a_body_is_counted_whatever_its_type(loket: Loket, pad: str, soort: str) -> None:
    kop = f"POST /v1{pad} HTTP/1.1\r\nHost: x\r\nContent-Type: {soort}\r\nAuthorization: Bearer {loket.sleutels[GEMEENTE]}\r\n"
    assert status_of(talk(loket, f"{kop}Content-Length: 600000000\r\n\r\n")) == 413
    assert status_of(talk(loket, f"{kop}Transfer-Encoding: chunked\r\n\r\n")) == 411


@pytest.mark.parametrize(
    "kop",
    [
        "GET /v1/gezondheid HTTP/1.1\r\nX: " + "a" * 40_000 + "\r\n\r\n",
        "GET /v1/gezondheid HTTP/1.1\r\nX: " + "a" * 300_000,
        "GET /v1/gezondheid HTTP/1.1\r\n" + "".join(f"X{nummer}: a\r\n" for nummer in range(101)) + "\r\n",
        "GET /v1/gezondheid?" + "a" * 40_000 + " HTTP/1.1\r\n\r\n",
    ],
    ids=["long", "without end", "many", "address"],
)
def test_headers_have_a_bound(loket: Loket, kop: str) -> None:
    assert status_of(talk(loket, kop)) == 431
    check_health(loket)


def test_ordinary_headers_pass(loket: Loket) -> None:
    kop = "GET /v1/gezondheid HTTP/1.1\r\nHost: x\r\n" + "".join(f"X{nummer}: {'a' * 100}\r\n" for nummer in range(90)) + "\r\n"
    assert talk(loket, kop).startswith(b"HTTP/1.1 200")


def test_who_sends_too_slowly_is_told_so(loket: Loket) -> None:
    """Half a header and half a body; both are waited for at once."""
    half = f"POST /v1/berichten HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {loket.sleutels[GEMEENTE]}\r\n"
    antwoorden: dict[str, bytes] = {}

    def send(naam: str, kop: str) -> None:
        antwoorden[naam] = talk(loket, kop)

    draden = [
        threading.Thread(target=send, args=("kop", half)),
        threading.Thread(target=send, args=("lijf", f"{half}Content-Type: application/xml\r\nContent-Length: 1000\r\n\r\n<Ber")),
    ]
    for draad in draden:
        draad.start()
    time.sleep(0.1)
    check_health(loket)
    for draad in draden:
        draad.join()
    assert {naam: status_of(antwoord) for naam, antwoord in antwoorden.items()} == {"kop": 408, "lijf": 408}


def test_two_requests_on_one_line_are_both_answered(loket: Loket) -> None:
    kop = "GET /v1/gezondheid HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/gezondheid HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", loket.dienst.port), timeout=30) as lijn:
        lijn.sendall(kop.encode())
        antwoord = b""
        while deel := lijn.recv(65536):
            antwoord += deel
    assert antwoord.count(b"HTTP/1.1 200") == 2
