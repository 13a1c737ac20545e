"""Cost and clients of a period by every characteristic that a table or indicator shows, from the journal, in one query.

Cost is awarded minus credited of care in the months of the period. A client counts once in a row, if what was awarded for it there
is not wholly credited. Segment and zorgvorm are those of the catalogue on the first day of the line.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.kern.kalender import list_maanden
from berichten.klok import end_of
from berichten.opslag.basis.ruimte import allow_room
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.financien.monitor import SCHEIDING
from berichten.rapporten.afscherming.overlap import Teken, Verband, union_of
from berichten.rapporten.monitor.bereik import Bereik
from berichten.rapporten.monitor.herkomst import HERKOMST, ORIGIN_JOINS

NIET_BEKEND = "Niet bekend"
"""Referrer of an allocation of which nobody told it."""
VOLWASSEN = 18

REGELS = """
    SELECT p.bsn, j.gemeente, j.agb, j.zorgmaand, j.geboekt_op, j.bedrag, p.begindatum, p.toewijzingnummer, j.productcode,
        j.categorie, coalesce(pdc.segment, '') AS segment, coalesce(pdc.zorgvorm, '') AS zorgvorm,
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
JEUGD = "jeugd"
"""Characteristic of who was younger than 18, and than 23, in a month of care: who is so in any month is so in the first."""
GRENSLEEFTIJD = 23
"""Up to which age, this one not included, somebody can still be given youth care."""


@dataclass(frozen=True, slots=True)
class Cijfer:
    """Cost in cents and clients of one row, and how the count may be shown."""

    bedrag: int
    aantal: int
    teken: Teken


Clientcijfers = Mapping[Cel, Cijfer]


class _Stand(NamedTuple):
    plek: int
    soort: str
    groep: str
    deel: str
    bedrag: int
    aantal: int


# The birth date of a client is that of the newest allocation that knows one: lines of before 2021 may name no allocation. Lines are
# added up before each characteristic is: there are nine of those, and many lines of one client that are alike in all of them.
_CELLEN = Vraag(
    _Stand,
    """
    WITH regel AS MATERIALIZED (
        SELECT v.plek, r.bsn, r.gemeente, r.toewijzingnummer, r.agb, r.segment, r.zorgvorm, r.zorgmaand, sum(r.bedrag) AS bedrag
        FROM ({regels}) AS r
        JOIN unnest(%(vans)s::date[], %(tots)s::date[], %(momenten)s::timestamptz[]) WITH ORDINALITY AS v(van, tot, moment, plek)
            ON r.zorgmaand BETWEEN v.van AND v.tot AND r.geboekt_op <= v.moment
        WHERE r.zorgmaand = ANY(%(maanden)s::date[])
        GROUP BY v.plek, r.bsn, r.gemeente, r.toewijzingnummer, r.agb, r.segment, r.zorgvorm, r.zorgmaand
    ), geboren AS (
        SELECT DISTINCT ON (bsn) bsn, geboortedatum FROM toewijzing
        WHERE gemeente = ANY(%(gemeenten)s) AND geboortedatum IS NOT NULL AND bsn IN (SELECT bsn FROM regel)
        ORDER BY bsn, toewijzingsdatum DESC, toewijzingstijd DESC
    ), gelijk AS (
        SELECT r.plek, r.bsn, r.agb, r.segment, r.zorgvorm, coalesce({herkomst}, '{niet_bekend}') AS verwijzer,
            extract(year FROM age(r.zorgmaand, g.geboortedatum))::int AS jaren, sum(r.bedrag) AS bedrag
        FROM regel r
        {herkomsten}
        LEFT JOIN geboren g ON g.bsn = r.bsn
        GROUP BY 1, 2, 3, 4, 5, 6, 7
    ), per_client AS (
        SELECT plek, soort, groep, deel, bsn, sum(bedrag) AS bedrag
        FROM gelijk CROSS JOIN LATERAL (VALUES
            ('totaal', '', ''), ('segment', segment, ''), ('zorgvorm', segment, zorgvorm), ('aanbieder', agb, ''),
            ('verwijzer', verwijzer, ''), ('leeftijd', CASE WHEN jaren >= {volwassen} THEN jaren::text END, ''),
            ('volwassen', CASE WHEN jaren >= {volwassen} THEN '' END, ''),
            ('{jeugd}', CASE WHEN jaren < {volwassen} THEN '{volwassen}' END, ''),
            ('{jeugd}', CASE WHEN jaren < {grensleeftijd} THEN '{grensleeftijd}' END, '')
        ) AS kenmerk(soort, groep, deel)
        WHERE groep IS NOT NULL
        GROUP BY plek, soort, groep, deel, bsn
    )
    SELECT plek::int, soort, groep, deel, sum(bedrag)::bigint AS bedrag, count(*) FILTER (WHERE bedrag <> 0) AS aantal
    FROM per_client GROUP BY plek, soort, groep, deel HAVING count(*) FILTER (WHERE bedrag <> 0) > 0
    """,
    regels=REGELS,
    herkomst=HERKOMST,
    herkomsten=ORIGIN_JOINS,
    niet_bekend=NIET_BEKEND,
    volwassen=VOLWASSEN,
    jeugd=JEUGD,
    grensleeftijd=GRENSLEEFTIJD,
)
Celstanden = dict[Cel, tuple[int, int]]
"""Cents and clients of every cell that has clients."""


def read_clienten(verbinding: Connection, bereik: Bereik, moment: datetime = ALLES_GEBOEKT) -> Celstanden:
    """As far as it was booked by the moment."""
    return read_clienten_op(verbinding, [(bereik, moment)])[0]


def read_clienten_op(verbinding: Connection, gevraagd: Sequence[tuple[Bereik, datetime]]) -> list[Celstanden]:
    """The same for each of these, all of the same gemeenten, in one look at the lines."""
    bereiken, momenten = zip(*gevraagd, strict=True)
    vans, tots = [bereik.van for bereik in bereiken], [bereik.tot for bereik in bereiken]
    waarden = {
        "gemeenten": list(bereiken[0].gemeenten), "van": min(vans), "tot": max(tots), "moment": max(momenten),
        "vans": vans, "tots": tots, "momenten": list(momenten),
        "maanden": sorted({maand for bereik in bereiken for maand in list_maanden(bereik.van, bereik.tot)}),
    }  # fmt: skip
    allow_room(verbinding)
    gelezen: list[Celstanden] = [{} for _ in gevraagd]
    for rij in _CELLEN.all(verbinding, waarden):
        gelezen[rij.plek - 1][rij.soort, rij.groep, rij.deel] = (rij.bedrag, rij.aantal)
    return [{cel: waarde for cel, waarde in cellen.items() if cel[0] != "zorgvorm" or _is_shown(cel, cellen)} for cellen in gelezen]


class _Totaalstand(NamedTuple):
    bedrag: int
    aantal: int


_TOTAAL = Vraag(
    _Totaalstand,
    """
    SELECT coalesce(sum(bedrag), 0)::bigint AS bedrag, count(*) FILTER (WHERE bedrag <> 0) AS aantal FROM (
        SELECT p.bsn, sum(j.bedrag) AS bedrag
        FROM journaal j JOIN prestatie p ON p.gemeente = j.gemeente AND p.prestatie_id = j.prestatie_id
        WHERE j.gemeente = ANY(%(gemeenten)s) AND j.zorgmaand BETWEEN %(van)s AND %(tot)s AND j.geboekt_op <= %(moment)s
        GROUP BY p.bsn
    ) AS per_client
    """,
)


def read_totaal(verbinding: Connection, bereik: Bereik, moment: datetime = ALLES_GEBOEKT) -> tuple[int, int]:
    """Cents and clients in all: who has care in two of the gemeenten counts once."""
    waarden = {"gemeenten": list(bereik.gemeenten), "van": bereik.van, "tot": bereik.tot, "moment": moment}
    rij = _TOTAAL.read(verbinding, waarden)
    return rij.bedrag, rij.aantal


def _is_shown(cel: Cel, cellen: Mapping[Cel, tuple[int, int]]) -> bool:
    """A segment of which the catalogue names no zorgvorm at all has none in the tables either."""
    return bool(cel[2]) or any(soort == "zorgvorm" and groep == cel[1] and deel for soort, groep, deel in cellen)


def relations(cellen: Iterable[Cel]) -> Iterator[Verband]:
    """What the counts of one export say of each other: each characteristic divides the clients of what stands above it."""
    delen: defaultdict[tuple[Cel, str], list[str]] = defaultdict(list)
    bekend = list(cellen)
    for cel in bekend:
        if cel == VOLWASSENEN or cel[0] == JEUGD:
            # Those of another age are in no row, so this is a part of the total without being a division of it.
            yield Verband(cell_name(cel), (cell_name(TOTAAL),))
        elif cel != TOTAAL:
            delen[_above(cel), cel[0]].append(cell_name(cel))
    for (boven, _), namen in delen.items():
        yield from union_of(cell_name(boven), namen)
    yield from _age_relations(set(bekend))


def _age_relations(cellen: Collection[Cel]) -> Iterator[Verband]:
    """Who is not young is older, and who is not yet 18 is not yet 23. A reader may know that every birth date is known."""
    jong, jonger = age_cell(GRENSLEEFTIJD), age_cell(VOLWASSEN)
    leeftijden = sorted(int(groep) for soort, groep, _ in cellen if soort == "leeftijd")
    tussen, ouder = ([("leeftijd", str(jaar), "") for jaar in leeftijden if (jaar < GRENSLEEFTIJD) is nog] for nog in (True, False))
    geheel = cell_name(TOTAAL)
    if jong in cellen:
        yield Verband(geheel, (cell_name(jong), *map(cell_name, ouder)))
        yield Verband(cell_name(jong), tuple(map(cell_name, [*({jonger} & {*cellen}), *tussen])))
        yield from (Verband(cell_name(cel), (cell_name(jong),)) for cel in tussen)
    if jonger in cellen:
        yield Verband(geheel, (cell_name(jonger), *([cell_name(VOLWASSENEN)] if VOLWASSENEN in cellen else [])))
        yield Verband(cell_name(jonger), (cell_name(jong),))


def age_cell(jonger_dan: int) -> Cel:
    """Clients who were younger than this in a month of their care."""
    return (JEUGD, str(jonger_dan), "")


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
