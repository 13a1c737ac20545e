"""Clients whose care is dear, of many aanbieders, or goes on without an evaluation (M32): a query for each signal."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.dossier.dossier import VERWIJDERD
from berichten.opslag.basis.vraag import Vraag


class Durecasus(NamedTuple):
    """A client with what was awarded for care in a period, cents, and the allocations of it."""

    bsn: str
    bedrag: int
    nummers: list[int]


_DUUR = Vraag(
    Durecasus,
    """
    SELECT p.bsn, sum(j.bedrag)::bigint AS bedrag, array_agg(DISTINCT j.toewijzingnummer) AS nummers
    FROM journaal j JOIN prestatie p ON p.gemeente = j.gemeente AND p.prestatie_id = j.prestatie_id
    WHERE j.gemeente = %(g)s AND j.zorgmaand BETWEEN %(van)s AND %(tot)s AND j.toewijzingnummer IS NOT NULL
    GROUP BY p.bsn HAVING sum(j.bedrag) > %(grens)s ORDER BY sum(j.bedrag) DESC, p.bsn
    """,
)


class Bredecasus(NamedTuple):
    """A client with care of several aanbieders in one month."""

    bsn: str
    maand: date
    aanbieders: int
    nummers: list[int]


_BREED = Vraag(
    Bredecasus,
    """
    SELECT bsn, maand, count(DISTINCT agb) AS aanbieders, array_agg(DISTINCT toewijzingnummer) AS nummers
    FROM (
        SELECT p.bsn, j.zorgmaand AS maand, j.agb, j.toewijzingnummer
        FROM journaal j JOIN prestatie p ON p.gemeente = j.gemeente AND p.prestatie_id = j.prestatie_id
        WHERE j.gemeente = %(g)s AND j.zorgmaand BETWEEN %(van)s AND %(tot)s AND j.toewijzingnummer IS NOT NULL
        GROUP BY 1, 2, 3, 4 HAVING sum(j.bedrag) > 0
    ) AS zorg GROUP BY bsn, maand HAVING count(DISTINCT agb) >= %(minste)s ORDER BY maand, bsn
    """,
)


class Herindicatie(NamedTuple):
    """An allocation that follows on another without an evaluation that was held."""

    bsn: str
    nummer: int
    vorige: int
    ingangsdatum: date


_HERINDICATIES = Vraag(
    Herindicatie,
    """
    SELECT DISTINCT ON (n.toewijzingnummer) n.bsn, n.toewijzingnummer AS nummer, o.toewijzingnummer AS vorige, n.ingangsdatum
    FROM toewijzing n JOIN toewijzing o ON o.gemeente = n.gemeente AND o.agb = n.agb AND o.bsn = n.bsn
        AND o.categorie = n.categorie AND o.toewijzingnummer <> n.toewijzingnummer AND o.ingangsdatum < n.ingangsdatum
        AND n.ingangsdatum BETWEEN o.einddatum - %(dagen)s::int AND o.einddatum + %(dagen)s::int
        AND o.reden_wijziging IS DISTINCT FROM '{verwijderd}'
    WHERE n.gemeente = %(g)s AND n.ingangsdatum BETWEEN %(van)s AND %(tot)s AND n.reden_wijziging IS DISTINCT FROM '{verwijderd}'
        AND NOT EXISTS (SELECT FROM evaluatie e WHERE e.gemeente = n.gemeente
            AND e.toewijzingnummer IN (n.toewijzingnummer, o.toewijzingnummer)
            AND e.gehouden_op BETWEEN n.ingangsdatum - %(evaluatie)s::int + 1 AND n.ingangsdatum)
    ORDER BY n.toewijzingnummer, o.einddatum DESC
    """,
    verwijderd=VERWIJDERD,
)


def list_dure(verbinding: Connection, gemeente: str, van: date, tot: date, grens: int) -> list[Durecasus]:
    """Clients of whom more than so many cents were awarded for care in months that begin on these days."""
    return _DUUR.all(verbinding, {"g": gemeente, "van": van, "tot": tot, "grens": grens})


def list_brede(verbinding: Connection, gemeente: str, van: date, tot: date, minste: int) -> list[Bredecasus]:
    """Clients with awarded care of so many aanbieders in one of these months."""
    return _BREED.all(verbinding, {"g": gemeente, "van": van, "tot": tot, "minste": minste})


def list_herindicaties(
    verbinding: Connection, gemeente: str, van: date, tot: date, dagen: int, evaluatie: int
) -> list[Herindicatie]:
    """Allocations that began on these days, at most `dagen` from the end of another of the same client, category and aanbieder.

    Without an evaluation that was held in the `evaluatie` days up to and including their first day.
    """
    return _HERINDICATIES.all(verbinding, {"g": gemeente, "van": van, "tot": tot, "dagen": dagen, "evaluatie": evaluatie})


_KOSTEN_OP = Vraag(
    int,
    """
    SELECT coalesce(sum(j.bedrag), 0)::bigint FROM prestatie p
    JOIN journaal j ON j.gemeente = p.gemeente AND j.prestatie_id = p.prestatie_id
    WHERE p.gemeente = %(g)s AND p.toewijzingnummer = ANY(%(nummers)s::bigint[]) AND j.zorgmaand BETWEEN %(van)s AND %(tot)s
    """,
)
_KOSTEN_VAN = Vraag(
    int,
    """
    SELECT coalesce(sum(j.bedrag), 0)::bigint FROM prestatie p
    JOIN journaal j ON j.gemeente = p.gemeente AND j.prestatie_id = p.prestatie_id
    WHERE p.gemeente = %(g)s AND j.zorgmaand BETWEEN %(van)s AND %(tot)s
        AND p.toewijzingnummer IN (SELECT toewijzingnummer FROM toewijzing WHERE gemeente = %(g)s AND bsn = %(bsn)s)
    """,
)


def add_kosten_op(verbinding: Connection, gemeente: str, nummers: list[int], van: date, tot: date) -> int:
    """Cents of awarded care on these allocations, of months of care from `van` to `tot` (their first days), inclusive."""
    return _KOSTEN_OP.read(verbinding, {"g": gemeente, "nummers": nummers, "van": van, "tot": tot})


def add_kosten_van(verbinding: Connection, gemeente: str, bsn: str, van: date, tot: date) -> int:
    """The same of all care of a client."""
    return _KOSTEN_VAN.read(verbinding, {"g": gemeente, "bsn": bsn, "van": van, "tot": tot})
