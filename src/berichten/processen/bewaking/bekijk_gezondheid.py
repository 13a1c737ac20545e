"""One gemeente after the night, on one page: what asks for a person, what waits, the last check of the books, and room to store."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from berichten.beoordeling.wachtend.termijn import last_warned
from berichten.klok import dutch_day
from berichten.opslag.berichten.drukte import count_since, is_alone, measure_database
from berichten.opslag.berichten.toestand import list_wachtstromen
from berichten.opslag.besluiten.termijnstand import Termijnstand, count_termijnen
from berichten.opslag.financien.nachtcontroles import Nachtcontrole, find_nachtcontrole
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.bewaking.bekijk_status import Aandacht, look_around

__all__ = ["Aandacht", "Berichtdrukte", "Gezondheid", "Nachtcontrole", "Opslagruimte", "Rij", "Termijnstand", "inspect"]

_ETMAAL = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Rij:
    """A stream in which something waits: everything that passes between the gemeente and one aanbieder, in order."""

    agb: str
    bericht_id: UUID
    """At the head of it."""
    soort: str
    ontvangen_op: datetime
    wachtend: int
    pogingen: int
    """How often handling the first failed."""
    storing: str | None
    """Type of the last failure; None when it never failed."""


@dataclass(frozen=True, slots=True)
class Berichtdrukte:
    """Messages of the last 24 hours in one status."""

    status: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Opslagruimte:
    """In bytes."""

    database: int | None
    """None where other gemeenten share it: how much they have is not told."""
    vrij: int
    """On the disk of the service's own folder; that of the database may be another."""
    geheel: int


@dataclass(frozen=True, slots=True)
class Gezondheid:
    """How a gemeente stands."""

    op: datetime
    aandacht: list[Aandacht]
    """What asks for a person first."""
    rijen: list[Rij]
    """The longest waiting first."""
    berichten: list[Berichtdrukte]
    termijnen: Termijnstand
    nachtcontrole: Nachtcontrole | None
    """None before the first night."""
    opslag: Opslagruimte


def inspect(werkplaats: Werkplaats, gemeente: str) -> Gezondheid:
    """For who runs the service; the clock is read once. What is said of the service as a whole is said to each gemeente."""
    werkplaats = werkplaats.at_one_moment()
    nu = werkplaats.instellingen.nu()
    vandaag = dutch_day(nu)
    aandacht = [item for item in look_around(werkplaats) if item.gemeente in (gemeente, "")]
    with werkplaats.opslag.transaction() as verbinding:
        stromen = [item for item in list_wachtstromen(verbinding) if item.gemeente == gemeente]
        standen = count_termijnen(verbinding, vandaag, last_warned(vandaag, werkplaats.instellingen.waarschuw_werkdagen))
        berichten = count_since(verbinding, gemeente, nu - _ETMAAL)
        nachtcontrole = find_nachtcontrole(verbinding, gemeente)
        database = measure_database(verbinding) if is_alone(verbinding, gemeente) else None
    return Gezondheid(
        op=nu,
        aandacht=sorted(aandacht, key=lambda item: not item.ernstig),
        rijen=sorted(
            (
                Rij(item.agb, item.bericht_id, item.soort, item.ontvangen_op, item.wachtend, item.pogingen, item.storing)
                for item in stromen
            ),
            key=lambda item: item.ontvangen_op,
        ),
        berichten=[Berichtdrukte(status, aantal) for status, aantal in berichten.items()],
        termijnen=next((item for item in standen if item.gemeente == gemeente), Termijnstand(gemeente, 0, 0, 0)),
        nachtcontrole=nachtcontrole,
        opslag=measure_room(werkplaats, database),
    )


def measure_room(werkplaats: Werkplaats, database: int | None) -> Opslagruimte:
    """Of the disk on which the service's folder lies, or would lie when it is not there yet."""
    eigen = werkplaats.instellingen.var.absolute()
    schijf = shutil.disk_usage(next(map_ for map_ in (eigen, *eigen.parents) if map_.exists()))
    return Opslagruimte(database, schijf.free, schijf.total)
