"""The entries of the journal themselves: by the page, or all of them from a cursor, in the order in which they were numbered."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, text

from berichten.rapporten.boeken.vraag import Vraag, conditions, values
from berichten.rapporten.uitvoer.tabel import Kolom, Rapport

KOLOMMEN = (
    Kolom("prestatieId", "Prestatie"),
    Kolom("boeking", "Boeking", "aantal"),
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
_VELDEN = (
    "prestatie_id, boeking, geboekt_op, soort, bedrag, rekening, tegenrekening, agb, zorgmaand, declaratiemaand, categorie,"
    " productcode, toewijzingnummer, (SELECT b.declaratienummer FROM bericht b WHERE b.gemeente = journaal.gemeente"
    " AND b.bericht_id = journaal.bericht_id) AS declaratienummer, bericht_id, besluit_id"
)
_PER_KEER = 5000
"""Entries that are fetched at once."""


def list_boekingen(verbinding: Connection, vraag: Vraag, na: tuple[int, int], aantal: int) -> list[Sequence[Any]]:
    """Entries after the one with this prestatie_id and number, with values in the order of KOLOMMEN."""
    opdracht = text(
        f"SELECT {_VELDEN} FROM journaal WHERE {_selection(vraag)} AND (prestatie_id, boeking) > (:na_prestatie, :na_boeking)"  # noqa: S608
        " ORDER BY prestatie_id, boeking LIMIT :n"
    )
    plaats = {"na_prestatie": na[0], "na_boeking": na[1], "n": aantal}
    return list(verbinding.execute(opdracht, {**values(vraag), **plaats}))


def report_journaal(verbinding: Connection, vraag: Vraag) -> Rapport:
    """Every entry that the question asks for, read from a cursor while the report is written; the transaction stays open till then.

    The same statement gives the sum that the report must come to, so that both see the same books.
    """
    rapport = Rapport(
        "journaal", "Journaal", KOLOMMEN, (), vraag.describe(), controletotaal=0, controlekolom="bedrag", totaalregel=True
    )
    rapport.rijen = _stream(verbinding, vraag, rapport)
    return rapport


def _stream(verbinding: Connection, vraag: Vraag, rapport: Rapport) -> Iterator[Sequence[Any]]:
    keuze = _selection(vraag)
    opdracht = text(
        f"SELECT {_VELDEN}, (SELECT sum(bedrag)::bigint FROM journaal WHERE {keuze}) FROM journaal WHERE {keuze}"  # noqa: S608
        " ORDER BY prestatie_id, boeking"
    )
    uitkomst = verbinding.execute(opdracht, values(vraag), execution_options={"stream_results": True})
    for deel in uitkomst.partitions(_PER_KEER):
        rapport.controletotaal = deel[0][-1]
        for rij in deel:
            yield rij[:-1]


def _selection(vraag: Vraag) -> str:
    return f"gemeente = :g AND geboekt_op <= :t{conditions(vraag)}"
