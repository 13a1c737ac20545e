"""Where each person who wants notices by mail has them sent."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag


@dataclass(frozen=True, slots=True)
class Seintjesadres:
    """Where somebody wants notices."""

    gemeente: str
    persoon_id: str
    adres: str
    pogingen: int
    """How often sending failed since it last went well."""


_ADRES = Vraag(Seintjesadres, "SELECT {kolommen} FROM seintjesadres WHERE gemeente = %(g)s AND persoon_id = %(p)s")
_BEWAAR = Opdracht(
    """
    INSERT INTO seintjesadres (gemeente, persoon_id, adres, gekozen_op) VALUES (%(g)s, %(p)s, %(adres)s, %(nu)s)
    ON CONFLICT (gemeente, persoon_id) DO UPDATE SET adres = excluded.adres, gekozen_op = excluded.gekozen_op, pogingen = 0,
        volgende_op = NULL, storing = ''
    """
)
_WEG = Opdracht("DELETE FROM seintjesadres WHERE gemeente = %(g)s AND persoon_id = %(p)s")


def find_adres(verbinding: Connection, gemeente: str, persoon_id: str) -> Seintjesadres | None:
    """None for who wants no notices."""
    return _ADRES.one(verbinding, {"g": gemeente, "p": persoon_id})


def keep_adres(verbinding: Connection, gemeente: str, persoon_id: str, adres: str, nu: datetime) -> None:
    """From now on notices for this person go there."""
    _BEWAAR.run(verbinding, {"g": gemeente, "p": persoon_id, "adres": adres, "nu": nu})


def drop_adres(verbinding: Connection, gemeente: str, persoon_id: str) -> None:
    """No notices any more; those that wait go too."""
    _WEG.run(verbinding, {"g": gemeente, "p": persoon_id})
