"""Who calls: the holder of a key, and why a key does not work. Plain values, for every floor of the house."""

from dataclasses import dataclass
from enum import Enum


class Sleutelfout(Enum):
    """Why a key does not work. That it has expired is told only to who has its secret."""

    ONBEKEND = "onbekende_sleutel"
    VERLOPEN = "verlopen_sleutel"


@dataclass(frozen=True, slots=True)
class Sleutelhouder:
    """Who holds a key: one aanbieder (with AGB code), or staff of the gemeente in a role."""

    gemeente: str
    sleutel_id: str
    rol: str
    agb: str | None
    eigenaar: str = ""

    @property
    def medewerker(self) -> bool:
        """Whether it is staff of the gemeente, who see all of its rows."""
        return self.agb is None
