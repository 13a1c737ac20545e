"""The parts of which messages are built: header, periods, a person, an address, a relation.

Names follow the elements of iJw 3.2. Dates are inclusive.
"""

from dataclasses import dataclass
from datetime import date


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
