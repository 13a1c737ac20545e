"""Care before 2021: how each provider billed it with JW303, and what a line then looks like."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from berichten.kern import kalender
from berichten.voorbeelden.berichten.factuur import Factuurkop
from berichten.voorbeelden.model.leveringen import Administratie, Sleutel, with_volume
from berichten.voorbeelden.model.model import Lijn, Nummering, OudePrestatie
from berichten.voorbeelden.model.volumes import max_mogelijk

EERSTE_DAG_JW323 = date(2021, 1, 1)
"""Care from this day on is billed with JW323 (CS103)."""
LAATSTE_MAAND_JW303 = kalender.add_maanden(EERSTE_DAG_JW323, -1)
BTW = 2100
"""Hundredths of a percent."""
_BTW_CATEGORIE = "50"
"""The only category on which the town's providers owe VAT."""
_ZONDER_NUMMER = 4
"""One in this many allocations is billed without its number, where product and client tell which one is meant."""


@dataclass(frozen=True, slots=True)
class Declaratiewijze:
    """What a provider and the gemeente agreed on billing (OP278)."""

    code: str
    """432 declaration, 450 invoice."""
    servicebureau: str | None
    btw_nummer: str | None
    werkelijk: bool
    """ProductPeriode from the first to the last day of help (IV062), instead of the month within the allocation (IV063)."""

    @property
    def naam(self) -> str:
        """The word for it in the reference file `declaratiewijzen`."""
        return "factuur" if self.code == "450" else "declaratie"

    def find_vrijstelling(self, categorie: str) -> str | None:
        """Return the BtwVrijstellingIndicatie; only an exempt provider's declaration leaves it out (CD059)."""
        if self.btw_nummer is not None:
            return "2" if categorie == _BTW_CATEGORIE else "1"
        return "1" if self.code == "450" else None


def find_wijze(agb: str) -> Declaratiewijze:
    """Return how a provider bills: declaration and invoice, exempt and not, through a servicebureau or not, all occur."""
    soort = int(agb[-4:]) % 4
    bureau, btw = f"98{agb[-6:]}", f"NL{agb:0>9}B01"
    return (
        Declaratiewijze("450", bureau, btw, werkelijk=False),
        Declaratiewijze("432", None, None, werkelijk=False),
        Declaratiewijze("450", None, None, werkelijk=True),
        Declaratiewijze("432", bureau, btw, werkelijk=True),
    )[soort]


def bill_with_jw303(rng: Random, administratie: Administratie) -> None:
    """Turn every line of before 2021 into one of a JW303, by the ways of its provider."""
    for (agb, maand), lijnen in administratie.lijnen.items():
        if maand < EERSTE_DAG_JW323:
            wijze = find_wijze(agb)
            administratie.lijnen[agb, maand] = [_turn(rng, wijze, lijn) for lijn in lijnen]


def _turn(rng: Random, wijze: Declaratiewijze, lijn: Lijn) -> Lijn:
    oud = as_oude_lijn(lijn, wijze)
    if not wijze.werkelijk:
        return oud
    korter = replace(oud, begin=oud.begin + timedelta(rng.randint(0, 3)), eind=oud.eind - timedelta(rng.randint(0, 3)))
    return korter if _fits(korter) else oud


def as_oude_lijn(lijn: Lijn, wijze: Declaratiewijze) -> Lijn:
    """Return the line as a JW303 states it: its amount by the rounded minute rate (IV060), its VAT, maybe without number."""
    product = lijn.traject.eerste.product
    eigen_product = product is not None and product.code == lijn.code
    vrijstelling = wijze.find_vrijstelling(lijn.categorie)
    regel = OudePrestatie(
        zonder_nummer=eigen_product and lijn.nummer % _ZONDER_NUMMER == 0,
        vrijstelling=vrijstelling,
        btw_percentage=BTW if vrijstelling == "2" else None,
    )
    return with_volume(replace(lijn, uurtarief=None, oud=regel), lijn.volume)


def _fits(lijn: Lijn) -> bool:
    """Tell whether a shorter period still holds the volume, by whatever way of counting."""
    omvang = lijn.traject.eerste.omvang
    if lijn.begin > lijn.eind or (omvang is not None and omvang.frequentie in ("1", "2")):
        return False
    mogelijk = max_mogelijk(lijn.eenheid, lijn.begin, lijn.eind)
    return mogelijk is None or lijn.volume <= mogelijk


def new_factuurkop(sleutel: Sleutel, nummering: Nummering) -> Factuurkop:
    """Make the head of a JW303 sent in the first working days of the month after `sleutel`'s.

    Corrections that come after 2020 are billed as a later message of its last month (IV064, CS103).
    """
    agb, maand = sleutel
    wijze = find_wijze(agb)
    dagtekening = kalender.add_werkdagen(kalender.einde_of_maand(maand), 3 + int(agb) % 3)
    return Factuurkop(
        code=wijze.code,
        agb=agb,
        servicebureau=wijze.servicebureau,
        btw_nummer=wijze.btw_nummer,
        nummer=nummering.new_factuurnummer(),
        maand=min(maand, LAATSTE_MAAND_JW303),
        dagtekening=dagtekening,
    )
