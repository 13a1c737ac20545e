"""Aanbieders by name: those that the gemeente has loaded and those that it has allocations with."""

from dataclasses import dataclass

from berichten.inzage.basis.kijker import Kijker
from berichten.opslag.referentie.aanbieders import list_bekende_aanbieders


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
