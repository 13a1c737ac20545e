"""Held lines and the people who decide: decisions, a short thread, and what a rule of the gemeente needs to know.

Decisions and remarks are append-only: a decision is never changed, only followed by another.
"""

from alembic import op

revision = "2026_11_26_beoordelen"
down_revision = "2026_11_25_referentie_regels"
branch_labels = None
depends_on = None

TABELLEN = """
ALTER TABLE api_sleutel ADD COLUMN naam text NOT NULL DEFAULT '';
COMMENT ON COLUMN api_sleutel.naam IS 'Wie de sleutel gebruikt; bij een besluit staat wie het nam.';

ALTER TABLE toewijzing ADD COLUMN geboortedatum date;
COMMENT ON COLUMN toewijzing.geboortedatum IS
    'Van de cliënt, uit het nieuwste toewijzingsbericht; leeg als die niet volledig bekend is.';

ALTER TABLE prestatie ADD COLUMN zonder_feiten smallint NOT NULL DEFAULT 0;
COMMENT ON COLUMN prestatie.zonder_feiten IS
    'Welke feiten er niet waren bij het toetsen (Feit in berichten.regels.feiten): wat ze nodig heeft is niet te toetsen.';
ALTER TABLE prestatie ADD COLUMN hertoetsing smallint NOT NULL DEFAULT 0;
COMMENT ON COLUMN prestatie.hertoetsing IS
    'Hoe vaak de regel opnieuw is getoetst na aanvullende feiten; haar bevindingen van nu dragen hetzelfde nummer.';
ALTER TABLE bevinding ADD COLUMN hertoetsing smallint NOT NULL DEFAULT 0;
CREATE INDEX prestatie_te_beoordelen ON prestatie (gemeente, prestatie_id) INCLUDE (agb, begindatum, productcode, bedrag)
    WHERE uitkomst = 'ter_beoordeling';
CREATE INDEX bericht_te_beoordelen ON bericht (gemeente, antwoord_uiterlijk_op, volgnummer) WHERE status = 'ter_beoordeling';
CREATE INDEX prestatie_onbeoordeelde_nota ON prestatie (gemeente, agb, referentienummer)
    WHERE uitkomst = 'niet_beoordeeld' AND soort = 'JW303';
CREATE INDEX journaal_bestedingsruimte ON journaal (gemeente, agb, zorgmaand) INCLUDE (productcode, bedrag);

CREATE TABLE besluit (
    gemeente text NOT NULL,
    besluit_id bigint GENERATED ALWAYS AS IDENTITY,
    agb text NOT NULL,
    bericht_id uuid NOT NULL,
    prestatie_id bigint NOT NULL,
    besluit text NOT NULL CHECK (besluit IN ('toekennen', 'afwijzen')),
    terugvragen boolean NOT NULL DEFAULT false CHECK (NOT terugvragen OR besluit = 'toekennen'),
    definitief boolean NOT NULL,
    bevestigt bigint,
    retourcode text CHECK ((retourcode IS NOT NULL) = (besluit = 'afwijzen')),
    motivering text NOT NULL CHECK (motivering <> ''),
    bedrag bigint NOT NULL,
    door text NOT NULL,
    genomen_op timestamptz NOT NULL,
    PRIMARY KEY (gemeente, besluit_id),
    FOREIGN KEY (gemeente, prestatie_id) REFERENCES prestatie,
    FOREIGN KEY (gemeente, bevestigt) REFERENCES besluit
);
CREATE INDEX besluit_prestatie ON besluit (gemeente, prestatie_id, besluit_id);
COMMENT ON TABLE besluit IS
    'Append-only. Een besluit dat niet definitief is, is een voorstel dat een tweede persoon moet bevestigen (vier ogen);'
    ' met terugvragen vraagt de gemeente de aanbieder om de toegekende regel te crediteren. door: een sleutel_id, of dienst.';

CREATE TABLE opmerking (
    gemeente text NOT NULL,
    prestatie_id bigint NOT NULL,
    volgnummer integer NOT NULL,
    agb text NOT NULL,
    van text NOT NULL CHECK (van IN ('gemeente', 'aanbieder')),
    door text NOT NULL,
    tekst text NOT NULL CHECK (tekst <> ''),
    geplaatst_op timestamptz NOT NULL,
    PRIMARY KEY (gemeente, prestatie_id, volgnummer),
    FOREIGN KEY (gemeente, prestatie_id) REFERENCES prestatie
);
COMMENT ON TABLE opmerking IS 'Append-only. Vragen van de gemeente over een aangehouden regel, en antwoorden van de aanbieder.';
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TABELLEN)
    for tabel, voor_aanbieder in (("besluit", " AND definitief"), ("opmerking", "")):
        op.execute(
            f"CREATE TRIGGER {tabel}_alleen_erbij BEFORE UPDATE OR DELETE OR TRUNCATE ON {tabel}"
            " FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()"
        )
        op.execute(f"GRANT SELECT ON {tabel} TO berichten_lezer")
        op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY eigen_rijen ON {tabel} FOR SELECT TO berichten_lezer USING ("
            " gemeente = current_setting('berichten.gemeente', true)"
            f" AND (current_setting('berichten.agb', true) = '' OR agb = current_setting('berichten.agb', true){voor_aanbieder}))"
        )
