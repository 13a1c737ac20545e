"""What is known of a JW319 when a JW320 on it comes to the door."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.delen import IN_DE_RIJ, SLOT
from berichten.opslag.basis.vraag import Opdracht, Vraag


@dataclass(frozen=True, slots=True)
class Heenstand:
    """A JW319 by its Identificatie and parties."""

    bekend: bool
    """The gemeente sent it, or sent it in; it may wait to be handled."""
    beantwoord: bool
    """A JW320 on it was handled."""


_DEZE = "b.gemeente = %(g)s AND b.afzender = %(g)s AND b.soort = 'JW319' AND b.identificatie = %(i)s AND b.agb = %(a)s"
_HEEN = Vraag(
    Heenstand,
    """
    SELECT EXISTS (SELECT FROM bericht b WHERE {deze} AND b.identificatie_gebruikt)
            OR EXISTS (SELECT FROM bericht b WHERE {deze} AND b.{rij}) AS bekend,
        EXISTS (
            SELECT FROM bericht b JOIN verzoek_antwoord a USING (gemeente, bericht_id)
            WHERE {deze} AND b.identificatie_gebruikt AND a.retour_bericht_id IS NOT NULL
        ) AS beantwoord
    """,
    deze=_DEZE,
    rij=IN_DE_RIJ,
)
_WACHTEND = Vraag(
    UUID,
    "SELECT bericht_id FROM bericht WHERE gemeente = %(g)s AND agb = %(a)s AND soort = 'JW320' AND {rij}"
    " ORDER BY volgnummer DESC LIMIT {meeste}",
    rij=IN_DE_RIJ,
    meeste=20,
)


_SLOT = Opdracht(SLOT)


def lock_retouren(verbinding: Connection, gemeente: str, agb: str) -> None:
    """Until the transaction ends nobody else takes in a JW320 of this aanbieder."""
    _SLOT.run(verbinding, {"slot": f"JW320 {gemeente} {agb}"})


def find_heenstand(verbinding: Connection, gemeente: str, agb: str, identificatie: str) -> Heenstand:
    """How a JW319 of this gemeente to this aanbieder stands; also when there is none."""
    return _HEEN.read(verbinding, {"g": gemeente, "a": agb, "i": identificatie})


def list_wachtende_retouren(verbinding: Connection, gemeente: str, agb: str) -> list[UUID]:
    """The last few JW320 of this aanbieder that came in and are not handled yet: a bounded number, since each is read again."""
    return _WACHTEND.all(verbinding, {"g": gemeente, "a": agb})
