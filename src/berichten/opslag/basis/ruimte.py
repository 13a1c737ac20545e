"""More memory for a transaction that asks about millions of rows, so that sorting and grouping them need not go by the disk."""

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht

_RUIM = Opdracht("SELECT set_config('work_mem', '64MB', true)")


def allow_memory(verbinding: Connection) -> None:
    """For every statement that follows in this transaction; each of its sorts and groupings may take so much."""
    _RUIM.run(verbinding)
