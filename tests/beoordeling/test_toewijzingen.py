"""Allocations through the real pipeline: versions, what may change under one number, removal, and what the JW302 says."""

from datetime import date

import pytest
from sqlalchemy import text

from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.regie import UREN_PER_WEEK, Regie, antwoordcodes, start, toewijzing

NUMMER, ANDER = 5001, 5002
INGANG = date(2026, 1, 5)
LATER = date(2026, 3, 2)
VERWIJDERD = toewijzing(NUMMER, eind="2026-01-05", RedenWijziging="13", Toewijzingsdatum=LATER)


@pytest.fixture
def regie(werkplaats: Werkplaats) -> Regie:
    """A pipeline in which nothing was sent yet."""
    return Regie(werkplaats)


def huidig(regie: Regie, nummer: int = NUMMER) -> tuple:
    """Einddatum, Toewijzingsdatum and version that count now."""
    with regie.werkplaats.opslag.transaction() as verbinding:
        vraag = text("SELECT einddatum, toewijzingsdatum, versie FROM toewijzing WHERE gemeente = :g AND toewijzingnummer = :n")
        return tuple(verbinding.execute(vraag, {"g": GEMEENTE, "n": nummer}).one())


def test_newer_version_replaces_the_older_one_and_both_are_kept(regie: Regie) -> None:
    regie.stuur(toewijzing(NUMMER))
    verlengd = regie.stuur(toewijzing(NUMMER, eind="2027-03-31", RedenWijziging="04", Toewijzingsdatum=LATER))
    assert (verlengd.status, verlengd.signalen) == ("verwerkt", [])
    assert huidig(regie) == (date(2027, 3, 31), LATER, 2)
    assert regie.tel("toewijzing_versie") == 2


def test_time_decides_between_versions_of_one_day(regie: Regie) -> None:
    regie.stuur(toewijzing(NUMMER, Toewijzingstijd="10:00:00"))
    regie.stuur(toewijzing(NUMMER, eind="2026-08-31", RedenWijziging="05", Toewijzingstijd="09:59:00"))
    assert huidig(regie)[0] == date(2026, 12, 31)
    regie.stuur(toewijzing(NUMMER, eind="2026-09-30", RedenWijziging="05", Toewijzingstijd="10:01:00"))
    assert huidig(regie)[0] == date(2026, 9, 30)


def test_older_version_that_arrives_later_is_kept_but_is_not_current(regie: Regie) -> None:
    eerste = regie.stuur(toewijzing(NUMMER, eind="2026-08-31", RedenWijziging="05", Toewijzingsdatum=LATER))
    assert eerste.signalen == []
    ouder = regie.stuur(toewijzing(NUMMER))
    assert (ouder.status, ouder.signalen) == ("verwerkt", [])
    assert huidig(regie) == (date(2026, 8, 31), LATER, 1)
    assert regie.tel("toewijzing_versie") == 2


def test_same_version_sent_again_makes_no_new_version(regie: Regie) -> None:
    oud, nieuw = toewijzing(NUMMER), toewijzing(NUMMER, eind="2026-08-31", RedenWijziging="05", Toewijzingsdatum=LATER)
    for versie in (oud, oud, nieuw, nieuw, oud):
        assert regie.stuur(versie).status == "verwerkt"
    assert regie.tel("toewijzing_versie") == 2
    assert huidig(regie) == (date(2026, 8, 31), LATER, 2)


@pytest.mark.parametrize(
    ("wijziging", "anders"),
    [
        ({"code": "45A05"}, "een ander product"),
        ({"Ingangsdatum": "2026-01-06"}, "een andere ingangsdatum"),
    ],
)
def test_number_of_another_allocation_is_refused(regie: Regie, wijziging: dict, anders: str) -> None:
    regie.stuur(toewijzing(NUMMER))
    uitkomst = regie.stuur(toewijzing(NUMMER, Toewijzingsdatum=LATER, **wijziging))
    assert uitkomst.regels == ["TR332"]
    assert anders in uitkomst.meldingen[0]
    assert antwoordcodes(uitkomst)["ToegewezenProduct"] == ["9332"]
    assert regie.tel("toewijzing_versie") == 1


def test_number_of_another_aanbieder_or_client_is_refused(regie: Regie) -> None:
    regie.stuur(toewijzing(NUMMER))
    assert regie.stuur(toewijzing(NUMMER), agb="42420002").regels == ["TR332"]
    assert regie.stuur(toewijzing(NUMMER), bsn="999900018").regels == ["TR332"]


def test_one_bad_allocation_keeps_all_of_the_message_out(regie: Regie) -> None:
    regie.stuur(toewijzing(NUMMER))
    uitkomst = regie.stuur(toewijzing(ANDER, code="45A05"), toewijzing(NUMMER, Ingangsdatum=date(2026, 1, 6)))
    assert uitkomst.uitkomsten == ["niet_beoordeeld", "afgewezen"]
    codes = antwoordcodes(uitkomst)
    assert (codes["ToegewezenProduct[1]"], codes["ToegewezenProduct[2]"]) == (["0200"], ["9332"])
    assert (codes["Header"], codes["Client"], codes["Contact"]) == (["0200"], ["0200"], ["0200"])
    assert "0233" not in {code for lijst in codes.values() for code in lijst}
    assert regie.tel("toewijzing") == 1
    assert regie.stuur(start(ANDER, LATER)).regels == ["TR019"]


def test_accepted_allocation_is_answered_with_a_header_without_codes(regie: Regie) -> None:
    uitkomst = regie.stuur(toewijzing(NUMMER))
    assert antwoordcodes(uitkomst) == {}
    assert b"Client" not in uitkomst.antwoord


SIGNALEN = {
    "andere eenheid": (UREN_PER_WEEK, (3, "01", "2"), ["DA16"]),
    "andere frequentie": (UREN_PER_WEEK, (3, "04", "4"), ["DA16"]),
    "ander volume per week": (UREN_PER_WEEK, (4, "04", "2"), ["DA16"]),
    "ander volume voor het geheel": ((30, "04", "6"), (40, "04", "6"), []),
    "zelfde omvang": (UREN_PER_WEEK, UREN_PER_WEEK, []),
}


@pytest.mark.parametrize(("was", "wordt", "signalen"), SIGNALEN.values(), ids=SIGNALEN)
def test_change_that_needs_a_new_number_is_taken_over_with_a_signal(
    regie: Regie, was: tuple, wordt: tuple, signalen: list[str]
) -> None:
    regie.stuur(toewijzing(NUMMER, omvang=was))
    uitkomst = regie.stuur(toewijzing(NUMMER, omvang=wordt, RedenWijziging="14", Toewijzingsdatum=LATER))
    assert (uitkomst.status, uitkomst.regels, uitkomst.signalen) == ("verwerkt", [], signalen)
    assert antwoordcodes(uitkomst) == {}
    assert huidig(regie)[2] == 2


def test_first_version_with_retroactive_force_is_signalled_and_taken_over(regie: Regie) -> None:
    op_de_dag = regie.stuur(toewijzing(NUMMER, Toewijzingsdatum=INGANG))
    te_laat = regie.stuur(toewijzing(ANDER, Toewijzingsdatum=date(2026, 1, 6)))
    later = regie.stuur(toewijzing(NUMMER, eind="2026-08-31", RedenWijziging="05", Toewijzingsdatum=LATER))
    assert [item.signalen for item in (op_de_dag, te_laat, later)] == [[], ["DA08"], []]
    assert te_laat.status == "verwerkt"
    assert "5 januari 2026" in te_laat.meldingen[0]
    assert regie.tel("toewijzing") == 2


def test_removal_is_refused_while_an_awarded_line_stands(regie: Regie) -> None:
    regie.stuur(toewijzing(NUMMER))
    assert regie.declareer(NUMMER, "RN1").status == "verwerkt"
    geweigerd = regie.stuur(VERWIJDERD)
    assert geweigerd.regels == ["TR385"]
    assert antwoordcodes(geweigerd)["ToegewezenProduct"] == ["9385"]
    assert "€ 302,40" in geweigerd.meldingen[0]
    assert huidig(regie)[0] == date(2026, 12, 31)
    regie.declareer(NUMMER, "RN2", credit_van="RN1")
    assert regie.stuur(VERWIJDERD).status == "verwerkt"
    assert huidig(regie)[0] == INGANG


def test_line_whose_answer_has_not_left_counts_too(regie: Regie) -> None:
    regie.stuur(toewijzing(NUMMER))
    regie.declareer(NUMMER, "RN1")
    regie.voer_uit("DELETE FROM antwoord WHERE soort = 'JW325'")
    assert regie.stuur(VERWIJDERD).regels == ["TR385"]


@pytest.mark.parametrize("uitkomst", ["ter_beoordeling", "afgewezen"])
def test_removal_is_accepted_when_no_line_is_awarded(regie: Regie, uitkomst: str) -> None:
    regie.stuur(toewijzing(NUMMER))
    regie.declareer(NUMMER, "RN1")
    regie.voer_uit(f"UPDATE prestatie SET uitkomst = '{uitkomst}'")
    assert regie.stuur(VERWIJDERD).status == "verwerkt"


def test_lines_on_another_allocation_do_not_hinder_a_removal(regie: Regie) -> None:
    regie.stuur(toewijzing(NUMMER))
    regie.stuur(toewijzing(ANDER))
    regie.declareer(ANDER, "RN1")
    assert regie.stuur(VERWIJDERD).status == "verwerkt"


def test_removed_allocation_may_be_restored_by_a_newer_version(regie: Regie) -> None:
    regie.stuur(toewijzing(NUMMER))
    regie.stuur(VERWIJDERD)
    assert regie.stuur(start(NUMMER, LATER)).regels == ["TR019"]
    regie.stuur(toewijzing(NUMMER, RedenWijziging="14", Toewijzingsdatum="2026-03-09"))
    assert regie.stuur(start(NUMMER, LATER)).status == "verwerkt"


def test_unknown_gemeente_may_not_allocate(regie: Regie) -> None:
    uitkomst = regie.stuur(toewijzing(NUMMER), gemeente="9999")
    assert (uitkomst.regels, antwoordcodes(uitkomst)) == (["TR378"], {"Header": ["S300"]})


def test_gemeente_that_merged_may_still_change_an_allocation_of_before(regie: Regie) -> None:
    van_voor = toewijzing(NUMMER, Ingangsdatum=date(2022, 6, 1), eind="2022-12-31", Toewijzingsdatum=date(2022, 5, 1))
    assert regie.stuur(van_voor, gemeente="0501").status == "verwerkt"
    assert regie.stuur(toewijzing(ANDER), gemeente="0501").regels == ["TR378"]
