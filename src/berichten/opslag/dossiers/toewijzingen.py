"""Allocations with all their versions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from berichten.dossier.dossier import VERWIJDERD, StaandePrestaties, Toewijzing, ToewijzingKader
from berichten.opslag.basis.kopie import fetch_rows
from berichten.opslag.dossiers.beleid import load_beleid
from berichten.opslag.dossiers.buiten_toewijzing import load_staand
from berichten.opslag.dossiers.contracten import load_contract
from berichten.standaard.waarden.berichten import ToegewezenProduct, Toewijzingsbericht

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


def load_toewijzingen(
    verbinding: Connection, gemeente: str, nummers: Iterable[int], agb: str | None = None
) -> dict[int, Toewijzing]:
    """The allocations with these numbers; only those of one aanbieder when `agb` is given.

    Nobody changes them meanwhile: everything between a gemeente and an aanbieder happens under the lock of their stream, and a
    number that is new under `lock_nummers`.
    """
    rijen = fetch_rows(
        verbinding,
        f"SELECT {_KOLOMMEN} FROM toewijzing WHERE gemeente = %(g)s AND toewijzingnummer = ANY(%(n)s::bigint[])",  # noqa: S608
        {"g": gemeente, "n": sorted(set(nummers))},
    )
    gevonden = (Toewijzing(*rij) for rij in rijen)
    return {item.toewijzingnummer: item for item in gevonden if agb is None or item.agb == agb}


def load_client_toewijzingen(verbinding: Connection, gemeente: str, agb: str, bsns: Iterable[str]) -> list[Toewijzing]:
    """Every allocation of this aanbieder for these clients, by number."""
    rijen = fetch_rows(
        verbinding,
        f"SELECT {_KOLOMMEN} FROM toewijzing WHERE gemeente = %(g)s AND agb = %(a)s AND bsn = ANY(%(b)s::text[])"  # noqa: S608
        " ORDER BY toewijzingnummer",
        {"g": gemeente, "a": agb, "b": sorted(set(bsns))},
    )
    return [Toewijzing(*rij) for rij in rijen]


def load_ingangsdatums(
    verbinding: Connection, gemeente: str, agb: str, nummers: Iterable[int], bsns: Iterable[str]
) -> tuple[date, ...]:
    """Each Ingangsdatum of this aanbieder's allocations with these numbers or for these clients, once."""
    rijen = fetch_rows(
        verbinding,
        "SELECT DISTINCT ingangsdatum FROM toewijzing WHERE gemeente = %(g)s AND agb = %(a)s"
        " AND (toewijzingnummer = ANY(%(n)s::bigint[]) OR bsn = ANY(%(b)s::text[]))",
        {"g": gemeente, "a": agb, "n": sorted(nummers), "b": sorted(bsns)},
    )
    return tuple(rij[0] for rij in rijen)


def load_toewijzing_kader(verbinding: Connection, gemeente: str, bericht: Toewijzingsbericht) -> ToewijzingKader:
    """Lock the numbers that a JW301 names, and load what its allocations are held against."""
    agb, bsn = bericht.header.ontvanger, bericht.client.bsn
    nummers = [item.toewijzingnummer for item in bericht.producten]
    lock_nummers(verbinding, gemeente, nummers)
    bekend = load_toewijzingen(verbinding, gemeente, nummers)
    codes = (item.product.code for item in bericht.producten if item.product and item.product.code)
    toegekend = _awarded(verbinding, gemeente, agb, bsn, bericht.producten)
    contract = load_contract(verbinding, gemeente, agb, codes)
    staand = load_staand(verbinding, gemeente, (item.toewijzingnummer for item in bericht.producten if _is_newer(item, bekend)))
    return ToewijzingKader(agb, bsn, bekend, toegekend, contract, load_beleid(verbinding, gemeente, agb), staand)


def _is_newer(item: ToegewezenProduct, bekend: dict[int, Toewijzing]) -> bool:
    """Whether a class becomes the current version of an allocation that was known, and says something else."""
    oud = bekend.get(item.toewijzingnummer)
    if oud is None or (item.toewijzingsdatum, item.toewijzingstijd) < (oud.toewijzingsdatum, oud.toewijzingstijd):
        return False
    return any(getattr(oud, naam) != waarde for naam, waarde in _terms(item).items())


def _awarded(
    verbinding: Connection, gemeente: str, agb: str, bsn: str, producten: Iterable[ToegewezenProduct]
) -> dict[int, StaandePrestaties]:
    """Lines awarded and not credited on the allocations that are to be removed (TR385)."""
    verwijderd = [item.toewijzingnummer for item in producten if item.reden_wijziging == VERWIJDERD]
    if not verwijderd:
        return {}
    rijen = verbinding.execute(
        text("""
            SELECT d.toewijzingnummer, count(*), sum(coalesce(d.toegekend_bedrag, d.bedrag))::bigint
            FROM prestatie d
            WHERE d.gemeente = :g AND d.toewijzingnummer = ANY(:n) AND d.agb = :a AND d.bsn = :b AND NOT d.credit
                AND d.uitkomst = 'toegekend'
                AND NOT EXISTS (SELECT FROM prestatie c WHERE c.gemeente = d.gemeente AND c.agb = d.agb AND c.credit
                    AND c.soort = d.soort AND c.vorig_referentienummer = d.referentienummer AND c.uitkomst = 'toegekend')
            GROUP BY d.toewijzingnummer
        """),
        {"g": gemeente, "a": agb, "b": bsn, "n": verwijderd},
    )
    return {nummer: StaandePrestaties(aantal, bedrag) for nummer, aantal, bedrag in rijen}


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
        versie, geboortedatum)
    VALUES (:gemeente, :toewijzingnummer, :agb, :bsn, :categorie, :productcode, :ingangsdatum,
        {", ".join(":" + naam for naam in _OMVANG)}, :versie, :geboortedatum)
    ON CONFLICT (gemeente, toewijzingnummer) DO UPDATE SET versie = excluded.versie, geboortedatum = excluded.geboortedatum,
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
    verbinding: Connection, gemeente: str, bericht_id: UUID, bericht: Toewijzingsbericht, bekend: dict[int, Toewijzing]
) -> None:
    """Keep a version of each allocation that differs from what is known; the newest by datum and tijd becomes the current one.

    An allocation sent again unchanged (OP087 asks for all current ones in each message) makes no new version, nor does one that
    equals an older version.
    """
    versies = _known_versions(verbinding, gemeente, (item.toewijzingnummer for item in bericht.producten))
    nieuw = [
        item
        for item in bericht.producten
        if not _is_kept(_terms(item), bekend.get(item.toewijzingnummer), versies[item.toewijzingnummer])
    ]
    if not nieuw:
        return
    rijen = [_row(gemeente, bericht, bericht_id, item, len(versies[item.toewijzingnummer]) + 1) for item in nieuw]
    verbinding.execute(_BEWAAR, rijen)
    verbinding.execute(_VERSIE, rijen)


def _known_versions(verbinding: Connection, gemeente: str, nummers: Iterable[int]) -> defaultdict[int, list[dict[str, Any]]]:
    """What each version of these allocations says, by number, old to new; versions count from 1 without gaps."""
    rijen = fetch_rows(
        verbinding,
        f"SELECT toewijzingnummer, {', '.join(_OMVANG)} FROM toewijzing_versie"  # noqa: S608
        " WHERE gemeente = %(g)s AND toewijzingnummer = ANY(%(n)s::bigint[]) ORDER BY toewijzingnummer, versie",
        {"g": gemeente, "n": list(nummers)},
    )
    versies: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for nummer, *waarden in rijen:
        versies[nummer].append(dict(zip(_OMVANG, waarden, strict=True)))
    return versies


def _is_kept(termen: dict[str, Any], bekend: Toewijzing | None, versies: list[dict[str, Any]]) -> bool:
    """Whether a version says nothing new. Of two with the same datum and tijd the last to arrive is current, new or not."""
    if bekend is None:
        return False
    ouder = (termen["toewijzingsdatum"], termen["toewijzingstijd"]) < (bekend.toewijzingsdatum, bekend.toewijzingstijd)
    return termen in versies if ouder else all(getattr(bekend, naam) == waarde for naam, waarde in termen.items())


def _row(gemeente: str, bericht: Toewijzingsbericht, bericht_id: UUID, item: ToegewezenProduct, versie: int) -> dict[str, Any]:
    geboren = bericht.client.geboortedatum
    return {
        "gemeente": gemeente, "agb": bericht.header.ontvanger, "bsn": bericht.client.bsn, "bericht_id": bericht_id,
        "versie": versie, "geboortedatum": geboren.datum if geboren.datum_gebruik is None else None,
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


def find_toewijzing(verbinding: Connection, gemeente: str, toewijzingnummer: int) -> Toewijzing | None:
    """One allocation, as far as the transaction may see it."""
    return load_toewijzingen(verbinding, gemeente, (toewijzingnummer,)).get(toewijzingnummer)
