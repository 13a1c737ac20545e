"""Upkeep of the database that a bulk load cannot leave to the server's own rhythm."""

from berichten.opslag.basis.verbinding import Login, Opslag
from berichten.opslag.basis.vraag import Vraag

_BEKIJK = Vraag(str, "SELECT bekijk_statistieken()::text AS niets")
"""ANALYZE of the tables that messages fill; only their owner may, so a function of his does it."""


def refresh_statistics(opslag: Opslag) -> None:
    """Let PostgreSQL look at how the tables are filled that messages fill.

    It makes plans for queries from what it saw last, and by itself it looks once a minute. In the first minute of a bulk load it
    would go on reading whole tables, because they were empty when it looked.
    """
    with opslag.transaction(Login.BOEKER) as verbinding:
        _BEKIJK.all(verbinding)
