"""What was agreed with an aanbieder: its products, their category and unit, and the tariffs. Plain values, looked up by date.

A gemeente that has loaded no catalogue, contracts or tariffs has nothing to hold a line against; the checks that need them are
then not made (OP095: nobody is rejected on what he cannot know).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
Aantal = TypeVar("Aantal", int, NDArray[np.int64])
"""A number, or a column of them."""

MINUUT, UUR, EUROS = "01", "04", "83"
BIJ_TOEWIJZING = "toewijzing"
"""`tariefdatum` of a contract row: the price of the allocation's Ingangsdatum holds for all of it."""


@dataclass(frozen=True, slots=True)
class Catalogusproduct:
    """A row of the product catalogue (PDC), valid from ingangsdatum to einddatum, both inclusive; None is open."""

    productcode: str
    productcategorie: str
    eenheid: str
    ingangsdatum: date
    einddatum: date | None
    zorgvorm: str = ""
    segment: str = ""
    opleidingsniveau: str = ""
    """Education level where the code fixes it; empty where the tariff tells."""
    vereiste_registratie: str = ""
    """`SKJ`, `BIG`, `SKJ/BIG` (either) or empty for none."""
    omschrijving: str = ""

    def tells(self, *woorden: str) -> bool:
        """Whether its name or zorgvorm has one of these words, in small letters."""
        return any(woord in f"{self.omschrijving} {self.zorgvorm}".casefold() for woord in woorden)


@dataclass(frozen=True, slots=True)
class Tarief:
    """An agreed price in cents for one unit; `eenheid` empty means that of the catalogue."""

    agb: str
    """Empty for a price that holds for every aanbieder."""
    productcode: str
    opleidingsniveau: str
    eenheid: str
    tarief: int
    ingangsdatum: date
    einddatum: date | None


@dataclass(frozen=True, slots=True)
class Contractrij:
    """A product for which the aanbieder is contracted."""

    productcode: str
    ingangsdatum: date
    einddatum: date | None
    tariefdatum: str = "periode"
    """Which day's price a line has: `periode`, the first of its ProductPeriode, or BIJ_TOEWIJZING."""


@dataclass(slots=True)
class Contract:
    """Everything agreed between one gemeente and one aanbieder about the products that a message names."""

    heeft_catalogus: bool = False
    """The gemeente has loaded a catalogue, whatever is in it."""
    heeft_contracten: bool = False
    heeft_tarieven: bool = False
    producten: tuple[Catalogusproduct, ...] = ()
    contractregels: tuple[Contractrij, ...] = ()
    tariefregels: tuple[Tarief, ...] = ()
    _bekend: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """Answers given before: a large declaration asks the same of few codes, many thousand times."""
    kent_tarief_bij_toewijzing: bool = field(init=False)
    """Whether any of these rows has BIJ_TOEWIJZING: only then callers need to tell the Ingangsdatum."""

    def __post_init__(self) -> None:
        self.kent_tarief_bij_toewijzing = any(item.tariefdatum == BIJ_TOEWIJZING for item in self.contractregels)

    def categories_of(self, code: str, dag: date | None = None) -> frozenset[str]:
        """Categories that the catalogue gives a code; only on `dag` when one is given."""
        return self._once(self._find_categories, code, dag)

    def price_day(self, code: str, dag: date, ingang: date | None) -> date | None:
        """The day whose prices hold for care from `dag` on an allocation from `ingang`, as the contract row of that day says.

        None where the row asks for the Ingangsdatum and there is no allocation to tell it.
        """
        return self._once(self._find_price_day, code, dag, ingang)

    def tarieven(self, code: str, dag: date, ingang: date | None = None) -> tuple[Tarief, ...]:
        """Prices of a code for care from `dag`, each with its unit; none when the code is outside the contract on that day.

        `ingang` is the Ingangsdatum of the allocation, for contracts whose price is that of then. Has the aanbieder a price of
        its own for the code, the general ones do not count.
        """
        return self._once(self._find_tarieven, code, dag, ingang)

    def units(self, code: str, dag: date, ingang: date | None = None) -> frozenset[str]:
        """Units in which a code may be billed: those of its prices, else those of the catalogue."""
        return self._once(self._find_units, code, dag, ingang)

    def rates(self, code: str, dag: date, eenheid: str, ingang: date | None = None) -> frozenset[int]:
        """Every ProductTarief in cents that a line of this code, day and unit may bear."""
        return self._once(self._find_rates, code, dag, eenheid, ingang)

    def hourly_tarieven(self, code: str, dag: date, minuuttarief: int, ingang: date | None = None) -> tuple[int, ...]:
        """Hourly prices in cents whose minute rate this is, unless a minute price says the same."""
        return self._once(self._find_hourly, code, dag, minuuttarief, ingang)

    def product_on(self, code: str, dag: date) -> Catalogusproduct | None:
        """The catalogue's row of a code on a day, else its latest row: a code that has ended stays billable."""
        return self._once(self._find_product, code, dag)

    def level_of(self, code: str, dag: date, eenheid: str, tarief: int | None, ingang: date | None = None) -> str:
        """Education level that is billed: fixed by the code, else told by the tariff.

        Empty when it cannot be known: no level is set, or several levels have this tariff.
        """
        return self._once(self._find_level, code, dag, eenheid, tarief, ingang)

    def rate_for(self, code: str, dag: date, eenheid: str, niveau: str, ingang: date | None = None) -> tuple[int, bool] | None:
        """Cents of the tariff for a level, and whether it is an hourly tariff for minutes; None when there is none, or several."""
        return self._once(self._find_rate_for, code, dag, eenheid, niveau, ingang)

    def is_outside(self, code: str, dag: date) -> bool:
        """Whether a product is not in the contract on a day; never where the gemeente has loaded nothing to tell by."""
        return self._once(self._find_outside, code, dag)

    def contracted(self, categorie: str | None, code: str | None, dag: date) -> frozenset[str]:
        """Codes in the contract on a day: of those the one code, or all of a category, or without either all there are."""
        return self._once(self._find_contracted, categorie, code, dag)

    def last_day(self, code: str, dag: date) -> date:
        """Last day of the contract rows of a code that follow each other without a gap, from a day that one of them holds."""
        return self._once(self._find_last_day, code, dag)

    def unit_of(self, tarief: Tarief) -> str:
        """Unit of a price: its own, else that of the catalogue; empty when neither says."""
        if tarief.eenheid:
            return tarief.eenheid
        return next((item.eenheid for item in self.producten if item.productcode == tarief.productcode), "")

    def _once(self, find: Callable[..., T], *vraag: object) -> T:
        sleutel = (find.__name__, *vraag)
        if sleutel not in self._bekend:
            self._bekend[sleutel] = find(*vraag)
        antwoord: T = self._bekend[sleutel]
        return antwoord

    def _find_contracted(self, categorie: str | None, code: str | None, dag: date) -> frozenset[str]:
        if code is not None:
            return frozenset((code,)) if _any_valid(self._once(self._find_rows, code), dag) else frozenset()
        if categorie is not None:
            return frozenset(item for item in self.contracted(None, None, dag) if categorie in self.categories_of(item))
        return frozenset(item.productcode for item in self.contractregels if is_valid_on(item.ingangsdatum, item.einddatum, dag))

    def _find_last_day(self, code: str, dag: date) -> date:
        rijen, na = self._once(self._find_rows, code), dag
        while volgende := [item for item in rijen if is_valid_on(item.ingangsdatum, item.einddatum, na)]:
            laatste = max(item.einddatum or date.max for item in volgende)
            if laatste == date.max:
                return laatste
            na = laatste + timedelta(days=1)
        return na - timedelta(days=1)

    def _find_rows(self, code: str) -> list[Contractrij]:
        return [item for item in self.contractregels if item.productcode == code]

    def _find_categories(self, code: str, dag: date | None) -> frozenset[str]:
        return frozenset(
            item.productcategorie
            for item in self.producten
            if item.productcode == code and (dag is None or is_valid_on(item.ingangsdatum, item.einddatum, dag))
        )

    def _find_product(self, code: str, dag: date) -> Catalogusproduct | None:
        eigen = [item for item in self.producten if item.productcode == code]
        geldig = [item for item in eigen if is_valid_on(item.ingangsdatum, item.einddatum, dag)]
        return max(geldig or eigen, key=lambda item: item.ingangsdatum, default=None)

    def _find_level(self, code: str, dag: date, eenheid: str, tarief: int | None, ingang: date | None) -> str:
        product = self.product_on(code, dag)
        if product is not None and product.opleidingsniveau:
            return product.opleidingsniveau
        niveaus = {item.opleidingsniveau for item in self.tarieven(code, dag, ingang) if self._rate(item, eenheid) == tarief}
        return niveaus.pop() if len(niveaus) == 1 and tarief is not None else ""

    def _find_rate_for(self, code: str, dag: date, eenheid: str, niveau: str, ingang: date | None) -> tuple[int, bool] | None:
        passend = {
            (item.tarief, self.unit_of(item) == UUR and eenheid == MINUUT)
            for item in self.tarieven(code, dag, ingang)
            if item.opleidingsniveau == niveau and self._rate(item, eenheid) is not None
        }
        return passend.pop() if len(passend) == 1 else None

    def _find_outside(self, code: str, dag: date) -> bool:
        if self.heeft_contracten:
            return not _any_valid((item for item in self.contractregels if item.productcode == code), dag)
        return self.heeft_tarieven and not self.tarieven(code, dag)

    def _find_price_day(self, code: str, dag: date, ingang: date | None) -> date | None:
        geldig = (
            item for item in self.contractregels if item.productcode == code and is_valid_on(item.ingangsdatum, item.einddatum, dag)
        )
        return ingang if any(item.tariefdatum == BIJ_TOEWIJZING for item in geldig) else dag

    def _find_tarieven(self, code: str, dag: date, ingang: date | None) -> tuple[Tarief, ...]:
        if self.heeft_contracten and not _any_valid((item for item in self.contractregels if item.productcode == code), dag):
            return ()
        op = self.price_day(code, dag, ingang) or dag
        geldig = [
            item for item in self.tariefregels if item.productcode == code and is_valid_on(item.ingangsdatum, item.einddatum, op)
        ]
        eigen = [item for item in geldig if item.agb]
        return tuple(eigen or geldig)

    def _find_units(self, code: str, dag: date, ingang: date | None) -> frozenset[str]:
        uit_tarief = frozenset(self.unit_of(item) for item in self.tarieven(code, dag, ingang)) - {""}
        return uit_tarief or frozenset(item.eenheid for item in self.producten if item.productcode == code) - {""}

    def _find_rates(self, code: str, dag: date, eenheid: str, ingang: date | None) -> frozenset[int]:
        tarieven = frozenset(self._rate(item, eenheid) for item in self.tarieven(code, dag, ingang))
        return frozenset(item for item in tarieven if item is not None)

    def _find_hourly(self, code: str, dag: date, minuuttarief: int, ingang: date | None) -> tuple[int, ...]:
        gelijk = [item for item in self.tarieven(code, dag, ingang) if self._rate(item, MINUUT) == minuuttarief]
        if any(self.unit_of(item) != UUR for item in gelijk):
            return ()
        return tuple(item.tarief for item in gelijk)

    def _rate(self, tarief: Tarief, eenheid: str) -> int | None:
        """ProductTarief that a line in `eenheid` bears under a price; None when it cannot be billed in that unit."""
        eigen = self.unit_of(tarief)
        if eigen in (eenheid, ""):
            return tarief.tarief
        return per_minuut(tarief.tarief) if (eigen, eenheid) == (UUR, MINUUT) else None


def is_valid_on(ingangsdatum: date, einddatum: date | None, dag: date) -> bool:
    """Whether a period, both ends inclusive, holds `dag`."""
    return ingangsdatum <= dag and (einddatum is None or dag <= einddatum)


def _any_valid(regels: Iterable[Contractrij], dag: date) -> bool:
    return any(is_valid_on(item.ingangsdatum, item.einddatum, dag) for item in regels)


def per_minuut(uurtarief: int) -> int:
    """Minute rate of an hourly tariff in cents, rounded half up (IV081); for information only."""
    return (uurtarief + 30) // 60


def amount_of_minuten(uurtarief: Aantal, minuten: Aantal) -> Aantal:
    """Amount in cents of minutes on an hourly tariff: multiplied first, then rounded half up once (TR346, IV081)."""
    bedrag: Aantal = (uurtarief * minuten + 30) // 60
    return bedrag
