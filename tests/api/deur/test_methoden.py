"""What HTTP asks of every address: all methods in Allow, HEAD, ETag and 304, and forms that are there or not."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.app import create_app
from berichten.instellingen import Instellingen
from tests.api.conftest import CIJFERS, Loket
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import GEMEENTE

PADEN: dict[str, dict[str, Any]] = create_app(Instellingen()).openapi()["paths"]
VOORBEELDEN = {"berichtId": "9f1c2d3e-0000-4000-8000-000000000000", "soort": "kaders", "naam": "tabel1"}


def fill(pad: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda naam: VOORBEELDEN.get(naam[1], "1"), pad)


def list_paths() -> Iterator[tuple[str, list[str]]]:
    for pad, acties in PADEN.items():
        methoden = {methode.upper() for methode in acties}
        yield pad, sorted(methoden | ({"HEAD"} if "GET" in methoden else set()))


@pytest.mark.parametrize(
    ("pad", "methoden", "methode"),
    [
        (pad, methoden, methode)
        for pad, methoden in list_paths()
        for methode in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
        if methode not in methoden
    ],
)
def test_what_an_address_does_not_know_it_refuses_and_says_what_it_does(
    loket: Loket, pad: str, methoden: list[str], methode: str
) -> None:
    with loket.client("beheer") as client:
        antwoord = client.request(methode, fill(pad))
    assert antwoord.status_code == 405
    assert antwoord.headers["Allow"].split(", ") == methoden
    assert antwoord.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("pad", [pad for pad, acties in PADEN.items() if "get" in acties])
def test_head_is_get_without_its_body(loket: Loket, pad: str) -> None:
    for wie in ("financien", "contractbeheer"):
        with loket.client(wie) as client:
            get, head = client.get(fill(pad)), client.head(fill(pad))
        assert head.status_code == get.status_code
        assert head.content == b""
        assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_head_of_an_address_without_get(loket: Loket) -> None:
    with loket.client("financien") as client:
        antwoord = client.head("/financien/betaalruns/1/goedkeuring")
    assert (antwoord.status_code, antwoord.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "pad", ["/regels", "/codelijsten", "/codelijsten/retourcode", "/openapi.json", "/berichten", "/toewijzingen"]
)
def test_what_the_caller_has_is_not_sent_again(loket: Loket, pad: str) -> None:
    with loket.client("contractbeheer") as client:
        eerste = client.get(pad)
        etag = eerste.headers["ETag"]
        for bekend in (etag, f'"ander", W/{etag}', "*"):
            weer = client.get(pad, headers={"If-None-Match": bekend})
            assert (weer.status_code, weer.content, weer.headers["ETag"]) == (304, b"", etag)
            assert weer.headers["API-Version"]
            assert "Content-Type" not in weer.headers
        assert client.head(pad, headers={"If-None-Match": etag}).status_code == 304
        anders = client.get(pad, headers={"If-None-Match": '"ander"'})
        assert (anders.status_code, anders.content) == (200, eerste.content)


@pytest.mark.parametrize(
    ("pad", "accept", "status"),
    [
        ("/regels", "text/html", 406),
        ("/regels", "application/json;q=0", 406),
        ("/regels", "text/html, */*;q=0.1", 200),
        ("/regels", "application/*", 200),
        ("/financien/totalen", "text/csv", 200),
        ("/financien/totalen", "application/pdf", 406),
        ("/gezondheid", "image/png", 406),
    ],
)
def test_a_form_that_is_not_there_is_refused_with_those_that_are(loket: Loket, pad: str, accept: str, status: int) -> None:
    with loket.client("financien") as client:
        antwoord = client.get(pad, headers={"Accept": accept})
    assert antwoord.status_code == status
    if status == 406:
        assert "Kies in de header Accept uit" in antwoord.json()["detail"]


def test_metrics_are_for_beheer_only(loket: Loket) -> None:
    with loket.client("beheer") as beheer, loket.client("financien") as financien:
        assert beheer.get("/metrics", headers={"Accept": "text/plain"}).headers["Content-Type"].startswith("text/plain")
        assert financien.get("/metrics").status_code == 403
    assert httpx.get(loket.dienst.adres + "/v1/metrics").status_code == 401


def test_who_runs_the_service_sees_the_metrics_of_all_gemeenten_and_nothing_else(loket: Loket) -> None:
    gezien = f'berichten_te_beoordelen{{gemeente="{GEMEENTE}"}}'
    with loket.dienst.client(CIJFERS) as cijfers, loket.dienst.client(CIJFERS[:-1]) as bijna:
        with loket.client(GEMEENTE) as gemeente:
            gemeente.post("/berichten", content=bouw("JW301"), headers={"Content-Type": "application/xml"}).raise_for_status()
        assert gezien in cijfers.get("/metrics").text
        assert cijfers.get("/berichten").status_code == 401
        assert bijna.get("/metrics").status_code == 401
