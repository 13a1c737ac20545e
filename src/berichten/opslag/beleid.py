"""What a gemeente wants to follow from its own rules, per aanbieder and date."""

from sqlalchemy import Connection

from berichten.opslag.kopie import fetch_rows
from berichten.regels.beleid import Beleid, Beleidsregel


def load_beleid(verbinding: Connection, gemeente: str, agb: str) -> Beleid:
    """Every row that holds for this aanbieder, whatever its dates; one query."""
    rijen = fetch_rows(
        verbinding,
        "SELECT agb, regel, gevolg, retourcode, ingangsdatum, einddatum FROM regelbeleid"
        " WHERE gemeente = %(g)s AND agb IN ('', %(a)s) ORDER BY regel, agb, ingangsdatum",
        {"g": gemeente, "a": agb},
    )
    return Beleid(tuple(Beleidsregel(*rij) for rij in rijen))
