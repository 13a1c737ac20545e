"""Several messages at once: new ones stored in their order, and those that wait in streams. As many queries as for one."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.delen import IN_DE_RIJ
from berichten.opslag.basis.kopie import type_of
from berichten.opslag.basis.rijvorm import columns, shape_of
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.berichten.berichten import Berichtrij, NieuwBericht, Stroom
from berichten.opslag.lijn.bewaakt import Bewaakt
from berichten.opslag.tabellen.berichten import bericht


class _Sleutel(NamedTuple):
    """Under this a message is handled only once."""

    gemeente: str
    afzender: str
    soort: str
    identificatie: str


class Wachtend(NamedTuple):
    """A message that waits, with its packed contents unless those are large."""

    rij: Berichtrij
    omvang: int
    """Bytes of the packed contents."""
    inhoud: bytes | None
    gestoord: bool
    """Handling it failed before, for a reason of ours."""


_EIGEN = shape_of(NieuwBericht).kolommen
_WACHTEND = Vraag(
    Wachtend,
    """
    SELECT {rij}, coalesce(octet_length(inhoud), 0) AS omvang,
        CASE WHEN octet_length(inhoud) <= %(groot)s THEN inhoud END AS inhoud,
        storing IS NOT NULL AS gestoord
    FROM bericht LEFT JOIN bericht_inhoud USING (gemeente, bericht_id)
    WHERE gemeente = %(g)s AND bericht.agb = %(a)s AND {in_de_rij} ORDER BY volgnummer LIMIT %(n)s FOR UPDATE OF bericht
    """,
    rij=columns(Berichtrij, "bericht", "rij"),
    in_de_rij=IN_DE_RIJ,
)
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
_GEDULD = Opdracht("SELECT set_config('lock_timeout', %(s)s::text, true)")
_GEBRUIKT = Vraag(
    _Sleutel,
    """
    SELECT {kolommen} FROM bericht
    JOIN unnest(%(g)s::text[], %(a)s::text[], %(s)s::text[], %(i)s::text[]) AS eigen ({kolommen}) USING ({kolommen})
    WHERE identificatie_gebruikt
    """,
)


def limit_waits(verbinding: Connection, seconden: float) -> None:
    """In this transaction wait no longer than this for a row that another holds; then it fails, and so it does soon where nothing
    is heard from the server: somebody waits for the answer."""
    cast(Bewaakt, verbinding.connection.driver_connection).hasten()
    _GEDULD.run(verbinding, {"s": f"{seconden}s"})


def insert_berichten(verbinding: Connection, nieuwe: Sequence[tuple[NieuwBericht, bytes]]) -> list[Berichtrij]:
    """Store messages with their packed contents, numbered in this order; without those of which the same bytes were there."""
    waarden: dict[str, Any] = {naam: [getattr(nieuw, naam) for nieuw, _ in nieuwe] for naam in _EIGEN}
    return _INSERT.all(verbinding, {**waarden, "inhoud": [inhoud for _, inhoud in nieuwe]})


def list_waiting_in(verbinding: Connection, stromen: Collection[Stroom], aantal: int, groot: int) -> list[list[Wachtend]]:
    """Of each of these streams the first `aantal` messages that wait, locked; without contents of more than `groot` bytes."""
    return _WACHTEND.all_each(verbinding, [{"g": gemeente, "a": agb, "n": aantal, "groot": groot} for gemeente, agb in stromen])


def find_never_used(verbinding: Connection, rijen: Sequence[Berichtrij]) -> set[UUID]:
    """Those of these new messages that are the only one with their Identificatie, handled before or here (TR056, TR324)."""
    hier = Counter(map(_identificatie, rijen))
    kolommen = zip(*hier, strict=True) if hier else ([], [], [], [])
    gebruikt = set(_GEBRUIKT.all(verbinding, dict(zip("gasi", map(list, kolommen), strict=True))))
    return {rij.bericht_id for rij in rijen if hier[_identificatie(rij)] == 1 and _identificatie(rij) not in gebruikt}


def _identificatie(rij: Berichtrij) -> _Sleutel:
    return _Sleutel(rij.gemeente, rij.afzender or "", rij.soort, rij.identificatie or "")
