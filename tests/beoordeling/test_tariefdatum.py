"""Whose price holds on a day of change: that of the ProductPeriode, or of the allocation's Ingangsdatum; set per contract row."""

import pytest

from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import load_referentie
from tests.beoordeling.test_eigen_regels import MRT, laad
from tests.hulp.bouwstenen import AGB
from tests.hulp.declareer import Regel, declaratie, outcomes, send, toewijzing

_CONTRACTEN = "gemeente;agb;productcode;ingangsdatum;einddatum"


@pytest.fixture
def plek(werkplaats: Werkplaats) -> Werkplaats:
    """An output product of which the price rose on 1 January 2026, and an allocation from November 2025."""
    laad(werkplaats, "aanbieders", f"{AGB};Jeugdzorg De Plas")
    laad(werkplaats, "pdc", "45A48;Traject;45;04;output;Begeleiding individueel;4;;;5.2;2020-01-01;")
    laad(werkplaats, "tarieven", ";45A48;;04;7600;2025-01-01;2025-12-31", ";45A48;;04;7805;2026-01-01;")
    omvang = {"Volume": 40, "Eenheid": "04", "Frequentie": "4"}
    send(werkplaats, toewijzing(500, Ingangsdatum="2025-11-01", Toewijzingsdatum="2025-10-20", Omvang=omvang))
    return werkplaats


def _load(werkplaats: Werkplaats, kop: str, regel: str) -> None:
    inlezing = load_referentie(werkplaats, "contracten", f"{kop}\n0484;{AGB};45A48;2026-01-01;{regel}\n".encode())
    assert not inlezing.fouten, inlezing.fouten


@pytest.mark.parametrize(
    ("kop", "regel", "uitkomst"),
    [
        (f"{_CONTRACTEN};tariefdatum", ";toewijzing", {"OUD": "toegekend", "NIEUW": "afgewezen"}),
        (f"{_CONTRACTEN};tariefdatum", ";periode", {"OUD": "afgewezen", "NIEUW": "toegekend"}),
        (f"{_CONTRACTEN};tariefdatum", ";", {"OUD": "afgewezen", "NIEUW": "toegekend"}),
        (_CONTRACTEN, "", {"OUD": "afgewezen", "NIEUW": "toegekend"}),
    ],
)
def test_the_contract_row_tells_whose_price_holds(plek: Werkplaats, kop: str, regel: str, uitkomst: dict[str, str]) -> None:
    send(plek, toewijzing(501, Ingangsdatum="2025-11-01", Toewijzingsdatum="2025-10-20"))
    _load(plek, kop, regel)
    gevonden = outcomes(send(plek, declaratie(MRT, [Regel("OUD", 500, MRT, 10, 7600), Regel("NIEUW", 501, MRT, 10)])))
    assert {naam: wat for naam, (wat, _) in gevonden.items()} == uitkomst
    assert {regels for wat, regels in gevonden.values() if wat == "afgewezen"} == {("TR418",)}


def test_another_word_is_refused(plek: Werkplaats) -> None:
    inlezing = load_referentie(
        plek, "contracten", f"{_CONTRACTEN};tariefdatum\n0484;{AGB};45A48;2026-01-01;;ingangsdatum\n".encode()
    )
    assert [fout.regelnummer for fout in inlezing.fouten] == [2]
    assert "toewijzing" in inlezing.fouten[0].melding
