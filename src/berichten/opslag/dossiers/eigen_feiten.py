"""The facts behind the gemeente's own rules, loaded for one declaration: a query for each kind that a gemeente has anything of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from berichten.dossier.eigen_feiten import (
    Afspraak,
    EigenFeiten,
    Grenzen,
    Kader,
    Levering,
    Ruimte,
    Trajectsleutel,
    Verantwoord,
    Verantwoording,
    Zorgmaand,
)
from berichten.kern.kalender import begin_of_maand
from berichten.opslag.basis.delen import narrowest_kader
from berichten.opslag.basis.kopie import fetch_rows
from berichten.opslag.dossiers.beleid import load_beleid
from berichten.standaard.waarden.berichten import Prestatie

_GEVULD = (
    "SELECT EXISTS (SELECT FROM gezinsplanafspraak WHERE gemeente = %(g)s),"
    " EXISTS (SELECT FROM verantwoording WHERE gemeente = %(g)s AND agb = %(a)s),"
    " EXISTS (SELECT FROM kader WHERE gemeente = %(g)s),"
    " EXISTS (SELECT FROM bestedingsruimte WHERE gemeente = %(g)s AND agb IN ('', %(a)s))"
)


def load_feiten(verbinding: Connection, gemeente: str, agb: str, prestaties: Sequence[Prestatie], grenzen: Grenzen) -> EigenFeiten:
    """What is known about these lines. At most nine queries, however many lines there are."""
    wie = {"g": gemeente, "a": agb, **_keys_of(prestaties)}
    afspraken, verantwoording, kaders, ruimtes = fetch_rows(verbinding, _GEVULD, wie)[0]
    feiten = EigenFeiten(
        beleid=load_beleid(verbinding, gemeente, agb),
        grenzen=grenzen,
        afspraken=tuple(Afspraak(*rij) for rij in fetch_rows(verbinding, _AFSPRAKEN, wie)) if afspraken else (),
        leveringen=_load_leveringen(verbinding, wie),
        ruimtes=tuple(Ruimte(*rij) for rij in fetch_rows(verbinding, _RUIMTES, wie)) if ruimtes else (),
        kaders=tuple(Kader(*rij) for rij in fetch_rows(verbinding, _KADERS, wie)) if kaders else (),
    )
    if verantwoording:
        _add_verantwoording(verbinding, wie, feiten)
    if feiten.kaders:
        _add_trajecten(fetch_rows(verbinding, _TRAJECTEN, wie), feiten.trajecten)
    return feiten


def _keys_of(prestaties: Sequence[Prestatie]) -> dict[str, Any]:
    """Allocations, clients, references and months of these lines, as query parameters."""
    begindatums = {item.begindatum for item in prestaties}
    return {
        "n": sorted({item.toewijzingnummer for item in prestaties if item.toewijzingnummer is not None}),
        "b": sorted({item.bsn for item in prestaties}),
        "r": [item.vorig_referentienummer or item.referentienummer for item in prestaties],
        "m": sorted({begin_of_maand(dag) for dag in begindatums}),
        "eerste": min(begindatums, default=None),
        "laatste": max(begindatums, default=None),
        "eerste_einde": min((item.einddatum for item in prestaties), default=None),
    }


_AFSPRAKEN = """
    SELECT toewijzingnummer, benodigd_niveau, lager_niveau_goedgekeurd, ingangsdatum, einddatum FROM gezinsplanafspraak
    WHERE gemeente = %(g)s AND toewijzingnummer = ANY(%(n)s::bigint[]) ORDER BY toewijzingnummer, ingangsdatum
"""
_KADERS = """
    SELECT kader, segment, zorgvorm, max_maanden, max_minuten, ingangsdatum, einddatum, verlenging_minuten FROM kader
    WHERE gemeente = %(g)s
    ORDER BY kader, ingangsdatum
"""

# Starts and stops that stand, by allocation. Only allocations where a line may lie outside: of which no start came before the
# first period ended, or that were stopped before the last period began.
_LEVERINGEN = """
    SELECT toewijzingnummer, soort, begindatum, einddatum, reden_beeindiging = '20'
    FROM levering
    WHERE gemeente = %(g)s AND agb = %(a)s AND bsn = ANY(%(b)s::text[]) AND verwijderd_door IS NULL
        AND toewijzingnummer IN (
            SELECT toewijzingnummer FROM levering
            WHERE gemeente = %(g)s AND agb = %(a)s AND bsn = ANY(%(b)s::text[]) AND verwijderd_door IS NULL
                AND toewijzingnummer IS NOT NULL
            GROUP BY toewijzingnummer
            HAVING min(begindatum) > %(eerste_einde)s OR min(einddatum) < %(laatste)s)
    ORDER BY toewijzingnummer, begindatum, einddatum NULLS FIRST
"""


def _load_leveringen(verbinding: Connection, wie: dict[str, Any]) -> dict[int, list[Levering]]:
    """Each start with the first stop for it; a stop belongs to the start of its Begindatum (TR382)."""
    gevonden: defaultdict[int, dict[Any, Levering]] = defaultdict(dict)
    for nummer, soort, begindatum, einddatum, tijdelijk in fetch_rows(verbinding, _LEVERINGEN, wie):
        bekend = gevonden[nummer].get(begindatum)
        if soort == "start" or bekend is None:
            gevonden[nummer].setdefault(begindatum, Levering(begindatum, einddatum, bool(tijdelijk)))
        elif bekend.einddatum is None:
            gevonden[nummer][begindatum] = Levering(begindatum, einddatum, bool(tijdelijk))
    return {nummer: [per_begin[dag] for dag in sorted(per_begin)] for nummer, per_begin in gevonden.items()}


# A row for everyone counts for each aanbieder by itself, unless that has a row of its own for the same segment and kind.
_RUIMTES = """
    SELECT r.segment, r.periode_van, r.periode_tot, r.bedrag, r.soort, coalesce(gebruikt.som, 0)::bigint
    FROM bestedingsruimte r
    CROSS JOIN LATERAL (
        SELECT sum(regel.bedrag) AS som
        FROM (
            SELECT zorgmaand AS dag, productcode, sum(bedrag) AS bedrag FROM journaal
            WHERE gemeente = r.gemeente AND agb = %(a)s AND zorgmaand >= date_trunc('month', r.periode_van)::date
                AND zorgmaand <= coalesce(r.periode_tot, 'infinity')
            GROUP BY 1, 2
            UNION ALL
            SELECT begindatum, productcode, bedrag FROM prestatie
            WHERE gemeente = r.gemeente AND agb = %(a)s AND uitkomst = 'ter_beoordeling'
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
"""

_RECORDS = """
    SELECT referentienummer, toewijzingnummer, maand, sum(minuten)::int, soort, niveau, registratie FROM verantwoording
    WHERE gemeente = %(g)s AND agb = %(a)s AND (referentienummer = ANY(%(r)s::text[])
        OR referentienummer = '' AND toewijzingnummer = ANY(%(n)s::bigint[]) AND maand = ANY(%(m)s::date[]))
    GROUP BY referentienummer, toewijzingnummer, maand, soort, niveau, registratie
    ORDER BY referentienummer, toewijzingnummer, maand, soort, niveau, registratie
"""

# Minutes that earlier lines billed on records of their allocation and month: those that have no records of their own.
_EERDER_GEDECLAREERD = """
    SELECT p.toewijzingnummer, date_trunc('month', p.begindatum)::date,
        sum((CASE WHEN p.credit THEN -1 ELSE 1 END) * p.volume * CASE p.eenheid WHEN '01' THEN 1 WHEN '04' THEN 60 ELSE 0 END)
    FROM prestatie p
    WHERE p.gemeente = %(g)s AND p.toewijzingnummer = ANY(%(n)s::bigint[]) AND p.uitkomst IN ('toegekend', 'ter_beoordeling')
        AND p.begindatum >= (%(m)s::date[])[1] AND date_trunc('month', p.begindatum)::date = ANY(%(m)s::date[])
        AND NOT EXISTS (SELECT FROM verantwoording v WHERE v.gemeente = p.gemeente AND v.agb = p.agb
            AND v.referentienummer = coalesce(p.vorig_referentienummer, p.referentienummer))
    GROUP BY 1, 2
"""


def _add_verantwoording(verbinding: Connection, wie: dict[str, Any], feiten: EigenFeiten) -> None:
    for referentie, nummer, maand, *rest in fetch_rows(verbinding, _RECORDS, wie):
        record = Verantwoord(*rest)
        if referentie:
            feiten.verantwoording.setdefault(referentie, Verantwoording([])).regels.append(record)
        else:
            feiten.per_maand.setdefault((nummer, maand), Verantwoording([])).regels.append(record)
    if feiten.per_maand:
        nummers, maanden = zip(*feiten.per_maand, strict=True)
        eerder = {**wie, "n": sorted(set(nummers)), "m": sorted(set(maanden))}
        for nummer, maand, minuten in fetch_rows(verbinding, _EERDER_GEDECLAREERD, eerder):
            if (nummer, maand) in feiten.per_maand:
                feiten.per_maand[nummer, maand].gedeclareerd = int(minuten)


# Earlier care of these clients with this aanbieder, by frame and month; a product as the catalogue has it on the day of the line.
_TRAJECTEN = f"""
    WITH zorg AS (
        SELECT t.bsn, p.productcode, p.begindatum AS dag, sum(CASE WHEN p.credit THEN -1 ELSE 1 END) AS regels,
            sum((CASE WHEN p.credit THEN -1 ELSE 1 END) * coalesce(p.toegekend_volume, p.volume)
                * CASE p.eenheid WHEN '01' THEN 1 WHEN '04' THEN 60 ELSE 0 END) AS minuten
        FROM toewijzing t
        JOIN prestatie p ON p.gemeente = t.gemeente AND p.toewijzingnummer = t.toewijzingnummer
            AND p.uitkomst IN ('toegekend', 'ter_beoordeling') AND (p.toegekend_volume IS NULL OR p.toegekend_volume > 0)
        WHERE t.gemeente = %(g)s AND t.agb = %(a)s AND t.bsn = ANY(%(b)s::text[])
        GROUP BY 1, 2, 3
    ), geldend AS (
        SELECT per_dag.productcode, per_dag.dag, k.kader
        FROM (SELECT DISTINCT productcode, dag FROM zorg) AS per_dag
        CROSS JOIN LATERAL (
            SELECT segment, zorgvorm FROM pdc WHERE pdc.gemeente = %(g)s AND pdc.productcode = per_dag.productcode
            ORDER BY per_dag.dag BETWEEN ingangsdatum AND coalesce(einddatum, 'infinity') DESC, ingangsdatum DESC LIMIT 1
        ) AS product
        CROSS JOIN LATERAL ({narrowest_kader("%(g)s", "product.segment", "product.zorgvorm", "per_dag.dag")}) AS k
    )
    SELECT bsn, kader, date_trunc('month', dag)::date, sum(minuten), sum(regels)
    FROM zorg JOIN geldend USING (productcode, dag)
    GROUP BY 1, 2, 3
"""  # noqa: S608


def _add_trajecten(rijen: Iterable[tuple[Any, ...]], trajecten: dict[Trajectsleutel, dict[date, Zorgmaand]]) -> None:
    for bsn, kader, maand, minuten, regels in rijen:
        trajecten.setdefault((bsn, kader), {})[maand] = Zorgmaand(int(minuten), int(regels))
