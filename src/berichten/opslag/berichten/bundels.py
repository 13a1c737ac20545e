"""Several new messages stored at once, in their order: two queries, however many they are."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.kopie import fetch_rows
from berichten.opslag.berichten.berichten import KOLOMMEN, Berichtrij, NieuwBericht

_TYPEN = dict.fromkeys(NieuwBericht.__slots__, "text") | {
    "bericht_id": "uuid", "dagtekening": "date", "sha256": "bytea", "ontvangen_op": "timestamptz", "antwoord_uiterlijk_op": "date",
    "declaratie_begindatum": "date", "declaratie_einddatum": "date",
}  # fmt: skip

_SLEUTEL = "gemeente, afzender, soort, identificatie"
"""Under these a message is handled only once."""

_INSERT = f"""
    WITH los AS (
        SELECT * FROM unnest({", ".join(f"%({naam})s::{soort}[]" for naam, soort in _TYPEN.items())}, %(inhoud)s::bytea[])
            WITH ORDINALITY AS los ({", ".join(_TYPEN)}, inhoud, plaats)
    ), nieuw AS (
        INSERT INTO bericht ({", ".join(_TYPEN)}) SELECT {", ".join(_TYPEN)} FROM los ORDER BY plaats
        ON CONFLICT (gemeente, sha256) WHERE status <> 'geweigerd' DO NOTHING
        RETURNING {KOLOMMEN}
    ), bewaard AS (
        INSERT INTO bericht_inhoud (gemeente, bericht_id, agb, inhoud)
        SELECT nieuw.gemeente, nieuw.bericht_id, nieuw.agb, los.inhoud FROM nieuw JOIN los USING (gemeente, bericht_id)
    )
    SELECT {KOLOMMEN} FROM nieuw
"""  # noqa: S608


def insert_berichten(verbinding: Connection, nieuwe: Sequence[tuple[NieuwBericht, bytes]]) -> list[Berichtrij]:
    """Store messages with their packed contents, numbered in this order; without those of which the same bytes were there."""
    waarden: dict[str, Any] = {naam: [getattr(nieuw, naam) for nieuw, _ in nieuwe] for naam in _TYPEN}
    rijen = fetch_rows(verbinding, _INSERT, {**waarden, "inhoud": [inhoud for _, inhoud in nieuwe]})
    return [Berichtrij(*rij) for rij in rijen]


def find_never_used(verbinding: Connection, rijen: Sequence[Berichtrij]) -> set[UUID]:
    """Those of these new messages that are the only one with their Identificatie, handled before or here (TR056, TR324)."""
    hier = Counter(map(_identificatie, rijen))
    kolommen = zip(*hier, strict=True) if hier else ([], [], [], [])
    gebruikt = set(
        fetch_rows(
            verbinding,
            f"SELECT {_SLEUTEL} FROM bericht JOIN unnest(%(g)s::text[], %(a)s::text[], %(s)s::text[], %(i)s::text[])"  # noqa: S608
            f" AS eigen ({_SLEUTEL}) USING ({_SLEUTEL}) WHERE identificatie_gebruikt",
            dict(zip("gasi", map(list, kolommen), strict=True)),
        )
    )
    return {rij.bericht_id for rij in rijen if hier[_identificatie(rij)] == 1 and _identificatie(rij) not in gebruikt}


def _identificatie(rij: Berichtrij) -> tuple[str, ...]:
    return rij.gemeente, rij.afzender or "", rij.soort, rij.identificatie or ""
