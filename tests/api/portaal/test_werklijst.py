"""What a reviewer has beside the work: views under a name, who opened a line before, and a line found by its reference."""

import html
import re

import pytest

from tests.hulp.besluiten import rows
from tests.hulp.bezoek import Bezoek
from tests.hulp.portaal.balie import NAMEN, Portaalbalie
from tests.hulp.portaal.tabel import read_tabellen

_LIJST = "/portaal/werkvoorraad"


def _number(balie: Portaalbalie, referentie: str) -> int:
    return int(rows(balie.werkplaats, "SELECT prestatie_id FROM prestatie WHERE referentienummer = :r", r=referentie)[0][0])


def _keep(client: Bezoek, naam: str, vraag: str = "regel=DA07&sorteer=bedrag", pagina: str = "werkvoorraad") -> str:
    antwoord = client.post("/portaal/weergaven", None, pagina=pagina, vraag=vraag, naam=naam)
    return html.unescape(client.get(antwoord.headers["Location"]).text)


def test_a_view_is_kept_opened_and_forgotten(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client, balie.client("tweede") as collega:
        client.get(f"{_LIJST}?regel=DA07&sorteer=bedrag")
        pagina = _keep(client, "Grote bedragen")
        assert "De weergave 'Grote bedragen' is bewaard." in pagina
        assert re.findall(r'<li><a href="([^"]+)" aria-current="true">Grote bedragen</a>', pagina) == [
            f"{_LIJST}?regel=DA07&sorteer=bedrag"
        ]
        assert "Grote bedragen" not in collega.get(_LIJST).text
        vraag = {"pagina": "werkvoorraad", "vraag": "", "naam": "Grote bedragen"}
        client.post("/portaal/weergaven/weg", None, **vraag)
        assert ">Grote bedragen</a>" not in client.get(_LIJST).text
        assert client.post("/portaal/weergaven/weg", None, **vraag).status_code == 303


@pytest.mark.parametrize(("naam", "vraag", "waarom"), [
    ("", "regel=DA07", "Geef de weergave een naam"),
    ("Van 999990019", "", "geen burgerservicenummer"),
    ("Lang", "a=" + "x" * 3000, "te lang om te bewaren"),
])  # fmt: skip
def test_what_cannot_be_kept_is_told(balie: Portaalbalie, naam: str, vraag: str, waarom: str) -> None:
    with balie.client("contractbeheer") as client:
        client.get(_LIJST)
        assert waarom in _keep(client, naam, vraag)


def test_a_view_is_of_a_list_of_ones_own_menu(balie: Portaalbalie) -> None:
    with balie.client("contractbeheer") as client:
        client.get(_LIJST)
        for pagina in ("totalen", "../inloggen", "", "https://elders.example"):
            assert client.post("/portaal/weergaven", None, pagina=pagina, vraag="", naam="X").status_code == 400


def test_the_list_says_who_opened_a_line_and_why_it_waits(balie: Portaalbalie) -> None:
    nummer = _number(balie, "R1")
    with balie.client("contractbeheer") as client, balie.client("tweede") as collega:
        assert "bekeken door" not in client.get(_LIJST).text
        collega.get(f"/portaal/prestaties/{nummer}")
        rijen = read_tabellen(client.get(_LIJST).text)[0].rijen
        assert [NAMEN["tweede"] in rij[2] for rij in rijen].count(True) == 1
        assert "bekeken door" not in collega.get(_LIJST).text
    # What is the matter in words first, then the code.
    assert {rij[6] for rij in rijen} == {"Te laat gedeclareerd DA07"}


@pytest.mark.parametrize(("wie", "pad"), [
    ("contractbeheer", "/portaal/prestaties/{regel}"),
    ("aanbieder", "/portaal/berichten/{bericht}/regels/{regel}"),
    ("financien", "/portaal/totalen/regels/{regel}"),
])  # fmt: skip
def test_a_line_is_found_by_its_reference(balie: Portaalbalie, wie: str, pad: str) -> None:
    nummer = _number(balie, "R4")
    bericht = rows(balie.werkplaats, "SELECT bericht_id FROM prestatie WHERE prestatie_id = :p", p=nummer)[0][0]
    with balie.client(wie) as client:
        client.get("/portaal/voorkeuren")
        gevraagd = client.post("/portaal/zoeken", None, q=" R4 ")
        gevonden = client.get(gevraagd.headers["Location"])
        assert gevonden.headers["Location"] == pad.format(regel=nummer, bericht=bericht)
        assert client.get(gevonden.headers["Location"]).status_code == 200


def test_who_sees_no_clients_finds_no_line(balie: Portaalbalie) -> None:
    with balie.client("beheer") as client:
        assert "niets gevonden" in client.get("/portaal/zoeken?q=R4").text
