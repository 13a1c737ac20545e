"""What migrations do to tables that are in use: nobody who works waits for it."""

from alembic import op
from sqlalchemy import text

WACHT_OP_SLOT = "300ms"
"""What a migration waits for a table that somebody holds, with everybody after it in line; then it makes room and comes back.

Nobody who works may notice it (a request within a second), and it is longer than what workers do at once takes."""
RUIM = "1100ms"
"""What it waits now and then when that goes on for long: PostgreSQL sends its own cleaning up (autovacuum) away from a table only
for who has waited a second (`deadlock_timeout`)."""
_ONAF = text("SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(:naam) AND NOT indisvalid)")


def create_index(naam: str, tabel: str, wat: str, *, uniek: bool = False) -> None:
    """Make an index beside those who read and write: `create_index("x_dag", "x", "(gemeente, dag)")`.

    Outside a transaction, so it stands in a migration of its own. One that was broken off leaves half an index, which goes first.
    """
    with op.get_context().autocommit_block():
        # It waits for transactions that began before it and holds up nobody meanwhile.
        op.execute("SET lock_timeout = 0")
        if op.get_bind().execute(_ONAF, {"naam": naam}).scalar_one():
            op.execute(f"DROP INDEX CONCURRENTLY {naam}")
        op.execute(f"CREATE {'UNIQUE ' if uniek else ''}INDEX CONCURRENTLY IF NOT EXISTS {naam} ON {tabel} {wat}")
        op.execute(f"SET lock_timeout = '{WACHT_OP_SLOT}'")
