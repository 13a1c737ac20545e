"""Monitor: indicators that are uploaded."""

from alembic import op

revision = "2026_11_29_monitor"
down_revision = "2026_11_28_betalingen"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
