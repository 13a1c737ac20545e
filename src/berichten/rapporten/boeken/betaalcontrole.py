"""Whether runs and journal tie: every difference by name, for `berichten db controle` and `/v1/financien/aansluiting`."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag


@dataclass(frozen=True, slots=True)
class Runverschil:
    """One difference. `verwacht` is what follows from journal or run, `gevonden` what stands there; amounts in eurocents."""

    wat: str
    waar: str
    verwacht: str
    gevonden: str


class _Plek(NamedTuple):
    """Where, expected, found."""

    waar: str
    verwacht: str
    gevonden: str


_VRAGEN: tuple[tuple[str, Vraag[_Plek]], ...] = (
    (
        "bedrag van een betaling",
        Vraag(
            _Plek,
            """
            SELECT format('betaalrun %%s, aanbieder %%s', o.run_id, o.agb) AS waar,
                format('%%s van %%s boekingen', coalesce(sum(l.bedrag), 0), count(l.agb)) AS verwacht,
                format('%%s van %%s boekingen', o.bedrag, o.aantal_boekingen) AS gevonden
            FROM betaalopdracht o LEFT JOIN betaalregel l USING (gemeente, run_id, agb)
            WHERE o.gemeente = %(g)s AND o.uitkomst = 'betalen'
            GROUP BY o.gemeente, o.run_id, o.agb, o.bedrag, o.aantal_boekingen
            HAVING coalesce(sum(l.bedrag), 0) <> o.bedrag OR count(l.agb) <> o.aantal_boekingen
            ORDER BY o.run_id, o.agb
            """,
        ),
    ),
    (
        "betaalde boeking",
        Vraag(
            _Plek,
            """
            SELECT format('betaalrun %%s, prestatie %%s, boeking %%s', l.run_id, l.prestatie_id, l.boeking) AS waar,
                coalesce(format('%%s aan aanbieder %%s', j.bedrag, j.agb), 'geen boeking in het journaal') AS verwacht,
                format('%%s aan aanbieder %%s', l.bedrag, l.agb) AS gevonden
            FROM betaalregel l LEFT JOIN journaal j USING (gemeente, prestatie_id, boeking)
            WHERE l.gemeente = %(g)s AND l.levend AND (j.agb, j.bedrag) IS DISTINCT FROM (l.agb, l.bedrag)
            ORDER BY l.run_id, l.prestatie_id, l.boeking
            """,
        ),
    ),
    (
        "boeking in meer dan één betaalrun",
        Vraag(
            _Plek,
            """
            SELECT format('prestatie %%s, boeking %%s', l.prestatie_id, l.boeking) AS waar, 'één betaalrun' AS verwacht,
                format('betaalruns %%s', string_agg(l.run_id::text, ', ' ORDER BY l.run_id)) AS gevonden
            FROM betaalregel l
            WHERE l.gemeente = %(g)s AND l.levend
            GROUP BY l.prestatie_id, l.boeking HAVING count(*) > 1
            ORDER BY l.prestatie_id, l.boeking
            """,
        ),
    ),
    (
        "boekingen van een betaalrun",
        Vraag(
            _Plek,
            """
            SELECT format('betaalrun %%s', r.run_id) AS waar,
                CASE WHEN r.status = 'ingetrokken' THEN 'alle boekingen vrij' ELSE 'alle boekingen vast' END AS verwacht,
                format('%%s vast, %%s vrij', count(*) FILTER (WHERE l.levend), count(*) FILTER (WHERE NOT l.levend)) AS gevonden
            FROM betaalrun r JOIN betaalregel l USING (gemeente, run_id)
            WHERE r.gemeente = %(g)s AND l.levend = (r.status = 'ingetrokken')
            GROUP BY r.gemeente, r.run_id ORDER BY r.run_id
            """,
        ),
    ),
    (
        "bestanden van een betaalrun",
        Vraag(
            _Plek,
            """
            SELECT format('betaalrun %%s', r.run_id) AS waar,
                CASE WHEN r.status = 'goedgekeurd' THEN '2' ELSE '0' END AS verwacht, count(b.soort)::text AS gevonden
            FROM betaalrun r LEFT JOIN betaalbestand b USING (gemeente, run_id)
            WHERE r.gemeente = %(g)s
            GROUP BY r.gemeente, r.run_id HAVING count(b.soort) <> CASE WHEN r.status = 'goedgekeurd' THEN 2 ELSE 0 END
            ORDER BY r.run_id
            """,
        ),
    ),
)
"""What is compared, and a query for the differences."""


def check_runs(verbinding: Connection, gemeente: str) -> list[Runverschil]:
    """Every difference between the payment runs of a gemeente and its journal; empty when all ties.

    What is checked: a payment is the sum of its entries; an entry is paid for what the journal says and to whom; no entry is in two
    runs that stand; a withdrawn run holds none; an approved run has its files.
    """
    waarden = {"g": gemeente}
    return [
        Runverschil(wat, rij.waar, rij.verwacht, rij.gevonden) for wat, vraag in _VRAGEN for rij in vraag.all(verbinding, waarden)
    ]
