"""The lines of one declaration by what became of them and by the reason of it, so that the counts add up to the declaration.

A line counts once: under the finding that decided, the first that rejects it or, when a person decides, the first that held it.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Vraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS, Berichtrij

_IN_BERICHT = "p.gemeente = %(g)s AND p.prestatie_id > %(van)s AND p.prestatie_id < %(tot)s"


@dataclass(frozen=True, slots=True)
class Uitkomsttelling:
    """Lines of one outcome. Amounts in eurocents, credit negative."""

    uitkomst: str
    aantal: int
    bedrag: int
    toegekend: int
    """What of it is in the books: all of an awarded line, but for a line of a JW303 that was awarded in part."""


_UITKOMSTEN = Vraag(
    Uitkomsttelling,
    """
    SELECT p.uitkomst, count(*) AS aantal, sum(p.bedrag)::bigint AS bedrag,
        coalesce(sum(coalesce(p.toegekend_bedrag, p.bedrag)) FILTER (WHERE p.uitkomst = 'toegekend'), 0)::bigint AS toegekend
    FROM prestatie p WHERE {in_bericht} GROUP BY p.uitkomst
    ORDER BY array_position(ARRAY['toegekend', 'afgewezen', 'ter_beoordeling', 'niet_beoordeeld'], p.uitkomst)
    """,
    in_bericht=_IN_BERICHT,
)


@dataclass(frozen=True, slots=True)
class Redenrij:
    """Lines that one rule stopped or holds. Amount in eurocents."""

    uitkomst: str
    regel: str | None
    """None for lines that were not judged: the message or their client was rejected."""
    retourcode: str | None
    """With which they go back; None while they are held."""
    besloten: bool
    """Whether a person (or the service, at a deadline) rejected them."""
    aantal: int
    bedrag: int
    prestatie_ids: list[int]
    """The first of them."""


_REDENEN = Vraag(
    Redenrij,
    """
    SELECT p.uitkomst, f.regel, besloten.ja AS besloten, count(*) AS aantal,
        CASE WHEN p.uitkomst <> 'ter_beoordeling' THEN coalesce(p.retourcodes[1], f.retourcode) END AS retourcode,
        sum(p.bedrag)::bigint AS bedrag,
        (array_agg(p.prestatie_id ORDER BY p.prestatie_id))[1:%(n)s] AS prestatie_ids
    FROM prestatie p
    LEFT JOIN LATERAL (
        SELECT v.regel, v.retourcode FROM bevinding v WHERE v.gemeente = p.gemeente AND v.prestatie_id = p.prestatie_id
            AND v.hertoetsing = p.hertoetsing AND v.gevolg IN ('afkeuren', 'afwijzen', 'beoordelen')
        ORDER BY v.gevolg = 'beoordelen', v.volgnummer LIMIT 1
    ) AS f ON true
    CROSS JOIN LATERAL (
        SELECT p.uitkomst = 'afgewezen' AND EXISTS (SELECT FROM besluit b WHERE b.gemeente = p.gemeente
            AND b.prestatie_id = p.prestatie_id AND b.definitief) AS ja
    ) AS besloten
    WHERE {in_bericht} AND p.uitkomst <> 'toegekend'
    GROUP BY p.uitkomst, f.regel, besloten.ja, 5 ORDER BY count(*) DESC, min(p.prestatie_id)
    """,
    in_bericht=_IN_BERICHT,
)


def count_uitkomsten(verbinding: Connection, bericht: Berichtrij) -> list[Uitkomsttelling]:
    """Awarded first; as far as the transaction may see them."""
    return _UITKOMSTEN.all(verbinding, _place(bericht))


def group_redenen(verbinding: Connection, bericht: Berichtrij, voorbeelden: int) -> list[Redenrij]:
    """Of lines that were not awarded, the largest group first, each with so many of its lines."""
    return _REDENEN.all(verbinding, {**_place(bericht), "n": voorbeelden})


def _place(bericht: Berichtrij) -> dict[str, object]:
    basis = bericht.volgnummer << PRESTATIE_BITS
    return {"g": bericht.gemeente, "van": basis, "tot": basis + (1 << PRESTATIE_BITS)}
