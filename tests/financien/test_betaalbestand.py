"""The file for the bank and its twin for a spreadsheet, IBANs, and differences between runs and books that must not stay hidden."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from lxml import etree
from sepaxml.validation import ValidationError, try_valid_xml
from sqlalchemy import text

from berichten.boeken.betaling import Rekening, check_rekening, describe_betaling, name_betaling, name_run
from berichten.opslag.financien.betalingen import read_bestand
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.financien.keur_betaalrun import CSV, PAIN, BestandFout, unpack_bestand
from berichten.rapporten.boeken.betaalbestand import SCHEMA, Betaalbestand, Betaling, write_csv, write_pain001
from berichten.standaard.waarden.bsn import holds_bsn
from berichten.standaard.waarden.gemeenten import gemeenten
from berichten.standaard.waarden.iban import explain_iban, tidy_iban
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.eigenaar import as_owner
from tests.hulp.geld.betaal import ANDER, EIGEN_IBAN, IBANS, TARIEF, Kas

NAMEN = {AGB: "Jeugdhulp Ünïek & Zn. <Zorg>", ANDER: "=SOM(A1)"}
BESTAND = Betaalbestand(
    name_run(GEMEENTE, 12),
    datetime(2026, 6, 30, 22, 30, tzinfo=UTC),
    date(2026, 7, 2),
    Rekening(EIGEN_IBAN, "Gemeente Alphen aan den Rijn"),
    [
        Betaling(
            agb, Rekening(IBANS[agb], NAMEN[agb]), bedrag, name_betaling(GEMEENTE, 12, agb), describe_betaling("Alphen", 12, agb)
        )
        for agb, bedrag in ((AGB, 123_456_789), (ANDER, 5))
    ],
)


def texts(inhoud: bytes, naam: str) -> list[str | None]:
    """Texts of the elements of this name, in order."""
    return [element.text for element in etree.fromstring(inhoud).iter(f"{{*}}{naam}")]


def test_the_file_has_one_transfer_for_each_aanbieder_and_their_sum() -> None:
    inhoud = write_pain001(BESTAND)
    assert etree.QName(etree.fromstring(inhoud)).namespace == f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"
    assert texts(inhoud, "NbOfTxs") == ["2", "2"]
    assert texts(inhoud, "CtrlSum") == ["1234567.94", "1234567.94"]
    assert texts(inhoud, "InstdAmt") == ["1234567.89", "0.05"]
    assert {element.get("Ccy") for element in etree.fromstring(inhoud).iter("{*}InstdAmt")} == {"EUR"}
    assert texts(inhoud, "EndToEndId") == ["0484-12-42420001", "0484-12-42420002"]
    assert texts(inhoud, "IBAN") == [EIGEN_IBAN, IBANS[AGB], IBANS[ANDER]]
    assert texts(inhoud, "MsgId") == texts(inhoud, "PmtInfId") == ["0484-BETAALRUN-12"]
    assert texts(inhoud, "Cd") == ["SEPA"]
    # Half past ten in the evening in UTC is the next day in the Netherlands.
    assert (texts(inhoud, "CreDtTm"), texts(inhoud, "Dt")) == (["2026-07-01T00:30:00"], ["2026-07-02"])
    assert texts(inhoud, "Nm")[2:] == ["Jeugdhulp Uniek + Zn.  Zorg ", " SOM(A1)"]
    assert [holds_bsn(regel or "") for regel in texts(inhoud, "Ustrd")] == [False, False]


def test_banks_that_read_text_find_the_usual_first_line_and_an_element_on_each_line() -> None:
    """Some programs of banks compare the declaration as text, and people look at the file in a plain editor."""
    inhoud = write_pain001(BESTAND)
    regels = inhoud.decode().split("\n")
    assert regels[0] == '<?xml version="1.0" encoding="UTF-8"?>'
    assert sum("<CdtTrfTxInf>" in regel for regel in regels) == 2
    assert max(regel.count("</") for regel in regels) == 1
    try_valid_xml(inhoud, SCHEMA)


def test_the_same_run_gives_the_same_bytes() -> None:
    assert write_pain001(BESTAND) == write_pain001(BESTAND)


def test_a_file_that_a_bank_would_refuse_is_not_made() -> None:
    inhoud = write_pain001(BESTAND)
    with pytest.raises(ValidationError):
        try_valid_xml(inhoud.replace(b"<EndToEndId>", b"<EndToEndId>" + b"x" * 35), SCHEMA)
    with pytest.raises(ValidationError):
        try_valid_xml(inhoud.replace(EIGEN_IBAN.encode(), b"91"), SCHEMA)


def test_the_table_has_decimal_commas_and_no_formulas() -> None:
    regels = write_csv(BESTAND).decode("utf-8-sig").split("\r\n")
    assert regels[0] == "kenmerk;agb;tenaamstelling;iban;bedrag;uitvoeringsdatum;omschrijving;rekening"
    assert regels[1].startswith(f"0484-12-42420001;42420001;{NAMEN[AGB]};{IBANS[AGB]};1234567,89;2026-07-02;")
    assert ";'=SOM(A1);" in regels[2]
    assert ";0,05;" in regels[2]
    assert write_csv(BESTAND).startswith(b"\xef\xbb\xbf")


def test_names_fit_a_bank_for_any_gemeente_and_run() -> None:
    for gemeente in gemeenten().values():
        assert len(describe_betaling(gemeente.naam, 2**40, "42420001")) <= 140
    assert max(len(name_betaling("0484", 2**40, "42420001")), len(name_run("0484", 2**40))) <= 35


@pytest.mark.parametrize(
    ("iban", "woorden"),
    [
        ("NL91 ABNA 0417 1643 00", None),
        ("de89370400440532013000", None),
        ("BE68539007547034", None),
        ("FR1420041010050500013M02606", None),
        ("NL91ABNA0417164301", "verwisseld"),
        ("NL19ABNA0417164300", "verwisseld"),
        ("NL91ABNA041716430", "18 tekens"),
        ("US91ABNA0417164300", "SEPA"),
        ("0417164300", "Dit is geen IBAN"),
        ("NL91ABNA0417164300²", "Dit is geen IBAN"),
        ("", "Dit is geen IBAN"),
    ],
)
def test_ibans(iban: str, woorden: str | None) -> None:
    fout = explain_iban(tidy_iban(iban))
    assert fout is None if woorden is None else woorden in (fout or "")


@pytest.mark.parametrize("naam", ["", "x" * 71, "東京", f"Voor {BSN}", "a\x00"])
def test_names_that_no_bank_can_print(naam: str) -> None:
    assert [veld for veld, _ in check_rekening(Rekening(EIGEN_IBAN, naam))] == ["tenaamstelling"]


@pytest.fixture
def kas(werkplaats: Werkplaats) -> Kas:
    kas = Kas(werkplaats)
    kas.declareer(4, 2)
    kas.declareer(3, agb=ANDER)
    assert sum(kas.betaal().values()) == 9 * TARIEF
    return kas


def test_the_file_ties_to_the_run_and_its_entries(kas: Kas) -> None:
    with kas.werkplaats.opslag.transaction() as verbinding:
        run_id, totaal = verbinding.execute(text("SELECT run_id, sum(bedrag) FROM betaalregel GROUP BY run_id")).one()
        inhoud = unpack_bestand(kas.werkplaats, verbinding, GEMEENTE, run_id, PAIN)
        tabel = unpack_bestand(kas.werkplaats, verbinding, GEMEENTE, run_id, CSV)
    assert inhoud is not None
    assert tabel is not None
    try_valid_xml(inhoud, SCHEMA)
    assert [int((bedrag or "").replace(".", "")) for bedrag in texts(inhoud, "CtrlSum")] == [totaal, totaal]
    bedragen = [int(regel.split(";")[4].replace(",", "")) for regel in tabel.decode("utf-8-sig").splitlines()[1:]]
    assert sum(bedragen) == totaal == 9 * TARIEF


def tamper(kas: Kas, *opdrachten: str) -> list[Any]:
    """Change the database as only the owner of its tables can, by taking the guards away; the differences that are then listed."""
    with as_owner(kas.werkplaats) as verbinding:
        for opdracht in (*(f"ALTER TABLE {tabel} DISABLE TRIGGER USER" for tabel in BEWAAKT), *opdrachten):
            verbinding.execute(text(opdracht))
    return kas.verschillen()


BEWAAKT = ("journaal", "betaalregel", "betaalopdracht", "betaalbestand")
EERSTE = "(SELECT min(prestatie_id) FROM betaalregel)"


@pytest.mark.parametrize(
    ("opdrachten", "wat", "gevonden"),
    [
        (
            [f"UPDATE journaal SET bedrag = 1 WHERE prestatie_id = {EERSTE}"],
            "betaalde boeking",
            f"{4 * TARIEF} aan aanbieder {AGB}",
        ),
        ([f"UPDATE journaal SET agb = '42429999' WHERE prestatie_id = {EERSTE}"], "betaalde boeking", f"aan aanbieder {AGB}"),
        ([f"DELETE FROM journaal WHERE prestatie_id = {EERSTE}"], "betaalde boeking", f"{4 * TARIEF}"),
        ([f"UPDATE betaalopdracht SET bedrag = 7 WHERE agb = '{AGB}'"], "bedrag van een betaling", "7 van 2 boekingen"),
        ([f"DELETE FROM betaalregel WHERE prestatie_id = {EERSTE}"], "bedrag van een betaling", f"{6 * TARIEF} van 2 boekingen"),
        (
            [
                "DROP INDEX betaalregel_eenmaal",
                "ALTER TABLE betaalregel DROP CONSTRAINT betaalregel_gemeente_run_id_agb_fkey",
                "INSERT INTO betaalregel SELECT gemeente, 99, agb, prestatie_id, boeking, bedrag FROM betaalregel"
                f" WHERE prestatie_id = {EERSTE}",
            ],
            "boeking in meer dan één betaalrun",
            "betaalruns",
        ),
        ([f"UPDATE betaalregel SET levend = false WHERE prestatie_id = {EERSTE}"], "boekingen van een betaalrun", "0 vast, 1 vrij"),
        (["DELETE FROM betaalbestand WHERE soort = 'csv'"], "bestanden van een betaalrun", "1"),
    ],
)
def test_what_does_not_tie_is_listed_by_name(kas: Kas, opdrachten: list[str], wat: str, gevonden: str) -> None:
    assert kas.verschillen() == []
    (verschil,) = tamper(kas, *opdrachten)
    assert verschil.wat == wat
    assert gevonden in verschil.gevonden
    assert verschil.verwacht != verschil.gevonden
    assert BSN not in str(verschil)


def test_a_proposal_over_a_changed_journal_is_not_approved(kas: Kas) -> None:
    (regel,) = kas.declareer(5)
    run = kas.stel_voor()
    tamper(kas, f"UPDATE journaal SET bedrag = 1 WHERE prestatie_id = {regel}")
    assert "volgens het journaal € 0,01" in kas.keur(run).melding


def test_a_file_that_was_changed_does_not_go_to_the_bank(kas: Kas) -> None:
    tamper(kas, "UPDATE betaalbestand SET sha256 = sha256 || '\\x00' WHERE soort = 'pain.001'")
    with kas.werkplaats.opslag.transaction() as verbinding:
        run_id = verbinding.execute(text("SELECT max(run_id) FROM betaalrun")).scalar_one()
        assert read_bestand(verbinding, GEMEENTE, run_id, PAIN) is not None
        with pytest.raises(BestandFout, match="veranderd"):
            unpack_bestand(kas.werkplaats, verbinding, GEMEENTE, run_id, PAIN)
