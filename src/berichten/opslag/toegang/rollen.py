"""Roles that people have, from day to day and a year at most. What does not go together in one person the database refuses."""

from datetime import date

from sqlalchemy import Connection

from berichten.kern.persoon import ROLLEN_VOOR_TWEE, Roltoekenning, Wachtenderol
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.toegang.personen import Wie

_UITGEVER = "'uitgever:'"
"""How the name begins of an OpenID provider that gave a role (`openid_persoon.name_giver`)."""
_NIEUW = Vraag(
    int,
    """
    INSERT INTO rol_toekenning (gemeente, persoon_id, rol, agb, van, tot, toegekend_door, toegekend_op)
    VALUES (%(g)s, %(p)s, %(rol)s, %(agb)s, %(van)s, %(tot)s, %(door)s, %(nu)s) RETURNING toekenning_id
    """,
)
_VAN_PERSOON = Vraag(
    Roltoekenning,
    """
    SELECT {kolommen} FROM rol_toekenning WHERE persoon_id = %(p)s AND ingetrokken_op IS NULL AND NOT wacht
        AND %(d)s BETWEEN van AND tot AND NOT (%(lokaal)s AND rol = ANY(%(zwaar)s) AND starts_with(toegekend_door, {uitgever}))
    ORDER BY gemeente, rol, agb, tot DESC, toekenning_id
    """,
    uitgever=_UITGEVER,
)
_ZWAAR = Vraag(
    Roltoekenning,
    """
    SELECT {kolommen} FROM rol_toekenning WHERE persoon_id = %(p)s AND ingetrokken_op IS NULL AND tot >= %(d)s
        AND rol = ANY(%(zwaar)s) AND NOT starts_with(toegekend_door, {uitgever})
    ORDER BY toekenning_id
    """,
    uitgever=_UITGEVER,
)
_TREK_IN = Opdracht(
    "UPDATE rol_toekenning SET ingetrokken_op = %(nu)s, ingetrokken_door = %(door)s"
    " WHERE gemeente = %(g)s AND toekenning_id = %(t)s AND ingetrokken_op IS NULL"
)

_GEGEVEN = Vraag(
    Roltoekenning,
    """
    SELECT {kolommen} FROM rol_toekenning WHERE gemeente = %(g)s AND persoon_id = %(p)s AND toegekend_door = %(door)s
        AND ingetrokken_op IS NULL AND tot >= %(d)s
    ORDER BY toekenning_id
    """,
)
_WACHTEND = Vraag(
    Wachtenderol,
    """
    SELECT t.gemeente, t.toekenning_id, t.persoon_id, p.naam, t.rol, t.tot, t.toegekend_door, t.toegekend_op, gever,
        coalesce(g.naam, regexp_replace(t.toegekend_door, '^persoon:', '')) AS gevernaam
    FROM rol_toekenning t JOIN persoon p USING (gemeente, persoon_id)
        CROSS JOIN LATERAL persoon_van(t.gemeente, t.toegekend_door) AS gever
        LEFT JOIN persoon g ON (g.gemeente, g.persoon_id) = (t.gemeente, gever)
    WHERE t.gemeente = %(g)s AND t.wacht AND t.ingetrokken_op IS NULL AND t.tot >= %(d)s ORDER BY t.toegekend_op, t.toekenning_id
    """,
)
_BEVESTIG = Opdracht(
    "UPDATE rol_toekenning SET wacht = false, bevestigd_door = %(door)s, bevestigd_op = %(nu)s"
    " WHERE gemeente = %(g)s AND toekenning_id = %(t)s AND wacht AND ingetrokken_op IS NULL"
)
_WACHT = Vraag(bool, "SELECT wacht FROM rol_toekenning WHERE gemeente = %(g)s AND toekenning_id = %(t)s")


def grant_rol(
    verbinding: Connection, gemeente: str, persoon_id: str, rol: str, agb: str | None, van: date, tot: date, wie: Wie
) -> int:
    """Give a person a role; returns its number. Of `beheer` and `financien` it waits for a second person (`is_waiting`).

    Raises DatabaseError for who gives it to themself or what does not go together.
    """
    waarden = {"g": gemeente, "p": persoon_id, "rol": rol, "agb": agb, "van": van, "tot": tot, "door": wie.door, "nu": wie.op}
    return _NIEUW.read(verbinding, waarden)


def list_rollen_of(verbinding: Connection, persoon_id: str, dag: date, *, lokaal: bool = False) -> list[Roltoekenning]:
    """Roles that a person has on this day, in every gemeente; of one that was given twice first what lasts longest.

    With `lokaal` those that a password of this service opens: what takes two people here, and was given by the rules of an OpenID
    provider, only that provider's log-in opens. Else one colleague could open it with a password that she made.
    """
    return _VAN_PERSOON.all(verbinding, {"p": persoon_id, "d": dag, "lokaal": lokaal, "zwaar": list(ROLLEN_VOOR_TWEE)})


def list_heavy(verbinding: Connection, persoon_id: str, dag: date) -> list[Roltoekenning]:
    """Roles that take two people and were given here, of today and later, whether they count or wait."""
    return _ZWAAR.all(verbinding, {"p": persoon_id, "d": dag, "zwaar": list(ROLLEN_VOOR_TWEE)})


def is_waiting(verbinding: Connection, gemeente: str, toekenning_id: int) -> bool:
    """Whether a role that was given does not count yet."""
    return _WACHT.read(verbinding, {"g": gemeente, "t": toekenning_id})


def list_waiting(verbinding: Connection, gemeente: str, dag: date) -> list[Wachtenderol]:
    """Roles that wait for a second person, oldest first."""
    return _WACHTEND.all(verbinding, {"g": gemeente, "d": dag})


def confirm_rol(verbinding: Connection, gemeente: str, toekenning_id: int, wie: Wie) -> bool:
    """From now on it counts; False when it did not wait. Raises DatabaseError for who gave it, or gets it."""
    return _BEVESTIG.run(verbinding, {"g": gemeente, "t": toekenning_id, "nu": wie.op, "door": wie.door}) > 0


def withdraw_rol(verbinding: Connection, gemeente: str, toekenning_id: int, wie: Wie) -> bool:
    """Take a role away; False when it was not there. Who has it in a session is out at the next request."""
    return _TREK_IN.run(verbinding, {"g": gemeente, "t": toekenning_id, "nu": wie.op, "door": wie.door}) > 0


def list_given(verbinding: Connection, gemeente: str, persoon_id: str, door: str, dag: date) -> list[Roltoekenning]:
    """Roles that this one gave a person, and that are not over on this day."""
    return _GEGEVEN.all(verbinding, {"g": gemeente, "p": persoon_id, "door": door, "d": dag})
