"""What a gemeente wants to follow from its own rules, per aanbieder and date."""

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from berichten.dossier.beleid import Beleid, Beleidsregel
from berichten.opslag.basis.vraag import Vraag

_per_transactie: WeakKeyDictionary[Connection, dict[tuple[str, str], Beleid]] = WeakKeyDictionary()
"""A transaction has a Connection of its own, and this forgets it when it is over: a bundle of messages asks once."""


def load_beleid(verbinding: Connection, gemeente: str, agb: str) -> Beleid:
    """Every row that holds for this aanbieder, whatever its dates; one query, or none when this transaction has asked before."""
    preload_beleid(verbinding, [(gemeente, agb)])
    return _per_transactie[verbinding][gemeente, agb]


def preload_beleid(verbinding: Connection, stromen: Iterable[tuple[str, str]]) -> None:
    """Fetch what messages to come will ask for, by gemeente and AGB code; one query."""
    bekend = _per_transactie.setdefault(verbinding, {})
    nieuw = sorted(set(stromen) - bekend.keys())
    regels = _REGELS.all_each(verbinding, [{"g": gemeente, "a": agb} for gemeente, agb in nieuw])
    bekend.update((stroom, Beleid(tuple(eigen))) for stroom, eigen in zip(nieuw, regels, strict=True))


_REGELS = Vraag(
    Beleidsregel,
    "SELECT {kolommen} FROM regelbeleid WHERE gemeente = %(g)s AND agb IN ('', %(a)s) ORDER BY regel, agb, ingangsdatum",
)
