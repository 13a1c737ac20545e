"""Which products overlap in time with another one for the same product (OP259, OP347)."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter
from typing import Generic, Protocol, TypeVar

from berichten.standaard.waarden.onderdelen import Product


class Tijdvak(Protocol):
    """What is for a product in a period: an allocation, or what is asked for."""

    @property
    def product(self) -> Product | None: ...
    @property
    def ingangsdatum(self) -> date: ...
    @property
    def einddatum(self) -> date | None: ...


P = TypeVar("P", bound=Tijdvak)
_Sleutels = dict[tuple[str, ...], "_Verloop[P]"]


def find_overlaps(producten: Iterable[P], mag: Callable[[P], bool] = lambda _: False) -> dict[int, P]:
    """Products that begin while another one for the same product runs, by `id()`, each with that other one.

    A category without code covers every code in it, and one without product covers everything. In order of Ingangsdatum
    it is enough to remember, for each product, the one that ends last among those that began up to a day. Two products of which
    `mag` is true may overlap each other.
    """
    alle: _Sleutels[P] = defaultdict(_Verloop)
    streng: _Sleutels[P] = defaultdict(_Verloop)
    overlappend = {}
    for product in sorted(producten, key=attrgetter("ingangsdatum")):
        eigen, omvat = _dekking(product)
        vrij = mag(product)
        verloop = streng if vrij else alle
        lopend = (verloop[sleutel].longest(product) for sleutel in omvat if sleutel in verloop)
        ander = next((item for item in lopend if item is not None and _einde(item) >= product.ingangsdatum), None)
        if ander is not None:
            overlappend[id(product)] = ander
        for sleutel in eigen:
            alle[sleutel].add(product)
            if not vrij:
                streng[sleutel].add(product)
    return overlappend


class _Verloop(Generic[P]):
    """Products in order of Ingangsdatum, and with each the one that ends last up to there."""

    __slots__ = ("begin", "langst")

    def __init__(self) -> None:
        self.begin: list[date] = []
        self.langst: list[P] = []

    def add(self, product: P) -> None:
        langst = self.langst[-1] if self.langst and _einde(self.langst[-1]) >= _einde(product) else product
        self.begin.append(product.ingangsdatum)
        self.langst.append(langst)

    def longest(self, product: P) -> P | None:
        """Of those that began before `product` was over: all, unless it ends before it begins."""
        aantal = bisect_right(self.begin, _einde(product))
        return self.langst[aantal - 1] if aantal else None


def _einde(product: Tijdvak) -> date:
    return product.einddatum or date.max


def _dekking(product: Tijdvak) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Keys under which a product is found by others, and keys under which it finds those that it may not overlap."""
    if product.product is None:
        return [("alles",), ("generiek",)], [("alles",)]
    categorie, code = product.product.categorie, product.product.code
    if code is None:
        eigen = [("alles",), ("categorie", categorie), ("aspecifiek", categorie)]
        return eigen, [("generiek",), ("categorie", categorie)]
    eigen = [("alles",), ("categorie", categorie), ("code", categorie, code)]
    return eigen, [("generiek",), ("aspecifiek", categorie), ("code", categorie, code)]


def is_same_product(een: Product | None, ander: Product | None) -> bool:
    """Whether two are for the same product: equal, or one covers the other."""
    if een is None or ander is None:
        return True
    return een.categorie == ander.categorie and (een.code is None or ander.code is None or een.code == ander.code)
