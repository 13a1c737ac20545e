"""The gemeente's own rules with their facts in the database: loaded as files, and held against messages that come in."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from berichten.opslag.berichten.bevindingen import list_bevindingen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.voorbeelden.stad.referentie import KOLOMMEN
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import AGB, ANDER_BSN
from tests.hulp.declareer import Regel, declaratie, outcomes, send, toewijzing

JAN, FEB, MRT, APR, MEI = (date(2026, maand, 1) for maand in range(1, 6))


def laad(werkplaats: Werkplaats, soort: str, *regels: str) -> None:
    """Load rows of a reference file; each without its gemeente."""
    inhoud = "\n".join([KOLOMMEN[soort], *(f"0484;{regel}" for regel in regels)]) + "\n"
    inlezing = load_referentie(werkplaats, soort, inhoud.encode())
    assert not inlezing.fouten, [fout.melding for fout in inlezing.fouten]


@pytest.fixture
def plek(werkplaats: Werkplaats) -> Werkplaats:
    """A catalogue with two products, tariffs for two levels, and allocation 500 of forty hours a month."""
    laad(werkplaats, "aanbieders", f"{AGB};Jeugdzorg De Plas")
    laad(
        werkplaats,
        "pdc",
        "45A48;Begeleiding;45;04;inspanning;Begeleiding individueel;4;;SKJ;5.2;2020-01-01;",
        "45A49;Behandeling;45;04;inspanning;Behandeling individueel;5;;;5.2;2020-01-01;",
    )
    laad(werkplaats, "tarieven", *(f";{code};{niveau}" for code in ("45A48", "45A49") for niveau in _TARIEVEN))
    send(werkplaats, toewijzing(500, Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "4"}))
    return werkplaats


_TARIEVEN = ("HBO;04;7805;2020-01-01;", "WO;04;11160;2020-01-01;")


def found(resultaat: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Rules by reference."""
    return {referentie: regels for referentie, (_, regels) in outcomes(resultaat).items()}


def facts(werkplaats: Werkplaats, resultaat: dict[str, Any]) -> list[dict[str, Any]]:
    """The numbers of each finding, in order."""
    with werkplaats.opslag.transaction() as verbinding:
        return [item.gegevens for _, item in list_bevindingen(verbinding, "0484", UUID(resultaat["berichtId"]))]


def minuten(referentie: str, maand: date, volume: int, nummer: int = 500, code: str = "45A48") -> Regel:
    """A line in minutes at the rounded rate of the HBO tariff."""
    return Regel(referentie, nummer, maand, volume, tarief=130, eenheid="01", code=code, bedrag=(7805 * volume + 30) // 60)


def test_records_by_reference_and_by_month(plek: Werkplaats) -> None:
    laad(
        plek,
        "verantwoording",
        f"{AGB};A;;;2026-01-10;510;direct;HBO;SKJ",
        f"{AGB};A;;;2026-01-17;90;no_show;HBO;SKJ",
        f"{AGB};;500;2026-02;;300;direct;HBO;SKJ",
        f"{AGB};;500;2026-02;;60;afgezegd;HBO;geen",
    )
    januari = send(plek, declaratie(JAN, [minuten("A", JAN, 600)]))
    assert outcomes(januari) == {"A": ("ter_beoordeling", ("DA01",))}
    assert (januari["status"], januari["antwoord"]) == ("ter_beoordeling", None)
    assert facts(plek, januari)[0] == {"gedeclareerd": 600, "clientgebonden": 510, "minuten": 90, "op_andere_regels": ""}
    assert (januari["toegekendBedrag"], januari["teBeoordelenBedrag"]) == (0, 78050)


def test_lines_of_two_messages_use_up_the_records_of_their_month(plek: Werkplaats) -> None:
    send(plek, toewijzing(501, Product={"Categorie": "45", "Code": None}, Omvang=None, Budget=900000))
    laad(plek, "verantwoording", f"{AGB};;501;2026-02;;300;direct;HBO;SKJ", f"{AGB};;501;2026-02;;60;afgezegd;HBO;SKJ")
    assert found(send(plek, declaratie(FEB, [minuten("B", FEB, 200, 501)]))) == {"B": ()}
    tweede = send(plek, declaratie(MRT, [minuten("C", FEB, 200, 501, "45A49")], identificatie="LATER"))
    assert found(tweede) == {"C": ("DA04", "DA06")}
    assert [item["minuten"] for item in facts(plek, tweede)] == [60, 40]


def test_a_credit_gives_the_records_back(plek: Werkplaats) -> None:
    laad(plek, "verantwoording", f"{AGB};;500;2026-02;;300;direct;HBO;SKJ")
    assert found(send(plek, declaratie(FEB, [minuten("B", FEB, 300)]))) == {"B": ()}
    opnieuw = declaratie(MRT, [Regel("C", 500, FEB, 300, 130, "01", vorig="B", bedrag=39025), minuten("D", FEB, 290)])
    assert found(send(plek, opnieuw)) == {"C": (), "D": ()}


def test_a_credit_gives_back_what_its_own_debit_used(plek: Werkplaats) -> None:
    """A was billed on records of its own: its credit leaves those of the month alone, which B used up."""
    send(plek, toewijzing(501, Product={"Categorie": "45", "Code": None}, Omvang=None, Budget=900000))
    laad(plek, "verantwoording", f"{AGB};A;;;2026-02-10;200;direct;HBO;SKJ", f"{AGB};;501;2026-02;;300;direct;HBO;SKJ")
    eerste = declaratie(FEB, [minuten("A", FEB, 200, 501), minuten("B", FEB, 300, 501, "45A49")])
    assert found(send(plek, eerste)) == {"A": (), "B": ()}
    opnieuw = declaratie(MRT, [Regel("C", 501, FEB, 200, 130, "01", vorig="A", bedrag=26017), minuten("D", FEB, 50, 501)])
    assert found(send(plek, opnieuw)) == {"C": (), "D": ("DA06",)}


def test_a_frame_sees_a_product_as_the_catalogue_had_it(plek: Werkplaats) -> None:
    """45A48 moved from segment 4 to 5 in February: its care of January is still care in segment 4."""
    laad(
        plek,
        "pdc",
        "45A48;Begeleiding;45;04;inspanning;Begeleiding individueel;4;;SKJ;5.2;2020-01-01;2026-01-31",
        "45A48;Begeleiding;45;04;inspanning;Begeleiding individueel;5;;SKJ;5.2;2026-02-01;",
    )
    laad(plek, "kaders", "Behandeling;5;;;900;2020-01-01;")
    laad(plek, "bestedingsruimte", f"{AGB};5;2026-01-01;2026-12-31;120000;plafond")
    assert found(send(plek, declaratie(JAN, [Regel("A", 500, JAN, 10)]))) == {"A": ()}
    assert found(send(plek, declaratie(FEB, [Regel("B", 500, FEB, 15)]))) == {"B": ()}
    assert found(send(plek, declaratie(MRT, [Regel("C", 500, MRT, 1)]))) == {"C": ("DA10", "DA12")}


def test_level_against_family_plan_and_people(plek: Werkplaats) -> None:
    laad(plek, "gezinsplanafspraken", "500;HBO;nee;2026-01-01;2026-02-28", "500;WO;nee;2026-03-01;")
    laad(plek, "verantwoording", f"{AGB};P3;;;2026-03-04;600;direct;HBO;geen")
    assert found(send(plek, declaratie(JAN, [Regel("P1", 500, JAN, 10, tarief=11160)]))) == {"P1": ("DA02",)}
    assert found(send(plek, declaratie(FEB, [Regel("P2", 500, FEB, 10)]))) == {"P2": ()}
    assert found(send(plek, declaratie(MRT, [Regel("P3", 500, MRT, 10)]))) == {"P3": ("DA05", "DA03")}


def test_frame_over_allocations_and_months(plek: Werkplaats) -> None:
    laad(plek, "kaders", "Begeleiding;4;;3;1200;2020-01-01;")
    send(plek, toewijzing(502, Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "4"}))
    send(plek, toewijzing(503, bsn=ANDER_BSN, Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "4"}))
    assert found(send(plek, declaratie(JAN, [Regel("A", 500, JAN, 8)]))) == {"A": ()}
    assert found(send(plek, declaratie(FEB, [Regel("B", 502, FEB, 12)]))) == {"B": ()}
    maart = send(plek, declaratie(MRT, [Regel("C", 500, MRT, 1), Regel("D", 503, MRT, 20, bsn=ANDER_BSN)]))
    assert found(maart) == {"C": ("DA10",), "D": ()}
    assert "het traject komt op 1.260 minuten" in maart["bevindingen"][0]["melding"]
    april = send(plek, declaratie(APR, [Regel("E", 502, APR, 1), Regel("F", 500, JAN, 8, vorig="A")]))
    # With A credited the course begins in February: E is its third month, and 12 + 1 + 1 hours are within the frame.
    assert found(april) == {"E": (), "F": ()}


def test_spending_room_and_ceiling(plek: Werkplaats) -> None:
    laad(
        plek,
        "bestedingsruimte",
        ";;2026-01-01;2026-12-31;999999999;plafond",
        f"{AGB};;2026-01-01;2026-03-31;200000;plafond",
        f"{AGB};4;2026-01-01;2026-12-31;150000;indicatief",
    )
    assert found(send(plek, declaratie(JAN, [Regel("A", 500, JAN, 19)]))) == {"A": ()}
    februari = send(plek, declaratie(FEB, [Regel("B", 500, FEB, 1)]))
    assert found(februari) == {"B": ("DA12",)}
    assert outcomes(februari)["B"][0] == "toegekend"
    maart = send(plek, declaratie(MRT, [Regel("C", 500, MRT, 6)]))
    assert outcomes(maart) == {"C": ("ter_beoordeling", ("DA12", "DA12"))}
    april = send(plek, declaratie(APR, [Regel("D", 500, APR, 1)]))
    assert outcomes(april) == {"D": ("toegekend", ("DA12",))}
    # Held C counts as used: 19 + 1 + 6 + 1 hours.
    assert facts(plek, april)[0]["gebruikt"] == 27 * 7805


def _melding(soort: str, **velden: Any) -> bytes:
    klasse = "StartProduct" if soort == "JW305" else "StopProduct"
    sleutel = {"ToewijzingNummer": "500", **velden}
    naam = f"{soort}{velden['Begindatum']}".replace("-", "")[2:]
    kop = {"BerichtIdentificatie": {"Identificatie": naam, "Dagtekening": "2026-06-15"}}
    return bouw(soort, {"Header": kop, "Client": {f"{klasse}en": {klasse: sleutel}}})


def test_delivery_as_the_aanbieder_reported_it(plek: Werkplaats) -> None:
    assert send(plek, _melding("JW305", Begindatum="2026-02-10"))["status"] == "verwerkt"
    stop = _melding("JW307", Begindatum="2026-02-10", Einddatum="2026-03-15", RedenBeeindiging="20")
    assert send(plek, stop)["status"] == "verwerkt"
    assert found(send(plek, declaratie(JAN, [Regel("A", 500, JAN, 1)]))) == {"A": ("DA13",)}
    assert found(send(plek, declaratie(MRT, [Regel("B", 500, FEB, 1), Regel("C", 500, MRT, 1)]))) == {"B": (), "C": ()}
    april = send(plek, declaratie(APR, [Regel("D", 500, APR, 1)]))
    assert outcomes(april) == {"D": ("toegekend", ("DA13",))}
    assert "in de tijdelijke stop die u meldde, na 15 maart 2026" in april["bevindingen"][0]["melding"]
    assert send(plek, _melding("JW305", Begindatum="2026-05-20"))["status"] == "verwerkt"
    assert found(send(plek, declaratie(MEI, [Regel("E", 500, MEI, 1)]))) == {"E": ()}


def test_birth_date_comes_from_the_newest_allocation(plek: Werkplaats) -> None:
    jong = toewijzing(510, Omvang={"Volume": 40, "Eenheid": "04", "Frequentie": "4"})
    oud = jong.replace(b"2014-05-06", b"2006-05-06").replace(b">510<", b">511<")
    oud = oud.replace(b"<ijw:Identificatie>T", b"<ijw:Identificatie>O")
    for inhoud in (jong, oud):
        assert send(plek, inhoud)["status"] == "verwerkt"
    resultaat = send(plek, declaratie(JAN, [Regel("A", 510, JAN, 1), Regel("B", 511, JAN, 1)]))
    assert found(resultaat) == {"A": (), "B": ("DA11",)}


def test_policy_changes_what_becomes_of_a_line(plek: Werkplaats) -> None:
    laad(plek, "regelbeleid", ";DA14;signaal;;2020-01-01;", f"{AGB};DA02;afwijzen;0611;2026-02-01;2026-02-28")
    laad(plek, "gezinsplanafspraken", "500;HBO;nee;2026-01-01;")
    januari = send(plek, declaratie(JAN, [Regel("A", 500, JAN, 1, tarief=11160)]))
    februari = send(plek, declaratie(FEB, [Regel("B", 500, FEB, 1, tarief=11160)]))
    assert outcomes(januari) == {"A": ("ter_beoordeling", ("DA02",))}
    assert outcomes(februari) == {"B": ("afgewezen", ("DA02",))}
    assert februari["prestaties"][0]["retourcodes"] == ["0611"]
    assert februari["antwoord"] is not None


def test_policy_on_an_allocation(werkplaats: Werkplaats) -> None:
    laad(werkplaats, "regelbeleid", ";DA08;afwijzen;0001;2026-01-01;2026-03-31")
    laat = {"Toewijzingsdatum": "2026-02-02", "Ingangsdatum": "2026-02-01"}
    assert send(werkplaats, toewijzing(520, **laat))["status"] == "afgekeurd"
    assert send(werkplaats, toewijzing(521, Toewijzingsdatum="2026-04-02", Ingangsdatum="2026-04-01"))["status"] == "verwerkt"


def test_what_was_missing_is_kept_with_the_line(plek: Werkplaats) -> None:
    send(plek, declaratie(JAN, [Regel("A", 500, JAN, 1)]))
    with plek.opslag.transaction() as verbinding:
        assert verbinding.execute(text("SELECT zonder_feiten FROM prestatie WHERE gemeente = '0484'")).scalar_one() == 85
