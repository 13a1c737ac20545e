"""Who opened which held line, and views of a list that somebody named."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.delen import WACHT
from berichten.opslag.basis.vraag import Opdracht, Vraag


class Bekekenrij(NamedTuple):
    """The last time that somebody opened a line."""

    prestatie_id: int
    door: str
    bekeken_op: datetime


class Weergaverij(NamedTuple):
    """Filter and order of a list, under a name."""

    naam: str
    vraag: str


_BEKIJK = Opdracht(
    """
    INSERT INTO bekeken (gemeente, prestatie_id, door, bekeken_op)
    SELECT gemeente, prestatie_id, %(door)s, %(op)s FROM prestatie
    WHERE gemeente = %(g)s AND prestatie_id = %(p)s AND {wacht}
    ON CONFLICT (gemeente, prestatie_id, door) DO UPDATE SET bekeken_op = excluded.bekeken_op
    """,
    wacht=WACHT,
)
_BEKEKEN = Vraag(
    Bekekenrij,
    """
    SELECT DISTINCT ON (prestatie_id) prestatie_id, door, bekeken_op FROM bekeken
    WHERE gemeente = %(g)s AND prestatie_id = ANY(%(p)s::bigint[]) AND bekeken_op >= %(sinds)s
        AND door <> %(door)s
    ORDER BY prestatie_id, bekeken_op DESC
    """,
)
_WEERGAVEN = Vraag(
    Weergaverij,
    "SELECT naam, vraag FROM weergave WHERE gemeente = %(g)s AND door = %(door)s AND pagina = %(pagina)s"
    " ORDER BY lower(naam), naam",
)
_BEWAAR = Opdracht("""
    INSERT INTO weergave (gemeente, door, pagina, naam, vraag, bewaard_op)
    VALUES (%(g)s, %(door)s, %(pagina)s, %(naam)s, %(vraag)s, %(op)s)
    ON CONFLICT (gemeente, door, pagina, naam) DO UPDATE SET vraag = excluded.vraag, bewaard_op = excluded.bewaard_op
""")
_WEG = Opdracht("DELETE FROM weergave WHERE gemeente = %(g)s AND door = %(door)s AND pagina = %(pagina)s AND naam = %(naam)s")


def note_bekeken(verbinding: Connection, gemeente: str, prestatie_id: int, door: str, op: datetime) -> bool:
    """Note that somebody opened a line; False when it is not held, or not there."""
    return _BEKIJK.run(verbinding, {"g": gemeente, "p": prestatie_id, "door": door, "op": op}) > 0


def list_bekeken_door_anderen(
    verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int], door: str, sinds: datetime
) -> list[Bekekenrij]:
    """Of each of these lines who else opened it last, not before `sinds`."""
    return _BEKEKEN.all(verbinding, {"g": gemeente, "p": list(prestatie_ids), "door": door, "sinds": sinds})


def list_weergaven_of(verbinding: Connection, gemeente: str, door: str, pagina: str) -> list[Weergaverij]:
    """What this person kept of a page, by name."""
    return _WEERGAVEN.all(verbinding, {"g": gemeente, "door": door, "pagina": pagina})


def insert_weergave(verbinding: Connection, gemeente: str, door: str, pagina: str, rij: Weergaverij, op: datetime) -> None:
    """Keep it, in the place of one of the same name."""
    _BEWAAR.run(
        verbinding, {"g": gemeente, "door": door, "pagina": pagina, "naam": rij.naam, "vraag": rij.vraag, "op": op}
    )  # fmt: skip


def delete_weergave(verbinding: Connection, gemeente: str, door: str, pagina: str, naam: str) -> bool:
    """Forget it; False when there is none of this name."""
    return _WEG.run(verbinding, {"g": gemeente, "door": door, "pagina": pagina, "naam": naam}) > 0
