"""The numbers that the standard works out (IV076 to IV078, IV081, IV087, IV089), by the rule it states where an example errs."""

from datetime import date, time
from typing import Any

import pytest
from lxml import etree

from berichten.dossier.contract import amount_of_minuten, per_minuut
from berichten.dossier.dossier import Toewijzing
from berichten.dossier.volumes import most_in_all, most_in_periode
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.bouwstenen import ANDER_BSN
from tests.hulp.declareer import Regel, declaratie, outcomes, returned_total, send, toewijzing

JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)


def _toewijzing(begin: str, einde: str, volume: int, eenheid: str, frequentie: str = "2") -> Toewijzing:
    return Toewijzing(
        1, "42420001", "999900006", "45", "45A48", date.fromisoformat(begin), date.fromisoformat(einde), None, volume, eenheid,
        frequentie, None, date(2025, 1, 1), time(12), 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("begin", "einde", "eenheid", "volume", "van", "tot", "keren", "meest"),
    [
        # IV077: December 2025 is week 49 up to and including week 1.
        ("2025-01-01", "2026-12-31", "04", 3, "2025-12-01", "2025-12-31", 5, 15),
        # IV077, output at € 300 a week: October 2025 has four Sundays; from the 7th it has three; November has five.
        ("2025-10-01", "2026-03-31", "83", 30000, "2025-10-01", "2025-10-31", 4, 120000),
        ("2025-10-07", "2026-03-31", "83", 30000, "2025-10-07", "2025-10-31", 3, 90000),
        ("2025-10-01", "2026-03-31", "83", 30000, "2025-11-01", "2025-11-30", 5, 150000),
        # IV076, IV077: the broken last week counts in the period of the allocation's last Sunday, also when it ends a month later.
        ("2025-10-01", "2025-12-31", "82", 1, "2025-12-01", "2025-12-31", 5, 5),
        ("2025-10-01", "2025-12-02", "82", 1, "2025-11-01", "2025-11-30", 6, 6),
        ("2025-10-01", "2025-12-02", "82", 1, "2025-12-01", "2025-12-02", 0, 0),
        ("2025-10-01", "2025-11-30", "82", 1, "2025-11-01", "2025-11-30", 5, 5),
        # IV078: 12 to 30 November 2026 touches four weeks, so twelve hours; the first of them ends on the 15th.
        ("2026-11-12", "2027-02-28", "04", 3, "2026-11-12", "2026-11-30", 4, 12),
        ("2026-11-12", "2026-11-15", "04", 3, "2026-11-12", "2026-11-15", 1, 3),
        # IV076: four weeks of July at three hours leave room for twelve, of which ten were delivered.
        ("2026-07-06", "2026-12-31", "04", 3, "2026-07-06", "2026-07-31", 4, 12),
    ],
)
def test_most_for_a_period_by_the_week(
    begin: str, einde: str, eenheid: str, volume: int, van: str, tot: str, keren: int, meest: int
) -> None:
    maximum = most_in_periode(_toewijzing(begin, einde, volume, eenheid), date.fromisoformat(van), date.fromisoformat(tot))
    assert maximum is not None
    assert (maximum.keren, maximum.volume) == (keren, meest)


@pytest.mark.parametrize(
    ("begin", "einde", "eenheid"),
    [("2025-10-01", "2026-03-31", "82"), ("2025-10-07", "2025-12-02", "83"), ("2026-04-13", "2026-04-17", "82")],
)
def test_output_by_the_week_adds_up_to_the_whole(begin: str, einde: str, eenheid: str) -> None:
    """No Sunday is counted in two periods or in none: the periods together are the whole (IV076, IV077)."""
    item = _toewijzing(begin, einde, 1, eenheid)
    eerste, laatste = item.ingangsdatum, item.einddatum
    assert laatste is not None
    totaal, dag = 0, eerste
    while dag <= laatste:
        eind_maand = min(date(dag.year + dag.month // 12, dag.month % 12 + 1, 1).toordinal() - 1, laatste.toordinal())
        deel = most_in_periode(item, dag, date.fromordinal(eind_maand))
        totaal += deel.volume if deel else 0
        dag = date.fromordinal(eind_maand + 1)
    geheel = most_in_all(item, laatste)
    assert geheel is not None
    assert totaal == geheel.volume


@pytest.mark.parametrize(
    ("uurtarief", "minuten", "minuuttarief", "bedrag"),
    [
        (7560, 90, 126, 11340),  # € 75,60 an hour is € 1,26 a minute exactly
        (7805, 100, 130, 13008),  # € 1,3008…: the amount comes from the hourly tariff, not from 100 × € 1,30
        (7605, 2, 127, 254),  # 253,5 cents go up
        (5110, 45, 85, 3833),  # 3832,5 cents go up
        (6020, 3, 100, 301),
    ],
)
def test_hourly_tariff_billed_in_minutes(uurtarief: int, minuten: int, minuuttarief: int, bedrag: int) -> None:
    """IV081: the minute rate is for information; the amount is multiplied first and rounded once."""
    assert per_minuut(uurtarief) == minuuttarief
    assert amount_of_minuten(uurtarief, minuten) == bedrag


def _codes(antwoord: etree._Element, pad: str) -> list[str]:
    return [str(item.text) for item in antwoord.iterfind(f"{pad}/{{*}}RetourCodes/{{*}}RetourCode")]


def test_answer_when_all_is_well(werkplaats: Werkplaats) -> None:
    """IV087: header 0200, DeclaratieAntwoord 8001, the whole amount awarded, no clients."""
    send(werkplaats, toewijzing(600))
    antwoord = send(werkplaats, declaratie(JAN, [Regel("A", 600, JAN, 5)]))["antwoord"]
    assert _codes(antwoord, "{*}Header") == ["0200"]
    assert _codes(antwoord, "{*}DeclaratieAntwoord") == ["8001"]
    assert antwoord.find(".//{*}Client") is None
    assert returned_total(antwoord) == (39025, 39025, 0)


def test_answer_to_a_fault_of_level_2_or_in_the_header(werkplaats: Werkplaats) -> None:
    send(werkplaats, toewijzing(600))
    for inhoud, code in (
        (declaratie(JAN, [Regel("A", 600, JAN, 5), Regel("A", 600, FEB, 5)]), "0001"),
        (declaratie(JAN, [Regel("B", 600, JAN, 5)], identificatie="EENMAAL"), None),
        (declaratie(JAN, [Regel("C", 600, JAN, 6)], identificatie="EENMAAL"), "9056"),
    ):
        resultaat = send(werkplaats, inhoud)
        if code is None:
            continue
        assert resultaat["status"] == "afgekeurd"
        assert (resultaat["toegekendBedrag"], resultaat["afgewezenBedrag"]) == (0, resultaat["ingediendBedrag"])
        assert _codes(resultaat["antwoord"], "{*}Header") == [code]
        assert len(resultaat["antwoord"]) == 1


def test_answer_to_a_fault_in_declaratie(werkplaats: Werkplaats) -> None:
    """Header 0200, the code at DeclaratieAntwoord, nothing awarded, lines not judged."""
    send(werkplaats, toewijzing(600))
    send(werkplaats, declaratie(FEB, [Regel("A", 600, FEB, 5)]))
    resultaat = send(werkplaats, declaratie(JAN, [Regel("B", 600, JAN, 5)]))
    antwoord = resultaat["antwoord"]
    assert (_codes(antwoord, "{*}Header"), _codes(antwoord, "{*}DeclaratieAntwoord")) == (["0200"], ["8214"])
    assert antwoord.find(".//{*}Client") is None
    assert returned_total(antwoord)[:2] == (39025, 0)
    assert outcomes(resultaat) == {"B": ("niet_beoordeeld", ())}


def test_answer_with_a_client_and_a_line_at_fault(werkplaats: Werkplaats) -> None:
    """A client without allocation gets 8187 and its lines 0233; a line has its own codes and its client 0200."""
    send(werkplaats, toewijzing(600))
    regels = [
        Regel("A", 600, JAN, 5),
        Regel("B", 600, FEB, 25),
        Regel("C", 999, JAN, 5),
        Regel("V", 600, JAN, 3, bsn=ANDER_BSN, code="45A49"),
    ]
    resultaat = send(werkplaats, declaratie(FEB, regels))
    antwoord: Any = resultaat["antwoord"]
    assert _codes(antwoord, "{*}DeclaratieAntwoord") == ["0200"]
    terug = {
        client.findtext("{*}Bsn"): (
            _codes(client, "."),
            {item.findtext(".//{*}ReferentieNummer"): _codes(item, ".") for item in client.iterfind(".//{*}Prestatie")},
        )
        for client in antwoord.iterfind(".//{*}Client")
    }
    assert terug == {
        "999900006": (["0200"], {"B": ["9321"], "C": ["9338"]}),
        ANDER_BSN: (["8187"], {"V": ["0233"]}),
    }
    ingediend, toegekend, som = returned_total(antwoord)
    assert (toegekend, ingediend - toegekend) == (39025, som)


@pytest.mark.parametrize(
    ("ingang", "einde", "begin", "eind", "regels"),
    [
        ("2026-01-01", "2026-12-31", "2026-04-01", "2026-04-30", ()),
        ("2026-04-15", "2026-12-31", "2026-04-15", "2026-04-30", ()),
        ("2026-01-01", "2026-04-20", "2026-04-01", "2026-04-20", ()),
        ("2026-04-10", "2026-04-20", "2026-04-10", "2026-04-20", ()),
        ("2026-04-10", "2026-04-20", "2026-04-11", "2026-04-19", ("TR387", "TR388")),
        ("2026-04-10", "2026-04-20", "2026-04-01", "2026-04-30", ("TR307", "TR308")),
    ],
)
def test_product_period_is_the_month_cut_by_the_allocation(
    werkplaats: Werkplaats, ingang: str, einde: str, begin: str, eind: str, regels: tuple[str, ...]
) -> None:
    """IV089, whatever start and stop say."""
    send(werkplaats, toewijzing(600, Ingangsdatum=ingang, Einddatum=einde))
    april = date(2026, 4, 1)
    regel = Regel("A", 600, date.fromisoformat(begin), 5, einde=date.fromisoformat(eind))
    assert outcomes(send(werkplaats, declaratie(april, [regel]))) == {"A": ("afgewezen" if regels else "toegekend", regels)}
