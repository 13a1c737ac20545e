"""Courses of families that are long (L1) or dear (L3), with the allocations that they rest on: a query for each.

A course is that of the monitor: one client, one aanbieder, one frame or zorgvorm, without a gap of more than three months.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from berichten.opslag.basis.delen import narrowest_kader
from berichten.opslag.basis.vraag import Vraag
from berichten.rapporten.monitor.clienten import ALLES_GEBOEKT
from berichten.rapporten.monitor.stromen import EINDE_BEKEND_MAANDEN
from berichten.rapporten.monitor.trajecten import EERSTE_ZORG, courses_of
from berichten.rapporten.signalen.waarneming import Venster


@dataclass(frozen=True, slots=True)
class Langtraject:
    """A course in a frame that has not ended; `meeste_maanden` and `meeste_minuten` are what the frame allows, None: no limit."""

    bsn: str
    agb: str
    kader: str
    eerste: date
    maanden: int
    minuten: int
    meeste_maanden: int | None
    meeste_minuten: int | None
    nummers: list[int]


@dataclass(frozen=True, slots=True)
class Duurtraject:
    """A course with what it cost, cents; and what the middle one cost of `aantal` courses of its zorgvorm."""

    bsn: str
    agb: str
    segment: str
    zorgvorm: str
    eerste: date
    bedrag: int
    aantal: int
    midden: int
    nummers: list[int]


# Minutes of a frame are those of a course that was prolonged, as in table 5b; its newest version counts.
_LANG = Vraag(
    Langtraject,
    """
    WITH regel AS MATERIALIZED (
        SELECT r.*, k.kader FROM ({regels}) AS r CROSS JOIN LATERAL ({smalste_kader}) AS k
    ), grens AS (
        SELECT DISTINCT ON (kader) kader, max_maanden AS meeste_maanden,
            max_minuten + coalesce(verlenging_minuten, 0) AS meeste_minuten
        FROM kader WHERE gemeente = ANY(%(gemeenten)s) AND ingangsdatum <= %(tot)s ORDER BY kader, ingangsdatum DESC
    ), lang AS (
        SELECT t.*, meeste_maanden, meeste_minuten FROM ({trajecten}) AS t JOIN grens USING (kader)
        WHERE t.laatste + interval '{einde_bekend} months' > %(maand)s
            AND (1000 * t.maanden >= %(promille)s * meeste_maanden OR 1000 * t.minuten >= %(promille)s * meeste_minuten)
    )
    SELECT bsn, agb, kader, l.eerste, l.maanden, l.minuten, l.meeste_maanden, l.meeste_minuten,
        array_agg(DISTINCT r.toewijzingnummer ORDER BY r.toewijzingnummer) AS nummers
    FROM lang l JOIN regel r USING (bsn, agb, kader)
    WHERE r.zorgmaand BETWEEN l.eerste AND l.laatste AND r.toewijzingnummer IS NOT NULL
    GROUP BY bsn, agb, kader, l.eerste, l.maanden, l.minuten, l.meeste_maanden, l.meeste_minuten ORDER BY bsn, agb, kader
    """,
    **courses_of("SELECT * FROM regel", "kader"),
    smalste_kader=narrowest_kader("r.gemeente", "r.segment", "r.zorgvorm", "r.begindatum"),
    einde_bekend=EINDE_BEKEND_MAANDEN,
)
# percentile_disc(0.5) is the lower one of the two in the middle of an even number.
_DUUR = Vraag(
    Duurtraject,
    """
    WITH regel AS MATERIALIZED (
        SELECT * FROM ({regels}) AS r WHERE r.zorgvorm <> ''
    ), traject AS (
        SELECT * FROM ({trajecten}) AS t WHERE t.laatste >= %(begin)s AND t.bedrag > 0
    ), maat AS (
        SELECT segment, zorgvorm, count(*) AS aantal, percentile_disc(0.5) WITHIN GROUP (ORDER BY bedrag) AS midden
        FROM traject GROUP BY segment, zorgvorm HAVING count(*) >= %(minste)s
    ), duur AS (
        SELECT t.*, aantal, midden FROM traject t JOIN maat USING (segment, zorgvorm) WHERE t.bedrag > %(keer)s * midden
    )
    SELECT bsn, agb, segment, zorgvorm, d.eerste, d.bedrag, d.aantal, d.midden,
        array_agg(DISTINCT r.toewijzingnummer ORDER BY r.toewijzingnummer) AS nummers
    FROM duur d JOIN regel r USING (bsn, agb, segment, zorgvorm)
    WHERE r.zorgmaand BETWEEN d.eerste AND d.laatste AND r.toewijzingnummer IS NOT NULL
    GROUP BY bsn, agb, segment, zorgvorm, d.eerste, d.bedrag, d.aantal, d.midden
    ORDER BY bsn, agb, segment, zorgvorm
    """,
    **courses_of("SELECT * FROM regel", "segment, zorgvorm"),
)


def list_lange(verbinding: Connection, gemeente: str, venster: Venster, promille: int) -> list[Langtraject]:
    """Courses that go on, of so many thousandths of what their frame allows, in months or in minutes, or more."""
    waarden = {**_lines(gemeente, venster), "maand": venster.peildatum.replace(day=1), "promille": promille}
    return _LANG.all(verbinding, waarden)


def list_dure_trajecten(verbinding: Connection, gemeente: str, venster: Venster, keer: int, minste: int) -> list[Duurtraject]:
    """Courses with care in the window that cost more than so many times the middle one, of zorgvormen with so many courses."""
    waarden = {**_lines(gemeente, venster), "begin": venster.van, "keer": keer, "minste": minste}
    return _DUUR.all(verbinding, waarden)


def _lines(gemeente: str, venster: Venster) -> dict[str, object]:
    return {"gemeenten": [gemeente], "van": EERSTE_ZORG, "tot": venster.tot, "moment": ALLES_GEBOEKT}
