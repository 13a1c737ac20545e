"""Which aanbieders a gemeente knows."""

from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag


class Aanbiedernaam(NamedTuple):
    """An aanbieder, with its name where that was loaded."""

    agb: str
    naam: str | None


# From one code to the next through the index: there are far fewer aanbieders than allocations.
_BEKEND = Vraag(
    Aanbiedernaam,
    """
    WITH RECURSIVE met_toewijzing AS (
        (SELECT agb FROM toewijzing WHERE gemeente = %(g)s ORDER BY agb LIMIT 1)
        UNION ALL
        SELECT (SELECT t.agb FROM toewijzing t WHERE t.gemeente = %(g)s AND t.agb > m.agb ORDER BY t.agb LIMIT 1)
        FROM met_toewijzing m WHERE m.agb IS NOT NULL
    ), bekend AS (
        SELECT agb FROM met_toewijzing WHERE agb IS NOT NULL UNION SELECT agb FROM aanbieder WHERE gemeente = %(g)s
    )
    SELECT bekend.agb, nullif(aanbieder.naam, '') AS naam FROM bekend
    LEFT JOIN aanbieder ON aanbieder.gemeente = %(g)s AND aanbieder.agb = bekend.agb
    ORDER BY lower(aanbieder.naam) NULLS LAST, bekend.agb
    """,
)


def list_bekende_aanbieders(verbinding: Connection, gemeente: str) -> list[Aanbiedernaam]:
    """With a name or an allocation, by name, as far as the transaction may see them."""
    return _BEKEND.all(verbinding, {"g": gemeente})
