"""Who has the casusregie of a family, who is in which team, what stands out in the care of its families, and what a team answers.

Who reads for a team hands over, where an aanbieder has its AGB code, `team:`, the day and the names of the teams. No row of an
aanbieder is like that, so of every other table a team sees nothing that is somebody's.
"""

from typing import Any

from alembic import op

revision = "0037_casusregie"
down_revision = "0036_facturen"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE casusregie (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    toewijzingnummer bigint NOT NULL,
    team text NOT NULL CHECK (team ~ '^[^|,;]{1,50}$'),
    rol text NOT NULL CHECK (rol IN ('lokaal_team', 'gi', 'aanbieder')),
    van date NOT NULL,
    tot date CHECK (tot >= van),
    PRIMARY KEY (gemeente, toewijzingnummer, van)
);
CREATE INDEX casusregie_team ON casusregie (gemeente, team);
COMMENT ON TABLE casusregie IS 'Wie de regie heeft over de hulp op een toewijzing, van de eerste tot en met de laatste dag.';

CREATE TABLE teamlid (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    team text NOT NULL CHECK (team ~ '^[^|,;]{1,50}$'),
    persoon text NOT NULL CHECK (persoon <> ''),
    van date NOT NULL,
    tot date CHECK (tot >= van),
    PRIMARY KEY (gemeente, team, persoon, van)
);
COMMENT ON TABLE teamlid IS 'Wie in welk team werkt. persoon: de naam van de persoon, of van de eigenaar van een sleutel; wat
iemand mag volgt uit de rol, niet hieruit.';

CREATE TABLE casussignaal (
    gemeente text NOT NULL,
    casussignaal_id bigint NOT NULL,
    team text NOT NULL,
    soort text NOT NULL CHECK (soort IN ('L1', 'L2', 'L3', 'L4', 'L5', 'L6')),
    bsn text NOT NULL,
    sleutel text NOT NULL,
    toewijzingen bigint[] NOT NULL CHECK (cardinality(toewijzingen) > 0),
    zin text NOT NULL CHECK (zin <> ''),
    eerste_dag date NOT NULL,
    uiterste_dag date NOT NULL CHECK (uiterste_dag >= eerste_dag),
    gaat_af boolean NOT NULL,
    bijgewerkt_op timestamp with time zone NOT NULL,
    antwoorden integer NOT NULL DEFAULT 0,
    antwoord text NOT NULL DEFAULT '',
    beantwoord_op timestamp with time zone,
    PRIMARY KEY (gemeente, casussignaal_id),
    CHECK ((antwoorden > 0) = (antwoord <> '') AND (antwoorden > 0) = (beantwoord_op IS NOT NULL))
);
CREATE UNIQUE INDEX casussignaal_open ON casussignaal (gemeente, team, soort, bsn, sleutel) WHERE antwoorden = 0;
CREATE SEQUENCE casussignaal_casussignaal_id_reeks OWNED BY casussignaal.casussignaal_id;
CREATE TRIGGER casussignaal_nummer BEFORE INSERT ON casussignaal FOR EACH ROW WHEN (NEW.casussignaal_id IS NULL)
    EXECUTE FUNCTION geef_nummer('casussignaal_id');
COMMENT ON TABLE casussignaal IS 'Wat opvalt in de hulp aan een gezin, een rij voor elk team dat een deel ervan heeft. Tot er een
antwoord is werkt de nacht haar bij; daarna blijft zij zoals zij was.';
COMMENT ON COLUMN casussignaal.team IS 'Voor wie; leeg: contractbeheer, omdat niemand de regie heeft, of niemand over
alles.';
COMMENT ON COLUMN casussignaal.sleutel IS 'Waar het over gaat, als er bij een cliënt van een soort meer kunnen zijn.';
COMMENT ON COLUMN casussignaal.gaat_af IS 'Of het bij de laatste keer rekenen nog werd gevonden.';

CREATE TABLE casusantwoord (
    gemeente text NOT NULL,
    casussignaal_id bigint NOT NULL,
    volgnummer integer NOT NULL,
    antwoord text NOT NULL CHECK (antwoord IN ('passend', 'evaluatie_gepland', 'afgeschaald', 'beeindigd', 'geen_regie')),
    toelichting text NOT NULL,
    door text NOT NULL,
    gegeven_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, casussignaal_id, volgnummer),
    FOREIGN KEY (gemeente, casussignaal_id) REFERENCES casussignaal
);
CREATE TRIGGER casusantwoord_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON casusantwoord FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER casusantwoord_door_mens BEFORE INSERT ON casusantwoord FOR EACH ROW EXECUTE FUNCTION weiger_systeem('door');
COMMENT ON TABLE casusantwoord IS 'Append-only. Wat wie de regie heeft van een signaal vindt; het laatste geldt.';
"""
ROL = """
ALTER TABLE seintje DROP CONSTRAINT seintje_aanleiding_check, ADD CONSTRAINT seintje_aanleiding_check
    CHECK (aanleiding IN ('antwoord', 'vraag', 'besluit', 'casus'));
-- Its owner sees and writes no row behind a wall.
ALTER TABLE rol_uitsluiting NO FORCE ROW LEVEL SECURITY;
INSERT INTO rol_uitsluiting (gemeente, rol, andere) VALUES
    ('', 'lokaal_team', 'aanbieder'), ('', 'lokaal_team', 'beheer'), ('', 'lokaal_team', 'controle'),
    ('', 'lokaal_team', 'financien');
ALTER TABLE rol_uitsluiting FORCE ROW LEVEL SECURITY;
-- Last: whoever comes in is looked up in these, and would wait for what is waited for above.
ALTER TABLE rol_toekenning DROP CONSTRAINT rol_toekenning_rol_check, ADD CONSTRAINT rol_toekenning_rol_check CHECK (rol IN
    ('aanbieder', 'gemeente', 'contractbeheer', 'financien', 'beheer', 'controle', 'privacy', 'regio', 'lokaal_team'));
ALTER TABLE api_sleutel DROP CONSTRAINT api_sleutel_rol_check, ADD CONSTRAINT api_sleutel_rol_check CHECK (rol IN
    ('aanbieder', 'gemeente', 'contractbeheer', 'financien', 'beheer', 'controle', 'privacy', 'regio', 'lokaal_team'));
"""
# Who reads for an aanbieder has its AGB code in these words, which leaves no team and no day. Text, so that no comparison fails.
TEAM = "team = ANY (string_to_array(substr((SELECT (slot.wie())[2]), 17), ','))"
DAG = "substr((SELECT (slot.wie())[2]), 6, 10)"
MUREN = """
SELECT zet_muur('casusregie', 'SELECT, INSERT, UPDATE (team, rol, tot)', 'gemeente',
    $$rol <> 'aanbieder' AND to_char(van, 'YYYY-MM-DD') <= {DAG} AND (tot IS NULL OR to_char(tot, 'YYYY-MM-DD') >= {DAG})
        AND {TEAM}$$, 'SELECT');
SELECT zet_muur('teamlid', 'SELECT, INSERT, UPDATE (tot)', 'gemeente', '', 'SELECT');
SELECT zet_muur('casussignaal',
    'SELECT, INSERT, UPDATE (toewijzingen, zin, gaat_af, bijgewerkt_op, antwoorden, antwoord, beantwoord_op)', 'gemeente',
    $$team <> '' AND {TEAM} AND NOT EXISTS (SELECT FROM unnest(toewijzingen) AS t (nummer) WHERE NOT EXISTS (
        SELECT FROM casusregie c WHERE c.gemeente = casussignaal.gemeente AND c.toewijzingnummer = t.nummer
            AND c.team = casussignaal.team))$$,
    'SELECT, INSERT, UPDATE (toewijzingen, zin, gaat_af, bijgewerkt_op)');
SELECT zet_muur('casusantwoord', 'SELECT, INSERT', 'gemeente',
    $$EXISTS (SELECT FROM casussignaal s WHERE s.gemeente = casusantwoord.gemeente
        AND s.casussignaal_id = casusantwoord.casussignaal_id)$$, 'SELECT');
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    for deel in (TABELLEN, ROL, MUREN.replace("{TEAM}", TEAM).replace("{DAG}", DAG)):
        driver.execute(deel)
