"""What is known when a message is judged: plain values that the storage loads beforehand and the rules read.

Nobody in here asks a database or a clock. The dossiers of a declaration change while its lines pass (references used, lines
awarded), so that a later line sees the earlier ones.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from berichten.standaard.berichten import Declaratie, Prestatie

VERWIJDERD = "13"
"""RedenWijziging of an allocation that was removed."""


@dataclass(frozen=True, slots=True)
class Toewijzing:
    """An allocation as it stands now: its newest version by Toewijzingsdatum and Toewijzingstijd (OP033x1)."""

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

    @property
    def verwijderd(self) -> bool:
        return self.reden_wijziging == VERWIJDERD


@dataclass(frozen=True, slots=True)
class HeaderKader:
    """What the header of any message is held against."""

    vandaag: date
    eerder_ontvangen_op: datetime | None
    """When the sender's same Identificatie for this kind was handled before; None if it was not."""


@dataclass(frozen=True, slots=True)
class ToewijzingKader:
    """For a JW301: the allocations of this gemeente that bear a number of the message, whoever has them."""

    agb: str
    bsn: str
    toewijzingen: dict[int, Toewijzing]


@dataclass(frozen=True, slots=True)
class LeveringKader:
    """For a JW305 or JW307: the sender's allocations that bear a number of the message."""

    bsn: str
    toewijzingen: dict[int, Toewijzing]


@dataclass(frozen=True, slots=True)
class EerderePrestatie:
    """A line whose reference was used before."""

    referentienummer: str
    toewijzingnummer: int
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
    """Whether the JW325 on its declaration has been made."""


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
    eerdere_prestaties: dict[str, EerderePrestatie] = field(default_factory=dict)
    """By ReferentieNummer: lines of this aanbieder whose reference occurs in the message, as own or as previous reference."""
    gecrediteerd: set[str] = field(default_factory=set)
    """References of debit lines that have a credit, awarded or held."""
    referenties: set[str] = field(default_factory=set)
    """References used, by earlier messages and by the lines of this one that have passed."""
    dossiers: dict[int, "Dossier"] = field(default_factory=dict)

    def dossier(self, toewijzingnummer: int) -> "Dossier":
        """The dossier of a number, also of one that is not known."""
        gevonden = self.dossiers.get(toewijzingnummer)
        if gevonden is None:
            gevonden = self.dossiers[toewijzingnummer] = Dossier(self, self.toewijzingen.get(toewijzingnummer))
        return gevonden


@dataclass(slots=True)
class Dossier:
    """What a line is held against: its allocation, if there is one, and the declaration around it."""

    kader: DeclaratieKader
    toewijzing: Toewijzing | None

    def register(self, prestatie: Prestatie, uitkomst: str) -> None:
        """Take a judged line in, so that the lines after it see it."""
        self.kader.referenties.add(prestatie.referentienummer)
        if prestatie.credit and uitkomst != "afgewezen" and prestatie.vorig_referentienummer:
            self.kader.gecrediteerd.add(prestatie.vorig_referentienummer)
