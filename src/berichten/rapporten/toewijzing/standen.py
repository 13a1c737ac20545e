"""Allocations of a gemeente as they stood, each with what it is worth: read once, for every table about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import Connection

from berichten.dossier.contract import Contract, is_valid_on
from berichten.dossier.dossier import VERWIJDERD, Toewijzing
from berichten.opslag.financien.prijslijsten import Indeling, Prijslijsten, list_indelingen
from berichten.opslag.financien.verplichtingen import Verplichtingenvraag, Verplichtingkolommen, list_ended, read_verplichtingen
from berichten.rapporten.toewijzing.standkolommen import (
    BEDRAGEN,
    Getallen,
    Masker,
    Standkolommen,
    Uitkomstkolommen,
    as_numbers,
    reckon_all,
)
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


@dataclass
class Standen:
    """Every allocation that was known, and what was on none."""

    gemeente: str
    vraag: Vraagpunt
    kolommen: Standkolommen
    zonder: Besteding = field(default_factory=Besteding)
    """Of lines without an allocation."""
    zilvering: Mapping[str, Fraction] = field(default_factory=dict)
    """By category, what part of the rest is used in the end."""

    @cached_property
    def uitkomsten(self) -> Uitkomstkolommen:
        """What follows for each of them."""
        return reckon_all(self.kolommen, self.vraag, self.zilvering)

    @cached_property
    def toewijzingen(self) -> list[Toewijzingstand]:
        """One by one; where there are very many, ask the columns."""
        return self.kolommen.list_standen()

    @cached_property
    def segmenten(self) -> Mapping[int, str]:
        """By number of the allocation."""
        return dict(zip(self.kolommen.nummer, self.kolommen.segment, strict=True))

    def reckon(self, stand: Toewijzingstand) -> Verplichting:
        """What follows for one of them."""
        return reckon(stand, self.vraag, self.zilvering.get(stand.categorie, Fraction(1)))

    @property
    def gedeclareerd(self) -> int:
        """Cents of all care ever, on an allocation or not: what the journal holds."""
        return self.zonder.gedeclareerd + int(self.kolommen.gedeclareerd.sum())


def read_standen_op(verbinding: Connection, gemeente: str, vraag: Vraagpunt, moment: datetime, *, alle: bool = False) -> Standen:
    """As of the moment, which is the end of the peildatum or earlier on that day; fourteen queries, however many allocations.

    Those that ended before the year and more than 24 months before the peildatum say nothing of either, and are left out unless
    `alle` asks for them.
    """
    prijzen = Prijslijsten(verbinding, gemeente)
    segmenten = Segmenten(list_indelingen(verbinding, gemeente))
    sinds = date.min if alle else min(vraag.eerste, vraag.zilvering_na)
    rijen = read_verplichtingen(verbinding, Verplichtingenvraag(gemeente, vraag.jaar, moment, sinds, vraag.dicht_voor))
    kolommen, zonder = _as_columns(rijen, vraag, prijzen, segmenten)
    return Standen(gemeente, vraag, kolommen, zonder, kolommen.find_zilvering(vraag))


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
    rijen = read_verplichtingen(verbinding, Verplichtingenvraag(gemeente, vraag.jaar, moment, nummers=nummers))
    return _as_columns(rijen, vraag, Prijslijsten(verbinding, gemeente, nummers))[0].list_standen()


def _as_columns(
    rijen: Verplichtingkolommen, vraag: Vraagpunt, prijzen: Prijslijsten, segmenten: "Segmenten | None" = None
) -> tuple[Standkolommen, Besteding]:
    """Those that were known, and what stood on none.

    One that was removed is left out, unless something stands on it: that is then beyond what is allocated, which is nothing.
    """
    bekend = np.array(rijen.bekend, dtype=bool)
    geld = {veld: as_numbers(getattr(rijen, veld)) for veld in BEDRAGEN}
    weg = np.array([reden == VERWIJDERD for reden in rijen.reden_wijziging], dtype=bool)
    houden = bekend & ~(weg & (geld["gedeclareerd"] == 0) & (geld["aangehouden"] == 0))
    plekken = np.flatnonzero(houden).tolist()
    toegewezen, bepaald, onzeker, groeit = _value_all(rijen, plekken, vraag.open_tot, prijzen)

    def keep(veld: str) -> list[Any]:
        kolom = getattr(rijen, veld)
        return kolom if len(plekken) == len(kolom) else [kolom[plek] for plek in plekken]

    categorieen, productcodes = keep("categorie"), keep("productcode")
    kolommen = Standkolommen(
        nummer=keep("nummer"), agb=keep("agb"), categorie=[categorie or GENERIEK for categorie in categorieen],
        productcode=productcodes,
        segment=[] if segmenten is None else list(map(segmenten.find, categorieen, productcodes, keep("ingangsdatum"))),
        begin=as_numbers(keep("ingangsdatum")), einddatum=as_numbers(keep("einddatum")), stop=as_numbers(keep("stop")),
        toegewezen=toegewezen, bepaald=bepaald, onzeker=onzeker, groeit=groeit,
        laatste=as_numbers(keep("laatste")), **{veld: kolom[houden] for veld, kolom in geld.items()},
    )  # fmt: skip
    return kolommen, Besteding(**{veld: int(kolom[~bekend].sum()) for veld, kolom in geld.items()})  # type: ignore[arg-type]


def _value_all(
    rijen: Verplichtingkolommen, plekken: Sequence[int], einde: date, prijzen: Prijslijsten
) -> tuple[Getallen, Masker, Masker, Masker]:
    """What each is worth in cents, whether that can be told, whether that is uncertain, and whether it grows.

    A budget is its own worth, and what was removed is worth nothing. Volumes that are alike are valued once; of the others prices
    over the same days are known already.
    """
    bedragen = [0 if rijen.reden_wijziging[plek] == VERWIJDERD else rijen.budget[plek] for plek in plekken]
    onzeker, groeit = np.zeros(len(bedragen), dtype=bool), np.zeros(len(bedragen), dtype=bool)
    prijssommen, gelijken = Bekendeprijzen(), dict[tuple[Any, ...], Toegewezen]()
    volumes = [waar for waar, bedrag in enumerate(bedragen) if bedrag is None]
    sleutels = zip(*(map(kolom.__getitem__, map(plekken.__getitem__, volumes)) for kolom in _alike(rijen)), strict=True)
    for waar, sleutel in zip(volumes, sleutels, strict=True):
        nummer = rijen.nummer[plekken[waar]] or 0
        if nummer in prijzen.afspraken:
            waarde = _value(nummer, sleutel, einde, prijzen, prijssommen)
        else:
            waarde = gelijken.get(sleutel) or gelijken.setdefault(sleutel, _value(0, sleutel, einde, prijzen, prijssommen))
        bedragen[waar], onzeker[waar], groeit[waar] = waarde.bedrag, waarde.onzeker, waarde.groeit
    bepaald = np.array([bedrag is not None for bedrag in bedragen], dtype=bool)
    return as_numbers([bedrag or 0 for bedrag in bedragen]), bepaald, onzeker, groeit


def _alike(rijen: Verplichtingkolommen) -> tuple[list[Any], ...]:
    """All that the worth of a volume depends on, but agreements of a family plan."""
    return (
        rijen.agb, rijen.categorie, rijen.productcode, rijen.ingangsdatum, rijen.einddatum,
        rijen.volume, rijen.eenheid, rijen.frequentie,
    )  # fmt: skip


def _value(nummer: int, sleutel: tuple[Any, ...], einde: date, prijzen: Prijslijsten, prijssommen: Bekendeprijzen) -> Toegewezen:
    agb, categorie, productcode, begin, laatste, volume, eenheid, frequentie = sleutel
    ingang, einddatum = date.fromordinal(begin), date.fromordinal(laatste) if laatste else None
    toewijzing = Toewijzing(
        nummer, agb, "", categorie, productcode, ingang, einddatum, None, volume, eenheid, frequentie, None, ingang, time(), 1
    )
    contract = _GEEN if productcode is None else prijzen.contract_of(agb, productcode)
    return value(toewijzing, einde, contract, prijzen.afspraken.get(nummer, ()), prijssommen)


class Segmenten:
    """To which segment an allocation belongs: that of its product, else that of its category where all products have the same."""

    def __init__(self, indelingen: Iterable[Indeling]) -> None:
        self._indelingen = list(indelingen)
        self._bekend: dict[tuple[str | None, str | None, int], str] = {}

    def find(self, categorie: str | None, productcode: str | None, ordinaal: int) -> str:
        """Of an allocation that begins on this day (`date.toordinal`); empty when the catalogue does not tell."""
        sleutel = categorie, productcode, ordinaal
        if sleutel not in self._bekend:
            dag = date.fromordinal(ordinaal)
            gevonden = {
                item.segment
                for item in self._indelingen
                if is_valid_on(item.ingangsdatum, item.einddatum, dag)
                and (item.productcode == productcode if productcode else item.categorie == categorie)
            }
            self._bekend[sleutel] = gevonden.pop() if len(gevonden) == 1 else ""
        return self._bekend[sleutel]
