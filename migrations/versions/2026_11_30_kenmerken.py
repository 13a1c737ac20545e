"""What people find a message by: the number and period of its declaration, and the mark that its sender gave it."""

from alembic import op

revision = "2026_11_30_kenmerken"
down_revision = "2026_11_30_tariefdatum"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("""
        ALTER TABLE bericht
            ADD COLUMN declaratienummer text,
            ADD COLUMN declaratie_begindatum date,
            ADD COLUMN declaratie_einddatum date,
            ADD COLUMN eigen_kenmerk text CHECK (length(eigen_kenmerk) BETWEEN 1 AND 100)
    """)
