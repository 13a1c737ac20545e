"""Room for a transaction that asks about millions of rows: memory to sort and group them in, and processes that help."""

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht

_GEHEUGEN = Opdracht("SET LOCAL work_mem = '64MB'")
_HULP = Opdracht("SET LOCAL max_parallel_workers_per_gather TO DEFAULT")


def allow_room(verbinding: Connection) -> None:
    """For what follows in this transaction, also after `hold_sums`; each of its sorts and groupings may take so much memory."""
    _GEHEUGEN.run(verbinding)
    _HULP.run(verbinding)
