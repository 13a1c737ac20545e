"""Answers of the aanbieder: JW302 and JW320."""

from alembic import op

revision = "2026_11_30_retour"
down_revision = "2026_11_30_zoeken"
branch_labels = None
depends_on = None

TABEL = """
CREATE TABLE retour (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    agb text NOT NULL,
    heen_soort text NOT NULL CHECK (heen_soort IN ('JW301', 'JW319')),
    heen_identificatie text NOT NULL,
    aangenomen boolean NOT NULL,
    klassen jsonb NOT NULL,
    PRIMARY KEY (gemeente, bericht_id),
    FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht
);
COMMENT ON TABLE retour IS 'Wat een aanbieder op een JW301 of JW319 antwoordde. klassen: pad, toewijzingnummer en retourcodes.';
CREATE INDEX retour_heen ON retour (gemeente, agb, heen_soort, heen_identificatie);
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TABEL)
    op.execute("GRANT SELECT ON retour TO berichten_lezer")
    op.execute("ALTER TABLE retour ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY eigen_rijen ON retour FOR SELECT TO berichten_lezer USING ("
        " gemeente = current_setting('berichten.gemeente', true)"
        " AND current_setting('berichten.agb', true) IN ('', agb))"
    )
