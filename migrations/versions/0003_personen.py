"""Who is who: people with their accounts and roles, sessions, and which roles one person may not combine.

Where two people are asked for, people are compared: `persoon_van` tells the person behind a column `door`, whatever was used.
"""

from alembic import op

revision = "0003_personen"
down_revision = "0002_inzagelog"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE persoon (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    persoon_id text NOT NULL CHECK (persoon_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
    naam text NOT NULL CHECK (btrim(naam) <> ''),
    actief_tot date,
    gemaakt_op timestamp with time zone NOT NULL,
    gemaakt_door text NOT NULL,
    geblokkeerd_op timestamp with time zone,
    geblokkeerd_door text NOT NULL DEFAULT '',
    PRIMARY KEY (gemeente, persoon_id)
);
CREATE UNIQUE INDEX persoon_naam ON persoon (gemeente, kale_naam(naam));
COMMENT ON COLUMN persoon.naam IS 'Onderscheidt binnen de gemeente: collega''s lezen hem bij een besluit.';
COMMENT ON COLUMN persoon.actief_tot IS 'De laatste dag; leeg: zonder einde.';

CREATE TABLE persoon_koppeling (
    gemeente text NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    persoon_id text NOT NULL,
    gemaakt_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, issuer, subject),
    FOREIGN KEY (gemeente, persoon_id) REFERENCES persoon
);
COMMENT ON TABLE persoon_koppeling IS 'Wie iemand is bij een OpenID-aanbieder. Nooit op e-mailadres.';

CREATE TABLE gebruiker (
    gemeente text NOT NULL,
    persoon_id text NOT NULL,
    inlognaam text NOT NULL UNIQUE CHECK (inlognaam ~ '^[^[:space:][:upper:]]{3,100}$'),
    wachtwoord text NOT NULL,
    wachtwoord_op timestamp with time zone NOT NULL,
    laatst_ingelogd_op timestamp with time zone,
    PRIMARY KEY (gemeente, persoon_id),
    FOREIGN KEY (gemeente, persoon_id) REFERENCES persoon
);
COMMENT ON COLUMN gebruiker.wachtwoord IS 'Argon2id, met zijn instellingen erbij.';

CREATE TABLE rol_toekenning (
    gemeente text NOT NULL,
    toekenning_id bigint GENERATED ALWAYS AS IDENTITY,
    persoon_id text NOT NULL,
    rol text NOT NULL CHECK (rol IN
        ('aanbieder', 'gemeente', 'contractbeheer', 'financien', 'beheer', 'controle', 'privacy', 'regio')),
    agb text CHECK (agb ~ '^[0-9]{8}$'),
    van date NOT NULL,
    tot date NOT NULL,
    toegekend_door text NOT NULL CHECK (toegekend_door <> persoon_id),
    toegekend_op timestamp with time zone NOT NULL,
    ingetrokken_op timestamp with time zone,
    ingetrokken_door text NOT NULL DEFAULT '',
    PRIMARY KEY (gemeente, toekenning_id),
    FOREIGN KEY (gemeente, persoon_id) REFERENCES persoon,
    CHECK ((agb IS NOT NULL) = (rol = 'aanbieder')),
    CHECK (tot >= van AND tot <= van + interval '1 year')
);
CREATE INDEX rol_toekenning_persoon ON rol_toekenning (persoon_id);
COMMENT ON TABLE rol_toekenning IS 'Van de eerste tot en met de laatste dag, hooguit een jaar; daarna kijkt iemand opnieuw.';

CREATE TABLE rol_uitsluiting (
    gemeente text NOT NULL,
    rol text NOT NULL,
    andere text NOT NULL,
    PRIMARY KEY (gemeente, rol, andere)
);
COMMENT ON TABLE rol_uitsluiting IS 'Rollen die niemand tegelijk heeft; gemeente leeg: overal.';
INSERT INTO rol_uitsluiting (gemeente, rol, andere) VALUES
    ('', 'beheer', 'contractbeheer'), ('', 'beheer', 'financien'), ('', 'beheer', 'privacy'),
    ('', 'controle', 'gemeente'), ('', 'controle', 'contractbeheer'), ('', 'controle', 'financien'), ('', 'controle', 'beheer'),
    ('', 'controle', 'privacy'), ('', 'aanbieder', 'gemeente'), ('', 'aanbieder', 'contractbeheer'), ('', 'aanbieder', 'financien'),
    ('', 'aanbieder', 'beheer'), ('', 'aanbieder', 'controle'), ('', 'aanbieder', 'privacy'), ('', 'aanbieder', 'regio');

CREATE TABLE sessie (
    gemeente text NOT NULL,
    sessie_sha256 bytea NOT NULL CHECK (length(sessie_sha256) = 32),
    persoon_id text NOT NULL,
    toekenning_id bigint NOT NULL,
    csrf_geheim bytea NOT NULL CHECK (length(csrf_geheim) = 32),
    begonnen_op timestamp with time zone NOT NULL,
    gezien_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, sessie_sha256),
    FOREIGN KEY (gemeente, toekenning_id) REFERENCES rol_toekenning
);
CREATE INDEX sessie_persoon ON sessie (persoon_id);

CREATE TABLE inlogpoging (
    gemeente text NOT NULL,
    naam_sha256 bytea NOT NULL,
    mislukt integer NOT NULL,
    laatst_op timestamp with time zone NOT NULL,
    wacht_tot timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, naam_sha256)
);
COMMENT ON TABLE inlogpoging IS 'Waarmee het misging, ook inlognamen die er niet zijn. De gemeente is leeg.';
"""
FUNCTIES = """
CREATE OR REPLACE FUNCTION persoon_van(van_gemeente text, wie text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT p.persoon_id FROM persoon p WHERE p.gemeente = van_gemeente AND p.persoon_id = wie),
        (SELECT p.persoon_id FROM persoon p WHERE p.gemeente = van_gemeente AND kale_naam(p.naam) = bekend.naam),
        bekend.naam, 'sleutel ' || wie)
    FROM (SELECT coalesce(
        CASE WHEN wie LIKE 'persoon:%' THEN kale_naam(substr(wie, 9)) END,
        (SELECT kale_naam(coalesce(nullif(btrim(s.eigenaar), ''), nullif(btrim(s.naam), ''))) FROM api_sleutel s
         WHERE s.gemeente = van_gemeente AND s.sleutel_id = wie)) AS naam) AS bekend
$$;
COMMENT ON FUNCTION persoon_van(van_gemeente text, wie text) IS 'Wie er achter een kolom door zit: de persoon, ook van wiens
sleutel of naam er staat; anders de naam, en van een sleutel zonder naam de sleutel zelf.';

CREATE FUNCTION weiger_rol() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    botst text;
BEGIN
    IF persoon_van(NEW.gemeente, NEW.toegekend_door) = NEW.persoon_id THEN
        RAISE EXCEPTION 'Niemand kent zichzelf een rol toe.';
    END IF;
    -- Two who give a role at once: the second one sees what the first one gave.
    PERFORM pg_advisory_xact_lock(hashtextextended('rol ' || NEW.persoon_id, 0));
    SELECT t.rol INTO botst FROM rol_toekenning t JOIN rol_uitsluiting u ON u.gemeente IN ('', t.gemeente)
            AND (u.rol, u.andere) IN ((t.rol, NEW.rol), (NEW.rol, t.rol))
        WHERE t.gemeente = NEW.gemeente AND t.persoon_id = NEW.persoon_id AND t.toekenning_id <> NEW.toekenning_id
            AND t.ingetrokken_op IS NULL AND NEW.ingetrokken_op IS NULL AND t.van <= NEW.tot AND t.tot >= NEW.van
        LIMIT 1;
    IF botst IS NOT NULL THEN
        RAISE EXCEPTION 'De rollen % en % gaan niet samen in één persoon.', botst, NEW.rol;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rol_toekenning_mag BEFORE INSERT OR UPDATE ON rol_toekenning FOR EACH ROW EXECUTE FUNCTION weiger_rol();
"""
TABELNAMEN = ("persoon", "persoon_koppeling", "gebruiker", "rol_toekenning", "rol_uitsluiting", "sessie", "inlogpoging")


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver = op.get_bind().connection.driver_connection
    driver.execute("SET LOCAL lock_timeout = '5s'")
    driver.execute(TABELLEN)
    driver.execute(FUNCTIES)
    for tabel in TABELNAMEN:
        # No policy: readers see none of it.
        driver.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
