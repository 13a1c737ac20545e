"""Who looked at which client."""

from alembic import op

revision = "2026_11_30_inzage"
down_revision = "2026_11_29_monitor"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
