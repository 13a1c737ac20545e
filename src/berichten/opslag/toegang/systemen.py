"""Systems that call: software of an aanbieder or of the gemeente, each with a person who answers for it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.rijvorm import as_values, columns, values
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.toegang.personen import Wie

SYSTEEMROLLEN = ("aanbieder", "gemeente", "contractbeheer", "financien", "beheer", "controle", "regio")
"""Who keeps watch over privacy is a person."""


@dataclass(frozen=True, slots=True)
class NieuwSysteem:
    """A system as it is registered."""

    gemeente: str
    naam: str
    organisatie: str
    rol: str
    agb: str | None
    persoon_id: str
    """Who answers for it."""
    issuer: str = ""
    client_id: str = ""
    """What tokens of this issuer call it; both empty for one that comes with a key."""


@dataclass(frozen=True, slots=True)
class Systeemrij:
    """A system as the list shows it."""

    gemeente: str
    systeem_id: str
    naam: str
    organisatie: str
    rol: str
    agb: str | None
    verantwoordelijke: str
    client_id: str
    oin: str
    """Of the certificate with which it comes; empty: none."""
    certificaatnaam: str
    ingetrokken_op: datetime | None


_NIEUW = Opdracht(
    "INSERT INTO systeem (systeem_id, gemaakt_op, gemaakt_door, {kolommen}) VALUES (%(id)s, %(nu)s, %(door)s, {waarden})",
    kolommen=columns(NieuwSysteem),
    waarden=values(NieuwSysteem),
)
_LIJST = Vraag(
    Systeemrij,
    """
    SELECT y.gemeente, y.systeem_id, y.naam, y.organisatie, y.rol, y.agb, p.naam AS verantwoordelijke, y.client_id,
        y.oin, y.certificaatnaam, y.ingetrokken_op
    FROM systeem y JOIN persoon p USING (gemeente, persoon_id) ORDER BY y.gemeente, y.organisatie, y.naam, y.systeem_id
    """,
)
_VAN_CLIENT = Vraag(
    Sleutelhouder,
    """
    SELECT gemeente, systeem_id AS sleutel_id, rol, agb, naam AS eigenaar, true AS systeem FROM systeem
    WHERE issuer = %(i)s AND client_id = %(c)s AND issuer <> '' AND ingetrokken_op IS NULL
    """,
)
_VAN_CERTIFICAAT = Vraag(
    Sleutelhouder,
    """
    SELECT gemeente, systeem_id AS sleutel_id, rol, agb, naam AS eigenaar, true AS systeem FROM systeem
    WHERE oin = %(o)s AND certificaatnaam = %(n)s AND oin <> '' AND ingetrokken_op IS NULL
    """,
)
_BIND = Opdracht("UPDATE systeem SET oin = %(o)s, certificaatnaam = %(n)s WHERE systeem_id = %(id)s AND ingetrokken_op IS NULL")
_TREK_IN = Opdracht(
    "UPDATE systeem SET ingetrokken_op = %(nu)s, ingetrokken_door = %(door)s WHERE systeem_id = %(id)s AND ingetrokken_op IS NULL"
)


def insert_systeem(verbinding: Connection, nieuw: NieuwSysteem, wie: Wie) -> str:
    """Register a system; returns its id. Raises IntegrityError when another one has its name at that issuer."""
    systeem_id = f"systeem:{secrets.token_hex(6)}"
    _NIEUW.run(verbinding, {**as_values(nieuw), "id": systeem_id, "nu": wie.op, "door": wie.door})
    return systeem_id


def list_systemen(verbinding: Connection) -> list[Systeemrij]:
    """Every system, also those that were withdrawn."""
    return _LIJST.all(verbinding)


def find_client(verbinding: Connection, issuer: str, client_id: str) -> Sleutelhouder | None:
    """The system that tokens of this issuer call so."""
    return _VAN_CLIENT.one(verbinding, {"i": issuer, "c": client_id})


def find_certificaat(verbinding: Connection, oin: str, naam: str) -> Sleutelhouder | None:
    """The system that comes with certificates of this OIN and name."""
    return _VAN_CERTIFICAAT.one(verbinding, {"o": oin, "n": naam})


def bind_certificaat(verbinding: Connection, systeem_id: str, oin: str, naam: str) -> bool:
    """From now on it comes with such certificates, and no others; False when it may not call. Raises IntegrityError when another
    system comes with them."""
    return _BIND.run(verbinding, {"id": systeem_id, "o": oin, "n": naam}) > 0


def revoke_systeem(verbinding: Connection, systeem_id: str, wie: Wie) -> bool:
    """It may not call any more, with whatever key, token or certificate; False when there is none with this id that may."""
    return _TREK_IN.run(verbinding, {"id": systeem_id, "nu": wie.op, "door": wie.door}) > 0
