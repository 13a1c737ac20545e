"""People. Their id stands in the columns `door`, so that two acts of one person are seen as such.

A person who works for several gemeenten has a row in each, with one id.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from berichten.opslag.basis.vraag import Opdracht, Vraag


@dataclass(frozen=True, slots=True)
class Persoonrij:
    """Somebody who may log in."""

    gemeente: str
    persoon_id: str
    naam: str
    actief_tot: date | None
    """The last day; None: without end."""
    geblokkeerd_op: datetime | None


@dataclass(frozen=True, slots=True)
class Wie:
    """Who does it, and when."""

    door: str
    op: datetime


_EIGEN_UITZONDERING = "P0001"
"""SQLSTATE of RAISE EXCEPTION: a sentence of our own triggers."""
_NIEUW = Opdracht(
    "INSERT INTO persoon (gemeente, persoon_id, naam, gemaakt_op, gemaakt_door) VALUES (%(g)s, %(p)s, %(naam)s, %(nu)s, %(door)s)"
)
_OP_NAAM = Vraag(Persoonrij, "SELECT {kolommen} FROM persoon WHERE gemeente = %(g)s AND kale_naam(naam) = kale_naam(%(naam)s)")
_GEKOPPELD = Vraag(
    Persoonrij,
    """
    SELECT {kolommen} FROM persoon JOIN persoon_koppeling k USING (gemeente, persoon_id)
    WHERE gemeente = %(g)s AND k.issuer = %(i)s AND k.subject = %(s)s
    """,
)
_KOPPEL = Opdracht(
    "INSERT INTO persoon_koppeling (gemeente, issuer, subject, persoon_id, gemaakt_op) VALUES (%(g)s, %(i)s, %(s)s, %(p)s, %(nu)s)"
)
_MACHINE_LOS = Opdracht("UPDATE persoon SET machinegebruiker = '' WHERE gemeente = %(g)s AND machinegebruiker = %(m)s")
_MACHINE = Opdracht("UPDATE persoon SET machinegebruiker = %(m)s WHERE gemeente = %(g)s AND persoon_id = %(p)s")
_BEKEND = Vraag(
    bool, "SELECT EXISTS (SELECT FROM persoon WHERE gemeente = %(g)s AND persoon_id = persoon_van(%(g)s, %(d)s)) AS bekend"
)
_BLOKKEER = Opdracht(
    "UPDATE persoon SET geblokkeerd_op = %(nu)s, geblokkeerd_door = %(door)s WHERE persoon_id = %(p)s AND geblokkeerd_op IS NULL"
)
_LAAT_WEER_TOE = Opdracht(
    "UPDATE persoon SET geblokkeerd_op = NULL, geblokkeerd_door = %(door)s WHERE persoon_id = %(p)s AND geblokkeerd_op IS NOT NULL"
)


def insert_persoon(verbinding: Connection, gemeente: str, naam: str, wie: Wie, persoon_id: str | None = None) -> str:
    """Keep a person; returns the id. Raises IntegrityError when another one there bears the name (`find_persoon_named`)."""
    nummer = persoon_id or str(uuid4())
    _NIEUW.run(verbinding, {"g": gemeente, "p": nummer, "naam": naam, "nu": wie.op, "door": wie.door})
    return nummer


def find_persoon_named(verbinding: Connection, gemeente: str, naam: str) -> Persoonrij | None:
    """Who bears this name, spelled with other capitals, spaces or accents too."""
    return _OP_NAAM.one(verbinding, {"g": gemeente, "naam": naam})


def find_linked(verbinding: Connection, gemeente: str, issuer: str, subject: str) -> Persoonrij | None:
    """Who is called so by this OpenID provider."""
    return _GEKOPPELD.one(verbinding, {"g": gemeente, "i": issuer, "s": subject})


def link_persoon(verbinding: Connection, gemeente: str, issuer: str, subject: str, persoon_id: str, nu: datetime) -> None:
    """From now on that is this person."""
    _KOPPEL.run(verbinding, {"g": gemeente, "i": issuer, "s": subject, "p": persoon_id, "nu": nu})


def bind_machinegebruiker(verbinding: Connection, gemeente: str, gebruiker: str, persoon_id: str) -> None:
    """From now on what this user of the machine types is this person's, and nobody's of before."""
    _MACHINE_LOS.run(verbinding, {"g": gemeente, "m": gebruiker})
    _MACHINE.run(verbinding, {"g": gemeente, "m": gebruiker, "p": persoon_id})


def is_persoon(verbinding: Connection, gemeente: str, door: str) -> bool:
    """Whether who stands so in a column `door` is a person whom this gemeente knows."""
    return _BEKEND.read(verbinding, {"g": gemeente, "d": door})


def block_persoon(verbinding: Connection, persoon_id: str, wie: Wie) -> bool:
    """Keep somebody out, in every gemeente; False when that was so already. Sessions are ended by `end_sessies_of`."""
    return _BLOKKEER.run(verbinding, {"p": persoon_id, "nu": wie.op, "door": wie.door}) > 0


def admit_persoon(verbinding: Connection, persoon_id: str, wie: Wie) -> bool:
    """Let somebody in again; False for who was not blocked."""
    return _LAAT_WEER_TOE.run(verbinding, {"p": persoon_id, "door": wie.door}) > 0


def tell_trigger(fout: DatabaseError) -> str | None:
    """The Dutch sentence with which a trigger of ours refused something; None for any other failure."""
    eigen = getattr(fout.orig, "sqlstate", "") == _EIGEN_UITZONDERING
    return str(fout.orig.diag.message_primary) if eigen else None  # type: ignore[union-attr]
