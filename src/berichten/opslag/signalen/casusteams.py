"""Who has the regie over the care of a family, and who works in which team."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag


class _Regie(NamedTuple):
    toewijzingnummer: int
    team: str


_OP_DAG = "van <= %(d)s AND (tot IS NULL OR tot >= %(d)s)"
# An aanbieder that has the regie over care of its own does not read what others do for the family: that is for the gemeente.
_REGIE = Vraag(
    _Regie,
    "SELECT {kolommen} FROM casusregie WHERE gemeente = %(g)s AND rol <> 'aanbieder' AND {op_dag} ORDER BY toewijzingnummer",
    op_dag=_OP_DAG,
)
_TEAMS_VAN = Vraag(
    str,
    """
    SELECT DISTINCT team FROM teamlid WHERE gemeente = %(g)s AND {op_dag}
        AND persoon_van(%(g)s, 'persoon:' || persoon) = persoon_van(%(g)s, %(wie)s)
    ORDER BY team
    """,
    op_dag=_OP_DAG,
)
_LEDEN = Vraag(
    str,
    """
    SELECT DISTINCT persoon_van(%(g)s, 'persoon:' || persoon) AS wie FROM teamlid
    WHERE gemeente = %(g)s AND team = ANY(%(t)s::text[]) AND {op_dag} ORDER BY wie
    """,
    op_dag=_OP_DAG,
)


def list_teams_of(verbinding: Connection, gemeente: str, door: str, dag: date) -> list[str]:
    """Teams in which somebody (as a column `door` has it) works on this day."""
    return _TEAMS_VAN.all(verbinding, {"g": gemeente, "wie": door, "d": dag})


def list_leden(verbinding: Connection, gemeente: str, teams: Collection[str], dag: date) -> list[str]:
    """People who work in these teams on this day, by id where they have one."""
    return _LEDEN.all(verbinding, {"g": gemeente, "t": sorted(teams), "d": dag})


def load_regie(verbinding: Connection, gemeente: str, dag: date) -> dict[int, str]:
    """By allocation the team that has the regie on this day, as far as the transaction may see it; without aanbieders."""
    return {rij.toewijzingnummer: rij.team for rij in _REGIE.all(verbinding, {"g": gemeente, "d": dag})}
