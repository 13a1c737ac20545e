"""Sessions that an OpenID provider stands behind, with its refresh token.

A refresh token is kept under a key that follows from the secret in the browser's cookie, of which only a hash is kept here: who has
the whole database and every file of the service can read none.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.toegang.sessies import digest_geheim, split_tekst

_NONCE = 12


@dataclass(frozen=True, slots=True)
class Openidsessie:
    """How the provider knows a session, and what refreshes it."""

    issuer: str
    subject: str
    sid: str
    """Its own name for the session; empty when it gives none."""
    ververst_op: datetime
    """When it last said who this is."""
    token: str | None = None
    """The refresh token; None: it gave none."""
    verversen_op: datetime | None = None
    """From when it is used."""


class _Rij(NamedTuple):
    issuer: str
    subject: str
    sid: str
    ververst_op: datetime
    verversing: bytes | None
    verversen_op: datetime | None


_KOLOMMEN = "issuer, subject, sid, ververst_op, verversing, verversen_op"
_NIEUW = Opdracht(
    "INSERT INTO openid_sessie (gemeente, sessie_sha256, {kolommen})"
    " VALUES (%(g)s, %(s)s, %(i)s, %(u)s, %(sid)s, %(nu)s, %(t)s, %(op)s)",
    kolommen=_KOLOMMEN,
)
_LEES = Vraag(_Rij, "SELECT {kolommen} FROM openid_sessie WHERE gemeente = %(g)s AND sessie_sha256 = %(s)s")
_NEEM = Vraag(
    _Rij,
    "UPDATE openid_sessie SET verversen_op = %(later)s WHERE gemeente = %(g)s AND sessie_sha256 = %(s)s AND verversen_op <= %(nu)s"
    " RETURNING {kolommen}",
)
_VERVERST = Opdracht(
    "UPDATE openid_sessie SET verversing = %(t)s, verversen_op = %(op)s, ververst_op = %(nu)s"
    " WHERE gemeente = %(g)s AND sessie_sha256 = %(s)s"
)


def keep_openid(verbinding: Connection, tekst: str, wat: Openidsessie) -> None:
    """The provider stands behind the session with this text."""
    _NIEUW.run(
        verbinding,
        {**_where(tekst), "i": wat.issuer, "u": wat.subject, "sid": wat.sid, "nu": wat.ververst_op, "t": _seal(tekst, wat.token),
         "op": wat.verversen_op},
    )  # fmt: skip


def load_openid(verbinding: Connection, tekst: str) -> Openidsessie | None:
    """What the provider gave this session; None for one that did not begin there."""
    rij = _LEES.one(verbinding, _where(tekst))
    return None if rij is None else _open(tekst, rij)


def take_refresh(verbinding: Connection, tekst: str, nu: datetime, later: datetime) -> Openidsessie | None:
    """The same for who refreshes it now, and nobody else before `later`; None when it is not time, or another request does it."""
    rij = _NEEM.one(verbinding, {**_where(tekst), "nu": nu, "later": later})
    return None if rij is None else _open(tekst, rij)


def note_refreshed(verbinding: Connection, tekst: str, token: str, nu: datetime, verversen_op: datetime) -> None:
    """It was refreshed, and this is its token from now on."""
    _VERVERST.run(verbinding, {**_where(tekst), "t": _seal(tekst, token), "nu": nu, "op": verversen_op})


def _where(tekst: str) -> dict[str, object]:
    gemeente, geheim = split_tekst(tekst)
    return {"g": gemeente, "s": digest_geheim(geheim)}


def _cipher(tekst: str) -> tuple[AESGCM, bytes]:
    """What locks the token of this session, and the row that it belongs to."""
    geheim = split_tekst(tekst)[1]
    sleutel = hashlib.blake2b(geheim.encode(errors="surrogateescape"), digest_size=32, person=b"refresh token").digest()
    return AESGCM(sleutel), digest_geheim(geheim)


def _seal(tekst: str, token: str | None) -> bytes | None:
    if token is None:
        return None
    cipher, rij = _cipher(tekst)
    nonce = secrets.token_bytes(_NONCE)
    return nonce + cipher.encrypt(nonce, token.encode(), rij)


def _open(tekst: str, rij: _Rij) -> Openidsessie:
    return Openidsessie(rij.issuer, rij.subject, rij.sid, rij.ververst_op, _unseal(tekst, rij.verversing), rij.verversen_op)


def _unseal(tekst: str, gesloten: bytes | None) -> str | None:
    """The token; empty, which no provider knows, when somebody changed the row."""
    if gesloten is None:
        return None
    cipher, rij = _cipher(tekst)
    try:
        return cipher.decrypt(gesloten[:_NONCE], gesloten[_NONCE:], rij).decode()
    except InvalidTag:
        return ""
