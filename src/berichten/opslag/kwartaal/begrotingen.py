"""Budget and calendar as they were uploaded: every row is kept, and of one key the row that was loaded last counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.tabellen.sturen.begroting import begroting, kalender

BEGROTING = ("gemeente", "jaar", "segment", "maand", "bedrag", "soort", "vastgesteld_op", "besluit")
KALENDER = ("gemeente", "document", "periode", "peildatum", "gereed_op")
"""Columns of the files, in order."""


@dataclass(frozen=True, slots=True)
class Begrotingsregel:
    """What was decided on the budget of a year, in cents: of a segment or of none, for one month or (0) for the year."""

    jaar: int
    segment: str
    maand: int
    bedrag: int
    soort: str
    """`primitief` or `wijziging`."""
    vastgesteld_op: date
    besluit: str


class Kalenderdag(NamedTuple):
    """On which day the stand of a period is taken, and when the report on it has to be ready."""

    gemeente: str
    periode: str
    peildatum: date
    gereed_op: date


def add_begroting(verbinding: Connection, rijen: Iterable[Sequence[Any]], door: str, nu: datetime) -> None:
    """Keep rows in the order of BEGROTING; `door`: who loaded them."""
    add_rows(verbinding, begroting, BEGROTING, rijen, {"geladen_door": door, "geladen_op": nu})


def add_kalender(verbinding: Connection, rijen: Iterable[Sequence[Any]], door: str, nu: datetime) -> None:
    """Keep rows in the order of KALENDER; `door`: who loaded them."""
    add_rows(verbinding, kalender, KALENDER, rijen, {"geladen_door": door, "geladen_op": nu})


def list_begroting(verbinding: Connection, gemeente: str, jaren: Sequence[int], moment: datetime) -> list[Begrotingsregel]:
    """What was loaded of these years by the moment; a row that was loaded again as it was last."""
    return _BEGROTING.all(verbinding, {"g": gemeente, "j": list(jaren), "t": moment})


def list_kalender(verbinding: Connection, gemeenten: Sequence[str] | None = None) -> list[Kalenderdag]:
    """As it is now, by day; of these gemeenten, or of all."""
    return _KALENDER.all(verbinding, {"g": None if gemeenten is None else list(gemeenten)})


def list_segmenten(verbinding: Connection, gemeente: str) -> list[str]:
    """Every segment that the catalogue of a gemeente has, or had."""
    return _SEGMENTEN.all(verbinding, {"g": gemeente})


_SEGMENTEN = Vraag(str, "SELECT DISTINCT segment FROM pdc WHERE gemeente = %(g)s AND segment <> '' ORDER BY segment")
_BEGROTING = Vraag(
    Begrotingsregel,
    """
    SELECT DISTINCT ON (jaar, segment, maand, soort, vastgesteld_op, besluit) {kolommen} FROM begroting
    WHERE gemeente = %(g)s AND jaar = ANY(%(j)s) AND geladen_op <= %(t)s
    ORDER BY jaar, segment, maand, soort, vastgesteld_op, besluit, geladen_op DESC
    """,
)
_KALENDER = Vraag(
    Kalenderdag,
    """
    SELECT {kolommen} FROM (
        SELECT DISTINCT ON (gemeente, periode) gemeente, periode, peildatum, gereed_op FROM kalender
        WHERE document = 'kwartaalrapport' AND (%(g)s::text[] IS NULL OR gemeente = ANY(%(g)s))
        ORDER BY gemeente, periode, geladen_op DESC
    ) AS laatste ORDER BY peildatum, gemeente, periode
    """,
)
