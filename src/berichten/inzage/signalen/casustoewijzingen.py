"""Allocations of a local team's families, with the days of their decision and evaluations (M38): the team's of today, no others."""

from dataclasses import dataclass
from datetime import date

from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.basis.verbinding import Toegang
from berichten.opslag.signalen.bewijsstukken import list_dossiers
from berichten.opslag.signalen.casusteams import load_regie
from berichten.opslag.toegang.inzagelog import list_bsns_of_toewijzingen
from berichten.rapporten.monitor.tabel import Tabel

__all__ = ["Casustoewijzing", "as_tabel", "list_casustoewijzingen"]

KOLOMMEN = (
    "toewijzingnummer", "team", "agb", "ingangsdatum", "einddatum", "beschikt", "beschikt_tot", "gepland_op", "gehouden_op",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Casustoewijzing:
    """An allocation in force today; days inclusive."""

    toewijzingnummer: int
    team: str
    agb: str
    ingangsdatum: date
    einddatum: date | None
    beschikt: bool
    """Whether a decision is loaded, or none is needed."""
    beschikt_tot: date | None
    """Its last day; None where it is open, or there is none."""
    gepland_op: date | None
    """First evaluation that was planned and not held."""
    gehouden_op: date | None
    """Last one that was held."""


def list_casustoewijzingen(kijker: Kijker, *, als_bestand: bool = False) -> list[Casustoewijzing]:
    """By number. `als_bestand`: it leaves as a file, and the log says so."""
    dag = kijker.instellingen.vandaag()
    with kijker.opslag.transaction(kijker.toegang) as verbinding:
        eigen = load_regie(verbinding, kijker.gemeente, dag)
    # Which are the team's it read behind its own wall; their days stand in tables that only staff read.
    with kijker.transaction(Toegang(kijker.gemeente, None)) as (verbinding, vermelding):
        rijen = [rij for rij in list_dossiers(verbinding, kijker.gemeente, dag) if rij.nummer in eigen]
        bsns = list_bsns_of_toewijzingen(verbinding, kijker.gemeente, {rij.nummer for rij in rijen})
        vermelding.shows("casuspunten", bsns, actie="E" if als_bestand else "R")
    return [take(Casustoewijzing, rij, toewijzingnummer=rij.nummer, team=eigen[rij.nummer]) for rij in rijen]


def as_tabel(toewijzingen: list[Casustoewijzing]) -> Tabel:
    """The same to take along as a file."""

    def day(dag: date | None) -> str:
        return "" if dag is None else dag.isoformat()

    rijen = tuple(
        (
            str(item.toewijzingnummer), item.team, item.agb, day(item.ingangsdatum), day(item.einddatum),
            "ja" if item.beschikt else "nee", day(item.beschikt_tot), day(item.gepland_op), day(item.gehouden_op),
        )
        for item in toewijzingen
    )  # fmt: skip
    return Tabel("casustoewijzingen", KOLOMMEN, rijen)
