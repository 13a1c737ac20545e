"""What signals are reckoned from that are about something by itself: room, papers, accounts, terms and stops. A query each."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.dossier.dossier import VERWIJDERD
from berichten.opslag.basis.delen import WACHT
from berichten.opslag.basis.vraag import Vraag


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
    JOIN regel ON regel.agb = wie.agb AND regel.dag <= least(coalesce(r.periode_tot, 'infinity'), %(zorg_tot)s)
        AND regel.dag >= CASE WHEN regel.per_maand THEN date_trunc('month', r.periode_van)::date ELSE r.periode_van END
    JOIN product USING (dag, productcode)
    WHERE r.gemeente = %(g)s AND r.periode_van <= %(dag)s AND coalesce(r.periode_tot, 'infinity') >= %(dag)s
        AND r.segment IN ('', product.segment)
    GROUP BY wie.agb, r.segment, r.soort, r.periode_van, r.periode_tot, r.bedrag ORDER BY wie.agb, r.segment, r.soort
    """,
    wacht=WACHT,
)


def list_alle_ruimtes(
    verbinding: Connection, gemeente: str, dag: date, op: date, moment: datetime, zorg_tot: date = date.max
) -> list[Ruimterij]:
    """Of every aanbieder of whom anything was awarded or held, the room that holds on `dag`, and what of it was used.

    By the moment, which is the end of day `op` or earlier on it; of care up to `zorg_tot`, inclusive.
    """
    return _RUIMTES.all(verbinding, {"g": gemeente, "dag": dag, "op": op, "t": moment, "zorg_tot": zorg_tot})


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


_ZORGJAAR = Vraag(
    str,
    """
    SELECT agb FROM boektotaal WHERE gemeente = %(g)s AND zorgmaand BETWEEN %(van)s AND %(tot)s
    GROUP BY agb HAVING sum(toegekend + gecrediteerd + correcties) > 0 ORDER BY agb
    """,
)


def list_with_care(verbinding: Connection, gemeente: str, jaar: int) -> list[str]:
    """Aanbieders of whom care of a year was awarded."""
    waarden = {"g": gemeente, "van": date(jaar, 1, 1), "tot": date(jaar, 12, 31)}
    return _ZORGJAAR.all(verbinding, waarden)


_VERANTWOORD = Vraag(
    str,
    "SELECT DISTINCT agb FROM productieverantwoording WHERE gemeente = %(g)s AND jaar = %(jaar)s ORDER BY agb",
)


def list_verantwoord(verbinding: Connection, gemeente: str, jaar: int) -> list[str]:
    """Aanbieders of whom a productieverantwoording over a year was loaded."""
    return _VERANTWOORD.all(verbinding, {"g": gemeente, "jaar": jaar})


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
