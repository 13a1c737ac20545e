"""${message}"""

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None
breekt = False
"""Whether services of before this revision cannot work with what it makes (docs/beheer.md, Bijwerken)."""


def upgrade() -> None:
    op.execute("")
