"""JW303: lines without allocation, lines awarded in part, and numbers that are unique for each kind of message.

Indexes are made anew with what the sums over lines now need: the part of a line that counts, where that is not all of it.
"""

from alembic import op

revision = "2026_11_24_jw303"
down_revision = "2026_11_23_referentie"
branch_labels = None
depends_on = None

TABELLEN = """
ALTER TABLE declaratie ADD COLUMN soort text NOT NULL DEFAULT 'JW323';
DROP INDEX declaratie_nummer;
CREATE UNIQUE INDEX declaratie_nummer ON declaratie (gemeente, agb, declaratienummer, soort) WHERE nummer_gebruikt;

ALTER TABLE prestatie ALTER COLUMN toewijzingnummer DROP NOT NULL;
ALTER TABLE prestatie ADD COLUMN soort text NOT NULL DEFAULT 'JW323';
ALTER TABLE prestatie ADD COLUMN toegekend_volume integer;
ALTER TABLE prestatie ADD COLUMN toegekend_bedrag bigint;
ALTER TABLE prestatie ADD CONSTRAINT prestatie_deel
    CHECK ((toegekend_volume IS NULL) = (toegekend_bedrag IS NULL) AND (toegekend_volume IS NULL OR uitkomst = 'toegekend'));
COMMENT ON COLUMN prestatie.toegekend_volume IS
    'Wat van het volume telt voor de toewijzing, als dat niet alles is (JW303); leeg is alles.';
COMMENT ON COLUMN prestatie.toegekend_bedrag IS
    'Wat van het bedrag telt in de boeken en voor een budget, als dat niet alles is (JW303), in eurocenten; leeg is alles.';

DROP INDEX prestatie_referentie;
CREATE UNIQUE INDEX prestatie_referentie ON prestatie (gemeente, agb, referentienummer, soort) WHERE referentie_gebruikt;
DROP INDEX prestatie_toewijzing;
CREATE INDEX prestatie_toewijzing ON prestatie (gemeente, toewijzingnummer, begindatum)
    INCLUDE (einddatum, categorie, productcode, eenheid, volume, bedrag, credit, toegekend_volume, toegekend_bedrag)
    WHERE uitkomst IN ('toegekend', 'ter_beoordeling');

ALTER TABLE journaal ALTER COLUMN toewijzingnummer DROP NOT NULL;

CREATE TABLE declaratiewijze (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    agb text NOT NULL CHECK (agb ~ '^[0-9]{8}$'),
    wijze text NOT NULL CHECK (wijze IN ('declaratie', 'factuur')),
    ingangsdatum date NOT NULL,
    einddatum date CHECK (einddatum >= ingangsdatum),
    PRIMARY KEY (gemeente, agb, ingangsdatum)
);
COMMENT ON TABLE declaratiewijze IS 'Of een aanbieder met een JW303 declareert of factureert (OP278).';
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TABELLEN)
    op.execute("GRANT SELECT ON declaratiewijze TO berichten_lezer")
    op.execute("ALTER TABLE declaratiewijze ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY eigen_rijen ON declaratiewijze FOR SELECT TO berichten_lezer USING ("
        " gemeente = current_setting('berichten.gemeente', true)"
        " AND current_setting('berichten.agb', true) IN ('', agb))"
    )
