"""Who calls: the holder of a key, and why a key does not work. Plain values, for every floor of the house."""

from dataclasses import dataclass, field
from enum import Enum

from berichten.kern.rechten import LOKAAL_TEAM

OPDRACHTREGEL = "persoon:"
"""Before the name of who typed a command, where else the id of a key stands."""


class Sleutelfout(Enum):
    """Why a key does not work. That it has expired is told only to who has its secret."""

    ONBEKEND = "onbekende_sleutel"
    VERLOPEN = "verlopen_sleutel"
    JWT = "onbruikbaar_token"
    """Of an OpenID provider, and not acceptable; why not stands in the log."""
    UITGEVER = "uitgever_onbereikbaar"
    """The provider of that token could not be asked for its keys."""
    CERTIFICAAT = "onbruikbaar_certificaat"
    """Not of a system that may call, or not of now; why not stands in the log."""


@dataclass(frozen=True, slots=True)
class Herkomst:
    """Where a question comes from: which operation or command it is, from which address, and in which trace (W3C Trace Context)."""

    handeling: str = ""
    bron: str = ""
    spoor: str = ""


@dataclass(frozen=True, slots=True)
class Sleutelhouder:
    """Who holds a key: one aanbieder (with AGB code), or staff of the gemeente in a role."""

    gemeente: str
    sleutel_id: str
    rol: str
    agb: str | None
    eigenaar: str = ""
    systeem: bool = False
    """Whether no person calls: a system never decides, and never proposes or approves money."""
    machtiging: int | None = field(default=None, metadata={"kolom": False})
    """Number of the mandate by which it acts for `agb`, when that is another than its own; no column of a row."""
    herkomst: Herkomst = field(default=Herkomst(), compare=False, metadata={"kolom": False})
    """Of the request, not of the key: no column of a row."""

    @property
    def medewerker(self) -> bool:
        """Whether it is staff of the gemeente, who see all of its rows; somebody of a local team sees its own families."""
        return self.agb is None and self.rol != LOKAAL_TEAM
