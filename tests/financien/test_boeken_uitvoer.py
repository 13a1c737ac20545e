"""Reports as files: what people open in a spreadsheet, and the same cent in every form."""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from berichten.cli import app
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.rapporten.boeken.journaal import report_journaal
from berichten.rapporten.boeken.totalen import report_totalen
from berichten.rapporten.uitvoer import als_xlsx as uitvoer_xlsx
from berichten.rapporten.uitvoer.als_csv import write_csv
from berichten.rapporten.uitvoer.als_json import write_json
from berichten.rapporten.uitvoer.als_xlsx import write_xlsx
from berichten.rapporten.uitvoer.namen import add_names
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport
from berichten.standaard.schema.codelijsten import read_codelijsten
from berichten.standaard.schema.schema import own_schemas_dir
from berichten.voorbeelden.stad.referentie import KOLOMMEN as KOPPEN
from tests.hulp.besluiten import APR, MRT, TARIEF, fill_town, prestatie_id, submit
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import Regel
from tests.hulp.geld.boeken import STAF, knoei, totaal, vraag_om

KOLOMMEN = (
    Kolom("naam", "Naam"), Kolom("bedrag", "Bedrag", "geld"), Kolom("aantal", "Aantal", "aantal"),
    Kolom("maand", "Maand", "maand"), Kolom("op", "Geboekt op", "moment"),
)  # fmt: skip
MOMENT = datetime(2026, 6, 30, 22, 30, 15, 999, tzinfo=UTC)
RIJ: tuple[Any, ...] = ("Zorg; thuis", -123456, 3, date(2026, 4, 1), MOMENT)


def rapport(*rijen: Sequence[Any], controle: int | None = None) -> Rapport:
    return Rapport("proef", "Proef", KOLOMMEN, list(rijen), [("Gemeente", "0484")], controle, "bedrag")


def read_csv(inhoud: bytes) -> list[list[str]]:
    assert inhoud.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(inhoud.decode("utf-8-sig")), delimiter=";"))


def test_csv_is_as_dutch_spreadsheets_read_it() -> None:
    inhoud = b"".join(write_csv(rapport(RIJ, ("é", 5, 0, date(2026, 12, 1), None))))
    assert read_csv(inhoud) == [
        ["Naam", "Bedrag", "Aantal", "Maand", "Geboekt op"],
        ["Zorg; thuis", "-1234,56", "3", "2026-04", "2026-07-01 00:30:15"],
        ["é", "0,05", "0", "2026-12", ""],
    ]
    assert b"\r\n" in inhoud
    assert b'"Zorg; thuis"' in inhoud


GEVAARLIJK = ("=1+1", "+31612345678", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://a")')


@pytest.mark.parametrize("tekst", GEVAARLIJK)
def test_no_text_becomes_a_formula(tekst: str, tmp_path: Path) -> None:
    rij = (tekst, -1, 1, date(2026, 4, 1), MOMENT)
    cellen = read_csv(b"".join(write_csv(rapport(rij))))[1]
    assert cellen[0] == f"'{tekst}"
    assert cellen[1] == "-0,01"
    write_xlsx(rapport(rij), tmp_path / "a.xlsx")
    cel = openpyxl.load_workbook(tmp_path / "a.xlsx")["Gegevens"].cell(2, 1)
    assert cel.data_type == "s"
    assert cel.hyperlink is None


def test_a_workbook_has_numbers_with_formats_and_says_what_it_rests_on(tmp_path: Path) -> None:
    pad = tmp_path / "proef.xlsx"
    telling = write_xlsx(rapport(RIJ, RIJ, controle=-246912), pad)
    assert (telling.rijen, telling.sommen) == (2, {"bedrag": -246912})
    boek = openpyxl.load_workbook(pad)
    assert boek.sheetnames == ["Verantwoording", "Gegevens"]
    blad = boek["Gegevens"]
    assert [cel.value for cel in blad[1]] == ["Naam", "Bedrag", "Aantal", "Maand", "Geboekt op"]
    assert [cel.value for cel in blad[2]] == ["Zorg; thuis", -1234.56, 3, datetime(2026, 4, 1), datetime(2026, 7, 1, 0, 30, 15)]
    assert [blad[2][1].number_format, blad[2][3].number_format] == ["#,##0.00;[Red]-#,##0.00", "yyyy-mm"]
    assert blad.freeze_panes == "A2"
    basis = {rij[0]: rij[1] for rij in boek["Verantwoording"].iter_rows(min_row=3, values_only=True)}
    assert basis == {
        "Gemeente": "0484",
        "Aantal rijen": "2",
        "Totaal Bedrag": -2469.12,
        "Volgens het journaal, apart geteld": -2469.12,
        "Verschil met het journaal": 0,
        "Aansluiting": "sluit",
    }


def test_a_table_that_does_not_tie_says_so(tmp_path: Path) -> None:
    pad = tmp_path / "proef.xlsx"
    write_xlsx(rapport(RIJ, controle=0), pad)
    basis = {rij[0]: rij[1] for rij in openpyxl.load_workbook(pad)["Verantwoording"].iter_rows(values_only=True)}
    assert basis["Verschil met het journaal"] == -1234.56
    assert basis["Aansluiting"].startswith("SLUIT NIET")


@pytest.mark.parametrize(("rijen", "bladen"), [(0, 1), (4, 1), (5, 1), (6, 2), (10, 2), (11, 3)])
def test_more_rows_than_a_sheet_holds_go_on_in_the_next(
    rijen: int, bladen: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uitvoer_xlsx, "_MEESTE_RIJEN", 5)
    pad = tmp_path / "proef.xlsx"
    assert write_xlsx(rapport(*[RIJ] * rijen), pad).rijen == rijen
    gevuld = openpyxl.load_workbook(pad).worksheets[1:]
    assert sum(blad.max_row - 1 for blad in gevuld) == rijen
    assert len(gevuld) == bladen


def test_rows_are_read_while_they_are_written() -> None:
    gelezen = 0

    def rijen() -> Iterator[Sequence[Any]]:
        nonlocal gelezen
        for _ in range(10_000):
            gelezen += 1
            yield RIJ

    delen = write_csv(Rapport("proef", "Proef", KOLOMMEN, rijen()))
    next(delen)
    assert gelezen == 0
    next(delen)
    assert gelezen < 5000


@pytest.fixture
def gevuld(werkplaats: Werkplaats) -> Werkplaats:
    """A and B awarded, A credited by C."""
    fill_town(werkplaats, 700, Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "6"})
    submit(werkplaats, Regel("A", 700, MRT, 2), Regel("B", 700, APR, 3))
    submit(werkplaats, Regel("C", 700, MRT, 2, vorig="A"))
    return werkplaats


def test_the_journal_comes_with_its_own_sum(gevuld: Werkplaats) -> None:
    with gevuld.opslag.transaction(STAF) as verbinding:
        gemaakt = report_journaal(verbinding, vraag_om(gevuld))
        inhoud = json.loads(b"".join(write_json(gemaakt)))
    assert [(rij["soort"], rij["bedrag"], rij["zorgmaand"]) for rij in inhoud["rijen"]] == [
        ("toekenning", 2 * TARIEF, "2026-03"), ("toekenning", 3 * TARIEF, "2026-04"), ("creditering", -2 * TARIEF, "2026-03"),
    ]  # fmt: skip
    assert inhoud["rijen"][1]["prestatieId"] == prestatie_id(gevuld, "B")
    assert inhoud["verantwoording"]["Aansluiting"] == "sluit"
    with gevuld.opslag.transaction(STAF) as verbinding:
        leeg = json.loads(b"".join(write_json(report_journaal(verbinding, vraag_om(gevuld, periode="2025")))))
    assert (leeg["rijen"], leeg["verantwoording"]["Aansluiting"]) == ([], "sluit")


@pytest.fixture
def opdracht(gevuld: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command line on the same books."""
    omgeving = {"DATABASE_URL": gevuld.instellingen.database_url, "HUIDIGE_DATUM": str(gevuld.instellingen.vandaag())}
    for naam, waarde in omgeving.items():
        monkeypatch.setenv(f"BERICHTEN_{naam}", waarde)
    return lambda *woorden: CliRunner().invoke(app, [str(woord) for woord in woorden])


def test_the_same_cent_in_csv_xlsx_and_json(gevuld: Werkplaats, opdracht: Any, tmp_path: Path) -> None:
    uit = tmp_path / "uit"
    uit.mkdir()
    woorden = ("rapport", "totalen", "--formaat", "csv,xlsx,json", "--periode", "2026", "--groepeer", "zorgmaand")
    uitkomst = opdracht(*woorden, "--uit", uit)
    assert uitkomst.exit_code == 0, uitkomst.output
    naam = f"totalen-0484-2026-01_2026-12-stand-{gevuld.instellingen.vandaag()}"
    assert {pad.name for pad in uit.iterdir()} == {f"{naam}.{soort}" for soort in ("csv", "xlsx", "json")}
    kop, *csvrijen, csvtotaal = read_csv((uit / f"{naam}.csv").read_bytes())
    *xlsx, xlsxtotaal = openpyxl.load_workbook(uit / f"{naam}.xlsx")["Gegevens"].iter_rows(min_row=2, values_only=True)
    kolom = kop.index("Toegekend")
    uit_csv = [int(rij[kolom].replace(",", "")) for rij in csvrijen]
    uit_xlsx = [round(rij[kolom] * 100) for rij in xlsx]
    uit_json = [rij["toegekend"] for rij in json.loads((uit / f"{naam}.json").read_text())["rijen"]]
    assert uit_csv == uit_xlsx == uit_json == [2 * TARIEF, 3 * TARIEF]
    assert sum(uit_csv) == totaal(gevuld)["toegekend"] == int(csvtotaal[kolom].replace(",", "")) == round(xlsxtotaal[kolom] * 100)


def test_the_command_proves_the_books_and_fails_when_they_do_not_tie(gevuld: Werkplaats, opdracht: Any, tmp_path: Path) -> None:
    goed = opdracht("db", "controle")
    assert (goed.exit_code, "De boeken sluiten." in goed.output) == (0, True)
    assert json.loads(opdracht("db", "controle", "--json").output)[0]["sluit"] is True
    regel = prestatie_id(gevuld, "B")
    knoei(gevuld, "UPDATE journaal SET bedrag = bedrag + 1 WHERE prestatie_id = :p", p=regel)
    fout = opdracht("db", "controle")
    assert fout.exit_code == 1
    assert f"regel {regel}" in fout.output
    assert f"is {3 * TARIEF + 1}; verwacht {3 * TARIEF}" in fout.output
    assert "sluiten NIET: 6" in fout.output
    assert opdracht("rapport", "aansluiting", "--uit", tmp_path).exit_code == 0
    assert len(read_csv((tmp_path / f"aansluiting-0484-stand-{gevuld.instellingen.vandaag()}.csv").read_bytes())) == 7


@pytest.mark.parametrize(
    ("woorden", "melding"),
    [
        (("rapport", "winst"), "Onbekend rapport 'winst'. Kies uit: totalen"),
        (("rapport", "totalen", "--formaat", "pdf"), "Onbekend formaat 'pdf'. Kies uit: csv, xlsx, json"),
        (("rapport", "totalen", "--groepeer", "client"), "kan niet worden gegroepeerd"),
        (("rapport", "totalen", "--periode", "mei"), "is geen periode"),
    ],
)
def test_a_wrong_command_is_told_what_is_right(
    opdracht: Any, woorden: tuple[str, ...], melding: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    uitkomst = opdracht(*woorden, "--uit", tmp_path)
    assert uitkomst.exit_code == 2
    assert melding in " ".join((uitkomst.output + capsys.readouterr().err).split())


def test_a_workbook_prints_one_page_wide_with_its_headings_on_every_page(tmp_path: Path) -> None:
    write_xlsx(rapport(RIJ), tmp_path / "proef.xlsx")
    blad = openpyxl.load_workbook(tmp_path / "proef.xlsx")["Gegevens"]
    # One page wide is what a workbook means when it says nothing of the width.
    assert (blad.page_setup.orientation, blad.page_setup.fitToWidth or 1, blad.page_setup.fitToHeight) == ("landscape", 1, 0)
    assert blad.sheet_properties.pageSetUpPr.fitToPage
    assert blad.print_title_rows == "$1:$1"


def test_a_report_of_money_ends_with_its_total(tmp_path: Path) -> None:
    gemaakt = Rapport("proef", "Proef", (*KOLOMMEN, Kolom("tarief", "Tarief", "geld", telt_op=False)), [], totaalrij=True)
    gemaakt.rijen = [(*RIJ, 150), (*RIJ, 150)]
    assert read_csv(b"".join(write_csv(gemaakt)))[-1] == ["Totaal", "-2469,12", "", "", "", ""]
    write_xlsx(gemaakt, tmp_path / "a.xlsx")
    boek = openpyxl.load_workbook(tmp_path / "a.xlsx")
    laatste = boek["Gegevens"][4]
    assert [cel.value for cel in laatste] == ["Totaal", -2469.12, None, None, None, None]
    assert laatste[1].font.bold
    # Prices do not add up, nor do counts: of those there is no sum to be reckoned back from.
    assert "Totaal Tarief" not in {rij[0] for rij in boek["Verantwoording"].iter_rows(values_only=True)}
    gemaakt.rijen = []
    assert len(read_csv(b"".join(write_csv(gemaakt)))) == 1
    assert len(read_csv(b"".join(write_csv(rapport(RIJ))))) == 2


def test_the_total_stands_below_the_last_row_on_the_last_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uitvoer_xlsx, "_MEESTE_RIJEN", 5)
    for rijen, laatste in ((4, (1, 6)), (5, (2, 3)), (8, (2, 6))):
        gemaakt = rapport(*[RIJ] * rijen)
        gemaakt.totaalrij = True
        write_xlsx(gemaakt, tmp_path / "a.xlsx")
        bladen = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[1:]
        assert (len(bladen), bladen[-1].max_row) == laatste
        assert (bladen[-1].cell(bladen[-1].max_row, 1).value, sum(blad.max_row - 1 for blad in bladen)) == ("Totaal", rijen + 1)


def test_names_stand_beside_codes(gevuld: Werkplaats) -> None:
    vast = "45;04;inspanning;Begeleiding individueel;4;;SKJ;5.2"
    for soort, *regels in (
        ("aanbieders", f"{AGB};Zorg thuis"),
        ("pdc", f"45A48;Begeleiding;{vast};2020-01-01;2025-12-31", f"45A48;Begeleiding individueel;{vast};2026-01-01;"),
    ):
        inhoud = "\n".join([KOPPEN[soort], *(f"0484;{regel}" for regel in regels)])
        assert not load_referentie(gevuld, soort, inhoud.encode()).fouten
    with gevuld.opslag.transaction(STAF) as verbinding:
        kaal = report_totalen(verbinding, vraag_om(gevuld, groepeer="gemeente,aanbieder,categorie,productcode"))
        bedragen = [list(rij[4:]) for rij in kaal.rijen]
        met_namen = json.loads(b"".join(write_json(add_names(verbinding, "0484", kaal))))["rijen"]
        journaal = json.loads(b"".join(write_json(add_names(verbinding, "0484", report_journaal(verbinding, vraag_om(gevuld))))))
    assert [list(rij.items())[:8] for rij in met_namen] == [[
        ("gemeente", "0484"), ("gemeentenaam", "Alphen aan den Rijn"), ("aanbieder", AGB), ("aanbiedernaam", "Zorg thuis"),
        ("categorie", "45"), ("categorienaam", read_codelijsten(own_schemas_dir(), "3.2")["productcategorie"].codes["45"]),
        ("productcode", "45A48"), ("productomschrijving", "Begeleiding individueel"),
    ]]  # fmt: skip
    assert [list(rij.values())[8:] for rij in met_namen] == bedragen
    assert {(rij["aanbieder"], rij["aanbiedernaam"], rij["productomschrijving"]) for rij in journaal["rijen"]} == {
        (AGB, "Zorg thuis", "Begeleiding individueel")
    }
    assert journaal["verantwoording"]["Aansluiting"] == "sluit"
