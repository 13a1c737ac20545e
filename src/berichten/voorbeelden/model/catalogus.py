"""Products and tariffs of the sample town, in the style of the public product lists of Dutch youth-care regions."""

from dataclasses import dataclass
from datetime import date

from berichten.voorbeelden.model.model import Aanbieder

EIGEN_TARIEF_CODE = "45A48"
"""Code for which some providers have tariff rows of their own."""


@dataclass(frozen=True, slots=True)
class Stadsproduct:
    """One product code. Tariffs are eurocents a unit at the price level of 2024, by education level."""

    code: str
    omschrijving: str
    categorie: str
    eenheid: str
    uitvoeringsvariant: str
    zorgvorm: str
    segment: str
    registratie: str
    taakveld: str
    tarieven: tuple[tuple[str, int], ...]
    tweede_tarief: tuple[str, int] | None = None
    """A tariff in another unit besides (unit, eurocents), for a code that may be contracted in two units."""


_KAAL = ""
PRODUCTEN: tuple[Stadsproduct, ...] = (
    Stadsproduct("41A05", "Dagbehandeling in een groep", "41", "16", "inspanning", "Dagbehandeling & Besteding", "3", "",
                     "6.72c", ((_KAAL, 9635),), ("04", 2410)),
    Stadsproduct("42A01", "Vervoer, enkele rit", "42", "84", "inspanning", "Dagbehandeling & Besteding", "3", "",
                     "6.72d", ((_KAAL, 1865),)),
    Stadsproduct("43A12", "Behandeling met verblijf, midden", "43", "14", "inspanning", "Behandeling met verblijf", "1A", "",
                     "6.73c", ((_KAAL, 31240),)),
    Stadsproduct("44A09", "Verblijf zonder behandeling, licht", "44", "14", "inspanning", "Jeugdhulp met verblijf overig",
                     "2", "", "6.73c", ((_KAAL, 18475),)),
    Stadsproduct("45A03", "Begeleiding individueel", "45", "04", "inspanning", "Begeleiding individueel", "4", "",
                     "6.72a", (("MBO", 5115), ("HBO", 7575), ("WO", 11165))),
    Stadsproduct("45A04", "Behandeling individueel", "45", "04", "inspanning", "Behandeling individueel", "4", "SKJ/BIG",
                     "6.72b", (("HBO", 8045), ("WO", 11495))),
    Stadsproduct(EIGEN_TARIEF_CODE, "Begeleiding individueel, intensief", "45", "04", "inspanning", "Begeleiding individueel",
                     "4", "", "6.72a", (("MBO", 5135), ("HBO", 7805))),
    Stadsproduct("45A52", "Behandeling individueel per minuut", "45", "01", "inspanning", "Behandeling individueel", "4",
                     "SKJ", "6.72b", (("HBO", 131),)),
    Stadsproduct("46A01", "Crisishulp ambulant", "46", "04", "inspanning", "Crisis", "6", "SKJ/BIG",
                     "6.74b", (("HBO+", 10975),)),
    Stadsproduct("50A01", "Maatwerk, afgeronde stap", "50", "82", "output", "Behandeling/begeleiding groep", "4", "",
                     "6.72a", ((_KAAL, 42550),)),
    Stadsproduct("50A02", "Maatwerk, vast bedrag", "50", "83", "output", "Behandeling/begeleiding groep", "4", "",
                     "6.72a", ()),
    Stadsproduct("53001", "Kindergeneeskunde", "53", "01", "inspanning", "Specialistische GGZ", "5", "BIG",
                     "6.74a", (("WO+", 232),)),
    Stadsproduct("54001", "Jeugd-ggz, specialistisch", "54", "04", "inspanning", "Specialistische GGZ", "5", "SKJ/BIG",
                     "6.74a", (("HBO", 7565), ("WO", 11170))),
    Stadsproduct("54002", "Jeugd-ggz, hoogspecialistisch", "54", "04", "inspanning", "Hoog-specialistische GGZ", "5",
                     "SKJ/BIG", "6.74a", (("WO", 11435), ("WO+", 13945))),
)  # fmt: skip
OP_CODE: dict[str, Stadsproduct] = {product.code: product for product in PRODUCTEN}


def has_eigen_tarief(aanbieder: Aanbieder | str) -> bool:
    """Tell whether this provider has its own tariff rows for `EIGEN_TARIEF_CODE`: every third one has."""
    agb = aanbieder if isinstance(aanbieder, str) else aanbieder.agb
    return int(agb[-4:]) % 3 == 2


def index_tarief(basis: int, jaar: int, eigen: bool = False) -> int:
    """Return the tariff of a year in eurocents: 4.1% a year from 2024, and 3.5% more for a provider's own tariff."""
    factor = 1.041 ** (jaar - 2024) * (1.035 if eigen else 1.0)
    return round(basis * factor)


def find_tarief(agb: str, code: str, niveau: str, peildatum: date) -> int:
    """Return the contract's tariff in eurocents for the product's own unit, as of the ProductPeriode's first day."""
    eigen = code == EIGEN_TARIEF_CODE and has_eigen_tarief(agb)
    return index_tarief(dict(OP_CODE[code].tarieven)[niveau], peildatum.year, eigen)


def list_niveaus(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the education levels that have a tariff for every one of `codes`; an empty text for a product without levels."""
    gedeeld = [niveau for niveau, _ in OP_CODE[codes[0]].tarieven]
    for code in codes[1:]:
        gedeeld = [niveau for niveau in gedeeld if niveau in dict(OP_CODE[code].tarieven)]
    return tuple(gedeeld) or (_KAAL,)
