"""Aanbieders by name: those that the gemeente has loaded and those that it has allocations with."""

from dataclasses import dataclass

from berichten.inzage.basis.kijker import Kijker
from berichten.kern.rechten import LOKAAL_TEAM
from berichten.opslag.basis.verbinding import Toegang
from berichten.opslag.referentie.aanbieders import list_bekende_aanbieders
from berichten.rapporten.uitvoer.namen import read_aanbiedernamen


@dataclass(frozen=True, slots=True)
class Aanbieder:
    """An aanbieder; without a name where the gemeente has loaded none."""

    agb: str
    naam: str | None


def list_aanbieders(kijker: Kijker) -> list[Aanbieder]:
    """By name, those without one at the end; an aanbieder sees itself."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        rijen = list_bekende_aanbieders(verbinding, kijker.gemeente)
    return [Aanbieder(rij.agb, rij.naam) for rij in rijen]


def name_aanbieders(kijker: Kijker) -> dict[str, str]:
    """What the gemeente calls each aanbieder, by AGB code. For a local team too, behind whose own wall no aanbieder stands."""
    team = kijker.houder.rol == LOKAAL_TEAM
    with kijker.transaction(Toegang(kijker.gemeente, None) if team else None) as (verbinding, vermelding):
        vermelding.shows_nobody()
        return dict(read_aanbiedernamen(verbinding, kijker.gemeente))
