"""Upkeep of the database that a bulk load cannot leave to the server's own rhythm."""

from berichten.opslag.basis.verbinding import Opslag
from berichten.opslag.basis.vraag import Opdracht
from berichten.opslag.tabellen.berichten import antwoord, bericht, bericht_inhoud, bevinding
from berichten.opslag.tabellen.declaraties import declaratie, journaal, prestatie
from berichten.opslag.tabellen.regie import levering, toewijzing, toewijzing_versie

_GEVULD = (
    *(bericht, bericht_inhoud, antwoord, bevinding, toewijzing, toewijzing_versie, levering),
    *(declaratie, prestatie, journaal),
)
_BEKIJK = Opdracht("ANALYZE {gevuld}", gevuld=", ".join(tabel.name for tabel in _GEVULD))


def refresh_statistics(opslag: Opslag) -> None:
    """Let PostgreSQL look at how the tables are filled that messages fill.

    It makes plans for queries from what it saw last, and by itself it looks once a minute. In the first minute of a bulk load it
    would go on reading whole tables, because they were empty when it looked.
    """
    with opslag.transaction() as verbinding:
        _BEKIJK.run(verbinding)
