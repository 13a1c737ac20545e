"""What still fits in allocations, reckoned as the rules do that reject what does not (TR321, TR322, TR369)."""

from dataclasses import dataclass
from datetime import date

from berichten.dossier import dossier
from berichten.dossier.dossier import Gebruik
from berichten.dossier.volumes import counted, most_in_all, most_in_periode
from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.kern.kalender import einde_of_maand
from berichten.opslag.berichten.zoeken import Toewijzingfilter, list_toewijzingen
from berichten.opslag.dossiers.gebruik import load_gebruik, load_gebruik_tussen

__all__ = ["Maandruimte", "Toewijzingfilter", "list_ruimtes"]


@dataclass(frozen=True, slots=True)
class Maandruimte:
    """What can still be billed on an allocation for one month; held lines count as used. Dates inclusive, budgets in eurocents.

    Volumes as they are counted (`tell_counted`): in `eenheid`, but minutes for an allocation in hours. None is no limit.
    """

    toewijzingnummer: int
    client: str
    categorie: str | None
    productcode: str | None
    van: date
    tot: date
    """The days of the month on which it is in force."""
    eenheid: str
    gebruikt: int
    """What was billed already for this month: volume, or eurocents where the allocation is a budget."""
    per_regel: int | None
    """Most that one line over these days may bill."""
    over: int | None
    """What is left of the whole allocation."""
    budget_over: int | None

    @property
    def past(self) -> int | None:
        """The smaller of the two."""
        grenzen = [grens for grens in (self.per_regel, self.over) if grens is not None]
        return min(grenzen, default=None)


def list_ruimtes(kijker: Kijker, zeef: Toewijzingfilter, maand: date, grootte: int, volgende: str | None) -> Bladzijde[Maandruimte]:
    """Allocations of the month of which `maand` is the first day, by number; a fixed number of queries. `zeef` narrows further."""
    gemeente = kijker.gemeente
    with kijker.transaction() as (verbinding, vermelding):
        rijen = list_toewijzingen(verbinding, gemeente, zeef, int(volgende or -1), grootte + 1)
        bladzijde = cut(rijen, grootte, lambda rij: rij.toewijzingnummer)
        per_nummer = {rij.toewijzingnummer: rij for rij in bladzijde.regels}
        gebruik = load_gebruik(verbinding, gemeente, per_nummer)
        nu = load_gebruik_tussen(verbinding, gemeente, per_nummer, maand, einde_of_maand(maand))
        vermelding.shows("toewijzingen", (rij.bsn for rij in bladzijde.regels))
    geen = Gebruik()
    return bladzijde.each(
        lambda rij: _show(kijker, rij, gebruik.get(rij.toewijzingnummer, geen), nu.get(rij.toewijzingnummer, geen), maand)
    )


def _show(kijker: Kijker, rij: dossier.Toewijzing, gebruik: Gebruik, nu: Gebruik, maand: date) -> Maandruimte:
    einde = einde_of_maand(maand)
    van, tot = max(maand, rij.ingangsdatum), min(einde, rij.einddatum or einde)
    per_regel = most_in_periode(rij, van, tot)
    totaal = most_in_all(rij, max(tot, gebruik.last_day() or tot))
    return take(
        Maandruimte,
        rij,
        client=kijker.mask(rij.bsn),
        van=van,
        tot=tot,
        eenheid=rij.eenheid or "",
        gebruikt=nu.volume if rij.budget is None else nu.bedrag,
        per_regel=per_regel and counted(rij, per_regel.volume),
        over=totaal and max(0, counted(rij, totaal.volume) - gebruik.volume),
        # A budget may have been lowered below what was awarded from it.
        budget_over=None if rij.budget is None else max(0, rij.budget - gebruik.bedrag),
    )
