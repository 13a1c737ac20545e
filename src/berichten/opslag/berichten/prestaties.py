"""One billed line with what was decided on it and what was said about it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from berichten.kern.houder import OPDRACHTREGEL
from berichten.opslag.basis.delen import OP_TOEWIJZING
from berichten.opslag.basis.rijvorm import as_values, columns, values
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS, Berichtrij
from berichten.opslag.berichten.declaraties import Prestatierij

WIE = (
    "CASE WHEN m.naam IS NOT NULL THEN m.naam WHEN y.naam IS NOT NULL THEN y.naam WHEN s.naam <> '' THEN s.naam"
    " WHEN s.rol = 'aanbieder' THEN 'de aanbieder' WHEN s.rol IS NOT NULL THEN 'een medewerker ' || s.rol"
    f" WHEN starts_with(b.door, '{OPDRACHTREGEL}') THEN substr(b.door, {len(OPDRACHTREGEL) + 1}) ELSE 'de ' || b.door END"
)
"""The person `m`, system `y` or key `s` of `b.door` (WIE_BIJ), or who typed a command, for sentences in Dutch; else the service."""
WIE_BIJ = (
    "LEFT JOIN api_sleutel s ON s.gemeente = {g} AND s.sleutel_id = b.door"
    " LEFT JOIN persoon m ON m.gemeente = {g} AND m.persoon_id IN (b.door, s.persoon_id)"
    " LEFT JOIN systeem y ON y.gemeente = {g} AND y.systeem_id IN (b.door, s.systeem_id)"
)


_REGEL = Vraag(Prestatierij, "SELECT {kolommen} FROM prestatie WHERE gemeente = %(g)s AND prestatie_id = %(p)s")
_BERICHT = Vraag(Berichtrij, "SELECT {kolommen} FROM bericht WHERE gemeente = %(g)s AND volgnummer = %(v)s")


def find_prestatie(verbinding: Connection, gemeente: str, prestatie_id: int) -> tuple[Prestatierij, Berichtrij] | None:
    """A line and its message, as far as the transaction may see them."""
    regel = _REGEL.one(verbinding, {"g": gemeente, "p": prestatie_id})
    if regel is None:
        return None
    return regel, _BERICHT.read(verbinding, {"g": gemeente, "v": prestatie_id >> PRESTATIE_BITS})


_REGELS = Vraag(
    Prestatierij,
    "SELECT {kolommen} FROM prestatie WHERE gemeente = %(g)s AND prestatie_id = ANY(%(p)s::bigint[]) ORDER BY prestatie_id",
)


def list_prestaties_of(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> list[Prestatierij]:
    """These lines in the order in which they came in, as far as the transaction may see them."""
    return _REGELS.all(verbinding, {"g": gemeente, "p": list(prestatie_ids)})


_OP_REFERENTIE = Vraag(
    int,
    "SELECT prestatie_id FROM prestatie WHERE gemeente = %(g)s AND referentienummer = %(r)s AND referentie_gebruikt"
    " ORDER BY prestatie_id DESC LIMIT %(n)s",
)


def list_ids_by_referentie(verbinding: Connection, gemeente: str, referentie: str, aantal: int) -> list[int]:
    """Lines that use this reference, newest first, as far as the transaction may see them."""
    return _OP_REFERENTIE.all(verbinding, {"g": gemeente, "r": referentie, "n": aantal})


class Toewijzingregel(NamedTuple):
    """A line billed on an allocation, with its message."""

    bericht_id: UUID
    declaratienummer: str | None
    regel: Prestatierij


_OP_TOEWIJZING = Vraag(
    Toewijzingregel,
    """
    SELECT b.bericht_id, b.declaratienummer, {regel}
    FROM (SELECT * FROM ({op_toewijzing}) AS alle WHERE %(voor)s::bigint IS NULL OR prestatie_id < %(voor)s
        ORDER BY prestatie_id DESC LIMIT %(aantal)s) AS op
    JOIN prestatie p ON p.gemeente = %(g)s AND p.prestatie_id = op.prestatie_id
    JOIN bericht b ON b.gemeente = %(g)s AND b.volgnummer = p.prestatie_id >> {bits}
    ORDER BY p.prestatie_id DESC
    """,
    regel=columns(Prestatierij, "p", "regel"),
    op_toewijzing=OP_TOEWIJZING,
    bits=PRESTATIE_BITS,
)


def list_op_toewijzing(
    verbinding: Connection, gemeente: str, agb: str, toewijzingnummer: int, voor: int | None, aantal: int
) -> list[Toewijzingregel]:
    """The last that came in first, those before prestatie_id `voor`, as far as the transaction may see them."""
    waarden = {"g": gemeente, "a": agb, "n": toewijzingnummer, "voor": voor, "aantal": aantal}
    return _OP_TOEWIJZING.all(verbinding, waarden)


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
    per_regel: defaultdict[int, list[Besluitrij]] = defaultdict(list)
    for rij in _BESLUITEN.all(verbinding, {"g": gemeente, "p": list(prestatie_ids)}):
        per_regel[rij.prestatie_id].append(rij)
    return per_regel


_BESLUITEN = Vraag(
    Besluitrij,
    "SELECT {kolommen} FROM besluit WHERE gemeente = %(g)s AND prestatie_id = ANY(%(p)s::bigint[])"
    " ORDER BY prestatie_id, besluit_id",
)


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
    return _OPMERKINGEN.all(verbinding, {"g": gemeente, "p": prestatie_id})


class _Aantal(NamedTuple):
    prestatie_id: int
    aantal: int


class _Naam(NamedTuple):
    door: str
    naam: str


_OPMERKINGEN = Vraag(
    Opmerkingrij, "SELECT {kolommen} FROM opmerking WHERE gemeente = %(g)s AND prestatie_id = %(p)s ORDER BY volgnummer"
)
_AANTALLEN = Vraag(
    _Aantal,
    "SELECT prestatie_id, count(*) AS aantal FROM opmerking"
    " WHERE gemeente = %(g)s AND prestatie_id = ANY(%(p)s::bigint[]) GROUP BY 1",
)
_OPMERKING = Opdracht(
    "INSERT INTO opmerking (gemeente, agb, {kolommen}) VALUES (%(gemeente)s, %(agb)s, {waarden})",
    kolommen=columns(Opmerkingrij),
    waarden=values(Opmerkingrij),
)
_NAMEN = Vraag(
    _Naam,
    """
    SELECT b.door, {wie} AS naam FROM unnest(%(d)s::text[]) AS b (door)
    {bij}
    """,
    wie=WIE,
    bij=WIE_BIJ.format(g="%(g)s"),
)


def count_opmerkingen(verbinding: Connection, gemeente: str, prestatie_ids: Sequence[int]) -> dict[int, int]:
    """How much was said about each of these lines; a line about which nothing was said is absent."""
    return dict(_AANTALLEN.all(verbinding, {"g": gemeente, "p": list(prestatie_ids)}))


def insert_opmerking(verbinding: Connection, gemeente: str, agb: str, opmerking: Opmerkingrij) -> None:
    """Add a remark; its number is the next of its line."""
    _OPMERKING.run(verbinding, {"gemeente": gemeente, "agb": agb, **as_values(opmerking)})


def name_deciders(verbinding: Connection, gemeente: str, door: Iterable[str]) -> dict[str, str]:
    """Name or role of those who decided or remarked, for staff; readers have no access to keys, so this is asked apart."""
    return dict(_NAMEN.all(verbinding, {"g": gemeente, "d": sorted(set(door))}))
