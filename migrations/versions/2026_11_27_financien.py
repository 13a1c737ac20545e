"""Totals: what the questions of finance need of the journal."""

from alembic import op

revision = "2026_11_27_financien"
down_revision = "2026_11_26_beoordelen"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
