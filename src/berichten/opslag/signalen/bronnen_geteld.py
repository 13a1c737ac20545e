"""What signals that count lines or allocations are reckoned from, of all aanbieders of a gemeente at once: a query each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.dossier.dossier import VERWIJDERD
from berichten.dossier.leveringen import TIJDELIJK
from berichten.opslag.basis.delen import BEDRAG, STOP_GELDT, TELT_MEE
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.berichten.berichten import lines_of


@dataclass(frozen=True, slots=True)
class Budgetrij:
    """An allocation with a budget that ran in the window. Cents."""

    agb: str
    nummer: int
    budget: int
    einde: date
    gebruikt: int
    bereikt_op: date | None
    laatst_op: date | None
    afgewezen_op: date | None


# Only of allocations that reached their budget is it looked at when.
_BUDGETTEN = Vraag(
    Budgetrij,
    """
    WITH gemeld AS MATERIALIZED (
        SELECT toewijzingnummer, soort, begindatum, einddatum FROM levering
        WHERE gemeente = %(g)s AND toewijzingnummer IS NOT NULL AND reden_beeindiging IS DISTINCT FROM '{tijdelijk}'
            AND verwijderd_door IS NULL
    ), {stop}, met_budget AS MATERIALIZED (
        SELECT t.agb, t.toewijzingnummer, t.budget, coalesce(t.einddatum, %(jaareinde)s) AS einde
        FROM toewijzing t LEFT JOIN stop USING (toewijzingnummer)
        WHERE t.gemeente = %(g)s AND t.budget IS NOT NULL AND t.reden_wijziging IS DISTINCT FROM '{verwijderd}'
            AND t.ingangsdatum <= %(tot)s AND least(coalesce(t.einddatum, 'infinity'), stop.einddatum) >= %(van)s
    ), gebruik AS (
        SELECT p.toewijzingnummer, p.einddatum, sum({bedrag}) AS bedrag FROM prestatie p
        WHERE p.gemeente = %(g)s AND {telt_mee} AND p.toewijzingnummer IN (SELECT toewijzingnummer FROM met_budget)
        GROUP BY 1, 2
    ), loop AS (
        SELECT toewijzingnummer, einddatum, bedrag,
            sum(bedrag) OVER (PARTITION BY toewijzingnummer ORDER BY einddatum) AS tot_dan FROM gebruik
    ), afgewezen AS (
        SELECT p.toewijzingnummer, max(least(d.dagtekening, %(tot)s)) AS op FROM prestatie p
        JOIN declaratie d ON d.gemeente = p.gemeente AND d.bericht_id = p.bericht_id
        JOIN bevinding v ON v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id AND v.hertoetsing = p.hertoetsing
            AND v.regel IN ('TR369', 'TR322')
        WHERE p.gemeente = %(g)s AND p.uitkomst = 'afgewezen' AND p.toewijzingnummer IN (SELECT toewijzingnummer FROM met_budget)
        GROUP BY 1
    )
    SELECT m.agb, m.toewijzingnummer AS nummer, m.budget, m.einde, coalesce(sum(loop.bedrag), 0)::bigint AS gebruikt,
        min(loop.einddatum) FILTER (WHERE loop.tot_dan >= m.budget) AS bereikt_op,
        max(least(loop.einddatum, %(tot)s)) FILTER (WHERE loop.tot_dan >= m.budget) AS laatst_op, af.op AS afgewezen_op
    FROM met_budget m LEFT JOIN loop USING (toewijzingnummer) LEFT JOIN afgewezen af USING (toewijzingnummer)
    GROUP BY m.agb, m.toewijzingnummer, m.budget, m.einde, af.op ORDER BY m.agb, m.toewijzingnummer
    """,
    stop=STOP_GELDT,
    bedrag=BEDRAG,
    telt_mee=TELT_MEE,
    verwijderd=VERWIJDERD,
    tijdelijk=TIJDELIJK,
)


def list_budgetten(verbinding: Connection, gemeente: str, van: date, tot: date) -> list[Budgetrij]:
    """Allocations with a budget that ran on any of these days, of all aanbieders."""
    return _BUDGETTEN.all(verbinding, {"g": gemeente, "van": van, "tot": tot, "jaareinde": date(tot.year, 12, 31)})


class Ingediendrij(NamedTuple):
    """Debit lines of an aanbieder, and cents."""

    agb: str
    regels: int
    bedrag: int


_REGELS = f"""
    FROM declaratie d JOIN bericht b ON b.gemeente = d.gemeente AND b.bericht_id = d.bericht_id
    JOIN prestatie p ON p.gemeente = d.gemeente AND {lines_of("b", "p")} AND NOT p.credit
    WHERE d.gemeente = %(g)s AND d.dagtekening BETWEEN %(van)s AND %(tot)s
"""
_INGEDIEND = Vraag(
    Ingediendrij,
    "SELECT p.agb, count(*) AS regels, sum(p.bedrag)::bigint AS bedrag {regels} GROUP BY p.agb ORDER BY p.agb",
    regels=_REGELS,
)


def list_ingediend(verbinding: Connection, gemeente: str, van: date, tot: date) -> list[Ingediendrij]:
    """What each aanbieder declared with a Dagtekening on these days."""
    return _INGEDIEND.all(verbinding, {"g": gemeente, "van": van, "tot": tot})


class Trefferrij(NamedTuple):
    """A line on which rules found something."""

    agb: str
    nummer: int
    dag: date
    regels: list[str]


_TREFFERS = Vraag(
    Trefferrij,
    """
    SELECT p.agb, p.prestatie_id AS nummer, d.dagtekening AS dag, array_agg(DISTINCT v.regel) AS regels
    FROM declaratie d JOIN prestatie p ON p.gemeente = d.gemeente AND p.bericht_id = d.bericht_id AND NOT p.credit
    JOIN bevinding v ON v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id AND v.hertoetsing = p.hertoetsing
        AND v.regel = ANY(%(regels)s::text[])
    WHERE d.gemeente = %(g)s AND d.dagtekening BETWEEN %(van)s AND %(tot)s
    GROUP BY p.agb, p.prestatie_id, d.dagtekening ORDER BY p.agb, p.prestatie_id
    """,
)


def list_treffers(verbinding: Connection, gemeente: str, van: date, tot: date, regels: Sequence[str]) -> list[Trefferrij]:
    """Lines with a Dagtekening on these days on which one of these rules found something, as they were checked last."""
    return _TREFFERS.all(verbinding, {"g": gemeente, "van": van, "tot": tot, "regels": list(regels)})


class Afwijsrij(NamedTuple):
    """A debit line that was rejected. Cents."""

    agb: str
    nummer: int
    dag: date
    bedrag: int


# The same care of the same allocation that was awarded later is what came in the place of the line.
_AFGEWEZEN = Vraag(
    Afwijsrij,
    """
    SELECT p.agb, p.prestatie_id AS nummer, d.dagtekening AS dag, p.bedrag {regels}
        AND p.uitkomst IN ('afgewezen', 'niet_beoordeeld')
        AND NOT EXISTS (SELECT FROM prestatie n WHERE n.gemeente = p.gemeente AND n.toewijzingnummer = p.toewijzingnummer
            AND n.begindatum = p.begindatum AND n.einddatum = p.einddatum AND n.productcode = p.productcode AND n.agb = p.agb
            AND n.prestatie_id > p.prestatie_id AND n.uitkomst = 'toegekend' AND NOT n.credit)
    ORDER BY p.agb, p.prestatie_id
    """,
    regels=_REGELS,
)


def list_afgewezen(verbinding: Connection, gemeente: str, van: date, tot: date) -> list[Afwijsrij]:
    """Lines with a Dagtekening on these days that were rejected, and of which the same care was not awarded since."""
    return _AFGEWEZEN.all(verbinding, {"g": gemeente, "van": van, "tot": tot})


class Startrij(NamedTuple):
    """An allocation of which the term for starting has passed."""

    agb: str
    nummer: int
    ingangsdatum: date
    op_tijd: bool


_STARTS = Vraag(
    Startrij,
    """
    SELECT t.agb, t.toewijzingnummer AS nummer, t.ingangsdatum,
        EXISTS (SELECT FROM levering l WHERE l.gemeente = t.gemeente AND l.agb = t.agb AND l.bsn = t.bsn AND l.soort = 'start'
            AND l.toewijzingnummer = t.toewijzingnummer AND l.verwijderd_door IS NULL
            AND l.begindatum <= t.ingangsdatum + %(binnen)s::int) AS op_tijd
    FROM toewijzing t
    WHERE t.gemeente = %(g)s AND t.ingangsdatum BETWEEN %(van)s AND %(tot)s AND t.ingangsdatum + %(binnen)s::int < %(dag)s
        AND t.reden_wijziging IS DISTINCT FROM '{verwijderd}'
    ORDER BY t.agb, t.toewijzingnummer
    """,
    verwijderd=VERWIJDERD,
)


def list_starts(verbinding: Connection, gemeente: str, van: date, tot: date, dag: date, binnen: int) -> list[Startrij]:
    """Allocations that began on these days and more than `binnen` days before `dag`."""
    return _STARTS.all(verbinding, {"g": gemeente, "van": van, "tot": tot, "dag": dag, "binnen": binnen})
