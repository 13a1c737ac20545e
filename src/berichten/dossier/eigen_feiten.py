"""The facts that the gemeente's own rules hold a declaration against: plain values, loaded before, that move while lines pass."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from berichten.dossier.beleid import Beleid
from berichten.dossier.contract import MINUUT, UUR, Catalogusproduct, Contract, is_valid_on
from berichten.kern.kalender import add_maanden, begin_of_maand
from berichten.standaard.waarden.berichten import Prestatie

CLIENTGEBONDEN = frozenset({"direct", "groep", "indirect"})
NO_SHOW = "no_show"
MINUTEN_VAN = {MINUUT: 1, UUR: 60}
"""Minutes of one unit, of those that are time."""
TRAJECT_GAT = 3
"""Months without care after which a new course begins."""


@dataclass(frozen=True, slots=True)
class Grenzen:
    """What the gemeente may set besides consequences."""

    declaratie_termijn_maanden: int = 1
    dagdelen_per_dag: int = 3
    budget_procent: int = 90


@dataclass(frozen=True, slots=True)
class Afspraak:
    """What the family plan of an allocation needs in a period, both ends inclusive."""

    toewijzingnummer: int
    benodigd_niveau: str
    lager_niveau_goedgekeurd: bool
    ingangsdatum: date
    einddatum: date | None


@dataclass(frozen=True, slots=True)
class Verantwoord:
    """Recorded minutes of one kind by people of one level and registration."""

    minuten: int
    soort: str
    """`direct`, `groep`, `indirect`, `niet_clientgebonden`, `no_show` or `afgezegd`."""
    niveau: str
    """Empty when it was not given."""
    registratie: str
    """`SKJ`, `BIG` or `geen`."""


@dataclass(slots=True)
class Verantwoording:
    """The delivery records for one line, or for all lines of one allocation in one month that have none of their own."""

    regels: list[Verantwoord]
    gedeclareerd: int = 0
    """Minutes that earlier lines billed on these records."""

    def minutes_of(self, *soorten: str) -> int:
        """Recorded minutes of these kinds."""
        return sum(item.minuten for item in self.regels if item.soort in soorten)


@dataclass(frozen=True, slots=True)
class Leverperiode:
    """A delivery on an allocation, from its start to the first stop for it, both inclusive."""

    begindatum: date
    einddatum: date | None
    tijdelijk: bool = False
    """Whether that stop was temporary."""


@dataclass(slots=True)
class Ruimte:
    """An amount for one aanbieder in a period, for one segment or for all."""

    segment: str
    periode_van: date
    periode_tot: date | None
    bedrag: int
    """Eurocents."""
    soort: str
    """`indicatief` or `plafond`."""
    gebruikt: int = 0
    """Eurocents awarded or held for care in the period."""


@dataclass(frozen=True, slots=True)
class Kader:
    """A frame for a course: most months and most minutes; None is no limit, an empty segment or zorgvorm is any."""

    kader: str
    segment: str
    zorgvorm: str
    max_maanden: int | None
    max_minuten: int | None
    ingangsdatum: date
    einddatum: date | None
    verlenging_minuten: int | None = None
    """What the most minutes become more by when the local team prolongs the course; None cannot be prolonged."""

    @property
    def smal(self) -> tuple[bool, bool, str]:
        """Sorts the narrowest frame first: one for a zorgvorm, then one for a segment; the name decides between equals."""
        return not self.zorgvorm, not self.segment, self.kader

    def fits(self, segment: str, zorgvorm: str, dag: date) -> bool:
        """Whether it holds on a day for a product of this segment and zorgvorm."""
        return (
            self.segment in ("", segment)
            and self.zorgvorm.casefold() in ("", zorgvorm.casefold())
            and is_valid_on(self.ingangsdatum, self.einddatum, dag)
        )


@dataclass(slots=True)
class Zorgmaand:
    """Care of one client in one month of a course; a month of which every line was credited is not one."""

    minuten: int = 0
    regels: int = 1


@dataclass(frozen=True, slots=True)
class Geldend:
    """The spending rooms that care comes out of, and the one frame that it must stay within: the narrowest."""

    ruimtes: tuple[Ruimte, ...]
    kader: Kader | None


Trajectsleutel = tuple[str, str]
"""Client and name of the frame."""


@dataclass(slots=True)
class EigenFeiten:
    """All of it for one declaration. What is empty is not known."""

    beleid: Beleid = field(default_factory=Beleid)
    grenzen: Grenzen = field(default_factory=Grenzen)
    afspraken: tuple[Afspraak, ...] = ()
    verantwoording: dict[str, Verantwoording] = field(default_factory=dict)
    """By ReferentieNummer."""
    per_maand: dict[tuple[int, date], Verantwoording] = field(default_factory=dict)
    """By ToewijzingNummer and first day of the month."""
    leveringen: dict[int, list[Leverperiode]] = field(default_factory=dict)
    """By ToewijzingNummer, by Begindatum; only of allocations where a line of the declaration may lie outside them."""
    ruimtes: tuple[Ruimte, ...] = ()
    kaders: tuple[Kader, ...] = ()
    trajecten: dict[Trajectsleutel, dict[date, Zorgmaand]] = field(default_factory=dict)
    """By month."""
    _afspraken: dict[int, list[Afspraak]] = field(init=False)
    _geldend: dict[tuple[str, date], Geldend] = field(default_factory=dict)
    """By product code and day: a large declaration asks the same of few, many thousand times."""

    def __post_init__(self) -> None:
        per_nummer: defaultdict[int, list[Afspraak]] = defaultdict(list)
        for item in self.afspraken:
            per_nummer[item.toewijzingnummer].append(item)
        self._afspraken = dict(per_nummer)

    def afspraak_of(self, prestatie: Prestatie) -> Afspraak | None:
        """What the family plan needs on the first day of a line."""
        if not self._afspraken:
            return None
        eigen = self._afspraken.get(prestatie.toewijzingnummer or -1, ())
        return next((item for item in eigen if is_valid_on(item.ingangsdatum, item.einddatum, prestatie.begindatum)), None)

    def verantwoording_of(self, prestatie: Prestatie) -> Verantwoording | None:
        """The records of a line: its own by reference, else those of its allocation and month. A credit has those of its debit."""
        gevonden = self.verantwoording.get(prestatie.vorig_referentienummer or prestatie.referentienummer)
        if gevonden is None and self.per_maand:
            gevonden = self.per_maand.get((prestatie.toewijzingnummer or -1, begin_of_maand(prestatie.begindatum)))
        return gevonden

    def geldend_for(self, prestatie: Prestatie, contract: Contract) -> Geldend:
        """What holds for a line, by the segment and zorgvorm of its product and its first day."""
        sleutel = prestatie.code, prestatie.begindatum
        gevonden = self._geldend.get(sleutel)
        if gevonden is None:
            gevonden = self._geldend[sleutel] = self._find_geldend(contract.product_on(*sleutel), prestatie.begindatum)
        return gevonden

    def _find_geldend(self, product: Catalogusproduct | None, dag: date) -> Geldend:
        segment = product.segment if product else ""
        ruimtes = (item for item in self.ruimtes if item.segment in ("", segment))
        kaders = (item for item in self.kaders if product and item.fits(product.segment, product.zorgvorm, dag))
        kader = min(kaders, key=lambda item: item.smal, default=None)
        return Geldend(tuple(item for item in ruimtes if is_valid_on(item.periode_van, item.periode_tot, dag)), kader)

    @property
    def tellen(self) -> bool:
        """Whether there is anything that lines add up in."""
        return bool(self.verantwoording or self.per_maand or self.ruimtes or self.kaders)

    def register(self, prestatie: Prestatie, contract: Contract) -> None:
        """Take a line that counts in, so that the lines after it see it; a credit takes off."""
        minuten = declared_minutes(prestatie) or 0
        teken = -1 if prestatie.credit else 1
        records = self.verantwoording_of(prestatie)
        if records is not None:
            records.gedeclareerd += teken * minuten
        geldend = self.geldend_for(prestatie, contract)
        for ruimte in geldend.ruimtes:
            ruimte.gebruikt += prestatie.bedrag
        if geldend.kader is not None:
            maand, kader = begin_of_maand(prestatie.begindatum), geldend.kader
            zorg = self.trajecten.setdefault((prestatie.bsn, kader.kader), {}).setdefault(maand, Zorgmaand(regels=0))
            zorg.minuten += teken * minuten
            zorg.regels += teken


def declared_minutes(prestatie: Prestatie) -> int | None:
    """Billed minutes; None for a line that is not in minutes or hours."""
    minuten = MINUTEN_VAN.get(prestatie.eenheid)
    return None if minuten is None else prestatie.volume * minuten


def course_of(maanden: Iterable[date], maand: date) -> tuple[date, date]:
    """First and last month of the course that `maand` belongs to: no gap in it of more than TRAJECT_GAT months."""
    eerste = laatste = maand
    bekend = sorted(set(maanden))
    for eerder in reversed([item for item in bekend if item < maand]):
        if eerste > add_maanden(eerder, TRAJECT_GAT + 1):
            break
        eerste = eerder
    for later in (item for item in bekend if item > maand):
        if later > add_maanden(laatste, TRAJECT_GAT + 1):
            break
        laatste = later
    return eerste, laatste
