"""Sessions: who is logged in, in which role. Of a session only a hash is kept; its text tells in which gemeente to look.

Whether a session still holds is asked at every request: a role that is withdrawn or over, and a person who is blocked, end it.
"""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from berichten.kern.persoon import DUUR, STIL, Roltoekenning, Sessie
from berichten.opslag.basis.vraag import Opdracht, Vraag

_GEZIEN_OM_DE = timedelta(minutes=1)
"""How exactly it is kept when a session was last used."""
_BLIJFT = timedelta(days=1)
"""How long is known whose a session was that is over."""


_EEN = Vraag(
    Sessie,
    """
    SELECT s.gemeente, s.sessie_sha256, s.persoon_id, p.naam, s.toekenning_id, t.rol, t.agb, s.csrf_geheim, s.begonnen_op,
        s.gezien_op, o.verversen_op, o.issuer IS NOT NULL AS openid,
        o.issuer IS NOT NULL OR NOT EXISTS (SELECT FROM gebruiker g
            WHERE g.persoon_id = s.persoon_id AND g.wachtwoord_door <> g.persoon_id) AS eigen_wachtwoord
    FROM sessie s JOIN persoon p USING (gemeente, persoon_id) JOIN rol_toekenning t USING (gemeente, persoon_id, toekenning_id)
        LEFT JOIN openid_sessie o USING (gemeente, sessie_sha256)
    WHERE s.gemeente = %(g)s AND s.sessie_sha256 = %(s)s AND s.begonnen_op > %(begin)s AND s.gezien_op > %(stil)s
        AND p.geblokkeerd_op IS NULL AND coalesce(p.actief_tot >= %(d)s, true)
        AND t.ingetrokken_op IS NULL AND NOT t.wacht AND %(d)s BETWEEN t.van AND t.tot
    """,
)
_NIEUW = Opdracht(
    "INSERT INTO sessie (gemeente, sessie_sha256, persoon_id, toekenning_id, csrf_geheim, begonnen_op, gezien_op)"
    " VALUES (%(g)s, %(s)s, %(p)s, %(t)s, %(c)s, %(begin)s, %(nu)s)"
)
_GEZIEN = Opdracht("UPDATE sessie SET gezien_op = %(nu)s WHERE gemeente = %(g)s AND sessie_sha256 = %(s)s")
_EINDE = Opdracht("DELETE FROM sessie WHERE gemeente = %(g)s AND sessie_sha256 = %(s)s")
_EINDE_VAN = Opdracht("DELETE FROM sessie WHERE persoon_id = %(p)s")
_OUD = Opdracht("DELETE FROM sessie WHERE begonnen_op <= %(begin)s OR gezien_op <= %(stil)s")


def begin_sessie(verbinding: Connection, rol: Roltoekenning, nu: datetime, begonnen_op: datetime | None = None) -> str:
    """Make a session in this role; its text is shown once, to the browser. Sessions that are long over are cleared away.

    `begonnen_op` is that of the session that it follows: another role does not make a day longer.
    """
    _OUD.run(verbinding, {"begin": nu - DUUR - _BLIJFT, "stil": nu - STIL - _BLIJFT})
    geheim = secrets.token_urlsafe(32)
    _NIEUW.run(
        verbinding,
        {"g": rol.gemeente, "s": digest_geheim(geheim), "p": rol.persoon_id, "t": rol.toekenning_id, "c": secrets.token_bytes(32),
         "begin": begonnen_op or nu, "nu": nu},
    )  # fmt: skip
    return f"{rol.gemeente}.{geheim}"


def find_sessie(verbinding: Connection, tekst: str, nu: datetime, vandaag: date) -> Sessie | None:
    """The session of a browser, as long as it holds; keeps, to the minute, that it was used."""
    gemeente, geheim = split_tekst(tekst)
    waarden = {"g": gemeente, "s": digest_geheim(geheim), "begin": nu - DUUR, "stil": nu - STIL, "d": vandaag}
    sessie = _EEN.one(verbinding, waarden)
    if sessie is not None and sessie.gezien_op <= nu - _GEZIEN_OM_DE:
        _GEZIEN.run(verbinding, {"g": gemeente, "s": sessie.sessie_sha256, "nu": nu})
    return sessie


def find_verlopen(verbinding: Connection, tekst: str, nu: datetime, vandaag: date) -> Sessie | None:
    """Whose a session was that ended by itself in the last day, as long as that person may log in in that role."""
    gemeente, geheim = split_tekst(tekst)
    begin, stil = nu - DUUR - _BLIJFT, nu - STIL - _BLIJFT
    return _EEN.one(verbinding, {"g": gemeente, "s": digest_geheim(geheim), "begin": begin, "stil": stil, "d": vandaag})


def end_sessie(verbinding: Connection, sessie: Sessie) -> None:
    """It is over; a text that was kept somewhere opens nothing."""
    _EINDE.run(verbinding, {"g": sessie.gemeente, "s": sessie.sessie_sha256})


def end_sessies_of(verbinding: Connection, persoon_id: str) -> int:
    """End every session of a person; returns how many there were."""
    return _EINDE_VAN.run(verbinding, {"p": persoon_id})


def split_tekst(tekst: str) -> tuple[str, str]:
    """Gemeente and secret of a session, from the text that the browser has."""
    gemeente, _, geheim = tekst.replace("\0", "").partition(".")
    return gemeente, geheim


def digest_geheim(geheim: str) -> bytes:
    """What is kept of the secret."""
    return hashlib.sha256(geheim.encode(errors="surrogateescape")).digest()
