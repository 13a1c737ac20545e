"""The messages as frozen values: what the readers make and what the rules judge.

Names follow the elements of iJw 3.2; a JW303, of iJw 3.0 or 2.3, stands in `jw303`. Dates are inclusive.
Amounts are integer eurocents, and amounts of a Prestatie and of a total are signed: credit counts negative, resolved once, here, by
the readers. What every kind can tell of itself (its number of lines, its product codes) it tells here: nobody asks which it is.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from itertools import accumulate
from typing import Any, ClassVar, NamedTuple, Self, overload

from berichten.standaard.waarden.onderdelen import (
    Communicatie,
    Contact,
    Geboortedatum,
    Header,
    Naam,
    Omvang,
    Periode,
    Product,
    Relatie,
)
from berichten.standaard.waarden.regelvelden import VELDEN, Velden, as_columns
from berichten.standaard.waarden.soorten import Berichtsoort


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
    melding: ClassVar[str] = "start"
    einddatum: ClassVar[None] = None
    reden_beeindiging: ClassVar[None] = None


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
    melding: ClassVar[str] = "stop"


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


Toewijzingen = tuple[set[int], set[str]]
"""Numbers of allocations, and clients of lines that name none."""


class ZonderRegels:
    """A message of which nothing is billed and no product class is taken over: a request, or an answer of an aanbieder.

    It names no clients, products or allocations, unless its kind says otherwise.
    """

    __slots__ = ()
    declaratie: ClassVar[None] = None
    producten: ClassVar[tuple[()]] = ()

    @property
    def bsns(self) -> set[str]:
        """Of every client in it."""
        return set()

    @property
    def productcodes(self) -> set[str]:
        """Every product code that it names."""
        return set()

    @property
    def peildatums(self) -> tuple[date, ...]:
        """Days besides today on which the gemeente may have been in use (TR378), as far as the message itself tells them."""
        return ()

    @property
    def genoemde_toewijzingen(self) -> Toewijzingen:
        """Allocations of earlier messages that it is about."""
        return set(), set()


class Productbericht:
    """A message on the product classes of one client: JW301, JW305 or JW307."""

    __slots__ = ()
    declaratie: ClassVar[None] = None
    client: Client
    producten: "tuple[ToegewezenProduct, ...] | tuple[StartProduct, ...] | tuple[StopProduct, ...]"

    @property
    def aantal_regels(self) -> int:
        """Product classes."""
        return len(self.producten)

    @property
    def bsns(self) -> set[str]:
        """Of every client in it."""
        return {self.client.bsn}

    @property
    def productcodes(self) -> set[str]:
        """Every product code that it names."""
        return {item.product.code for item in self._alle if item.product and item.product.code}

    @property
    def _alle(self) -> "Sequence[ToegewezenProduct | StartProduct | StopProduct]":
        return self.producten

    @property
    def genoemde_toewijzingen(self) -> Toewijzingen:
        """Allocations of earlier messages that it is about."""
        return {item.toewijzingnummer for item in self._alle if item.toewijzingnummer is not None}, set()

    def without_lines(self) -> Self:
        """The message with its header only."""
        leeg = replace(self.client, relaties=(), contacten=())
        return replace(self, client=leeg, producten=())  # type: ignore[type-var]


@dataclass(frozen=True, slots=True)
class Toewijzingsbericht(Productbericht):
    """JW301."""

    soort: Berichtsoort
    header: Header
    client: Client
    producten: tuple[ToegewezenProduct, ...]

    @property
    def peildatums(self) -> tuple[date, ...]:
        """Days besides today on which the gemeente may have been in use (TR378): every Ingangsdatum, once."""
        return tuple(sorted({item.ingangsdatum for item in self.producten}))

    @property
    def genoemde_toewijzingen(self) -> Toewijzingen:
        """None: it gives them out."""
        return set(), set()


@dataclass(frozen=True, slots=True)
class Startbericht(Productbericht):
    """JW305."""

    soort: Berichtsoort
    header: Header
    client: Client
    producten: tuple[StartProduct, ...]
    melding: ClassVar[str] = "start"

    @property
    def peildatums(self) -> tuple[date, ...]:
        """Days besides today on which the gemeente may have been in use (TR378): every ToewijzingIngangsdatum, once."""
        return _ingangsdatums(self.producten)


@dataclass(frozen=True, slots=True)
class Stopbericht(Productbericht):
    """JW307."""

    soort: Berichtsoort
    header: Header
    client: Client
    producten: tuple[StopProduct, ...]
    melding: ClassVar[str] = "stop"

    @property
    def peildatums(self) -> tuple[date, ...]:
        """Days besides today on which the gemeente may have been in use (TR378): every ToewijzingIngangsdatum, once."""
        return _ingangsdatums(self.producten)


def _ingangsdatums(producten: "Sequence[StartProduct | StopProduct]") -> tuple[date, ...]:
    return tuple(sorted({item.toewijzing_ingangsdatum for item in producten if item.toewijzing_ingangsdatum is not None}))


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


_GETALLEN = ("regelnummer", "toewijzingnummer", "volume", "bedrag")
"""Numbers that differ from line to line: as an array they take a quarter of the memory."""


class Regelbron:
    """The lines of a message field by field, as its reader has them. A line is made when somebody looks at it, and is the same one
    from then on: of thirty thousand some six hundred are looked at."""

    __slots__ = ("_gemaakt", "velden")

    def __init__(self) -> None:
        self.velden: dict[str, MutableSequence[Any]] = {veld: array("q") if veld in _GETALLEN else [] for veld in VELDEN}
        self._gemaakt: dict[int, Prestatie] = {}

    def extend(self, velden: Iterable[list[Any]]) -> None:
        """More lines, as a list of each field in the order of VELDEN."""
        for eerder, waarden in zip(self.velden.values(), velden, strict=True):
            # An array takes over an array at once, and a list one by one.
            eerder.extend(array("q", waarden) if isinstance(eerder, array) else waarden)

    def at(self, plek: int) -> Prestatie:
        """The line on this place, from 0."""
        regel = self._gemaakt.get(plek)
        if regel is None:
            regel = self._gemaakt[plek] = Prestatie(plek + 1, *(waarden[plek] for waarden in self.velden.values()))
        return regel


class Regels(Sequence[Prestatie]):
    """Some lines of a message."""

    __slots__ = ("_bron", "_plekken")

    def __init__(self, bron: Regelbron, plekken: range) -> None:
        self._bron, self._plekken = bron, plekken

    def __len__(self) -> int:
        return len(self._plekken)

    @overload
    def __getitem__(self, plek: int) -> Prestatie: ...
    @overload
    def __getitem__(self, plek: slice) -> Sequence[Prestatie]: ...
    def __getitem__(self, plek: int | slice) -> Prestatie | Sequence[Prestatie]:
        if isinstance(plek, slice):
            return Regels(self._bron, self._plekken[plek])
        return self._bron.at(self._plekken[plek])


@dataclass(frozen=True, slots=True)
class DeclaratieClient:
    """A client of a declaration with its lines in message order."""

    bsn: str
    prestaties: Sequence[Prestatie]
    regelnummer: int


class GelezenRegels(NamedTuple):
    """Lines that were read field by field, beside the clients that they were read with: nobody takes them for those of others."""

    clienten: tuple[DeclaratieClient, ...]
    bron: Regelbron


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
    gelezen: GelezenRegels | None = field(default=None, compare=False, repr=False)
    """From a reader that has them so."""
    pad: ClassVar[str] = "Bericht/Declaratie"
    """Path of the class above its clients."""

    @property
    def prestaties(self) -> Sequence[Prestatie]:
        """Every line, in message order."""
        if self._bron is not None:
            return Regels(self._bron, range(self.aantal_prestaties))
        return [prestatie for client in self.clienten for prestatie in client.prestaties]

    def choose(self, wel: Sequence[bool]) -> Iterator[tuple[int, Prestatie]]:
        """Lines for which `wel` says so (by volgnummer, less one), in message order, each with the index of its client."""
        gekozen = [plek for plek, gevraagd in enumerate(wel) if gevraagd]
        if not gekozen:
            return
        eindes = list(accumulate(len(client.prestaties) for client in self.clienten))
        for plek in gekozen:
            index = bisect_right(eindes, plek)
            prestaties = self.clienten[index].prestaties
            yield index, prestaties[plek - eindes[index]]

    def each_field(self) -> Velden:
        """The fields of its lines (`regelvelden`)."""
        return as_columns(self.prestaties, VELDEN) if self._bron is None else self._bron.velden

    @property
    def aantal_prestaties(self) -> int:
        if self._bron is not None:
            return len(self._bron.velden["bsn"])
        return sum(len(client.prestaties) for client in self.clienten)

    @property
    def _bron(self) -> Regelbron | None:
        return self.gelezen.bron if self.gelezen is not None and self.gelezen.clienten is self.clienten else None


@dataclass(frozen=True, slots=True)
class Declaratiebericht:
    """JW323."""

    soort: Berichtsoort
    header: Header
    declaratie: Declaratie
    producten: ClassVar[tuple[()]] = ()

    @property
    def aantal_regels(self) -> int:
        """Billed lines."""
        return self.declaratie.aantal_prestaties

    @property
    def bsns(self) -> set[str]:
        """Of every client in it."""
        return {client.bsn for client in self.declaratie.clienten}

    @property
    def productcodes(self) -> set[str]:
        """Every product code that it names."""
        return set(self.declaratie.each_field()["code"])

    @property
    def peildatums(self) -> tuple[date, ...]:
        """None that the message itself tells (TR378)."""
        return ()

    @property
    def genoemde_toewijzingen(self) -> Toewijzingen:
        """Allocations that its lines name, credits too, and the clients of lines without number."""
        velden = self.declaratie.each_field()
        zonder = {bsn for bsn, nummer in zip(velden["bsn"], velden["toewijzingnummer"], strict=True) if nummer is None}
        return set(velden["toewijzingnummer"]) - {None}, zonder

    def without_lines(self) -> Self:
        """The message with its header and totals only."""
        return replace(self, declaratie=replace(self.declaratie, clienten=(), gelezen=None))


Bericht = Toewijzingsbericht | Startbericht | Stopbericht | Declaratiebericht
