"""What was used of each allocation is kept as sums, up to a line that is set further every night; lines after it are added up.

A large declaration visited every older line of its allocations, twice: it takes the sums now. They are not kept by the message
itself, which would touch a row for nearly each of its lines, but by the night; and by whatever changes a line that was counted,
in its own statement.
"""

from typing import Any

from alembic import op

revision = "0039_toewijzingtotaal"
down_revision = "0038_regio"
branch_labels = None
depends_on = None
breekt = False

TABELLEN = """
CREATE TABLE toewijzingstand (
    gemeente text PRIMARY KEY,
    tot bigint NOT NULL DEFAULT 0,
    grens bigint NOT NULL DEFAULT 0,
    gezien bigint NOT NULL DEFAULT 0,
    gezien_op timestamp with time zone NOT NULL
);
COMMENT ON TABLE toewijzingstand IS 'Tot en met welke regel (prestatie_id) toewijzingtotaal is opgeteld (tot), en mag zijn (grens).
gezien: de laatste regel die er was op gezien_op; een uur later komt er onder dat nummer niets meer bij.';

CREATE TABLE toewijzingtotaal (
    gemeente text NOT NULL,
    agb text NOT NULL,
    toewijzingnummer bigint NOT NULL,
    productcode text NOT NULL,
    zorgjaar integer NOT NULL,
    bedrag bigint NOT NULL,
    uren bigint NOT NULL,
    overig bigint NOT NULL,
    debetminuten bigint NOT NULL,
    eerste date,
    laatste date,
    laatste_eraf date,
    PRIMARY KEY (toewijzingnummer, gemeente, agb, productcode, zorgjaar)
) WITH (fillfactor = 80);
COMMENT ON TABLE toewijzingtotaal IS 'Regels die tellen (toegekend of ter beoordeling), opgeteld tot en met toewijzingstand.tot; een
credit gaat eraf. De controle van de boeken houdt het tegen de regels. Bedragen in eurocenten.';
COMMENT ON COLUMN toewijzingtotaal.toewijzingnummer IS '-1: regels zonder toewijzing.';
COMMENT ON COLUMN toewijzingtotaal.zorgjaar IS 'Het jaar van de begindatum.';
COMMENT ON COLUMN toewijzingtotaal.uren IS 'Volume van regels in uren (eenheid 04); overig is dat van alle andere.';
COMMENT ON COLUMN toewijzingtotaal.debetminuten IS 'Minuten van debetregels in minuten of uren.';
COMMENT ON COLUMN toewijzingtotaal.eerste IS 'Geen regel met volume begon eerder.';
COMMENT ON COLUMN toewijzingtotaal.laatste IS 'Geen regel waarvan iets telt, eindigde later.';
COMMENT ON COLUMN toewijzingtotaal.laatste_eraf IS 'Na deze einddatum ging er niets af, door een credit of omdat een regel
wijzigde.';
SELECT zet_muur('toewijzingstand', 'SELECT', 'gemeente', 'gemeente', 'SELECT, INSERT, UPDATE (tot, grens, gezien, gezien_op)');
SELECT zet_muur('toewijzingtotaal', 'SELECT', 'gemeente', 'eigen',
    'SELECT, INSERT, UPDATE (bedrag, uren, overig, debetminuten, eerste, laatste, laatste_eraf)');
CREATE POLICY eigenaar ON toewijzingstand TO {eigenaar} USING (true);
CREATE POLICY eigenaar ON toewijzingtotaal TO {eigenaar} USING (true);
"""
# A line that was counted goes off as it was and comes on as it is: sums may be added in any order, so who changes lines of one
# allocation need not wait for each other longer than for its row. Who adds up does so while nobody else is at it: those who change
# lines, and who ask of many, take the lock of their gemeente together.
HERZIEN = """
CREATE FUNCTION herzie_toewijzingtotaal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
            max(einddatum) FILTER (WHERE bedrag > 0) AS laatste, max(einddatum) FILTER (WHERE bedrag <> 0) AS laatste_eraf
        FROM regel GROUP BY 1, 2, 3, 4, 5
    )
    INSERT INTO toewijzingtotaal AS t SELECT * FROM som ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (toewijzingnummer, gemeente, agb, productcode, zorgjaar) DO UPDATE SET
        bedrag = t.bedrag + excluded.bedrag, uren = t.uren + excluded.uren, overig = t.overig + excluded.overig,
        debetminuten = t.debetminuten + excluded.debetminuten, eerste = least(t.eerste, excluded.eerste),
        laatste = greatest(t.laatste, excluded.laatste), laatste_eraf = greatest(t.laatste_eraf, excluded.laatste_eraf);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION herzie_toewijzingtotaal() FROM PUBLIC;
COMMENT ON FUNCTION herzie_toewijzingtotaal() IS 'Houdt toewijzingtotaal bij als een opgetelde regel wijzigt.';
CREATE TRIGGER prestatie_herziet AFTER UPDATE ON prestatie REFERENCING OLD TABLE AS oud NEW TABLE AS nieuw
    FOR EACH STATEMENT EXECUTE FUNCTION herzie_toewijzingtotaal();
"""
EIGENAAR = "SELECT quote_ident(pg_get_userbyid(relowner)) FROM pg_class WHERE oid = 'public.alembic_version'::regclass"


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a statement is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    (eigenaar,) = driver.execute(EIGENAAR).fetchone()
    driver.execute(TABELLEN.format(eigenaar=eigenaar))
    driver.execute(HERZIEN)
