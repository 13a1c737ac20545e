"""What every page has: its headers, its files, its menu; and what goes wrong, as a page."""

import gzip
import re

import httpx
import pytest

from api.deur.koppen import headers_of
from api.portaal.schil.bestanden import MAP
from api.portaal.schil.navigatie import menu_of
from tests.hulp.bouwstenen import BSN
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.paginas import ROLLEN, list_routes

_BSN = "999911855"


def test_a_page_is_kept_by_nobody_and_loads_nothing_from_elsewhere(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client:
        antwoord = client.get("/portaal/werkvoorraad")
    assert antwoord.status_code == 200
    assert {naam: antwoord.headers[naam] for naam in headers_of("/portaal/werkvoorraad")} == headers_of("/portaal/werkvoorraad")
    assert (antwoord.headers["Cache-Control"], antwoord.headers["Vary"]) == ("no-store", "HX-Request")
    geladen = re.findall(r'(?:src|rel="[a-z]+" href)="([^"]+)"', antwoord.text)
    assert len(geladen) == 3
    assert all(naam.startswith("/portaal/statisch/") for naam in geladen)
    assert re.findall(r"<style|style=|<script>|\son[a-z]+=", antwoord.text) == []


def test_what_it_loads_may_be_kept_for_ever_and_is_sent_small(balie: Portaalbalie) -> None:
    with balie.client(None) as client:
        pagina = client.get("/portaal/bestaatniet").text
        naam = re.findall(r"/portaal/statisch/portaal\.[0-9a-f]{12}\.css", pagina)[0]
        stijl = client.get(naam)
        kaal = httpx.get(balie.adres + naam, headers={"Accept-Encoding": "identity"})
        letters = re.findall(r"url\((source-sans-400\.[0-9a-f]{12}\.woff2)\)", stijl.text)
        assert client.get(f"/portaal/statisch/{letters[0]}").headers["Content-Type"] == "font/woff2"
        assert client.get("/portaal/statisch/portaal.css").status_code == 404
    assert stijl.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (stijl.headers["Content-Encoding"], stijl.text) == ("gzip", kaal.text)
    assert "Content-Encoding" not in kaal.headers


def test_style_and_script_together_are_small() -> None:
    assert sum(len(gzip.compress((MAP / naam).read_bytes(), 9)) for naam in ("portaal.css", "portaal.js")) <= 40_000


@pytest.mark.parametrize("pad", ["/bestaatniet", "/prestaties/geen-getal", "/statisch/portaal.000000000000.css"])
def test_what_is_not_there_is_told_as_a_page(balie: Portaalbalie, pad: str) -> None:
    with balie.client("contractbeheer") as client:
        antwoord = client.get(f"/portaal{pad}")
    assert antwoord.status_code in (400, 404)
    assert antwoord.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "<h1>" in antwoord.text
    assert "no-store" in antwoord.headers["Cache-Control"]


def test_who_is_not_logged_in_sees_nothing_and_comes_back_after(balie: Portaalbalie) -> None:
    with balie.client(None) as client:
        antwoord = client.get("/portaal/werkvoorraad?regel=DA01")
        assert client.get(antwoord.headers["Location"]).status_code == 200
    assert (antwoord.status_code, antwoord.text) == (303, "")
    assert antwoord.headers["Location"] == "/portaal/inloggen?naar=%2Fportaal%2Fwerkvoorraad%3Fregel%3DDA01"


def test_another_role_gets_its_own_menu_and_no_more(balie: Portaalbalie) -> None:
    with balie.client("aanbieder") as client:
        antwoord = client.get("/portaal/werkvoorraad")
    assert antwoord.status_code == 403
    assert "niet voor uw rol (aanbieder)" in antwoord.text
    assert "/portaal/werkvoorraad" not in antwoord.text


@pytest.mark.parametrize("rol", ROLLEN)
def test_everyone_begins_on_a_page_of_their_own(balie: Portaalbalie, rol: str) -> None:
    with balie.client(rol) as client:
        begin = client.get("/portaal/")
        assert begin.status_code == 303
        assert client.get(begin.headers["Location"]).status_code == 200


@pytest.mark.parametrize("rol", ROLLEN)
def test_help_opens_from_every_row_of_the_menu_at_the_part_about_it(balie: Portaalbalie, rol: str) -> None:
    with balie.client(rol) as client:
        hulp = [re.findall(r'href="(/portaal/hulp/[^"]+)"', client.get(punt.adres).text)[0] for punt in menu_of(rol)]
        assert len(hulp) == len(set(hulp))
        blad = client.get(hulp[0])
        assert [item for item in hulp if f'id="{item.partition("#")[2]}"' not in blad.text] == []
        assert client.get("/portaal/hulp").headers["Location"] == hulp[0].partition("#")[0]
        beeld = client.get(re.findall(r'src="(/portaal/hulp/beeld/[^"]+)"', blad.text)[0])
    assert (beeld.status_code, beeld.headers["Content-Type"]) == (200, "image/webp")


def test_a_form_that_is_too_large_is_not_read(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client:
        antwoord = client.post("/portaal/zoeken", q="x" * 1_100_000)
    zonder = httpx.post(f"{balie.adres}/portaal/zoeken", content=iter([b"q=1"]))
    assert (antwoord.status_code, "hooguit 1 MB" in antwoord.text) == (413, True)
    assert zonder.status_code == 411


def test_what_nobody_expected_is_told_as_a_page(balie: Portaalbalie, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr("api.portaal.contractbeheer.werkvoorraad.list_filterkeuzes", fail)
    with balie.client("contractbeheer") as client:
        antwoord = client.get("/portaal/werkvoorraad")
    assert (antwoord.status_code, "<h1>" in antwoord.text, "geheim" in antwoord.text) == (500, True, False)


def test_a_bsn_comes_into_no_address(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client:
        client.get("/portaal/zoeken")
        nummer = client.post("/portaal/zoeken", q="1001")
        assert (nummer.status_code, nummer.headers["Location"]) == (303, "/portaal/zoeken?q=1001")
        bsn = client.post("/portaal/zoeken", q=_BSN)
        assert (bsn.status_code, _BSN in bsn.text) == (200, False)
        adres = client.get(f"/portaal/zoeken?q={_BSN}")
        assert "hoort niet in het adres" in adres.text
        assert _BSN not in adres.text


def test_a_client_is_found_by_bsn_only_by_who_may_see_it(balie: Portaalbalie) -> None:
    gezien = {}
    for wie in ("contractbeheer", "aanbieder"):
        with balie.client(wie) as client:
            client.get("/portaal/zoeken")
            gezien[wie] = client.post("/portaal/zoeken", q=BSN).text.count("<td")
    assert gezien["contractbeheer"] == 4
    assert gezien["aanbieder"] == 4


def test_preferences_are_kept_by_the_browser(balie: Portaalbalie) -> None:
    with balie.client("financien") as client:
        client.get("/portaal/voorkeuren")
        client.post("/portaal/voorkeuren", thema="donker", toetsen="uit")
        pagina = client.get("/portaal/voorkeuren").text
        assert 'data-thema="donker"' in pagina
        assert 'data-toetsen="uit"' in pagina
        assert "bewaard" in pagina
        assert "bewaard" not in client.get("/portaal/voorkeuren").text
        client.post("/portaal/voorkeuren", thema="", toetsen="")
        assert "data-thema" not in client.get("/portaal/voorkeuren").text


def test_a_notice_that_somebody_else_wrote_leads_nowhere(balie: Portaalbalie) -> None:
    kwaad = '{"tekst": "Klik hier", "soort": "ok", "actie": "nu", "naar": "https://example.org"}'
    with balie.client("financien") as client:
        client.client.cookies.set("melding", kwaad)
        assert "Klik hier" not in client.get("/portaal/voorkeuren").text


GEEN_FORMULIER = {"/inloggen", "/inloggen/beeindigd"}
"""Before there is a session, and from a provider instead of a browser: a signature stands for who sends it."""


@pytest.mark.parametrize(
    "pad", [route.path for route in list_routes() if "POST" in (route.methods or ()) and route.path not in GEEN_FORMULIER]
)
def test_a_form_without_its_token_does_nothing(balie: Portaalbalie, pad: str) -> None:
    """Also of a page that somebody adds: a page that takes a visitor takes no form from elsewhere."""
    adres = f"/portaal{re.sub('{[^}]+}', '1', pad)}"
    for rol in ROLLEN:
        with balie.client(rol) as client:
            assert client.post(adres, q="1001").status_code == 403
            client.get("/portaal/voorkeuren")
            assert client.post(adres, {"Sec-Fetch-Site": "cross-site"}, q="1001").status_code == 403
