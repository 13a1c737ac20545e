"""Courses: the care of one client by one aanbieder in one frame, or in one zorgvorm, without a gap of more than three months.

Frames are those of table `kader` (as DA10 takes them, the narrowest that fits); a course lasts from its first to its last month of
care, both counted, and has the cost and minutes of its lines, awarded minus credited, up to the end of the period asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from berichten.dossier.eigen_feiten import TRAJECT_GAT
from berichten.opslag.basis.delen import narrowest_kader
from berichten.opslag.basis.vraag import Vraag
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.clienten import ALLES_GEBOEKT, REGELS

EERSTE_ZORG = date(2015, 1, 1)
"""From this day on gemeenten are responsible for youth care (Jeugdwet)."""


TRAJECTEN = """
    SELECT {wie}, min(zorgmaand) AS eerste, max(zorgmaand) AS laatste,
        max(nummer) - min(nummer) + 1 AS maanden, sum(bedrag)::bigint AS bedrag, sum(minuten)::bigint AS minuten
    FROM (
        SELECT *, count(*) FILTER (WHERE nieuw) OVER (PARTITION BY {wie} ORDER BY zorgmaand) AS volgnummer FROM (
            SELECT *, nummer - lag(nummer) OVER (PARTITION BY {wie} ORDER BY zorgmaand) > {meeste} AS nieuw FROM (
                SELECT {wie}, zorgmaand, (extract(year FROM zorgmaand) * 12 + extract(month FROM zorgmaand))::int AS nummer,
                    sum(bedrag)::bigint AS bedrag, sum(minuten)::bigint AS minuten
                FROM ({prestaties}) AS regel
                GROUP BY {wie}, zorgmaand HAVING sum(bedrag) <> 0
            ) AS per_maand
        ) AS met_gaten
    ) AS genummerd
    GROUP BY {wie}, volgnummer
"""
"""Courses (`bsn, agb, KENMERK, eerste, laatste, maanden, bedrag, minuten`) from lines `{prestaties}` that also have the columns
`{kenmerk}`; `courses_of` gives the pieces."""


def courses_of(prestaties: str, kenmerk: str) -> dict[str, str]:
    """The pieces of a statement with `{trajecten}`, in the order in which they name each other."""
    return {
        "trajecten": TRAJECTEN, "wie": "bsn, agb, {kenmerk}", "kenmerk": kenmerk, "meeste": str(TRAJECT_GAT + 1),
        "prestaties": prestaties, "regels": REGELS,
    }  # fmt: skip


_IN_KADERS = """
    SELECT r.*, k.kader
    FROM ({regels}) AS r
    CROSS JOIN LATERAL ({smalste_kader}) AS k
"""


@dataclass(frozen=True, slots=True)
class Kaderstand:
    """Courses of one frame, within it and beyond it; cost in cents, of all and of those beyond."""

    kader: str
    segment: str
    binnen: int
    buiten: int
    kosten: int
    kosten_buiten: int


# The most minutes are those of a course that was prolonged.
# The maxima are those of the version of a frame that begins last within the period or before it.
_KADERS = Vraag(
    Kaderstand,
    """
    WITH grens AS (
        SELECT DISTINCT ON (k.kader) k.kader, k.segment,
            coalesce(anders.maanden, k.max_maanden) AS max_maanden,
            coalesce(anders.minuten, k.max_minuten + coalesce(k.verlenging_minuten, 0)) AS max_minuten
        FROM kader k
        LEFT JOIN unnest(%(kaders)s::text[], %(maanden)s::int[], %(minuten)s::int[]) AS anders(kader, maanden, minuten)
            ON anders.kader = k.kader
        WHERE k.gemeente = ANY(%(gemeenten)s) AND k.ingangsdatum <= %(tot)s
        ORDER BY k.kader, k.ingangsdatum DESC
    ), traject AS (
        SELECT grens.kader, grens.segment, t.bedrag,
            coalesce(t.maanden > max_maanden, false) OR coalesce(t.minuten > max_minuten, false) AS buiten
        FROM ({trajecten}) AS t JOIN grens ON grens.kader = t.kader
        WHERE t.laatste >= %(begin)s
    )
    SELECT kader, segment, count(*) FILTER (WHERE NOT buiten) AS binnen, count(*) FILTER (WHERE buiten) AS buiten,
        sum(bedrag)::bigint AS kosten, coalesce(sum(bedrag) FILTER (WHERE buiten), 0)::bigint AS kosten_buiten
    FROM traject GROUP BY kader, segment
    """,
    **courses_of(_IN_KADERS, "kader"),
    smalste_kader=narrowest_kader("r.gemeente", "r.segment", "r.zorgvorm", "r.begindatum"),
)
_KADERNAMEN = Vraag(str, "SELECT DISTINCT kader FROM kader WHERE gemeente = ANY(%(g)s)")


Maxima = Mapping[str, tuple[int | None, int | None]]
"""By name of the frame, other maxima to try: months and minutes; None is what is loaded."""


def read_kaders(verbinding: Connection, bereik: Bereik, maxima: Maxima | None = None) -> list[Kaderstand]:
    """Every frame in which there was a course with care in the period."""
    anders = sorted((maxima or {}).items())
    waarden = {
        **course_range(bereik),
        "begin": bereik.van,
        "kaders": [naam for naam, _ in anders],
        "maanden": [maanden for _, (maanden, _) in anders],
        "minuten": [minuten for _, (_, minuten) in anders],
    }
    return _KADERS.all(verbinding, waarden)


def list_kadernamen(verbinding: Connection, bereik: Bereik) -> set[str]:
    """Names of the frames that the gemeenten have loaded."""
    return set(_KADERNAMEN.all(verbinding, {"g": list(bereik.gemeenten)}))


def course_range(bereik: Bereik, moment: datetime = ALLES_GEBOEKT) -> dict[str, Any]:
    """Parameters for the lines of courses: a course that began before the period is looked at from its beginning."""
    return {"gemeenten": list(bereik.gemeenten), "van": EERSTE_ZORG, "tot": bereik.tot, "moment": moment}
