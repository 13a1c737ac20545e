"""How much waits, stream by stream, and which message stands at the head of each."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.delen import IN_DE_RIJ
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.berichten.berichten import Stroom


class Rijstand(NamedTuple):
    """A stream in which something waits."""

    gemeente: str
    agb: str
    kop: int
    """Volgnummer of the message that waits longest."""
    wachtend: int


_STAND = Vraag(
    Rijstand,
    "SELECT gemeente, agb, min(volgnummer) AS kop, count(*) AS wachtend FROM bericht WHERE {in_de_rij} AND agb IS NOT NULL"
    " GROUP BY gemeente, agb",
    in_de_rij=IN_DE_RIJ,
)
_KOPPEN = Vraag(
    Rijstand,
    """
    SELECT gemeente, agb, min(volgnummer) AS kop, count(*) AS wachtend
    FROM unnest(%(gemeenten)s::text[], %(agbs)s::text[]) AS genoemd (gemeente, agb) JOIN bericht USING (gemeente, agb)
    WHERE {in_de_rij} GROUP BY gemeente, agb
    """,
    in_de_rij=IN_DE_RIJ,
)


def measure_streams(verbinding: Connection) -> list[Rijstand]:
    """Every stream in which something waits."""
    return _STAND.all(verbinding)


def find_heads(verbinding: Connection, stromen: Sequence[Stroom]) -> list[Rijstand]:
    """Of these streams those in which something waits."""
    return _KOPPEN.all(verbinding, {"gemeenten": [item.gemeente for item in stromen], "agbs": [item.agb for item in stromen]})
