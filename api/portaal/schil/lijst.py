"""How a list is shown: in which order, and which page of it; both stand in its address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from api.portaal.schil.adres import Paginaadres

Richting = Literal["op", "af"]
PER_BLAD = 25


@dataclass(frozen=True, slots=True)
class Lijststand:
    """Order and page of a list."""

    adres: Paginaadres
    sorteer: str
    richting: Richting
    blad: int
    aantal: int
    """How many there are on all pages."""
    grootte: int = PER_BLAD

    @property
    def omgekeerd(self) -> Richting:
        return "af" if self.richting == "op" else "op"

    @property
    def bladen(self) -> int:
        return max(1, -(-self.aantal // self.grootte))

    @property
    def nummers(self) -> Iterator[int | None]:
        """Pages to choose from: the first, the last and those around this one; None for a gap."""
        dichtbij = {1, self.bladen, *range(self.blad - 2, self.blad + 3)}
        vorige = 0
        for nummer in sorted(nummer for nummer in dichtbij if 1 <= nummer <= self.bladen):
            if nummer > vorige + 1:
                yield None
            yield nummer
            vorige = nummer

    def naar(self, nummer: int) -> Paginaadres:
        """The address of another page."""
        return self.adres.met(blad=nummer if nummer > 1 else None)


def read_orde(adres: Paginaadres, orden: Sequence[str]) -> tuple[str, Richting]:
    """The order that was asked for; the first of `orden`, upwards, when it is none of them."""
    sorteer = adres.get("sorteer") or ""
    richting: Richting = "af" if adres.get("richting") == "af" else "op"
    return (sorteer, richting) if sorteer in orden else (orden[0], "op")


def read_blad(adres: Paginaadres) -> int:
    """The page that was asked for, from 1."""
    blad = adres.get("blad") or ""
    return max(1, int(blad)) if blad.isdecimal() and len(blad) < 7 else 1
