"""Requests as frozen values: a JW315 asks for allocations, a JW317 to change them, a JW319 is what a gemeente says to either.

Names follow the elements of iJw 3.2, but for the two dates of a product, which every class calls otherwise. Dates are inclusive,
budgets are eurocents. Nothing is read that no rule looks at.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from berichten.standaard.waarden.berichten import Client, Toewijzingen, ZonderRegels
from berichten.standaard.waarden.onderdelen import Header, Omvang, Product
from berichten.standaard.waarden.soorten import Berichtsoort


@dataclass(frozen=True, slots=True)
class Verwijzer:
    """Who referred the client; `zorgverlenercode` is the AGB code of a person, not of a practice."""

    type: str
    """COD327: 02 huisarts, 03 jeugdarts, 04 gecertificeerde instelling, 05 medisch specialist; the others are no care provider."""
    naam: str | None
    zorgverlenercode: str | None


@dataclass(frozen=True, slots=True)
class AangevraagdProduct:
    """One request for an allocation (JW315). Without product it is generic, with category only aspecific, with code specific."""

    referentie: str
    """ReferentieAanbieder, as it was sent: spaces and case count."""
    beschikkingnummer: int | None
    beschikking_ingangsdatum: date | None
    product: Product | None
    ingangsdatum: date
    """ToewijzingIngangsdatum."""
    einddatum: date | None
    """ToewijzingEinddatum."""
    omvang: Omvang | None
    budget: int | None
    verwijzer: Verwijzer
    regelnummer: int
    raamcontract: bool = False
    """Whether the aanbieder relies on a national contract, so that the local one is not the test."""


@dataclass(frozen=True, slots=True)
class OngewijzigdProduct:
    """An allocation that stays as it is (JW317)."""

    toewijzingnummer: int
    nummer: str
    """ToewijzingNummer as it was sent: by its text a class is the same as another (TR101), 01 is not 1."""
    regelnummer: int


@dataclass(frozen=True, slots=True)
class TeWijzigenProduct:
    """What an allocation is to become (JW317); its product cannot change."""

    toewijzingnummer: int
    nummer: str
    """ToewijzingNummer as it was sent."""
    ingangsdatum: date
    """GewensteIngangsdatum."""
    einddatum: date | None
    omvang: Omvang | None
    budget: int | None
    regelnummer: int


@dataclass(frozen=True, slots=True)
class NieuwProduct:
    """What is to be allocated besides (JW317)."""

    product: Product | None
    ingangsdatum: date
    """GewensteIngangsdatum."""
    einddatum: date | None
    omvang: Omvang | None
    budget: int | None
    regelnummer: int


@dataclass(frozen=True, slots=True)
class Toewijzingsverzoek(ZonderRegels):
    """JW315."""

    soort: Berichtsoort
    header: Header
    client: Client
    aangevraagd: tuple[AangevraagdProduct, ...]

    @property
    def aantal_regels(self) -> int:
        """Products asked for."""
        return len(self.aangevraagd)

    @property
    def bsns(self) -> set[str]:
        """Of the one client in it."""
        return {self.client.bsn}

    @property
    def productcodes(self) -> set[str]:
        """Every product code that it names."""
        return {item.product.code for item in self.aangevraagd if item.product and item.product.code}

    @property
    def peildatums(self) -> tuple[date, ...]:
        """Days besides today on which the gemeente may have been in use (TR378): every ToewijzingIngangsdatum, once."""
        return tuple(sorted({item.ingangsdatum for item in self.aangevraagd}))

    def without_lines(self) -> Self:
        """The message with its header only."""
        return replace(self, aangevraagd=())


@dataclass(frozen=True, slots=True)
class Verzoekclient:
    """The client of a JW317: only a number."""

    bsn: str
    regelnummer: int


@dataclass(frozen=True, slots=True)
class Wijzigingsverzoek(ZonderRegels):
    """JW317: all that an aanbieder wants to deliver to a client, also what stays the same.

    For TR378 the days of the allocations that it names count.
    """

    soort: Berichtsoort
    header: Header
    client: Verzoekclient
    referentie: str
    """ReferentieAanbieder, as it was sent."""
    ongewijzigd: tuple[OngewijzigdProduct, ...]
    te_wijzigen: tuple[TeWijzigenProduct, ...]
    nieuw: tuple[NieuwProduct, ...]
    regelnummer: int
    """Of the class Verzoek."""
    reden: str = ""
    """RedenVerzoek (WJ758), for who decides: 1 the client's situation changed, 2 the plan of care did."""

    @property
    def aantal_regels(self) -> int:
        """Products in it."""
        return len(self.ongewijzigd) + len(self.te_wijzigen) + len(self.nieuw)

    @property
    def bsns(self) -> set[str]:
        """Of the one client in it."""
        return {self.client.bsn}

    @property
    def productcodes(self) -> set[str]:
        """Every product code that it names."""
        return {item.product.code for item in self.nieuw if item.product and item.product.code}

    @property
    def genoemde_toewijzingen(self) -> Toewijzingen:
        """Allocations of earlier messages that it is about."""
        genoemd: tuple[OngewijzigdProduct | TeWijzigenProduct, ...] = (*self.ongewijzigd, *self.te_wijzigen)
        return {item.toewijzingnummer for item in genoemd}, set()

    def without_lines(self) -> Self:
        """The message with its header only."""
        return replace(self, ongewijzigd=(), te_wijzigen=(), nieuw=())


@dataclass(frozen=True, slots=True)
class Verzoekantwoord(ZonderRegels):
    """JW319: refused (1) or under investigation (2). Who grants a request sends a JW301 instead.

    For TR378 the days of the request that it answers count.
    """

    soort: Berichtsoort
    header: Header
    referentie: str
    """ReferentieAanbieder of the request, as it was sent."""
    antwoord: str
    reden: str | None
    """RedenAfwijzingVerzoek (WJ759)."""
    woonplaats: str | None
    """Gemeente in Woonplaatsbeginsel; None where the class is absent."""
    regelnummer: int
    """Of the class Antwoord."""

    @property
    def aantal_regels(self) -> int:
        """The one answer."""
        return 1

    def without_lines(self) -> Self:
        """Itself: it has no lines."""
        return self


Verzoekbericht = Toewijzingsverzoek | Wijzigingsverzoek | Verzoekantwoord
