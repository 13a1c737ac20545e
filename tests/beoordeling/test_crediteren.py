"""Crediting: what it frees, and what may not be credited (OP360, OP366, IV085, IV091)."""

from datetime import date

import pytest

from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.declareer import Regel, declaratie, outcomes, returned_total, send, toewijzing

JAN, FEB, MRT = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
TOEGEKEND = ("toegekend", ())


@pytest.fixture
def vol(werkplaats: Werkplaats) -> Werkplaats:
    """Allocation 500 of twenty hours in all, wholly used by line A."""
    send(werkplaats, toewijzing(500, Omvang={"Volume": 20, "Eenheid": "04", "Frequentie": "6"}))
    assert outcomes(send(werkplaats, declaratie(JAN, [Regel("A", 500, JAN, 20)]))) == {"A": TOEGEKEND}
    return werkplaats


def test_credit_frees_volume_for_a_new_line_in_the_same_message(vol: Werkplaats) -> None:
    resultaat = send(vol, declaratie(FEB, [Regel("C", 500, FEB, 5), Regel("B", 500, JAN, 20, vorig="A"), Regel("D", 500, JAN, 15)]))
    assert outcomes(resultaat) == {"C": TOEGEKEND, "B": TOEGEKEND, "D": TOEGEKEND}
    assert resultaat["toegekendBedrag"] == 0
    assert resultaat["declaratieRetourcodes"] == ["8001"]


def test_without_credit_nothing_is_left(vol: Werkplaats) -> None:
    resultaat = send(vol, declaratie(FEB, [Regel("C", 500, FEB, 1)]))
    assert outcomes(resultaat) == {"C": ("afgewezen", ("TR322",))}
    melding = resultaat["bevindingen"][0]["melding"]
    assert "Toegewezen is in totaal 20 uur" in melding
    assert "Eerder toegekend of in beoordeling: 20 uur. Deze regel vraagt 1 uur: 1 uur te veel." in melding


def test_a_message_with_only_a_credit_has_a_negative_total(vol: Werkplaats) -> None:
    resultaat = send(vol, declaratie(FEB, [Regel("B", 500, JAN, 20, vorig="A")]))
    assert (resultaat["ingediendBedrag"], resultaat["toegekendBedrag"]) == (-156100, -156100)
    assert returned_total(resultaat["antwoord"]) == (-156100, -156100, 0)


@pytest.mark.parametrize(
    ("regel", "regels", "fragment"),
    [
        (Regel("B", 500, JAN, 20, vorig="ONBEKEND"), ("TR323",), "geen debetregel van u bekend"),
        (Regel("B", 500, JAN, 19, vorig="A"), ("TR323",), "GeleverdVolume, IngediendBedrag"),
        (Regel("B", 500, JAN, 20, vorig="A", bedrag=100), ("TR323",), "IngediendBedrag"),
        (Regel("B", 500, FEB, 20, vorig="A"), ("TR323",), "ProductPeriode"),
        (Regel("B", 500, JAN, 20, vorig="A", code="45A49"), ("TR323",), "ProductCode"),
        (Regel("A", 500, JAN, 20, vorig="A"), ("TR314",), "is al gebruikt"),
    ],
)
def test_credits_that_are_refused(vol: Werkplaats, regel: Regel, regels: tuple[str, ...], fragment: str) -> None:
    if regel.vorig == regel.referentie:
        # A line that credits its own reference in one message is stopped at level 2 (TR316).
        assert send(vol, declaratie(FEB, [regel]))["retourcodes"] == ["0001"]
        return
    resultaat = send(vol, declaratie(FEB, [regel]))
    assert outcomes(resultaat) == {"B": ("afgewezen", regels)}
    assert fragment in resultaat["bevindingen"][0]["melding"]


def test_second_credit_is_refused(vol: Werkplaats) -> None:
    send(vol, declaratie(FEB, [Regel("B", 500, JAN, 20, vorig="A")]))
    resultaat = send(vol, declaratie(FEB, [Regel("B2", 500, JAN, 20, vorig="A")]))
    assert outcomes(resultaat) == {"B2": ("afgewezen", ("TR390",))}
    assert resultaat["prestaties"][0]["retourcodes"] == ["9390"]


def test_credit_of_a_rejected_line_is_refused(vol: Werkplaats) -> None:
    send(vol, declaratie(FEB, [Regel("C", 500, FEB, 1)]))
    resultaat = send(vol, declaratie(FEB, [Regel("D", 500, FEB, 1, vorig="C")]))
    assert outcomes(resultaat) == {"D": ("afgewezen", ("TR323",))}
    assert "die debetregel is niet toegekend" in resultaat["bevindingen"][0]["melding"]


def test_credit_of_a_credit_is_refused(vol: Werkplaats) -> None:
    send(vol, declaratie(FEB, [Regel("B", 500, JAN, 20, vorig="A")]))
    resultaat = send(vol, declaratie(FEB, [Regel("B2", 500, JAN, 20, vorig="B")]))
    assert outcomes(resultaat) == {"B2": ("afgewezen", ("TR323",))}


def test_rebilling_without_credit_is_refused_and_with_credit_awarded(werkplaats: Werkplaats) -> None:
    send(werkplaats, toewijzing(501))
    send(werkplaats, declaratie(JAN, [Regel("A", 501, JAN, 4)]))
    dubbel = send(werkplaats, declaratie(FEB, [Regel("B", 501, JAN, 5)]))
    assert outcomes(dubbel) == {"B": ("afgewezen", ("TR389",))}
    goed = send(werkplaats, declaratie(FEB, [Regel("D", 501, JAN, 5), Regel("C", 501, JAN, 4, vorig="A")]))
    assert outcomes(goed) == {"D": TOEGEKEND, "C": TOEGEKEND}


def test_credit_on_a_removed_allocation_is_awarded(werkplaats: Werkplaats) -> None:
    """OP362 keeps an allocation with awarded lines; once they are credited it may go, and a debit on it is refused (TR384)."""
    send(werkplaats, toewijzing(502))
    send(werkplaats, declaratie(JAN, [Regel("A", 502, JAN, 4)]))
    weg = {"Einddatum": "2026-01-01", "RedenWijziging": "13", "Toewijzingstijd": "11:00:00"}
    assert send(werkplaats, toewijzing(502, **weg))["producten"][0]["regels"] == ["TR385"]
    send(werkplaats, declaratie(FEB, [Regel("C", 502, JAN, 4, vorig="A")]))
    assert send(werkplaats, toewijzing(502, **weg))["status"] == "verwerkt"
    assert outcomes(send(werkplaats, declaratie(MRT, [Regel("E", 502, MRT, 4)]))) == {"E": ("afgewezen", ("TR384",))}
