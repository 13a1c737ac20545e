"""A contract row says which day's price a line has: that of its ProductPeriode or that of the allocation's Ingangsdatum."""

from alembic import op

revision = "2026_11_30_tariefdatum"
down_revision = "2026_11_30_weigeringen"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(
        "ALTER TABLE contract ADD COLUMN tariefdatum text NOT NULL DEFAULT 'periode'"
        " CHECK (tariefdatum IN ('periode', 'toewijzing'))"
    )
