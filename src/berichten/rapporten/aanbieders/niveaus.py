"""By which education level aanbieders bill."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.berichten.berichten import lines_of


@dataclass(frozen=True, slots=True)
class Niveautelling:
    """What was awarded to an aanbieder at one level. Amount in eurocents, less what was credited."""

    agb: str
    niveau: str
    """As the tariff or the catalogue names it; empty where neither does."""
    bedrag: int


# Message by message, so that only what was declared for these months is read: OFFSET keeps the planner, which knows nothing of the
# numbers inside a prestatie_id, from comparing all lines with all messages. A line's level is that of the tariff by which it was
# billed, an hourly one by the minute too (IV081), else that of its product in the catalogue.
_NIVEAUS = Vraag(
    Niveautelling,
    """
    WITH regel AS (
        SELECT p.agb, p.productcode, p.eenheid, p.tarief, date_trunc('month', p.begindatum::timestamp)::date AS maand,
            sum(coalesce(p.toegekend_bedrag, p.bedrag)) AS bedrag
        FROM declaratie d JOIN bericht b USING (gemeente, bericht_id)
        CROSS JOIN LATERAL (
            SELECT agb, productcode, eenheid, tarief, begindatum, toegekend_bedrag, bedrag FROM prestatie
            WHERE prestatie.gemeente = d.gemeente AND {regels} AND uitkomst = 'toegekend' OFFSET 0
        ) AS p
        WHERE d.gemeente = %(g)s AND d.begindatum BETWEEN %(van)s AND %(tot)s AND (%(a)s::text IS NULL OR d.agb = %(a)s)
        GROUP BY 1, 2, 3, 4, 5
    )
    SELECT regel.agb, coalesce(nullif(prijs.opleidingsniveau, ''), product.opleidingsniveau, '') AS niveau,
        sum(bedrag)::bigint AS bedrag
    FROM regel
    LEFT JOIN LATERAL (
        SELECT t.opleidingsniveau FROM tarief t WHERE t.gemeente = %(g)s AND t.agb IN ('', regel.agb)
            AND t.productcode = regel.productcode AND regel.maand BETWEEN t.ingangsdatum AND coalesce(t.einddatum, 'infinity')
            AND ((t.eenheid = regel.eenheid AND t.tarief = regel.tarief)
                OR (t.eenheid = '04' AND regel.eenheid = '01' AND (t.tarief + 30) / 60 = regel.tarief))
        ORDER BY t.agb DESC, t.opleidingsniveau LIMIT 1
    ) AS prijs ON true
    LEFT JOIN LATERAL (
        SELECT pdc.opleidingsniveau FROM pdc WHERE pdc.gemeente = %(g)s AND pdc.productcode = regel.productcode
            AND regel.maand BETWEEN pdc.ingangsdatum AND coalesce(pdc.einddatum, 'infinity')
        ORDER BY pdc.ingangsdatum DESC LIMIT 1
    ) AS product ON true
    GROUP BY 1, 2 ORDER BY 1, 2
    """,
    regels=lines_of("b", "prestatie"),
)


def count_niveaus(verbinding: Connection, gemeente: str, agb: str | None, van: date, tot: date) -> list[Niveautelling]:
    """Of what was declared for the months in which these days lie, by aanbieder and level; of all of them when `agb` is None."""
    return _NIVEAUS.all(verbinding, {"g": gemeente, "a": agb, "van": van, "tot": tot})
