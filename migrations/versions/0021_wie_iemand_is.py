"""Who somebody is: by a password that nobody else knows, and on the command line by the user of the machine.

A password that somebody else made is replaced by an own one before anything is opened; who made it knows it, and confirms no
role of that person. Who types a command is the person who once gave a password there (decision 32).
"""

from typing import Any

from alembic import op

revision = "0021_wie_iemand_is"
down_revision = "0020_boektotaal"
branch_labels = None
depends_on = None
breekt = False

TABEL = """
-- Of those that are there, and that an older service makes, nobody kept who did: they are asked for one of their own.
ALTER TABLE gebruiker ADD COLUMN wachtwoord_door text NOT NULL DEFAULT '',
    ADD COLUMN wachtwoord_gegeven_door text NOT NULL DEFAULT '';
CREATE INDEX gebruiker_persoon ON gebruiker (persoon_id);
COMMENT ON COLUMN gebruiker.wachtwoord_door IS 'Wie het zette: de persoon zelf, of een ander, die het dan kent.';
COMMENT ON COLUMN gebruiker.wachtwoord_gegeven_door IS 'De laatste ander die het zette; blijft staan na een eigen keuze.';
ALTER TABLE persoon ADD COLUMN machinegebruiker text NOT NULL DEFAULT '';
CREATE UNIQUE INDEX persoon_machinegebruiker ON persoon (gemeente, machinegebruiker) WHERE machinegebruiker <> '';
COMMENT ON COLUMN persoon.machinegebruiker IS 'Onder welke naam deze persoon opdrachten typt; leeg: onder geen.';
SELECT zet_muur('persoon', '', portier => 'UPDATE (machinegebruiker)');
SELECT zet_muur('gebruiker', '', portier => 'UPDATE (wachtwoord_door, wachtwoord_gegeven_door)');
"""
FUNCTIES = """
CREATE OR REPLACE FUNCTION persoon_van(van_gemeente text, wie text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT p.persoon_id FROM persoon p WHERE p.gemeente = van_gemeente AND p.persoon_id = wie),
        (SELECT y.persoon_id FROM systeem y WHERE y.gemeente = van_gemeente AND y.systeem_id = wie),
        (SELECT coalesce(s.persoon_id, y.persoon_id) FROM api_sleutel s LEFT JOIN systeem y USING (gemeente, systeem_id)
         WHERE s.gemeente = van_gemeente AND s.sleutel_id = wie),
        CASE WHEN wie LIKE 'persoon:_%' THEN (SELECT p.persoon_id FROM persoon p
         WHERE p.gemeente = van_gemeente AND p.machinegebruiker = substr(wie, 9)) END,
        (SELECT p.persoon_id FROM persoon p WHERE p.gemeente = van_gemeente AND kale_naam(p.naam) = bekend.naam),
        bekend.naam, 'sleutel ' || wie)
    FROM (SELECT coalesce(
        CASE WHEN wie LIKE 'persoon:%' THEN kale_naam(substr(wie, 9)) END,
        (SELECT kale_naam(coalesce(nullif(btrim(s.eigenaar), ''), nullif(btrim(s.naam), ''))) FROM api_sleutel s
         WHERE s.gemeente = van_gemeente AND s.sleutel_id = wie)) AS naam) AS bekend
$$;

CREATE FUNCTION weiger_wachtwoordmaker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM gebruiker g WHERE g.persoon_id = NEW.persoon_id AND g.wachtwoord_gegeven_door <> ''
            AND persoon_van(NEW.gemeente, g.wachtwoord_gegeven_door) = persoon_van(NEW.gemeente, NEW.bevestigd_door)) THEN
        RAISE EXCEPTION 'U maakte het wachtwoord van deze persoon, en bevestigt haar rollen niet. Vraag een andere beheerder.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rol_toekenning_wachtwoordmaker BEFORE UPDATE ON rol_toekenning FOR EACH ROW
    WHEN (OLD.wacht AND NOT NEW.wacht) EXECUTE FUNCTION weiger_wachtwoordmaker();

CREATE OR REPLACE FUNCTION weiger_sleutel_zonder_rol() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM rol_toekenning t WHERE t.gemeente = NEW.gemeente AND t.persoon_id = NEW.persoon_id
            AND t.rol = NEW.rol AND t.agb IS NOT DISTINCT FROM NEW.agb AND t.ingetrokken_op IS NULL AND NOT t.wacht
            AND (NEW.aangemaakt_op AT TIME ZONE 'Europe/Amsterdam')::date <= t.tot) THEN
        RAISE EXCEPTION 'De eigenaar heeft de rol % niet. Geef die eerst, met: berichten gebruiker rol. Wacht zij al, laat dan een '
            'tweede persoon haar bevestigen, met: berichten gebruiker bevestig.', NEW.rol;
    END IF;
    RETURN NEW;
END $$;
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(TABEL)
    for rol in ("schrijver", "boeker"):
        # Whoever asks who is behind an act asks the database this.
        driver.execute(f"GRANT SELECT (machinegebruiker) ON persoon TO {_name(driver, rol)}")
    driver.execute(FUNCTIES)


def _name(driver: Any, rol: str) -> str:
    """Roles of this database: those that are there tell how the names begin, whatever the database is called by now."""
    vraag = """
        SELECT quote_ident(regexp_replace(pg_get_userbyid(relowner), 'eigenaar$', '') || %s) FROM pg_class
        WHERE oid = 'public.alembic_version'::regclass
    """
    (naam,) = driver.execute(vraag, (rol,)).fetchone()
    return str(naam)
