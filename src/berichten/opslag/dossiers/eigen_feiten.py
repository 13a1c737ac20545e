"""The facts behind the gemeente's own rules, loaded for one declaration: a query for each kind that a gemeente has anything of."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection

from berichten.dossier.eigen_feiten import (
    MINUTEN_VAN,
    Afspraak,
    EigenFeiten,
    Grenzen,
    Kader,
    Leverperiode,
    Ruimte,
    Trajectsleutel,
    Verantwoord,
    Verantwoording,
    Zorgmaand,
)
from berichten.kern.kalender import begin_of_maand
from berichten.opslag.basis.delen import P_MINUTEN, P_TEKEN, P_TELT_MEE, P_VOLUME, WACHT, narrowest_kader
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.dossiers.beleid import load_beleid
from berichten.opslag.dossiers.toewijzingtotalen import hold_sums_for
from berichten.standaard.waarden.regelvelden import Velden


class _Gevuld(NamedTuple):
    afspraken: bool
    verantwoording: bool
    kaders: bool
    ruimtes: bool


_GEVULD = Vraag(
    _Gevuld,
    """
    SELECT EXISTS (SELECT FROM gezinsplanafspraak WHERE gemeente = %(g)s) AS afspraken,
        EXISTS (SELECT FROM verantwoording WHERE gemeente = %(g)s AND agb = %(a)s) AS verantwoording,
        EXISTS (SELECT FROM kader WHERE gemeente = %(g)s) AS kaders,
        EXISTS (SELECT FROM bestedingsruimte WHERE gemeente = %(g)s AND agb IN ('', %(a)s)) AS ruimtes
    """,
)


def load_feiten(verbinding: Connection, gemeente: str, agb: str, velden: Velden, grenzen: Grenzen) -> EigenFeiten:
    """What is known about lines that say this. At most ten queries, however many there are; two more where they are many."""
    wie = {"g": gemeente, "a": agb, **_keys_of(velden)}
    gevuld = _GEVULD.read(verbinding, wie)
    feiten = EigenFeiten(
        beleid=load_beleid(verbinding, gemeente, agb),
        grenzen=grenzen,
        afspraken=tuple(_AFSPRAKEN.all(verbinding, wie)) if gevuld.afspraken else (),
        leveringen=_load_leveringen(verbinding, wie),
        ruimtes=tuple(_RUIMTES.all(verbinding, wie)) if gevuld.ruimtes else (),
        kaders=tuple(_KADERS.all(verbinding, wie)) if gevuld.kaders else (),
    )
    if gevuld.verantwoording:
        paren = zip(velden["vorig_referentienummer"], velden["referentienummer"], strict=True)
        referenties = [vorige or eigen for vorige, eigen in paren]
        _add_verantwoording(verbinding, {**wie, "r": referenties}, feiten)
    if feiten.kaders:
        feiten.trajecten = _load_trajecten(verbinding, wie, velden)
    return feiten


def _keys_of(velden: Velden) -> dict[str, Any]:
    """Allocations, clients and months of these lines, as query parameters."""
    begindatums, einddatums = set(velden["begindatum"]), set(velden["einddatum"])
    return {
        "n": sorted(set(velden["toewijzingnummer"]) - {None}),
        "b": sorted(set(velden["bsn"])),
        "m": sorted(set(map(begin_of_maand, begindatums))),
        "eerste": min(begindatums, default=None),
        "laatste": max(begindatums, default=None),
        "eerste_einde": min(einddatums, default=None),
    }


_AFSPRAKEN = Vraag(
    Afspraak,
    """
    SELECT {kolommen} FROM gezinsplanafspraak
    WHERE gemeente = %(g)s AND toewijzingnummer = ANY(%(n)s::bigint[]) ORDER BY toewijzingnummer, ingangsdatum
    """,
)
_KADERS = Vraag(Kader, "SELECT {kolommen} FROM kader WHERE gemeente = %(g)s ORDER BY kader, ingangsdatum")


class _Melding(NamedTuple):
    toewijzingnummer: int
    soort: str
    levering: Leverperiode


# Starts and stops that stand, by allocation. Only allocations where a line may lie outside: of which no start came before the
# first period ended, or that were stopped before the last period began.
_LEVERINGEN = Vraag(
    _Melding,
    """
    SELECT toewijzingnummer, soort, begindatum AS "levering.begindatum", einddatum AS "levering.einddatum",
        coalesce(reden_beeindiging = '20', false) AS "levering.tijdelijk"
    FROM levering
    WHERE gemeente = %(g)s AND agb = %(a)s AND bsn = ANY(%(b)s::text[]) AND verwijderd_door IS NULL
        AND toewijzingnummer IN (
            SELECT toewijzingnummer FROM levering
            WHERE gemeente = %(g)s AND agb = %(a)s AND bsn = ANY(%(b)s::text[]) AND verwijderd_door IS NULL
                AND toewijzingnummer IS NOT NULL
            GROUP BY toewijzingnummer
            HAVING min(begindatum) > %(eerste_einde)s OR min(einddatum) < %(laatste)s)
    ORDER BY toewijzingnummer, begindatum, einddatum NULLS FIRST
    """,
)


def _load_leveringen(verbinding: Connection, wie: dict[str, Any]) -> dict[int, list[Leverperiode]]:
    """Each start with the first stop for it; a stop belongs to the start of its Begindatum (TR382)."""
    gevonden: defaultdict[int, dict[Any, Leverperiode]] = defaultdict(dict)
    for nummer, soort, levering in _LEVERINGEN.all(verbinding, wie):
        bekend = gevonden[nummer].get(levering.begindatum)
        if soort == "start" or bekend is None:
            gevonden[nummer].setdefault(levering.begindatum, levering)
        elif bekend.einddatum is None:
            gevonden[nummer][levering.begindatum] = levering
    return {nummer: [per_begin[dag] for dag in sorted(per_begin)] for nummer, per_begin in gevonden.items()}


# A row for everyone counts for each aanbieder by itself, unless that has a row of its own for the same segment and kind.
_RUIMTES = Vraag(
    Ruimte,
    """
    SELECT r.segment, r.periode_van, r.periode_tot, r.bedrag, r.soort, coalesce(gebruikt.som, 0)::bigint AS gebruikt
    FROM bestedingsruimte r
    CROSS JOIN LATERAL (
        SELECT sum(regel.bedrag) AS som
        FROM (
            SELECT zorgmaand AS dag, productcode, sum(toegekend + gecrediteerd + correcties) AS bedrag FROM boektotaal
            WHERE gemeente = r.gemeente AND agb = %(a)s AND zorgmaand >= date_trunc('month', r.periode_van)::date
                AND zorgmaand <= coalesce(r.periode_tot, 'infinity')
            GROUP BY 1, 2
            UNION ALL
            SELECT begindatum, productcode, bedrag FROM prestatie
            WHERE gemeente = r.gemeente AND agb = %(a)s AND {wacht}
                AND begindatum >= r.periode_van AND begindatum <= coalesce(r.periode_tot, 'infinity')
        ) AS regel
        WHERE r.segment IN ('', (
            SELECT segment FROM pdc WHERE pdc.gemeente = r.gemeente AND pdc.productcode = regel.productcode
            ORDER BY regel.dag BETWEEN ingangsdatum AND coalesce(einddatum, 'infinity') DESC, ingangsdatum DESC LIMIT 1))
    ) AS gebruikt
    WHERE r.gemeente = %(g)s AND r.periode_van <= %(laatste)s AND coalesce(r.periode_tot, 'infinity') >= %(eerste)s
        AND (r.agb = %(a)s OR r.agb = '' AND NOT EXISTS (SELECT FROM bestedingsruimte eigen
            WHERE eigen.gemeente = r.gemeente AND eigen.agb = %(a)s AND eigen.segment = r.segment AND eigen.soort = r.soort
                AND eigen.periode_van <= coalesce(r.periode_tot, 'infinity')
                AND coalesce(eigen.periode_tot, 'infinity') >= r.periode_van))
    ORDER BY r.segment, r.soort, r.periode_van
    """,
    wacht=WACHT,
)


def list_ruimtes(verbinding: Connection, gemeente: str, agb: str, dag: date) -> list[Ruimte]:
    """What an aanbieder may spend on a day, with what was used of it; its own row goes before one for everyone."""
    return _RUIMTES.all(verbinding, {"g": gemeente, "a": agb, "eerste": dag, "laatste": dag})


class _Records(NamedTuple):
    referentienummer: str
    toewijzingnummer: int
    maand: date
    record: Verantwoord


_RECORDS = Vraag(
    _Records,
    """
    SELECT referentienummer, toewijzingnummer, maand, sum(minuten)::int AS "record.minuten", soort AS "record.soort",
        niveau AS "record.niveau", registratie AS "record.registratie"
    FROM verantwoording
    WHERE gemeente = %(g)s AND agb = %(a)s AND (referentienummer = ANY(%(r)s::text[])
        OR referentienummer = '' AND toewijzingnummer = ANY(%(n)s::bigint[]) AND maand = ANY(%(m)s::date[]))
    GROUP BY referentienummer, toewijzingnummer, maand, soort, niveau, registratie
    ORDER BY referentienummer, toewijzingnummer, maand, soort, niveau, registratie
    """,
)


class _Gedeclareerd(NamedTuple):
    toewijzingnummer: int
    maand: date
    minuten: int


# Minutes that earlier lines billed on records of their allocation and month: those that have no records of their own.
_EERDER_GEDECLAREERD = Vraag(
    _Gedeclareerd,
    """
    SELECT p.toewijzingnummer, date_trunc('month', p.begindatum)::date AS maand,
        sum({teken} * p.volume * {minuten})::bigint AS minuten
    FROM prestatie p
    WHERE p.gemeente = %(g)s AND p.toewijzingnummer = ANY(%(n)s::bigint[]) AND {telt_mee}
        AND p.begindatum >= (%(m)s::date[])[1] AND date_trunc('month', p.begindatum)::date = ANY(%(m)s::date[])
        AND NOT EXISTS (SELECT FROM verantwoording v WHERE v.gemeente = p.gemeente AND v.agb = p.agb
            AND v.referentienummer = coalesce(p.vorig_referentienummer, p.referentienummer))
    GROUP BY 1, 2
    """,
    teken=P_TEKEN,
    minuten=P_MINUTEN,
    telt_mee=P_TELT_MEE,
)


def _add_verantwoording(verbinding: Connection, wie: dict[str, Any], feiten: EigenFeiten) -> None:
    for referentie, nummer, maand, record in _RECORDS.all(verbinding, wie):
        if referentie:
            feiten.verantwoording.setdefault(referentie, Verantwoording([])).regels.append(record)
        else:
            feiten.per_maand.setdefault((nummer, maand), Verantwoording([])).regels.append(record)
    if feiten.per_maand:
        nummers, maanden = zip(*feiten.per_maand, strict=True)
        eerder = {**wie, "n": sorted(set(nummers)), "m": sorted(set(maanden))}
        for nummer, maand, minuten in _EERDER_GEDECLAREERD.all(verbinding, eerder):
            if (nummer, maand) in feiten.per_maand:
                feiten.per_maand[nummer, maand].gedeclareerd = minuten


# Lines that earlier counted for these clients with this aanbieder.
_VAN = """
    FROM toewijzing t
    JOIN prestatie p ON p.gemeente = t.gemeente AND p.toewijzingnummer = t.toewijzingnummer
        AND {telt_mee} AND (p.toegekend_volume IS NULL OR p.toegekend_volume > 0)
    {kader}
    WHERE t.gemeente = %(g)s AND t.agb = %(a)s AND t.bsn = ANY(%(b)s::text[])
"""
# The frame of each; a product as the catalogue has it on the day of the line. Both lookups stand beside the line, so that the
# planner keeps what it found for a product and a day.
_KADER = """
    CROSS JOIN LATERAL (
        SELECT segment, zorgvorm FROM pdc WHERE pdc.gemeente = t.gemeente AND pdc.productcode = p.productcode
        ORDER BY p.begindatum BETWEEN ingangsdatum AND coalesce(einddatum, 'infinity') DESC, ingangsdatum DESC LIMIT 1
    ) AS product
    CROSS JOIN LATERAL ({smalste}) AS k
"""
_ZORGDELEN: dict[str, Any] = {
    "zorg": _VAN.replace("{kader}", _KADER),
    "van": _VAN.replace("{kader}", ""),
    "teken": P_TEKEN,
    "volume": P_VOLUME,
    "minuten": P_MINUTEN,
    "telt_mee": P_TELT_MEE,
    "smalste": narrowest_kader("t.gemeente", "product.segment", "product.zorgvorm", "p.begindatum"),
}
# Clients whose course may go beyond a frame: all that was ever billed of products that may fall in it, with all that is billed now,
# is more than its least limit. For the others no order of lines and no gap makes it more, so their months need not be known.
# Lines are added up by product before anybody asks which frame that has, and a product counts for every frame that it has on any
# day: a client may be near that is not, and then has its months looked at for nothing.
_PER_PRODUCT = """
    SELECT bsn, kader, eerste, minuten FROM (
        SELECT t.bsn, p.productcode, min(p.begindatum) AS eerste,
            coalesce(sum({volume} * {minuten}) FILTER (WHERE NOT p.credit), 0) AS minuten
        {van} GROUP BY 1, 2
    ) AS per_product JOIN valt_in USING (productcode)
"""
_SINDSDIEN = """
    SELECT t.bsn, kader, s.eerste, s.debetminuten AS minuten
    FROM nu JOIN toewijzing t ON t.gemeente = %(g)s AND t.agb = %(a)s AND t.bsn = nu.bsn
    JOIN toewijzingtotaal s ON s.gemeente = %(g)s AND s.toewijzingnummer = t.toewijzingnummer AND s.eerste IS NOT NULL
    JOIN valt_in ON valt_in.productcode = s.productcode
    UNION ALL
    SELECT t.bsn, kader, p.begindatum, CASE WHEN p.credit THEN 0 ELSE {volume} * {minuten} END
    FROM prestatie p JOIN toewijzing t ON t.gemeente = %(g)s AND t.agb = %(a)s AND t.toewijzingnummer = p.toewijzingnummer
    JOIN valt_in ON valt_in.productcode = p.productcode
    WHERE p.gemeente = %(g)s AND p.prestatie_id > %(tot)s AND {telt_mee} AND (p.toegekend_volume IS NULL OR p.toegekend_volume > 0)
"""
"""As the night had added them up, with the lines since. Clients come as rows: of a list the planner weighs each value."""
_DICHTBIJ, _DICHTBIJ_VEEL = (
    Vraag(
        str,
        """
        WITH nu AS MATERIALIZED (
            SELECT * FROM unnest(%(b)s::text[], %(nu)s::bigint[]) AS nu (bsn, minuten)
        ), valt_in AS MATERIALIZED (
            SELECT DISTINCT pdc.productcode, k.kader
            FROM pdc JOIN kader k ON k.gemeente = pdc.gemeente AND k.segment IN ('', pdc.segment)
                AND lower(k.zorgvorm) IN ('', lower(pdc.zorgvorm))
            WHERE pdc.gemeente = %(g)s
        ), eerder AS (
            SELECT bsn, kader, sum(minuten) AS minuten, min(eerste) AS eerste
            FROM ({opgeteld}) AS opgeteld GROUP BY 1, 2
        ), grens AS (
            SELECT kader, min(max_minuten) AS minuten,
                (date_trunc('month', %(laatste)s::date) - make_interval(months => min(max_maanden) - 1))::date AS vanaf
            FROM kader WHERE gemeente = %(g)s GROUP BY kader
        )
        SELECT DISTINCT eerder.bsn
        FROM eerder JOIN grens USING (kader) JOIN nu USING (bsn)
        WHERE eerder.minuten + nu.minuten > grens.minuten OR least(eerder.eerste, %(eerste)s::date) < grens.vanaf
        """,
        opgeteld=opgeteld,
        **_ZORGDELEN,
    )
    for opgeteld in (_PER_PRODUCT, _SINDSDIEN)
)


class _Traject(NamedTuple):
    bsn: str
    kader: str
    maand: date
    zorg: Zorgmaand


_TRAJECTEN = Vraag(
    _Traject,
    """
    SELECT t.bsn, k.kader, date_trunc('month', p.begindatum)::date AS maand,
        sum({teken} * {volume} * {minuten})::bigint AS "zorg.minuten", sum({teken})::bigint AS "zorg.regels"
    {zorg} GROUP BY 1, 2, 3
    """,
    **_ZORGDELEN,
)


def _load_trajecten(verbinding: Connection, wie: Mapping[str, Any], velden: Velden) -> dict[Trajectsleutel, dict[date, Zorgmaand]]:
    """Earlier care by frame and month, of the clients for whom a frame may be too small (DA10)."""
    nu = dict.fromkeys(wie["b"], 0)
    for bsn, volume, eenheid, credit in zip(*(velden[veld] for veld in ("bsn", "volume", "eenheid", "credit")), strict=True):
        if not credit:
            nu[bsn] += volume * MINUTEN_VAN.get(eenheid, 0)
    gevraagd = {**wie, "nu": list(nu.values())}
    tot = hold_sums_for(verbinding, wie["g"], len(wie["n"]))
    dichtbij = (_DICHTBIJ if tot is None else _DICHTBIJ_VEEL).all(verbinding, {**gevraagd, "tot": tot})
    trajecten: defaultdict[Trajectsleutel, dict[date, Zorgmaand]] = defaultdict(dict)
    for bsn, kader, maand, zorg in _TRAJECTEN.all(verbinding, {**wie, "b": dichtbij}) if dichtbij else ():
        trajecten[bsn, kader][maand] = zorg
    return dict(trajecten)
