"""What spreadsheets make of our reference files is loaded as it was meant; where that is not certain it is refused in Dutch."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import text

from berichten.kern.kalender import ALTIJD
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.bestand import read_lines
from berichten.processen.referentie.laad_referentie import SOORTEN, Inlezing, load_referentie
from tests.hulp.eigenaar import as_owner
from tests.referentie.test_laad_referentie import KOP, counts, prepare, read_all

VAN_EEN_DAG = ("contractdossier", "casusregie", "teamleden")
"""Kinds whose rows begin on a day that is told."""
PERIODE = {naam: soort for naam, soort in SOORTEN.items() if soort.tabel.van and naam not in VAN_EEN_DAG}
"""Kinds that may have no first day."""
RIJEN = {
    "pdc": "0484;45A05;Hulp;45;04;output;;4;;;;{van};",
    "contracten": "0484;42420001;45A03;{van};",
    "tarieven": "0484;;45A03;;04;7500;{van};",
    "gezinsplanafspraken": "0484;300001;HBO;nee;{van};",
    "kaders": "0484;Verblijf;1A;;9;;{van};",
    "bestedingsruimte": "0484;42420001;;{van};;100;plafond",
    "regelbeleid": "0484;;DA01;uit;;{van};",
    "declaratiewijzen": "0484;42420001;factuur;{van};",
    "verzoekbeleid": "0484;JW315;02;;;;ja;honoreren;{van};",
    "contractdossier": "0484;42420001;keurmerk;HKZ;HKZ Jeugdhulp;{van};;;;;;opgave",
}


def workbook(*rijen: Sequence[Any], naam: str = "Blad1") -> bytes:
    boek = Workbook()
    boek.active.title = naam
    for rij in rijen:
        boek.active.append(list(rij))
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


def load(werkplaats: Werkplaats, soort: str, inhoud: bytes) -> Inlezing:
    return load_referentie(werkplaats, soort, inhoud)


def repack(inhoud: bytes, **delen: bytes) -> bytes:
    """The same workbook with parts replaced: names with `__` for a slash."""
    nieuw, anders = io.BytesIO(), {naam.replace("__", "/") + ".xml": deel for naam, deel in delen.items()}
    with zipfile.ZipFile(io.BytesIO(inhoud)) as oud, zipfile.ZipFile(nieuw, "w", zipfile.ZIP_DEFLATED) as uit:
        for naam in oud.namelist():
            uit.writestr(naam, anders.get(naam) or oud.read(naam))
    return nieuw.getvalue()


AANBIEDER = "0484;42420003;De Brug"


@pytest.mark.parametrize(
    "bestand",
    [
        f"\ufeff{KOP['aanbieders']}\r\n{AANBIEDER}\r\n",
        f"{KOP['aanbieders']}\r\n{AANBIEDER}\r\n;;\r\n;;\r\n",
        f"{KOP['aanbieders']};\r\n{AANBIEDER};\r\n",
        f"{KOP['aanbieders']};;;\r\n{AANBIEDER};;;\r\n;;;;;\r\n",
        f";{KOP['aanbieders']};\n;{AANBIEDER};\n;;;;\n",
        f"\ufeff;;\r\n\r\n{KOP['aanbieders']}\r\n;;\r\n{AANBIEDER}",
    ],
    ids=[
        "BOM en CRLF",
        "lege regels onderaan",
        "lege kolom rechts",
        "drie lege kolommen",
        "lege kolom links",
        "lege regels bovenaan",
    ],
)
def test_what_a_spreadsheet_adds_to_a_csv_is_passed_over(werkplaats: Werkplaats, bestand: str) -> None:
    assert counts(load(werkplaats, "aanbieders", bestand.encode())) == (1, 0, 0)
    with werkplaats.opslag.transaction() as verbinding:
        assert tuple(verbinding.execute(text("SELECT * FROM aanbieder")).one())[:3] == ("0484", "42420003", "De Brug")


def test_a_value_in_a_column_without_a_name_is_no_empty_column(werkplaats: Werkplaats) -> None:
    inlezing = load(werkplaats, "aanbieders", f"{KOP['aanbieders']};\n{AANBIEDER};Alphen\n".encode())
    assert [(fout.regelnummer, "dubbele aanhalingstekens" in fout.melding) for fout in inlezing.fouten] == [(2, True)]
    inlezing = load(werkplaats, "aanbieders", workbook(KOP["aanbieders"].split(";"), [*AANBIEDER.split(";"), "Alphen"]))
    assert [(fout.regelnummer, "kolom zonder naam" in fout.melding) for fout in inlezing.fouten] == [(2, True)]


def test_line_numbers_are_those_that_the_spreadsheet_shows(werkplaats: Werkplaats) -> None:
    inlezing = load(werkplaats, "aanbieders", f";;\n{KOP['aanbieders']}\n;;\n0484;4242;De Brug\n".encode())
    assert [fout.regelnummer for fout in inlezing.fouten] == [4]
    inlezing = load(werkplaats, "aanbieders", workbook([], KOP["aanbieders"].split(";"), [], ["0484", "4242", "De Brug"]))
    assert [fout.regelnummer for fout in inlezing.fouten] == [4]


def prepare_empty(werkplaats: Werkplaats, soort: str) -> None:
    """What a file may lean on, and nothing of this kind itself."""
    prepare(werkplaats)
    with as_owner(werkplaats) as verbinding:
        if soort in ("tarieven", "contracten"):
            verbinding.execute(text(f"DELETE FROM {SOORTEN[soort].tabel.naam}"))


@pytest.mark.parametrize("soort", PERIODE)
def test_an_empty_first_day_is_open_in_every_kind_with_a_period(werkplaats: Werkplaats, soort: str) -> None:
    prepare_empty(werkplaats, soort)
    regels = f"{KOP[soort]}\n{RIJEN[soort].format(van='')}\n".encode()
    assert counts(load(werkplaats, soort, regels)) == (1, 0, 0)
    assert counts(load(werkplaats, soort, regels)) == (0, 0, 1)
    tabel = SOORTEN[soort].tabel
    with werkplaats.opslag.transaction() as verbinding:
        assert verbinding.execute(text(f"SELECT {tabel.van} FROM {tabel.naam} ORDER BY 1")).scalars().first() == ALTIJD
    (fout,) = load(werkplaats, soort, f"{KOP[soort]}\n{RIJEN[soort].format(van='2026-01-01')}\n".encode()).fouten
    assert "van het begin zonder einde" in fout.melding
    assert "uiterlijk 31 december 2025" in fout.melding


@pytest.mark.parametrize("soort", RIJEN)
def test_a_workbook_loads_what_the_csv_loads(werkplaats: Werkplaats, soort: str) -> None:
    prepare_empty(werkplaats, soort)
    rij = RIJEN[soort].format(van="2026-01-01")
    cellen = [_as_excel(naam, waarde) for naam, waarde in zip(KOP[soort].split(";"), rij.split(";"), strict=True)]
    assert load(werkplaats, soort, workbook(KOP[soort].split(";"), cellen)).fouten == []
    met_werkmap = read_all(werkplaats)
    assert counts(load(werkplaats, soort, f"{KOP[soort]}\n{rij}\n".encode())) == (0, 0, 1)
    assert read_all(werkplaats) == met_werkmap


def _as_excel(naam: str, waarde: str) -> Any:
    """A value as somebody who types it gets it: numbers without their zeros, days as days, nothing as nothing."""
    if waarde == "":
        return None
    if naam in ("ingangsdatum", "periode_van"):
        return date.fromisoformat(waarde)
    return int(waarde) if waarde.isdigit() and naam != "productcode" else waarde


@pytest.mark.parametrize(
    ("kolom", "cel", "gelezen"),
    [
        ("gemeente", 484, "0484"),
        ("agb", 2420003, "02420003"),
        ("agb", 42420003.0, "42420003"),
        ("toewijzingnummer", 300001, "300001"),
        ("maand", datetime(2026, 4, 1), "2026-04"),
        ("maand", "2026-04", "2026-04"),
        ("datum", datetime(2026, 4, 3), "2026-04-03"),
        ("minuten", 7.5, "7.5"),
        ("referentienummer", 123456789012345, "123456789012345"),
        ("niveau", None, ""),
    ],
)
def test_a_cell_becomes_the_text_that_was_meant(kolom: str, cel: Any, gelezen: str) -> None:
    kolommen = SOORTEN["verantwoording"].kolommen
    blad = read_lines(
        "verantwoording",
        kolommen,
        workbook([item.naam for item in kolommen], [cel if item.naam == kolom else "x" for item in kolommen]),
    )
    velden = blad.split(blad.regels[0])
    assert velden[[item.naam for item in kolommen].index(kolom)] == gelezen


def test_a_number_that_lost_digits_is_refused(werkplaats: Werkplaats) -> None:
    prepare(werkplaats)
    kop = KOP["verantwoording"].split(";")
    rij = dict.fromkeys(kop) | {
        "gemeente": 484,
        "agb": 42420001,
        "referentienummer": 1234567890123456789,
        "datum": date(2026, 2, 5),
    }
    rij |= {"minuten": 60, "soort": "direct", "registratie": "SKJ"}
    (fout,) = load(werkplaats, "verantwoording", workbook(kop, list(rij.values()))).fouten
    assert (fout.pad, fout.regelnummer) == ("referentienummer", 2)
    assert "Zet de kolom op Tekst" in fout.melding


def test_workbooks_that_are_none(werkplaats: Werkplaats) -> None:
    """Each is refused with a remedy, and before it is unpacked as a whole."""
    goed = workbook(KOP["aanbieders"].split(";"), AANBIEDER.split(";"))
    leeg = io.BytesIO()
    with zipfile.ZipFile(leeg, "w") as uit:
        uit.writestr("aanbieders.csv", "x")
    bzip = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(goed)) as oud, zipfile.ZipFile(bzip, "w", zipfile.ZIP_BZIP2) as uit:
        for naam in oud.namelist():
            uit.writestr(naam, oud.read(naam))
    entiteit = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    gevallen = {
        "beschadigd": (
            goed[:-30],
            b"PK\x03\x04" + b"\0" * 40,
            repack(goed, xl__worksheets__sheet1=b"<w>"),
        ),
        "geen werkmap": (leeg.getvalue(),),
        "uitgepakt te groot": (
            repack(goed, xl__worksheets__sheet1=b"<worksheet>" + b" " * 70_000_000),
            repack(goed, xl__worksheets__sheet1=b"<worksheet>" + b"<c/>" * 1_100_000),
        ),
        "niet lezen": (bzip.getvalue(),),
        "lezen we niet": (
            repack(goed, xl__worksheets__sheet1=entiteit),
            repack(goed, xl__workbook=entiteit.decode().encode("utf-16")),
        ),
    }
    for melding, bestanden in gevallen.items():
        for bestand in bestanden:
            (fout,) = load(werkplaats, "aanbieders", bestand).fouten
            assert melding in fout.melding, (melding, fout.melding)
            assert fout.melding.endswith(".")
    assert counts(load(werkplaats, "aanbieders", goed)) == (1, 0, 0)


def test_a_cell_far_away_costs_no_more_than_a_near_one(werkplaats: Werkplaats) -> None:
    """A sheet of two cells, one of them the last that a spreadsheet knows: a dense copy of it would be 17 billion cells."""
    goed = workbook(KOP["aanbieders"].split(";"), AANBIEDER.split(";"))
    with zipfile.ZipFile(io.BytesIO(goed)) as boek:
        blad = boek.read("xl/worksheets/sheet1.xml")
    ver = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    (fout,) = load(werkplaats, "aanbieders", repack(goed, xl__worksheets__sheet1=blad.replace(b"</sheetData>", ver))).fouten
    assert "meer dan 100.000 rijen" in fout.melding


def test_an_empty_workbook_says_what_should_be_in_it(werkplaats: Werkplaats) -> None:
    (fout,) = load(werkplaats, "aanbieders", workbook()).fouten
    assert fout.melding == f"Het eerste blad van deze werkmap is leeg. De eerste regel moet precies zijn: {KOP['aanbieders']}"


def test_a_hidden_sheet_is_not_the_one_that_was_sent(werkplaats: Werkplaats) -> None:
    boek = Workbook()
    boek.worksheets[0].append(["oude lijst"])
    boek.worksheets[0].sheet_state = "hidden"
    blad = boek.create_sheet("Aanbieders")
    blad.append(KOP["aanbieders"].split(";"))
    blad.append(["0484", "42429999", "Jeugdhulp Op Het Tweede Blad"])
    boek.active = 1
    bytes_ = io.BytesIO()
    boek.save(bytes_)
    assert load(werkplaats, "aanbieders", bytes_.getvalue()).fouten == []
