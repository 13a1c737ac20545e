"""Roles beheer and financien take two people: a grant waits until another person confirms it. And keys may have role privacy."""

from alembic import op

revision = "0015_twee_voor_een_rol"
down_revision = "0014_certificaat"
branch_labels = None
depends_on = None

TABEL = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE rol_toekenning
    ADD COLUMN wacht boolean NOT NULL DEFAULT false,
    ADD COLUMN bevestigd_door text NOT NULL DEFAULT '',
    ADD COLUMN bevestigd_op timestamp with time zone,
    ADD CHECK ((bevestigd_op IS NULL) = (bevestigd_door = '')),
    ADD CHECK (NOT wacht OR bevestigd_op IS NULL),
    ADD CHECK (bevestigd_door = '' OR bevestigd_door NOT IN (persoon_id, toegekend_door));
COMMENT ON COLUMN rol_toekenning.wacht IS 'Of een tweede haar nog moet bevestigen: tot dan geldt zij niet.';
SELECT zet_muur('rol_toekenning', 'UPDATE (wacht, bevestigd_door, bevestigd_op)');
ALTER TABLE api_sleutel DROP CONSTRAINT api_sleutel_rol_check, ADD CONSTRAINT api_sleutel_rol_check
    CHECK (rol IN ('aanbieder', 'gemeente', 'contractbeheer', 'financien', 'beheer', 'controle', 'privacy', 'regio'));
"""
FUNCTIES = """
CREATE FUNCTION twee_voor_een_rol() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- The organisation's own log-in gives by its own rules; and somebody has to be the first to run a gemeente.
        NEW.wacht := NEW.rol IN ('beheer', 'financien') AND NEW.toegekend_door NOT LIKE 'uitgever:%' AND (NEW.rol <> 'beheer'
            OR EXISTS (SELECT FROM rol_toekenning t WHERE t.gemeente = NEW.gemeente AND t.rol = 'beheer'));
        NEW.bevestigd_door := '';
        NEW.bevestigd_op := NULL;
    ELSIF OLD.wacht AND NOT NEW.wacht THEN
        IF NEW.bevestigd_op IS NULL OR NEW.ingetrokken_op IS NOT NULL OR persoon_van(NEW.gemeente, NEW.bevestigd_door)
                IN (NEW.persoon_id, persoon_van(NEW.gemeente, NEW.toegekend_door)) THEN
            RAISE EXCEPTION 'Een rol wordt bevestigd door een ander dan wie haar gaf of krijgt.';
        END IF;
    ELSIF (NEW.wacht, NEW.bevestigd_door, NEW.bevestigd_op) IS DISTINCT FROM (OLD.wacht, OLD.bevestigd_door, OLD.bevestigd_op) THEN
        RAISE EXCEPTION 'Een rol wordt een keer bevestigd.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rol_toekenning_twee BEFORE INSERT OR UPDATE ON rol_toekenning FOR EACH ROW EXECUTE FUNCTION twee_voor_een_rol();
CREATE TRIGGER rol_toekenning_bevestigd_door_mens BEFORE UPDATE ON rol_toekenning FOR EACH ROW WHEN (NEW.bevestigd_op IS NOT NULL)
    EXECUTE FUNCTION weiger_systeem('bevestigd_door');

CREATE OR REPLACE FUNCTION weiger_sleutel_zonder_rol() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM rol_toekenning t WHERE t.gemeente = NEW.gemeente AND t.persoon_id = NEW.persoon_id
            AND t.rol = NEW.rol AND t.agb IS NOT DISTINCT FROM NEW.agb AND t.ingetrokken_op IS NULL AND NOT t.wacht
            AND (NEW.aangemaakt_op AT TIME ZONE 'Europe/Amsterdam')::date <= t.tot) THEN
        RAISE EXCEPTION 'De eigenaar heeft de rol % niet. Geef die eerst, met: berichten gebruiker rol.', NEW.rol;
    END IF;
    RETURN NEW;
END $$;
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver = op.get_bind().connection.driver_connection
    driver.execute(TABEL)
    driver.execute(FUNCTIES)
