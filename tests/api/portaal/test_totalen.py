"""The same figure in portal, API and file: totals, their lines, and the line itself."""

import csv
import html
import re
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from httpx import Response

from berichten.rapporten.boeken.totalen import BEDRAGEN
from berichten.rapporten.uitvoer.tabel import TOTAAL
from tests.hulp.bezoek import Bezoek
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.tabel import read_centen, read_tabellen

_VRAGEN = ["", "groepeer=aanbieder", "groepeer=zorgmaand", "periode=2026-01&groepeer=productcode", "groepeer=uitkomst"]
_KOPPEN = {kolom.kop: kolom.naam for kolom in BEDRAGEN if kolom.soort == "geld"}


def _api(balie: Portaalbalie, pad: str) -> Any:
    antwoord = balie.api("financien", pad)
    assert antwoord.status_code == 200, antwoord.text
    return antwoord.json()


def _read_csv(tekst: str) -> list[dict[str, str]]:
    """The rows of a file, without the one that adds them up."""
    return [rij for rij in csv.DictReader(StringIO(tekst), delimiter=";") if next(iter(rij.values())) not in (TOTAAL, "")]


@pytest.mark.parametrize("vraag", _VRAGEN)
def test_a_total_is_the_same_on_the_page_in_the_api_and_in_a_file(balie: Portaalbalie, vraag: str) -> None:
    totaal = _api(balie, f"/financien/totalen?{vraag}")["totaal"]
    with balie.client("financien") as client:
        pagina = client.get(f"/portaal/totalen?{vraag}").text
        regels = client.get(f"/portaal/totalen/bestand/csv?{vraag}").content.decode("utf-8-sig")
        boek = client.get(f"/portaal/totalen/bestand/xlsx?{vraag}").content
    tabel = read_tabellen(pagina)[0]
    onder = dict(zip(tabel.koppen[-len(tabel.voet[1:]) :], tabel.voet[1:], strict=True))
    getoond = {_KOPPEN[kop]: read_centen(som) for kop, som in onder.items() if kop in _KOPPEN}
    assert getoond.items() <= totaal.items()
    assert {"ingediend", "nettoToegekend", "afgewezen", "teBeoordelen", "betaalbaar"} <= getoond.keys()
    assert totaal["ingediend"] > 0
    rijen = _read_csv(regels)
    for kop, naam in _KOPPEN.items():
        assert sum(read_centen(rij[kop]) for rij in rijen) == totaal[naam]
    blad = openpyxl.load_workbook(BytesIO(boek))["Gegevens"]
    kop = next(cel for rij in blad.iter_rows() for cel in rij if cel.value == "Ingediend")
    bedragen = [blad.cell(kop.row + 1 + nummer, kop.column).value for nummer in range(len(rijen))]
    assert round(sum(bedragen) * 100) == totaal["ingediend"]


@pytest.mark.parametrize("maat", ["ingediend", "nettoToegekend", "teBeoordelen", "betaalbaar"])
def test_each_sum_leads_to_lines_that_add_up_to_it(balie: Portaalbalie, maat: str) -> None:
    kop = {naam: kop for kop, naam in _KOPPEN.items()}[maat]
    with balie.client("financien") as client:
        tabel = read_tabellen(client.get("/portaal/totalen?groepeer=aanbieder").text)[0]
        plaats = tabel.koppen.index(kop)
        som = read_centen(tabel.rijen[0][plaats])
        pagina = client.get(tabel.links[0][plaats]).text
    regels = read_tabellen(pagina)[0]
    assert regels.rijen
    assert sum(read_centen(rij[regels.koppen.index(kop)]) for rij in regels.rijen) == som
    gezegd = re.search(r"Alle regels samen: ([^<]+)", html.unescape(pagina))
    assert gezegd is not None
    assert read_centen(gezegd[1]) == som


def test_the_way_down_ends_at_the_entries_of_a_line(balie: Portaalbalie) -> None:
    with balie.client("financien") as client:
        regels = read_tabellen(client.get("/portaal/totalen/regels?maat=nettoToegekend").text)[0]
        naar = regels.links[0][0]
        boekingen = read_tabellen(client.get(naar).text)[0]
        assert client.get("/portaal/totalen/regels/1").status_code == 404
    toegekend = read_centen(regels.rijen[0][regels.koppen.index("Netto toegekend")])
    assert read_centen(boekingen.voet[-1]) == toegekend > 0
    prestatie = _api(balie, f"/prestaties/{naar.rpartition('/')[2]}")
    assert prestatie["toegekendBedrag"] == toegekend


def test_a_file_of_lines_has_every_line_of_the_sum(balie: Portaalbalie) -> None:
    with balie.client("financien") as client:
        antwoord = client.get("/portaal/totalen/regels/bestand/csv?maat=teBeoordelen")
        rijen = _read_csv(antwoord.content.decode("utf-8-sig"))
        assert client.get("/portaal/totalen/bestand/pdf").status_code == 404
        assert client.get("/portaal/totalen/bestand/csv?periode=ooit").status_code == 400
    geheel = _api(balie, "/financien/totalen")["totaal"]["teBeoordelen"]
    assert sum(read_centen(rij["Te beoordelen"]) for rij in rijen) == geheel > 0


@pytest.mark.parametrize("vraag", ["periode=ooit", "peildatum=gisteren", "zorgmaand=x"])
def test_what_cannot_be_asked_is_told_and_narrows_nothing(balie: Portaalbalie, vraag: str) -> None:
    with balie.client("financien") as client:
        antwoord = client.get(f"/portaal/totalen?{vraag}")
        alles = read_tabellen(client.get("/portaal/totalen").text)[0]
    assert antwoord.status_code == 200
    assert "niet konden lezen" in antwoord.text
    assert read_tabellen(antwoord.text)[0].voet == alles.voet


def test_the_stand_of_a_day_before_anything_came_is_empty(balie: Portaalbalie) -> None:
    with balie.client("financien") as client:
        antwoord = client.get("/portaal/totalen?peildatum=1-1-2020")
    assert "Hier is niets gedeclareerd" in antwoord.text
    assert "31" not in antwoord.text.partition("Stand aan het eind van")[2][:8]


def test_totals_are_for_finance_only(balie: Portaalbalie) -> None:
    for wie in ("contractbeheer", "aanbieder", "beheer", "gemeente"):
        with balie.client(wie) as client:
            assert client.get("/portaal/totalen").status_code == 403
            assert client.get("/portaal/totalen/regels").status_code == 403


def test_a_sample_is_drawn_of_an_open_year_and_shows_its_own_lines_only(balie: Portaalbalie) -> None:
    """Beheer opens the year, the auditor draws; what cannot be drawn is told, and a line that was not drawn is none."""
    with balie.client("controle") as client:
        assert "Er is nu geen controle open" in client.get("/portaal/verantwoord").text
        assert client.get("/portaal/verantwoord/bestand/csv").status_code == 404
        lijst = client.get("/portaal/kwartaalrapporten").text
        assert ("Er is nu geen controle open" in lijst, "Er is nog geen kwartaalrapport" in lijst) == (True, False)
        for pad in ("2025-Q1", "2025-Q1/bestand/csv"):
            assert client.get(f"/portaal/kwartaalrapporten/{pad}").status_code == 409
        client.get("/portaal/steekproeven")
        dicht = _draw(client, "2026")
    assert (dicht.status_code, "Vraag beheer om de jaren van de controle vast te leggen" in dicht.text) == (400, True)
    with balie.client("beheer") as client:
        client.get("/portaal/steekproeven")
        assert "ten hoogste een jaar verder" in _open(client, "30-6-2029").text
        assert _open(client, "30-6-2027").status_code == 303
    with balie.client("controle") as client:
        client.get("/portaal/steekproeven")
        verantwoord = client.get("/portaal/verantwoord?jaar=2025").text
        assert ("geen controle open" in verantwoord, "jaar=2025" in verantwoord) == (False, False)
        anders = _draw(client, "2025")
        assert "over de jaren 2026 tot en met 2026" in anders.text
        lijst = _draw(client, "2026").headers["Location"]
        bladen = re.findall(rf"{lijst}/regels/(\d+)", client.get(lijst).text)
        assert len(bladen) == 1
        assert "Boekingen en betalingen" in client.get(f"{lijst}/regels/{bladen[0]}").text
        assert client.get(f"{lijst}/regels/{int(bladen[0]) + 1}").status_code == 404
    with balie.client("financien") as client:
        assert client.get(f"{lijst}/regels/{bladen[0]}").status_code == 200


def _open(client: Bezoek, tot: str) -> Response:
    return client.post("/portaal/steekproeven/mandaat", jaar_van="2026", jaar_tot="2026", tot=tot, reden="Jaarrekening")


def _draw(client: Bezoek, jaar: str) -> Response:
    return client.post("/portaal/steekproeven", jaar=jaar, methode="posten", aantal="1", zaad="A", reden="Jaarrekening")
