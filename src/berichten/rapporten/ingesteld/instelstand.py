"""What a gemeente had set on a day, of what was loaded by a moment; so that a report of a past day says what held then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from berichten.kern.tekst import datum
from berichten.opslag.kwartaal.instelrijen import Instelrij, list_instelrijen
from berichten.rapporten.ingesteld.instelcatalogus import CATALOGUS, Instelsoort, Instelwaarde


@dataclass(frozen=True, slots=True)
class Geldendewaarde:
    """One setting as it held."""

    soort: Instelsoort
    waarde: Instelwaarde
    rij: Instelrij | None = None
    """Where the gemeente set it; None for what is ordinary."""

    @property
    def tekst(self) -> str:
        """`2,5%`."""
        return self.soort.tell(self.waarde)

    @property
    def zin(self) -> str:
        """`Verantwoording: grens voor fouten: 1,0% (standaard)`."""
        return f"{self.soort.betekenis}: {self.tekst} ({'standaard' if self.rij is None else f'sinds {datum(self.rij.vanaf)}'})"


class Instelstand:
    """Every setting as it held on one day."""

    def __init__(self, geldend: Iterable[Geldendewaarde] = ()) -> None:
        self._geldend = {naam: Geldendewaarde(soort, soort.standaard) for naam, soort in CATALOGUS.items()}
        self._geldend |= {item.soort.naam: item for item in geldend}

    def __getitem__(self, naam: str) -> Geldendewaarde:
        return self._geldend[naam]

    def number(self, naam: str) -> int:
        """Of a setting that always has one, in its unit."""
        waarde = self._geldend[naam].waarde
        if not isinstance(waarde, int):
            raise TypeError(naam)
        return waarde

    def percent(self, naam: str) -> Decimal:
        """The same in percents with one decimal."""
        return Decimal(self.number(naam)).scaleb(-1)

    def choose(self, namen: Iterable[str]) -> list[Geldendewaarde]:
        """Those that a report went by."""
        return [self._geldend[naam] for naam in namen]


STANDAARD = Instelstand()
"""What holds where a gemeente set nothing."""


def value_on(rijen: Sequence[Instelrij], dag: date) -> Instelstand:
    """Of each name the row of the latest day up to this one. A name that the catalogue knows no more is passed over."""
    laatste = {rij.naam: rij for rij in sorted(rijen, key=lambda rij: rij.vanaf) if rij.vanaf <= dag and rij.naam in CATALOGUS}
    soorten = [(CATALOGUS[naam], rij) for naam, rij in laatste.items()]
    return Instelstand(Geldendewaarde(soort, soort.parse(rij.waarde), rij if rij.waarde else None) for soort, rij in soorten)


def read_instelstand(verbinding: Connection, gemeente: str, dag: date, moment: datetime) -> Instelstand:
    """What held on a day, of what was loaded by the moment; one query."""
    return value_on(list_instelrijen(verbinding, gemeente, moment), dag)
