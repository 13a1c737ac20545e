"""Allocations with all their versions, and the state of delivery that start and stop messages report."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from berichten.regels.dossier import Toewijzing
from berichten.standaard.berichten import StartProduct, StopProduct, ToegewezenProduct

_KOLOMMEN = ", ".join(Toewijzing.__slots__)


def lock_nummers(verbinding: Connection, gemeente: str, nummers: Iterable[int]) -> None:
    """Keep others from giving out these numbers until the transaction ends; in key order, so that nobody waits in a circle."""
    verbinding.execute(
        text(
            "SELECT pg_advisory_xact_lock(hashtextextended('toewijzing ' || :g || ' ' || nummer, 0))"
            " FROM (SELECT DISTINCT unnest(cast(:n AS bigint[])) AS nummer ORDER BY 1) AS nummers"
        ),
        {"g": gemeente, "n": list(nummers)},
    )


def lock_toewijzingen(
    verbinding: Connection, gemeente: str, nummers: Iterable[int], agb: str | None = None
) -> dict[int, Toewijzing]:
    """The allocations with these numbers, locked in key order; only those of one aanbieder when `agb` is given."""
    rijen = verbinding.execute(
        text(
            f"SELECT {_KOLOMMEN} FROM toewijzing WHERE gemeente = :g AND toewijzingnummer = ANY(:n)"  # noqa: S608
            " AND (cast(:a AS text) IS NULL OR agb = :a) ORDER BY toewijzingnummer FOR UPDATE"
        ),
        {"g": gemeente, "n": sorted(set(nummers)), "a": agb},
    )
    return {rij[0]: Toewijzing(*rij) for rij in rijen}


def known_bsns(verbinding: Connection, gemeente: str, agb: str, bsns: Iterable[str]) -> set[str]:
    """Those of `bsns` for whom this aanbieder has or has had an allocation."""
    return set(
        verbinding.execute(
            text(
                "SELECT bsn FROM unnest(cast(:b AS text[])) AS bsn WHERE EXISTS (SELECT FROM toewijzing t"
                " WHERE t.gemeente = :g AND t.agb = :a AND t.bsn = bsn.bsn)"
            ),
            {"g": gemeente, "a": agb, "b": list(bsns)},
        ).scalars()
    )


_OMVANG = (
    "einddatum",
    "reden_wijziging",
    "volume",
    "eenheid",
    "frequentie",
    "budget",
    "toewijzingsdatum",
    "toewijzingstijd",
)

_BEWAAR = text(f"""
    INSERT INTO toewijzing (gemeente, toewijzingnummer, agb, bsn, categorie, productcode, ingangsdatum, {", ".join(_OMVANG)},
        versie)
    VALUES (:gemeente, :toewijzingnummer, :agb, :bsn, :categorie, :productcode, :ingangsdatum,
        {", ".join(":" + naam for naam in _OMVANG)}, :versie)
    ON CONFLICT (gemeente, toewijzingnummer) DO UPDATE SET versie = excluded.versie,
        {", ".join(f"{naam} = excluded.{naam}" for naam in _OMVANG)}
    WHERE (excluded.toewijzingsdatum, excluded.toewijzingstijd) >= (toewijzing.toewijzingsdatum, toewijzing.toewijzingstijd)
""")  # noqa: S608

_VERSIE = text(f"""
    INSERT INTO toewijzing_versie (gemeente, toewijzingnummer, versie, agb, bericht_id, referentie_aanbieder,
        {", ".join(_OMVANG)})
    VALUES (:gemeente, :toewijzingnummer, :versie, :agb, :bericht_id, :referentie_aanbieder,
        {", ".join(":" + naam for naam in _OMVANG)})
""")  # noqa: S608


def save_toewijzingen(
    verbinding: Connection,
    gemeente: str,
    agb: str,
    bsn: str,
    bericht_id: UUID,
    producten: Sequence[ToegewezenProduct],
    bekend: dict[int, Toewijzing],
) -> None:
    """Keep a version of each allocation that differs from what is known; the newest by datum and tijd becomes the current one.

    An allocation sent again unchanged (OP087 asks for all current ones in each message) makes no new version.
    """
    nieuw = [item for item in producten if not _is_same(item, bekend.get(item.toewijzingnummer))]
    if not nieuw:
        return
    laatste: dict[int, int] = {
        nummer: versie
        for nummer, versie in verbinding.execute(
            text(
                "SELECT toewijzingnummer, max(versie) FROM toewijzing_versie WHERE gemeente = :g"
                " AND toewijzingnummer = ANY(:n) GROUP BY 1"
            ),
            {"g": gemeente, "n": [item.toewijzingnummer for item in nieuw]},
        )
    }
    rijen = [
        _row(gemeente, agb, bsn, bericht_id, item, laatste.get(item.toewijzingnummer, 0) + 1) for item in nieuw
    ]  # fmt: skip
    verbinding.execute(_BEWAAR, rijen)
    verbinding.execute(_VERSIE, rijen)


def _row(gemeente: str, agb: str, bsn: str, bericht_id: UUID, item: ToegewezenProduct, versie: int) -> dict[str, Any]:
    return {
        "gemeente": gemeente, "agb": agb, "bsn": bsn, "bericht_id": bericht_id, "versie": versie,
        "toewijzingnummer": item.toewijzingnummer, "referentie_aanbieder": item.referentie_aanbieder,
        "categorie": item.product and item.product.categorie, "productcode": item.product and item.product.code,
        "ingangsdatum": item.ingangsdatum, **_terms(item),
    }  # fmt: skip


def _terms(item: ToegewezenProduct) -> dict[str, Any]:
    """The fields that a newer version may change."""
    omvang = item.omvang
    return {
        "einddatum": item.einddatum, "reden_wijziging": item.reden_wijziging, "volume": omvang and omvang.volume,
        "eenheid": omvang and omvang.eenheid, "frequentie": omvang and omvang.frequentie, "budget": item.budget,
        "toewijzingsdatum": item.toewijzingsdatum, "toewijzingstijd": item.toewijzingstijd,
    }  # fmt: skip


def _is_same(item: ToegewezenProduct, bekend: Toewijzing | None) -> bool:
    return bekend is not None and all(getattr(bekend, naam) == waarde for naam, waarde in _terms(item).items())


def list_versies(verbinding: Connection, gemeente: str, toewijzingnummer: int) -> list[dict[str, Any]]:
    """Every version of an allocation, old to new."""
    rijen = verbinding.execute(
        text(
            f"SELECT versie, bericht_id, {', '.join(_OMVANG)} FROM toewijzing_versie"  # noqa: S608
            " WHERE gemeente = :g AND toewijzingnummer = :n ORDER BY versie"
        ),
        {"g": gemeente, "n": toewijzingnummer},
    )
    return [dict(rij._mapping) for rij in rijen]


_LEVERING = text("""
    INSERT INTO levering (gemeente, bericht_id, volgnummer, agb, soort, bsn, toewijzingnummer, categorie, productcode,
        toewijzing_ingangsdatum, begindatum, einddatum, reden_beeindiging)
    VALUES (:gemeente, :bericht_id, :volgnummer, :agb, :soort, :bsn, :toewijzingnummer, :categorie, :productcode,
        :toewijzing_ingangsdatum, :begindatum, :einddatum, :reden_beeindiging)
""")

_VERWIJDER = text("""
    UPDATE levering SET verwijderd_door = :bericht_id
    WHERE gemeente = :gemeente AND agb = :agb AND bsn = :bsn AND soort = :soort AND verwijderd_door IS NULL
        AND toewijzingnummer IS NOT DISTINCT FROM :toewijzingnummer AND categorie IS NOT DISTINCT FROM :categorie
        AND productcode IS NOT DISTINCT FROM :productcode AND begindatum = :begindatum
        AND einddatum IS NOT DISTINCT FROM cast(:einddatum AS date)
        AND reden_beeindiging IS NOT DISTINCT FROM cast(:reden_beeindiging AS text)
""")

VERWIJDEREN = "3"
"""StatusAanlevering that takes an earlier delivery back (IV008)."""


def save_leveringen(
    verbinding: Connection,
    gemeente: str,
    agb: str,
    bsn: str,
    bericht_id: UUID,
    producten: Sequence[StartProduct | StopProduct],
) -> None:
    """Take starts or stops over: removals first, so that a class may be removed and sent again in one message (IV008)."""
    rijen = [
        {
            "gemeente": gemeente,
            "agb": agb,
            "bsn": bsn,
            "bericht_id": bericht_id,
            "volgnummer": nummer,
            **_delivery(item),
        }
        for nummer, item in enumerate(producten, 1)
    ]
    weg = [rij for rij, item in zip(rijen, producten, strict=True) if item.status_aanlevering == VERWIJDEREN]
    erbij = [rij for rij, item in zip(rijen, producten, strict=True) if item.status_aanlevering != VERWIJDEREN]
    if weg:
        verbinding.execute(_VERWIJDER, weg)
    if erbij:
        verbinding.execute(_LEVERING, erbij)


def _delivery(item: StartProduct | StopProduct) -> dict[str, Any]:
    stop = isinstance(item, StopProduct)
    einddatum: date | None = item.einddatum if isinstance(item, StopProduct) else None
    reden: str | None = item.reden_beeindiging if isinstance(item, StopProduct) else None
    return {
        "soort": "stop" if stop else "start", "toewijzingnummer": item.toewijzingnummer,
        "categorie": item.product and item.product.categorie, "productcode": item.product and item.product.code,
        "toewijzing_ingangsdatum": item.toewijzing_ingangsdatum, "begindatum": item.begindatum, "einddatum": einddatum,
        "reden_beeindiging": reden,
    }  # fmt: skip
