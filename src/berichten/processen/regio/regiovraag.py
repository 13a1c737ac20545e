"""Who asks for figures of a region, and which gemeenten that is about: those that are members on the last day of a period."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.klok import end_of
from berichten.opslag.kwartaal.regioleden import list_leden, list_leden_of, list_regionamen
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.rapporten.boeken.periode import Vraagfout
from berichten.rapporten.regio.ledenlijst import Regio, find_by_name, find_regio, gather
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, require_peildatum

ROLLEN = ("regio", "financien")
"""Who may ask: people of the region, and finance of a member, as members share one budget."""


@dataclass(frozen=True, slots=True)
class Regiovraag:
    """Who asks, of which gemeente and in which role; as known at the end of which day, today unless told; of which region."""

    gemeente: str
    rol: str
    peildatum: date | None = None
    regio: str | None = None


@dataclass(frozen=True, slots=True)
class Operatorvraag:
    """What the operator asks, of a region by name or of gemeenten; as known at the end of which day, today unless told."""

    peildatum: date | None = None
    regio: str = ""
    leden: tuple[str, ...] = ()
    """Where this is filled, `regio` is not looked at."""


Vraag = Regiovraag | Operatorvraag


def list_members(werkplaats: Werkplaats, naam: str, van: date, tot: date) -> tuple[str, ...]:
    """Gemeenten of a region on the last day of a period, for the operator. Raises Vraagfout for a region that has none."""
    with werkplaats.opslag.transaction() as verbinding:
        return _find_named(verbinding, naam, van, tot).leden


def moment_of(werkplaats: Werkplaats, dag: date) -> datetime:
    """The end of a day, or now."""
    return min(werkplaats.instellingen.nu(), end_of(dag))


def read_dag(werkplaats: Werkplaats, vraag: Vraag, periode: Kwartaal | None = None) -> date:
    """The peildatum. Raises Vraagfout for one that is to come, and for one on which the period is not over."""
    vandaag = werkplaats.instellingen.vandaag()
    if vraag.peildatum is not None and vraag.peildatum > vandaag:
        raise Vraagfout("Die peildatum is nog niet geweest. Kies vandaag of een eerdere dag.")
    dag = require_peildatum(vraag.peildatum or vandaag)
    if periode is not None and dag <= periode.tot:
        raise Vraagfout("Deze periode is dan nog niet voorbij. Kies een latere peildatum of een eerdere periode.")
    return dag


def find_asked(verbinding: Connection, werkplaats: Werkplaats, vraag: Vraag, van: date, tot: date) -> Regio:
    """The region that is asked for, with its members on the last day of a period. Raises Vraagfout."""
    if isinstance(vraag, Operatorvraag):
        return gather(vraag.leden) if vraag.leden else _find_named(verbinding, vraag.regio, van, tot)
    rijen = list_leden(verbinding, vraag.gemeente)
    return find_regio(rijen, vraag.gemeente, van, tot, werkplaats.instellingen.vandaag(), vraag.regio)


def _find_named(verbinding: Connection, naam: str, van: date, tot: date) -> Regio:
    return find_by_name(list_leden_of(verbinding, naam), naam, van, tot, list_regionamen(verbinding))
