"""The access log costs one row a look: its clients stand in that row, and get rows of their own once their day is sealed."""

from alembic import op

revision = "0012_inzagelogzegel"
down_revision = "0009_inlogstaat"
branch_labels = None
depends_on = None

# Who owns the table sees its rows only while the wall does not hold for him, and may change them only without the trigger.
BIJ_ELKAAR = """
ALTER TABLE inzagelog ADD COLUMN clienten bytea NOT NULL DEFAULT '';
ALTER TABLE inzagelog ALTER COLUMN clienten DROP DEFAULT, ALTER COLUMN clienten SET STORAGE EXTERNAL;
ALTER TABLE inzagelog NO FORCE ROW LEVEL SECURITY;
ALTER TABLE inzagelog_client NO FORCE ROW LEVEL SECURITY;
ALTER TABLE inzagelog DISABLE TRIGGER inzagelog_alleen_erbij;
UPDATE inzagelog l SET clienten = c.clienten
FROM (
    SELECT gemeente, tijd, log_id, string_agg(client, ''::bytea ORDER BY client) AS clienten
    FROM inzagelog_client GROUP BY gemeente, tijd, log_id
) AS c
WHERE (l.gemeente, l.tijd, l.log_id) = (c.gemeente, c.tijd, c.log_id);
ALTER TABLE inzagelog ENABLE TRIGGER inzagelog_alleen_erbij;
ALTER TABLE inzagelog FORCE ROW LEVEL SECURITY;
ALTER TABLE inzagelog_client FORCE ROW LEVEL SECURITY;
ALTER TABLE inzagelog ADD CONSTRAINT inzagelog_clienten_check CHECK (length(clienten) = 16 * aantal);
COMMENT ON COLUMN inzagelog.clienten IS 'Pseudoniemen van wie getoond zijn, op volgorde, zestien bytes elk.';
COMMENT ON TABLE inzagelog_client IS 'Wie getoond zijn, om op te zoeken: van dagen waarover een zegel is gezet.';
"""
# One index for what is asked by time and for what is asked by number, filled from left to right.
SLEUTEL = """
ALTER TABLE inzagelog DROP CONSTRAINT inzagelog_pkey;
DROP INDEX inzagelog_tijd;
ALTER TABLE inzagelog ADD PRIMARY KEY (gemeente, tijd, log_id);
"""
# Who looks adds nothing to it any more; who seals does.
LEZER_WEG = """
DROP POLICY {rol}_erbij ON inzagelog_client;
REVOKE INSERT ON inzagelog_client FROM {wie};
"""
ZEGEL = """
CREATE TABLE inzagelogzegel (
    gemeente text NOT NULL,
    dag date NOT NULL,
    aantal bigint NOT NULL,
    clienten bigint NOT NULL,
    vingerafdruk bytea NOT NULL CHECK (length(vingerafdruk) = 32),
    zegel bytea NOT NULL CHECK (length(zegel) = 32),
    gezet_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, dag)
);
COMMENT ON TABLE inzagelogzegel IS 'Per dag een zegel over de regels van het inzagelog, en over het zegel ervoor.';
SELECT zet_muur('inzagelogzegel', 'SELECT, INSERT', 'gemeente');
CREATE TRIGGER inzagelogzegel_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON inzagelogzegel
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
"""
NAAM = """
SELECT quote_ident(regexp_replace(pg_get_userbyid(relowner), 'eigenaar$', '') || %s) FROM pg_class
WHERE oid = 'public.alembic_version'::regclass
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a statement is no place for a value.
    driver = op.get_bind().connection.driver_connection
    driver.execute(BIJ_ELKAAR)
    driver.execute(SLEUTEL)
    for rol in ("staf", "aanbieder"):
        (wie,) = driver.execute(NAAM, (rol,)).fetchone()
        driver.execute(LEZER_WEG.format(rol=rol, wie=wie))
    driver.execute(ZEGEL)
