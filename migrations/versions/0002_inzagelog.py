"""Who looked: the access log, one row a look and one a client that it showed. Rows are added and never change."""

from alembic import op

revision = "0002_inzagelog"
down_revision = "0001_start"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE inzagelog (
    gemeente text NOT NULL,
    log_id uuid NOT NULL,
    tijd timestamp with time zone NOT NULL,
    gebeurtenis text NOT NULL,
    actie text NOT NULL CHECK (actie IN ('C', 'R', 'U', 'D', 'E')),
    uitkomst text NOT NULL CHECK (uitkomst IN ('getoond', 'niet_gevonden', 'geweigerd')),
    door text NOT NULL,
    namens text NOT NULL,
    rol text NOT NULL,
    machtiging bigint,
    doel text NOT NULL,
    reden text NOT NULL,
    object_soort text NOT NULL,
    object_id text NOT NULL,
    bsn_getoond boolean NOT NULL,
    aantal integer NOT NULL,
    bron text NOT NULL,
    spoor text NOT NULL,
    PRIMARY KEY (gemeente, log_id)
);
CREATE INDEX inzagelog_tijd ON inzagelog (gemeente, tijd, log_id);
CREATE TABLE inzagelog_client (
    gemeente text NOT NULL,
    client bytea NOT NULL CHECK (length(client) = 16),
    tijd timestamp with time zone NOT NULL,
    log_id uuid NOT NULL,
    PRIMARY KEY (gemeente, client, tijd, log_id)
);
CREATE TABLE inzagelog_teller (
    gemeente text NOT NULL,
    dag date NOT NULL,
    door text NOT NULL,
    keren bigint NOT NULL,
    PRIMARY KEY (gemeente, dag, door)
);
"""
# What is not shown is counted for ever and kept 200 times a day of one sender: a flood does not fill the disk.
WEIGERINGEN = """
CREATE FUNCTION tel_niet_getoond() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE geteld bigint;
BEGIN
    INSERT INTO public.inzagelog_teller AS teller (gemeente, dag, door, keren)
    VALUES (NEW.gemeente, (NEW.tijd AT TIME ZONE 'UTC')::date, NEW.door, 1)
    ON CONFLICT (gemeente, dag, door) DO UPDATE SET keren = teller.keren + 1 RETURNING keren INTO geteld;
    RETURN CASE WHEN geteld <= 200 THEN NEW END;
END $$;
REVOKE ALL ON FUNCTION tel_niet_getoond() FROM PUBLIC;
CREATE TRIGGER inzagelog_begrensd BEFORE INSERT ON inzagelog FOR EACH ROW WHEN (NEW.uitkomst <> 'getoond')
    EXECUTE FUNCTION tel_niet_getoond();
"""
BLIJFT = """
CREATE TRIGGER {tabel}_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON {tabel}
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
"""
# Readers add a row to what they read, and only staff of the gemeente may read it back.
LEZERS = """
ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY;
CREATE POLICY eigen_rijen ON {tabel} FOR SELECT TO berichten_lezer
    USING (gemeente = current_setting('berichten.gemeente', true) AND current_setting('berichten.agb', true) = '');
CREATE POLICY erbij ON {tabel} FOR INSERT TO berichten_lezer WITH CHECK (gemeente = current_setting('berichten.gemeente', true));
GRANT SELECT, INSERT ON {tabel} TO berichten_lezer;
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver = op.get_bind().connection.driver_connection
    driver.execute(TABELLEN)
    driver.execute(WEIGERINGEN)
    driver.execute("ALTER TABLE inzagelog_teller ENABLE ROW LEVEL SECURITY")
    for tabel in ("inzagelog", "inzagelog_client"):
        driver.execute(BLIJFT.format(tabel=tabel))
        driver.execute(LEZERS.format(tabel=tabel))
