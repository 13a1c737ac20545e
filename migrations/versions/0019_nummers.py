"""A number is a moment (decision 29): that of a message, a decision, a run, a block or an account counts nobody else's.

Numbers that were given stay. Those that come are a milliard and the tenths of seconds since 2026, or one more than the last when
that is higher. The milliard makes them ten digits: of numbers of nine, one in eleven would pass for a burgerservicenummer.
"""

from typing import Any

from alembic import op

revision = "0019_nummers"
down_revision = "0018_logins_per_werk"
branch_labels = None
depends_on = None

KOLOMMEN = {
    "bericht": "volgnummer",
    "besluit": "besluit_id",
    "betaalblokkade": "blokkade_id",
    "betaalrekening": "rekening_id",
    "betaalrun": "run_id",
}
FUNCTIE = """
CREATE FUNCTION geef_nummer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    reeks regclass := pg_get_serial_sequence(format('public.%I', TG_TABLE_NAME), TG_ARGV[0]);
    nu bigint := 1000000000 + floor(extract(epoch FROM clock_timestamp() - timestamptz '2026-01-01 00:00:00+00') * 10);
    slot bigint := hashtextextended('nummer ' || reeks::oid, 0);
    nummer bigint;
BEGIN
    -- Of the session, and let go at once: nobody waits for another's transaction.
    PERFORM pg_advisory_lock(slot);
    nummer := nextval(reeks);
    IF nummer < nu THEN
        nummer := setval(reeks, nu);
    END IF;
    PERFORM pg_advisory_unlock(slot);
    RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], nummer));
EXCEPTION WHEN query_canceled OR OTHERS THEN
    PERFORM pg_advisory_unlock(slot);
    RAISE;
END $$;
REVOKE EXECUTE ON FUNCTION geef_nummer() FROM PUBLIC;
COMMENT ON FUNCTION geef_nummer() IS 'Een miljard en de tienden van seconden sinds 2026, of een meer dan het laatste als
dat hoger is: zo vertelt een nummer wanneer iets kwam, en niet hoeveel er van anderen kwam.';
"""
LAATSTE = "SELECT last_value FROM {tabel}_{kolom}_seq"
REEKS = """
ALTER TABLE {tabel} ALTER COLUMN {kolom} DROP IDENTITY;
CREATE SEQUENCE {tabel}_{kolom}_reeks OWNED BY {tabel}.{kolom};
SELECT setval('{tabel}_{kolom}_reeks', {laatste});
CREATE TRIGGER {tabel}_nummer BEFORE INSERT ON {tabel} FOR EACH ROW WHEN (NEW.{kolom} IS NULL)
    EXECUTE FUNCTION geef_nummer('{kolom}');
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute("SET LOCAL lock_timeout = '5s'")
    driver.execute(FUNCTIE)
    for tabel, kolom in KOLOMMEN.items():
        # Who owns the table sees no rows of it, and does see how far its numbers were.
        (laatste,) = driver.execute(LAATSTE.format(tabel=tabel, kolom=kolom)).fetchone()
        driver.execute(REEKS.format(tabel=tabel, kolom=kolom, laatste=laatste))
