"""The main sums of steering by hand, as one writes who knows the tables: no past versions, tariffs, stops, pace or small counts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import text

from berichten.klok import end_of
from berichten.rapporten.sturen.kwartaalperiode import Kwartaal, a_year_before

_VERPLICHTINGEN = text("""
    SELECT t.gemeente, t.categorie, count(*), sum(t.budget), sum(g.toegekend), sum(g.wacht), sum(greatest(0, t.budget - g.alles)),
        max(g.laatste)
    FROM toewijzing t LEFT JOIN (
        SELECT gemeente, toewijzingnummer, sum(bedrag) AS alles, max(einddatum) AS laatste,
            sum(bedrag) FILTER (WHERE uitkomst = 'toegekend' AND begindatum BETWEEN :eerste AND :laatste) AS toegekend,
            sum(bedrag) FILTER (WHERE uitkomst = 'ter_beoordeling') AS wacht
        FROM prestatie WHERE gemeente = ANY(:gemeenten) AND uitkomst IN ('toegekend', 'ter_beoordeling')
        GROUP BY gemeente, toewijzingnummer
    ) AS g USING (gemeente, toewijzingnummer)
    WHERE t.gemeente = ANY(:gemeenten) GROUP BY t.gemeente, t.categorie
""")
_VERPLICHTINGEN_TOEN = text("""
    SELECT t.categorie, count(*), sum(t.budget), sum(g.toegekend), sum(greatest(0, t.budget - g.alles)), max(g.laatste)
    FROM toewijzing t LEFT JOIN (
        SELECT p.toewijzingnummer, sum(j.bedrag) AS alles, max(p.einddatum) AS laatste,
            sum(j.bedrag) FILTER (WHERE j.zorgmaand BETWEEN :eerste AND :laatste) AS toegekend
        FROM journaal j JOIN prestatie p USING (gemeente, prestatie_id)
        WHERE j.gemeente = :gemeente AND j.geboekt_op <= :moment GROUP BY p.toewijzingnummer
    ) AS g USING (toewijzingnummer)
    WHERE t.gemeente = :gemeente AND t.ingangsdatum <= :moment GROUP BY t.categorie
""")
_KOSTEN = text("""
    SELECT j.zorgmaand, c.segment, sum(j.bedrag), sum(j.bedrag) FILTER (WHERE j.geboekt_op <= :toen)
    FROM journaal j LEFT JOIN pdc c USING (gemeente, productcode)
    WHERE j.gemeente = :gemeente AND j.zorgmaand >= :eerste GROUP BY j.zorgmaand, c.segment
""")
_CLIENTEN = text("""
    SELECT c.segment, sum(j.bedrag), count(DISTINCT p.bsn)
    FROM journaal j JOIN prestatie p USING (gemeente, prestatie_id) LEFT JOIN pdc c ON c.gemeente = j.gemeente
        AND c.productcode = j.productcode
    WHERE j.gemeente = :gemeente AND j.zorgmaand BETWEEN :van AND :tot AND j.geboekt_op <= :moment
    GROUP BY GROUPING SETS ((), (c.segment))
""")
_STROOM = text("""
    SELECT count(*) FILTER (WHERE zorgmaand BETWEEN :van AND :tot AND zorgmaand > vorige + interval '4 months' IS NOT false),
        count(*) FILTER (WHERE zorgmaand BETWEEN :van AND :tot AND zorgmaand + interval '4 months' < volgende IS NOT false)
    FROM (
        SELECT zorgmaand, lag(zorgmaand) OVER w AS vorige, lead(zorgmaand) OVER w AS volgende FROM (
            SELECT p.bsn, j.zorgmaand FROM journaal j JOIN prestatie p USING (gemeente, prestatie_id)
            WHERE j.gemeente = :gemeente AND j.geboekt_op <= :moment GROUP BY p.bsn, j.zorgmaand HAVING sum(j.bedrag) <> 0
        ) AS maand WINDOW w AS (PARTITION BY bsn ORDER BY zorgmaand)
    ) AS met_gaten
""")
_TRAJECTEN = text("""
    SELECT date_trunc('quarter', laatste), count(*), sum(maanden), sum(bedrag) FROM (
        SELECT bsn, agb, productcode, max(zorgmaand) AS laatste, count(*) AS maanden, sum(bedrag) AS bedrag FROM (
            SELECT *, count(*) FILTER (WHERE nieuw) OVER (PARTITION BY bsn, agb, productcode ORDER BY zorgmaand) AS volgnummer
            FROM (
                SELECT *, zorgmaand > lag(zorgmaand) OVER (PARTITION BY bsn, agb, productcode ORDER BY zorgmaand)
                    + interval '4 months' AS nieuw
                FROM (
                    SELECT p.bsn, j.agb, j.productcode, j.zorgmaand, sum(j.bedrag) AS bedrag
                    FROM journaal j JOIN prestatie p USING (gemeente, prestatie_id)
                    WHERE j.gemeente = :gemeente GROUP BY p.bsn, j.agb, j.productcode, j.zorgmaand HAVING sum(j.bedrag) <> 0
                ) AS maand
            ) AS met_gaten
        ) AS genummerd GROUP BY bsn, agb, productcode, volgnummer
    ) AS traject GROUP BY 1
""")
_OP_TIJD = text("""
    SELECT date_trunc('quarter', p.begindatum), count(*),
        count(*) FILTER (WHERE d.dagtekening < date_trunc('month', p.begindatum) + interval '2 months')
    FROM prestatie p JOIN declaratie d USING (gemeente, bericht_id)
    WHERE p.gemeente = :gemeente AND NOT p.credit AND p.uitkomst = 'toegekend' AND p.begindatum BETWEEN :eerste AND :tot GROUP BY 1
""")


def list_verplichtingen(gemeenten: Sequence[str], jaar: int) -> list[Any]:
    """What is awarded in a year, held, and left of budgets, by category."""
    return [_VERPLICHTINGEN.bindparams(gemeenten=list(gemeenten), eerste=date(jaar, 1, 1), laatste=date(jaar, 12, 31))]


def list_kwartaal(gemeente: str, periode: Kwartaal, dag: date) -> list[Any]:
    """Obligations, cost, clients, who came and left, courses and care in time, of a quarter and of the year before."""
    vorig, toen, nu = periode.shift(-1), end_of(a_year_before(dag)), end_of(dag)
    eerste, laatste = date(vorig.jaar, 1, 1), date(vorig.jaar, 12, 31)
    wie = {"gemeente": gemeente}
    return [
        *list_verplichtingen([gemeente], periode.jaar),
        _VERPLICHTINGEN_TOEN.bindparams(**wie, moment=toen, eerste=eerste, laatste=laatste),
        _KOSTEN.bindparams(**wie, toen=toen, eerste=eerste),
        *(
            _CLIENTEN.bindparams(**wie, van=item.van, tot=item.tot, moment=moment)
            for item, moment in ((periode, nu), (vorig, toen), (vorig, nu))
        ),
        *(
            _STROOM.bindparams(**wie, van=item.van, tot=item.tot, moment=moment)
            for item, moment in ((periode, nu), (vorig, toen), (vorig, nu))
        ),
        _TRAJECTEN.bindparams(**wie),
        _OP_TIJD.bindparams(**wie, eerste=vorig.van, tot=periode.tot),
    ]
