"""The concept of a JW301 that honours a request: every row of the table (IV093, IV094, OP033x1, OP257, OP380)."""

from datetime import date
from typing import Any

from berichten.beoordeling.verzoeken.concept import Conceptproduct, draft_toewijzing, draft_wijziging
from berichten.standaard.deur.toelating import admit
from berichten.standaard.waarden.onderdelen import Omvang, Product
from berichten.standaard.waarden.verzoeken import Toewijzingsverzoek, Wijzigingsverzoek
from tests.hulp.bouw import bouw, schemas
from tests.hulp.kaders import aanvraag_kader, wijziging_kader

VANDAAG = "2026-05-06"
BLIJFT: dict[str, Any] = {"toewijzingnummer": "70001"}
PER_WEEK = {"volume": "4", "eenheid": "04", "frequentie": "2"}
WEEK: dict[str, Any] = {"toewijzingnummer": "71002", "productcode": "45A03", **PER_WEEK}
TOTAAL: dict[str, Any] = WEEK | {"volume": "240", "frequentie": "6"}
BUDGET: dict[str, Any] = {
    "toewijzingnummer": "71002", "categorie": "50", "productcode": None, "volume": None, "eenheid": None, "frequentie": None,
    "budget": "500000",
}  # fmt: skip
BEGIN, EINDE, GEWENST = date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 1)
UUR_PER_WEEK = Omvang(4, "04", "2")


def _draft(nu: dict[str, Any], wens: dict[str, Any], *, nieuw: bool = False, meer: tuple[dict[str, Any], ...] = ()) -> list[Any]:
    """What a JW317 becomes that leaves 70001 as it is and asks this of 71002."""
    anders: dict[str, Any] = {"TeWijzigenProduct": wens}
    if not nieuw:
        anders["Client/Verzoek/NieuweProducten"] = None
    bericht = admit(bouw("JW317", anders), schemas())
    assert isinstance(bericht, Wijzigingsverzoek)
    return draft_wijziging(bericht, wijziging_kader(bericht, {"toewijzingen": [BLIJFT, nu, *meer], "vandaag": VANDAAG}))


def _changed(nu: dict[str, Any], wens: dict[str, Any]) -> list[Conceptproduct]:
    """The same without the first row, of the allocation that stays."""
    return _draft(nu, wens)[1:]


def _row(product: Conceptproduct) -> tuple[Any, ...]:
    return (
        product.toewijzingnummer, product.ingangsdatum, product.einddatum, product.omvang, product.budget, product.reden_wijziging,
    )  # fmt: skip


def _wens(volume: int = 4, frequentie: int = 2, *, eenheid: str = "04", vanaf: date = GEWENST, tot: date = EINDE) -> dict[str, Any]:
    omvang = {"Volume": volume, "Eenheid": eenheid, "Frequentie": frequentie}
    return {"GewensteIngangsdatum": vanaf, "Einddatum": tot, "Omvang": omvang}


def test_an_allocation_that_stays_is_the_same_and_has_no_reason() -> None:
    eerste = _draft(WEEK, _wens())[0]
    assert _row(eerste) == (70001, BEGIN, EINDE, Omvang(20, "04", "4"), None, None)
    assert (eerste.referentie, eerste.product) == ("VERZOEK1", Product("45", "45A48"))


def test_another_budget_keeps_number_and_beginning() -> None:
    wens = {"GewensteIngangsdatum": BEGIN, "Einddatum": "2027-01-31", "Omvang": None, "Budget": "600000"}
    (product,) = _changed(BUDGET, wens)
    assert _row(product) == (71002, BEGIN, date(2027, 1, 31), None, 600000, "12")
    assert product.product == Product("50", None)


def test_a_budget_that_was_not_there_comes_under_the_same_number() -> None:
    wens = {"GewensteIngangsdatum": BEGIN, "Omvang": None, "Budget": "600000"}
    (product,) = _changed(BUDGET | {"budget": None}, wens)
    assert _row(product) == (71002, BEGIN, EINDE, None, 600000, "12")


def test_another_total_for_the_whole_period_keeps_number_and_beginning() -> None:
    (product,) = _changed(TOTAAL, _wens(300, 6, vanaf=BEGIN))
    assert _row(product) == (71002, BEGIN, EINDE, Omvang(300, "04", "6"), None, "12")


def test_another_unit_or_frequentie_of_a_total_is_for_a_person() -> None:
    for wens in (_wens(300, 6, eenheid="01", vanaf=BEGIN), _wens(20, 4, vanaf=BEGIN)):
        (product,) = _changed(TOTAAL, wens)
        assert product.mens_beslist
        assert _row(product) == (71002, BEGIN, EINDE, Omvang(240, "04", "6"), None, None)
        assert "onder hetzelfde nummer" in product.uitleg or "vanaf de ingangsdatum" in product.uitleg


def test_only_another_end_keeps_the_number_whatever_the_wanted_beginning_says() -> None:
    for vanaf in (GEWENST, BEGIN, date(2026, 12, 31)):
        (product,) = _changed(WEEK, _wens(vanaf=vanaf, tot=date(2027, 3, 31)))
        assert _row(product) == (71002, BEGIN, date(2027, 3, 31), UUR_PER_WEEK, None, "12")


def test_a_change_in_which_nothing_differs_stays_the_same() -> None:
    (product,) = _changed(WEEK, _wens())
    assert _row(product) == (71002, BEGIN, EINDE, UUR_PER_WEEK, None, None)


def test_another_volume_ends_the_old_number_with_its_old_volume_and_begins_a_new_one() -> None:
    oud, nieuw = _changed(WEEK, _wens(6, tot=date(2027, 1, 31)))
    assert _row(oud) == (71002, BEGIN, date(2026, 5, 31), UUR_PER_WEEK, None, "12")
    assert _row(nieuw) == (None, GEWENST, date(2027, 1, 31), Omvang(6, "04", "2"), None, None)
    assert (oud.referentie, nieuw.referentie, nieuw.product) == ("VERZOEK1", "VERZOEK1", Product("45", "45A03"))


def test_a_total_instead_of_a_volume_a_week_is_a_new_number_too() -> None:
    oud, nieuw = _changed(WEEK, _wens(100, 6))
    assert (oud.toewijzingnummer, nieuw.toewijzingnummer, nieuw.omvang) == (71002, None, Omvang(100, "04", "6"))


def test_another_volume_from_the_beginning_leaves_nothing_to_end() -> None:
    (product,) = _changed(WEEK, _wens(6, vanaf=BEGIN))
    assert product.mens_beslist
    assert _row(product) == (71002, BEGIN, EINDE, UUR_PER_WEEK, None, None)
    assert "een andere omvang vanaf de ingangsdatum (1 januari 2026)" in product.uitleg


def test_another_volume_after_the_end_of_the_allocation_is_for_a_person() -> None:
    (product,) = _changed(WEEK, _wens(6, vanaf=date(2027, 1, 1), tot=date(2027, 6, 30)))
    assert product.mens_beslist
    assert "(1 januari 2027) valt buiten de toewijzing" in product.uitleg


def test_an_allocation_that_is_gone_since_the_request_is_for_a_person() -> None:
    weg = WEEK | {"einddatum": "2026-05-05", "toewijzingsdatum": "2026-05-05"}
    (product,) = _changed(weg, _wens(6))
    assert product.mens_beslist
    assert _row(product) == (71002, BEGIN, date(2026, 5, 5), UUR_PER_WEEK, None, None)


def test_a_new_product_gets_a_new_number_and_what_was_asked() -> None:
    laatste = _draft(WEEK, _wens(), nieuw=True)[-1]
    assert _row(laatste) == (None, GEWENST, EINDE, Omvang(4, "14", "2"), None, None)
    assert (laatste.referentie, laatste.product) == ("VERZOEK1", Product("45", "45A53"))


def test_what_was_allocated_since_rides_along_without_reference() -> None:
    later = {"toewijzingnummer": "70009", "productcode": "45A05", "toewijzingsdatum": "2026-05-20"}
    weg = {"toewijzingnummer": "70010", "productcode": "45A06", "einddatum": "2026-05-05"}
    mee = _draft(WEEK, _wens(), meer=(later, weg))[-1]
    assert (mee.toewijzingnummer, mee.referentie) == (70009, None)


def test_every_product_of_a_jw317_bears_the_reference() -> None:
    assert {item.referentie for item in _draft(WEEK, _wens(6), nieuw=True)} == {"VERZOEK1"}


def test_a_beginning_that_has_passed_says_so() -> None:
    bericht = admit(bouw("JW317", {"TeWijzigenProduct": _wens(6)}), schemas())
    assert isinstance(bericht, Wijzigingsverzoek)
    kader = wijziging_kader(bericht, {"toewijzingen": [BLIJFT, WEEK], "vandaag": "2026-06-02"})
    voorbij = [item for item in draft_wijziging(bericht, kader) if "De gevraagde datum is voorbij" in item.uitleg]
    assert [item.toewijzingnummer for item in voorbij] == [71002, None]


def test_products_of_a_jw315_that_are_honoured_come_in_one_concept_each_with_its_own_reference() -> None:
    bericht = admit(
        bouw("JW315", {"AangevraagdProduct": [{}, {"Product": {"Code": "45A03"}}, {"Product": {"Code": "45A53"}}]}),
        schemas(),
    )
    assert isinstance(bericht, Toewijzingsverzoek)
    lopend = {"toewijzingen": [{"toewijzingnummer": "70001", "productcode": "45A05"}], "vandaag": VANDAAG}
    concept = draft_toewijzing(bericht.aangevraagd[:2], aanvraag_kader(bericht, lopend))
    assert [(item.toewijzingnummer, item.referentie) for item in concept] == [
        (None, "VERZOEK1"), (None, "VERZOEK2"), (70001, None),
    ]  # fmt: skip
    assert _row(concept[0]) == (None, GEWENST, EINDE, UUR_PER_WEEK, None, None)
    assert not any(item.mens_beslist for item in concept)
