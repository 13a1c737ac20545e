"""The entries of the journal themselves: by the page, or all of them from a cursor, in the order in which they were numbered."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis import vraag as sql
from berichten.rapporten.boeken.boekvraag import Boekvraag, conditions, values
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport

KOLOMMEN = (
    Kolom("prestatieId", "Prestatie"),
    Kolom("boeking", "Journaalrij", "aantal"),
    Kolom("geboektOp", "Geboekt op", "moment"),
    Kolom("soort", "Soort"),
    Kolom("bedrag", "Bedrag", "geld"),
    Kolom("rekening", "Rekening"),
    Kolom("tegenrekening", "Tegenrekening"),
    Kolom("aanbieder", "Aanbieder"),
    Kolom("zorgmaand", "Zorgmaand", "maand"),
    Kolom("declaratiemaand", "Declaratiemaand", "maand"),
    Kolom("categorie", "Categorie"),
    Kolom("productcode", "Productcode"),
    Kolom("toewijzingnummer", "Toewijzing"),
    Kolom("declaratienummer", "Declaratienummer"),
    Kolom("berichtId", "Bericht"),
    Kolom("besluitId", "Besluit"),
)


class Journaalrij(NamedTuple):
    """An entry, with its fields in the order of KOLOMMEN. Cents; months by their first day."""

    prestatie_id: int
    boeking: int
    geboekt_op: datetime
    soort: str
    bedrag: int
    rekening: str
    tegenrekening: str
    aanbieder: str
    zorgmaand: date
    declaratiemaand: date
    categorie: str
    productcode: str
    toewijzingnummer: int | None
    declaratienummer: str | None
    bericht_id: UUID
    besluit_id: int | None
    controletotaal: int | None
    """After those of KOLOMMEN: what all entries of a report come to; None on a page."""


_VELDEN = """
    prestatie_id, boeking, geboekt_op, soort, bedrag, rekening, tegenrekening, agb AS aanbieder, zorgmaand, declaratiemaand,
    categorie, productcode, toewijzingnummer, (SELECT b.declaratienummer FROM bericht b WHERE b.gemeente = journaal.gemeente
        AND b.bericht_id = journaal.bericht_id) AS declaratienummer, bericht_id, besluit_id
"""
_BLADZIJDE = """
    SELECT {velden}, NULL AS controletotaal FROM journaal
    WHERE {keuze} AND (prestatie_id, boeking) > (%(na_prestatie)s, %(na_boeking)s)
    ORDER BY prestatie_id, boeking LIMIT %(n)s
"""
_ALLE = """
    SELECT {velden}, (SELECT sum(bedrag)::bigint FROM journaal WHERE {keuze}) AS controletotaal FROM journaal WHERE {keuze}
    ORDER BY prestatie_id, boeking
"""


_MEESTE_BOEKINGEN = 1000
"""Of one line; it has a few, one or two for each decision."""


def list_boekingen(verbinding: Connection, vraag: Boekvraag, na: tuple[int, int], aantal: int) -> list[Journaalrij]:
    """Entries after the one with this prestatie_id and number."""
    opdracht = sql.Vraag(Journaalrij, _BLADZIJDE, velden=_VELDEN, keuze=_selection(vraag))
    return opdracht.all(verbinding, {**values(vraag), "na_prestatie": na[0], "na_boeking": na[1], "n": aantal})


def list_regelboekingen(verbinding: Connection, gemeente: str, prestatie_id: int) -> list[Journaalrij]:
    """Every entry of one line."""
    opdracht = sql.Vraag(Journaalrij, _BLADZIJDE, velden=_VELDEN, keuze="gemeente = %(g)s AND prestatie_id = %(p)s")
    return opdracht.all(verbinding, {"g": gemeente, "p": prestatie_id, "na_prestatie": 0, "na_boeking": 0, "n": _MEESTE_BOEKINGEN})


def report_journaal(verbinding: Connection, vraag: Boekvraag) -> Rapport:
    """Every entry that the question asks for, read from a cursor while the report is written; the transaction stays open till then.

    The same statement gives the sum that the report must come to, so that both see the same books.
    """
    rapport = Rapport(
        "journaal", "Journaal", KOLOMMEN, (), vraag.describe(), controletotaal=0, controlekolom="bedrag", totaalrij=True
    )
    rapport.rijen = _stream(verbinding, vraag, rapport)
    return rapport


def _stream(verbinding: Connection, vraag: Boekvraag, rapport: Rapport) -> Iterator[Sequence[Any]]:
    opdracht = sql.Vraag(Journaalrij, _ALLE, velden=_VELDEN, keuze=_selection(vraag))
    for rij in opdracht.stream(verbinding, values(vraag)):
        rapport.controletotaal = rij.controletotaal
        yield rij[:-1]


def _selection(vraag: Boekvraag) -> str:
    return f"gemeente = %(g)s AND geboekt_op <= %(t)s{conditions(vraag)}"
