"""A JW303 as values, in the words of a JW323: its Declaratie is a declaration or an invoice of care before 2021 (iJw 3.0 and 2.3).

As in `berichten`: dates are inclusive, amounts are integer eurocents, and those of a line and of a total are signed.
"""

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from berichten.standaard.waarden.berichten import Declaratie, Declaratiebericht, DeclaratieClient, Prestatie
from berichten.standaard.waarden.onderdelen import Geboortedatum


@dataclass(frozen=True, slots=True)
class Bedrag:
    """An amount in eurocents, negative for credit; an amount of nothing has no sign to show its mark."""

    centen: int
    credit: bool


@dataclass(frozen=True, slots=True)
class Jw303Bedragen:
    """What a line of a JW303 says besides of its amount; each part may be left out."""

    berekend: Bedrag | None
    """BerekendBedrag: volume times tariff."""
    btw_vrijstelling: str | None
    """1: exempt from VAT; 2: not exempt."""
    btw_percentage: int | None
    """In hundredths of a percent (IV068)."""
    btw: Bedrag | None
    """VAT that the amount of the line includes."""


class Jw303Prestatie(Prestatie):
    """One billed line of a JW303. Its `bedrag` is the DeclaratieFactuurBedrag; `tarief` may be left out for any unit."""

    __slots__ = ("bedragen",)

    def __init__(self, *velden: Any, bedragen: Jw303Bedragen) -> None:
        super().__init__(*velden)
        self.bedragen = bedragen

    def linked_to(self, toewijzingnummer: int) -> "Jw303Prestatie":
        """The same line on this allocation."""
        ander = copy(self)
        ander.toewijzingnummer = toewijzingnummer
        return ander


@dataclass(frozen=True, slots=True)
class Jw303Client(DeclaratieClient):
    """A client of a JW303 with its lines in message order."""

    prestaties: tuple[Jw303Prestatie, ...]
    geboortedatum: Geboortedatum


@dataclass(frozen=True, slots=True, kw_only=True)
class Jw303Declaratie(Declaratie):
    """What a JW303 bills: a declaration (432) or an invoice (450). Its number is the DeclarantFactuurNummer."""

    clienten: tuple[Jw303Client, ...]
    is_factuur: bool
    servicebureau: str | None
    betaling_aan: str
    """COD833: 01 servicebureau, 02 aanbieder."""
    btw_nummer: str | None
    valuta: str
    btw_totaal: Bedrag | None
    pad: ClassVar[str] = "Bericht"

    @property
    def soortnaam(self) -> str:
        """`declaratie` or `factuur`, for texts."""
        return "factuur" if self.is_factuur else "declaratie"


@dataclass(frozen=True, slots=True)
class Jw303bericht(Declaratiebericht):
    """JW303. Its header as values: Afzender is Aanbieder, Identificatie the DeclarantFactuurNummer, Dagtekening the
    FactuurDagtekening; release 2.3 states no versions of schemas, and then they are empty."""

    declaratie: Jw303Declaratie

    @property
    def peildatums(self) -> tuple[date, ...]:
        """Days besides today on which the gemeente may have been in use (CS300): the ends of the period that is billed."""
        return self.declaratie.periode.begindatum, self.declaratie.periode.einddatum
