"""Decisions at the same time, and any sequence of them: one wins, the other is told, and the books tie after every step."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from berichten.beoordeling.besluit import Besluit
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.besluiten.beslis_prestatie import BesluitGeweigerd, GenomenBesluit, decide
from tests.api.deur.test_aantal_opdrachten import counted
from tests.hulp.besluiten import (
    ANNA,
    BEN,
    FEB,
    JAN,
    MRT,
    TARIEF,
    beslis,
    fill_town,
    genomen,
    geweigerd,
    hold_early_months,
    prestatie_id,
    rows,
    scalar,
    set_instelling,
    staat,
    submit,
)
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import Regel, send, toewijzing

Uitkomst = tuple[GenomenBesluit, ...] | BesluitGeweigerd
RONDES = 6
_nummers = count(1)


@pytest.fixture
def stad(werkplaats: Werkplaats) -> Werkplaats:
    """Allocation 700 and 701; lines of January and February are held."""
    fill_town(werkplaats, 700, 701)
    return werkplaats


def at_once(*beslissingen: tuple[Werkplaats, str, dict]) -> list[Uitkomst]:
    """Take these decisions at the same moment, each by another person."""
    start = Barrier(len(beslissingen))

    def take(werkplaats: Werkplaats, referentie: str, velden: dict) -> Uitkomst:
        start.wait()
        return beslis(werkplaats, referentie, **velden)

    with ThreadPoolExecutor(len(beslissingen)) as ploeg:
        return list(ploeg.map(lambda item: take(*item), beslissingen))


@pytest.mark.parametrize("laatste", [False, True], ids=["others wait", "last line"])
def test_of_two_who_decide_on_one_line_one_wins_and_the_other_is_told(stad: Werkplaats, laatste: bool) -> None:
    for ronde in range(RONDES):
        referentie = f"A{ronde}"
        regels = [Regel(referentie, 700 + ronde % 2, (JAN, FEB)[ronde // 2 % 2], 4)]
        if not laatste:
            # Another held line keeps the JW325 here.
            regels.append(Regel(f"W{ronde}", 701 - ronde % 2, (JAN, FEB)[ronde // 2 % 2], 1))
        bericht = submit(stad, *regels)["berichtId"]
        uitkomsten = at_once(
            (stad, referentie, {"door": ANNA, "besluit": "afwijzen", "retourcode": "0611"}),
            (stad, referentie, {"door": BEN, "besluit": "afwijzen", "retourcode": "9307"}),
        )
        winnaar = next(index for index, item in enumerate(uitkomsten) if not isinstance(item, BesluitGeweigerd))
        reden = geweigerd(uitkomsten[1 - winnaar])
        assert f"al besloten: de {(ANNA, BEN)[winnaar]} koos op 30 juni 2026 voor afwijzen." in reden
        vraag = "SELECT retourcodes FROM prestatie WHERE prestatie_id = :p"
        assert scalar(stad, vraag, p=prestatie_id(stad, referentie)) == [("0611", "9307")[winnaar]]
        assert scalar(stad, "SELECT count(*) FROM besluit WHERE prestatie_id = :p", p=prestatie_id(stad, referentie)) == 1
        assert staat(stad, bericht)[0] == ("verwerkt" if laatste else "ter_beoordeling")
        if not laatste:
            genomen(beslis(stad, f"W{ronde}", besluit="afwijzen", retourcode="9307"))


def test_two_who_confirm_one_proposal_confirm_it_once(stad: Werkplaats) -> None:
    vier_ogen = set_instelling(stad, vier_ogen_vanaf=1)
    bericht = submit(stad, Regel("A", 700, JAN, 4))["berichtId"]
    genomen(beslis(vier_ogen, "A"))
    uitkomsten = at_once(*((vier_ogen, "A", {"door": wie}) for wie in (BEN, "cas", "dina")))
    assert sum(isinstance(item, BesluitGeweigerd) for item in uitkomsten) == 2
    assert staat(stad, bericht) == ("verwerkt", 4 * TARIEF, 4 * TARIEF, 0, 0)
    assert rows(stad, "SELECT boeking, soort, bedrag FROM journaal") == [(1, "toekenning", 4 * TARIEF)]


def test_decisions_on_the_lines_of_one_declaration_at_once_send_one_answer(stad: Werkplaats) -> None:
    regels = [Regel("A", 700, JAN, 4), Regel("B", 700, FEB, 5), Regel("C", 701, JAN, 6), Regel("D", 701, FEB, 7)]
    bericht = submit(stad, *regels)["berichtId"]
    for item in at_once(*((stad, regel.referentie, {"door": f"k{nr}"}) for nr, regel in enumerate(regels))):
        genomen(item)
    assert staat(stad, bericht) == ("verwerkt", 22 * TARIEF, 22 * TARIEF, 0, 0)


@pytest.mark.parametrize("besluit", [{}, {"besluit": "afwijzen", "retourcode": "9307"}], ids=["award", "reject"])
def test_a_hundred_lines_take_no_more_statements_than_ten(stad: Werkplaats, besluit: dict) -> None:
    tellingen = []
    for aantal in (10, 100):
        nummers = range(1000 * aantal, 1000 * aantal + aantal)
        for nummer in nummers:
            send(stad, toewijzing(nummer))
        bericht = submit(stad, *(Regel(f"N{nummer}", nummer, JAN, 1) for nummer in nummers))["berichtId"]
        ids = [prestatie_id(stad, f"N{nummer}") for nummer in nummers]
        besluiten = [Besluit(nummer, **{"besluit": "toekennen", "motivering": "Akkoord.", **besluit}) for nummer in ids]
        with counted() as opdrachten:
            genomen(decide(stad, GEMEENTE, ANNA, besluiten))
        tellingen.append(opdrachten)
        assert staat(stad, bericht)[0] == "verwerkt"
    assert tellingen[0] == tellingen[1]
    assert len(tellingen[0]) < 20


zet = st.tuples(
    st.integers(0, 4),
    st.sampled_from(("toekennen", "afwijzen", "terugvragen", "crediteren")),
    st.sampled_from((ANNA, BEN)),
    st.booleans(),
)
"""Which line, what is done, by whom, and whether it says which decision it follows."""
_VELDEN: dict[str, dict[str, Any]] = {
    "toekennen": {},
    "terugvragen": {"terugvragen": True},
    "afwijzen": {"besluit": "afwijzen", "retourcode": "9307"},
}


def follow(werkplaats: Werkplaats, referentie: str) -> int | None:
    """The decision that stands on a line."""
    vraag = "SELECT max(besluit_id) FROM besluit WHERE prestatie_id = :p AND definitief"
    return scalar(werkplaats, vraag, p=prestatie_id(werkplaats, referentie))


@given(st.lists(zet, min_size=1, max_size=14), st.booleans())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_books_sums_and_answer_tie_after_any_sequence(
    werkplaats: Werkplaats, zetten: list[tuple[int, str, str, bool]], vier_ogen: bool
) -> None:
    hold_early_months(werkplaats)
    plek = set_instelling(werkplaats, vier_ogen_vanaf=3 * TARIEF) if vier_ogen else werkplaats
    basis = 1000 + 10 * next(_nummers)
    agb = f"{51000000 + basis}"
    for nummer in (basis, basis + 1):
        send(werkplaats, toewijzing(nummer, agb=agb))
    plaatsen = [(basis, JAN, 4), (basis, FEB, 2), (basis + 1, JAN, 3), (basis + 1, FEB, 1), (basis + 1, MRT, 5)]
    regels = [Regel(f"{basis}-{nr}", *plaats) for nr, plaats in enumerate(plaatsen)]
    bericht = submit(werkplaats, *regels, agb=agb)["berichtId"]
    weg = None
    for index, (welke, wat, door, volgt) in enumerate(zetten):
        regel = regels[welke]
        if wat == "crediteren":
            credit = Regel(f"{regel.referentie}c{index}", *plaatsen[welke], vorig=regel.referentie)
            assert staat(werkplaats, submit(werkplaats, credit, agb=agb)["berichtId"])[4] == 0
        else:
            volgt_op = follow(werkplaats, regel.referentie) if volgt else None
            beslis(plek, regel.referentie, door=door, volgt_op=volgt_op, **_VELDEN[wat])
        nu = staat(werkplaats, bericht)
        assert nu[1] == 15 * TARIEF
        if weg is not None:
            assert nu == weg
        elif nu[0] == "verwerkt":
            weg = nu
    vraag = (
        "SELECT (SELECT sum(bedrag) FROM journaal WHERE agb = :a) IS NOT DISTINCT FROM"
        " (SELECT sum(bedrag) FROM prestatie WHERE agb = :a AND uitkomst = 'toegekend')"
    )
    assert scalar(werkplaats, vraag, a=agb)
