"""The books line by line: what counts in a total, and the entries of the journal. Amounts in eurocents."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.rapporten.boeken import getelde_prestaties, journaal
from berichten.rapporten.boeken.boekvraag import Boekvraag


@dataclass(frozen=True, slots=True)
class GeteldePrestatie:
    """A line that counts in a total, as it stood at that moment; credit negative. Of the Bsn only the last three digits."""

    prestatie_id: int
    bericht_id: UUID
    aanbieder: str
    client: str
    referentienummer: str
    toewijzingnummer: int | None
    categorie: str
    productcode: str
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    uitkomst: str
    ingediend: int
    toegekend: int
    gecrediteerd: int
    correcties: int
    netto_toegekend: int
    afgewezen: int
    te_beoordelen: int
    betaalbaar: int
    geblokkeerd: int


@dataclass(frozen=True, slots=True)
class Boeking:
    """An entry of the journal."""

    prestatie_id: int
    boeking: int
    geboekt_op: datetime
    soort: str
    bedrag: int
    rekening: str
    tegenrekening: str
    aanbieder: str
    zorgmaand: str
    """As 2026-04, like the next."""
    declaratiemaand: str
    categorie: str
    productcode: str
    toewijzingnummer: int | None
    declaratienummer: str | None
    bericht_id: UUID
    besluit_id: int | None


def list_getelde_prestaties(kijker: Kijker, vraag: Boekvraag, grootte: int, volgende: str | None) -> Bladzijde[GeteldePrestatie]:
    """Every line behind a total, whatever became of it."""
    with kijker.transaction() as (verbinding, vermelding):
        rijen = getelde_prestaties.list_getelde_prestaties(verbinding, vraag, int(volgende or 0), grootte + 1)
        bladzijde = cut(rijen, grootte, lambda rij: rij.prestatie_id)
        vermelding.shows("totaalregels", (rij.bsn for rij in bladzijde.regels))
    return bladzijde.each(lambda rij: take(GeteldePrestatie, rij, client=kijker.mask(rij.bsn)))


def list_boekingen(kijker: Kijker, vraag: Boekvraag, grootte: int, volgende: str | None) -> Bladzijde[Boeking]:
    """Entries in the order of lines and entries."""
    prestatie, _, boeking = (volgende or "0.0").partition(".")
    with kijker.transaction() as (verbinding, vermelding):
        rijen = journaal.list_boekingen(verbinding, vraag, (int(prestatie), int(boeking)), grootte + 1)
        vermelding.shows_nobody()
    return cut([_show(rij) for rij in rijen], grootte, lambda item: f"{item.prestatie_id}.{item.boeking}")


def _show(rij: journaal.Journaalrij) -> Boeking:
    return take(Boeking, rij, zorgmaand=f"{rij.zorgmaand:%Y-%m}", declaratiemaand=f"{rij.declaratiemaand:%Y-%m}")
