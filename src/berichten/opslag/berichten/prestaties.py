"""One billed line with what was decided on it and what was said about it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from berichten.opslag.basis.kopie import fetch_rows, run_statement
from berichten.opslag.berichten.berichten import KOLOMMEN, PRESTATIE_BITS, Berichtrij
from berichten.opslag.berichten.declaraties import Prestatierij

WIE = (
    "CASE WHEN s.naam <> '' THEN s.naam WHEN s.rol = 'aanbieder' THEN 'de aanbieder'"
    " WHEN s.rol IS NOT NULL THEN 'een medewerker ' || s.rol ELSE 'de ' || b.door END"
)
"""Who holds key `s`, for sentences in Dutch; without a key it is the service."""


def find_prestatie(verbinding: Connection, gemeente: str, prestatie_id: int) -> tuple[Prestatierij, Berichtrij] | None:
    """A line and its message, as far as the transaction may see them."""
    regel = verbinding.execute(
        text(f"SELECT {', '.join(Prestatierij.__slots__)} FROM prestatie WHERE gemeente = :g AND prestatie_id = :p"),  # noqa: S608
        {"g": gemeente, "p": prestatie_id},
    ).one_or_none()
    if regel is None:
        return None
    bericht = verbinding.execute(
        text(f"SELECT {KOLOMMEN} FROM bericht WHERE gemeente = :g AND volgnummer = :v"),  # noqa: S608
        {"g": gemeente, "v": prestatie_id >> PRESTATIE_BITS},
    ).one()
    return Prestatierij(*regel), Berichtrij(*bericht)


@dataclass(frozen=True, slots=True)
class Besluitrij:
    """A decision as the database keeps it."""

    prestatie_id: int
    besluit_id: int
    besluit: str
    terugvragen: bool
    definitief: bool
    bevestigt: int | None
    retourcode: str | None
    motivering: str
    bedrag: int
    door: str
    genomen_op: datetime


def list_besluiten(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> dict[int, list[Besluitrij]]:
    """Every decision on each of these lines in the order in which they were taken, proposals too."""
    rijen = fetch_rows(
        verbinding,
        f"SELECT {', '.join(Besluitrij.__slots__)} FROM besluit"  # noqa: S608
        " WHERE gemeente = %(g)s AND prestatie_id = ANY(%(p)s::bigint[]) ORDER BY prestatie_id, besluit_id",
        {"g": gemeente, "p": list(prestatie_ids)},
    )
    per_regel: defaultdict[int, list[Besluitrij]] = defaultdict(list)
    for rij in rijen:
        per_regel[rij[0]].append(Besluitrij(*rij))
    return per_regel


@dataclass(frozen=True, slots=True)
class Opmerkingrij:
    """A question or answer about a held line."""

    prestatie_id: int
    volgnummer: int
    van: str
    """`gemeente` or `aanbieder`."""
    door: str
    tekst: str
    geplaatst_op: datetime


def list_opmerkingen(verbinding: Connection, gemeente: str, prestatie_id: int) -> list[Opmerkingrij]:
    """What was said about a line, in order, as far as the transaction may see it."""
    rijen = fetch_rows(
        verbinding,
        f"SELECT {', '.join(Opmerkingrij.__slots__)} FROM opmerking"  # noqa: S608
        " WHERE gemeente = %(g)s AND prestatie_id = %(p)s ORDER BY volgnummer",
        {"g": gemeente, "p": prestatie_id},
    )
    return [Opmerkingrij(*rij) for rij in rijen]


def count_opmerkingen(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> dict[int, int]:
    """How much was said about each of these lines; a line about which nothing was said is absent."""
    rijen = fetch_rows(
        verbinding,
        "SELECT prestatie_id, count(*) FROM opmerking WHERE gemeente = %(g)s AND prestatie_id = ANY(%(p)s::bigint[]) GROUP BY 1",
        {"g": gemeente, "p": list(prestatie_ids)},
    )
    return dict(rijen)


def insert_opmerking(verbinding: Connection, gemeente: str, agb: str, opmerking: Opmerkingrij) -> None:
    """Add a remark; its number is the next of its line."""
    velden = {naam: getattr(opmerking, naam) for naam in Opmerkingrij.__slots__}
    run_statement(
        verbinding,
        f"INSERT INTO opmerking (gemeente, agb, {', '.join(velden)})"  # noqa: S608
        f" VALUES (%(gemeente)s, %(agb)s, {', '.join(f'%({naam})s' for naam in velden)})",
        {"gemeente": gemeente, "agb": agb, **velden},
    )


def name_deciders(verbinding: Connection, gemeente: str, door: Iterable[str]) -> dict[str, str]:
    """Name or role of those who decided or remarked, for staff; readers have no access to keys, so this is asked apart."""
    rijen = fetch_rows(
        verbinding,
        f"SELECT b.door, {WIE} FROM unnest(%(d)s::text[]) AS b (door)"  # noqa: S608
        " LEFT JOIN api_sleutel s ON s.gemeente = %(g)s AND s.sleutel_id = b.door",
        {"g": gemeente, "d": sorted(set(door))},
    )
    return dict(rijen)
