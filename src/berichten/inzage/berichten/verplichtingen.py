"""Allocations with what each still binds the gemeente to: the work list behind the sums by group."""

from dataclasses import dataclass
from datetime import date, datetime

from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.klok import dutch_day
from berichten.opslag.berichten.zoeken import Toewijzingfilter
from berichten.opslag.berichten.zoeken import list_toewijzingen as search
from berichten.rapporten.toewijzing.standen import Toewijzingverplichting, read_verplichtingen_op
from berichten.rapporten.toewijzing.verplichting import Vraagpunt


@dataclass(frozen=True, slots=True)
class Verplichtingregel:
    """An allocation as it stands, and what it bound the gemeente to; of the Bsn only the last three digits."""

    toewijzingnummer: int
    agb: str
    client: str
    categorie: str | None
    productcode: str | None
    ingangsdatum: date
    einddatum: date | None
    verplichting: Toewijzingverplichting | None
    """None for one that was removed, or not known yet at that moment."""


def list_verplichtingen(
    kijker: Kijker, zeef: Toewijzingfilter, jaar: int, moment: datetime, grootte: int, volgende: str | None
) -> Bladzijde[Verplichtingregel]:
    """By number, of staff's own gemeente, for a year and as of a moment; as many queries for a page as for one allocation."""
    vraag = Vraagpunt(jaar, dutch_day(moment), kijker.instellingen.declaratie_termijn_maanden)
    with kijker.transaction() as (verbinding, vermelding):
        rijen = search(verbinding, kijker.gemeente, zeef, int(volgende or -1), grootte + 1)
        bladzijde = cut(rijen, grootte, lambda rij: rij.toewijzingnummer)
        vermelding.shows("toewijzingen", (rij.bsn for rij in bladzijde.regels))
        nummers = [rij.toewijzingnummer for rij in bladzijde.regels]
        gevonden = read_verplichtingen_op(verbinding, kijker.gemeente, nummers, vraag, moment)
    return bladzijde.each(
        lambda rij: Verplichtingregel(
            rij.toewijzingnummer, rij.agb, kijker.mask(rij.bsn), rij.categorie, rij.productcode, rij.ingangsdatum, rij.einddatum,
            gevonden.get(rij.toewijzingnummer),
        )
    )  # fmt: skip
