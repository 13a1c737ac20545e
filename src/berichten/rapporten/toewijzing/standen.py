"""Allocations of a gemeente as they stood, each with what it is worth: read once, for every table about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction

from sqlalchemy import Connection

from berichten.dossier.contract import Contract, is_valid_on
from berichten.dossier.dossier import VERWIJDERD, Toewijzing
from berichten.kern.kalender import add_maanden
from berichten.opslag.financien.prijslijsten import Indeling, Prijslijsten, list_indelingen
from berichten.opslag.financien.verplichtingen import Toewijzingsgegevens, Verplichtingsrij, list_ended, read_verplichtingen
from berichten.rapporten.toewijzing.toegewezen import Toegewezen, value
from berichten.rapporten.toewijzing.verplichting import (
    GENERIEK,
    ZILVERING_MAANDEN,
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


def read_standen_op(verbinding: Connection, gemeente: str, vraag: Vraagpunt, moment: datetime) -> Standen:
    """As of the moment, which is the end of the peildatum or earlier on that day; twelve queries, however many allocations."""
    standen = Standen(gemeente, vraag)
    prijzen = Prijslijsten(verbinding, gemeente)
    segmenten = Segmenten(list_indelingen(verbinding, gemeente))
    per_nummer: dict[int, str] = {}
    for rij in read_verplichtingen(verbinding, gemeente, vraag.jaar, moment):
        if rij.gegevens is None:
            standen.zonder = _add(standen.zonder, _use_of(rij))
        elif (stand := _as_stand(rij, rij.gegevens, vraag, prijzen)) is not None:
            standen.toewijzingen.append(stand)
            per_nummer[stand.toewijzingnummer] = segmenten.find(rij.gegevens)
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


def read_verplichting_op(
    verbinding: Connection, gemeente: str, nummer: int, vraag: Vraagpunt, moment: datetime
) -> Toewijzingverplichting | None:
    """Of one allocation; None for one that was removed.

    As many queries again when nothing is declared on it yet, to tell what others of its category used.
    """
    stand = next(iter(_read_these(verbinding, gemeente, [nummer], vraag, moment)), None)
    if stand is None:
        return None
    zilvering = Fraction(1)
    if stand.gebruik.laatste is None and not vraag.is_closed(stand.end_in(vraag)):
        vanaf = add_maanden(vraag.peildatum, -ZILVERING_MAANDEN)
        categorie = None if stand.categorie == GENERIEK else stand.categorie
        anderen = list_ended(verbinding, gemeente, categorie, vanaf, vraag.peildatum)
        zilvering = find_zilvering(_read_these(verbinding, gemeente, anderen, vraag, moment), vraag).get(stand.categorie, zilvering)
    uitkomst = reckon(stand, vraag, zilvering)
    return Toewijzingverplichting(
        stand.toegewezen.bedrag, stand.toegewezen.onzeker, uitkomst.open, uitkomst.verwacht, uitkomst.vrijgevallen,
        uitkomst.overschrijding, uitkomst.einde, explain(stand, vraag, uitkomst, zilvering),
    )  # fmt: skip


def _read_these(
    verbinding: Connection, gemeente: str, nummers: Sequence[int], vraag: Vraagpunt, moment: datetime
) -> list[Toewijzingstand]:
    prijzen = Prijslijsten(verbinding, gemeente, nummers)
    rijen = read_verplichtingen(verbinding, gemeente, vraag.jaar, moment, nummers)
    standen = (_as_stand(rij, rij.gegevens, vraag, prijzen) for rij in rijen if rij.gegevens is not None)
    return [stand for stand in standen if stand is not None]


def _as_stand(rij: Verplichtingsrij, wie: Toewijzingsgegevens, vraag: Vraagpunt, prijzen: Prijslijsten) -> Toewijzingstand | None:
    """None for one that was removed, unless something stands on it: that is then beyond what is allocated, which is nothing."""
    gebruik = _use_of(rij)
    if rij.omvang.reden_wijziging == VERWIJDERD:
        if not (gebruik.gedeclareerd or gebruik.aangehouden):
            return None
        toegewezen = Toegewezen(0)
    else:
        toegewezen = _value(rij, wie, vraag.laatste, prijzen)
    return Toewijzingstand(
        wie.toewijzingnummer, wie.agb, wie.categorie or GENERIEK, wie.productcode, wie.ingangsdatum, rij.omvang.einddatum, rij.stop,
        toegewezen, gebruik,
    )  # fmt: skip


def _value(rij: Verplichtingsrij, wie: Toewijzingsgegevens, einde: date, prijzen: Prijslijsten) -> Toegewezen:
    omvang = rij.omvang
    if omvang.budget is not None:
        return Toegewezen(omvang.budget)
    toewijzing = Toewijzing(
        wie.toewijzingnummer, wie.agb, "", wie.categorie, wie.productcode, wie.ingangsdatum, omvang.einddatum,
        omvang.reden_wijziging, omvang.volume, omvang.eenheid, omvang.frequentie, None, wie.ingangsdatum, time(), 1,
    )  # fmt: skip
    contract = _GEEN if wie.productcode is None else prijzen.contract_of(wie.agb, wie.productcode)
    return value(toewijzing, einde, contract, prijzen.afspraken.get(wie.toewijzingnummer, ()))


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

    def find(self, wie: Toewijzingsgegevens) -> str:
        """Empty when the catalogue does not tell."""
        sleutel = wie.categorie, wie.productcode, wie.ingangsdatum
        if sleutel not in self._bekend:
            gevonden = {
                item.segment
                for item in self._indelingen
                if is_valid_on(item.ingangsdatum, item.einddatum, wie.ingangsdatum)
                and (item.productcode == wie.productcode if wie.productcode else item.categorie == wie.categorie)
            }
            self._bekend[sleutel] = gevonden.pop() if len(gevonden) == 1 else ""
        return self._bekend[sleutel]
