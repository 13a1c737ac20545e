"""The books line by line: what counts in a total, and the entries of the journal. Amounts in eurocents."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.rapporten.boeken import getelde_prestaties, journaal
from berichten.rapporten.boeken.boekvraag import Boekvraag
from berichten.rapporten.uitvoer.tabel import Rapport


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


def list_getelde_prestaties(
    kijker: Kijker, vraag: Boekvraag, grootte: int, volgende: str | None, maat: str | None = None
) -> Bladzijde[GeteldePrestatie]:
    """Every line behind a total, whatever became of it; with `maat` (of MATEN) only those that count in that sum."""
    with kijker.transaction() as (verbinding, vermelding):
        rijen = getelde_prestaties.list_getelde_prestaties(verbinding, vraag, int(volgende or 0), grootte + 1, maat)
        bladzijde = cut(rijen, grootte, lambda rij: rij.prestatie_id)
        vermelding.shows("totaalregels", (rij.bsn for rij in bladzijde.regels))
    return bladzijde.each(lambda rij: take(GeteldePrestatie, rij, client=kijker.mask(rij.bsn)))


def export_getelde_prestaties(
    kijker: Kijker, vraag: Boekvraag, maat: str | None = None
) -> tuple[str, Callable[[Connection], Rapport]]:
    """Name (without ending) and maker of the same lines as a file. Raises Vraagfout for more than one file holds."""
    with kijker.transaction() as (verbinding, vermelding):
        rijen = getelde_prestaties.list_for_file(verbinding, vraag, maat)
        vermelding.shows("totaalregels", (rij.bsn for rij in rijen), actie="E")
    return vraag.name_file("totaalregels"), lambda _: getelde_prestaties.report_regels(vraag, rijen)


def list_regelboekingen(kijker: Kijker, prestatie_id: int) -> list[Boeking]:
    """What was booked of one line, in order; nothing of a line that is not there, or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        rijen = journaal.list_regelboekingen(verbinding, kijker.gemeente, prestatie_id)
        vermelding.shows_nobody()
    return [_show(rij) for rij in rijen]


def list_boekingen(kijker: Kijker, vraag: Boekvraag, grootte: int, volgende: str | None) -> Bladzijde[Boeking]:
    """Entries in the order of lines and entries."""
    prestatie, _, boeking = (volgende or "0.0").partition(".")
    with kijker.transaction() as (verbinding, vermelding):
        rijen = journaal.list_boekingen(verbinding, vraag, (int(prestatie), int(boeking)), grootte + 1)
        vermelding.shows_nobody()
    return cut([_show(rij) for rij in rijen], grootte, lambda item: f"{item.prestatie_id}.{item.boeking}")


def _show(rij: journaal.Journaalrij) -> Boeking:
    return take(Boeking, rij, zorgmaand=f"{rij.zorgmaand:%Y-%m}", declaratiemaand=f"{rij.declaratiemaand:%Y-%m}")
