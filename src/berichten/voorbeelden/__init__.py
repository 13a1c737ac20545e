"""Made-up towns, with mistakes that are named and foretold; for demo, tests and bench."""

from berichten.voorbeelden.model.model import Aanbieder, Verwachting, VoorbeeldBericht
from berichten.voorbeelden.stad.groot import count_passende_prestaties, groot_jw323, referentie_groot
from berichten.voorbeelden.stad.stad import Stad, maak_stad, write_stad

__all__ = [
    "Aanbieder",
    "Stad",
    "Verwachting",
    "VoorbeeldBericht",
    "count_passende_prestaties",
    "groot_jw323",
    "maak_stad",
    "referentie_groot",
    "write_stad",
]
