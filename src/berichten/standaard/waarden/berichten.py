"""The messages as frozen values: what the readers make and what the rules judge.

Names follow the elements of iJw 3.2; a JW303, of iJw 3.0 or 2.3, stands in `nota`. Dates are inclusive.
Amounts are integer eurocents, and amounts of a Prestatie and of a total are signed: credit counts negative, resolved once, here, by
the readers.
"""

from dataclasses import dataclass
from datetime import date, time

from berichten.standaard.waarden.soorten import Berichtsoort


@dataclass(frozen=True, slots=True)
class Header:
    """Header of a message that a sender may post."""

    afzender: str
    """AGB code (eight digits) or gemeentecode (four digits)."""
    ontvanger: str
    identificatie: str
    dagtekening: date
    basisschema_versie: str
    bericht_versie: str


@dataclass(frozen=True, slots=True)
class Periode:
    """A closed period; both dates belong to it."""

    begindatum: date
    einddatum: date


@dataclass(frozen=True, slots=True)
class OpenPeriode:
    """A period that may be open on either side; the dates given belong to it."""

    begindatum: date | None
    einddatum: date | None


@dataclass(frozen=True, slots=True)
class Product:
    """Category, and the product code where one is given."""

    categorie: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Omvang:
    """Volume in whole units (eurocents for unit 83) for each Frequentie (1 day, 2 week, 4 month, 6 whole period)."""

    volume: int
    eenheid: str
    frequentie: str


@dataclass(frozen=True, slots=True)
class Geboortedatum:
    datum: date
    datum_gebruik: str | None


@dataclass(frozen=True, slots=True)
class Naam:
    """Name of a client or relation, as far as rules look at it; naam_gebruik only in JW301."""

    achternaam: str
    partnernaam: str | None
    naam_gebruik: str | None


@dataclass(frozen=True, slots=True)
class Adres:
    heeft_huis: bool
    postcode: str | None
    land_code: str | None


@dataclass(frozen=True, slots=True)
class Contact:
    """An address or other way to reach a client or relation (JW301)."""

    soort: str
    adres: Adres | None
    heeft_telefoon: bool
    periode: OpenPeriode | None
    regelnummer: int


@dataclass(frozen=True, slots=True)
class Relatie:
    nummer: str
    geboortedatum: Geboortedatum | None
    naam: Naam
    contact: Contact
    regelnummer: int


@dataclass(frozen=True, slots=True)
class Communicatie:
    vorm: str
    taal: str | None


@dataclass(frozen=True, slots=True)
class ToegewezenProduct:
    """One allocation as a JW301 states it. Without product it is generic, with category only aspecific, with code specific."""

    toewijzingnummer: int
    referentie_aanbieder: str | None
    product: Product | None
    toewijzingsdatum: date
    toewijzingstijd: time
    ingangsdatum: date
    einddatum: date | None
    reden_wijziging: str | None
    omvang: Omvang | None
    budget: int | None
    """Eurocents for the whole period of the allocation."""
    regelnummer: int


@dataclass(frozen=True, slots=True)
class StartProduct:
    """Delivery has started (JW305). Without toewijzingnummer the work is task-based."""

    toewijzingnummer: int | None
    product: Product | None
    toewijzing_ingangsdatum: date | None
    begindatum: date
    status_aanlevering: str
    regelnummer: int


@dataclass(frozen=True, slots=True)
class StopProduct:
    """Delivery has stopped, for a while (reason 20) or for good (JW307)."""

    toewijzingnummer: int | None
    product: Product | None
    toewijzing_ingangsdatum: date | None
    begindatum: date
    einddatum: date
    reden_beeindiging: str
    status_aanlevering: str
    regelnummer: int


@dataclass(frozen=True, slots=True)
class Client:
    """The client of a JW301, JW305 or JW307; the parts a kind does not have are empty."""

    bsn: str
    geboortedatum: Geboortedatum
    naam: Naam
    regelnummer: int
    communicatie: Communicatie | None = None
    relaties: tuple[Relatie, ...] = ()
    contacten: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Toewijzingsbericht:
    """JW301."""

    soort: Berichtsoort
    header: Header
    client: Client
    producten: tuple[ToegewezenProduct, ...]


@dataclass(frozen=True, slots=True)
class Startbericht:
    """JW305."""

    soort: Berichtsoort
    header: Header
    client: Client
    producten: tuple[StartProduct, ...]


@dataclass(frozen=True, slots=True)
class Stopbericht:
    """JW307."""

    soort: Berichtsoort
    header: Header
    client: Client
    producten: tuple[StopProduct, ...]


class Prestatie:
    """One billed line of a declaration. A plain class with slots: a message holds some thirty thousand of them."""

    __slots__ = (
        "bedrag",
        "begindatum",
        "bsn",
        "categorie",
        "code",
        "credit",
        "eenheid",
        "einddatum",
        "referentienummer",
        "regelnummer",
        "tarief",
        "toewijzingnummer",
        "volgnummer",
        "volume",
        "vorig_referentienummer",
    )

    def __init__(
        self,
        volgnummer: int,
        regelnummer: int,
        bsn: str,
        referentienummer: str,
        vorig_referentienummer: str | None,
        toewijzingnummer: int | None,
        categorie: str,
        code: str,
        begindatum: date,
        einddatum: date,
        volume: int,
        eenheid: str,
        tarief: int | None,
        bedrag: int,
        credit: bool,
    ) -> None:
        self.volgnummer = volgnummer
        """Place of the line in the message, from 1."""
        self.regelnummer = regelnummer
        """Line of the file on which the element starts."""
        self.bsn = bsn
        self.referentienummer = referentienummer
        self.vorig_referentienummer = vorig_referentienummer
        self.toewijzingnummer = toewijzingnummer
        """None only on a line of a JW303 that names none and that fits no allocation (IV051)."""
        self.categorie = categorie
        self.code = code
        self.begindatum = begindatum
        self.einddatum = einddatum
        self.volume = volume
        """Units of `eenheid`; eurocents for unit 83. Always positive: a credit takes it off."""
        self.eenheid = eenheid
        self.tarief = tarief
        """Eurocents for one unit; None for unit 83."""
        self.bedrag = bedrag
        """IngediendBedrag in eurocents, negative for a credit."""
        self.credit = credit


@dataclass(frozen=True, slots=True)
class DeclaratieClient:
    """A client of a declaration with its lines in message order."""

    bsn: str
    prestaties: tuple[Prestatie, ...]
    regelnummer: int


@dataclass(frozen=True, slots=True)
class Declaratie:
    """Class Declaratie of a JW323."""

    declaratienummer: str
    periode: Periode
    dagtekening: date
    totaal_ingediend: int
    """TotaalIngediendBedrag in eurocents; negative when DebetCredit is C."""
    clienten: tuple[DeclaratieClient, ...]
    totaal_credit: bool = False
    """Whether the total is marked C: a total of nothing has no sign to show it (CS325)."""


@dataclass(frozen=True, slots=True)
class Declaratiebericht:
    """JW323."""

    soort: Berichtsoort
    header: Header
    declaratie: Declaratie


Bericht = Toewijzingsbericht | Startbericht | Stopbericht | Declaratiebericht
