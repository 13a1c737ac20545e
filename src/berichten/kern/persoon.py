"""Who is logged in: the roles of a person, and a session in one of them. Plain values, for every floor of the house."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

PERSOONSROLLEN = ("aanbieder", "gemeente", "contractbeheer", "financien", "beheer", "controle", "privacy", "regio", "lokaal_team")
ROLLEN_VOOR_TWEE = ("beheer", "financien")
"""Given by one person and confirmed by another (migration 0015)."""
STIL = timedelta(minutes=30)
"""Without a request for so long a session ends."""
DUUR = timedelta(hours=10)
"""So long after log-in it ends in any case."""


@dataclass(frozen=True, slots=True)
class Roltoekenning:
    """A role of a person; its days are inclusive."""

    gemeente: str
    toekenning_id: int
    persoon_id: str
    rol: str
    agb: str | None
    van: date
    tot: date


@dataclass(frozen=True, slots=True)
class Wachtenderol:
    """A role that was given by one person and not confirmed by another."""

    gemeente: str
    toekenning_id: int
    persoon_id: str
    naam: str
    """Of who gets it."""
    rol: str
    tot: date
    toegekend_door: str
    toegekend_op: datetime
    gever: str
    """The person who gave it; of who has no account here what stands in `toegekend_door`."""
    gevernaam: str


@dataclass(frozen=True, slots=True)
class Sessie:
    """Who is logged in, and in which role."""

    gemeente: str
    sessie_sha256: bytes
    persoon_id: str
    naam: str
    toekenning_id: int
    rol: str
    agb: str | None
    csrf_geheim: bytes
    begonnen_op: datetime
    gezien_op: datetime
    verversen_op: datetime | None
    """From when the OpenID provider is asked once more who this is; None: it is not, or there is none."""
    openid: bool = False
    """Whether the OpenID provider let this person in, and no password of this service."""
    eigen_wachtwoord: bool = True
    """Whether nobody else knows by what password this is; without, nothing opens but the page where one is chosen."""
