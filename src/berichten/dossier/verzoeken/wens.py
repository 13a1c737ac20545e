"""One product that a request asks for, whatever its class, and what becomes of an allocation that is to change (VERZOEKEN 8)."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Literal

from berichten.dossier.dossier import Toewijzing
from berichten.dossier.verzoeken.verzoekkader import product_of
from berichten.dossier.volumes import TOTAAL
from berichten.standaard.waarden.onderdelen import Omvang, Product
from berichten.standaard.waarden.verzoeken import AangevraagdProduct, NieuwProduct, TeWijzigenProduct

Verandering = Literal["geen", "geheel", "einddatum", "splitsing", "mens"]
"""What a JW301 does with an allocation that is to change: nothing; under the same number all of it, or its end alone; end it and
allocate anew; or what only a person can say."""


@dataclass(frozen=True, slots=True)
class Wens:
    """An AangevraagdProduct, a NieuwProduct, or a TeWijzigenProduct with its allocation."""

    bron: AangevraagdProduct | TeWijzigenProduct | NieuwProduct
    toewijzing: Toewijzing | None = None
    """As it stands now; None for what is not allocated yet."""

    @property
    def product(self) -> Product | None:
        """None for a generic one. The product of an allocation cannot change."""
        if isinstance(self.bron, TeWijzigenProduct):
            return None if self.toewijzing is None else product_of(self.toewijzing)
        return self.bron.product

    @property
    def ingangsdatum(self) -> date:
        return self.bron.ingangsdatum

    @property
    def einddatum(self) -> date | None:
        return self.bron.einddatum


def as_toewijzing(wens: Wens) -> Toewijzing:
    """What is asked for as if it were allocated, to reckon with: a change from the Ingangsdatum of its allocation on."""
    omvang, product, dag = wens.bron.omvang, wens.product, wens.ingangsdatum
    categorie, code = (None, None) if product is None else (product.categorie, product.code)
    volume, eenheid, frequentie = (omvang.volume, omvang.eenheid, omvang.frequentie) if omvang else (None, None, None)
    basis = wens.toewijzing or Toewijzing(
        toewijzingnummer=0, agb="", bsn="", categorie=categorie, productcode=code,
        ingangsdatum=dag, einddatum=None, reden_wijziging=None, volume=None, eenheid=None, frequentie=None, budget=None,
        toewijzingsdatum=dag, toewijzingstijd=time.min, versie=0,
    )  # fmt: skip
    return replace(
        basis, einddatum=wens.einddatum, budget=wens.bron.budget, volume=volume, eenheid=eenheid, frequentie=frequentie
    )  # fmt: skip


def omvang_of(toewijzing: Toewijzing) -> Omvang | None:
    """Omvang of an allocation as a message writes it."""
    if toewijzing.volume is None or toewijzing.eenheid is None or toewijzing.frequentie is None:
        return None
    return Omvang(toewijzing.volume, toewijzing.eenheid, toewijzing.frequentie)


def classify(product: TeWijzigenProduct, toewijzing: Toewijzing) -> Verandering:
    """By what differs from the allocation as it stands (IV093, OP257, OP380, OP033x1).

    A budget, and a volume for the whole period, change under the same number from the Ingangsdatum on. Another volume for each day,
    week or month is a new allocation: the part that is over stays what it was.
    """
    omvang, anders = omvang_of(toewijzing), product.omvang
    if product.budget == toewijzing.budget and anders == omvang:
        return "geen" if product.einddatum == toewijzing.einddatum else "einddatum"
    if omvang is None or anders is None:
        return "geheel" if omvang is None and anders is None else "mens"
    if omvang.frequentie == TOTAAL:
        return "geheel" if (omvang.eenheid, omvang.frequentie) == (anders.eenheid, anders.frequentie) else "mens"
    binnen = toewijzing.ingangsdatum < product.ingangsdatum <= (toewijzing.einddatum or date.max)
    return "splitsing" if binnen else "mens"
