"""A message says by which edition of the rule book it was judged; of messages judged before it is not known."""

from alembic import op

revision = "2026_11_30_regelboek"
down_revision = "2026_11_30_zelfde_naam"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty for what is there."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE bericht ADD COLUMN regelboek text")


def downgrade() -> None:
    op.execute("ALTER TABLE bericht DROP COLUMN regelboek")
