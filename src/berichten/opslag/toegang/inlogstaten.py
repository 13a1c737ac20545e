"""Who is on the way to an OpenID provider and back. What comes back is taken once: a second time there is nothing to take."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from berichten.opslag.basis.rijvorm import as_values, columns, values
from berichten.opslag.basis.vraag import Opdracht, Vraag

ONDERWEG = timedelta(minutes=10)
"""So long somebody may take to log in there."""


@dataclass(frozen=True, slots=True)
class Inlogstaat:
    """What must come back, and where to go then."""

    nonce: str
    verificatie: str
    """The code verifier (PKCE)."""
    naar: str


_WEG = Opdracht("DELETE FROM inlogstaat WHERE begonnen_op <= %(oud)s")
_NIEUW = Opdracht(
    "INSERT INTO inlogstaat (gemeente, staat_sha256, begonnen_op, {kolommen}) VALUES ('', %(s)s, %(nu)s, {waarden})",
    kolommen=columns(Inlogstaat),
    waarden=values(Inlogstaat),
)
_NEEM = Vraag(
    Inlogstaat,
    "DELETE FROM inlogstaat WHERE gemeente = '' AND staat_sha256 = %(s)s AND begonnen_op > %(oud)s RETURNING {kolommen}",
)


def keep_inlogstaat(verbinding: Connection, staat: str, wat: Inlogstaat, nu: datetime) -> None:
    """Somebody leaves; who did not come back in time is forgotten."""
    _WEG.run(verbinding, {"oud": nu - ONDERWEG})
    _NIEUW.run(verbinding, {**as_values(wat), "s": _digest(staat), "nu": nu})


def take_inlogstaat(verbinding: Connection, staat: str, nu: datetime) -> Inlogstaat | None:
    """Somebody is back; None when nobody left so, or came back already."""
    return _NEEM.one(verbinding, {"s": _digest(staat), "oud": nu - ONDERWEG})


def _digest(staat: str) -> bytes:
    return hashlib.sha256(staat.encode(errors="surrogateescape")).digest()
