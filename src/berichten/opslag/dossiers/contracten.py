"""Reference data as messages are held against it: catalogue, contracts and tariffs of the codes that a message names.

What was found stays at hand until the transaction ends, so that a bundle of messages asks the database once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from berichten.dossier.contract import Catalogusproduct, Contract, Contractrij, Tarief
from berichten.opslag.basis.rijvorm import columns
from berichten.opslag.basis.vraag import Vraag

Wens = tuple[str, str]
"""AGB code and product code."""


class _Gevuld(NamedTuple):
    catalogus: bool
    contracten: bool
    tarieven: bool


class _Afgesproken(NamedTuple):
    agb: str
    regel: Contractrij


@dataclass(slots=True)
class _Bekend:
    """What one transaction found of one gemeente."""

    gevuld: dict[date, _Gevuld] = field(default_factory=dict)
    """By day: whether there is a catalogue, and contracts and tariffs that began before it."""
    gezocht: set[Wens] = field(default_factory=set)
    producten: defaultdict[str, list[Catalogusproduct]] = field(default_factory=lambda: defaultdict(list))
    contractregels: defaultdict[Wens, list[Contractrij]] = field(default_factory=lambda: defaultdict(list))
    tarieven: defaultdict[Wens, list[Tarief]] = field(default_factory=lambda: defaultdict(list))
    """Under an empty AGB code those for everyone."""


_per_transactie: WeakKeyDictionary[Connection, defaultdict[str, _Bekend]] = WeakKeyDictionary()
"""By gemeente. A transaction has a Connection of its own, and this forgets it when it is over."""


def load_contract(verbinding: Connection, gemeente: str, agb: str, codes: Iterable[str], voor: date | None = None) -> Contract:
    """What is agreed with an aanbieder about these product codes; at most four queries, however many there are.

    With `voor`: a gemeente that has loaded no contracts or tariffs that began before that day has none to hold older care to.
    """
    eigen = sorted(set(codes))
    preload_contracten(verbinding, {gemeente: {(agb, code) for code in eigen}})
    bekend, dag = _get_bekend(verbinding, gemeente), voor or date.max
    if dag not in bekend.gevuld:
        bekend.gevuld[dag] = _GEVULD.read(verbinding, {"g": gemeente, "v": dag})
    heeft = bekend.gevuld[dag]
    return Contract(
        heeft_catalogus=heeft.catalogus,
        heeft_contracten=heeft.contracten,
        heeft_tarieven=heeft.tarieven,
        producten=tuple(rij for code in eigen for rij in bekend.producten[code]),
        contractregels=tuple(rij for code in eigen for rij in bekend.contractregels[agb, code]),
        tariefregels=tuple(rij for code in eigen for wie in ("", agb) for rij in bekend.tarieven[wie, code]),
    )


def preload_contracten(verbinding: Connection, wensen: Mapping[str, Set[Wens]]) -> None:
    """Fetch what messages to come will ask for, by gemeente; three queries for all of them, or none when all of it is at hand."""
    nieuw = {gemeente: eigen - _get_bekend(verbinding, gemeente).gezocht for gemeente, eigen in wensen.items()}
    vragen: list[dict[str, Any]] = [
        {"g": gemeente, "a": sorted({agb for agb, _ in eigen}), "c": sorted({code for _, code in eigen})}
        for gemeente, eigen in nieuw.items()
        if eigen
    ]
    if not vragen:
        return
    producten, contracten = _PDC.all_each(verbinding, vragen), _CONTRACT.all_each(verbinding, vragen)
    tarieven = _TARIEF.all_each(verbinding, [vraag | {"a": ["", *vraag["a"]]} for vraag in vragen])
    for vraag, *gevonden in zip(vragen, producten, contracten, tarieven, strict=True):
        _keep(_get_bekend(verbinding, vraag["g"]), vraag["a"], vraag["c"], *gevonden)  # type: ignore[arg-type]


def preload_gevuld(verbinding: Connection, gemeenten: Iterable[str]) -> None:
    """Fetch whether these gemeenten loaded anything at all; one query."""
    vragen: list[dict[str, Any]] = [{"g": gemeente, "v": date.max} for gemeente in sorted(gemeenten)]
    for vraag, (gevuld,) in zip(vragen, _GEVULD.all_each(verbinding, vragen), strict=True):
        _get_bekend(verbinding, vraag["g"]).gevuld[date.max] = gevuld


def _keep(
    bekend: _Bekend,
    agbs: Sequence[str],
    codes: Sequence[str],
    producten: Iterable[Catalogusproduct],
    contracten: Iterable[_Afgesproken],
    tarieven: Iterable[Tarief],
) -> None:
    paren = [(agb, code) for agb in agbs for code in codes]
    _replace(bekend.producten, codes, ((rij.productcode, rij) for rij in producten))
    _replace(bekend.contractregels, paren, (((rij.agb, rij.regel.productcode), rij.regel) for rij in contracten))
    _replace(bekend.tarieven, [*(("", code) for code in codes), *paren], (((rij.agb, rij.productcode), rij) for rij in tarieven))
    bekend.gezocht.update(paren)


def _get_bekend(verbinding: Connection, gemeente: str) -> _Bekend:
    return _per_transactie.setdefault(verbinding, defaultdict(_Bekend))[gemeente]


def _replace(waar: defaultdict[Any, list[Any]], sleutels: Sequence[Any], rijen: Iterable[tuple[Any, Any]]) -> None:
    """Put what was fetched in the place of what was known; a code may be fetched again for another aanbieder."""
    for sleutel in sleutels:
        waar[sleutel] = []
    for sleutel, rij in rijen:
        waar[sleutel].append(rij)


_GEVULD = Vraag(
    _Gevuld,
    """
    SELECT EXISTS (SELECT FROM pdc WHERE gemeente = %(g)s) AS catalogus,
        EXISTS (SELECT FROM contract WHERE gemeente = %(g)s AND ingangsdatum < %(v)s) AS contracten,
        EXISTS (SELECT FROM tarief WHERE gemeente = %(g)s AND ingangsdatum < %(v)s) AS tarieven
    """,
)
_PDC = Vraag(
    Catalogusproduct,
    "SELECT {kolommen} FROM pdc WHERE gemeente = %(g)s AND productcode = ANY(%(c)s::text[]) ORDER BY productcode, ingangsdatum",
)
_CONTRACT = Vraag(
    _Afgesproken,
    "SELECT agb, {regel} FROM contract"
    " WHERE gemeente = %(g)s AND agb = ANY(%(a)s::text[]) AND productcode = ANY(%(c)s::text[]) ORDER BY productcode, ingangsdatum",
    regel=columns(Contractrij, naar="regel"),
)
_TARIEF = Vraag(
    Tarief,
    "SELECT {kolommen} FROM tarief"
    " WHERE gemeente = %(g)s AND agb = ANY(%(a)s::text[]) AND productcode = ANY(%(c)s::text[])"
    " ORDER BY productcode, tarief, opleidingsniveau, ingangsdatum",
)
