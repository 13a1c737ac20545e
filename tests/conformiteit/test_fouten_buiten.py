"""Cases found from outside, through the commands that people type: what each of them ought to give is what it gives.

`test_fouten.py` holds the readings of the rules that need a declaration line by line, and merged gemeenten (X02).
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copy
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from berichten.cli import app
from tests.api.conftest import Loket, loket  # noqa: F401
from tests.conformiteit.test_fouten import SOORTEN

WERELD = ("--clienten", "12", "--maanden", "3", "--seed", "5", "--no-fouten")
"""The made-up town in which the cases were found."""
AGB, GEMEENTE = "42420001", "0484"
ELDERS = {"X02-1-jw301-brielle.xml", "X02-2-jw323-brielle.xml"}
"""Inputs of `buiten` that test_fouten.py runs."""
GEVALLEN = {
    "X01-1-jw301.xml", "X01-2-jw323-mei.xml", "X01-3-jw301-ingekort.xml", "X03-jw323-met-ctrl-z.xml", "X06-jw301-24uur.xml",
    "X07-jw303-namespace-2_1.xml", "X08-jw301-geboortedatum-00.xml", "X09-windows.zip", "X11-contracten-excel-utf8.csv",
    "X12-contracten-lege-regels.csv", "X13-contracten-lege-kolom.csv", "X15-1-jw301-output.xml", "X15-2-jw323-tarief-2025.xml",
}  # fmt: skip
"""Those that are run here."""

Opdracht = Callable[..., Any]


@pytest.fixture
def opdracht(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opdracht:
    """The command line on an empty database, on 1 July 2026."""
    for naam, waarde in {"DATABASE_URL": database_url, "VAR": str(tmp_path / "var"), "HUIDIGE_DATUM": "2026-07-01"}.items():
        monkeypatch.setenv(f"BERICHTEN_{naam}", waarde)
    return lambda *woorden: CliRunner().invoke(app, [str(woord) for woord in woorden])


@pytest.fixture
def wereld(opdracht: Opdracht, tmp_path: Path) -> Opdracht:
    """The same with the reference files of the town."""
    assert opdracht("voorbeeld", "--map", tmp_path / "stad", *WERELD).exit_code == 0
    load(opdracht, tmp_path / "stad", "aanbieders", "pdc", "contracten", "tarieven")
    return opdracht


def load(opdracht: Opdracht, map_: Path, *soorten: str) -> None:
    for soort in soorten:
        uitkomst = opdracht("laad", soort, map_ / f"{soort}.csv")
        assert uitkomst.exit_code == 0, uitkomst.output


def process(opdracht: Opdracht, map_: Path, bestanden: Sequence[Path]) -> list[dict[str, Any]]:
    """What `verwerk` writes of these messages, in this order."""
    bron = map_ / f"in{len(list(map_.iterdir()))}"
    bron.mkdir()
    for bestand in bestanden:
        copy(bestand, bron)
    uitkomst = opdracht("verwerk", bron, "--uit", bron / "uit")
    assert uitkomst.exit_code == 0, uitkomst.output
    berichten: list[dict[str, Any]] = json.loads((bron / "uit" / "resultaat.json").read_bytes())["berichten"]
    return berichten


def test_every_case_that_was_handed_over_is_run(gedeeld: Path) -> None:
    assert {pad.name for pad in (gedeeld / "fouten" / "buiten").iterdir()} == GEVALLEN | ELDERS
    assert {pad.stem for pad in (gedeeld / "fouten" / "niveau2").iterdir()} == set(NIVEAU2)
    assert sorted(pad.name[0] for pad in (gedeeld / "fouten" / "regels").iterdir()) == ["1", "2", "3", "4"]


def test_x01_a_line_that_a_shortened_allocation_leaves_out_is_told_and_named(
    gedeeld: Path, wereld: Opdracht, tmp_path: Path
) -> None:
    """The allocation ends before May, of which a line was awarded: a signal with lines and amount, and nothing is undone."""
    _, mei, ingekort = process(wereld, tmp_path, sorted((gedeeld / "fouten" / "buiten").glob("X01-*.xml")))
    assert (mei["toegekendBedrag"], ingekort["status"], ingekort["retourcodes"]) == (120990, "verwerkt", [])
    (signaal,) = ingekort["bevindingen"]
    assert (signaal["regel"], signaal["gevolg"]) == ("DA17", "signaal")
    assert "1 regel, samen € 1.209,90: X01R1" in signaal["melding"]
    anders = json.loads(wereld("herbeoordeel", "--gemeente", GEMEENTE, "--agb", AGB, "--proef", "--json").output)
    (regel,) = anders["regels"]
    assert (regel["referentienummer"], regel["staat"], regel["wordt"]) == ("X01R1", "toegekend", "afgewezen")
    assert "TR308" in regel["wordt_regels"], "code 9308"


@pytest.mark.parametrize(
    ("naam", "pad", "regelnummer", "zinsdelen"),
    [
        ("X03-jw323-met-ctrl-z", "", 57, ("Na het einde van het bericht staat iets dat er niet hoort: een teken",)),
        (
            "X06-jw301-24uur",
            "Bericht/Client/ToegewezenProducten/ToegewezenProduct/Toewijzingstijd",
            54,
            ('Toewijzingstijd is "24:00:00"', "00:00:00, met de datum van de dag die dan begint"),
        ),
        ("X07-jw303-namespace-2_1", "Bericht", 2, ("Dit is een JW303 van iJw-release 2.1.",)),
        (
            "X08-jw301-geboortedatum-00",
            "Bericht/Client/Geboortedatum/Datum",
            21,
            ("dag en maand niet bekend", "1 januari van het jaar", "DatumGebruik"),
        ),
    ],
)
def test_x03_x06_x07_x08_a_refusal_tells_where_and_what_to_do(
    gedeeld: Path, wereld: Opdracht, tmp_path: Path, naam: str, pad: str, regelnummer: int, zinsdelen: tuple[str, ...]
) -> None:
    bestand = gedeeld / "fouten" / "buiten" / f"{naam}.xml"
    (bericht,) = process(wereld, tmp_path, [bestand])
    assert bericht["status"] == "geweigerd"
    (fout,) = bericht["fouten"]
    assert (fout["pad"], fout["regelnummer"]) == (pad, regelnummer)
    assert [deel for deel in zinsdelen if deel not in fout["melding"]] == []
    assert naam[:3] != "X06" or fout["regel"] != "XSD", "it is valid by the schema"
    proef = wereld("proef", bestand)
    assert (proef.exit_code, json.loads(proef.output)["berichten"][0]["fouten"]) == (1, bericht["fouten"])


def test_x09_a_zip_is_read_whatever_its_label(gedeeld: Path, wereld: Opdracht, tmp_path: Path, loket: Loket) -> None:  # noqa: F811
    bestand = gedeeld / "fouten" / "buiten" / "X09-windows.zip"
    (bericht,) = process(wereld, tmp_path, [bestand])
    assert (bericht["bestand"], bericht["soort"], bericht["status"]) == ("X09-windows.zip/bericht.xml", "JW323", "verwerkt")
    for soort in ("application/x-zip-compressed", "application/octet-stream", "application/zip"):
        with loket.client(AGB) as client:
            antwoord: httpx.Response = client.post("/berichten", content=bestand.read_bytes(), headers={"Content-Type": soort})
        assert antwoord.status_code in (200, 202), antwoord.text
        assert [item["bestand"] for item in antwoord.json()["berichten"]] == ["bericht.xml"]


@pytest.mark.parametrize("naam", sorted(naam for naam in GEVALLEN if naam.endswith(".csv")))
def test_x11_x12_x13_files_as_a_spreadsheet_saves_them(gedeeld: Path, opdracht: Opdracht, naam: str) -> None:
    """A mark before the text, empty rows below and an empty column at the right are no fault of the data."""
    uitkomst = opdracht("laad", "contracten", gedeeld / "fouten" / "buiten" / naam)
    assert (uitkomst.exit_code, "contracten: nieuw 2, gewijzigd 0" in uitkomst.output) == (0, True), uitkomst.output


@pytest.mark.parametrize(
    ("tariefdatum", "uitkomst", "codes"), [("toewijzing", "toegekend", []), ("periode", "afgewezen", ["0611"])]
)
def test_x15_whose_price_an_output_product_has_is_laid_down_per_contract(
    gedeeld: Path, wereld: Opdracht, tmp_path: Path, tariefdatum: str, uitkomst: str, codes: list[str]
) -> None:
    contract = f"gemeente;agb;productcode;ingangsdatum;einddatum;tariefdatum\n{GEMEENTE};{AGB};50A01;2020-01-01;;{tariefdatum}\n"
    (tmp_path / "contracten.csv").write_text(contract, encoding="utf-8")
    load(wereld, tmp_path, "contracten")
    *_, declaratie = process(wereld, tmp_path, sorted((gedeeld / "fouten" / "buiten").glob("X15-*.xml")))
    (regel,) = declaratie["prestaties"]
    assert (regel["uitkomst"], regel["retourcodes"]) == (uitkomst, codes)
    assert declaratie["toegekendBedrag"] == (0 if codes else 44295)


def test_an_empty_first_day_is_open(gedeeld: Path, opdracht: Opdracht) -> None:
    (map_,) = (gedeeld / "fouten" / "regels").glob("2_*")
    load(opdracht, map_ / "referentie", "aanbieders", "pdc", "contracten", "tarieven", "gezinsplanafspraken")


@pytest.mark.parametrize("bestand", ["verantwoording.csv", "verantwoording_gelijk.csv"])
def test_two_contacts_on_one_day_count_each(gedeeld: Path, opdracht: Opdracht, tmp_path: Path, bestand: str) -> None:
    """60 and 45 minutes are the 105 that are billed; 60 and 60 are more: neither holds the line for what was not delivered."""
    (map_,) = (gedeeld / "fouten" / "regels").glob("3_*")
    load(opdracht, map_ / "referentie", *(soort for soort in SOORTEN if (map_ / "referentie" / f"{soort}.csv").is_file()))
    geladen = opdracht("laad", "verantwoording", map_ / "referentie" / bestand)
    assert (geladen.exit_code, "verantwoording: nieuw 2" in geladen.output) == (0, True), geladen.output
    *_, declaratie = process(opdracht, tmp_path, sorted((map_ / "berichten").iterdir()))
    (regel,) = declaratie["prestaties"]
    assert (regel["uitkomst"], "DA06" in regel["regels"], declaratie["toegekendBedrag"]) == ("toegekend", False, 10500)


NIVEAU2 = {
    "t1-301": ("TR134", "Toewijzingsdatum"),
    "t2-301": ("TR134", "Relatie[1]/Geboortedatum"),
    "t3-323": ("TR101", "ReferentieNummer"),
    "t4-323": None,
    "toekomst-jw305": ("TR134", "StartProduct[1]/Begindatum"),
    "toekomst-jw307": ("TR134", "StopProduct[1]/Einddatum"),
}
"""By message the rule that rejects it whole, and where; none where the rule looks within one Client (TR416) or at other dates."""


@pytest.mark.parametrize("naam", sorted(NIVEAU2))
def test_messages_that_break_level_2_are_rejected_and_the_others_are_not(
    gedeeld: Path, wereld: Opdracht, tmp_path: Path, naam: str
) -> None:
    (bericht,) = process(wereld, tmp_path, [gedeeld / "fouten" / "niveau2" / f"{naam}.xml"])
    niveau2 = [item for item in bericht["bevindingen"] if item["gevolg"] == "afkeuren"]
    verwacht = NIVEAU2[naam]
    if verwacht is None:
        assert (bericht["status"], niveau2) == ("verwerkt", [])
        return
    (bevinding,) = niveau2
    regel, waar = verwacht
    assert (bericht["status"], bericht["retourcodes"], bevinding["regel"]) == ("afgekeurd", ["0001"], regel)
    assert waar in bevinding["pad"]
