"""Refused attempts: how often the same bytes came, found fast, and removable. Findings of what was taken stay for ever."""

from alembic import op

revision = "2026_11_30_weigeringen"
down_revision = "2026_11_30_contacten"
branch_labels = None
depends_on = None

WEIGERINGEN = """
ALTER TABLE bericht ADD COLUMN keren integer NOT NULL DEFAULT 1 CHECK (keren > 0);
ALTER TABLE bericht ADD COLUMN laatst_geweigerd_op timestamptz;
COMMENT ON COLUMN bericht.keren IS 'Hoe vaak precies deze bytes zijn geweigerd; bij een aangenomen bericht altijd 1.';
CREATE INDEX bericht_geweigerd ON bericht (gemeente, afzender, sha256) WHERE status = 'geweigerd';
CREATE INDEX bericht_geweigerd_op ON bericht (gemeente, afzender, ontvangen_op) WHERE status = 'geweigerd';

CREATE FUNCTION weiger_wissen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM bericht b
               WHERE b.gemeente = OLD.gemeente AND b.bericht_id = OLD.bericht_id AND b.status <> 'geweigerd') THEN
        RAISE EXCEPTION 'Tabel % is alleen om aan toe te voegen: een boeking of bevinding wordt nooit gewijzigd.', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;
DROP TRIGGER bevinding_alleen_erbij ON bevinding;
CREATE TRIGGER bevinding_alleen_erbij BEFORE UPDATE OR TRUNCATE ON bevinding
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER bevinding_blijft BEFORE DELETE ON bevinding FOR EACH ROW EXECUTE FUNCTION weiger_wissen();
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(WEIGERINGEN)
