"""A ZIP may claim anything: it is counted before it is unpacked, and whatever is wrong with it gets a sentence."""

import struct
from io import BytesIO
from itertools import chain
from random import Random
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from berichten.fouten import Invoerfout
from berichten.standaard.deur.zipbestand import check_zip, read_zip
from berichten.standaard.schema.bestand import check_bestand
from berichten.standaard.waarden.soorten import JW323
from tests.standaard.kleine_berichten import klein_bericht

BERICHT = klein_bericht(JW323).encode()
MB = 1024 * 1024


def zip_of(*delen: tuple[str, bytes], methode: int = ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", methode) as archief:
        for naam, inhoud in delen:
            archief.writestr(naam, inhoud)
    return buffer.getvalue()


def melding(inhoud: bytes, meeste: int | None = 30) -> str:
    fout = check_zip(inhoud, meeste)
    assert isinstance(fout, Invoerfout)
    return fout.melding


@pytest.mark.parametrize("methode", [ZIP_LZMA, ZIP_BZIP2])
@pytest.mark.parametrize("heel", [True, False])
def test_only_stored_and_deflated_entries_are_unpacked(methode: int, heel: bool) -> None:
    zip_ = bytearray(zip_of(("a.xml", BERICHT), methode=methode))
    if not heel:
        zip_[60:90] = bytes(30)
    [(_, inhoud)] = read_zip(bytes(zip_))
    fout = check_bestand(inhoud)
    assert fout is not None
    assert fout.regel == "ZIP"
    assert "niet uitpakt" in fout.melding


def test_entries_that_would_have_one_answer_get_names_of_their_own() -> None:
    delen = [
        ("a.xml", b"1"),
        ("a.xml", b"2"),
        ("A.XML", b"3"),
        ("b/a.xml", b"4"),
        ("b-a.xml", b"5"),
        ("a (2).xml", b"6"),
        ("x.d/y", b""),
    ]
    with pytest.warns(UserWarning, match="Duplicate name"):
        zip_ = zip_of(*delen)
    gelezen = list(read_zip(zip_))
    assert [inhoud for _, inhoud in sorted(gelezen, key=lambda deel: deel[1])] == sorted(inhoud for _, inhoud in delen)
    assert len({naam.replace("/", "-").casefold() for naam, _ in gelezen}) == len(delen)
    assert {"a.xml", "b/a.xml", "x.d/y"} & {naam for naam, _ in gelezen}


@pytest.mark.parametrize("methode", [ZIP_STORED, ZIP_DEFLATED])
def test_whatever_is_damaged_gets_a_sentence(methode: int) -> None:
    heel = zip_of(("a.xml", BERICHT), ("map/b.xml", BERICHT[:300]), methode=methode)
    rng = Random(7)
    gezien: set[Any] = set()
    for _ in range(2000):
        kapot = bytearray(heel)
        for _ in range(rng.randint(1, 6)):
            kapot[rng.randrange(len(kapot))] = rng.randrange(256)
        fouten = [check_zip(bytes(kapot))]
        if fouten == [None]:
            fouten = [check_bestand(inhoud) for _, inhoud in read_zip(bytes(kapot))]
        gezien.update(fout.melding[:30] for fout in fouten if fout is not None)
    assert any(zin.startswith("Dit ZIP-bestand is beschadigd") for zin in gezien)
    assert any(zin.startswith("Dit bestand in het ZIP-bestand") for zin in gezien)


def test_what_is_unpacked_has_a_bound_and_so_has_how_well_it_was_packed() -> None:
    ruis = Random(1).randbytes(17 * MB)
    assert "samen groter dan 50 MB" in melding(zip_of(*((f"{nummer}.xml", ruis) for nummer in range(3))))
    assert check_zip(zip_of(*((f"{nummer}.xml", ruis) for nummer in range(3))), None) is None
    assert "200 keer zo groot" in melding(zip_of(("a.xml", b"<a/>" * 1_500_000)))
    assert check_zip(zip_of(("a.xml", b"<a/>" * 200_000))) is None


def test_entries_that_share_their_bytes_are_refused() -> None:
    """A small ZIP whose list names one entry again and again."""
    heel = zip_of(("a.xml", BERICHT))
    begin = heel.index(b"PK\x01\x02")
    vermelding, einde = heel[begin : heel.index(b"PK\x05\x06")], bytearray(heel[heel.index(b"PK\x05\x06") :])
    struct.pack_into("<HHL", einde, 8, 9, 9, 9 * len(vermelding))
    assert "beschadigd" in melding(heel[:begin] + vermelding * 9 + bytes(einde))


def test_a_password_is_named() -> None:
    zip_ = bytearray(zip_of(("a.xml", BERICHT)))
    for plaats in chain([6], [zip_.index(b"PK\x01\x02") + 8]):
        zip_[plaats] |= 1
    assert "wachtwoord" in melding(bytes(zip_))


def test_a_size_that_is_a_lie_gives_no_more_than_it_says() -> None:
    zip_ = bytearray(zip_of(("a.xml", BERICHT * 100)))
    plaats = zip_.index(b"PK\x01\x02") + 24
    struct.pack_into("<L", zip_, plaats, 10)
    [(_, inhoud)] = read_zip(bytes(zip_))
    assert len(inhoud) <= 10
    assert check_bestand(inhoud) is not None


def test_a_list_of_very_many_entries_is_not_read() -> None:
    assert "duizenden" in melding(zip_of(*((f"{nummer}/", b"") for nummer in range(10_001))))


def test_what_a_computer_adds_to_a_folder_is_no_message() -> None:
    bericht = klein_bericht(JW323).encode()
    namen = ["__MACOSX/._a.xml", ".DS_Store", "mei/.DS_Store", "mei/._a.xml", "Thumbs.db", "mei/desktop.ini"]
    assert [naam for naam, _ in read_zip(zip_of(("mei/a.xml", bericht), *((naam, b"x") for naam in namen)))] == ["mei/a.xml"]


def test_a_spreadsheet_is_told_to_be_one() -> None:
    assert "Excel" in melding(zip_of(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")))
