"""Delivery records are contacts: equal ones stand beside each other, each may have a number, and nothing is forgotten.

`volgnummer` tells equal contacts apart. What a later file replaced or withdrew moves to verantwoording_eerder, so that no question
about what stands can forget to leave it out.
"""

from alembic import op

revision = "2026_11_30_contacten"
down_revision = "2026_11_29_monitor"
branch_labels = None
depends_on = None

CONTACTEN = """
ALTER TABLE verantwoording ADD COLUMN contactnummer text NOT NULL DEFAULT '';
ALTER TABLE verantwoording ADD COLUMN volgnummer integer NOT NULL DEFAULT 1 CHECK (volgnummer > 0);
DO $$
DECLARE naam text;
BEGIN
    SELECT conname INTO STRICT naam FROM pg_constraint WHERE conrelid = 'verantwoording'::regclass AND contype = 'u';
    EXECUTE format('ALTER TABLE verantwoording DROP CONSTRAINT %I', naam);
END $$;
ALTER TABLE verantwoording ADD CONSTRAINT verantwoording_contact UNIQUE NULLS NOT DISTINCT (
    gemeente, agb, referentienummer, toewijzingnummer, maand, datum, soort, niveau, registratie, contactnummer, minuten,
    volgnummer);
CREATE INDEX verantwoording_contactnummer ON verantwoording (gemeente, agb, contactnummer) WHERE contactnummer <> '';

CREATE TABLE verantwoording_eerder (
    LIKE verantwoording,
    vervallen_op timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX verantwoording_eerder_regel ON verantwoording_eerder (gemeente, agb, referentienummer, vervallen_op);
COMMENT ON TABLE verantwoording_eerder IS 'Append-only. Contacten die een latere aanlevering verving of introk.';
CREATE TRIGGER verantwoording_eerder_alleen_erbij BEFORE UPDATE OR DELETE OR TRUNCATE ON verantwoording_eerder
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
GRANT SELECT ON verantwoording_eerder TO berichten_lezer;
ALTER TABLE verantwoording_eerder ENABLE ROW LEVEL SECURITY;
CREATE POLICY eigen_rijen ON verantwoording_eerder FOR SELECT TO berichten_lezer USING (
    gemeente = current_setting('berichten.gemeente', true) AND current_setting('berichten.agb', true) IN ('', agb));
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(CONTACTEN)
