"""Number and period of declarations that were handled before they stood with their message."""

from alembic import op

revision = "2026_11_30_kenmerken_vullen"
down_revision = "2026_11_30_kenmerken"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("""
        UPDATE bericht SET declaratienummer = d.declaratienummer, declaratie_begindatum = d.begindatum,
            declaratie_einddatum = d.einddatum
        FROM declaratie d WHERE d.gemeente = bericht.gemeente AND d.bericht_id = bericht.bericht_id
    """)
