"""The quarterly report: budget and calendar as they were uploaded, reports as they were made, what was written in them."""

from alembic import op

revision = "0027_kwartaal"
down_revision = "0026_signalen"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE begroting (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    jaar smallint NOT NULL,
    segment text NOT NULL,
    maand smallint NOT NULL CHECK (maand BETWEEN 0 AND 12),
    soort text NOT NULL CHECK (soort IN ('primitief', 'wijziging')),
    vastgesteld_op date NOT NULL,
    besluit text NOT NULL CHECK (besluit <> ''),
    geladen_op timestamp with time zone NOT NULL,
    bedrag bigint NOT NULL,
    geladen_door text NOT NULL,
    PRIMARY KEY (gemeente, jaar, segment, maand, soort, vastgesteld_op, besluit, geladen_op),
    CHECK (soort = 'wijziging' OR bedrag >= 0)
);
COMMENT ON TABLE begroting IS 'Append-only. De begroting en haar wijzigingen, in eurocenten; van dezelfde sleutel telt de rij die
het laatst is geladen. segment leeg: niet verdeeld. maand 0: het hele jaar.';

CREATE TABLE kalender (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    document text NOT NULL CHECK (document IN ('kwartaalrapport')),
    periode text NOT NULL,
    geladen_op timestamp with time zone NOT NULL,
    peildatum date NOT NULL,
    gereed_op date NOT NULL CHECK (gereed_op >= peildatum),
    geladen_door text NOT NULL,
    PRIMARY KEY (gemeente, document, periode, geladen_op)
);
COMMENT ON TABLE kalender IS 'Append-only. Op welke dag van een periode een stand wordt gemaakt, en wanneer die gereed moet zijn.';

CREATE TABLE kwartaalrapport (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    periode text NOT NULL CHECK (periode ~ '^[0-9]{4}-(Q[1-4]|T[1-3])$'),
    versie integer NOT NULL CHECK (versie > 0),
    peildatum date NOT NULL,
    cijfers jsonb NOT NULL,
    gemaakt_door text NOT NULL,
    gemaakt_op timestamp with time zone NOT NULL,
    vastgesteld_door text,
    vastgesteld_op timestamp with time zone,
    PRIMARY KEY (gemeente, periode),
    CHECK ((vastgesteld_door IS NULL) = (vastgesteld_op IS NULL))
);
COMMENT ON TABLE kwartaalrapport IS 'Een rapport over een kwartaal of vier maanden, met de cijfers zoals zij zijn getoond. Wat is
vastgesteld verandert niet meer; versie: hoe vaak het concept is gemaakt.';
CREATE FUNCTION houd_kwartaalrapport() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'een vastgesteld kwartaalrapport verandert niet' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER kwartaalrapport_vast BEFORE UPDATE ON kwartaalrapport FOR EACH ROW WHEN (OLD.vastgesteld_op IS NOT NULL)
    EXECUTE FUNCTION houd_kwartaalrapport();

CREATE TABLE kwartaaltekst (
    gemeente text NOT NULL,
    periode text NOT NULL,
    rij text NOT NULL,
    nummer integer NOT NULL,
    tekst text NOT NULL,
    door text NOT NULL,
    geschreven_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, periode, rij, nummer),
    FOREIGN KEY (gemeente, periode) REFERENCES kwartaalrapport
);
COMMENT ON TABLE kwartaaltekst IS 'Append-only. Wat bij een rij van het rapport is uitgelegd; de laatste telt, een lege neemt
haar weg.';

CREATE TABLE kwartaalactie (
    gemeente text NOT NULL,
    nr integer NOT NULL,
    periode text NOT NULL,
    rij text NOT NULL,
    actie text NOT NULL CHECK (actie <> ''),
    eigenaar text NOT NULL CHECK (eigenaar <> ''),
    gereed_op date NOT NULL,
    effect_verwacht bigint,
    door text NOT NULL,
    begonnen_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, nr),
    FOREIGN KEY (gemeente, periode) REFERENCES kwartaalrapport
);
COMMENT ON TABLE kwartaalactie IS 'Append-only. Wat naar aanleiding van een rij is afgesproken. effect_verwacht in eurocenten.';

CREATE TABLE kwartaalstap (
    gemeente text NOT NULL,
    nr integer NOT NULL,
    stap integer NOT NULL,
    stand text NOT NULL CHECK (stand IN ('plan', 'do', 'check', 'act', 'gesloten')),
    resultaat text NOT NULL,
    effect_gemeten bigint,
    door text NOT NULL,
    gedaan_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, nr, stap),
    FOREIGN KEY (gemeente, nr) REFERENCES kwartaalactie,
    CHECK (stand <> 'gesloten' OR resultaat <> '')
);
COMMENT ON TABLE kwartaalstap IS 'Append-only. Hoe het met een actie staat; de laatste stap telt.';

SELECT zet_muur('begroting', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
SELECT zet_muur('kalender', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
SELECT zet_muur('kwartaalrapport', 'SELECT, INSERT, UPDATE (versie, peildatum, cijfers, gemaakt_door, gemaakt_op, vastgesteld_door,
    vastgesteld_op)', 'gemeente', '', 'SELECT');
SELECT zet_muur('kwartaaltekst', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
SELECT zet_muur('kwartaalactie', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
SELECT zet_muur('kwartaalstap', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    op.get_bind().connection.driver_connection.execute(TABELLEN)
