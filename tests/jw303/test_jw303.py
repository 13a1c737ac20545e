"""Care before 2021 (JW303): declaration and invoice, each with its exact JW304, and the books behind them."""

from datetime import date
from typing import Any

import pytest
from lxml import etree
from sqlalchemy import text

from berichten.kern.houder import Sleutelhouder
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.berichten.proef_bericht import Proef, rehearse
from berichten.processen.ontvangst.ontvang_bericht import check_sender
from berichten.standaard.deur.toelating import Weigering, admit
from tests.hulp.bouw import bouw, schemas
from tests.hulp.bouwstenen import AGB, ANDER_BSN, BSN, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, outcomes, send, toewijzing
from tests.hulp.jw303 import (
    APRIL,
    DECLARATIE,
    FACTUUR,
    MEI,
    TARIEF,
    Oud,
    journal_total,
    jw303,
    oude_toewijzing,
    read_jw304,
)  # fmt: skip

TOEGEKEND = ("toegekend", ())


@pytest.fixture
def gemeente(werkplaats: Werkplaats) -> Werkplaats:
    """Allocation 600 of twenty hours a month in 2020."""
    assert send(werkplaats, oude_toewijzing(600))["status"] == "verwerkt"
    return werkplaats


@pytest.mark.parametrize("release", ["3.0", "2.3"])
@pytest.mark.parametrize(("code", "retour"), [(DECLARATIE, "433"), (FACTUUR, "451")])
def test_all_awarded_gives_a_header_only(gemeente: Werkplaats, release: str, code: str, retour: str) -> None:
    resultaat = send(gemeente, jw303(APRIL, [Oud("A", 600)], code=code, release=release, nummer="F2020001"))
    assert outcomes(resultaat) == {"A": TOEGEKEND}
    assert (resultaat["soort"], resultaat["identificatie"], resultaat["status"]) == ("JW303", "F2020001", "verwerkt")
    assert resultaat["retourcodes"] == ["8001"]
    assert resultaat["declaratieRetourcodes"] == []
    assert read_jw304(resultaat) == {
        "code": retour, "nummer": "F2020001", "bedragen": (78050, 78050), "codes": ["8001"], "clienten": {},
    }  # fmt: skip
    assert journal_total(gemeente) == 78050


def test_a_declaration_is_awarded_in_part(gemeente: Werkplaats) -> None:
    resultaat = send(gemeente, jw303(APRIL, [Oud("A", 600, volume=25), Oud("B", 600, maand=date(2020, 3, 1))]))
    assert outcomes(resultaat) == {"A": ("toegekend", ("TR321", "IV056")), "B": TOEGEKEND}
    assert [item["toegekendBedrag"] for item in resultaat["prestaties"]] == [156100, 78050]
    antwoord = read_jw304(resultaat)
    assert antwoord["bedragen"] == (273175, 234150)
    assert antwoord["codes"] == ["0200"]
    assert antwoord["clienten"] == {BSN: (["0200"], {"A": (156100, ["9321"])})}
    assert journal_total(gemeente) == 234150


def test_an_invoice_is_awarded_whole_or_not_at_all(gemeente: Werkplaats) -> None:
    regels = [Oud("A", 600, volume=25), Oud("B", 600, maand=date(2020, 3, 1))]
    resultaat = send(gemeente, jw303(APRIL, regels, code=FACTUUR))
    assert outcomes(resultaat) == {"A": ("afgewezen", ("TR321",)), "B": TOEGEKEND}
    antwoord = read_jw304(resultaat)
    assert antwoord["bedragen"] == (273175, 78050)
    assert antwoord["clienten"] == {BSN: (["0200"], {"A": (0, ["9321"])})}
    assert journal_total(gemeente) == 78050


def test_fields_that_nobody_judges_go_back_unchanged(gemeente: Werkplaats) -> None:
    regel = {
        "BeschikkingNummer": 77,
        "ToewijzingNummer": 999,
        "IngediendeBedragPrestatie": {"Verrekenpercentage": 5000},
        "Commentaar": "Overleg met het lokale team",
    }
    geboren = {"Datum": "2014-05-01", "DatumGebruik": 1}
    client = {"Naam": {"Geslachtsnaam": {"Voorvoegsel": "van"}}, "Commentaar": "Graag snel", "Geboortedatum": geboren}
    boom = {"Clienten/Client": client, "Regel": regel}
    antwoord = send(gemeente, bouw("JW303", boom))["antwoord"]
    heen, terug = etree.fromstring(bouw("JW303", boom)), antwoord
    assert [terug.findtext(f".//{{*}}Client/{{*}}{naam}") for naam in ("Bsn", "Geslacht", "Commentaar")] == [BSN, "1", "Graag snel"]
    for naam in ("Naam", "Geboortedatum", "IngediendeBedragPrestatie", "ProductReferentie", "ProductPeriode"):
        assert _texts(terug.find(f".//{{*}}{naam}")) == _texts(heen.find(f".//{{*}}{naam}"))
    teruggestuurd = terug.find(".//{*}Prestatie")
    assert [teruggestuurd.findtext(f"{{*}}{naam}") for naam in ("BeschikkingNummer", "ToewijzingNummer", "Commentaar")] == [
        "77", "999", "Overleg met het lokale team",
    ]  # fmt: skip


def _texts(element: Any) -> list[tuple[str, str]]:
    return [(etree.QName(item).localname, (item.text or "").strip()) for item in element.iter()]


@pytest.mark.parametrize("code", [DECLARATIE, FACTUUR])
def test_a_client_without_allocation_goes_back_unjudged(gemeente: Werkplaats, code: str) -> None:
    resultaat = send(gemeente, jw303(APRIL, [Oud("A", 600), Oud("B", 601, bsn=ANDER_BSN)], code=code))
    assert outcomes(resultaat) == {"A": TOEGEKEND, "B": ("niet_beoordeeld", ())}
    assert read_jw304(resultaat)["clienten"] == {ANDER_BSN: (["8187"], {"B": (0, ["0233"])})}
    # A line that was not judged has not used its reference.
    assert outcomes(send(gemeente, jw303(APRIL, [Oud("B", 600, maand=MEI)], code=code)))["B"][1] == ("TR319",)


def test_a_line_without_number_finds_its_allocation(gemeente: Werkplaats) -> None:
    resultaat = send(gemeente, jw303(APRIL, [Oud("A", None), Oud("B", None, code="45A49")]))
    assert outcomes(resultaat) == {"A": TOEGEKEND, "B": ("afgewezen", ("TR303",))}
    assert [item["toewijzingnummer"] for item in resultaat["prestaties"]] == [600, None]
    antwoord = read_jw304(resultaat)
    assert antwoord["clienten"] == {BSN: (["0200"], {"B": (0, ["0551"])})}
    assert resultaat["antwoord"].find(".//{*}Prestatie/{*}ToewijzingNummer") is None


def test_vat_and_a_servicebureau(gemeente: Werkplaats) -> None:
    """VAT is part of the amount and stays in proportion when less is awarded."""
    kop = {"Servicebureau": "98000001", "BetalingAanID": "01"}
    regels = [Oud("A", 600, volume=25, btw=33865), Oud("B", 600, maand=date(2020, 3, 1))]
    antwoord = read_jw304(resultaat := send(gemeente, jw303(APRIL, regels, **kop)))
    assert antwoord["bedragen"] == (273175, 234150)
    wortel = resultaat["antwoord"]
    velden = ("Servicebureau", "BetalingAanID", "BtwIDNummer", "BtwBedrag/{*}Bedrag")
    assert [wortel.findtext(f".//{{*}}{naam}") for naam in velden] == ["98000001", "01", "NL001234567B01", "33865"]
    regels = [Oud("C", 600, volume=25, btw=33865)]
    assert outcomes(send(gemeente, jw303(MEI, regels, code=FACTUUR, **kop)))["C"] == ("afgewezen", ("TR321",))


def test_vat_is_in_the_tariff_of_a_declaration(gemeente: Werkplaats) -> None:
    """Without BerekendBedrag, VAT may come on top of an invoice only."""
    regels = [Oud("A", 600, btw=16391, bedrag=94441, berekend=False)]
    resultaat = send(gemeente, jw303(APRIL, regels))
    assert outcomes(resultaat) == {"A": ("toegekend", ("IV060", "IV056"))}
    assert read_jw304(resultaat)["bedragen"] == (94441, 78050)
    factuur = [Oud("B", 600, maand=MEI, btw=16391, bedrag=94441, berekend=False)]
    assert outcomes(send(gemeente, jw303(MEI, factuur, code=FACTUUR))) == {"B": TOEGEKEND}


def test_a_message_rejected_as_a_whole_uses_nothing_up(gemeente: Werkplaats) -> None:
    fout = send(gemeente, jw303(APRIL, [Oud("A", 600)], nummer="F1", DeclaratieFactuurBedragen={
        "DeclaratieFactuurTotaalBedrag": {"TotaalBedrag": 1}}))  # fmt: skip
    assert (fout["status"], fout["retourcodes"]) == ("afgekeurd", ["0001"])
    assert read_jw304(fout) == {"code": "433", "nummer": "F1", "bedragen": (1, 0), "codes": ["0001"], "clienten": {}}
    assert outcomes(send(gemeente, jw303(APRIL, [Oud("A", 600)], nummer="F1"))) == {"A": TOEGEKEND}
    dubbel = send(gemeente, jw303(MEI, [Oud("B", 600)], nummer="F1"))
    assert read_jw304(dubbel)["codes"] == ["0030"]
    assert read_jw304(send(gemeente, jw303(date(2020, 3, 1), [Oud("C", 600)])))["codes"] == ["8214"]
    assert journal_total(gemeente) == 78050


def test_care_from_2021_is_refused_with_the_way_to_go(gemeente: Werkplaats) -> None:
    resultaat = send(gemeente, jw303(date(2021, 1, 1), [Oud("A", 600)], DeclaratieFactuurIdentificatie={
        "DeclaratiePeriode": {"Begindatum": "2021-01-01", "Einddatum": "2021-01-31"}, "DeclarantFactuurNummer": "F9",
        "FactuurDagtekening": "2021-02-15"}))  # fmt: skip
    assert (resultaat["status"], resultaat["retourcodes"]) == ("afgekeurd", ["0001"])
    assert "Dien hulp vanaf 1 januari 2021 in met een JW323" in resultaat["fouten"][0]["melding"]


def test_old_and_new_declarations_share_an_allocation(werkplaats: Werkplaats) -> None:
    """Twenty hours in all, and a budget, over the turn of the year: what one message uses, the other does not find."""
    send(werkplaats, toewijzing(620, Ingangsdatum="2020-12-01", Einddatum="2021-12-31", Omvang={
        "Volume": 20, "Eenheid": "04", "Frequentie": "6"}))  # fmt: skip
    budget: dict[str, Any] = {"Product/Code": None, "Omvang": None, "Budget": 20 * TARIEF}
    send(werkplaats, toewijzing(621, Ingangsdatum="2020-12-01", Einddatum="2021-12-31", **budget))
    december, juni = date(2020, 12, 1), date(2021, 6, 1)
    oud = [Oud("A", 620, maand=december, volume=12), Oud("B", 621, maand=december, volume=12)]
    assert outcomes(send(werkplaats, jw303(december, oud))) == {"A": TOEGEKEND, "B": TOEGEKEND}
    nieuw = declaratie(juni, [Regel("A", 620, juni, 9), Regel("B", 621, juni, 9)])
    assert {item["regels"][0] for item in send(werkplaats, nieuw)["prestaties"]} == {"TR322", "TR369"}
    past = declaratie(juni, [Regel("C", 620, juni, 8), Regel("D", 621, juni, 8)])
    assert outcomes(send(werkplaats, past)) == {"C": TOEGEKEND, "D": ("toegekend", ("DA09",))}
    rest = send(werkplaats, jw303(december, [Oud("E", 620, maand=december, volume=1), Oud("F", 621, maand=december, volume=1)]))
    assert outcomes(rest) == {"E": ("afgewezen", ("TR322",)), "F": ("afgewezen", ("TR322",))}


def test_an_allocation_of_another_aanbieder(gemeente: Werkplaats) -> None:
    send(gemeente, oude_toewijzing(630, agb="42420002"))
    alles = send(gemeente, jw303(APRIL, [Oud("A", 630)]))
    assert read_jw304(alles)["codes"] == ["9311"]
    deel = send(gemeente, jw303(APRIL, [Oud("A", 630), Oud("B", 600)]))
    assert outcomes(deel) == {"A": ("afgewezen", ("TR303",)), "B": TOEGEKEND}


def test_agreed_tariffs_and_the_way_of_billing(gemeente: Werkplaats) -> None:
    with gemeente.opslag.transaction() as verbinding:
        verbinding.execute(text(
            "INSERT INTO tarief (gemeente, agb, productcode, opleidingsniveau, eenheid, tarief, ingangsdatum)"
            " VALUES ('0484', '', '45A48', '', '04', 7560, '2020-01-01')"))  # fmt: skip
        verbinding.execute(text(
            "INSERT INTO declaratiewijze (gemeente, agb, wijze, ingangsdatum) VALUES ('0484', '42420001', 'factuur', '2020-05-01')"
        ))  # fmt: skip
    resultaat = send(gemeente, jw303(APRIL, [Oud("A", 600)]))
    assert read_jw304(resultaat)["clienten"] == {BSN: (["0200"], {"A": (75600, ["0611"])})}
    assert read_jw304(send(gemeente, jw303(MEI, [Oud("B", 600)])))["codes"] == ["8855"]
    factuur = send(gemeente, jw303(MEI, [Oud("B", 600, tarief=7560)], code=FACTUUR))
    assert outcomes(factuur) == {"B": TOEGEKEND}


def test_tariffs_of_later_years_say_nothing_of_care_before_2021(gemeente: Werkplaats) -> None:
    with gemeente.opslag.transaction() as verbinding:
        verbinding.execute(text(
            "INSERT INTO tarief (gemeente, agb, productcode, opleidingsniveau, eenheid, tarief, ingangsdatum)"
            " VALUES ('0484', '', '45A48', '', '04', 9999, '2024-01-01')"))  # fmt: skip
    assert outcomes(send(gemeente, jw303(APRIL, [Oud("A", 600)]))) == {"A": TOEGEKEND}


def test_the_answer_is_due_in_twenty_working_days(gemeente: Werkplaats) -> None:
    """Received on Tuesday 30 June 2026; no holidays in July."""
    send(gemeente, jw303(APRIL, [Oud("A", 600)]))
    with gemeente.opslag.transaction() as verbinding:
        termijn = verbinding.execute(text("SELECT antwoord_uiterlijk_op FROM bericht WHERE soort = 'JW303'")).scalar_one()
    assert termijn == date(2026, 7, 28)


@pytest.mark.parametrize("release", ["3.0", "2.3"])
def test_a_rehearsal_tells_the_truth_and_keeps_nothing(gemeente: Werkplaats, release: str) -> None:
    inhoud = jw303(APRIL, [Oud("A", 600, volume=25), Oud("B", 999)], release=release)
    proef = rehearse(gemeente, inhoud, None)
    assert isinstance(proef, Proef)
    assert journal_total(gemeente) == 0
    echt = send(gemeente, inhoud)
    for veld in ("status", "retourcodes", "toegekendBedrag", "prestaties", "bevindingen"):
        assert proef.beschrijving[veld] == echt[veld]


def test_only_the_key_of_the_aanbieder_may_send_it() -> None:
    """Also through a servicebureau: that sends with the key of the aanbieder for whom it works."""
    bericht = admit(jw303(APRIL, [Oud("A", 600)], Servicebureau="98000001"), schemas())
    assert not isinstance(bericht, Weigering)
    assert check_sender(bericht, Sleutelhouder(GEMEENTE, "s", "aanbieder", AGB)) is None
    for houder in (Sleutelhouder(GEMEENTE, "s", "aanbieder", "98000001"), Sleutelhouder("0363", "s", "aanbieder", AGB)):
        fout = check_sender(bericht, houder)
        assert fout is not None
        assert fout.pad in ("Bericht/Header/Aanbieder", "Bericht/Header/Gemeente")
