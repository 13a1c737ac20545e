"""The monitor in the portal: the same figures as the API, small counts covered, and refusals in words."""

import csv
from io import StringIO

import pytest

from api.portaal.financien.monitorpagina import TABELLEN
from tests.hulp.portaal.balie import Portaalbalie
from tests.hulp.portaal.tabel import read_tabellen


@pytest.mark.parametrize("naam", TABELLEN)
def test_every_table_is_a_page_of_a_year(balie: Portaalbalie, naam: str) -> None:
    with balie.client("financien") as client:
        pagina = client.get(f"/portaal/monitor/{naam}?jaar=2026")
        boek = client.get(f"/portaal/monitor/{naam}/bestand/xlsx?jaar=2026")
    assert (pagina.status_code, boek.content[:2]) == (200, b"PK")
    koppen = [kop for tabel in read_tabellen(pagina.text) for kop in tabel.koppen]
    assert [kop for kop in koppen if "_" in kop] == []
    assert koppen or "er niets om te tonen" in pagina.text


def test_a_table_has_the_same_figures_on_the_page_in_the_api_and_in_a_file(balie: Portaalbalie) -> None:
    api = balie.api("financien", "/monitor/tabellen/tabel1?periode=2026").json()
    with balie.client("financien") as client:
        tabel = read_tabellen(client.get("/portaal/monitor/tabel1?jaar=2026").text)[0]
        bestand = client.get("/portaal/monitor/tabel1/bestand/csv?jaar=2026").content.decode("utf-8-sig")
    getoond = [[cel.replace(".", "").replace("–", "") for cel in rij] for rij in tabel.rijen]
    assert getoond == [["" if cel is None else str(cel).replace(".", "") for cel in rij.values()] for rij in api["rijen"]]
    rijen = [rij for rij in csv.reader(StringIO(bestand), delimiter=";") if not rij[0].startswith("Let op")][1:]
    assert [rij[0] for rij in rijen] == [rij[0] for rij in tabel.rijen]
    assert "≤5" in {cel for rij in tabel.rijen for cel in rij}


def test_what_there_is_not_is_told(balie: Portaalbalie) -> None:
    with balie.client("financien") as client:
        assert client.get("/portaal/monitor/tabel9").status_code == 404
        assert client.get("/portaal/monitor/tabel1/bestand/pdf").status_code == 404
        assert len(read_tabellen(client.get("/portaal/monitor").text)[0].rijen) == len(TABELLEN)
    with balie.client("aanbieder") as client:
        assert client.get("/portaal/monitor/tabel1").status_code == 403


def test_obligations_can_be_grouped_and_told_as_of_a_day(balie: Portaalbalie) -> None:
    adres = "/portaal/monitor/verplichtingen?jaar=2026&groepeer=aanbieder&peildatum=30-6-2026"
    with balie.client("financien") as client:
        pagina = client.get(adres).text
        fout = client.get("/portaal/monitor/verplichtingen?peildatum=gisteren").text
    api = balie.api("financien", "/monitor/verplichtingen?jaar=2026&groepeer=aanbieder&peildatum=2026-06-30").json()
    assert [rij[0] for rij in read_tabellen(pagina)[0].rijen] == [rij["groep"] for rij in api["rijen"]]
    assert "bestand/csv?jaar=2026&amp;groepeer=aanbieder&amp;peildatum=30-6-2026" in pagina
    assert "dag-maand-jaar" in fout
