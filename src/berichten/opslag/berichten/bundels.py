"""Several new messages stored at once, in their order: two queries, however many they are."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.kopie import type_of
from berichten.opslag.basis.rijvorm import shape_of
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.berichten.berichten import Berichtrij, NieuwBericht
from berichten.opslag.tabellen.berichten import bericht


class _Sleutel(NamedTuple):
    """Under this a message is handled only once."""

    gemeente: str
    afzender: str
    soort: str
    identificatie: str


_EIGEN = shape_of(NieuwBericht).kolommen
_INSERT = Vraag(
    Berichtrij,
    """
    WITH los AS (
        SELECT * FROM unnest({lijsten}, %(inhoud)s::bytea[]) WITH ORDINALITY AS los ({eigen}, inhoud, plaats)
    ), nieuw AS (
        INSERT INTO bericht ({eigen}) SELECT {eigen} FROM los ORDER BY plaats
        ON CONFLICT (gemeente, sha256) WHERE status <> 'geweigerd' DO NOTHING
        RETURNING {kolommen}
    ), bewaard AS (
        INSERT INTO bericht_inhoud (gemeente, bericht_id, agb, inhoud)
        SELECT nieuw.gemeente, nieuw.bericht_id, nieuw.agb, los.inhoud FROM nieuw JOIN los USING (gemeente, bericht_id)
    )
    SELECT {kolommen} FROM nieuw
    """,
    lijsten=", ".join(f"%({naam})s::{type_of(bericht.columns[naam])}[]" for naam in _EIGEN),
    eigen=", ".join(_EIGEN),
)
_GEBRUIKT = Vraag(
    _Sleutel,
    """
    SELECT {kolommen} FROM bericht
    JOIN unnest(%(g)s::text[], %(a)s::text[], %(s)s::text[], %(i)s::text[]) AS eigen ({kolommen}) USING ({kolommen})
    WHERE identificatie_gebruikt
    """,
)


def insert_berichten(verbinding: Connection, nieuwe: Sequence[tuple[NieuwBericht, bytes]]) -> list[Berichtrij]:
    """Store messages with their packed contents, numbered in this order; without those of which the same bytes were there."""
    waarden: dict[str, Any] = {naam: [getattr(nieuw, naam) for nieuw, _ in nieuwe] for naam in _EIGEN}
    return _INSERT.all(verbinding, {**waarden, "inhoud": [inhoud for _, inhoud in nieuwe]})


def find_never_used(verbinding: Connection, rijen: Sequence[Berichtrij]) -> set[UUID]:
    """Those of these new messages that are the only one with their Identificatie, handled before or here (TR056, TR324)."""
    hier = Counter(map(_identificatie, rijen))
    kolommen = zip(*hier, strict=True) if hier else ([], [], [], [])
    gebruikt = set(_GEBRUIKT.all(verbinding, dict(zip("gasi", map(list, kolommen), strict=True))))
    return {rij.bericht_id for rij in rijen if hier[_identificatie(rij)] == 1 and _identificatie(rij) not in gebruikt}


def _identificatie(rij: Berichtrij) -> _Sleutel:
    return _Sleutel(rij.gemeente, rij.afzender or "", rij.soort, rij.identificatie or "")
