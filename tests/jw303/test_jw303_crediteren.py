"""Crediting with a JW303: a declaration credits what was awarded, an invoice takes a claim back (IV053, IV054)."""

import pytest

from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.bouwstenen import ANDER_BSN, BSN
from tests.hulp.declareer import outcomes, send
from tests.hulp.jw303 import APRIL, FACTUUR, JUNI, MEI, TARIEF, Oud, journal_total, jw303, oude_toewijzing, read_jw304

TOEGEKEND = ("toegekend", ())


@pytest.fixture
def gemeente(werkplaats: Werkplaats) -> Werkplaats:
    """Allocation 600 of twenty hours a month in 2020."""
    assert send(werkplaats, oude_toewijzing(600))["status"] == "verwerkt"
    return werkplaats


def test_a_declaration_credits_what_was_awarded(gemeente: Werkplaats) -> None:
    send(gemeente, jw303(APRIL, [Oud("A", 600, volume=25)]))
    te_veel = send(gemeente, jw303(MEI, [Oud("B", 600, volume=25, vorig="A")]))
    assert outcomes(te_veel) == {"B": ("afgewezen", ("TR323",))}
    assert read_jw304(te_veel)["clienten"] == {BSN: (["0200"], {"B": (0, ["8017"])})}
    regels = [Oud("C", 600, volume=25, vorig="A", bedrag=20 * TARIEF), Oud("D", 600, volume=20)]
    goed = send(gemeente, jw303(MEI, regels))
    assert outcomes(goed) == {"C": TOEGEKEND, "D": TOEGEKEND}
    assert read_jw304(goed)["codes"] == ["8001"]
    assert journal_total(gemeente) == 20 * TARIEF
    opnieuw = send(gemeente, jw303(JUNI, [Oud("E", 600, volume=25, vorig="A", bedrag=20 * TARIEF)]))
    assert read_jw304(opnieuw)["clienten"] == {BSN: (["0200"], {"E": (0, ["8854"])})}


def test_a_declaration_does_not_credit_what_was_rejected(gemeente: Werkplaats) -> None:
    send(gemeente, jw303(APRIL, [Oud("A", 999)]))
    resultaat = send(gemeente, jw303(MEI, [Oud("B", 999, vorig="A")]))
    assert outcomes(resultaat) == {"B": ("afgewezen", ("IV053",))}
    assert read_jw304(resultaat)["clienten"] == {BSN: (["0200"], {"B": (0, ["8853"])})}
    assert journal_total(gemeente) == 0


def test_an_invoice_credits_what_was_rejected_and_costs_nothing(gemeente: Werkplaats) -> None:
    """The credit withdraws a claim that was never awarded: the answer counts it, the money does not."""
    send(gemeente, oude_toewijzing(610, Omvang={"Volume": 20, "Eenheid": "04", "Frequentie": "6"}))
    send(gemeente, jw303(APRIL, [Oud("A", 610, volume=25)], code=FACTUUR))
    resultaat = send(gemeente, jw303(MEI, [Oud("B", 610, volume=25, vorig="A")], code=FACTUUR))
    assert outcomes(resultaat) == {"B": TOEGEKEND}
    assert read_jw304(resultaat)["bedragen"] == (-25 * TARIEF, -25 * TARIEF)
    assert journal_total(gemeente) == 0
    te_veel = send(gemeente, jw303(JUNI, [Oud("C", 610, volume=21, maand=MEI)], code=FACTUUR))
    assert outcomes(te_veel) == {"C": ("afgewezen", ("TR321", "TR322"))}
    assert outcomes(send(gemeente, jw303(JUNI, [Oud("D", 610, volume=20, maand=MEI)], code=FACTUUR))) == {"D": TOEGEKEND}
    assert journal_total(gemeente) == 20 * TARIEF


def test_an_invoiced_line_without_allocation_can_be_credited(gemeente: Werkplaats) -> None:
    send(gemeente, jw303(APRIL, [Oud("A", None, code="45A49")], code=FACTUUR))
    resultaat = send(gemeente, jw303(MEI, [Oud("B", None, code="45A49", vorig="A"), Oud("C", 600)], code=FACTUUR))
    assert outcomes(resultaat) == {"B": TOEGEKEND, "C": TOEGEKEND}
    assert journal_total(gemeente) == 78050


@pytest.mark.parametrize("bekend_geworden", [False, True])
def test_an_invoiced_line_that_went_back_unjudged_can_be_credited(gemeente: Werkplaats, bekend_geworden: bool) -> None:
    """The claim stands until it is credited (IV053), whether the client has an allocation by then or not."""
    send(gemeente, jw303(APRIL, [Oud("A", 640, bsn=ANDER_BSN), Oud("OOK", 600)], code=FACTUUR))
    if bekend_geworden:
        send(gemeente, oude_toewijzing(640, bsn=ANDER_BSN))
    regels = [Oud("B", 640, bsn=ANDER_BSN, vorig="A")]
    assert outcomes(send(gemeente, jw303(MEI, regels, code=FACTUUR))) == {"B": TOEGEKEND}
    assert journal_total(gemeente) == 78050
    nog_eens = send(gemeente, jw303(JUNI, [Oud("C", 640, bsn=ANDER_BSN, vorig="A")], code=FACTUUR))
    assert outcomes(nog_eens) == {"C": ("afgewezen", ("IV054",))}


def test_what_went_back_unjudged_is_credited_on_no_declaration(gemeente: Werkplaats) -> None:
    send(gemeente, jw303(APRIL, [Oud("A", 640, bsn=ANDER_BSN), Oud("OOK", 600)]))
    resultaat = send(gemeente, jw303(MEI, [Oud("B", 640, bsn=ANDER_BSN, vorig="A")]))
    assert read_jw304(resultaat)["clienten"] == {ANDER_BSN: (["8187"], {"B": (0, ["0233"])})}


def test_an_invoice_that_was_rejected_as_a_whole_has_nothing_to_credit(gemeente: Werkplaats) -> None:
    send(gemeente, jw303(APRIL, [Oud("A", 600)], code=FACTUUR, DeclaratieFactuurBedragen={
        "DeclaratieFactuurTotaalBedrag": {"TotaalBedrag": 1}}))  # fmt: skip
    resultaat = send(gemeente, jw303(MEI, [Oud("B", 600, vorig="A")], code=FACTUUR))
    assert outcomes(resultaat) == {"B": ("afgewezen", ("TR323",))}


def test_a_credit_follows_its_debit_although_an_allocation_came_since(gemeente: Werkplaats) -> None:
    send(gemeente, jw303(APRIL, [Oud("A", None, code="45A49")], code=FACTUUR))
    send(gemeente, oude_toewijzing(641, Product={"Categorie": "45", "Code": "45A49"}))
    resultaat = send(gemeente, jw303(MEI, [Oud("B", None, code="45A49", vorig="A")], code=FACTUUR))
    assert outcomes(resultaat) == {"B": TOEGEKEND}
    assert journal_total(gemeente) == 0


def test_a_line_on_an_allocation_of_another_aanbieder_can_be_credited(gemeente: Werkplaats) -> None:
    """That every line of the message names such an allocation is then what it sets right, and no reason to reject it."""
    send(gemeente, oude_toewijzing(630, agb="42420002"))
    send(gemeente, jw303(APRIL, [Oud("A", 630), Oud("OOK", 600)], code=FACTUUR))
    assert outcomes(send(gemeente, jw303(MEI, [Oud("B", 630, vorig="A")], code=FACTUUR))) == {"B": TOEGEKEND}
    assert journal_total(gemeente) == 78050


def test_credit_and_rebilling_of_an_invoice(gemeente: Werkplaats) -> None:
    send(gemeente, jw303(APRIL, [Oud("A", 600)], code=FACTUUR))
    resultaat = send(gemeente, jw303(MEI, [Oud("B", 600, vorig="A"), Oud("C", 600, volume=12)], code=FACTUUR))
    assert outcomes(resultaat) == {"B": TOEGEKEND, "C": TOEGEKEND}
    assert read_jw304(resultaat)["bedragen"] == (2 * TARIEF, 2 * TARIEF)
    assert journal_total(gemeente) == 12 * TARIEF
