"""Which lines, and which years of the books, are open to an auditor."""

from datetime import date

from sqlalchemy import Connection

from berichten.inzage.accountant.vorigjaar import hide_in_tabel
from berichten.inzage.basis.kijker import Kijker
from berichten.kern.rechten import CONTROLE
from berichten.opslag.controle import steekproeven as opslag
from berichten.rapporten.boeken.boekvraag import Boekvraag
from berichten.rapporten.monitor.tabel import Tabel

ALLE_JAREN = (0, 9999)
"""To whom no years were given, because every line is open."""
GEEN_JAREN = (1, 0)
"""To whom none is open."""


def open_years(verbinding: Connection, kijker: Kijker) -> tuple[int, int] | None:
    """The years of care (both inclusive) of which this holder sees drawn lines; None before and after who controls may see any."""
    if kijker.houder.rol != CONTROLE:
        return ALLE_JAREN
    mandaat = opslag.find_mandaat(verbinding, kijker.gemeente)
    if mandaat is None or mandaat.tot < kijker.instellingen.vandaag():
        return None
    return mandaat.jaar_van, mandaat.jaar_tot


def may_see_line(verbinding: Connection, kijker: Kijker, prestatie_id: int) -> bool:
    """Whether a line is open to this holder: of who controls only what was drawn, of the years and until the day given."""
    if kijker.houder.rol != CONTROLE:
        return True
    jaren = open_years(verbinding, kijker)
    return jaren is not None and bool(opslag.find_samples_of(verbinding, kijker.gemeente, prestatie_id, jaren))


GEEN_CONTROLE = "Er is nu geen controle open. Vraag beheer om de jaren van de controle vast te leggen, en tot wanneer zij duurt."


def list_open_years(kijker: Kijker) -> range | None:
    """The years of care of which this holder sees figures of the books, from first to last; None for who may see none now.

    Of others than who controls that is every year.
    """
    if kijker.houder.rol != CONTROLE:
        return range(ALLE_JAREN[0], ALLE_JAREN[1] + 1)
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        jaren = open_years(verbinding, kijker)
    return None if jaren is None else range(jaren[0], jaren[1] + 1)


def without_last_year(kijker: Kijker, tabel: Tabel, jaar: int) -> Tabel:
    """A table of the monitor of this year, to who controls without last year beside it where that is not open."""
    jaren = list_open_years(kijker)
    return hide_in_tabel(tabel, jaar, GEEN_JAREN if jaren is None else (jaren[0], jaren[-1]))


def refuse_years(kijker: Kijker, vraag: Boekvraag) -> str | None:
    """Why who controls may not ask this of the books, in Dutch; None for what may be asked.

    Only of months of care in the years that were given, and until the day that was given [STUREN 4].
    """
    maand = vraag.filters.get("zorgmaand")
    van, tot = (maand, maand) if maand is not None else (vraag.periode.van, vraag.periode.tot)
    return refuse_period(kijker, *((van, tot) if vraag.periodesoort == "zorgmaand" else (None, None)))


def refuse_period(kijker: Kijker, van: date | None, tot: date | None) -> str | None:
    """The same for any figures of care from one day to another, both inclusive; None is no bound, which no grant has."""
    jaren = list_open_years(kijker)
    if jaren is None:
        return GEEN_CONTROLE
    if kijker.houder.rol != CONTROLE or (van is not None and tot is not None and van.year in jaren and tot.year in jaren):
        return None
    return (
        f"De controle is open over de jaren {jaren[0]} tot en met {jaren[-1]}. Vraag een periode van die jaren, naar zorgmaand,"
        f" bijvoorbeeld {jaren[-1]}."
    )
