"""Three stories of what may not be billed, and of the people who decide. They stand by themselves and may follow a town."""

from functools import lru_cache

from berichten.voorbeelden.stad.referentie import BEGIN_CONTRACT, KOLOMMEN, pdc_rij, write_csv
from berichten.voorbeelden.verhalen import budget as verhalen_budget
from berichten.voorbeelden.verhalen import niveau as verhalen_niveau
from berichten.voorbeelden.verhalen import noshow as verhalen_noshow
from berichten.voorbeelden.verhalen.bouw import PRODUCTEN
from berichten.voorbeelden.verhalen.model import Verhaal

AANBIEDERS = (verhalen_noshow.AANBIEDER, verhalen_niveau.AANBIEDER, verhalen_budget.AANBIEDER)
"""One for each story, in order."""


@lru_cache(maxsize=1)
def make_verhalen() -> tuple[Verhaal, Verhaal, Verhaal]:
    """Make the no-show, the other level and the budget that is used up; the same bytes each time."""
    return verhalen_noshow.make_no_show(), verhalen_niveau.make_niveau(), verhalen_budget.make_budget()


def make_referentie_verhalen() -> dict[str, str]:
    """Make the reference files that the stories need besides those of a town, in the order in which they can be loaded."""
    rijen = {
        "aanbieders": ((aanbieder.agb, aanbieder.naam) for aanbieder in AANBIEDERS),
        "pdc": (pdc_rij(product, BEGIN_CONTRACT) for product in PRODUCTEN),
        "contracten": ((aanbieder.agb, product.code, BEGIN_CONTRACT, "") for aanbieder in AANBIEDERS for product in PRODUCTEN),
        "tarieven": (
            ("", product.code, niveau, product.eenheid, tarief, BEGIN_CONTRACT, "")
            for product in PRODUCTEN
            for niveau, tarief in product.tarieven
        ),
        "gezinsplanafspraken": verhalen_niveau.AFSPRAKEN,
    }
    return {naam: write_csv(KOLOMMEN[naam], inhoud) for naam, inhoud in rijen.items()}
