"""Which awarded lines an accountant asks about, and the conditions that say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

VOORWAARDEN = {
    "van": "p.begindatum >= %(van)s",
    "tot": "p.begindatum <= %(tot)s",
    "aanbieder": "p.agb = %(aanbieder)s",
    "categorie": "p.categorie = %(categorie)s",
    "productcode": "p.productcode = %(productcode)s",
    "prestatie_ids": "p.prestatie_id = ANY(%(prestatie_ids)s::bigint[])",
}
"""By the field of Controlebereik that they are about."""


@dataclass(frozen=True, slots=True)
class Controlebereik:
    """Which awarded lines, as of which moment; by the first day of their ProductPeriode."""

    gemeente: str
    moment: datetime
    van: date | None = None
    tot: date | None = None
    aanbieder: str | None = None
    categorie: str | None = None
    productcode: str | None = None
    prestatie_ids: Sequence[int] | None = None

    def as_values(self) -> dict[str, Any]:
        """What was asked, by the name of its condition."""
        gevraagd = {naam: getattr(self, naam) for naam in VOORWAARDEN if getattr(self, naam) is not None}
        return gevraagd if self.prestatie_ids is None else {**gevraagd, "prestatie_ids": list(self.prestatie_ids)}
