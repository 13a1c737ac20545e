"""Lines by their reference, as an aanbieder knows them from its own administration."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.berichten.prestaties import find_prestatie, list_ids_by_referentie

_MEEST = 25


@dataclass(frozen=True, slots=True)
class Gevondenregel:
    """A line that uses a reference. Amount in eurocents, credit negative; dates inclusive."""

    prestatie_id: int
    bericht_id: UUID
    agb: str
    client: str
    referentienummer: str
    productcode: str
    begindatum: date
    einddatum: date
    bedrag: int
    uitkomst: str


def find_by_referentie(kijker: Kijker, referentie: str) -> list[Gevondenregel]:
    """Newest first; several aanbieders may use the same reference."""
    with kijker.transaction() as (verbinding, vermelding):
        nummers = list_ids_by_referentie(verbinding, kijker.gemeente, referentie, _MEEST)
        gevonden = [paar for nummer in nummers if (paar := find_prestatie(verbinding, kijker.gemeente, nummer))]
        if gevonden:
            vermelding.shows("prestaties", (rij.bsn for rij, _ in gevonden))
        else:
            vermelding.shows_nobody()
    return [
        take(Gevondenregel, rij, client=kijker.mask(rij.bsn), bericht_id=bericht.bericht_id, agb=bericht.agb or "")
        for rij, bericht in gevonden
    ]
