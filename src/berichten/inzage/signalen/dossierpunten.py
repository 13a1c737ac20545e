"""What of decisions and evaluations is not in order, allocation by allocation: casework, so every look is logged (M38)."""

from dataclasses import dataclass
from datetime import date, timedelta

from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.kern.rechten import LOKAAL_TEAM
from berichten.opslag.basis.verbinding import Toegang
from berichten.opslag.signalen.bewijsstukken import has_loaded, list_beschikkingen, list_dossiers, list_evaluaties
from berichten.opslag.signalen.casusteams import load_regie
from berichten.opslag.toegang.inzagelog import list_bsns_of_toewijzingen
from berichten.rapporten.signalen.dossierstand import KOPPEN, Dossierpunt, count_points, judge_dossier
from berichten.standaard.waarden.bsn import cover

BEZWAAR_DAGEN = 42
"""So many days after a decision was sent somebody may object to it (Awb 6:7 and 6:8)."""
__all__ = ["KOPPEN", "Dossierlijst", "Dossierpunt", "Dossierstukken", "Kopaantal", "find_dossierstukken", "list_dossierpunten"]


@dataclass(frozen=True, slots=True)
class Kopaantal:
    """How many allocations stand under a heading."""

    kop: str
    aantal: int

    @property
    def titel(self) -> str:
        """What it is called."""
        return KOPPEN[self.kop]


@dataclass(frozen=True, slots=True)
class Dossierlijst:
    """Counts by heading, and the allocations that were asked for, the oldest first."""

    beschikkingen_geladen: bool
    evaluaties_geladen: bool
    aantallen: list[Kopaantal]
    punten: list[Dossierpunt]


def list_dossierpunten(kijker: Kijker, kop: str | None, agb: str | None, meest: int) -> Dossierlijst:
    """Of allocations in force today; three queries, however many there are. At most `meest` of them in full.

    Of a local team those that it has the regie over today: which those are, it reads behind its own wall.
    """
    dag = kijker.instellingen.vandaag()
    eigen = _list_own(kijker, dag)
    # Dates stand in tables that only staff read, and an aanbieder its own: this view keeps the wall of a team by itself.
    with kijker.transaction(None if eigen is None else Toegang(kijker.gemeente, None)) as (verbinding, vermelding):
        beschikkingen, evaluaties = has_loaded(verbinding, kijker.gemeente)
        alle = [
            punt
            for item in list_dossiers(verbinding, kijker.gemeente, dag)
            if (agb is None or item.agb == agb) and (eigen is None or item.nummer in eigen)
            for punt in judge_dossier(item, dag, beschikkingen=beschikkingen, evaluaties=evaluaties)
        ]
        gekozen = sorted(
            (punt for punt in alle if kop is None or punt.kop == kop), key=lambda punt: (punt.dag, punt.toewijzingnummer)
        )
        getoond = gekozen[:meest]
        bsns = list_bsns_of_toewijzingen(verbinding, kijker.gemeente, {punt.toewijzingnummer for punt in getoond})
        vermelding.shows("toewijzingen" if eigen is None else "casuspunten", bsns)
    return Dossierlijst(beschikkingen, evaluaties, [Kopaantal(*item) for item in count_points(alle).items()], getoond)


def _list_own(kijker: Kijker, dag: date) -> set[int] | None:
    """Allocations of a local team; None for others, whose own walls tell."""
    if kijker.houder.rol != LOKAAL_TEAM:
        return None
    with kijker.opslag.transaction(kijker.toegang) as verbinding:
        return set(load_regie(verbinding, kijker.gemeente, dag))


@dataclass(frozen=True, slots=True)
class Beschikking:
    """A decision on which an allocation rests; days inclusive."""

    beschikkingnummer: str
    """As the gemeente gave it; one that may be somebody's BSN is masked."""
    soort: str
    besluitdatum: date
    verzonden_op: date | None
    van: date
    tot: date | None
    resultaat_vastgelegd: bool

    @property
    def bezwaar_tot(self) -> date | None:
        """Last day on which somebody may object; None while it was not sent."""
        return None if self.verzonden_op is None else self.verzonden_op + timedelta(days=BEZWAAR_DAGEN)


@dataclass(frozen=True, slots=True)
class Evaluatie:
    """An evaluation of an allocation; not held yet while `gehouden_op` is None."""

    gepland_op: date
    gehouden_op: date | None
    uitkomst: str


@dataclass(frozen=True, slots=True)
class Dossierstukken:
    """Decisions and evaluations of one allocation, the newest first, as far as the gemeente loaded them."""

    beschikkingen_geladen: bool
    evaluaties_geladen: bool
    beschikkingen: list[Beschikking]
    evaluaties: list[Evaluatie]


def find_dossierstukken(kijker: Kijker, toewijzingnummer: int) -> Dossierstukken:
    """Days and numbers, no texts; who looks was shown the allocation itself before (`find_toewijzing`)."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        geladen = has_loaded(verbinding, kijker.gemeente)
        beschikkingen = list_beschikkingen(verbinding, kijker.gemeente, toewijzingnummer)
        evaluaties = list_evaluaties(verbinding, kijker.gemeente, toewijzingnummer)
    return Dossierstukken(
        *geladen,
        [take(Beschikking, item, beschikkingnummer=cover(item.beschikkingnummer)) for item in beschikkingen],
        [take(Evaluatie, item) for item in evaluaties],
    )
