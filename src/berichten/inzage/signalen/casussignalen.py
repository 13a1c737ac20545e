"""What stands out in the care of families, for who has the regie over it (M32): by number of the allocation, every look logged.

Somebody of a local team sees what is its team's today and nothing else: the database keeps the wall, by the names of its teams.
"""

from dataclasses import dataclass
from datetime import date, datetime

from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.signalen.casussignaalrijen import (
    Casussignaalrij,
    find_casussignaalrij,
    list_casusantwoorden,
    list_casussignaalrijen,
)
from berichten.rapporten.monitor.tabel import Tabel
from berichten.rapporten.signalen.casus import ANTWOORDEN, CASUSTITELS

__all__ = ["ANTWOORDEN", "Antwoordregel", "Casusdossier", "Casusregel", "as_tabel", "find_casussignaal", "list_casussignalen"]

KOLOMMEN = ("soort", "toewijzingnummers", "zin", "team", "eerste_dag", "uiterste_dag", "antwoord")


@dataclass(frozen=True, slots=True)
class Casusregel:
    """One signal on the care of one family; the client has no name here."""

    casussignaal_id: int
    soort: str
    toewijzingen: list[int]
    zin: str
    team: str
    """Whose it is; empty: contract management, for nobody has the regie, or nobody over all of it."""
    eerste_dag: date
    uiterste_dag: date
    antwoord: str
    """Empty as long as there is none."""
    gaat_af: bool

    @property
    def titel(self) -> str:
        """What it is called."""
        return CASUSTITELS[self.soort]


@dataclass(frozen=True, slots=True)
class Antwoordregel:
    """What was answered."""

    antwoord: str
    toelichting: str
    door: str
    """Name of who answered, for staff of the gemeente; empty for the team itself."""
    gegeven_op: datetime


@dataclass(frozen=True, slots=True)
class Casusdossier:
    """A signal with the answers to it, oldest first."""

    signaal: Casusregel
    antwoorden: list[Antwoordregel]


def list_casussignalen(kijker: Kijker, *, als_bestand: bool = False, ook_beantwoord: bool = True) -> list[Casusregel]:
    """What waits for an answer, whose term ends first before others; then what was answered.

    `als_bestand`: it leaves as a file, and the log says so.
    """
    with kijker.transaction() as (verbinding, vermelding):
        rijen = list_casussignaalrijen(verbinding, kijker.gemeente, open_=not ook_beantwoord)
        vermelding.shows("casussignalen", {rij.bsn for rij in rijen}, actie="E" if als_bestand else "R")
    return [_show(rij) for rij in rijen]


def find_casussignaal(kijker: Kijker, casussignaal_id: int) -> Casusdossier | None:
    """One, with its answers. None when it is not there, or another's."""
    with kijker.transaction() as (verbinding, vermelding):
        rij = find_casussignaalrij(verbinding, kijker.gemeente, casussignaal_id)
        if rij is None:
            vermelding.shows_absent("casussignaal", casussignaal_id)
            return None
        vermelding.shows("casussignaal", {rij.bsn}, casussignaal_id)
        antwoorden = list_casusantwoorden(verbinding, kijker.gemeente, casussignaal_id)
    namen = kijker.names_of(item.door for item in antwoorden)
    return Casusdossier(_show(rij), [take(Antwoordregel, item, door=namen.get(item.door, "")) for item in antwoorden])


def as_tabel(regels: list[Casusregel]) -> Tabel:
    """The same to take along as a file: no client in it, and no amount by itself."""
    rijen = tuple(
        (
            item.soort, " ".join(map(str, item.toewijzingen)), item.zin, item.team, item.eerste_dag.isoformat(),
            item.uiterste_dag.isoformat(), item.antwoord,
        )
        for item in regels
    )  # fmt: skip
    return Tabel("casussignalen", KOLOMMEN, rijen)


def _show(rij: Casussignaalrij) -> Casusregel:
    return take(Casusregel, rij)
