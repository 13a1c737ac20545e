"""Allocations with all their versions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.dossier.dossier import VERWIJDERD, StaandePrestaties, Toewijzing, ToewijzingKader
from berichten.dossier.verzoek import Verzoek
from berichten.opslag.basis.delen import P_BEDRAG, P_STAAT
from berichten.opslag.basis.rijvorm import columns, values
from berichten.opslag.basis.vraag import PER_KEER, Opdracht, Vraag
from berichten.opslag.dossiers.beleid import load_beleid
from berichten.opslag.dossiers.buiten_toewijzing import load_staand
from berichten.opslag.dossiers.contracten import load_contract
from berichten.opslag.dossiers.verzoekstanden import load_open_of_gebruikt
from berichten.standaard.waarden.berichten import ToegewezenProduct, Toewijzingsbericht

_SLOT = Opdracht("""
    SELECT pg_advisory_xact_lock(hashtextextended('toewijzing ' || %(g)s || ' ' || nummer, 0))
    FROM (SELECT DISTINCT unnest(%(n)s::bigint[]) AS nummer ORDER BY 1) AS nummers
""")
_OP_NUMMER = Vraag(
    Toewijzing, "SELECT {kolommen} FROM toewijzing WHERE gemeente = %(g)s AND toewijzingnummer = ANY(%(n)s::bigint[])"
)
_VAN_CLIENTEN = Vraag(
    Toewijzing,
    "SELECT {kolommen} FROM toewijzing WHERE gemeente = %(g)s AND agb = %(a)s AND bsn = ANY(%(b)s::text[])"
    " ORDER BY toewijzingnummer",
)
_INGANGSDATUMS = Vraag(
    date,
    "SELECT DISTINCT ingangsdatum FROM toewijzing WHERE gemeente = %(g)s AND agb = %(a)s"
    " AND (toewijzingnummer = ANY(%(n)s::bigint[]) OR bsn = ANY(%(b)s::text[]))",
)


class _Gevonden(NamedTuple):
    """An allocation that a JW301 names, or none, beside whether a request waits."""

    toewijzing: Toewijzing | None
    wacht: bool


_VOOR_JW301 = Vraag(
    _Gevonden,
    "SELECT {toewijzing}, EXISTS (SELECT FROM verzoek v WHERE v.gemeente = %(g)s AND v.agb = %(a)s AND v.bsn = %(b)s"
    " AND v.status IN ('ontvangen', 'in_onderzoek', 'te_honoreren')) AS wacht FROM (VALUES (1)) AS een"
    " LEFT JOIN toewijzing t ON t.gemeente = %(g)s AND t.toewijzingnummer = ANY(%(n)s::bigint[])",
    toewijzing=columns(Toewijzing, "t", "toewijzing"),
)


def lock_nummers(verbinding: Connection, gemeente: str, nummers: Iterable[int]) -> None:
    """Keep others from giving out these numbers until the transaction ends; in key order, so that nobody waits in a circle."""
    _SLOT.put(verbinding, {"g": gemeente, "n": list(nummers)})


def load_toewijzingen(
    verbinding: Connection, gemeente: str, nummers: Iterable[int], agb: str | None = None
) -> dict[int, Toewijzing]:
    """The allocations with these numbers; only those of one aanbieder when `agb` is given.

    Nobody changes them meanwhile: everything between a gemeente and an aanbieder happens under the lock of their stream, and a
    number that is new under `lock_nummers`.
    """
    gevraagd = {"g": gemeente, "n": sorted(set(nummers))}
    # Of ten thousands what the driver has of them would take as much memory again.
    gevonden = (_OP_NUMMER.stream if len(gevraagd["n"]) > PER_KEER else _OP_NUMMER.all)(verbinding, gevraagd)
    return {item.toewijzingnummer: item for item in gevonden if agb is None or item.agb == agb}


def load_client_toewijzingen(verbinding: Connection, gemeente: str, agb: str, bsns: Iterable[str]) -> list[Toewijzing]:
    """Every allocation of this aanbieder for these clients, by number."""
    return _VAN_CLIENTEN.all(verbinding, {"g": gemeente, "a": agb, "b": sorted(set(bsns))})


def load_ingangsdatums(
    verbinding: Connection, gemeente: str, agb: str, nummers: Iterable[int], bsns: Iterable[str]
) -> tuple[date, ...]:
    """Each Ingangsdatum of this aanbieder's allocations with these numbers or for these clients, once."""
    return tuple(_INGANGSDATUMS.all(verbinding, {"g": gemeente, "a": agb, "n": sorted(nummers), "b": sorted(bsns)}))


def load_toewijzing_kader(verbinding: Connection, gemeente: str, bericht: Toewijzingsbericht) -> ToewijzingKader:
    """Lock the numbers that a JW301 names, and load what its allocations are held against."""
    agb, bsn = bericht.header.ontvanger, bericht.client.bsn
    nummers = [item.toewijzingnummer for item in bericht.producten]
    lock_nummers(verbinding, gemeente, nummers)
    bekend, wacht = _load_bekend(verbinding, gemeente, agb, bsn, nummers)
    codes = (item.product.code for item in bericht.producten if item.product and item.product.code)
    toegekend = _awarded(verbinding, gemeente, agb, bsn, bericht.producten)
    contract = load_contract(verbinding, gemeente, agb, codes)
    staand = load_staand(verbinding, gemeente, (item.toewijzingnummer for item in bericht.producten if _is_newer(item, bekend)))
    beleid = load_beleid(verbinding, gemeente, agb)
    referenties = {item.referentie_aanbieder for item in bericht.producten if item.referentie_aanbieder}
    nieuw = any(item.toewijzingnummer not in bekend or _is_newer(item, bekend) for item in bericht.producten) if wacht else False
    if not referenties and not nieuw:
        # No request can be meant, nor be passed over (VZ12).
        return ToewijzingKader(agb, bsn, bekend, toegekend, contract, beleid, staand)
    gevonden = load_open_of_gebruikt(verbinding, gemeente, agb, bsn, referenties)
    verzoeken = {item.referentie: item for item in gevonden if item.referentie in referenties}
    herhaald = _list_repeated(verbinding, gemeente, bericht, verzoeken)
    wachtend = tuple(item for item in gevonden if item.is_open and item.bsn == bsn)
    return ToewijzingKader(agb, bsn, bekend, toegekend, contract, beleid, staand, verzoeken, herhaald, wachtend)


def _list_repeated(
    verbinding: Connection, gemeente: str, bericht: Toewijzingsbericht, verzoeken: dict[str, Verzoek]
) -> frozenset[int]:
    """Allocations sent again word for word, with the reference of the request that they granted; no query where none can be."""
    gegeven = [
        item
        for item in bericht.producten
        if (verzoek := verzoeken.get(item.referentie_aanbieder or "")) and item.toewijzingnummer in verzoek.toewijzingen
    ]
    if not gegeven:
        return frozenset()
    versies = _known_versions(verbinding, gemeente, (item.toewijzingnummer for item in gegeven))
    return frozenset(item.toewijzingnummer for item in gegeven if _terms(item) in versies[item.toewijzingnummer])


def _load_bekend(
    verbinding: Connection, gemeente: str, agb: str, bsn: str, nummers: Iterable[int]
) -> tuple[dict[int, Toewijzing], bool]:
    """The allocations with these numbers, whoever has them, and whether a request of this client waits here; one query."""
    waarden = {"g": gemeente, "a": agb, "b": bsn, "n": sorted(set(nummers))}
    rijen = _VOOR_JW301.all(verbinding, waarden)
    return {rij.toewijzing.toewijzingnummer: rij.toewijzing for rij in rijen if rij.toewijzing}, any(rij.wacht for rij in rijen)


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
    return dict(_TOEGEKEND.all(verbinding, {"g": gemeente, "a": agb, "b": bsn, "n": verwijderd}))


class _Toegekend(NamedTuple):
    toewijzingnummer: int
    staand: StaandePrestaties


_TOEGEKEND = Vraag(
    _Toegekend,
    """
    SELECT p.toewijzingnummer, count(*) AS "staand.aantal", sum({bedrag})::bigint AS "staand.bedrag"
    FROM prestatie p
    WHERE p.gemeente = %(g)s AND p.toewijzingnummer = ANY(%(n)s::bigint[]) AND p.agb = %(a)s AND p.bsn = %(b)s AND {staat}
    GROUP BY p.toewijzingnummer
    """,
    bedrag=P_BEDRAG,
    staat=P_STAAT,
)
_BEKEND = Vraag(
    str,
    "SELECT bsn FROM unnest(%(b)s::text[]) AS bsn"
    " WHERE EXISTS (SELECT FROM toewijzing t WHERE t.gemeente = %(g)s AND t.agb = %(a)s AND t.bsn = bsn.bsn)",
)


def known_bsns(
    verbinding: Connection, gemeente: str, agb: str, bsns: Iterable[str], toewijzingen: Iterable[Toewijzing]
) -> set[str]:
    """Those of `bsns` for whom this aanbieder has or has had an allocation; `toewijzingen` are some that it has."""
    gevraagd = set(bsns)
    onbekend = gevraagd.difference(item.bsn for item in toewijzingen)
    return gevraagd - onbekend | set(_BEKEND.all(verbinding, {"g": gemeente, "a": agb, "b": sorted(onbekend)}) if onbekend else ())


class _Omvang(NamedTuple):
    """What a newer version of an allocation may change."""

    einddatum: date | None
    reden_wijziging: str | None
    volume: int | None
    eenheid: str | None
    frequentie: str | None
    budget: int | None
    toewijzingsdatum: date
    toewijzingstijd: time


class _Versie(NamedTuple):
    toewijzingnummer: int
    omvang: _Omvang


class _Versierij(NamedTuple):
    versie: int
    bericht_id: UUID
    omvang: _Omvang


_OMVANG = {"omvang": columns(_Omvang), "van_nu": values(_Omvang)}
_BEWAAR = Opdracht(
    """
    INSERT INTO toewijzing (gemeente, toewijzingnummer, agb, bsn, categorie, productcode, ingangsdatum, {omvang}, versie,
        geboortedatum)
    VALUES (%(gemeente)s, %(toewijzingnummer)s, %(agb)s, %(bsn)s, %(categorie)s, %(productcode)s, %(ingangsdatum)s, {van_nu},
        %(versie)s, %(geboortedatum)s)
    ON CONFLICT (gemeente, toewijzingnummer) DO UPDATE SET versie = excluded.versie, geboortedatum = excluded.geboortedatum,
        {nieuw}
    WHERE (excluded.toewijzingsdatum, excluded.toewijzingstijd) >= (toewijzing.toewijzingsdatum, toewijzing.toewijzingstijd)
    """,
    nieuw=", ".join(f"{naam} = excluded.{naam}" for naam in _Omvang._fields),
    **_OMVANG,
)
_VERSIE = Opdracht(
    """
    INSERT INTO toewijzing_versie (gemeente, toewijzingnummer, versie, agb, bericht_id, referentie_aanbieder, {omvang})
    VALUES (%(gemeente)s, %(toewijzingnummer)s, %(versie)s, %(agb)s, %(bericht_id)s, %(referentie_aanbieder)s, {van_nu})
    """,
    **_OMVANG,
)
_VERSIES = Vraag(
    _Versie,
    "SELECT toewijzingnummer, {omvang} FROM toewijzing_versie"
    " WHERE gemeente = %(g)s AND toewijzingnummer = ANY(%(n)s::bigint[]) ORDER BY toewijzingnummer, versie",
    omvang=columns(_Omvang, naar="omvang"),
)
_VAN_EEN = Vraag(
    _Versierij,
    "SELECT versie, bericht_id, {omvang} FROM toewijzing_versie"
    " WHERE gemeente = %(g)s AND toewijzingnummer = %(n)s ORDER BY versie",
    omvang=columns(_Omvang, naar="omvang"),
)


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
    _BEWAAR.run_each(verbinding, rijen)
    _VERSIE.run_each(verbinding, rijen)


def _known_versions(verbinding: Connection, gemeente: str, nummers: Iterable[int]) -> defaultdict[int, list[dict[str, Any]]]:
    """What each version of these allocations says, by number, old to new; versions count from 1 without gaps."""
    versies: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for nummer, omvang in _VERSIES.all(verbinding, {"g": gemeente, "n": list(nummers)}):
        versies[nummer].append(omvang._asdict())
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
    rijen = _VAN_EEN.all(verbinding, {"g": gemeente, "n": toewijzingnummer})
    return [{"versie": rij.versie, "bericht_id": rij.bericht_id, **rij.omvang._asdict()} for rij in rijen]


def find_toewijzing(verbinding: Connection, gemeente: str, toewijzingnummer: int) -> Toewijzing | None:
    """One allocation, as far as the transaction may see it."""
    return load_toewijzingen(verbinding, gemeente, (toewijzingnummer,)).get(toewijzingnummer)
