"""A frame may be prolonged once: the minutes that are then added to the most minutes."""

from alembic import op

revision = "2026_11_30_kader_verlenging"
down_revision = "2026_11_30_buiten_toewijzing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(
        "ALTER TABLE kader ADD COLUMN verlenging_minuten integer"
        " CHECK (verlenging_minuten IS NULL OR verlenging_minuten > 0 AND max_minuten IS NOT NULL)"
    )
