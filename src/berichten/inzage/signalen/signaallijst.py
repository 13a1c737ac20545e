"""Signals as one may see them: the open ones first, each with its sentence, its steps and what the aanbieder said of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from berichten.inzage.basis.bladzijde import Bladzijde, cut
from berichten.inzage.basis.kijker import Kijker
from berichten.inzage.basis.overname import take
from berichten.opslag.signalen.signalen import (
    GESLOTEN,
    OPEN,
    Signaalrij,
    Signaalzeef,
    find_signaal,
    list_signaalstappen,
    list_verklaringen,
)
from berichten.opslag.signalen.signalen import list_signalen as read_signalen
from berichten.opslag.toegang.inzagelog import list_bsns_of_prestaties, list_bsns_of_toewijzingen
from berichten.rapporten.signalen.signalentabel import TITELS

__all__ = [
    "TITELS",
    "Signaal",
    "Signaaldossier",
    "Signaalkant",
    "Stapregel",
    "Verklaringregel",
    "find_signaaldossier",
    "list_signalen",
]

Signaalkant = Literal["open", "gesloten", "alle"]
OP_TOEWIJZINGEN = ("S1", "S6", "DA22")
"""Signals that rest on allocations; the others rest on lines, or on neither."""


@dataclass(frozen=True, slots=True)
class Signaal:
    """A signal in short. Cents where it is about money, else counts; both days of the window inclusive."""

    signaal_id: int
    agb: str
    soort: str
    eerste_dag: date
    venster_van: date
    venster_tot: date
    teller: int
    noemer: int
    zin: str
    gaat_af: bool
    staat: str
    bijgewerkt_op: datetime
    gedeeld_op: datetime | None

    @property
    def titel(self) -> str:
        """What it is called."""
        return TITELS.get(self.soort, self.soort)


@dataclass(frozen=True, slots=True)
class Stapregel:
    """What somebody of the gemeente did with it, for staff."""

    staat: str
    reden: str
    nummers: list[int]
    tot: date | None
    termijn: date | None
    door: str
    gezet_op: datetime


@dataclass(frozen=True, slots=True)
class Verklaringregel:
    """What the aanbieder said of it."""

    tekst: str
    nummers: list[int]
    gegeven_op: datetime


@dataclass(frozen=True, slots=True)
class Signaaldossier:
    """A signal with all that belongs to it."""

    signaal: Signaal
    nummers: list[int]
    op_toewijzingen: bool
    """Whether `nummers` are those of allocations; else of lines."""
    stappen: list[Stapregel]
    """For staff only."""
    verklaringen: list[Verklaringregel]


def show_signaal(rij: Signaalrij) -> Signaal:
    """What is shown of one."""
    return take(Signaal, rij)


def list_signalen(
    kijker: Kijker, agb: str | None, soort: str | None, kant: Signaalkant, grootte: int, volgende: str | None
) -> Bladzijde[Signaal]:
    """New to old; an aanbieder sees its own that were shared."""
    staten = {"open": OPEN, "gesloten": GESLOTEN, "alle": None}[kant]
    with kijker.transaction() as (verbinding, vermelding):
        zeef = Signaalzeef(agb, soort, staten, int(volgende) if volgende else None)
        rijen = read_signalen(verbinding, kijker.gemeente, zeef, grootte + 1)
        vermelding.shows_nobody()
    return cut(rijen, grootte, lambda rij: rij.signaal_id).each(show_signaal)


def find_signaaldossier(kijker: Kijker, signaal_id: int) -> Signaaldossier | None:
    """One, with the numbers of its lines: that is logged as a look at their clients. None when it is another's."""
    with kijker.transaction() as (verbinding, vermelding):
        rij = find_signaal(verbinding, kijker.gemeente, signaal_id)
        if rij is None:
            vermelding.shows_absent("signaal", signaal_id)
            return None
        op_toewijzingen = rij.soort in OP_TOEWIJZINGEN
        lees = list_bsns_of_toewijzingen if op_toewijzingen else list_bsns_of_prestaties
        vermelding.shows("signaal", lees(verbinding, kijker.gemeente, rij.nummers), signaal_id)
        staf = kijker.houder.medewerker
        stappen = list_signaalstappen(verbinding, kijker.gemeente, signaal_id) if staf else []
        verklaringen = list_verklaringen(verbinding, kijker.gemeente, signaal_id)
    return Signaaldossier(
        show_signaal(rij),
        list(rij.nummers),
        op_toewijzingen,
        [take(Stapregel, stap) for stap in stappen],
        [take(Verklaringregel, item) for item in verklaringen],
    )
