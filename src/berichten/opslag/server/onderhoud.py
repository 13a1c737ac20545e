"""Upkeep of the database that a bulk load cannot leave to the server's own rhythm."""

from sqlalchemy import text

from berichten.opslag.basis.verbinding import Opslag

_GEVULD = (
    *("bericht", "bericht_inhoud", "antwoord", "bevinding", "toewijzing", "toewijzing_versie", "levering"),
    *("declaratie", "prestatie", "journaal"),
)


def refresh_statistics(opslag: Opslag) -> None:
    """Let PostgreSQL look at how the tables are filled that messages fill.

    It makes plans for queries from what it saw last, and by itself it looks once a minute. In the first minute of a bulk load it
    would go on reading whole tables, because they were empty when it looked.
    """
    with opslag.transaction() as verbinding:
        verbinding.execute(text(f"ANALYZE {', '.join(_GEVULD)}"))
