"""Payment: blocks with their reason, runs and what each run pays."""

from alembic import op

revision = "2026_11_28_betalingen"
down_revision = "2026_11_27_financien"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
