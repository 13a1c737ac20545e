"""Invoices outside the messages as they were uploaded; and which of them look like a line that was awarded too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.tabellen.sturen.opgaven import factuur

FACTUREN = (
    "gemeente", "leverancier", "agb", "factuurnummer", "factuurdatum", "zorg_van", "zorg_tot", "bedrag", "segment", "zorgvorm",
    "toewijzingnummer", "bbr_aanvraagnummer", "status",
)  # fmt: skip
"""Columns of the file, in order."""
OPEN, BETAALD, AFGEKEURD = "open", "betaald", "afgekeurd"


@dataclass(frozen=True, slots=True)
class Factuur:
    """One invoice as it stands, in cents (below zero for a credit invoice); care from its first to its last day."""

    gemeente: str
    leverancier: str
    agb: str
    factuurnummer: str
    factuurdatum: date
    zorg_van: date
    zorg_tot: date
    bedrag: int
    segment: str
    zorgvorm: str
    toewijzingnummer: int | None
    bbr_aanvraagnummer: str
    status: str


@dataclass(frozen=True, slots=True)
class Factuurstand(Factuur):
    """An invoice as it stands, with who loaded that; and what it was before that, None for what was loaded once."""

    geladen_door: str
    geladen_op: datetime
    eerdere_status: str | None
    eerder_geladen_op: datetime | None


class Dubbel(NamedTuple):
    """Place of an invoice among those that were asked about, and reference of an awarded line of the same month and amount."""

    plaats: int
    referentienummer: str


def add_facturen(verbinding: Connection, rijen: Iterable[Sequence[Any]], door: str, nu: datetime) -> None:
    """Keep rows in the order of FACTUREN; `door`: who loaded them."""
    add_rows(verbinding, factuur, FACTUREN, rijen, {"geladen_door": door, "geladen_op": nu})


def list_facturen(verbinding: Connection, gemeenten: Sequence[str], van: date, tot: date, moment: datetime) -> list[Factuur]:
    """With care on a day of these, both included, as they stood at the moment."""
    return _FACTUREN.all(verbinding, {"g": list(gemeenten), "van": van, "tot": tot, "t": moment})


def list_factuurstanden(verbinding: Connection, gemeente: str, van: date, tot: date) -> list[Factuurstand]:
    """With care on a day of these, both included, as they stand now: the last care first."""
    return _STANDEN.all(verbinding, {"g": gemeente, "van": van, "tot": tot})


def find_facturen(verbinding: Connection, sleutels: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str, str], Factuur]:
    """Those that are known by gemeente, leverancier and number."""
    gemeenten, leveranciers, nummers = (list(deel) for deel in zip(*sleutels, strict=True)) if sleutels else ([], [], [])
    gevonden = _BEKEND.all(verbinding, {"g": gemeenten, "l": leveranciers, "n": nummers})
    return {(item.gemeente, item.leverancier, item.factuurnummer): item for item in gevonden}


def list_double(verbinding: Connection, facturen: Sequence[tuple[str, str, date, date, int]]) -> list[Dubbel]:
    """Gemeente, agb, first and last month of care and cents of each; one line for each that has any."""
    kolommen = zip(*facturen, strict=True) if facturen else ((),) * 5
    return _DUBBEL.all(verbinding, dict(zip(("g", "a", "van", "tot", "b"), map(list, kolommen), strict=True)))


_FACTUREN = Vraag(
    Factuur,
    """
    SELECT * FROM (
        SELECT DISTINCT ON (gemeente, leverancier, factuurnummer) {kolommen} FROM factuur
        WHERE gemeente = ANY(%(g)s) AND geladen_op <= %(t)s
        ORDER BY gemeente, leverancier, factuurnummer, geladen_op DESC
    ) AS laatste WHERE zorg_van <= %(tot)s AND zorg_tot >= %(van)s
    """,
)
_STANDEN = Vraag(
    Factuurstand,
    """
    SELECT {kolommen} FROM (
        SELECT factuur.*, lag(status) OVER rij AS eerdere_status, lag(geladen_op) OVER rij AS eerder_geladen_op,
            lead(geladen_op) OVER rij IS NULL AS laatste
        FROM factuur WHERE gemeente = %(g)s
        WINDOW rij AS (PARTITION BY leverancier, factuurnummer ORDER BY geladen_op)
    ) AS elke WHERE laatste AND zorg_van <= %(tot)s AND zorg_tot >= %(van)s
    ORDER BY zorg_van DESC, leverancier, factuurnummer
    """,
)
_BEKEND = Vraag(
    Factuur,
    """
    SELECT DISTINCT ON (gemeente, leverancier, factuurnummer) {kolommen} FROM factuur
    JOIN unnest(%(g)s::text[], %(l)s::text[], %(n)s::text[]) AS deze (gemeente, leverancier, factuurnummer)
        USING (gemeente, leverancier, factuurnummer)
    ORDER BY gemeente, leverancier, factuurnummer, geladen_op DESC
    """,
)
_DUBBEL = Vraag(
    Dubbel,
    """
    SELECT (deze.plaats - 1)::int AS plaats, min(p.referentienummer) AS referentienummer
    FROM unnest(%(g)s::text[], %(a)s::text[], %(van)s::date[], %(tot)s::date[], %(b)s::bigint[])
        WITH ORDINALITY AS deze (gemeente, agb, van, tot, bedrag, plaats)
    JOIN prestatie p ON p.gemeente = deze.gemeente AND p.agb = deze.agb AND p.uitkomst = 'toegekend' AND NOT p.credit
        AND coalesce(p.toegekend_bedrag, p.bedrag) = deze.bedrag
        AND p.begindatum >= deze.van AND p.begindatum < deze.tot + interval '1 month'
    GROUP BY deze.plaats ORDER BY deze.plaats
    """,
)
