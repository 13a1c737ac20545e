"""Cost and clients of a period by every characteristic that a table or indicator shows, from the journal, in one query.

Cost is awarded minus credited of care in the months of the period. A client counts once in a row, if what was awarded for it there
is not wholly credited. Segment and zorgvorm are those of the catalogue on the first day of the line.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.klok import end_of
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.financien.monitor import SCHEIDING
from berichten.rapporten.afscherming.overlap import Teken, Verband, union_of
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.herkomst import HERKOMST, ORIGIN_JOINS

NIET_BEKEND = "Niet bekend"
"""Referrer of an allocation of which nobody told it."""
VOLWASSEN = 18

REGELS = """
    SELECT p.bsn, j.gemeente, j.agb, j.zorgmaand, j.bedrag, p.begindatum, p.toewijzingnummer, j.productcode, j.categorie,
        coalesce(pdc.segment, '') AS segment, coalesce(pdc.zorgvorm, '') AS zorgvorm,
        CASE WHEN j.boeking = 1 THEN (CASE WHEN p.credit THEN -1 ELSE 1 END) * coalesce(p.toegekend_volume, p.volume)
            * CASE p.eenheid WHEN '01' THEN 1 WHEN '04' THEN 60 ELSE 0 END ELSE 0 END AS minuten
    FROM journaal j
    JOIN prestatie p ON p.gemeente = j.gemeente AND p.prestatie_id = j.prestatie_id
    LEFT JOIN pdc ON pdc.gemeente = j.gemeente AND pdc.productcode = j.productcode
        AND p.begindatum BETWEEN pdc.ingangsdatum AND coalesce(pdc.einddatum, 'infinity')
    WHERE j.gemeente = ANY(%(gemeenten)s) AND j.zorgmaand BETWEEN %(van)s AND %(tot)s AND j.geboekt_op <= %(moment)s
"""
"""Entries of the journal with the client, product and minutes of their lines, as far as they were booked by a moment."""
ALLES_GEBOEKT = end_of(date(9998, 12, 31))
"""The moment for who asks for all that there is."""

SOORT = "clienten"
"""What is published here, as the first part of the name of each cell."""
Cel = tuple[str, str, str]
"""Characteristic, its value, and within a segment the zorgvorm: `("zorgvorm", "4", "Basis GGZ")`."""
TOTAAL: Cel = ("totaal", "", "")
VOLWASSENEN: Cel = ("volwassen", "", "")


@dataclass(frozen=True, slots=True)
class Cijfer:
    """Cost in cents and clients of one row, and how the count may be shown."""

    bedrag: int
    aantal: int
    teken: Teken


Clientcijfers = Mapping[Cel, Cijfer]


class _Stand(NamedTuple):
    soort: str
    groep: str
    deel: str
    bedrag: int
    aantal: int


# The birth date of a client is that of the newest allocation that knows one: lines of before 2021 may name no allocation.
_CELLEN = Vraag(
    _Stand,
    """
    WITH geboren AS (
        SELECT DISTINCT ON (bsn) bsn, geboortedatum FROM toewijzing
        WHERE gemeente = ANY(%(gemeenten)s) AND geboortedatum IS NOT NULL
        ORDER BY bsn, toewijzingsdatum DESC, toewijzingstijd DESC
    ), regel AS (
        SELECT r.bsn, r.agb, r.bedrag, r.segment, r.zorgvorm, coalesce({herkomst}, '{niet_bekend}') AS verwijzer,
            CASE WHEN extract(year FROM age(r.zorgmaand, g.geboortedatum)) >= {volwassen}
                THEN extract(year FROM age(r.zorgmaand, g.geboortedatum))::int::text END AS leeftijd
        FROM ({regels}) AS r
        {herkomsten}
        LEFT JOIN geboren g ON g.bsn = r.bsn
    ), per_client AS (
        SELECT soort, groep, deel, bsn, sum(bedrag) AS bedrag
        FROM regel CROSS JOIN LATERAL (VALUES
            ('totaal', '', ''), ('segment', segment, ''), ('zorgvorm', segment, zorgvorm), ('aanbieder', agb, ''),
            ('verwijzer', verwijzer, ''), ('leeftijd', leeftijd, ''), ('volwassen', left(leeftijd, 0), '')
        ) AS kenmerk(soort, groep, deel)
        WHERE groep IS NOT NULL
        GROUP BY soort, groep, deel, bsn
    )
    SELECT soort, groep, deel, sum(bedrag)::bigint AS bedrag, count(*) FILTER (WHERE bedrag <> 0) AS aantal FROM per_client
    GROUP BY soort, groep, deel HAVING count(*) FILTER (WHERE bedrag <> 0) > 0
    """,
    regels=REGELS,
    herkomst=HERKOMST,
    herkomsten=ORIGIN_JOINS,
    niet_bekend=NIET_BEKEND,
    volwassen=VOLWASSEN,
)


def read_clienten(verbinding: Connection, bereik: Bereik, moment: datetime = ALLES_GEBOEKT) -> dict[Cel, tuple[int, int]]:
    """Cents and clients of every cell that has clients, as far as it was booked by the moment."""
    rijen = _CELLEN.all(verbinding, {"gemeenten": list(bereik.gemeenten), "van": bereik.van, "tot": bereik.tot, "moment": moment})
    cellen: dict[Cel, tuple[int, int]] = {(rij.soort, rij.groep, rij.deel): (rij.bedrag, rij.aantal) for rij in rijen}
    return {cel: waarde for cel, waarde in cellen.items() if cel[0] != "zorgvorm" or _is_shown(cel, cellen)}


def _is_shown(cel: Cel, cellen: Mapping[Cel, tuple[int, int]]) -> bool:
    """A segment of which the catalogue names no zorgvorm at all has none in the tables either."""
    return bool(cel[2]) or any(soort == "zorgvorm" and groep == cel[1] and deel for soort, groep, deel in cellen)


def relations(cellen: Iterable[Cel]) -> Iterator[Verband]:
    """What the counts of one export say of each other: each characteristic divides the clients of what stands above it."""
    delen: defaultdict[tuple[Cel, str], list[str]] = defaultdict(list)
    for cel in cellen:
        if cel == VOLWASSENEN:
            # Those who are younger are in no row, so this is a part of the total without being a division of it.
            yield Verband(cell_name(cel), (cell_name(TOTAAL),))
        elif cel != TOTAAL:
            delen[_above(cel), cel[0]].append(cell_name(cel))
    for (boven, _), namen in delen.items():
        yield from union_of(cell_name(boven), namen)


def _above(cel: Cel) -> Cel:
    soort, groep, _ = cel
    if soort == "zorgvorm":
        return ("segment", groep, "")
    return VOLWASSENEN if soort == "leeftijd" else TOTAAL


def cell_name(cel: Cel) -> str:
    """A cell as one text: its key among what was published."""
    return SCHEIDING.join((SOORT, *cel))


def named_cell(naam: str) -> Cel:
    """The cell of which this is the name."""
    _, soort, groep, deel = naam.split(SCHEIDING)
    return soort, groep, deel
