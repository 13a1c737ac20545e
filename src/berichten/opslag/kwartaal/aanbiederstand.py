"""Aanbieders in a quarterly report, as it was known at a moment: who has not billed the last month yet, and whose signals stand."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag


class Signaalaanbieder(NamedTuple):
    """An aanbieder of whom a signal of this kind stands."""

    soort: str
    agb: str


class _Aanbieder(NamedTuple):
    agb: str
    naam: str


# A declaration that was refused as a whole bills nothing: its number is still free.
_NOG_NIET = Vraag(
    str,
    """
    SELECT d.agb FROM declaratie d JOIN bericht b ON b.gemeente = d.gemeente AND b.bericht_id = d.bericht_id
    WHERE d.gemeente = %(g)s AND d.nummer_gebruikt AND b.verwerkt_op <= %(t)s
        AND d.einddatum >= %(ervoor)s AND d.begindatum < %(maand)s::date + interval '1 month'
    GROUP BY d.agb HAVING max(d.einddatum) < %(maand)s ORDER BY d.agb
    """,
)
_SIGNALEN = Vraag(
    Signaalaanbieder,
    """
    SELECT DISTINCT s.soort, s.agb FROM signaal s
    WHERE s.gemeente = %(g)s AND s.eerste_dag <= %(dag)s AND NOT EXISTS (
        SELECT FROM signaal_stap t WHERE t.gemeente = s.gemeente AND t.signaal_id = s.signaal_id AND t.staat = 'afgesloten'
            AND t.gezet_op <= %(t)s)
    ORDER BY s.soort, s.agb
    """,
)
_NAMEN = Vraag(_Aanbieder, "SELECT agb, naam FROM aanbieder WHERE gemeente = %(g)s AND agb = ANY(%(a)s::text[])")


def list_not_billed(verbinding: Connection, gemeente: str, ervoor: date, maand: date, moment: datetime) -> list[str]:
    """Who had billed the month that begins with `ervoor` and not the one after it, which begins with `maand`; AGB codes."""
    return _NOG_NIET.all(verbinding, {"g": gemeente, "ervoor": ervoor, "maand": maand, "t": moment})


def list_signalen_op(verbinding: Connection, gemeente: str, dag: date, moment: datetime) -> list[Signaalaanbieder]:
    """Signals that had come up by the day and were not closed at the moment, by kind; each aanbieder once."""
    return _SIGNALEN.all(verbinding, {"g": gemeente, "dag": dag, "t": moment})


def name_aanbieders(verbinding: Connection, gemeente: str, codes: set[str]) -> dict[str, str]:
    """Names by AGB code, of those that have one."""
    gevonden = _NAMEN.all(verbinding, {"g": gemeente, "a": sorted(codes)})
    return {item.agb: item.naam for item in gevonden}
