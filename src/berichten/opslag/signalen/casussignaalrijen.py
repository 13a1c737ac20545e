"""Signals on the care of families as they are kept, one for each party that gets it, and what was answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag, Zoekvraag


@dataclass(frozen=True, slots=True)
class Casussignaalrij:
    """A signal for one party."""

    casussignaal_id: int
    team: str
    """Empty: contract management."""
    soort: str
    bsn: str
    sleutel: str
    toewijzingen: list[int]
    zin: str
    eerste_dag: date
    uiterste_dag: date
    """Last day of the term for an answer."""
    gaat_af: bool
    bijgewerkt_op: datetime
    antwoorden: int
    antwoord: str
    """The last one; empty as long as there is none."""
    beantwoord_op: datetime | None


@dataclass(frozen=True, slots=True)
class Casusantwoord:
    """What was answered."""

    antwoord: str
    toelichting: str
    door: str
    gegeven_op: datetime


_LIJST = Zoekvraag(
    Casussignaalrij,
    "SELECT {kolommen} FROM casussignaal WHERE gemeente = %(g)s{waar}"
    " ORDER BY antwoorden > 0, uiterste_dag, soort, casussignaal_id",
    {"open": "antwoorden = 0", "nu": "(antwoorden > 0 OR gaat_af)"},
)
_EEN = Vraag(Casussignaalrij, "SELECT {kolommen} FROM casussignaal WHERE gemeente = %(g)s AND casussignaal_id = %(s)s")
_SINDS = Vraag(
    Casussignaalrij,
    "SELECT {kolommen} FROM casussignaal WHERE gemeente = %(g)s AND (antwoorden = 0 OR beantwoord_op >= %(sinds)s)"
    " ORDER BY casussignaal_id",
)
_NIEUW = Opdracht("""
    INSERT INTO casussignaal (gemeente, team, soort, bsn, sleutel, toewijzingen, zin, eerste_dag, uiterste_dag, gaat_af,
        bijgewerkt_op)
    VALUES (%(g)s, %(team)s, %(soort)s, %(bsn)s, %(sleutel)s, %(toewijzingen)s, %(zin)s, %(dag)s, %(uiterlijk)s, true, %(nu)s)
""")
_BIJ = Opdracht("""
    UPDATE casussignaal SET toewijzingen = %(toewijzingen)s, zin = %(zin)s, gaat_af = true, bijgewerkt_op = %(nu)s
    WHERE gemeente = %(g)s AND casussignaal_id = %(s)s
""")
_STIL = Opdracht("""
    UPDATE casussignaal SET gaat_af = false, bijgewerkt_op = %(nu)s
    WHERE gemeente = %(g)s AND casussignaal_id = ANY(%(s)s::bigint[])
""")
_ANTWOORD = Opdracht("""
    INSERT INTO casusantwoord (gemeente, casussignaal_id, volgnummer, antwoord, toelichting, door, gegeven_op)
    VALUES (%(g)s, %(s)s, %(n)s, %(antwoord)s, %(toelichting)s, %(door)s, %(nu)s)
""")
_STAND = Opdracht("""
    UPDATE casussignaal SET antwoorden = %(n)s, antwoord = %(antwoord)s, beantwoord_op = %(nu)s
    WHERE gemeente = %(g)s AND casussignaal_id = %(s)s
""")
_ANTWOORDEN = Vraag(
    Casusantwoord,
    "SELECT {kolommen} FROM casusantwoord WHERE gemeente = %(g)s AND casussignaal_id = %(s)s ORDER BY volgnummer",
)


def list_casussignaalrijen(verbinding: Connection, gemeente: str, *, open_: bool) -> list[Casussignaalrij]:
    """What is found now or was answered, as far as the transaction may see it; `open_`: what waits for an answer. Term first."""
    zeef = ["nu", "open"] if open_ else ["nu"]
    return _LIJST.with_conditions(zeef).all(verbinding, {"g": gemeente})


def find_casussignaalrij(verbinding: Connection, gemeente: str, casussignaal_id: int) -> Casussignaalrij | None:
    """One, as far as the transaction may see it."""
    return _EEN.one(verbinding, {"g": gemeente, "s": casussignaal_id})


def list_recent(verbinding: Connection, gemeente: str, sinds: datetime) -> list[Casussignaalrij]:
    """What waits for an answer, and what was answered since this moment."""
    return _SINDS.all(verbinding, {"g": gemeente, "sinds": sinds})


def insert_casussignalen(verbinding: Connection, reeks: Sequence[dict[str, Any]]) -> None:
    """New ones, none of which may be open already."""
    if reeks:
        _NIEUW.run_each(verbinding, reeks)


def update_casussignalen(verbinding: Connection, reeks: Sequence[dict[str, Any]]) -> None:
    """Open ones as they are now."""
    if reeks:
        _BIJ.run_each(verbinding, reeks)


def quiet_casussignalen(verbinding: Connection, gemeente: str, nummers: Collection[int], nu: datetime) -> None:
    """These are not found any more, or are another's now."""
    if nummers:
        _STIL.run(verbinding, {"g": gemeente, "s": sorted(nummers), "nu": nu})


def add_casusantwoord(verbinding: Connection, gemeente: str, rij: Casussignaalrij, antwoord: Casusantwoord) -> None:
    """One answer more, under `lock_signalen`."""
    waarden = {
        "g": gemeente, "s": rij.casussignaal_id, "n": rij.antwoorden + 1, "antwoord": antwoord.antwoord,
        "toelichting": antwoord.toelichting, "door": antwoord.door, "nu": antwoord.gegeven_op,
    }  # fmt: skip
    _ANTWOORD.run(verbinding, waarden)
    _STAND.run(verbinding, waarden)


def list_casusantwoorden(verbinding: Connection, gemeente: str, casussignaal_id: int) -> list[Casusantwoord]:
    """In their order."""
    return _ANTWOORDEN.all(verbinding, {"g": gemeente, "s": casussignaal_id})
