"""What of decisions and evaluations is not in order, allocation by allocation: casework, so every look is logged (M38)."""

from dataclasses import dataclass
from datetime import date

from berichten.inzage.basis.kijker import Kijker
from berichten.kern.rechten import LOKAAL_TEAM
from berichten.opslag.basis.verbinding import Toegang
from berichten.opslag.signalen.bewijsstukken import has_loaded, list_dossiers
from berichten.opslag.signalen.casusteams import load_regie
from berichten.opslag.toegang.inzagelog import list_bsns_of_toewijzingen
from berichten.rapporten.signalen.dossierstand import KOPPEN, Dossierpunt, count_points, judge_dossier

__all__ = ["KOPPEN", "Dossierlijst", "Dossierpunt", "Kopaantal", "list_dossierpunten"]


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
