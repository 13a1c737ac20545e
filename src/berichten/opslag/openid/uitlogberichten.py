"""The word of an OpenID provider that somebody logged out there: sessions end by it, and it is taken once."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag

_UITLOGBERICHT_BEWAARD = timedelta(days=1)
"""Longer than any of them is taken for new."""


@dataclass(frozen=True, slots=True)
class Beeindigd:
    """A session that the provider ended."""

    gemeente: str
    persoon_id: str
    rol: str
    agb: str | None
    naam: str


_BEEINDIG = Vraag(
    Beeindigd,
    """
    DELETE FROM sessie s USING openid_sessie o, persoon p, rol_toekenning t
    WHERE (o.gemeente, o.sessie_sha256) = (s.gemeente, s.sessie_sha256) AND (p.gemeente, p.persoon_id) = (s.gemeente, s.persoon_id)
        AND (t.gemeente, t.toekenning_id) = (s.gemeente, s.toekenning_id)
        AND o.issuer = %(i)s AND (o.sid = %(sid)s OR %(sid)s = '') AND (o.subject = %(u)s OR %(u)s = '') AND %(sid)s || %(u)s <> ''
    RETURNING s.gemeente, s.persoon_id, t.rol, t.agb, p.naam
    """,
)
_OUD = Opdracht("DELETE FROM uitlogbericht WHERE ontvangen_op < %(oud)s")
_KWAM = Opdracht("INSERT INTO uitlogbericht (gemeente, jti_sha256, ontvangen_op) VALUES ('', %(j)s, %(nu)s) ON CONFLICT DO NOTHING")


def end_openid(verbinding: Connection, issuer: str, subject: str, sid: str) -> list[Beeindigd]:
    """End every session of this person, or of this session there; empty: of any. Returns which there were."""
    return _BEEINDIG.all(verbinding, {"i": issuer, "u": subject, "sid": sid})


def note_uitlogbericht(verbinding: Connection, jti: str, nu: datetime) -> bool:
    """A logout token came; False when it did before."""
    _OUD.run(verbinding, {"oud": nu - _UITLOGBERICHT_BEWAARD})
    return _KWAM.run(verbinding, {"j": hashlib.sha256(jti.encode(errors="surrogateescape")).digest(), "nu": nu}) > 0
