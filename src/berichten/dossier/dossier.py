"""What is known when a message is judged: plain values that the storage loads beforehand and the rules read.

Nobody in here asks a database or a clock. The dossiers of a declaration change while its lines pass (references used, lines
awarded), so that a later line sees the earlier ones.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from operator import attrgetter

from berichten.dossier.beleid import Beleid
from berichten.dossier.contract import UUR, Contract
from berichten.dossier.eigen_feiten import EigenFeiten
from berichten.dossier.leveringen import Levering, Leveringen
from berichten.dossier.verzoek import Verzoek
from berichten.standaard.waarden.berichten import Declaratie, Prestatie
from berichten.standaard.waarden.jw303 import Jw303Declaratie
from berichten.standaard.waarden.onderdelen import Periode
from berichten.standaard.waarden.soorten import HUIDIG

VERWIJDERD = "13"
"""RedenWijziging of an allocation that was removed."""


@dataclass(slots=True)
class Toewijzing:
    """An allocation as it stands now: its newest version by Toewijzingsdatum and Toewijzingstijd (OP033x1).

    Nobody changes it; it is not frozen because that makes it slower to make, and a declaration may name twenty thousand.
    """

    toewijzingnummer: int
    agb: str
    bsn: str
    categorie: str | None
    productcode: str | None
    ingangsdatum: date
    einddatum: date | None
    """Last day, inclusive; None while open."""
    reden_wijziging: str | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None
    """Eurocents for the whole period."""
    toewijzingsdatum: date
    toewijzingstijd: time
    versie: int
    geboortedatum: date | None = None
    """Of the client, from the newest JW301; None when it is not known to the day."""

    @property
    def verwijderd(self) -> bool:
        return self.reden_wijziging == VERWIJDERD


@dataclass(frozen=True, slots=True)
class HeaderKader:
    """What the header of any message is held against."""

    vandaag: date
    eerder_ontvangen_op: datetime | None
    """When the sender's same Identificatie for this kind was handled before; None if it was not."""
    peildatums: tuple[date, ...] = ()
    """Days besides today on which the gemeentecode may have been in use (TR378); see `peildatums` of a message."""


@dataclass(frozen=True, slots=True)
class StaandePrestaties:
    """Lines of one allocation that are awarded and not credited."""

    aantal: int
    bedrag: int
    """Eurocents."""


@dataclass(frozen=True, slots=True)
class StaandePrestatie:
    """An awarded debit line that is not credited. Days inclusive; what counts of it, amount in eurocents."""

    toewijzingnummer: int
    prestatie_id: int
    referentienummer: str
    begindatum: date
    einddatum: date
    eenheid: str
    volume: int
    bedrag: int


@dataclass(frozen=True, slots=True)
class ToewijzingKader:
    """For a JW301: the allocations of this gemeente that bear a number of the message, whoever has them."""

    agb: str
    bsn: str
    toewijzingen: dict[int, Toewijzing]
    toegekend: dict[int, StaandePrestaties] = field(default_factory=dict)
    """By ToewijzingNummer: lines of this client and aanbieder that are awarded and not credited; absent when there are none."""
    contract: Contract = field(default_factory=Contract)
    beleid: Beleid = field(default_factory=Beleid)
    staand: dict[int, list[StaandePrestatie]] = field(default_factory=dict)
    """By ToewijzingNummer, of allocations of which the message holds a newer version: awarded lines, in the order of coming in."""
    verzoeken: dict[str, Verzoek] = field(default_factory=dict)
    """By ReferentieAanbieder: requests of this aanbieder, whoever their client, whose reference the message bears, as they stood
    before it (TR379)."""
    herhaald: frozenset[int] = frozenset()
    """ToewijzingNummers of which the message holds a version that was kept before, with the same reference; only of classes that
    bear one."""
    open: tuple[Verzoek, ...] = ()
    """Requests of this aanbieder for this client that waited before the message."""


@dataclass(slots=True)
class LeveringKader:
    """For a JW305 or JW307: the sender's allocations that bear a number of the message, and what was reported before."""

    bsn: str
    toewijzingen: dict[int, Toewijzing]
    leveringen: list[Levering] = field(default_factory=list)
    """Starts and stops of this client that this aanbieder reported and did not remove."""
    contract: Contract = field(default_factory=Contract)
    stand: Leveringen = field(init=False)
    """The same as the classes of the message move it: a later class sees the earlier ones."""

    def __post_init__(self) -> None:
        self.stand = Leveringen(self.leveringen)


@dataclass(frozen=True, slots=True)
class EerderePrestatie:
    """A line whose reference was used before."""

    referentienummer: str
    toewijzingnummer: int | None
    bsn: str
    categorie: str
    code: str
    begindatum: date
    einddatum: date
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    """Eurocents, signed."""
    credit: bool
    uitkomst: str
    antwoord_verzonden: bool
    """Whether the JW325 or JW304 on its declaration has been made."""
    toegekend_volume: int | None = None
    """What of its volume counts, when that is not all of it: only for a line of a JW303."""
    toegekend_bedrag: int | None = None
    """Eurocents, signed, that were awarded, when that is not all of it: only for a line of a JW303."""

    def counted(self) -> tuple[int, int]:
        """Volume and signed amount of this line that stand in the books: nothing of a rejected line."""
        if self.uitkomst == "afgewezen":
            return 0, 0
        return (
            self.volume if self.toegekend_volume is None else self.toegekend_volume,
            self.bedrag if self.toegekend_bedrag is None else self.toegekend_bedrag,
        )


@dataclass(frozen=True, slots=True)
class Toekenning:
    """What became of a line of a JW303 whose award is not simply all that was asked. Amounts in signed eurocents."""

    volume: int
    """Counts against the allocation, in the unit of the line; a credit takes it off."""
    bedrag: int
    """Counts in the books and against a budget."""
    beantwoord: int
    """Awarded according to the answer. Differs from `bedrag` only for the credit of what was never awarded whole."""


@dataclass(slots=True)
class Gebruik:
    """What counts against an allocation: lines awarded or held, less what was credited."""

    volume: int = 0
    """In the unit in which the allocation is counted: minutes for an allocation in hours."""
    bedrag: int = 0
    """Eurocents."""
    laatste_dagen: Counter[date] | None = None
    """How many counted lines end on which day; kept only for an allocation without Einddatum, from the first line on."""

    def count_day(self, dag: date, aantal: int) -> None:
        """So many counted lines more end on this day; less, for a credit."""
        if self.laatste_dagen is None:
            self.laatste_dagen = Counter()
        self.laatste_dagen[dag] += aantal

    def last_day(self) -> date | None:
        """Latest end of a ProductPeriode among the lines counted."""
        return max((dag for dag, aantal in (self.laatste_dagen or {}).items() if aantal > 0), default=None)


Debetsleutel = tuple[int | None, date, date, str, str]
"""ToewijzingNummer, begin and end of ProductPeriode, ProductCategorie and ProductCode (TR389)."""


@dataclass(slots=True)
class DeclaratieKader:
    """For a JW323: everything that its Declaratie, clients and lines are held against."""

    agb: str
    declaratie: Declaratie
    declaratienummer_gebruikt: bool
    bekende_bsns: set[str]
    """Clients for whom this aanbieder has, or has had, an allocation."""
    toewijzingen: dict[int, Toewijzing]
    """This aanbieder's allocations that bear a number of the message."""
    laatste_periode: date | None = None
    """First day of the latest month that this aanbieder declared before."""
    contract: Contract = field(default_factory=Contract)
    eerdere_prestaties: dict[str, EerderePrestatie] = field(default_factory=dict)
    """By ReferentieNummer: lines of this aanbieder whose reference occurs in the message, as own or as previous reference."""
    gecrediteerd: set[str] = field(default_factory=set)
    """References of debit lines that have a credit, awarded or held."""
    referenties: set[str] = field(default_factory=set)
    """References used, by earlier messages and by the lines of this one that have passed."""
    gebruik: dict[int, Gebruik] = field(default_factory=dict)
    """By ToewijzingNummer: what earlier messages have used."""
    debetten: Counter[Debetsleutel] = field(default_factory=Counter)
    """Debit lines awarded or held and not credited, in the months of the message."""
    feiten: EigenFeiten = field(default_factory=EigenFeiten)
    """What the gemeente's own rules look at; the lines of a JW303 have none."""
    niet_gekoppeld: dict[int, str] = field(default_factory=dict)
    """By volgnummer: why a line without ToewijzingNummer is on no allocation, in Dutch; only of a JW303."""
    release: str = HUIDIG
    """Release of the message: its rules are those of that time."""
    dossiers: dict[int | None, "Dossier"] = field(default_factory=dict)

    @property
    def is_factuur(self) -> bool:
        """Whether it is an invoice: a JW303 may be."""
        return False

    def dossier(self, toewijzingnummer: int | None) -> "Dossier":
        """The dossier of a number, also of one that is not known, and of lines without one."""
        gevonden = self.dossiers.get(toewijzingnummer)
        if gevonden is None:
            bekend = None if toewijzingnummer is None else self.toewijzingen.get(toewijzingnummer)
            gevonden = Dossier(self, bekend, (bekend and self.gebruik.get(bekend.toewijzingnummer)) or Gebruik())
            self.dossiers[toewijzingnummer] = gevonden
        return gevonden

    def let_go(self) -> None:
        """For who is done with it: each dossier points back here, and in that ring all of the message would stay in memory."""
        self.dossiers.clear()


@dataclass(slots=True, kw_only=True)
class Jw303Kader(DeclaratieKader):
    """For a JW303: the same, with its lines on the allocations to which they belong (IV051)."""

    declaratie: Jw303Declaratie
    vorige_periode: Periode | None = None
    """DeclaratiePeriode of the latest JW303 of this aanbieder that was handled."""
    van_anderen: dict[int, Toewijzing] = field(default_factory=dict)
    """Allocations of other aanbieders that its lines name; looked at by TR311 only."""
    alles_van_anderen: bool = False
    """Every line names an allocation that its client has with another aanbieder (TR311); told when lines are linked."""
    wijze: str | None = None
    """What the gemeente has agreed with the aanbieder: `declaratie` or `factuur`; None when it is not known (OP278)."""

    @property
    def is_factuur(self) -> bool:
        return self.declaratie.is_factuur


@dataclass(slots=True)
class Dossier:
    """What a line is held against: its allocation, if there is one, what was used of it, and the declaration around it."""

    kader: DeclaratieKader
    toewijzing: Toewijzing | None
    gebruik: Gebruik

    def ingang_for(self, prestatie: Prestatie) -> date | None:
        """Ingangsdatum that tells the price of a line, where a contract row looks at it; None without allocation of the client."""
        toewijzing = self.toewijzing
        if not self.kader.contract.kent_tarief_bij_toewijzing or toewijzing is None or toewijzing.bsn != prestatie.bsn:
            return None
        return toewijzing.ingangsdatum

    def register(self, prestatie: Prestatie, uitkomst: str, toekenning: Toekenning | None = None) -> None:
        """Take a judged line in, so that the lines after it see it; all of it, unless `toekenning` says what counts."""
        kader = self.kader
        kader.referenties.add(prestatie.referentienummer)
        if uitkomst == "afgewezen":
            return
        teken = 1
        if prestatie.credit:
            teken = -1
            kader.gecrediteerd.add(prestatie.vorig_referentienummer or "")
        kader.debetten[debetsleutel(prestatie)] += teken
        if kader.feiten.tellen:
            kader.feiten.register(prestatie, kader.contract)
        toewijzing, gebruik = self.toewijzing, self.gebruik
        if toewijzing is not None:
            volume, bedrag = (prestatie.volume, prestatie.bedrag) if toekenning is None else (toekenning.volume, toekenning.bedrag)
            gebruik.volume += teken * in_counting_unit(toewijzing, volume, prestatie.eenheid)
            gebruik.bedrag += bedrag
            if toewijzing.einddatum is None:
                gebruik.count_day(prestatie.einddatum, teken)


DEBETVELDEN = ("toewijzingnummer", "begindatum", "einddatum", "categorie", "code")
debetsleutel: Callable[[Prestatie], Debetsleutel] = attrgetter(*DEBETVELDEN)
"""What of a line may be billed only once at a time."""


def in_counting_unit(toewijzing: Toewijzing, volume: int, eenheid: str) -> int:
    """A billed volume in the unit in which an allocation is counted: minutes for an allocation in hours, else its own unit."""
    if toewijzing.eenheid == UUR and eenheid == UUR:
        return volume * 60
    return volume
