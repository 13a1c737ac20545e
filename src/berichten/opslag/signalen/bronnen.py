"""What signals are reckoned from, of all aanbieders of a gemeente at once: a query for each source, however many lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from berichten.dossier.dossier import VERWIJDERD
from berichten.dossier.leveringen import TIJDELIJK
from berichten.opslag.basis.delen import BEDRAG, STOP_GELDT, TELT_MEE, WACHT
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


class Ruimterij(NamedTuple):
    """What an aanbieder may spend on a day, and what of it was used. Cents."""

    agb: str
    segment: str
    soort: str
    periode_van: date
    periode_tot: date | None
    bedrag: int
    gebruikt: int


# As DA12 has it (opslag/dossiers/eigen_feiten.py): a row for everyone counts for each aanbieder by itself, unless that has its own.
# Held at the moment was what waits now, and a line whose first decision came since, unless it was awarded at once.
_RUIMTES = Vraag(
    Ruimterij,
    """
    WITH later AS MATERIALIZED (
        SELECT bericht_id FROM bericht WHERE gemeente = %(g)s AND verwerkt_op > %(t)s
    ), besloten AS MATERIALIZED (
        SELECT s.prestatie_id FROM besluit s WHERE s.gemeente = %(g)s AND s.definitief
        GROUP BY s.prestatie_id HAVING min(s.genomen_op) > %(t)s
    ), regel AS MATERIALIZED (
        SELECT agb, zorgmaand AS dag, productcode, sum(toegekend + gecrediteerd + correcties) AS bedrag, true AS per_maand
        FROM boektotaal WHERE gemeente = %(g)s AND boekdag <= %(op)s GROUP BY 1, 2, 3
        UNION ALL
        SELECT p.agb, p.begindatum, p.productcode, p.bedrag, false FROM prestatie p
        WHERE p.gemeente = %(g)s AND p.{wacht} AND NOT EXISTS (SELECT FROM later WHERE later.bericht_id = p.bericht_id)
        UNION ALL
        SELECT p.agb, p.begindatum, p.productcode, p.bedrag, false
        FROM besloten JOIN prestatie p ON p.gemeente = %(g)s AND p.prestatie_id = besloten.prestatie_id
        WHERE NOT p.{wacht} AND NOT EXISTS (SELECT FROM later WHERE later.bericht_id = p.bericht_id)
            AND NOT EXISTS (SELECT FROM journaal j WHERE j.gemeente = p.gemeente AND j.prestatie_id = p.prestatie_id
                AND j.boeking = 1 AND j.besluit_id IS NULL)
    ), product AS MATERIALIZED (
        SELECT dag, productcode, (SELECT segment FROM pdc WHERE pdc.gemeente = %(g)s AND pdc.productcode = d.productcode
            ORDER BY d.dag BETWEEN ingangsdatum AND coalesce(einddatum, 'infinity') DESC, ingangsdatum DESC LIMIT 1) AS segment
        FROM (SELECT DISTINCT dag, productcode FROM regel) AS d
    ), wie AS (SELECT DISTINCT agb FROM regel)
    SELECT wie.agb, r.segment, r.soort, r.periode_van, r.periode_tot, r.bedrag, sum(regel.bedrag)::bigint AS gebruikt
    FROM bestedingsruimte r JOIN wie ON r.agb = wie.agb OR r.agb = '' AND NOT EXISTS (SELECT FROM bestedingsruimte eigen
        WHERE eigen.gemeente = r.gemeente AND eigen.agb = wie.agb AND eigen.segment = r.segment AND eigen.soort = r.soort
            AND eigen.periode_van <= coalesce(r.periode_tot, 'infinity')
            AND coalesce(eigen.periode_tot, 'infinity') >= r.periode_van)
    JOIN regel ON regel.agb = wie.agb AND regel.dag <= coalesce(r.periode_tot, 'infinity')
        AND regel.dag >= CASE WHEN regel.per_maand THEN date_trunc('month', r.periode_van)::date ELSE r.periode_van END
    JOIN product USING (dag, productcode)
    WHERE r.gemeente = %(g)s AND r.periode_van <= %(dag)s AND coalesce(r.periode_tot, 'infinity') >= %(dag)s
        AND r.segment IN ('', product.segment)
    GROUP BY wie.agb, r.segment, r.soort, r.periode_van, r.periode_tot, r.bedrag ORDER BY wie.agb, r.segment, r.soort
    """,
    wacht=WACHT,
)


def list_alle_ruimtes(verbinding: Connection, gemeente: str, dag: date, op: date, moment: datetime) -> list[Ruimterij]:
    """Of every aanbieder of whom anything was awarded or held, the room that holds on `dag`, and what of it was used.

    By the moment, which is the end of day `op` or earlier on it.
    """
    return _RUIMTES.all(verbinding, {"g": gemeente, "dag": dag, "op": op, "t": moment})


class Papierrij(NamedTuple):
    """A paper of an aanbieder, and whether a contract of it runs. Cents."""

    agb: str
    contract_loopt: bool
    soort: str
    kenmerk: str
    naam: str
    van: date
    tot: date | None
    toestemming_op: date | None
    omzet: int | None
    resultaat: int | None
    waarde: int | None


_PAPIEREN = Vraag(
    Papierrij,
    """
    SELECT c.agb, EXISTS (SELECT FROM contract k WHERE k.gemeente = c.gemeente AND k.agb = c.agb
            AND %(dag)s BETWEEN k.ingangsdatum AND coalesce(k.einddatum, 'infinity')) AS contract_loopt,
        c.soort, c.kenmerk, c.naam, c.van, c.tot, c.toestemming_op, c.omzet, c.resultaat, c.waarde
    FROM contractdossier c WHERE c.gemeente = %(g)s AND (%(a)s::text IS NULL OR c.agb = %(a)s)
    ORDER BY c.agb, c.soort, c.kenmerk, c.van
    """,
)


def list_papieren(verbinding: Connection, gemeente: str, dag: date, agb: str | None = None) -> list[Papierrij]:
    """Papers of all aanbieders or of one, by kind."""
    return _PAPIEREN.all(verbinding, {"g": gemeente, "dag": dag, "a": agb})


class Zorgjaarrij(NamedTuple):
    """An aanbieder with awarded care in a year."""

    agb: str


_ZORGJAAR = Vraag(
    Zorgjaarrij,
    """
    SELECT agb FROM boektotaal WHERE gemeente = %(g)s AND zorgmaand BETWEEN %(van)s AND %(tot)s
    GROUP BY agb HAVING sum(toegekend + gecrediteerd + correcties) > 0 ORDER BY agb
    """,
)


def list_with_care(verbinding: Connection, gemeente: str, jaar: int) -> list[str]:
    """Aanbieders of whom care of a year was awarded."""
    waarden = {"g": gemeente, "van": date(jaar, 1, 1), "tot": date(jaar, 12, 31)}
    return [rij.agb for rij in _ZORGJAAR.all(verbinding, waarden)]


class Verantwoordrij(NamedTuple):
    """An aanbieder who accounted for a year."""

    agb: str


_VERANTWOORD = Vraag(
    Verantwoordrij,
    "SELECT DISTINCT agb FROM productieverantwoording WHERE gemeente = %(g)s AND jaar = %(jaar)s ORDER BY agb",
)


def list_verantwoord(verbinding: Connection, gemeente: str, jaar: int) -> list[str]:
    """Aanbieders of whom a productieverantwoording over a year was loaded."""
    return [rij.agb for rij in _VERANTWOORD.all(verbinding, {"g": gemeente, "jaar": jaar})]


class Termijnrij(NamedTuple):
    """What was agreed with an aanbieder, and until when."""

    agb: str
    wat: str
    nummer: int
    termijn: date


_TERMIJNEN = Vraag(
    Termijnrij,
    """
    SELECT agb, 'maatregel' AS wat, maatregel_id AS nummer, hersteltermijn AS termijn FROM maatregel
    WHERE gemeente = %(g)s AND hersteltermijn < %(dag)s AND geldig_op IS NOT NULL AND herstel_op IS NULL AND einde IS NULL
    UNION ALL
    SELECT s.agb, 'afspraak', s.signaal_id, st.termijn FROM signaal s
    JOIN signaal_stap st ON st.gemeente = s.gemeente AND st.signaal_id = s.signaal_id AND st.stap = s.stappen
    WHERE s.gemeente = %(g)s AND s.staat = 'gesprek' AND st.termijn < %(dag)s
    ORDER BY 1, 2, 3
    """,
)


def list_termijnen(verbinding: Connection, gemeente: str, dag: date) -> list[Termijnrij]:
    """Terms of measures and agreements that are over, and of which nobody noted that it is in order."""
    return _TERMIJNEN.all(verbinding, {"g": gemeente, "dag": dag})


class Stoprij(NamedTuple):
    """An allocation for a client who was not there before a stop."""

    agb: str
    maatregel_id: int
    van: date
    nummer: int
    dag: date


_STOPS = Vraag(
    Stoprij,
    """
    SELECT m.agb, m.maatregel_id, m.van, t.toewijzingnummer AS nummer, t.toewijzingsdatum AS dag
    FROM maatregel m JOIN toewijzing t ON t.gemeente = m.gemeente AND t.agb = m.agb
        AND t.toewijzingsdatum BETWEEN m.van AND coalesce(least(m.einde, m.tot), 'infinity')
        AND t.reden_wijziging IS DISTINCT FROM '{verwijderd}'
    WHERE m.gemeente = %(g)s AND m.soort = 'clientenstop' AND m.geldig_op IS NOT NULL
        AND (m.categorie = '' OR t.categorie = m.categorie)
        AND (m.segment = '' OR EXISTS (SELECT FROM pdc WHERE pdc.gemeente = t.gemeente AND pdc.segment = m.segment
            AND (pdc.productcode = t.productcode OR t.productcode IS NULL AND pdc.productcategorie = t.categorie)))
        AND NOT EXISTS (SELECT FROM toewijzing o WHERE o.gemeente = t.gemeente AND o.agb = t.agb AND o.bsn = t.bsn
            AND o.ingangsdatum < m.van AND coalesce(o.einddatum, 'infinity') >= m.van - 1
            AND o.reden_wijziging IS DISTINCT FROM '{verwijderd}' AND (m.categorie = '' OR o.categorie = m.categorie)
            AND (m.segment = '' OR EXISTS (SELECT FROM pdc WHERE pdc.gemeente = o.gemeente AND pdc.segment = m.segment
                AND (pdc.productcode = o.productcode OR o.productcode IS NULL AND pdc.productcategorie = o.categorie))))
    ORDER BY m.agb, m.maatregel_id, t.toewijzingnummer
    """,
    verwijderd=VERWIJDERD,
)


def list_in_stop(verbinding: Connection, gemeente: str) -> list[Stoprij]:
    """Allocations given out in a stop for clients who had none there on the day before it began."""
    return _STOPS.all(verbinding, {"g": gemeente})


def group_by_agb(rijen: Sequence[Any]) -> dict[str, list[Any]]:
    """Rows by aanbieder, in their order."""
    groepen: dict[str, list[Any]] = {}
    for rij in rijen:
        groepen.setdefault(rij.agb, []).append(rij)
    return groepen
