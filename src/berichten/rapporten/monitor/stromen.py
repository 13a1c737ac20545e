"""What the message flow tells for the indicators: courses that ended, starts, moments of declaring, and shares of cost.

Every question gives the total and its two splits, by specialism (segment and zorgvorm) and by aanbieder, in one query.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection

from berichten.dossier.dossier import VERWIJDERD
from berichten.dossier.eigen_feiten import TRAJECT_GAT
from berichten.kern.kalender import add_maanden
from berichten.opslag.basis.ruimte import allow_room
from berichten.opslag.basis.vraag import Vraag
from berichten.rapporten.afscherming.optelling import TOTAAL, Telling
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.clienten import ALLES_GEBOEKT, REGELS, Celstanden
from berichten.rapporten.monitor.trajecten import course_range, courses_of

START_BINNEN_DAGEN = 28
"""A start is in time when it is at most so many days after the Ingangsdatum of the allocation; a choice of ours."""
EINDE_BEKEND_MAANDEN = TRAJECT_GAT + 2
"""From the first day of so many months after its last month a course is known to have ended: TRAJECT_GAT empty months are bridged,
so care in the month after those still belongs to it, and that month has to be over too."""
UITSTROOM_MAANDEN = 12
"""Months without any new care after which leaving is lasting."""
_ZWAARTE = "CASE segment WHEN '4' THEN 1 WHEN '5' THEN 1 WHEN '3' THEN 2 WHEN '2' THEN 3 WHEN '1A' THEN 4 WHEN '1B' THEN 5 END"
"""How heavy care of a segment is, to tell scaling up from scaling down; crisis, safety and LTA are neither."""
_GROEPEN = """
    GROUP BY GROUPING SETS ((), (segment, zorgvorm), (agb))
"""
_GROEP = """
    CASE WHEN grouping(agb) = 0 THEN 'aanbieder' WHEN grouping(segment) = 0 THEN 'specialisme' ELSE '{totaal}' END AS splitsing,
    CASE WHEN grouping(agb) = 0 THEN agb WHEN grouping(segment) = 0 THEN segment || E'\\t' || zorgvorm ELSE '{totaal}' END
        AS sleutel
"""


@dataclass(frozen=True, slots=True)
class Uitgestroomd:
    """Courses that ended: all, followed by heavier and by lighter care, months and cents; and what became of those clients."""

    aantal: int
    op: int
    af: int
    te_volgen: int
    """Those of which twelve months have passed since."""
    duurzaam: int
    maanden: int
    centen: int

    def counts(self) -> Telling:
        """Every count that is shown, or follows from what is."""
        rest, terug = self.aantal - self.op - self.af, self.te_volgen - self.duurzaam
        return self.aantal, self.op, self.af, rest, self.te_volgen, self.duurzaam, terug, self.aantal - self.te_volgen


@dataclass(frozen=True, slots=True)
class Starts:
    """Allocations that began, and those of which the start came in time."""

    aantal: int
    op_tijd: int

    def counts(self) -> Telling:
        """In time, late, and together."""
        return self.aantal, self.op_tijd, self.aantal - self.op_tijd


class Prestatietijden(Starts):
    """Awarded lines, and those that were declared in time."""


@dataclass(frozen=True, slots=True)
class Kostenaandeel:
    """Cents of a part and of the whole, of this year and of last year."""

    deel: int
    geheel: int
    deel_vorig: int
    geheel_vorig: int


Teller = TypeVar("Teller", Uitgestroomd, Starts, Prestatietijden)
Groep = tuple[str, str]
"""Split and key; the total is (TOTAAL, TOTAAL)."""


def split_counts(groepen: Mapping[Groep, Teller]) -> tuple[Telling, dict[str, dict[str, Telling]]]:
    """The total and its splits, for the decision what may be shown."""
    splitsingen: dict[str, dict[str, Telling]] = {"specialisme": {}, "aanbieder": {}}
    for (splitsing, sleutel), item in groepen.items():
        if splitsing != TOTAAL:
            splitsingen[splitsing][sleutel] = item.counts()
    return groepen[TOTAAL, TOTAAL].counts(), splitsingen


class _Uitgestroomd(NamedTuple):
    plek: int
    splitsing: str
    sleutel: str
    cijfers: Uitgestroomd


class _Starts(NamedTuple):
    splitsing: str
    sleutel: str
    cijfers: Starts


class _Prestatietijden(NamedTuple):
    plek: int
    splitsing: str
    sleutel: str
    cijfers: Prestatietijden


class _Aandelen(NamedTuple):
    residentieel: Kostenaandeel
    collectief: Kostenaandeel


# What follows a course is the heaviest course of the same client that began after it did, from the month before its last to three
# months after. Each course carries the courses of its client, so that it is held against those and not against all of the gemeente.
_UITGESTROOMD = Vraag(
    _Uitgestroomd,
    """
    WITH traject AS (
        SELECT t.*, {zwaarte} AS zwaarte FROM ({trajecten}) AS t
    ), met_andere AS (
        SELECT t.*, array_agg(eerste) OVER client AS eersten, array_agg(laatste) OVER client AS laatsten,
            array_agg(zwaarte) OVER client AS zwaarten
        FROM traject t WINDOW client AS (PARTITION BY bsn)
    ), geeindigd AS (
        SELECT v.plek, t.*, t.laatste + interval '{uitstroom_maanden} months' < %(nu)s AS te_volgen, ander.daarna, ander.weg
        FROM unnest(%(begin)s::date[], %(einde)s::date[]) WITH ORDINALITY AS v(begin, einde, plek)
        JOIN met_andere t ON t.laatste BETWEEN v.begin AND v.einde
        CROSS JOIN LATERAL (
            SELECT max(n.zwaarte) FILTER (WHERE n.eerste > t.eerste
                    AND n.eerste BETWEEN t.laatste - interval '1 month' AND t.laatste + interval '{traject_gat} months') AS daarna,
                NOT bool_or(n.laatste > t.laatste AND n.eerste <= t.laatste + interval '{uitstroom_maanden} months') AS weg
            FROM unnest(t.eersten, t.laatsten, t.zwaarten) AS n(eerste, laatste, zwaarte)
        ) AS ander
        WHERE t.laatste + interval '{einde_bekend} months' <= %(nu)s
    )
    SELECT plek::int, {groep}, count(*) AS "cijfers.aantal", count(*) FILTER (WHERE daarna > zwaarte) AS "cijfers.op",
        count(*) FILTER (WHERE daarna < zwaarte) AS "cijfers.af", count(*) FILTER (WHERE te_volgen) AS "cijfers.te_volgen",
        count(*) FILTER (WHERE te_volgen AND weg) AS "cijfers.duurzaam",
        coalesce(sum(maanden), 0)::bigint AS "cijfers.maanden", coalesce(sum(bedrag), 0)::bigint AS "cijfers.centen"
    FROM geeindigd GROUP BY GROUPING SETS ((plek), (plek, segment, zorgvorm), (plek, agb)) ORDER BY plek, splitsing, sleutel
    """,
    **courses_of(REGELS, "segment, zorgvorm"),
    zwaarte=_ZWAARTE,
    traject_gat=TRAJECT_GAT,
    einde_bekend=EINDE_BEKEND_MAANDEN,
    uitstroom_maanden=UITSTROOM_MAANDEN,
    groep=_GROEP,
    totaal=TOTAAL,
)
# What messages brought that were handled after the moment was not known then: an allocation, its removal, a start, or its removal.
_STARTS = Vraag(
    _Starts,
    """
    WITH later AS MATERIALIZED (SELECT bericht_id FROM bericht WHERE gemeente = ANY(%(gemeenten)s) AND verwerkt_op > %(moment)s),
    anders AS MATERIALIZED (
        SELECT DISTINCT ON (v.gemeente, v.toewijzingnummer) v.gemeente, v.toewijzingnummer,
            later.bericht_id IS NULL AS bekend, v.reden_wijziging
        FROM toewijzing_versie v LEFT JOIN later USING (bericht_id)
        WHERE (v.gemeente, v.toewijzingnummer) IN (
            SELECT n.gemeente, n.toewijzingnummer FROM toewijzing_versie n JOIN later USING (bericht_id))
        ORDER BY v.gemeente, v.toewijzingnummer, later.bericht_id IS NULL DESC, v.toewijzingsdatum DESC, v.toewijzingstijd DESC,
            v.versie DESC
    )
    SELECT {groep}, count(*) AS "cijfers.aantal", count(*) FILTER (WHERE gestart) AS "cijfers.op_tijd"
    FROM (
        SELECT t.agb, coalesce(pdc.segment, '') AS segment, coalesce(pdc.zorgvorm, '') AS zorgvorm,
            EXISTS (SELECT FROM levering l WHERE l.gemeente = t.gemeente AND l.agb = t.agb AND l.bsn = t.bsn AND l.soort = 'start'
                AND l.toewijzingnummer = t.toewijzingnummer AND l.begindatum <= t.ingangsdatum + {binnen}
                AND l.bericht_id NOT IN (SELECT bericht_id FROM later)
                AND (l.verwijderd_door IS NULL OR l.verwijderd_door IN (SELECT bericht_id FROM later))) AS gestart
        FROM toewijzing t
        LEFT JOIN anders USING (gemeente, toewijzingnummer)
        LEFT JOIN pdc ON pdc.gemeente = t.gemeente AND pdc.productcode = t.productcode
            AND t.ingangsdatum BETWEEN pdc.ingangsdatum AND coalesce(pdc.einddatum, 'infinity')
        WHERE t.gemeente = ANY(%(gemeenten)s) AND t.ingangsdatum BETWEEN %(begin)s AND %(einde)s
            AND t.ingangsdatum + {binnen} < %(vandaag)s AND anders.bekend IS DISTINCT FROM false
            AND CASE WHEN anders.bekend THEN anders.reden_wijziging ELSE t.reden_wijziging END IS DISTINCT FROM '{verwijderd}'
    ) AS begonnen {groepen} ORDER BY 1, 2
    """,
    binnen=START_BINNEN_DAGEN,
    verwijderd=VERWIJDERD,
    groep=_GROEP,
    groepen=_GROEPEN,
    totaal=TOTAAL,
)
# Every line that was awarded at once or by a person has a first entry; of all that there is it need not be looked up.
_REGELTIJDEN = Vraag(
    _Prestatietijden,
    """
    SELECT plek::int, {groep}, count(*) AS "cijfers.aantal", count(*) FILTER (WHERE op_tijd) AS "cijfers.op_tijd"
    FROM (
        SELECT v.plek, p.agb, coalesce(pdc.segment, '') AS segment, coalesce(pdc.zorgvorm, '') AS zorgvorm,
            d.dagtekening < date_trunc('month', p.begindatum) + make_interval(months => %(termijn)s + 1) AS op_tijd
        FROM unnest(%(begin)s::date[], %(einde)s::date[]) WITH ORDINALITY AS v(begin, einde, plek)
        JOIN prestatie p ON p.begindatum BETWEEN v.begin AND v.einde
        JOIN declaratie d ON d.gemeente = p.gemeente AND d.bericht_id = p.bericht_id
        LEFT JOIN journaal j ON NOT %(alles)s AND j.gemeente = p.gemeente AND j.prestatie_id = p.prestatie_id AND j.boeking = 1
            AND j.geboekt_op <= %(moment)s AND j.zorgmaand BETWEEN %(eerste)s AND %(laatste)s
        LEFT JOIN pdc ON pdc.gemeente = p.gemeente AND pdc.productcode = p.productcode
            AND p.begindatum BETWEEN pdc.ingangsdatum AND coalesce(pdc.einddatum, 'infinity')
        WHERE p.gemeente = ANY(%(gemeenten)s) AND p.begindatum BETWEEN %(eerste)s AND %(laatste)s
            AND p.uitkomst = 'toegekend' AND NOT p.credit AND (%(alles)s OR j.prestatie_id IS NOT NULL)
            AND date_trunc('month', p.begindatum::timestamp) + make_interval(months => %(termijn)s + 1) <= %(vandaag)s
    ) AS regel GROUP BY GROUPING SETS ((plek), (plek, segment, zorgvorm), (plek, agb)) ORDER BY plek, splitsing, sleutel
    """,
    groep=_GROEP,
    totaal=TOTAAL,
)
_AANDELEN = Vraag(
    _Aandelen,
    """
    SELECT
        coalesce(sum(bedrag) FILTER (WHERE segment IN ('1A', '1B', '2') AND zorgmaand >= %(begin)s), 0)::bigint
            AS "residentieel.deel",
        coalesce(sum(bedrag) FILTER (WHERE segment IN ('1A', '1B', '2', '4', '5') AND zorgmaand >= %(begin)s), 0)::bigint
            AS "residentieel.geheel",
        coalesce(sum(bedrag) FILTER (WHERE segment IN ('1A', '1B', '2') AND zorgmaand < %(begin)s), 0)::bigint
            AS "residentieel.deel_vorig",
        coalesce(sum(bedrag) FILTER (WHERE segment IN ('1A', '1B', '2', '4', '5') AND zorgmaand < %(begin)s), 0)::bigint
            AS "residentieel.geheel_vorig",
        coalesce(sum(bedrag) FILTER (WHERE collectief AND zorgmaand >= %(begin)s), 0)::bigint
            AS "collectief.deel",
        coalesce(sum(bedrag) FILTER (WHERE (collectief OR individueel) AND zorgmaand >= %(begin)s), 0)::bigint
            AS "collectief.geheel",
        coalesce(sum(bedrag) FILTER (WHERE collectief AND zorgmaand < %(begin)s), 0)::bigint
            AS "collectief.deel_vorig",
        coalesce(sum(bedrag) FILTER (WHERE (collectief OR individueel) AND zorgmaand < %(begin)s), 0)::bigint
            AS "collectief.geheel_vorig"
    FROM (
        SELECT r.*, r.segment = '3' OR r.zorgvorm ILIKE '%%groep%%' OR r.zorgvorm ILIKE '%%op school%%' AS collectief,
            r.zorgvorm ILIKE '%%individueel%%' AS individueel
        FROM ({regels}) AS r
        WHERE r.zorgmaand >= %(begin)s OR r.zorgmaand <= %(vorig_tot)s
    ) AS regel
    """,
    regels=REGELS,
)


def read_uitgestroomd(
    verbinding: Connection, bereik: Bereik, vandaag: date, moment: datetime = ALLES_GEBOEKT
) -> dict[Groep, Uitgestroomd]:
    """Courses that ended in the period. Later care is looked at too, for what became of the client."""
    return read_uitgestroomd_in(verbinding, [bereik], vandaag, moment)[0]


def read_uitgestroomd_in(
    verbinding: Connection, bereiken: Sequence[Bereik], vandaag: date, moment: datetime = ALLES_GEBOEKT
) -> list[dict[Groep, Uitgestroomd]]:
    """The same for each of these periods, all of the same gemeenten: courses are made once."""
    waarden = {
        **course_range(bereiken[0], moment),
        "begin": [bereik.van for bereik in bereiken],
        "einde": [bereik.tot for bereik in bereiken],
        "tot": vandaag,
        "nu": vandaag.replace(day=1),
    }
    allow_room(verbinding)
    return _divide(_UITGESTROOMD.all(verbinding, waarden), [Uitgestroomd(0, 0, 0, 0, 0, 0, 0) for _ in bereiken])


def _divide(rijen: Iterable[Any], geen: Iterable[Teller]) -> list[dict[Groep, Teller]]:
    """Rows by the place of their period; `geen`: of each period the total of nothing."""
    gevonden: list[dict[Groep, Teller]] = [{(TOTAAL, TOTAAL): niets} for niets in geen]
    for rij in rijen:
        gevonden[rij.plek - 1][rij.splitsing, rij.sleutel] = rij.cijfers
    return gevonden


def read_starts(verbinding: Connection, bereik: Bereik, vandaag: date, moment: datetime = ALLES_GEBOEKT) -> dict[Groep, Starts]:
    """Allocations with an Ingangsdatum in the period of which the term for starting has passed. No start told is none in time."""
    waarden = {
        "gemeenten": list(bereik.gemeenten), "begin": bereik.van, "einde": bereik.tot, "vandaag": vandaag, "moment": moment,
    }  # fmt: skip
    return {(rij.splitsing, rij.sleutel): rij.cijfers for rij in _STARTS.all(verbinding, waarden)}


def read_prestatietijden(
    verbinding: Connection, bereik: Bereik, termijn: int, vandaag: date, moment: datetime = ALLES_GEBOEKT
) -> dict[Groep, Prestatietijden]:
    """Awarded lines of care in the period, by Dagtekening of their declaration; `termijn` in months after the month of care.

    Months of which the term still runs do not count: what is late is not known of them.
    """
    return read_prestatietijden_in(verbinding, [bereik], termijn, vandaag, moment)[0]


def read_prestatietijden_in(
    verbinding: Connection, bereiken: Sequence[Bereik], termijn: int, vandaag: date, moment: datetime = ALLES_GEBOEKT
) -> list[dict[Groep, Prestatietijden]]:
    """The same for each of these periods, all of the same gemeenten."""
    begin, einde = [bereik.van for bereik in bereiken], [bereik.tot for bereik in bereiken]
    waarden = {
        "gemeenten": list(bereiken[0].gemeenten), "begin": begin, "einde": einde, "eerste": min(begin), "laatste": max(einde),
        "termijn": termijn, "vandaag": vandaag, "moment": moment, "alles": moment == ALLES_GEBOEKT,
    }  # fmt: skip
    return _divide(_REGELTIJDEN.all(verbinding, waarden), [Prestatietijden(0, 0) for _ in bereiken])


def read_aandelen(verbinding: Connection, bereik: Bereik, moment: datetime = ALLES_GEBOEKT) -> tuple[Kostenaandeel, Kostenaandeel]:
    """Residential as a part of residential and ambulant; collective as a part of collective and individual.

    Of the period, and of the same months of the year before.
    """
    waarden = {
        "gemeenten": list(bereik.gemeenten), "van": add_maanden(bereik.van, -12), "vorig_tot": add_maanden(bereik.tot, -12),
        "begin": bereik.van, "tot": bereik.tot, "moment": moment,
    }  # fmt: skip
    return _AANDELEN.read(verbinding, waarden)


def sum_aandelen(deze: Celstanden, vorig: Celstanden) -> tuple[Kostenaandeel, Kostenaandeel]:
    """The same, of a period and of the same months of the year before, from cells that were read already."""
    (woont, hulp), (samen, los) = _sum_kinds(deze)
    (woonde, hulp_toen), (samen_toen, los_toen) = _sum_kinds(vorig)
    return (
        Kostenaandeel(woont, woont + hulp, woonde, woonde + hulp_toen),
        Kostenaandeel(samen, samen + los, samen_toen, samen_toen + los_toen),
    )


def _sum_kinds(cellen: Celstanden) -> tuple[tuple[int, int], tuple[int, int]]:
    """Cents of residential and of ambulant care, and of collective and of individual care."""
    segmenten = {groep: bedrag for (soort, groep, _), (bedrag, _) in cellen.items() if soort == "segment"}
    woont, hulp = (sum(segmenten.get(naam, 0) for naam in namen) for namen in (("1A", "1B", "2"), ("4", "5")))
    # All of segment 3 is in groups.
    samen, los = segmenten.get("3", 0), 0
    for (soort, groep, vorm), (bedrag, _) in cellen.items():
        if soort == "zorgvorm" and groep != "3":
            in_groep = "groep" in vorm.lower() or "op school" in vorm.lower()
            samen += bedrag if in_groep else 0
            los += bedrag if not in_groep and "individueel" in vorm.lower() else 0
    return (woont, hulp), (samen, los)
