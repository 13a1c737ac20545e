"""Local accounts, and how often a log-in name was tried in vain.

Tries are counted by the hash of whatever name was typed, whether there is such an account or not, so that neither an answer nor the
time that it takes tells which names there are.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.toegang.personen import Wie

VRIJE_POGINGEN = 5
"""Tries in a row before somebody has to wait: a minute, and twice as long after each one more."""
LANGSTE_WACHT = 60
"""Minutes."""
_VERGEET_NA = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Account:
    """What is known of a log-in name."""

    gemeente: str
    persoon_id: str
    inlognaam: str
    naam: str
    wachtwoord: str
    """Argon2id with its settings."""
    toegelaten: bool
    """Whether the person is neither blocked nor gone."""
    eigen_wachtwoord: bool
    """Whether the person chose the password, and nobody else knows it."""


@dataclass(frozen=True, slots=True)
class Gebruikerrij:
    """An account as the list shows it."""

    gemeente: str
    inlognaam: str
    persoon_id: str
    naam: str
    rollen: list[str]
    """Those of today; that of an aanbieder with its AGB code."""
    geblokkeerd_op: datetime | None
    laatst_ingelogd_op: datetime | None
    eigen_wachtwoord: bool
    """Whether the person chose the password, and nobody else knows it."""


_ACCOUNTS = """
    SELECT g.gemeente, g.persoon_id, g.inlognaam, p.naam, g.wachtwoord,
        p.geblokkeerd_op IS NULL AND coalesce(p.actief_tot >= %(d)s, true) AS toegelaten,
        g.wachtwoord_door = g.persoon_id AS eigen_wachtwoord
    FROM gebruiker g JOIN persoon p USING (gemeente, persoon_id) WHERE {welke}
"""
_ACCOUNT = Vraag(Account, _ACCOUNTS, welke="g.inlognaam = %(i)s")
_VAN_PERSOON = Vraag(Account, _ACCOUNTS, welke="g.persoon_id = %(p)s")
_ALLE = Vraag(
    Gebruikerrij,
    """
    SELECT g.gemeente, g.inlognaam, g.persoon_id, p.naam, p.geblokkeerd_op, g.laatst_ingelogd_op,
        g.wachtwoord_door = g.persoon_id AS eigen_wachtwoord,
        ARRAY(SELECT concat_ws(' ', t.rol, t.agb) FROM rol_toekenning t WHERE t.persoon_id = g.persoon_id
            AND t.ingetrokken_op IS NULL AND NOT t.wacht AND %(d)s BETWEEN t.van AND t.tot ORDER BY t.rol, t.agb) AS rollen
    FROM gebruiker g JOIN persoon p USING (gemeente, persoon_id) ORDER BY g.gemeente, g.inlognaam
    """,
)
_NIEUW = Opdracht(
    "INSERT INTO gebruiker (gemeente, persoon_id, inlognaam, wachtwoord, wachtwoord_op, wachtwoord_door, wachtwoord_gegeven_door)"
    " VALUES (%(g)s, %(p)s, %(i)s, %(w)s, %(nu)s, %(door)s, CASE WHEN %(door)s = %(p)s THEN '' ELSE %(door)s END)"
)
_WACHTWOORD = Opdracht("""
    UPDATE gebruiker SET wachtwoord = %(w)s, wachtwoord_op = %(nu)s, wachtwoord_door = %(door)s,
        wachtwoord_gegeven_door = CASE WHEN %(door)s = persoon_id THEN wachtwoord_gegeven_door ELSE %(door)s END
    WHERE inlognaam = %(i)s
""")
_INGELOGD = Opdracht("UPDATE gebruiker SET laatst_ingelogd_op = %(nu)s WHERE inlognaam = %(i)s")
_POGING = Opdracht("""
    INSERT INTO inlogpoging AS p (gemeente, naam_sha256, mislukt, laatst_op, wacht_tot) VALUES ('', %(n)s, 1, %(nu)s, %(nu)s)
    ON CONFLICT (gemeente, naam_sha256) DO UPDATE SET
        mislukt = CASE WHEN p.laatst_op < %(oud)s THEN 1 ELSE p.mislukt + 1 END,
        laatst_op = %(nu)s,
        wacht_tot = CASE WHEN p.laatst_op < %(oud)s OR p.mislukt + 1 < %(vrij)s THEN %(nu)s
            ELSE %(nu)s + make_interval(mins => least(2 ^ least(p.mislukt + 1 - %(vrij)s, 10), %(langst)s)::int) END
    WHERE p.wacht_tot <= %(nu)s
""")
_WACHT = Vraag(datetime, "SELECT wacht_tot FROM inlogpoging WHERE gemeente = '' AND naam_sha256 = %(n)s")
_GELUKT = Opdracht("DELETE FROM inlogpoging WHERE gemeente = '' AND (naam_sha256 = %(n)s OR laatst_op < %(oud)s)")


def find_account(verbinding: Connection, inlognaam: str, dag: date) -> Account | None:
    """The account of this log-in name, blocked or not."""
    return _ACCOUNT.one(verbinding, {"i": inlognaam, "d": dag})


def find_account_of(verbinding: Connection, persoon_id: str, dag: date) -> Account | None:
    """The account of this person; None for who logs in elsewhere only."""
    return _VAN_PERSOON.one(verbinding, {"p": persoon_id, "d": dag})


def list_gebruikers(verbinding: Connection, dag: date) -> list[Gebruikerrij]:
    """Every account, with the roles of this day."""
    return _ALLE.all(verbinding, {"d": dag})


def insert_gebruiker(verbinding: Connection, gemeente: str, persoon_id: str, inlognaam: str, wachtwoord: str, wie: Wie) -> None:
    """Give a person an account; `wachtwoord` is a hash, and `wie` who set it."""
    waarden = {"g": gemeente, "p": persoon_id, "i": inlognaam, "w": wachtwoord, "nu": wie.op, "door": wie.door}
    _NIEUW.run(verbinding, waarden)


def update_wachtwoord(verbinding: Connection, inlognaam: str, wachtwoord: str, wie: Wie) -> None:
    """Replace the hash of a password; `wie` is who set it, the person or another."""
    _WACHTWOORD.run(verbinding, {"i": inlognaam, "w": wachtwoord, "nu": wie.op, "door": wie.door})


def note_poging(verbinding: Connection, inlognaam: str, nu: datetime) -> datetime | None:
    """Count a try before it is looked at; until when it may not be, or None when it may. What may not is not counted.

    Counted first, so that many at once are not each other's first try.
    """
    naam = {"n": _digest(inlognaam)}
    grenzen = {"nu": nu, "oud": nu - _VERGEET_NA, "vrij": VRIJE_POGINGEN, "langst": LANGSTE_WACHT}
    return None if _POGING.run(verbinding, {**naam, **grenzen}) else _WACHT.read(verbinding, naam)


def note_ingelogd(verbinding: Connection, inlognaam: str, nu: datetime) -> None:
    """Somebody is in."""
    forget_pogingen(verbinding, inlognaam, nu)
    _INGELOGD.run(verbinding, {"i": inlognaam, "nu": nu})


def forget_pogingen(verbinding: Connection, inlognaam: str, nu: datetime) -> None:
    """It was the right password: its wrong ones are forgotten, and those of a day ago of others too."""
    _GELUKT.run(verbinding, {"n": _digest(inlognaam), "oud": nu - _VERGEET_NA})


def _digest(inlognaam: str) -> bytes:
    return hashlib.sha256(inlognaam.encode(errors="surrogateescape")).digest()
