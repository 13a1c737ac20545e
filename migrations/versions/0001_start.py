"""The start of 0.1.0: the whole schema, by subject in `migrations/start/*.sql`. Frozen: what changes is a revision of its own."""

from pathlib import Path

from alembic import op

revision = "0001_start"
down_revision = None
branch_labels = None
depends_on = None

START = Path(__file__).resolve().parents[1] / "start"


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver = op.get_bind().connection.driver_connection
    driver.execute("SET LOCAL lock_timeout = '5s'")
    # Functions are made before the tables that they read.
    driver.execute("SET LOCAL check_function_bodies = off")
    for bestand in sorted(START.glob("*.sql")):
        driver.execute(bestand.read_text(encoding="utf-8"))
