"""An aanbieder at a glance for who keeps the contract: spending, levels, what was rejected, what came in time, and what is open."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from berichten.inzage.aanbieders.namen import Aanbieder
from berichten.inzage.aanbieders.vergelijking import add_by_level, read_allen
from berichten.inzage.basis.kijker import Kijker
from berichten.kern.kalender import add_maanden, begin_of_maand, einde_of_maand
from berichten.opslag.dossiers.eigen_feiten import list_ruimtes
from berichten.opslag.financien.blokkades import Blokkade, list_blokkades
from berichten.opslag.referentie.aanbieders import list_bekende_aanbieders
from berichten.rapporten.aanbieders.cijfers import (
    Afwijstelling,
    Openstaandwerk,
    Tijdigheid,
    count_afgewezen,
    count_openstaand,
    count_tijdig,
)
from berichten.rapporten.aanbieders.niveaus import count_niveaus
from berichten.rapporten.boeken.boekvraag import Boekvraag, as_text
from berichten.rapporten.boeken.periode import Maandperiode
from berichten.rapporten.boeken.totalen import report_totalen
from berichten.regels.register import find_regel
from berichten.standaard.waarden.soorten import JW323

__all__ = [
    "Aanbiederoverzicht", "Aandeel", "Afwijsreden", "Besteding", "Niveaudeel", "Openstaandwerk", "Ruimtestand", "Tijdigheid",
    "find_aanbieder",
]  # fmt: skip

_MAANDEN = 12
_NIVEAUMAANDEN = 3
"""Months of which the levels are told: others are many, and what matters is how it goes now."""
_BLOKKADES = 100


@dataclass(frozen=True, slots=True)
class Besteding:
    """What was declared in a month of care for a category. Amounts in eurocents, the same as in the totals."""

    zorgmaand: str
    """As 2026-04."""
    categorie: str
    ingediend: int
    netto_toegekend: int
    afgewezen: int
    te_beoordelen: int


@dataclass(frozen=True, slots=True)
class Aandeel:
    """What of the declared amount was rejected. Percentage rounded half up; None where nothing was declared."""

    ingediend: int
    afgewezen: int

    @property
    def procent(self) -> int | None:
        """Of the declared amount."""
        return _percentage(self.afgewezen, self.ingediend)


@dataclass(frozen=True, slots=True)
class Niveaudeel:
    """What was awarded at one education level, as a part of all that was, here and with all others. Percentages rounded half up."""

    niveau: str
    bedrag: int
    procent: int | None
    procent_anderen: int | None


@dataclass(frozen=True, slots=True)
class Afwijsreden:
    """Why lines were rejected. Amount in eurocents."""

    regel: str | None
    titel: str
    aantal: int
    bedrag: int


@dataclass(frozen=True, slots=True)
class Ruimtestand:
    """How much of what may be spent was awarded or is held. Amounts in eurocents, days inclusive."""

    segment: str
    soort: str
    periode_van: date
    periode_tot: date | None
    bedrag: int
    gebruikt: int

    @property
    def procent(self) -> int | None:
        """Of the amount, rounded half up; above 100 when more was used."""
        return _percentage(self.gebruikt, self.bedrag)


@dataclass(frozen=True, slots=True)
class Aanbiederoverzicht:
    """An aanbieder over months of care, both inclusive; what is open is as of now."""

    aanbieder: Aanbieder
    van: str
    tot: str
    """As 2026-04, like the one before."""
    besteding: list[Besteding]
    """By month and category."""
    niveaus_van: str
    """First month of which the levels are told, to `tot`."""
    niveaus: list[Niveaudeel]
    afgewezen: Aandeel
    afgewezen_anderen: Aandeel
    vergeleken_op: datetime
    """When the figures of all others were reckoned: at most an hour ago."""
    redenen: list[Afwijsreden]
    tijdigheid: Tijdigheid
    openstaand: Openstaandwerk
    blokkades: list[Blokkade]
    """Those that stand."""
    ruimtes: list[Ruimtestand]
    """Of today."""


def find_aanbieder(kijker: Kijker, agb: str, periode: Maandperiode | None = None) -> Aanbiederoverzicht | None:
    """For staff of the gemeente; None for an aanbieder that it does not know. A fixed number of queries.

    Without a last month it is this one, without a first the twelfth from the last.
    """
    vandaag = kijker.instellingen.vandaag()
    van, tot = _months(periode or Maandperiode(), vandaag)
    laatste, maanden = einde_of_maand(tot), Maandperiode(van, tot)
    niveaus_van = max(van, add_maanden(tot, 1 - _NIVEAUMAANDEN))
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        bekend = next((rij for rij in list_bekende_aanbieders(verbinding, kijker.gemeente) if rij.agb == agb), None)
        if bekend is None:
            return None
        vraag = Boekvraag(kijker.gemeente, kijker.instellingen.nu(), periode=maanden)
        besteding = _spending(verbinding, replace(vraag, groepeer=("zorgmaand", "categorie"), filters={"aanbieder": agb}))
        allen = read_allen(kijker, verbinding, vraag, niveaus_van, laatste)
        niveaus = count_niveaus(verbinding, kijker.gemeente, agb, niveaus_van, laatste)
        redenen = count_afgewezen(verbinding, kijker.gemeente, agb, van, laatste)
        termijn = kijker.instellingen.declaratie_termijn_maanden
        tijdigheid = count_tijdig(verbinding, kijker.gemeente, agb, van, laatste, termijn)
        openstaand = count_openstaand(verbinding, kijker.gemeente, agb)
        blokkades = list_blokkades(verbinding, kijker.gemeente, agb, True, None, _BLOKKADES)
        ruimtes = list_ruimtes(verbinding, kijker.gemeente, agb, vandaag)
    eigen = Aandeel(sum(item.ingediend for item in besteding), sum(item.afgewezen for item in besteding))
    return Aanbiederoverzicht(
        aanbieder=Aanbieder(agb, bekend.naam),
        van=as_text(van),
        tot=as_text(tot),
        besteding=besteding,
        niveaus_van=as_text(niveaus_van),
        niveaus=_show_niveaus(add_by_level(niveaus), allen.levels_of_others(agb)),
        afgewezen=eigen,
        afgewezen_anderen=Aandeel(*allen.sum_others(agb)),
        vergeleken_op=allen.op,
        redenen=[_show_reden(item) for item in redenen],
        tijdigheid=tijdigheid,
        openstaand=openstaand,
        blokkades=blokkades,
        ruimtes=[
            Ruimtestand(item.segment, item.soort, item.periode_van, item.periode_tot, item.bedrag, item.gebruikt)
            for item in ruimtes
        ],
    )


def _months(periode: Maandperiode, vandaag: date) -> tuple[date, date]:
    tot = periode.tot or max(begin_of_maand(vandaag), periode.van or begin_of_maand(vandaag))
    return periode.van or add_maanden(tot, 1 - _MAANDEN), tot


def _percentage(deel: int, geheel: int) -> int | None:
    """Rounded half up; None of nothing."""
    return (200 * deel + geheel) // (2 * geheel) if geheel > 0 else None


def _spending(verbinding: Connection, vraag: Boekvraag) -> list[Besteding]:
    rapport = report_totalen(verbinding, vraag)
    rijen = (_by_name(rapport.kolommen, rij) for rij in rapport.rijen)
    return [
        Besteding(
            as_text(rij["zorgmaand"]), rij["categorie"], rij["ingediend"], rij["nettoToegekend"], rij["afgewezen"],
            rij["teBeoordelen"],
        )
        for rij in rijen
    ]  # fmt: skip


def _by_name(kolommen: Any, rij: Any) -> dict[str, Any]:
    return {kolom.naam: waarde for kolom, waarde in zip(kolommen, rij, strict=True)}


def _show_niveaus(eigen: dict[str, int], anderen: dict[str, int]) -> list[Niveaudeel]:
    geheel, geheel_anderen = sum(eigen.values()), sum(anderen.values())
    return [
        Niveaudeel(
            niveau, eigen.get(niveau, 0), _percentage(eigen.get(niveau, 0), geheel),
            _percentage(anderen.get(niveau, 0), geheel_anderen),
        )
        for niveau in sorted(eigen.keys() | anderen.keys())
    ]  # fmt: skip


def _show_reden(item: Afwijstelling) -> Afwijsreden:
    regel = item.regel and find_regel(item.regel, JW323.naam)
    niet_beoordeeld = "Niet beoordeeld, omdat er iets mis was met het bericht of met de cliënt"
    return Afwijsreden(item.regel, regel.titel if regel else item.regel or niet_beoordeeld, item.aantal, item.bedrag)
