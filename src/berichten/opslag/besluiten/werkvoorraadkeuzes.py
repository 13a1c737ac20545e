"""What a work list can be narrowed by, and what a decision on many of its lines would come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.dossier.dossier import VERWIJDERD
from berichten.opslag.basis.delen import P_WACHT, WACHT
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS, lines_of


class Aanbiedertelling(NamedTuple):
    """Held lines of one aanbieder."""

    agb: str
    naam: str | None
    aantal: int


class Regeltelling(NamedTuple):
    """Held lines that a rule holds."""

    regel: str
    aantal: int


_AANBIEDERS = Vraag(
    Aanbiedertelling,
    """
    SELECT telling.agb, aanbieder.naam, telling.aantal
    FROM (SELECT p.agb, count(*) AS aantal FROM prestatie p WHERE p.gemeente = %(g)s AND {wacht} GROUP BY p.agb) AS telling
    LEFT JOIN aanbieder ON aanbieder.gemeente = %(g)s AND aanbieder.agb = telling.agb
    ORDER BY lower(coalesce(aanbieder.naam, telling.agb)), telling.agb
    """,
    wacht=P_WACHT,
)
_REGELS = Vraag(
    Regeltelling,
    """
    SELECT v.regel, count(DISTINCT p.prestatie_id) AS aantal
    FROM prestatie p
    JOIN bevinding v ON v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id AND v.hertoetsing = p.hertoetsing
    WHERE p.gemeente = %(g)s AND {wacht} AND v.gevolg = 'beoordelen' GROUP BY v.regel ORDER BY v.regel
    """,
    wacht=P_WACHT,
)
_OP_VERWIJDERDE = Vraag(
    int,
    """
    SELECT count(*) AS aantal FROM prestatie p
    JOIN toewijzing t ON t.gemeente = p.gemeente AND t.toewijzingnummer = p.toewijzingnummer
    WHERE p.gemeente = %(g)s AND {wacht} AND NOT p.credit AND t.reden_wijziging = %(weg)s
    """,
    wacht=P_WACHT,
)


def count_by_aanbieder(verbinding: Connection, gemeente: str) -> list[Aanbiedertelling]:
    """By name."""
    return _AANBIEDERS.all(verbinding, {"g": gemeente})


def count_by_regel(verbinding: Connection, gemeente: str) -> list[Regeltelling]:
    """By rule, of findings that were kept."""
    return _REGELS.all(verbinding, {"g": gemeente})


def count_op_verwijderde(verbinding: Connection, gemeente: str) -> int:
    """Held lines whose allocation was removed since, of which no finding is kept."""
    return _OP_VERWIJDERDE.read(verbinding, {"g": gemeente, "weg": VERWIJDERD})


class Keuzerij(NamedTuple):
    """A line that was chosen for a decision."""

    prestatie_id: int
    bericht_id: UUID
    agb: str
    naam: str | None
    bsn: str
    bedrag: int
    uitkomst: str


@dataclass(frozen=True, slots=True)
class Openstand:
    """A declaration of chosen lines, with how many of its lines are held, chosen or not."""

    bericht_id: UUID
    aangehouden: int


_GEKOZEN = Vraag(
    Keuzerij,
    """
    SELECT p.prestatie_id, p.bericht_id, p.agb, aanbieder.naam, p.bsn, p.bedrag, p.uitkomst
    FROM prestatie p LEFT JOIN aanbieder ON aanbieder.gemeente = p.gemeente AND aanbieder.agb = p.agb
    WHERE p.gemeente = %(g)s AND p.prestatie_id = ANY(%(p)s::bigint[]) ORDER BY p.prestatie_id
    """,
)
_OPEN = Vraag(
    Openstand,
    """
    SELECT b.bericht_id, count(*) AS aangehouden
    FROM (SELECT DISTINCT nummer >> {bits} AS volgnummer FROM unnest(%(p)s::bigint[]) AS nummer) AS gekozen
    JOIN bericht b ON b.gemeente = %(g)s AND b.volgnummer = gekozen.volgnummer
    JOIN prestatie ON prestatie.gemeente = %(g)s AND {eigen} AND {wacht}
    GROUP BY b.bericht_id
    """,
    bits=PRESTATIE_BITS,
    eigen=lines_of("b", "prestatie"),
    wacht=WACHT,
)


def list_gekozen(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> list[Keuzerij]:
    """These lines in the order in which they came in, as far as the transaction may see them."""
    return _GEKOZEN.all(verbinding, {"g": gemeente, "p": list(prestatie_ids)})


def count_open(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> list[Openstand]:
    """Of each declaration of these lines that still waits."""
    return _OPEN.all(verbinding, {"g": gemeente, "p": list(prestatie_ids)})
