"""Which requests the service itself sets to be honoured (VERZOEKEN 9): rows of a gemeente, by date. None refuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from berichten.dossier.contract import is_valid_on
from berichten.standaard.waarden.onderdelen import Product
from berichten.standaard.waarden.verzoeken import Verwijzer

_ERNST = {"honoreren": 0, "beoordelen": 1, "geen_rol": 2}
"""The careful ones last."""


@dataclass(frozen=True, slots=True)
class Verzoekbeleidsregel:
    """What a gemeente wants to follow from requests of one sort in a period, both ends inclusive; empty texts hold for all."""

    soort: str
    """``JW315`` or ``JW317``."""
    verwijzertype: str
    """COD327, of a JW315."""
    agb: str
    categorie: str
    productcode: str
    met_agb_code: bool
    """Only when the referrer is named by AGB code."""
    gevolg: Literal["honoreren", "beoordelen", "geen_rol"]
    """`geen_rol`, of a JW317: by its contract the aanbieder asks for no changes (VZ02); a person decides."""
    ingangsdatum: date
    einddatum: date | None

    def fits(self, soort: str, agb: str, product: Product | None, verwijzer: Verwijzer | None, dag: date) -> bool:
        """Whether it holds on a day for a request. A row for a category or a code never holds for what names none."""
        return (
            self.soort == soort
            and is_valid_on(self.ingangsdatum, self.einddatum, dag)
            and self.agb in ("", agb)
            and self.categorie in ("", product.categorie if product else None)
            and self.productcode in ("", product.code if product else None)
            and self.verwijzertype in ("", verwijzer.type if verwijzer else None)
            and not (self.met_agb_code and (verwijzer is None or verwijzer.zorgverlenercode is None))
        )

    @property
    def precies(self) -> tuple[int, ...]:
        """Sorts the most specific last: by aanbieder, then by what is asked, then by referrer; of equals the careful one."""
        return (
            bool(self.agb), bool(self.productcode), bool(self.categorie), bool(self.verwijzertype), self.met_agb_code,
            _ERNST[self.gevolg],
        )  # fmt: skip


def find_beleid(
    regels: Sequence[Verzoekbeleidsregel],
    soort: str,
    agb: str,
    product: Product | None,
    verwijzer: Verwijzer | None,
    dag: date,
) -> Verzoekbeleidsregel | None:
    """The most specific row that holds; None means that a person looks.

    `dag`: the start date that is asked for, of a JW317 the day of receipt. It counts only where no finding asks for a person.
    """
    passend = [item for item in regels if item.fits(soort, agb, product, verwijzer, dag)]
    return max(passend, key=lambda item: item.precies, default=None)
