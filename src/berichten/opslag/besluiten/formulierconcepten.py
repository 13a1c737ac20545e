"""What somebody had filled in when the session ended, by page."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag

BEWAAR = timedelta(days=1)
"""For so long it is kept."""
_BEWAAR = Opdracht("""
    INSERT INTO formulierconcept (gemeente, door, pagina, velden, bewaard_op)
    VALUES (%(g)s, %(door)s, %(pagina)s, %(velden)s, %(nu)s)
    ON CONFLICT (gemeente, door, pagina) DO UPDATE SET velden = excluded.velden, bewaard_op = excluded.bewaard_op
""")
_OUD = Opdracht("DELETE FROM formulierconcept WHERE bewaard_op < %(oud)s")
_ZOEK = Vraag(
    bytes,
    "SELECT velden FROM formulierconcept WHERE gemeente = %(g)s AND door = %(door)s AND pagina = %(pagina)s"
    " AND bewaard_op >= %(sinds)s",
)
_WEG = Opdracht("DELETE FROM formulierconcept WHERE gemeente = %(g)s AND door = %(door)s AND pagina = %(pagina)s")


def insert_concept(
    verbinding: Connection, gemeente: str, door: str, pagina: str, velden: bytes, nu: datetime, *, oud: datetime
) -> None:
    """Keep packed fields, in the place of what was kept of this page; of anybody what was kept before `oud` goes."""
    _OUD.run(verbinding, {"oud": oud})
    _BEWAAR.run(verbinding, {"g": gemeente, "door": door, "pagina": pagina, "velden": velden, "nu": nu})


def find_velden(verbinding: Connection, gemeente: str, door: str, pagina: str, sinds: datetime) -> bytes | None:
    """Packed fields that were kept since a moment."""
    return _ZOEK.one(verbinding, {"g": gemeente, "door": door, "pagina": pagina, "sinds": sinds})


def delete_concept(verbinding: Connection, gemeente: str, door: str, pagina: str) -> None:
    """Forget them."""
    _WEG.run(verbinding, {"g": gemeente, "door": door, "pagina": pagina})
