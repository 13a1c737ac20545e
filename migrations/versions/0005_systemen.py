"""Systems: what is no person and so never decides, proposes or approves money; each has a person who answers for it.

A key is a person's or a system's. Of a person's the role is one that the person has, as long as it does.
"""

from alembic import op

revision = "0005_systemen"
down_revision = "0004_logins"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE systeem (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    systeem_id text NOT NULL CHECK (systeem_id ~ '^systeem:[0-9a-f]{12}$'),
    naam text NOT NULL CHECK (btrim(naam) <> ''),
    organisatie text NOT NULL CHECK (btrim(organisatie) <> ''),
    rol text NOT NULL CHECK (rol IN ('aanbieder', 'gemeente', 'contractbeheer', 'financien', 'beheer', 'controle', 'regio')),
    agb text CHECK (agb ~ '^[0-9]{8}$'),
    persoon_id text NOT NULL,
    issuer text NOT NULL DEFAULT '',
    client_id text NOT NULL DEFAULT '',
    gemaakt_op timestamp with time zone NOT NULL,
    gemaakt_door text NOT NULL,
    ingetrokken_op timestamp with time zone,
    ingetrokken_door text NOT NULL DEFAULT '',
    PRIMARY KEY (gemeente, systeem_id),
    FOREIGN KEY (gemeente, persoon_id) REFERENCES persoon,
    CHECK ((agb IS NOT NULL) = (rol = 'aanbieder')),
    CHECK ((issuer = '') = (client_id = ''))
);
CREATE UNIQUE INDEX systeem_client ON systeem (issuer, client_id) WHERE issuer <> '' AND ingetrokken_op IS NULL;
COMMENT ON COLUMN systeem.persoon_id IS 'Wie ervoor verantwoordelijk is; voor vier ogen is het systeem die persoon.';
COMMENT ON COLUMN systeem.client_id IS 'Waaraan een token van de issuer dit systeem noemt; leeg: het komt met een sleutel.';

ALTER TABLE api_sleutel ADD COLUMN persoon_id text, ADD COLUMN systeem_id text,
    ADD FOREIGN KEY (gemeente, persoon_id) REFERENCES persoon, ADD FOREIGN KEY (gemeente, systeem_id) REFERENCES systeem,
    ADD CHECK (persoon_id IS NULL OR systeem_id IS NULL),
    DROP CONSTRAINT api_sleutel_rol_check, ADD CONSTRAINT api_sleutel_rol_check
        CHECK (rol IN ('aanbieder', 'gemeente', 'contractbeheer', 'financien', 'beheer', 'controle', 'regio'));
COMMENT ON COLUMN api_sleutel.persoon_id IS 'Van wie de sleutel is; leeg bij een systeem, en bij een eigenaar die geen bekende is.';
"""
FUNCTIES = """
CREATE OR REPLACE FUNCTION persoon_van(van_gemeente text, wie text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        (SELECT p.persoon_id FROM persoon p WHERE p.gemeente = van_gemeente AND p.persoon_id = wie),
        (SELECT y.persoon_id FROM systeem y WHERE y.gemeente = van_gemeente AND y.systeem_id = wie),
        (SELECT coalesce(s.persoon_id, y.persoon_id) FROM api_sleutel s LEFT JOIN systeem y USING (gemeente, systeem_id)
         WHERE s.gemeente = van_gemeente AND s.sleutel_id = wie),
        (SELECT p.persoon_id FROM persoon p WHERE p.gemeente = van_gemeente AND kale_naam(p.naam) = bekend.naam),
        bekend.naam, 'sleutel ' || wie)
    FROM (SELECT coalesce(
        CASE WHEN wie LIKE 'persoon:%' THEN kale_naam(substr(wie, 9)) END,
        (SELECT kale_naam(coalesce(nullif(btrim(s.eigenaar), ''), nullif(btrim(s.naam), ''))) FROM api_sleutel s
         WHERE s.gemeente = van_gemeente AND s.sleutel_id = wie)) AS naam) AS bekend
$$;

CREATE FUNCTION weiger_sleutel_zonder_rol() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM rol_toekenning t WHERE t.gemeente = NEW.gemeente AND t.persoon_id = NEW.persoon_id
            AND t.rol = NEW.rol AND t.agb IS NOT DISTINCT FROM NEW.agb AND t.ingetrokken_op IS NULL
            AND (NEW.aangemaakt_op AT TIME ZONE 'Europe/Amsterdam')::date <= t.tot) THEN
        RAISE EXCEPTION 'De eigenaar heeft de rol % niet. Geef die eerst, met: berichten gebruiker rol.', NEW.rol;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER api_sleutel_rol BEFORE INSERT ON api_sleutel FOR EACH ROW WHEN (NEW.persoon_id IS NOT NULL)
    EXECUTE FUNCTION weiger_sleutel_zonder_rol();
CREATE TRIGGER api_sleutel_persoon_vast BEFORE UPDATE ON api_sleutel FOR EACH ROW
    WHEN (OLD.persoon_id IS DISTINCT FROM NEW.persoon_id OR OLD.systeem_id IS DISTINCT FROM NEW.systeem_id)
    EXECUTE FUNCTION weiger_andere_eigenaar();

CREATE FUNCTION weiger_systeem() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wie text := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF wie LIKE 'systeem:%' OR EXISTS (SELECT FROM api_sleutel s
            WHERE s.gemeente = NEW.gemeente AND s.sleutel_id = wie AND s.systeem_id IS NOT NULL) THEN
        RAISE EXCEPTION 'Dit doet een persoon, en geen systeem.';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION weiger_eigen_bevestiging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM besluit b WHERE b.gemeente = NEW.gemeente AND b.besluit_id = NEW.bevestigt
            AND persoon_van(b.gemeente, b.door) = persoon_van(NEW.gemeente, NEW.door)) THEN
        RAISE EXCEPTION 'Een besluit wordt bevestigd door een ander dan wie het voorstelde.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER besluit_vier_ogen BEFORE INSERT ON besluit FOR EACH ROW WHEN (NEW.bevestigt IS NOT NULL)
    EXECUTE FUNCTION weiger_eigen_bevestiging();
"""
MENSENWERK = """
CREATE TRIGGER {tabel}_{kolom}_mens BEFORE INSERT OR UPDATE ON {tabel} FOR EACH ROW WHEN (NEW.{kolom} IS NOT NULL)
    EXECUTE FUNCTION weiger_systeem('{kolom}');
"""
MUUR = """
ALTER TABLE systeem ENABLE ROW LEVEL SECURITY;
CREATE POLICY boeker ON systeem TO {boeker} USING (true);
GRANT SELECT, INSERT, UPDATE (ingetrokken_op, ingetrokken_door) ON systeem TO {boeker};
"""
KOLOMMEN = (
    ("besluit", "door"),
    ("betaalrun", "gemaakt_door"),
    ("betaalrun", "goedgekeurd_door"),
    ("betaalrun", "ingetrokken_door"),
    ("betaalblokkade", "ingesteld_door"),
    ("betaalblokkade", "opgeheven_door"),
    ("opheffingsstap", "door"),
    ("betaalrekening", "vastgelegd_door"),
    ("rekeningoordeel", "door"),
    ("rol_toekenning", "toegekend_door"),
)
"""Where only a person may stand."""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver = op.get_bind().connection.driver_connection
    driver.execute("SET LOCAL lock_timeout = '5s'")
    driver.execute(TABELLEN)
    driver.execute(FUNCTIES)
    for tabel, kolom in KOLOMMEN:
        driver.execute(MENSENWERK.format(tabel=tabel, kolom=kolom))
    # Migrations run under the owner's name, and the other roles are called like it (0004_logins).
    (boeker,) = driver.execute("SELECT quote_ident(regexp_replace(current_user, 'eigenaar$', 'boeker'))").fetchone()
    driver.execute(MUUR.format(boeker=boeker))
