"""Headers of every answer, and the page for who finds a weakness."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from fastapi import Request
from pydantic import ValidationError

from api.app import create_app
from api.basis.problemen import Probleem
from api.deur.koppen import VASTE_HEADERS
from api.deur.meldpunt import GELDIG_TOT, PAD, get_security_txt
from berichten.instellingen import Instellingen
from berichten.klok import dutch_day, read_clock
from tests.api.conftest import MELDPUNT, Loket
from tests.api.deur.test_deur import talk
from tests.api.deur.test_methoden import PADEN, fill


def list_operations() -> Iterator[tuple[str, str]]:
    for pad, acties in PADEN.items():
        yield from ((methode.upper(), fill(pad)) for methode in (*acties, "patch"))
    yield "GET", "/bestaatniet"


@pytest.mark.parametrize("wie", [None, "beheer", "contractbeheer"])
def test_every_answer_has_them(loket: Loket, wie: str | None) -> None:
    statussen = set()
    with loket.dienst.client(None if wie is None else loket.sleutels[wie]) as client:
        for methode, pad in list_operations():
            antwoord = client.request(methode, pad)
            statussen.add(antwoord.status_code)
            assert {naam: antwoord.headers.get(naam) for naam in VASTE_HEADERS} == VASTE_HEADERS, (methode, pad)
    assert statussen >= {200, 404, 405}


def test_a_refusal_of_the_line_itself_has_them_too(loket: Loket) -> None:
    antwoord = talk(loket, "GET /v1/gezondheid HTTP/1.1\r\nX: " + "a" * 40_000 + "\r\n\r\n")
    for naam, waarde in VASTE_HEADERS.items():
        assert f"{naam.lower()}: {waarde}\r\n".encode() in antwoord


def test_nobody_tells_what_runs_here(loket: Loket) -> None:
    assert "server" not in httpx.get(loket.dienst.adres + "/v1/gezondheid").headers


def test_who_finds_a_weakness_reads_whom_to_tell(loket: Loket) -> None:
    antwoord = httpx.get(loket.dienst.adres + PAD)
    assert antwoord.headers["Content-Type"].startswith("text/plain")
    assert antwoord.text.splitlines()[0] == f"Contact: {MELDPUNT}"


def test_without_a_contact_none_is_made_up() -> None:
    with pytest.raises(Probleem) as fout:
        get_security_txt(Request({"type": "http", "app": create_app(Instellingen())}))
    assert fout.value.status == 404
    with pytest.raises(ValidationError):
        Instellingen(meldpunt="cvd@example.org")


def test_somebody_looks_at_that_page_within_the_year() -> None:
    vandaag = dutch_day(read_clock())
    assert timedelta(days=30) < GELDIG_TOT - vandaag < timedelta(days=365), "lees api/deur/meldpunt.py na en zet GELDIG_TOT verder"
