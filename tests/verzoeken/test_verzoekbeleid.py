"""Policy on requests: rows by date, the most specific one that holds."""

from dataclasses import replace
from datetime import date

from berichten.dossier.verzoeken.verzoekbeleid import Verzoekbeleidsregel, find_beleid
from berichten.standaard.waarden.onderdelen import Product
from berichten.standaard.waarden.verzoeken import Verwijzer

DAG, AGB = date(2026, 6, 1), "42420001"
HUISARTS = Verwijzer("02", None, "01000001")
PRODUCT = Product("45", "45A48")
HONOREER = Verzoekbeleidsregel("JW315", "02", "", "", "", True, "honoreren", date(2026, 1, 1), None)


def _gevolg(
    *regels: Verzoekbeleidsregel,
    soort: str = "JW315",
    product: Product | None = PRODUCT,
    verwijzer: Verwijzer | None = HUISARTS,
    dag: date = DAG,
) -> str | None:
    gevonden = find_beleid(regels, soort, AGB, product, verwijzer, dag)
    return None if gevonden is None else gevonden.gevolg


def test_without_a_row_a_person_looks() -> None:
    assert _gevolg() is None


def test_a_row_holds_from_its_first_day_to_its_last() -> None:
    tot = replace(HONOREER, einddatum=date(2026, 6, 30))
    dagen = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [_gevolg(tot, dag=dag) for dag in dagen] == [None, "honoreren", "honoreren", None]


def test_a_row_is_for_one_kind_and_one_sort_of_referrer() -> None:
    assert _gevolg(HONOREER, verwijzer=replace(HUISARTS, type="05")) is None
    assert _gevolg(HONOREER, soort="JW317", verwijzer=None) is None
    assert _gevolg(replace(HONOREER, soort="JW317", verwijzertype="", met_agb_code=False), soort="JW317", verwijzer=None)


def test_a_referrer_without_a_code_is_not_honoured_where_the_code_is_asked() -> None:
    met_naam = Verwijzer("02", "Praktijk De Linde", None)
    assert _gevolg(HONOREER, verwijzer=met_naam) is None
    assert _gevolg(replace(HONOREER, met_agb_code=False), verwijzer=met_naam) == "honoreren"


def test_a_row_for_a_code_does_not_hold_for_a_category_alone() -> None:
    voor_code = replace(HONOREER, categorie="45", productcode="45A48")
    assert _gevolg(voor_code) == "honoreren"
    assert _gevolg(voor_code, product=Product("45", None)) is None
    assert _gevolg(replace(HONOREER, categorie="45"), product=None) is None
    assert _gevolg(replace(HONOREER, categorie="45"), product=Product("45", None)) == "honoreren"


def test_the_most_specific_row_goes_first_whatever_their_order() -> None:
    algemeen, eigen = HONOREER, replace(HONOREER, agb=AGB, gevolg="beoordelen")
    assert _gevolg(algemeen, eigen) == _gevolg(eigen, algemeen) == "beoordelen"
    voor_code = replace(HONOREER, productcode="45A48")
    assert _gevolg(voor_code, replace(HONOREER, categorie="45", gevolg="beoordelen")) == "honoreren"
    assert _gevolg(replace(HONOREER, agb="42420009", gevolg="beoordelen"), algemeen) == "honoreren"


def test_of_two_equal_rows_the_careful_one_holds() -> None:
    assert _gevolg(HONOREER, replace(HONOREER, gevolg="beoordelen")) == "beoordelen"
