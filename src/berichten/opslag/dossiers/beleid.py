"""What a gemeente wants to follow from its own rules, per aanbieder and date."""

from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from berichten.dossier.beleid import Beleid, Beleidsregel
from berichten.opslag.basis.vraag import Vraag

_per_transactie: WeakKeyDictionary[Connection, dict[tuple[str, str], Beleid]] = WeakKeyDictionary()
"""A transaction has a Connection of its own, and this forgets it when it is over: a bundle of messages asks once."""


def load_beleid(verbinding: Connection, gemeente: str, agb: str) -> Beleid:
    """Every row that holds for this aanbieder, whatever its dates; one query, or none when this transaction has asked before."""
    bekend = _per_transactie.setdefault(verbinding, {})
    if (gemeente, agb) not in bekend:
        bekend[gemeente, agb] = _read_beleid(verbinding, gemeente, agb)
    return bekend[gemeente, agb]


def _read_beleid(verbinding: Connection, gemeente: str, agb: str) -> Beleid:
    return Beleid(tuple(_REGELS.all(verbinding, {"g": gemeente, "a": agb})))


_REGELS = Vraag(
    Beleidsregel,
    "SELECT {kolommen} FROM regelbeleid WHERE gemeente = %(g)s AND agb IN ('', %(a)s) ORDER BY regel, agb, ingangsdatum",
)
