"""Allocations that became shorter, lower or less after lines were awarded: for a person to look at, and to close with a reason."""

from alembic import op

revision = "2026_11_30_buiten_toewijzing"
down_revision = "2026_11_30_vier_ogen"
branch_labels = None
depends_on = None

BUITEN = """
CREATE TABLE buiten_toewijzing (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    toewijzingnummer bigint NOT NULL,
    bericht_id uuid NOT NULL,
    agb text NOT NULL,
    aantal integer NOT NULL CHECK (aantal > 0),
    bedrag bigint NOT NULL,
    ontstaan_op timestamptz NOT NULL,
    gesloten_op timestamptz,
    gesloten_door text,
    reden text,
    PRIMARY KEY (gemeente, toewijzingnummer, bericht_id),
    FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht (gemeente, bericht_id),
    CHECK ((gesloten_op IS NULL) = (gesloten_door IS NULL) AND (gesloten_op IS NULL) = (reden IS NULL))
);
CREATE INDEX buiten_toewijzing_open ON buiten_toewijzing (gemeente, toewijzingnummer) WHERE gesloten_op IS NULL;
GRANT SELECT ON buiten_toewijzing TO berichten_lezer;
ALTER TABLE buiten_toewijzing ENABLE ROW LEVEL SECURITY;
CREATE POLICY eigen_rijen ON buiten_toewijzing FOR SELECT TO berichten_lezer USING (
    gemeente = current_setting('berichten.gemeente', true) AND current_setting('berichten.agb', true) IN ('', agb));
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(BUITEN)
