"""What a sample town consists of: people, allocations, billed lines, messages, and what should become of planted mistakes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date, time
from itertools import count, islice

from berichten.standaard.waarden.onderdelen import Omvang, Product

GEMEENTE = "0484"
"""Alphen aan den Rijn."""


@dataclass(frozen=True, slots=True)
class Aanbieder:
    """A made-up provider. Its AGB code lies in the block that the standard's examples use."""

    agb: str
    naam: str


@dataclass(frozen=True, slots=True)
class Persoon:
    """A made-up client with one parent at the same address."""

    bsn: str
    geboortedatum: date
    geslacht: str
    voornaam: str
    achternaam: str
    voorvoegsel: str | None
    ouder_voornaam: str
    ouder_geboortedatum: date
    straat: str
    huisnummer: int
    postcode: str
    telefoon: str
    tolk_taal: str | None
    verblijf_elders: bool


@dataclass(frozen=True, slots=True)
class Stadstoewijzing:
    """One version of an allocation, with how its provider will bill it."""

    nummer: int
    persoon: Persoon
    agb: str
    product: Product | None
    omvang: Omvang | None
    budget: int | None
    """Eurocents for the whole period."""
    toewijzingsdatum: date
    toewijzingstijd: time
    ingangsdatum: date
    einddatum: date | None
    reden: str | None
    codes: tuple[str, ...]
    """Product codes that will be billed on it."""
    niveau: str
    """Education level that the family plan asks for; empty where the products know none."""
    in_minuten: bool
    """Billed in minutes on an hourly tariff."""


@dataclass(frozen=True, slots=True)
class Stop:
    """End of a delivery that began on `begindatum`; reason 20 is a temporary one."""

    begindatum: date
    einddatum: date
    reden: str


@dataclass(frozen=True, slots=True)
class Traject:
    """An allocation through time: its versions, and its starts and stops."""

    versies: tuple[tuple[date, Stadstoewijzing], ...]
    """Each version with the first day of the month in which it is sent, oldest first."""
    starts: tuple[date, ...]
    stops: tuple[Stop, ...]
    laatste_maand: date | None
    """First day of the last month that is billed; None for no limit other than the allocation's end."""

    @property
    def eerste(self) -> Stadstoewijzing:
        return self.versies[0][1]

    @property
    def nummer(self) -> int:
        return self.eerste.nummer

    def get_versie(self, maand: date) -> Stadstoewijzing:
        """Return the version that holds when the declaration of `maand` (its first day) is made."""
        return [versie for vanaf, versie in self.versies if vanaf <= maand][-1]


@dataclass(frozen=True, slots=True)
class GeplanteFout:
    """A kind of planted mistake, and what the rule that it breaks does with it."""

    naam: str
    """Dutch name, as clerks would say it."""
    regel: str
    """Rule id (`TR338`, `DA01`), or `XSD`."""
    niveau: int
    """Level of control: 1 schema, 2 message content, 3 across messages, 4 external source."""
    klasse: str
    """Class of the message at which it is reported: `Header`, `Client`, `Prestatie` …; `Bericht` for the message as a whole."""
    retourcode: str | None
    """Code of WJ001 that the answer carries, or that is proposed for a held line; None where there is none."""
    uitkomst: str
    """Outcome of the line or product class, or of the whole message, in the words of the public contract."""


@dataclass(frozen=True, slots=True)
class OudePrestatie:
    """What only a JW303 says of a line: care before 2021."""

    zonder_nummer: bool
    """Sent without ToewijzingNummer; the receiver finds the allocation by the other keys (IV051)."""
    vrijstelling: str | None
    """BtwVrijstellingIndicatie: 1 exempt, 2 not exempt, None not said."""
    btw_percentage: int | None
    """Hundredths of a percent, with 2 only."""


@dataclass(frozen=True, slots=True)
class Lijn:
    """One line of a declaration, with the allocation that it stems from."""

    traject: Traject
    referentie: str
    vorig: str | None
    bsn: str
    nummer: int
    categorie: str
    code: str
    begin: date
    eind: date
    volume: int
    eenheid: str
    tarief: int | None
    bedrag: int
    """Eurocents, never negative; `credit` tells the direction."""
    uurtarief: int | None
    """Hourly tariff behind a line in minutes, in eurocents; else None."""
    credit: bool = False
    fout: GeplanteFout | None = None
    oud: OudePrestatie | None = None
    """Set when the line is billed with a JW303; `uurtarief` then is None, for its amount follows from the minute rate (IV060)."""


@dataclass(frozen=True, slots=True)
class Verwachting:
    """What should become of one planted mistake, once its rule is at work."""

    bestand: str
    fout: str
    regels: tuple[str, ...]
    """Ids of the rules that must report it; callers leave out rules that they do not have yet."""
    niveau: int
    klasse: str
    retourcode: str | None
    uitkomst: str
    referentienummer: str | None = None
    toewijzingnummer: int | None = None


@dataclass(frozen=True, slots=True)
class VoorbeeldBericht:
    """A message as it would be posted."""

    bestandsnaam: str
    afzender: str
    soort: str
    """`JW301`, `JW303`, `JW305`, `JW307` or `JW323`."""
    inhoud: bytes
    fout: str | None
    """Dutch names of the planted mistakes, separated by `; `; None for a sound message."""


@dataclass(slots=True)
class Nummering:
    """Numbers that are given out once: allocations, references, declarations, messages."""

    toewijzingen: Iterator[int] = field(default_factory=lambda: count(300001))
    onbekende: Iterator[int] = field(default_factory=lambda: count(990000001))
    _referenties: Iterator[int] = field(default_factory=lambda: count(1))
    _declaraties: Iterator[int] = field(default_factory=lambda: count(1))
    _berichten: Iterator[int] = field(default_factory=lambda: count(1))
    _facturen: Iterator[int] = field(default_factory=lambda: count(1))

    def skip(self, aantal: int) -> None:
        """Leave out so many numbers of each series: another town has them."""
        for veld in fields(self):
            next(islice(getattr(self, veld.name), aantal, aantal), None)

    def new_referentie(self) -> str:
        return f"RN{next(self._referenties):08d}"

    def new_declaratienummer(self) -> str:
        return f"DN{next(self._declaraties):07d}"

    def new_identificatie(self) -> str:
        return f"B{next(self._berichten):09d}"

    def new_factuurnummer(self) -> str:
        return f"F{next(self._facturen):09d}"
