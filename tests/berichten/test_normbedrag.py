"""What a budget norm comes to: hours and etmalen from its words, cents from the tariffs in the contract; never a finding."""

from datetime import date

import pytest

from berichten.dossier.contract import Catalogusproduct, Contract, Contractrij, Tarief
from berichten.dossier.normbedrag import list_prijzen, make_normbedrag, read_norm
from berichten.dossier.standaarden import budgetnormen
from berichten.processen.basis.werkplaats import Werkplaats
from tests.berichten.test_benutting import allocate, read
from tests.referentie.test_laad_referentie import laad

BEGIN, HALF_JAAR = date(2026, 1, 1), date(2026, 7, 1)
"""26 weeks, both days included."""
NORM = {code: read_norm(norm) for code, norm in budgetnormen("0484").items()}


def test_which_of_the_published_norms_name_a_quantity() -> None:
    assert {code for code, norm in NORM.items() if norm} == {"43", "44", "45"}


@pytest.mark.parametrize(
    ("budget", "vergelijking"),
    [(405_859, "lager"), (405_860, "binnen"), (988_000, "binnen"), (988_001, "hoger"), (None, "onbekend")],
)
def test_two_to_four_hours_a_week_at_the_lowest_and_the_highest_tariff(budget: int | None, vergelijking: str) -> None:
    norm = make_normbedrag(NORM["45"], BEGIN, HALF_JAAR, budget, [9_500, 7_805])
    assert (norm.eenheid, norm.volume_van, norm.volume_tot) == ("01", 52 * 60, 104 * 60)
    # 52 hours of € 78,05 and 104 hours of € 95,00.
    assert (norm.bedrag_van, norm.bedrag_tot, norm.vergelijking) == (405_860, 988_000, vergelijking)
    assert "In 182 dagen is dat 52 uur tot 104 uur. Met de tarieven in het contract (€ 78,05 tot € 95,00 per uur)" in norm.uitleg


def test_an_etmaal_a_day() -> None:
    norm = make_normbedrag(NORM["43"], BEGIN, date(2026, 1, 31), 900_000, [30_000])
    assert (norm.eenheid, norm.volume_van, norm.volume_tot, norm.bedrag_van, norm.bedrag_tot) == ("14", 31, 31, 930_000, 930_000)
    assert norm.uitleg.endswith("(€ 300,00 per etmaal) is dat € 9.300,00. Het budget van € 9.000,00 is lager.")


def test_why_there_is_no_amount() -> None:
    zonder_aantal, zonder_tarief = (make_normbedrag(norm, BEGIN, HALF_JAAR, 1, []) for norm in (NORM["54"], NORM["45"]))
    assert (zonder_aantal.volume_tot, zonder_aantal.bedrag_tot, zonder_aantal.vergelijking) == (None, None, "onbekend")
    assert zonder_aantal.uitleg == "Uit deze norm volgt geen bedrag: zij noemt geen aantal uren of etmalen."
    assert (zonder_tarief.volume_tot, zonder_tarief.bedrag_tot, zonder_tarief.vergelijking) == (6240, None, "onbekend")
    assert "geen tarief per uur bekend" in zonder_tarief.uitleg


def test_prices_are_those_of_the_contract_in_the_category_on_the_day() -> None:
    def tarief(code: str, centen: int, eenheid: str, einde: date | None = None) -> Tarief:
        return Tarief("", code, "", eenheid, centen, date(2020, 1, 1), einde)

    codes = {"UUR": "45", "MINUUT": "45", "BUITEN": "45", "ANDER": "54", "ETMAAL": "45"}
    contract = Contract(
        True, True, True,
        tuple(Catalogusproduct(code, categorie, "04", date(2020, 1, 1), None) for code, categorie in codes.items()),
        tuple(Contractrij(code, date(2020, 1, 1), None) for code in codes if code != "BUITEN"),
        (
            tarief("UUR", 7_805, "04"), tarief("UUR", 7_000, "04", date(2025, 12, 31)), tarief("MINUUT", 150, "01"),
            tarief("BUITEN", 1, "04"), tarief("ANDER", 2, "04"), tarief("ETMAAL", 30_000, "14"),
        ),
    )  # fmt: skip
    assert list_prijzen(contract, "45", "01", BEGIN, BEGIN) == [7_805, 9_000]
    assert list_prijzen(contract, "45", "14", BEGIN, BEGIN) == [30_000]


def test_the_dossier_has_the_amount_from_the_loaded_contract(werkplaats: Werkplaats) -> None:
    laad(werkplaats, "pdc", "0484;45A48;Begeleiding;45;04;inspanning;;4;;;;2020-01-01;\n")
    laad(werkplaats, "tarieven", "0484;;45A48;HBO;04;7805;2020-01-01;\n")
    allocate(werkplaats)
    advies = read(werkplaats).advies
    assert advies is not None
    norm = advies.normbedrag
    assert (norm.volume_van, norm.volume_tot) == (6257, 12514)
    # 730 sevenths of an hour, and twice that, of € 78,05.
    assert (norm.bedrag_van, norm.bedrag_tot, norm.vergelijking) == (813_950, 1_627_900, "lager")
    assert advies.tekst.endswith(norm.uitleg)
