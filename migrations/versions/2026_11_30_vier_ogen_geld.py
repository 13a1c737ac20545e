"""The database itself refuses that one person confirms its own account, or lifts a block that it alone proposed to lift."""

from alembic import op

revision = "2026_11_30_vier_ogen_geld"
down_revision = "2026_11_30_kader_verlenging"
branch_labels = None
depends_on = None

TREKKERS = """
CREATE FUNCTION weiger_eigen_rekening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM betaalrekening r WHERE r.gemeente = NEW.gemeente AND r.rekening_id = NEW.rekening_id
            AND persoon_van(r.gemeente, r.vastgelegd_door) = persoon_van(NEW.gemeente, NEW.door)) THEN
        RAISE EXCEPTION 'Een bankrekening wordt bevestigd door een ander dan wie haar vastlegde.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rekeningoordeel_vier_ogen BEFORE INSERT ON rekeningoordeel FOR EACH ROW
    WHEN (NEW.oordeel = 'bevestigd') EXECUTE FUNCTION weiger_eigen_rekening();

CREATE FUNCTION weiger_eigen_opheffing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    laatste record;
BEGIN
    SELECT soort, door INTO laatste FROM opheffingsstap
        WHERE gemeente = NEW.gemeente AND blokkade_id = NEW.blokkade_id ORDER BY stap DESC LIMIT 1;
    IF laatste.soort IS DISTINCT FROM 'voorgesteld'
            OR persoon_van(NEW.gemeente, laatste.door) = persoon_van(NEW.gemeente, NEW.opgeheven_door) THEN
        RAISE EXCEPTION 'Een blokkade wordt opgeheven door een ander dan wie de opheffing voorstelde.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER betaalblokkade_vier_ogen BEFORE UPDATE ON betaalblokkade FOR EACH ROW
    WHEN (OLD.opgeheven_op IS NULL AND NEW.opgeheven_op IS NOT NULL) EXECUTE FUNCTION weiger_eigen_opheffing();
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TREKKERS)
