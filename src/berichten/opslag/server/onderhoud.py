"""Upkeep of the database that a bulk load cannot leave to the server's own rhythm."""

from berichten.opslag.basis.verbinding import Login, Opslag
from berichten.opslag.basis.vraag import Vraag

_BEKIJK = Vraag(str, "SELECT bekijk_statistieken()::text AS niets")
"""ANALYZE of the tables that messages fill; only their owner may, so a function of his does it."""


_BEKEND = Vraag(int, "SELECT greatest(reltuples, 0)::bigint AS aantal FROM pg_class WHERE oid = 'bericht'::regclass")


def count_known(opslag: Opslag) -> int:
    """How many messages there were, about, when PostgreSQL last looked."""
    with opslag.transaction(Login.BOEKER) as verbinding:
        return _BEKEND.read(verbinding)


def refresh_statistics(opslag: Opslag) -> None:
    """Let PostgreSQL look at how the tables are filled that messages fill.

    It makes plans for queries from what it saw last, and by itself it looks once a minute. In the first minute of a bulk load it
    would go on reading whole tables, because they were empty when it looked.
    """
    with opslag.transaction(Login.BOEKER) as verbinding:
        _BEKIJK.all(verbinding)
