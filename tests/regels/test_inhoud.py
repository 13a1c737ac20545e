"""What the rules of level 2 prepare once a message, held against the plain definition."""

from datetime import date, time, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from berichten.regels.inhoud.inhoudsregel import find_repeats, was_meant
from berichten.regels.inhoud.overlap import find_overlaps
from berichten.standaard.waarden.berichten import ToegewezenProduct
from berichten.standaard.waarden.onderdelen import Product

_DAG = date(2026, 1, 1)


def _product(
    nummer: int, categorie: str | None, code: str | None, begin: int, duur: int | None, reden: str | None
) -> ToegewezenProduct:
    ingang = _DAG + timedelta(days=begin)
    einde = None if duur is None else ingang + timedelta(days=duur)
    product = None if categorie is None else Product(categorie, code)
    return ToegewezenProduct(nummer, None, product, _DAG, time(9), ingang, einde, reden, None, None, nummer)


_PRODUCTEN = st.lists(
    st.builds(
        _product,
        st.integers(1, 99),
        st.sampled_from(["45", "46", None]),
        st.sampled_from(["A", "B", None]),
        st.integers(0, 12),
        st.sampled_from([-1, 0, 1, 4, 9, None]),
        st.sampled_from(["13", None, None]),
    ),
    max_size=7,
)


def _same_product(een: ToegewezenProduct, ander: ToegewezenProduct) -> bool:
    """By code, else by category, else everything."""
    if een.product is None or ander.product is None:
        return True
    if een.product.categorie != ander.product.categorie:
        return False
    return None in (een.product.code, ander.product.code) or een.product.code == ander.product.code


def _overlap(een: ToegewezenProduct, ander: ToegewezenProduct) -> bool:
    if not _same_product(een, ander):
        return False
    if any(item.reden_wijziging == "13" and item.einddatum == item.ingangsdatum for item in (een, ander)):
        return False
    return _reaches(een, ander) and _reaches(ander, een)


def _reaches(een: ToegewezenProduct, ander: ToegewezenProduct) -> bool:
    """A period that ends before it begins is taken as it stands, as the publisher's rules do."""
    return (een.einddatum or date.max) >= ander.ingangsdatum


@given(_PRODUCTEN)
def test_stacked_allocations_are_those_that_overlap_one_by_one(producten: list[ToegewezenProduct]) -> None:
    gevonden = find_overlaps(filter(was_meant, producten))
    for product in producten:
        if id(product) in gevonden:
            assert _overlap(product, gevonden[id(product)])
    paren = [paar for paar in combinations(producten, 2) if _overlap(*paar)]
    for een, ander in paren:
        assert id(een) in gevonden or id(ander) in gevonden
    assert bool(gevonden) == bool(paren)


@given(st.lists(st.integers(0, 5), max_size=12))
def test_repeats_point_to_the_first_of_their_kind(getallen: list[int]) -> None:
    waarden = [[getal] for getal in getallen]
    gevonden = find_repeats(waarden, lambda waarde: waarde[0])
    for nummer, waarde in enumerate(waarden):
        eerste = getallen.index(getallen[nummer])
        assert gevonden.get(id(waarde)) is (None if eerste == nummer else waarden[eerste])
