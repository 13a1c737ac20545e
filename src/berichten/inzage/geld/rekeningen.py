"""Bank accounts as they were recorded, and blocks on payments; both are kept for ever."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.financien import blokkades
from berichten.opslag.financien import rekeningen as opslag
from berichten.opslag.financien.blokkades import Blokkade
from berichten.opslag.financien.rekeningen import EIGEN, Rekeningrij

__all__ = ["Blokkade", "Rekening", "Rekeningstatus", "list_blokkades", "list_rekeningen", "show_rekening"]

Rekeningstatus = Literal["voorstel", "bevestigd", "ingetrokken"]


@dataclass(frozen=True, slots=True)
class Rekening:
    """An account; both days inclusive. Only one that is `bevestigd` is used."""

    rekening_id: int
    agb: str | None
    """None for the account from which the gemeente itself pays."""
    iban: str
    tenaamstelling: str
    ingangsdatum: date
    einddatum: date | None
    vastgelegd_door: str
    vastgelegd_op: datetime
    status: Rekeningstatus
    beoordeeld_door: str | None
    beoordeeld_op: datetime | None


def show_rekening(rij: Rekeningrij) -> Rekening:
    """What is shown of an account that was just recorded, judged or read."""
    return take(Rekening, rij, agb=rij.agb or None)


def list_rekeningen(
    kijker: Kijker, agb: str | None, eigen: bool, status: Rekeningstatus | None, grootte: int, volgende: str | None
) -> Bladzijde[Rekening]:
    """The last recorded first; with `eigen` only those from which the gemeente itself pays."""
    wie, voor = EIGEN if eigen else agb, int(volgende) if volgende else None
    with kijker.transaction() as (verbinding, vermelding):
        rijen = opslag.list_rekeningen(verbinding, kijker.gemeente, wie, status, voor, grootte + 1)
        vermelding.shows_nobody()
    return cut(rijen, grootte, lambda rij: rij.rekening_id).each(show_rekening)


def list_blokkades(
    kijker: Kijker, agb: str | None, geldend: bool | None, grootte: int, volgende: str | None
) -> Bladzijde[Blokkade]:
    """New to old; with `geldend` those that stand, or those that were lifted."""
    voor = int(volgende) if volgende else None
    with kijker.transaction() as (verbinding, vermelding):
        rijen = blokkades.list_blokkades(verbinding, kijker.gemeente, agb, geldend, voor, grootte + 1)
        vermelding.shows_nobody()
    return cut(rijen, grootte, lambda rij: rij.blokkade_id)
