"""What a quarterly report is made of: cost by month and segment as of two days, and who came and left. Two queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.dossier.eigen_feiten import TRAJECT_GAT
from berichten.kern.kalender import add_maanden, list_maanden
from berichten.opslag.basis.ruimte import allow_room
from berichten.opslag.basis.vraag import Vraag
from berichten.rapporten.monitor.stromen import EINDE_BEKEND_MAANDEN
from berichten.rapporten.monitor.trajecten import EERSTE_ZORG
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal

_NABIJ = TRAJECT_GAT + 1
"""Months before and after a period that tell whether care in it began or ended there."""


class Maandkosten(NamedTuple):
    """Cents of one month of care in one segment, as booked by a day (`nu`) and by an earlier one (`toen`); and lines of it."""

    maand: date
    segment: str
    nu: int
    toen: int
    regels_nu: int
    regels_toen: int


@dataclass(frozen=True, slots=True)
class Inenuitstroom:
    """Clients whose care began, and those whose care ended in a period, and in the same period of the year before."""

    instroom: int
    uitstroom: int
    instroom_vorig: int
    uitstroom_vorig: int


# The segment is that of the catalogue in the month of care: of two in one month the later.
_KOSTEN = Vraag(
    Maandkosten,
    """
    SELECT b.zorgmaand AS maand, coalesce(c.segment, '') AS segment, sum(b.nu)::bigint AS nu, sum(b.toen)::bigint AS toen,
        sum(b.regels_nu)::bigint AS regels_nu, sum(b.regels_toen)::bigint AS regels_toen
    FROM (
        SELECT zorgmaand, productcode, sum(toegekend + gecrediteerd + correcties) AS nu, sum(regels) AS regels_nu,
            coalesce(sum(toegekend + gecrediteerd + correcties) FILTER (WHERE boekdag <= %(toen)s), 0) AS toen,
            coalesce(sum(regels) FILTER (WHERE boekdag <= %(toen)s), 0) AS regels_toen
        FROM boektotaal
        WHERE gemeente = %(g)s AND zorgmaand BETWEEN %(van)s AND %(tot)s AND boekdag <= %(nu)s
        GROUP BY zorgmaand, productcode
    ) AS b
    LEFT JOIN LATERAL (
        SELECT pdc.segment FROM pdc WHERE pdc.gemeente = %(g)s AND pdc.productcode = b.productcode
            AND pdc.ingangsdatum < b.zorgmaand + interval '1 month' AND coalesce(pdc.einddatum, 'infinity') >= b.zorgmaand
        ORDER BY pdc.ingangsdatum DESC LIMIT 1
    ) AS c ON true
    GROUP BY 1, 2
    """,
)


class _Stroomstand(NamedTuple):
    stand: int
    cijfers: Inenuitstroom


# The care of a client at any aanbieder, up to three empty months bridged: it begins in a month with none in as many months before
# it, and ends in one with none in as many after it. So only months near the two periods matter. As it stood at each of two moments
# (`stand`), in one look at the lines.
_STROOM = Vraag(
    _Stroomstand,
    """
    SELECT v.stand, count(*) FILTER (WHERE maand BETWEEN %(begin)s AND %(einde)s AND begint) AS "cijfers.instroom",
        count(*) FILTER (WHERE maand BETWEEN %(begin)s AND %(einde)s AND eindigt) AS "cijfers.uitstroom",
        count(*) FILTER (WHERE maand BETWEEN %(vbegin)s AND %(veinde)s AND begint) AS "cijfers.instroom_vorig",
        count(*) FILTER (WHERE maand BETWEEN %(vbegin)s AND %(veinde)s AND eindigt) AS "cijfers.uitstroom_vorig"
    FROM (VALUES (1, %(nu)s::date), (2, %(toen)s::date)) AS v(stand, dag)
    LEFT JOIN (
        SELECT stand, zorgmaand AS maand, lag(zorgmaand) OVER zorg AS vorige, lead(zorgmaand) OVER zorg AS volgende
        FROM (
            SELECT p.bsn, j.zorgmaand,
                sum(j.bedrag) FILTER (WHERE j.zorgmaand <= %(nu)s AND j.geboekt_op <= %(moment)s) AS nu,
                sum(j.bedrag) FILTER (WHERE j.zorgmaand <= %(toen)s AND j.geboekt_op <= %(moment_toen)s) AS toen
            FROM journaal j JOIN prestatie p ON p.gemeente = j.gemeente AND p.prestatie_id = j.prestatie_id
            WHERE j.gemeente = %(g)s AND j.zorgmaand = ANY(%(maanden)s::date[])
            GROUP BY p.bsn, j.zorgmaand
        ) AS per_maand CROSS JOIN LATERAL (VALUES (1, nu), (2, toen)) AS per_stand(stand, bedrag)
        WHERE per_stand.bedrag <> 0 WINDOW zorg AS (PARTITION BY stand, bsn ORDER BY zorgmaand)
    ) AS zorgmaanden USING (stand)
    LEFT JOIN LATERAL (
        SELECT (vorige + interval '{meeste} months' >= maand) IS NOT TRUE AS begint,
            (maand + interval '{meeste} months' >= volgende) IS NOT TRUE
                AND maand + interval '{einde_bekend} months' <= v.dag AS eindigt
    ) AS grens ON true
    GROUP BY v.stand ORDER BY v.stand
    """,
    meeste=_NABIJ,
    einde_bekend=EINDE_BEKEND_MAANDEN,
)


def read_maandkosten(verbinding: Connection, gemeente: str, van: date, tot: date, dagen: tuple[date, date]) -> list[Maandkosten]:
    """Of the months from `van` to `tot`, as booked by the end of the first and of the second of `dagen`, which is the earlier."""
    nu, toen = dagen
    return _KOSTEN.all(verbinding, {"g": gemeente, "van": van, "tot": tot, "nu": nu, "toen": toen})


def add_kosten(kosten: Iterable[Maandkosten], van: date, tot: date, segment: str | None = None) -> tuple[int, int]:
    """Cents as of both days of the months in a period, of all segments or one."""
    gekozen = [item for item in kosten if van <= item.maand <= tot and segment in (None, item.segment)]
    return sum(item.nu for item in gekozen), sum(item.toen for item in gekozen)


def add_regels(kosten: Iterable[Maandkosten], van: date, tot: date) -> tuple[int, int]:
    """Lines as of both days of the months in a period."""
    gekozen = [item for item in kosten if van <= item.maand <= tot]
    return sum(item.regels_nu for item in gekozen), sum(item.regels_toen for item in gekozen)


def read_stromen(
    verbinding: Connection, gemeente: str, periode: Kwartaal, nu: tuple[date, datetime], toen: tuple[date, datetime]
) -> tuple[Inenuitstroom, Inenuitstroom]:
    """Of the period and of the same one of the year before: on each of these days, as booked by the moment with it."""
    vorig = periode.shift(-1)
    dichtbij = [
        maand for item in (vorig, periode) for maand in list_maanden(add_maanden(item.van, -_NABIJ), add_maanden(item.tot, _NABIJ))
    ]
    waarden = {
        "g": gemeente, "maanden": sorted({maand for maand in dichtbij if maand >= EERSTE_ZORG}),
        "nu": nu[0], "moment": nu[1], "toen": toen[0], "moment_toen": toen[1],
        "begin": periode.van, "einde": periode.tot, "vbegin": vorig.van, "veinde": vorig.tot,
    }  # fmt: skip
    allow_room(verbinding)
    eerste, tweede = _STROOM.all(verbinding, waarden)
    return eerste.cijfers, tweede.cijfers


def ended_known_on(tot: date) -> date:
    """From which day it is known which care ended in a period that ends with this day."""
    return add_maanden(tot.replace(day=1), EINDE_BEKEND_MAANDEN)
