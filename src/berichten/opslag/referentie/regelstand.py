"""What a gemeente wants to follow from its rules on a day, and how often each rule was hit lately."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag, Zoekvraag


@dataclass(frozen=True, slots=True)
class Beleidsrij:
    """What follows from a rule, for one aanbieder or (with an empty `agb`) for all; both days inclusive."""

    regel: str
    agb: str
    aanbieder: str | None
    gevolg: str
    retourcode: str
    ingangsdatum: date
    einddatum: date | None


class Treffertelling(NamedTuple):
    """How often a rule found something."""

    regel: str
    aantal: int


_BELEID = Zoekvraag(
    Beleidsrij,
    """
    SELECT r.regel, r.agb, nullif(aanbieder.naam, '') AS aanbieder, r.gevolg, r.retourcode, r.ingangsdatum, r.einddatum
    FROM regelbeleid r LEFT JOIN aanbieder ON aanbieder.gemeente = r.gemeente AND aanbieder.agb = r.agb
    WHERE r.gemeente = %(g)s{waar} ORDER BY r.regel, r.agb, r.ingangsdatum
    """,
    {"dag": "%(dag)s BETWEEN r.ingangsdatum AND coalesce(r.einddatum, 'infinity')", "regel": "r.regel = %(regel)s"},
)
# A line that is checked once more has its findings again: it counts once.
_TREFFERS = Vraag(
    Treffertelling,
    """
    SELECT v.regel, count(DISTINCT (v.bericht_id, v.prestatie_id, v.product_volgnummer)) AS aantal
    FROM bericht b JOIN bevinding v USING (gemeente, bericht_id)
    WHERE b.gemeente = %(g)s AND b.ontvangen_op >= %(van)s AND b.ontvangen_op <= %(tot)s GROUP BY v.regel ORDER BY v.regel
    """,
)


def list_beleid_op(verbinding: Connection, gemeente: str, dag: date) -> list[Beleidsrij]:
    """Policy that holds on a day, by rule, what is for all first."""
    return _BELEID.all(verbinding, None, {"g": gemeente, "dag": dag})


def list_beleid(verbinding: Connection, gemeente: str, regel: str) -> list[Beleidsrij]:
    """Policy on a rule of any day, what is for all first."""
    return _BELEID.all(verbinding, None, {"g": gemeente, "regel": regel})


def count_treffers(verbinding: Connection, gemeente: str, van: datetime, tot: datetime) -> dict[str, int]:
    """Messages, lines and classes in which a rule found something, of messages that came in between these moments, by rule."""
    return dict(_TREFFERS.all(verbinding, {"g": gemeente, "van": van, "tot": tot}))
