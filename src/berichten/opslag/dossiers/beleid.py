"""What a gemeente wants to follow from its own rules, per aanbieder and date."""

from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from berichten.dossier.beleid import Beleid, Beleidsregel
from berichten.opslag.basis.kopie import fetch_rows

_per_transactie: WeakKeyDictionary[Connection, dict[tuple[str, str], Beleid]] = WeakKeyDictionary()
"""A transaction has a Connection of its own, and this forgets it when it is over: a bundle of messages asks once."""


def load_beleid(verbinding: Connection, gemeente: str, agb: str) -> Beleid:
    """Every row that holds for this aanbieder, whatever its dates; one query, or none when this transaction has asked before."""
    bekend = _per_transactie.setdefault(verbinding, {})
    if (gemeente, agb) not in bekend:
        bekend[gemeente, agb] = _read_beleid(verbinding, gemeente, agb)
    return bekend[gemeente, agb]


def _read_beleid(verbinding: Connection, gemeente: str, agb: str) -> Beleid:
    rijen = fetch_rows(
        verbinding,
        "SELECT agb, regel, gevolg, retourcode, ingangsdatum, einddatum FROM regelbeleid"
        " WHERE gemeente = %(g)s AND agb IN ('', %(a)s) ORDER BY regel, agb, ingangsdatum",
        {"g": gemeente, "a": agb},
    )
    return Beleid(tuple(Beleidsregel(*rij) for rij in rijen))
