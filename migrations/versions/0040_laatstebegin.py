"""When the last line of an allocation began is kept with its sums: who bills a later period asks for no older lines (TR389).

The sums that there are do not tell it: they are taken away, and the next night adds up anew. Till then a large declaration visits
the older lines of its allocations, as before 0039. An older version that runs beside this one adds up no more: what it would write
has no such day.
"""

from typing import Any

from alembic import op

revision = "0040_laatstebegin"
down_revision = "0039_toewijzingtotaal"
branch_labels = None
depends_on = None
breekt = False

# In the order in which they are read, so that whoever has read up to where the sums go is done with them first.
OPNIEUW = """
LOCK TABLE toewijzingstand, toewijzingtotaal IN ACCESS EXCLUSIVE MODE;
TRUNCATE toewijzingtotaal;
UPDATE toewijzingstand SET tot = 0;
ALTER TABLE toewijzingtotaal ADD COLUMN laatste_begin date NOT NULL;
COMMENT ON COLUMN toewijzingtotaal.laatste_begin IS 'Geen regel begon later.';
SELECT zet_muur('toewijzingtotaal', 'SELECT', 'gemeente', 'eigen',
    'SELECT, INSERT, UPDATE (bedrag, uren, overig, debetminuten, eerste, laatste, laatste_eraf, laatste_begin)');
"""
HERZIEN = """
CREATE OR REPLACE FUNCTION herzie_toewijzingtotaal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('toewijzingtotaal ' || gemeente, 0))
        FROM (SELECT DISTINCT gemeente FROM nieuw ORDER BY gemeente) AS g;
    WITH regel AS (
        SELECT keer, p.gemeente, agb, coalesce(toewijzingnummer, -1) AS toewijzingnummer, productcode, begindatum, einddatum,
            eenheid, credit, toegekend_volume, coalesce(toegekend_volume, volume) AS volume,
            keer * coalesce(toegekend_bedrag, bedrag) AS bedrag
        FROM (SELECT -1 AS keer, * FROM oud UNION ALL SELECT 1, * FROM nieuw) AS p
        JOIN toewijzingstand s ON s.gemeente = p.gemeente AND p.prestatie_id <= s.tot
        WHERE uitkomst IN ('toegekend', 'ter_beoordeling')
    ), som AS MATERIALIZED (
        SELECT gemeente, agb, toewijzingnummer, productcode, extract(year FROM begindatum)::int AS zorgjaar, sum(bedrag) AS bedrag,
            coalesce(sum(keer * volume * CASE WHEN credit THEN -1 ELSE 1 END) FILTER (WHERE eenheid = '04'), 0) AS uren,
            coalesce(sum(keer * volume * CASE WHEN credit THEN -1 ELSE 1 END) FILTER (WHERE eenheid <> '04'), 0) AS overig,
            coalesce(sum(keer * volume * CASE eenheid WHEN '01' THEN 1 WHEN '04' THEN 60 ELSE 0 END) FILTER (WHERE NOT credit), 0)
                AS debetminuten,
            min(begindatum) FILTER (WHERE toegekend_volume IS NULL OR toegekend_volume > 0) AS eerste,
            max(einddatum) FILTER (WHERE bedrag > 0) AS laatste, max(einddatum) FILTER (WHERE bedrag <> 0) AS laatste_eraf,
            max(begindatum) AS laatste_begin
        FROM regel GROUP BY 1, 2, 3, 4, 5
    )
    INSERT INTO toewijzingtotaal AS t SELECT * FROM som ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (toewijzingnummer, gemeente, agb, productcode, zorgjaar) DO UPDATE SET
        bedrag = t.bedrag + excluded.bedrag, uren = t.uren + excluded.uren, overig = t.overig + excluded.overig,
        debetminuten = t.debetminuten + excluded.debetminuten, eerste = least(t.eerste, excluded.eerste),
        laatste = greatest(t.laatste, excluded.laatste), laatste_eraf = greatest(t.laatste_eraf, excluded.laatste_eraf),
        laatste_begin = greatest(t.laatste_begin, excluded.laatste_begin);
    RETURN NULL;
END $$;
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a statement is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(OPNIEUW)
    driver.execute(HERZIEN)
