"""Quarterly reports as they are kept: figures, explanations, actions, and who established them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from berichten.inzage.accountant.getrokken import GEEN_CONTROLE, GEEN_JAREN, open_years
from berichten.inzage.accountant.vorigjaar import hide_in_rapport
from berichten.inzage.basis.kijker import Kijker
from berichten.kern.rechten import CONTROLE
from berichten.kern.tekst import datum, euro
from berichten.opslag.kwartaal.begrotingen import Kalenderdag, list_kalender
from berichten.opslag.kwartaal.kwartaalrapporten import (
    GESLOTEN,
    STANDEN,
    Actiestap,
    Kwartaalactie,
    Kwartaaltekst,
    NieuweActie,
    Rapportkop,
    find_rapport,
    judge_uitleg,
    list_acties,
    list_rapporten,
    list_teksten,
)
from berichten.rapporten.aanbieders.kwartaalblok import hide_names, name_of, tell_reserve
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.sturen.kwartaaltabel import make_kwartaaltabel

__all__ = [
    "GESLOTEN", "STANDEN", "Actiestap", "Getoondeactie", "Kwartaalblad", "Kwartaallijst", "NieuweActie", "as_tabel",
    "find_kwartaal", "list_kwartalen", "name_of", "read_kwartaal_op", "tell_actie", "tell_reserve",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Getoondeactie:
    """An action as a report shows it."""

    actie: Kwartaalactie
    te_laat: bool
    """Whether it should have been ready by the peildatum."""


@dataclass(frozen=True, slots=True)
class Kwartaalblad:
    """One report with all that was written in it."""

    kop: Rapportkop
    cijfers: dict[str, Any]
    teksten: dict[str, Kwartaaltekst]
    """By row."""
    acties: list[Getoondeactie]
    missen: list[str]
    """Rows that must be explained and are not."""
    verouderd: list[str]
    """Rows of which the words are older than the figures."""


@dataclass(frozen=True, slots=True)
class Kwartaallijst:
    """Every report, and what the calendar says that comes."""

    rapporten: list[Rapportkop]
    kalender: list[Kalenderdag]
    geen: str
    """What to say when there is nothing in it, in Dutch."""


def list_kwartalen(kijker: Kijker) -> Kwartaallijst:
    """From new to old; to who controls those of the years that are open, in the calendar too."""
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        jaren = open_years(verbinding, kijker)
        if jaren is None:
            return Kwartaallijst([], [], GEEN_CONTROLE)
        rapporten = list_rapporten(verbinding, kijker.gemeente)
        bekend = {kop.periode for kop in rapporten}
        komt = [dag for dag in list_kalender(verbinding, [kijker.gemeente]) if dag.periode not in bekend]
        van, tot = jaren
        geen = f"Over {van} tot en met {tot} is er nog geen kwartaalrapport." if kijker.houder.rol == CONTROLE else _GEEN
        return Kwartaallijst(
            [kop for kop in rapporten if van <= int(kop.periode[:4]) <= tot],
            [dag for dag in komt if van <= int(dag.periode[:4]) <= tot],
            geen,
        )


_GEEN = "Er is nog geen kwartaalrapport. Contractbeheer maakt het eerste concept."


def find_kwartaal(kijker: Kijker, periode: str) -> Kwartaalblad | None:
    """One report; of an established one the actions as they stood then. None when there is none of this period.

    To who controls without what it tells of years that are not open.
    """
    with kijker.transaction() as (verbinding, vermelding):
        vermelding.shows_nobody()
        mag = kijker.houder.rol == "contractbeheer"
        blad = read_kwartaal_op(verbinding, kijker.gemeente, periode, kijker.instellingen.nu(), met_namen=mag)
        if blad is None or kijker.houder.rol != CONTROLE:
            return blad
        jaren = open_years(verbinding, kijker) or GEEN_JAREN
        return replace(blad, cijfers=hide_in_rapport(blad.cijfers, int(periode[:4]), jaren))


def read_kwartaal_op(
    verbinding: Connection, gemeente: str, periode: str, nu: datetime, *, met_namen: bool = False
) -> Kwartaalblad | None:
    """The same within an open transaction. `met_namen`: of aanbieders with a signal or a room that is used up."""
    rapport = find_rapport(verbinding, gemeente, periode)
    if rapport is None:
        return None
    teksten = {item.rij: item for item in list_teksten(verbinding, gemeente, periode)}
    moment = rapport.kop.vastgesteld_op or nu
    acties = list_acties(verbinding, gemeente, moment)
    eerder = [
        kop.vastgesteld_op for kop in list_rapporten(verbinding, gemeente)
        if kop.vastgesteld_op is not None and kop.vastgesteld_op < moment and kop.periode != periode
    ]  # fmt: skip
    # What was closed since the report before this one is shown once more, with its result.
    sinds = max(eerder, default=None)
    getoond = [item for item in acties if item.stand != GESLOTEN or sinds is None or item.bijgewerkt_op > sinds]
    uitleg = judge_uitleg(rapport, teksten.values())
    dag = rapport.kop.peildatum
    lijst = [_show(item, dag) for item in getoond]
    cijfers = rapport.cijfers if met_namen else hide_names(rapport.cijfers)
    return Kwartaalblad(rapport.kop, cijfers, teksten, lijst, uitleg.missen, uitleg.verouderd)


def _show(actie: Kwartaalactie, peildatum: date) -> Getoondeactie:
    return Getoondeactie(actie, actie.stand != GESLOTEN and actie.gereed_op < peildatum)


def as_tabel(blad: Kwartaalblad) -> Tabel:
    """The report as one table, for a file."""
    acties = [(item.actie.rij, tell_actie(item)) for item in blad.acties]
    return make_kwartaaltabel(blad.cijfers, {rij: item.tekst for rij, item in blad.teksten.items()}, acties, blad.kop.status)


def tell_actie(item: Getoondeactie) -> str:
    """An action in one line."""
    actie = item.actie
    delen = [f"{actie.nr}. {actie.actie}", f"eigenaar {actie.eigenaar}", f"gereed op {datum(actie.gereed_op)}", actie.stand]
    delen += ["te laat"] if item.te_laat else []
    delen += [f"verwacht {euro(actie.effect_verwacht)}"] if actie.effect_verwacht is not None else []
    delen += [f"gemeten {euro(actie.effect_gemeten)}"] if actie.effect_gemeten is not None else []
    return "; ".join([*delen, *([actie.resultaat] if actie.resultaat else [])])
