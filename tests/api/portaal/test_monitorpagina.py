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


KOP = (
    "gemeente;leverancier;agb;factuurnummer;factuurdatum;zorg_van;zorg_tot;bedrag;segment;zorgvorm;toewijzingnummer;"
    "bbr_aanvraagnummer;status\n"
)
FACTUUR = "0484;Zorg BV;42420001;F1;2026-05-01;2026-01-01;2026-04-30;12400;4;;1001;;open\n"


def test_invoices_are_loaded_on_a_page_and_shown_as_they_stand_without_a_client(balie: Portaalbalie) -> None:
    """124.00 stood open and was paid; its credit is -124.00. The same on the page, in the API and as a file, in euros there."""
    betaald, lijst = FACTUUR.replace(";open", ";betaald"), "/portaal/kwartaalrapporten/facturen"
    with balie.client("contractbeheer") as client:
        assert "-12400 is een creditfactuur van 124 euro" in client.get("/portaal/kwartaalrapporten").text
        bladen = [
            client.send_file(lijst, "facturen", f"{KOP}{rij}".encode())
            for rij in (FACTUUR, betaald, betaald.replace("F1", "F1-credit").replace("12400", "-12400"), betaald)
        ]
        leeg = client.post(lijst)
        pagina = client.get(f"{lijst}?jaar=2026").text
        bestand = client.get(f"{lijst}/bestand.csv?jaar=2026").content.decode("utf-8-sig")
        boek = client.get(f"{lijst}/bestand.xlsx?jaar=2025").content[:2]
    assert [blad.status_code for blad in bladen] == [303, 303, 303, 400]
    assert "al geladen, met status betaald" in bladen[-1].text
    assert "Kies een bestand" in leeg.text
    rijen = [tuple(rij[plek] for plek in (1, 3, 4)) for rij in read_tabellen(pagina)[0].rijen]
    assert [rij[:3] for rij in rijen] == [("F1", "€ 124,00", "betaald"), ("F1-credit", "€ -124,00", "betaald")]
    assert "1001" not in pagina + bestand
    assert [rij["Bedrag"] for rij in csv.DictReader(StringIO(bestand), delimiter=";")] == ["124,00", "-124,00"]
    assert boek == b"PK"
    getoond = balie.api("beheer", "/kwartaalrapporten/facturen?jaar=2026").json()["facturen"]
    assert [(rij["factuurnummer"], rij["bedrag"], rij["eerdereStatus"]) for rij in getoond] == [
        ("F1", 12400, "open"), ("F1-credit", -12400, None),
    ]  # fmt: skip
    assert getoond[0]["vervangt"].startswith("open, geladen op ")
