"""Totals and proof: what questions of finance need of the journal, seals over what was booked, and what the nightly check found."""

from alembic import op

revision = "2026_11_27_financien"
down_revision = "2026_11_26_beoordelen"
branch_labels = None
depends_on = None

# One index for totals and for the use of bestedingsruimte, which looks at one aanbieder and some months of care. It holds all that
# a total of the journal needs, so that the table, more than twice as large, need not be read.
JOURNAAL = """
DROP INDEX journaal_bestedingsruimte;
CREATE INDEX journaal_totalen ON journaal (gemeente, agb, zorgmaand, categorie, productcode, declaratiemaand)
    INCLUDE (geboekt_op, bedrag);
CREATE INDEX journaal_correctie ON journaal (gemeente, zorgmaand) WHERE soort = 'correctie';
CREATE INDEX prestatie_niet_toegekend ON prestatie (gemeente, agb, begindatum)
    INCLUDE (prestatie_id, bericht_id, categorie, productcode, uitkomst, bedrag) WHERE uitkomst <> 'toegekend';
CREATE INDEX prestatie_deels_toegekend ON prestatie (gemeente, prestatie_id) WHERE toegekend_bedrag IS NOT NULL;
ALTER TABLE journaal SET (autovacuum_vacuum_insert_scale_factor = 0.02);
"""

ZEGELS = """
CREATE TABLE journaalzegel (
    gemeente text NOT NULL,
    dag date NOT NULL,
    aantal bigint NOT NULL,
    bedrag bigint NOT NULL,
    zegel bytea NOT NULL,
    gezet_op timestamptz NOT NULL,
    PRIMARY KEY (gemeente, dag)
);
COMMENT ON TABLE journaalzegel IS
    'Append-only. Per dag waarop is geboekt een zegel over alle boekingen van die dag en over het zegel van de dag daarvoor.';

CREATE TABLE journaalzegel_bericht (
    gemeente text NOT NULL,
    dag date NOT NULL,
    volgnummer bigint NOT NULL,
    aantal bigint NOT NULL,
    bedrag bigint NOT NULL,
    vingerafdruk bytea NOT NULL,
    PRIMARY KEY (gemeente, dag, volgnummer),
    FOREIGN KEY (gemeente, dag) REFERENCES journaalzegel
);
COMMENT ON TABLE journaalzegel_bericht IS
    'Append-only. Waaruit het zegel van een dag is gemaakt: de boekingen van elk bericht (volgnummer), in eurocenten.';

CREATE TABLE boekencontrole (
    gemeente text NOT NULL,
    gedraaid_op timestamptz NOT NULL,
    verschillen bigint NOT NULL,
    per_controle jsonb NOT NULL,
    PRIMARY KEY (gemeente, gedraaid_op)
);
COMMENT ON TABLE boekencontrole IS 'Append-only. Wat de nachtelijke controle van de boeken vond.';
"""

INZAGE = {
    "journaal": "*",
    "prestatie": "gemeente, prestatie_id, bericht_id, agb, begindatum, categorie, productcode, uitkomst, bedrag, toegekend_bedrag",
    "bericht": "gemeente, bericht_id, verwerkt_op",
    "declaratie": "gemeente, bericht_id, begindatum",
    "besluit": "gemeente, besluit_id, prestatie_id, besluit, definitief, genomen_op",
}
"""What totals read, through views for staff of one gemeente: the rows that the policies on the tables show them, without a Bsn.

Who asks is looked at once a question and not at each row. With millions of rows that saves time, and it lets the planner know how
many rows there are.
"""

ALLEEN_MEDEWERKERS = ("journaalzegel", "journaalzegel_bericht", "boekencontrole")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(JOURNAAL)
    op.execute(ZEGELS)
    for tabel, kolommen in INZAGE.items():
        op.execute(
            f"CREATE VIEW {tabel}_gemeente AS SELECT {kolommen} FROM {tabel} WHERE"  # noqa: S608
            " gemeente = current_setting('berichten.gemeente', true) AND current_setting('berichten.agb', true) = ''"
        )
        op.execute(f"GRANT SELECT ON {tabel}_gemeente TO berichten_lezer")
    for tabel in ALLEEN_MEDEWERKERS:
        op.execute(
            f"CREATE TRIGGER {tabel}_alleen_erbij BEFORE UPDATE OR DELETE OR TRUNCATE ON {tabel}"
            " FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()"
        )
        op.execute(f"GRANT SELECT ON {tabel} TO berichten_lezer")
        op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY eigen_rijen ON {tabel} FOR SELECT TO berichten_lezer USING ("
            " gemeente = current_setting('berichten.gemeente', true) AND current_setting('berichten.agb', true) = '')"
        )
