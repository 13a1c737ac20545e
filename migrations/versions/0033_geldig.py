"""What refers to a line is looked through once more, after the key of lines was made anew: nobody waits for it."""

from alembic import op

revision = "0033_geldig"
down_revision = "0032_verzoekrol"
branch_labels = None
depends_on = None
breekt = False


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for tabel in ("besluit", "betaalblokkade", "opmerking"):
            op.execute(f"ALTER TABLE {tabel} VALIDATE CONSTRAINT {tabel}_gemeente_prestatie_id_fkey")
