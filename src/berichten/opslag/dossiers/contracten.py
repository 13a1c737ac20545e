"""Reference data as messages are held against it: catalogue, contracts and tariffs of the codes that a message names.

What was found stays at hand until the transaction ends, so that a bundle of messages asks the database once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from berichten.dossier.contract import Catalogusproduct, Contract, Contractregel, Tarief
from berichten.opslag.basis.kopie import fetch_rows

Wens = tuple[str, str]
"""AGB code and product code."""


@dataclass(slots=True)
class _Bekend:
    """What one transaction found of one gemeente."""

    gevuld: dict[date, tuple[bool, bool, bool]] = field(default_factory=dict)
    """By day: whether there is a catalogue, and contracts and tariffs that began before it."""
    gezocht: set[Wens] = field(default_factory=set)
    producten: defaultdict[str, list[Catalogusproduct]] = field(default_factory=lambda: defaultdict(list))
    contractregels: defaultdict[Wens, list[Contractregel]] = field(default_factory=lambda: defaultdict(list))
    tarieven: defaultdict[Wens, list[Tarief]] = field(default_factory=lambda: defaultdict(list))
    """Under an empty AGB code those for everyone."""


_per_transactie: WeakKeyDictionary[Connection, defaultdict[str, _Bekend]] = WeakKeyDictionary()
"""By gemeente. A transaction has a Connection of its own, and this forgets it when it is over."""


def load_contract(verbinding: Connection, gemeente: str, agb: str, codes: Iterable[str], voor: date | None = None) -> Contract:
    """What is agreed with an aanbieder about these product codes; at most four queries, however many there are.

    With `voor`: a gemeente that has loaded no contracts or tariffs that began before that day has none to hold older care to.
    """
    eigen = sorted(set(codes))
    preload_contracten(verbinding, gemeente, ((agb, code) for code in eigen))
    bekend = _get_bekend(verbinding, gemeente)
    heeft = _is_filled(verbinding, gemeente, bekend, voor or date.max)
    return Contract(
        heeft_catalogus=heeft[0],
        heeft_contracten=heeft[1],
        heeft_tarieven=heeft[2],
        producten=tuple(rij for code in eigen for rij in bekend.producten[code]),
        contractregels=tuple(rij for code in eigen for rij in bekend.contractregels[agb, code]),
        tariefregels=tuple(rij for code in eigen for wie in ("", agb) for rij in bekend.tarieven[wie, code]),
    )


def preload_contracten(verbinding: Connection, gemeente: str, wensen: Iterable[Wens]) -> None:
    """Fetch what messages to come will ask for; three queries, or none when all of it is at hand."""
    bekend = _get_bekend(verbinding, gemeente)
    nieuw = sorted(set(wensen) - bekend.gezocht)
    if not nieuw:
        return
    codes, agbs = sorted({code for _, code in nieuw}), sorted({agb for agb, _ in nieuw})
    wie = {"g": gemeente, "a": agbs, "c": codes}
    _replace(bekend.producten, codes, ((rij[0], Catalogusproduct(*rij)) for rij in fetch_rows(verbinding, _PDC, wie)))
    paren = [(agb, code) for agb in agbs for code in codes]
    contracten = ((rij[:2], Contractregel(*rij[1:])) for rij in fetch_rows(verbinding, _CONTRACT, wie))
    _replace(bekend.contractregels, paren, contracten)
    tarieven = ((rij[:2], Tarief(*rij)) for rij in fetch_rows(verbinding, _TARIEF, wie | {"a": ["", *agbs]}))
    _replace(bekend.tarieven, [*(("", code) for code in codes), *paren], tarieven)
    bekend.gezocht.update(paren)


def _get_bekend(verbinding: Connection, gemeente: str) -> _Bekend:
    return _per_transactie.setdefault(verbinding, defaultdict(_Bekend))[gemeente]


def _replace(waar: defaultdict[Any, list[Any]], sleutels: Sequence[Any], rijen: Iterable[tuple[Any, Any]]) -> None:
    """Put what was fetched in the place of what was known; a code may be fetched again for another aanbieder."""
    for sleutel in sleutels:
        waar[sleutel] = []
    for sleutel, rij in rijen:
        waar[sleutel].append(rij)


def _is_filled(verbinding: Connection, gemeente: str, bekend: _Bekend, voor: date) -> tuple[bool, bool, bool]:
    if voor not in bekend.gevuld:
        catalogus, contracten, tarieven = fetch_rows(verbinding, _GEVULD, {"g": gemeente, "v": voor})[0]
        bekend.gevuld[voor] = catalogus, contracten, tarieven
    return bekend.gevuld[voor]


_GEVULD = (
    "SELECT EXISTS (SELECT FROM pdc WHERE gemeente = %(g)s),"
    " EXISTS (SELECT FROM contract WHERE gemeente = %(g)s AND ingangsdatum < %(v)s),"
    " EXISTS (SELECT FROM tarief WHERE gemeente = %(g)s AND ingangsdatum < %(v)s)"
)
_PDC = (
    "SELECT productcode, productcategorie, eenheid, ingangsdatum, einddatum, zorgvorm, segment, opleidingsniveau,"
    " vereiste_registratie, omschrijving FROM pdc"
    " WHERE gemeente = %(g)s AND productcode = ANY(%(c)s::text[]) ORDER BY productcode, ingangsdatum"
)
_CONTRACT = (
    "SELECT agb, productcode, ingangsdatum, einddatum, tariefdatum FROM contract"
    " WHERE gemeente = %(g)s AND agb = ANY(%(a)s::text[]) AND productcode = ANY(%(c)s::text[]) ORDER BY productcode, ingangsdatum"
)
_TARIEF = (
    "SELECT agb, productcode, opleidingsniveau, eenheid, tarief, ingangsdatum, einddatum FROM tarief"
    " WHERE gemeente = %(g)s AND agb = ANY(%(a)s::text[]) AND productcode = ANY(%(c)s::text[])"
    " ORDER BY productcode, tarief, opleidingsniveau, ingangsdatum"
)
