"""Signals and measures counted by aanbieder: those are no clients, so every count may be shown."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag


class Signaaltelling(NamedTuple):
    """Of one kind, how many aanbieders."""

    soort: str
    nieuw: int
    """With one that was found first in the period."""
    open: int
    """With one that nobody closed yet."""
    gesloten: int
    """With one that was explained or closed in the period."""


_SIGNALEN = Vraag(
    Signaaltelling,
    """
    SELECT s.soort, count(DISTINCT s.agb) FILTER (WHERE s.eerste_dag BETWEEN %(van)s AND %(tot)s) AS nieuw,
        count(DISTINCT s.agb) FILTER (WHERE s.staat NOT IN ('verklaard', 'afgesloten')) AS open,
        count(DISTINCT s.agb) FILTER (WHERE s.staat IN ('verklaard', 'afgesloten')
            AND (st.gezet_op AT TIME ZONE 'Europe/Amsterdam')::date BETWEEN %(van)s AND %(tot)s) AS gesloten
    FROM signaal s
    LEFT JOIN signaal_stap st ON st.gemeente = s.gemeente AND st.signaal_id = s.signaal_id AND st.stap = s.stappen
    WHERE s.gemeente = ANY(%(g)s::text[]) GROUP BY s.soort
    """,
)


class Maatregeltelling(NamedTuple):
    """Of one step, how many aanbieders had a measure in force."""

    trede: int
    aantal: int


_MAATREGELEN = Vraag(
    Maatregeltelling,
    """
    SELECT trede, count(DISTINCT agb) AS aantal FROM maatregel
    WHERE gemeente = ANY(%(g)s::text[]) AND geldig_op IS NOT NULL AND van <= %(tot)s
        AND least(coalesce(tot, 'infinity'), einde) >= %(van)s
    GROUP BY trede
    """,
)


def count_signalen(verbinding: Connection, gemeenten: Iterable[str], van: date, tot: date) -> dict[str, Signaaltelling]:
    """By kind; both days inclusive."""
    return {rij.soort: rij for rij in _SIGNALEN.all(verbinding, {"g": sorted(gemeenten), "van": van, "tot": tot})}


def count_maatregelen(verbinding: Connection, gemeenten: Iterable[str], van: date, tot: date) -> dict[int, int]:
    """By step; both days inclusive."""
    return {rij.trede: rij.aantal for rij in _MAATREGELEN.all(verbinding, {"g": sorted(gemeenten), "van": van, "tot": tot})}
