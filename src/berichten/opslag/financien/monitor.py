"""What monitor exports have shown, by gemeente, period and cell; and what the gemeente told of itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.delen import SLOT
from berichten.opslag.basis.vraag import Opdracht, Vraag

SCHEIDING = "\t"
"""Between the parts of the name of a cell: no name that was loaded holds it."""


@dataclass(frozen=True, slots=True)
class Getoond:
    """How one cell of an export was shown: with its count if `teken` is `getal`."""

    gemeenten: str
    """All gemeenten of the export, in order, with commas between."""
    van: date
    tot: date
    cel: str
    teken: str
    aantal: int | None


def lock_publicaties(verbinding: Connection, gemeenten: Iterable[str]) -> None:
    """One export at a time for each gemeente, until the transaction ends: each has to know what those before it showed."""
    for gemeente in sorted(gemeenten):
        _WACHT.run(verbinding, {"slot": f"monitor {gemeente}"})


_WACHT = Opdracht(SLOT)


def list_linked(verbinding: Connection, gemeenten: Iterable[str]) -> set[str]:
    """These gemeenten, and each that was in an export with one of them, or with one that was, and so on."""
    samen, bekend = set(gemeenten), 0
    while len(samen) > bekend:
        bekend = len(samen)
        samen.update(*(item.split(",") for item in _SAMEN.all(verbinding, {"g": sorted(samen)})))
    return samen


_SAMEN = Vraag(
    str, "SELECT DISTINCT gemeenten FROM monitor_publicatie WHERE gemeente = ANY(%(g)s::text[]) AND gemeenten <> gemeente"
)


def load_publicaties(verbinding: Connection, gemeenten: Iterable[str], soort: str) -> list[Getoond]:
    """Everything shown of any of these gemeenten, of cells of which `soort` is the first part of the name."""
    return _GETOOND.all(verbinding, {"g": sorted(gemeenten), "s": soort})


_GETOOND = Vraag(
    Getoond,
    """
    SELECT DISTINCT gemeenten, periode_van AS van, periode_tot AS tot, cel, teken, aantal FROM monitor_publicatie
    WHERE gemeente = ANY(%(g)s::text[]) AND split_part(cel, E'\\t', 1) = %(s)s
    """,
)


_BEWAAR = Opdracht("""
    INSERT INTO monitor_publicatie (gemeente, gemeenten, periode_van, periode_tot, cel, teken, aantal, gepubliceerd_op)
    SELECT gemeente, %(gemeenten)s, %(van)s, %(tot)s, cel, teken, aantal, %(nu)s
    FROM unnest(%(elk)s::text[]) AS gemeente
        CROSS JOIN unnest(%(cel)s::text[], %(teken)s::text[], %(aantal)s::int[]) AS getoond(cel, teken, aantal)
    ON CONFLICT (gemeente, gemeenten, periode_van, periode_tot, cel)
        DO UPDATE SET teken = excluded.teken, aantal = excluded.aantal, gepubliceerd_op = excluded.gepubliceerd_op
        WHERE (monitor_publicatie.teken, monitor_publicatie.aantal) IS DISTINCT FROM (excluded.teken, excluded.aantal)
""")


def save_publicaties(
    verbinding: Connection,
    gemeenten: Sequence[str],
    van: date,
    tot: date,
    getoond: Iterable[tuple[str, str, int | None]],
    nu: datetime,
) -> None:
    """Keep how the cells of one export were shown: name, mark, and the count if it was shown."""
    rijen = list(getoond)
    if not rijen:
        return
    cellen, tekens, aantallen = (list(kolom) for kolom in zip(*rijen, strict=True))
    wie = {"gemeenten": ",".join(gemeenten), "elk": list(gemeenten), "van": van, "tot": tot, "nu": nu}
    _BEWAAR.run(verbinding, wie | {"cel": cellen, "teken": tekens, "aantal": aantallen})


_MOMENTEN = "momenten"
"""First part of the names under which counts of one export are kept as of several moments, each that was shown."""


class Momenttelling(NamedTuple):
    """A count that was shown of a cell, and the day that it was of; without one it was that of the day on which it was asked."""

    cel: str
    dag: str
    """As 2026-04-15, or empty."""
    aantal: int


def list_momenttellingen(verbinding: Connection, gemeenten: Sequence[str], van: date, tot: date) -> list[Momenttelling]:
    """Every count that was ever shown of one export."""
    wie = {"g": gemeenten[0], "gemeenten": ",".join(gemeenten), "van": van, "tot": tot, "momenten": _MOMENTEN}
    namen = (naam.split(SCHEIDING, 3) for naam in _GETOONDE_MOMENTEN.all(verbinding, wie))
    return [Momenttelling(cel, dag, int(aantal)) for _, dag, aantal, cel in namen]


_GETOONDE_MOMENTEN = Vraag(
    str,
    """
    SELECT cel FROM monitor_publicatie WHERE gemeente = %(g)s AND gemeenten = %(gemeenten)s AND periode_van = %(van)s
        AND periode_tot = %(tot)s AND split_part(cel, E'\\t', 1) = %(momenten)s
    """,
)


def save_momenttellingen(
    verbinding: Connection, gemeenten: Sequence[str], van: date, tot: date, tellingen: Iterable[Momenttelling], nu: datetime
) -> None:
    """Keep that these were shown; keeping the same twice is keeping it once."""
    rijen = ((SCHEIDING.join((_MOMENTEN, item.dag, str(item.aantal), item.cel)), "getal", item.aantal) for item in tellingen)
    save_publicaties(verbinding, gemeenten, van, tot, rijen, nu)


@dataclass(frozen=True, slots=True)
class Opgave:
    """One uploaded figure of an indicator: what, of which part, and from where."""

    nr: int
    onderdeel: str
    waarde: str
    """A decimal number, as text with a point."""
    eenheid: str
    bron: str


def list_opgaven(verbinding: Connection, gemeenten: Iterable[str], jaar: int) -> list[Opgave]:
    """Of one calendar year, by number and part."""
    return _OPGAVEN.all(verbinding, {"g": sorted(gemeenten), "j": jaar})


_OPGAVEN = Vraag(
    Opgave,
    """
    SELECT nr, onderdeel, trim_scale(waarde)::text AS waarde, eenheid, bron FROM monitor_opgave
    WHERE gemeente = ANY(%(g)s::text[]) AND jaar = %(j)s ORDER BY nr, onderdeel
    """,
)
