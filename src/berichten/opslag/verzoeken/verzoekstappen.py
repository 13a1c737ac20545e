"""Steps on a request: decisions, each JW319 with its JW320, the JW301 that ends it, domicile, and the wish to withdraw.

Every step that moves a request has a number in it, given under the lock of the stream.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from berichten.beoordeling.verzoeken.verzoekbesluit import EerderVerzoekbesluit
from berichten.beoordeling.verzoeken.verzoekstand import Stap, Stapsoort
from berichten.opslag.basis.rijvorm import as_values, columns, values
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.berichten.bevindingen import as_json
from berichten.opslag.berichten.prestaties import WIE, WIE_BIJ


@dataclass(frozen=True, slots=True)
class NieuwAntwoord:
    """A JW319 that is sent, or that the gemeente sent in."""

    bericht_id: UUID
    agb: str
    verzoek_id: UUID
    stap: int
    antwoord: str
    reden: str | None
    woonplaats: str | None
    besluit_id: int | None
    """The decision that it tells; None when the gemeente sent it in by itself."""
    gemaakt_op: datetime
    retour_uiterlijk_op: date
    """Day on which the JW320 must be here (OP090)."""


@dataclass(frozen=True, slots=True)
class Antwoordrij:
    """A JW319 that was sent, as its JW320 finds it."""

    bericht_id: UUID
    verzoek_id: UUID
    stap: int
    retour_bericht_id: UUID | None
    verworpen: bool


class Verzoekstap(NamedTuple):
    """A step, and the request on which it was taken."""

    verzoek_id: UUID
    stap: int
    soort: Stapsoort
    geldig: bool


class _Aantal(NamedTuple):
    verzoek_id: UUID
    stappen: int


_STAPPEN = Vraag(
    Verzoekstap,
    """
    SELECT verzoek_id, stap, soort, geldig FROM (
        SELECT verzoek_id, stap, besluit AS soort, true AS geldig FROM verzoek_besluit WHERE {deze} AND besluit = 'honoreren'
        UNION ALL SELECT verzoek_id, stap, antwoord, NOT verworpen FROM verzoek_antwoord WHERE {deze}
        UNION ALL SELECT DISTINCT verzoek_id, stap, 'JW301', true FROM verzoek_toewijzing WHERE {deze}
    ) AS stappen ORDER BY verzoek_id, stap
    """,
    deze="gemeente = %(g)s AND verzoek_id = ANY(%(v)s::uuid[])",
)
_AANTALLEN = Vraag(
    _Aantal, "SELECT verzoek_id, stappen FROM verzoek WHERE gemeente = %(g)s AND verzoek_id = ANY(%(v)s::uuid[])"
)  # fmt: skip
_LAATSTE_BESLUIT = Vraag(
    EerderVerzoekbesluit,
    """
    SELECT b.besluit_id, b.besluit, {wie} AS wie, b.genomen_op FROM verzoek_besluit b {bij}
    WHERE b.gemeente = %(g)s AND b.verzoek_id = %(v)s ORDER BY b.stap DESC LIMIT 1
    """,
    wie=WIE,
    bij=WIE_BIJ.format(g="b.gemeente"),
)
_ERBIJ = """
    INSERT INTO verzoek_besluit (gemeente, agb, verzoek_id, stap, besluit, reden, woonplaats, op_verzoek, motivering, beleid,
        door, genomen_op)
    VALUES (%(g)s, %(a)s, %(v)s, %(stap)s, %(besluit)s, %(reden)s, %(woonplaats)s, %(op_verzoek)s, %(motivering)s, %(beleid)s,
        %(door)s, %(op)s)
"""
_BESLUIT = Vraag(int, _ERBIJ + "RETURNING besluit_id")
_NAAR_BELEID = Opdracht(_ERBIJ)
_ANTWOORD = Opdracht(
    "INSERT INTO verzoek_antwoord (gemeente, {kolommen}) VALUES (%(gemeente)s, {waarden})",
    kolommen=columns(NieuwAntwoord),
    waarden=values(NieuwAntwoord),
)
_OP_IDENTIFICATIE = Vraag(
    Antwoordrij,
    """
    SELECT a.bericht_id, a.verzoek_id, a.stap, a.retour_bericht_id, a.verworpen FROM verzoek_antwoord a
    JOIN bericht b USING (gemeente, bericht_id)
    WHERE b.gemeente = %(g)s AND b.soort = 'JW319' AND b.identificatie = %(i)s
        AND b.identificatie_gebruikt AND b.agb = %(a)s AND b.afzender <> b.agb
    """,
)
_RETOUR = Opdracht(
    "UPDATE verzoek_antwoord SET retour_bericht_id = %(r)s, verworpen = %(w)s WHERE gemeente = %(g)s AND bericht_id = %(b)s"
)
_TOEWIJZING = Opdracht(
    "INSERT INTO verzoek_toewijzing (gemeente, verzoek_id, toewijzingnummer, agb, stap, bericht_id)"
    " VALUES (%(g)s, %(v)s, %(n)s, %(a)s, %(stap)s, %(b)s)"
)
_WOONPLAATS = Opdracht("""
    INSERT INTO verzoek_woonplaats (gemeente, verzoek_id, volgnummer, agb, uitkomst, woonplaats, door, genoteerd_op)
    SELECT %(g)s, %(v)s, 1 + count(*), %(a)s, %(uitkomst)s, %(woonplaats)s, %(door)s, %(op)s FROM verzoek_woonplaats
    WHERE gemeente = %(g)s AND verzoek_id = %(v)s
""")
_GEVRAAGD = Vraag(bool, "SELECT EXISTS (SELECT FROM verzoek_intrekking WHERE gemeente = %(g)s AND verzoek_id = %(v)s)")
_INTREKKING = Opdracht("""
    INSERT INTO verzoek_intrekking (gemeente, verzoek_id, agb, toelichting, door, gevraagd_op)
    VALUES (%(g)s, %(v)s, %(a)s, %(toelichting)s, %(door)s, %(op)s) ON CONFLICT (gemeente, verzoek_id) DO NOTHING
""")


def load_stappen(verbinding: Connection, gemeente: str, verzoek_id: UUID) -> list[Stap]:
    """The steps that move a request, in their order, those that no longer stand too."""
    return load_stappen_of(verbinding, gemeente, [verzoek_id]).get(verzoek_id, [])


def load_stappen_of(verbinding: Connection, gemeente: str, verzoek_ids: Collection[UUID]) -> dict[UUID, list[Stap]]:
    """The same of many requests, by one query; one without steps is absent."""
    per_verzoek: defaultdict[UUID, list[Stap]] = defaultdict(list)
    for rij in _STAPPEN.all(verbinding, {"g": gemeente, "v": list(verzoek_ids)}):
        per_verzoek[rij.verzoek_id].append(Stap(rij.stap, rij.soort, rij.geldig))
    return per_verzoek


def count_stappen_of(verbinding: Connection, gemeente: str, verzoek_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many steps were taken on each of these requests."""
    return {rij.verzoek_id: rij.stappen for rij in _AANTALLEN.all(verbinding, {"g": gemeente, "v": list(verzoek_ids)})}


def count_stappen(verbinding: Connection, gemeente: str, verzoek_id: UUID) -> int:
    """How many steps were taken on a request."""
    return count_stappen_of(verbinding, gemeente, [verzoek_id])[verzoek_id]


def find_laatste_besluit(verbinding: Connection, gemeente: str, verzoek_id: UUID) -> EerderVerzoekbesluit | None:
    """The last decision on a request, if there is one."""
    return _LAATSTE_BESLUIT.one(verbinding, {"g": gemeente, "v": verzoek_id})


@dataclass(frozen=True, slots=True)
class NieuwBesluit:
    """A decision to keep."""

    agb: str
    verzoek_id: UUID
    stap: int
    besluit: str
    motivering: str
    door: str
    """A sleutel_id, or the service itself."""
    genomen_op: datetime
    reden: str | None = None
    woonplaats: str | None = None
    op_verzoek: bool = False
    """The aanbieder asked for it."""
    beleid: dict[str, Any] | None = None
    """The row of policy by which the service decided."""


def insert_verzoekbesluit(verbinding: Connection, gemeente: str, nieuw: NieuwBesluit) -> int:
    """Keep a decision; returns its number."""
    return _BESLUIT.read(verbinding, _values_of(gemeente, nieuw))


def insert_beleidsbesluiten(verbinding: Connection, gemeente: str, nieuw: Iterable[NieuwBesluit]) -> None:
    """Keep what the service decided by policy; nobody needs the numbers."""
    rijen = [_values_of(gemeente, item) for item in nieuw]
    if rijen:
        _NAAR_BELEID.run_each(verbinding, rijen)


def _values_of(gemeente: str, nieuw: NieuwBesluit) -> dict[str, Any]:
    return {
        "g": gemeente, "a": nieuw.agb, "v": nieuw.verzoek_id, "stap": nieuw.stap, "besluit": nieuw.besluit, "reden": nieuw.reden,
        "woonplaats": nieuw.woonplaats, "op_verzoek": nieuw.op_verzoek, "motivering": nieuw.motivering,
        "beleid": nieuw.beleid and Jsonb(nieuw.beleid, as_json), "door": nieuw.door, "op": nieuw.genomen_op,
    }  # fmt: skip


def insert_verzoekantwoord(verbinding: Connection, gemeente: str, nieuw: NieuwAntwoord) -> None:
    """Keep that a JW319 was sent on a request; the message itself is kept as any."""
    _ANTWOORD.put(verbinding, {"gemeente": gemeente, **as_values(nieuw)})


def find_verzoekantwoord(verbinding: Connection, gemeente: str, agb: str, identificatie: str) -> Antwoordrij | None:
    """The JW319 of this gemeente to this aanbieder with this Identificatie."""
    return _OP_IDENTIFICATIE.one(verbinding, {"g": gemeente, "a": agb, "i": identificatie})


def set_retour(verbinding: Connection, gemeente: str, antwoord: Antwoordrij, retour_bericht_id: UUID, verworpen: bool) -> None:
    """Keep which JW320 answers a JW319, and whether it rejects it."""
    _RETOUR.put(verbinding, {"g": gemeente, "b": antwoord.bericht_id, "r": retour_bericht_id, "w": verworpen})


@dataclass(frozen=True, slots=True)
class NieuweToewijzing:
    """That a JW301 grants a request, by these allocations."""

    verzoek_id: UUID
    stap: int
    nummers: list[int]


def insert_verzoektoewijzingen(
    verbinding: Connection, gemeente: str, agb: str, bericht_id: UUID, nieuw: Iterable[NieuweToewijzing]
) -> None:
    """Keep which allocations of a JW301 grant which requests, in one go."""
    vast = {"g": gemeente, "a": agb, "b": bericht_id}
    _TOEWIJZING.run_each(
        verbinding,
        [{**vast, "v": item.verzoek_id, "stap": item.stap, "n": nummer} for item in nieuw for nummer in sorted(set(item.nummers))],
    )


def is_intrekking_asked(verbinding: Connection, gemeente: str, verzoek_id: UUID) -> bool:
    """Whether the aanbieder asked to have its request refused."""
    return _GEVRAAGD.read(verbinding, {"g": gemeente, "v": verzoek_id})


def insert_woonplaats(
    verbinding: Connection,
    gemeente: str,
    agb: str,
    verzoek_id: UUID,
    uitkomst: str,
    woonplaats: str | None,
    door: str,
    op: datetime,
) -> None:
    """Keep what somebody found of the client's domicile; what was found before stays."""
    waarden = {"g": gemeente, "a": agb, "v": verzoek_id, "uitkomst": uitkomst, "woonplaats": woonplaats, "door": door, "op": op}
    _WOONPLAATS.run(verbinding, waarden)


def insert_intrekking(
    verbinding: Connection, gemeente: str, agb: str, verzoek_id: UUID, toelichting: str, door: str, op: datetime
) -> bool:
    """Keep that the aanbieder wants its request refused; False when it had said so before."""
    waarden = {"g": gemeente, "a": agb, "v": verzoek_id, "toelichting": toelichting, "door": door, "op": op}
    return _INTREKKING.run(verbinding, waarden) == 1
