"""Allocations of a gemeente as they stood, each with what it is worth: read once, for every table about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction

from sqlalchemy import Connection

from berichten.dossier.contract import Contract, is_valid_on
from berichten.dossier.dossier import VERWIJDERD, Toewijzing
from berichten.opslag.financien.prijslijsten import Indeling, Prijslijsten, list_indelingen
from berichten.opslag.financien.verplichtingen import Verplichtingenvraag, Verplichtingsrij, list_ended, read_verplichtingen
from berichten.rapporten.toewijzing.toegewezen import Bekendeprijzen, Toegewezen, value
from berichten.rapporten.toewijzing.verplichting import (
    GENERIEK,
    Besteding,
    Toewijzingstand,
    Verplichting,
    Vraagpunt,
    explain,
    find_zilvering,
    reckon,
)

_GEEN = Contract()


@dataclass(slots=True)
class Standen:
    """Every allocation that was known, and what was on none."""

    gemeente: str
    vraag: Vraagpunt
    toewijzingen: list[Toewijzingstand] = field(default_factory=list)
    zonder: Besteding = field(default_factory=Besteding)
    """Of lines without an allocation."""
    segmenten: Mapping[int, str] = field(default_factory=dict)
    """By number of the allocation, as the catalogue has it on its first day; empty where that does not tell."""
    zilvering: Mapping[str, Fraction] = field(default_factory=dict)
    """By category, what part of the rest is used in the end."""

    def reckon(self, stand: Toewijzingstand) -> Verplichting:
        """What follows for one of them."""
        return reckon(stand, self.vraag, self.zilvering.get(stand.categorie, Fraction(1)))

    @property
    def gedeclareerd(self) -> int:
        """Cents of all care ever, on an allocation or not: what the journal holds."""
        return self.zonder.gedeclareerd + sum(stand.gebruik.gedeclareerd for stand in self.toewijzingen)


def read_standen_op(verbinding: Connection, gemeente: str, vraag: Vraagpunt, moment: datetime, *, alle: bool = False) -> Standen:
    """As of the moment, which is the end of the peildatum or earlier on that day; twelve queries, however many allocations.

    Those that ended before the year and more than 24 months before the peildatum say nothing of either, and are left out unless
    `alle` asks for them.
    """
    standen = Standen(gemeente, vraag)
    prijzen = Prijslijsten(verbinding, gemeente)
    segmenten, bekend = Segmenten(list_indelingen(verbinding, gemeente)), Bekendeprijzen()
    per_nummer: dict[int, str] = {}
    sinds = date.min if alle else min(vraag.eerste, vraag.zilvering_na)
    for rij in read_verplichtingen(verbinding, Verplichtingenvraag(gemeente, vraag.jaar, moment, sinds)):
        if not rij.bekend:
            standen.zonder = _add(standen.zonder, _use_of(rij))
        elif (stand := _as_stand(rij, vraag, prijzen, bekend)) is not None:
            standen.toewijzingen.append(stand)
            per_nummer[stand.toewijzingnummer] = segmenten.find(rij.categorie, rij.productcode, rij.ingangsdatum)
    standen.segmenten, standen.zilvering = per_nummer, find_zilvering(standen.toewijzingen, vraag)
    return standen


@dataclass(frozen=True, slots=True)
class Toewijzingverplichting:
    """What one allocation binds the gemeente to, in cents, with the sum in words; None is `niet te bepalen`."""

    toegewezen_bedrag: int | None
    tarief_onzeker: bool
    open_bedrag: int
    verwacht_bedrag: int | None
    vrijgevallen_bedrag: int
    overschrijding: int | None
    einde_zorg: date
    """Last day on which care is expected."""
    uitleg: str


def read_verplichtingen_op(
    verbinding: Connection, gemeente: str, nummers: Sequence[int], vraag: Vraagpunt, moment: datetime
) -> dict[int, Toewijzingverplichting]:
    """Of these allocations, by number; those that were removed are left out.

    As many queries again for each category of which one has nothing declared on it yet, to tell what others of it used.
    """
    standen = _read_these(verbinding, gemeente, nummers, vraag, moment)
    zilvering: dict[str, Fraction] = {}
    leeg = (stand for stand in standen if stand.gebruik.laatste is None)
    for categorie in sorted({stand.categorie for stand in leeg if not vraag.is_closed(stand.end_in(vraag))}):
        gezocht = None if categorie == GENERIEK else categorie
        anderen = list_ended(verbinding, gemeente, gezocht, vraag.zilvering_na, vraag.peildatum)
        zilvering |= find_zilvering(_read_these(verbinding, gemeente, anderen, vraag, moment), vraag)
    return {stand.toewijzingnummer: _tell(stand, vraag, zilvering.get(stand.categorie, Fraction(1))) for stand in standen}


def _tell(stand: Toewijzingstand, vraag: Vraagpunt, zilvering: Fraction) -> Toewijzingverplichting:
    uitkomst = reckon(stand, vraag, zilvering)
    return Toewijzingverplichting(
        stand.toegewezen.bedrag, stand.toegewezen.onzeker, uitkomst.open, uitkomst.verwacht, uitkomst.vrijgevallen,
        uitkomst.overschrijding, uitkomst.einde, explain(stand, vraag, uitkomst, zilvering),
    )  # fmt: skip


def _read_these(
    verbinding: Connection, gemeente: str, nummers: Sequence[int], vraag: Vraagpunt, moment: datetime
) -> list[Toewijzingstand]:
    prijzen, bekend = Prijslijsten(verbinding, gemeente, nummers), Bekendeprijzen()
    rijen = read_verplichtingen(verbinding, Verplichtingenvraag(gemeente, vraag.jaar, moment, nummers=nummers))
    standen = (_as_stand(rij, vraag, prijzen, bekend) for rij in rijen if rij.bekend)
    return [stand for stand in standen if stand is not None]


def _as_stand(rij: Verplichtingsrij, vraag: Vraagpunt, prijzen: Prijslijsten, bekend: Bekendeprijzen) -> Toewijzingstand | None:
    """None for one that was removed, unless something stands on it: that is then beyond what is allocated, which is nothing."""
    gebruik = _use_of(rij)
    if rij.reden_wijziging == VERWIJDERD:
        if not (gebruik.gedeclareerd or gebruik.aangehouden):
            return None
        toegewezen = Toegewezen(0)
    elif rij.budget is not None:
        toegewezen = Toegewezen(rij.budget)
    else:
        toegewezen = _value(rij, vraag.laatste, prijzen, bekend)
    return Toewijzingstand(
        rij.nummer or 0, rij.agb, rij.categorie or GENERIEK, rij.productcode, rij.ingangsdatum, rij.einddatum, rij.stop,
        toegewezen, gebruik,
    )  # fmt: skip


def _value(rij: Verplichtingsrij, einde: date, prijzen: Prijslijsten, bekend: Bekendeprijzen) -> Toegewezen:
    nummer = rij.nummer or 0
    toewijzing = Toewijzing(
        nummer, rij.agb, "", rij.categorie, rij.productcode, rij.ingangsdatum, rij.einddatum, rij.reden_wijziging, rij.volume,
        rij.eenheid, rij.frequentie, None, rij.ingangsdatum, time(), 1,
    )  # fmt: skip
    contract = _GEEN if rij.productcode is None else prijzen.contract_of(rij.agb, rij.productcode)
    return value(toewijzing, einde, contract, prijzen.afspraken.get(nummer, ()), bekend)


def _use_of(rij: Verplichtingsrij) -> Besteding:
    return Besteding(
        rij.gedeclareerd, rij.aangehouden, rij.gedeclareerd_jaar, rij.aangehouden_jaar, rij.gedeclareerd_vorig, rij.laatste
    )


def _add(een: Besteding, ander: Besteding) -> Besteding:
    return Besteding(
        een.gedeclareerd + ander.gedeclareerd, een.aangehouden + ander.aangehouden,
        een.gedeclareerd_jaar + ander.gedeclareerd_jaar, een.aangehouden_jaar + ander.aangehouden_jaar,
        een.gedeclareerd_vorig + ander.gedeclareerd_vorig,
    )  # fmt: skip


class Segmenten:
    """To which segment an allocation belongs: that of its product, else that of its category where all products have the same."""

    def __init__(self, indelingen: Iterable[Indeling]) -> None:
        self._indelingen = list(indelingen)
        self._bekend: dict[tuple[str | None, str | None, date], str] = {}

    def find(self, categorie: str | None, productcode: str | None, dag: date) -> str:
        """Of an allocation that begins on this day; empty when the catalogue does not tell."""
        sleutel = categorie, productcode, dag
        if sleutel not in self._bekend:
            gevonden = {
                item.segment
                for item in self._indelingen
                if is_valid_on(item.ingangsdatum, item.einddatum, dag)
                and (item.productcode == productcode if productcode else item.categorie == categorie)
            }
            self._bekend[sleutel] = gevonden.pop() if len(gevonden) == 1 else ""
        return self._bekend[sleutel]
