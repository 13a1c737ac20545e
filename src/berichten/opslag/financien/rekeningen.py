"""Bank accounts of aanbieders and of the gemeente itself. An account is never changed: a newer one takes its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from berichten.boeken.betaling import Rekening
from berichten.opslag.basis.delen import has_declared
from berichten.opslag.basis.rijvorm import columns
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.berichten.berichten import PRESTATIE_BITS

EIGEN = ""
"""Stands in the place of an AGB code for the gemeente's own account."""


@dataclass(frozen=True, slots=True)
class Rekeningrij:
    """An account as it was recorded; both dates are inclusive. Only what a second person confirmed is used."""

    rekening_id: int
    agb: str
    iban: str
    tenaamstelling: str
    ingangsdatum: date
    einddatum: date | None
    vastgelegd_door: str
    vastgelegd_op: datetime
    status: str
    """`voorstel`, `bevestigd` or `ingetrokken`."""
    beoordeeld_door: str | None
    beoordeeld_op: datetime | None


class Voorliggend(NamedTuple):
    """An account that an aanbieder has, or that was proposed; both dates are inclusive."""

    agb: str
    ingangsdatum: date
    rekening: Rekening
    einddatum: date | None


class _Geldend(NamedTuple):
    agb: str
    rekening: Rekening


_RIJEN = """
    SELECT r.rekening_id, r.agb, r.iban, r.tenaamstelling, r.ingangsdatum, r.einddatum, r.vastgelegd_door, r.vastgelegd_op,
        coalesce(o.oordeel, 'voorstel') AS status, o.door AS beoordeeld_door, o.gegeven_op AS beoordeeld_op
    {van}
"""
_VAN = """
    FROM betaalrekening r LEFT JOIN rekeningoordeel o ON o.gemeente = r.gemeente AND o.rekening_id = r.rekening_id
    WHERE r.gemeente = %(g)s
"""
_NIEUW = Vraag(
    int,
    "INSERT INTO betaalrekening (gemeente, agb, iban, tenaamstelling, ingangsdatum, einddatum, vastgelegd_door, vastgelegd_op)"
    " VALUES (%(g)s, %(a)s, %(iban)s, %(naam)s, %(van)s, %(tot)s, %(door)s, %(nu)s) RETURNING rekening_id",
)
_OORDEEL = Opdracht(
    "INSERT INTO rekeningoordeel (gemeente, rekening_id, oordeel, door, gegeven_op)"
    " VALUES (%(g)s, %(r)s, %(oordeel)s, %(door)s, %(nu)s)"
)
_EEN = Vraag(Rekeningrij, "{rijen} AND r.rekening_id = %(r)s", rijen=_RIJEN, van=_VAN)
_LIJST = Vraag(
    Rekeningrij,
    """
    {rijen} AND (%(a)s::text IS NULL OR r.agb = %(a)s) AND (%(s)s::text IS NULL OR coalesce(o.oordeel, 'voorstel') = %(s)s)
        AND (%(voor)s::bigint IS NULL OR r.rekening_id < %(voor)s) ORDER BY r.rekening_id DESC LIMIT %(n)s
    """,
    rijen=_RIJEN,
    van=_VAN,
)
_GELDEND = Vraag(
    _Geldend,
    """
    SELECT agb, {rekening} FROM (
        SELECT DISTINCT ON (agb) agb, iban, tenaamstelling, einddatum FROM betaalrekening
        WHERE gemeente = %(g)s AND ingangsdatum <= %(dag)s AND EXISTS (SELECT FROM rekeningoordeel o
            WHERE o.gemeente = betaalrekening.gemeente AND o.rekening_id = betaalrekening.rekening_id
            AND o.oordeel = 'bevestigd')
        ORDER BY agb, ingangsdatum DESC, rekening_id DESC
    ) AS laatste
    WHERE einddatum IS NULL OR einddatum >= %(dag)s
    """,
    rekening=columns(Rekening, naar="rekening"),
)
_BEKEND = Vraag(
    str,
    """
    SELECT agb FROM unnest(%(a)s::text[]) AS agb WHERE EXISTS (SELECT FROM aanbieder b WHERE b.gemeente = %(g)s
        AND b.agb = agb.agb) OR EXISTS (SELECT FROM toewijzing t WHERE t.gemeente = %(g)s AND t.agb = agb.agb)
        OR {heeft_gedeclareerd}
    """,
    heeft_gedeclareerd=has_declared("agb.agb"),
    bits=PRESTATIE_BITS,
)
_VOORLIGGEND = Vraag(
    Voorliggend,
    "SELECT r.agb, r.ingangsdatum, r.einddatum, {rekening} {van} AND r.agb = ANY(%(a)s::text[])"
    " AND o.oordeel IS DISTINCT FROM 'ingetrokken' ORDER BY r.ingangsdatum, r.rekening_id",
    rekening=columns(Rekening, "r", "rekening"),
    van=_VAN,
)


def insert_rekening(
    verbinding: Connection,
    gemeente: str,
    agb: str,
    rekening: Rekening,
    periode: tuple[date, date | None],
    door: str,
    nu: datetime,
) -> Rekeningrij:
    """Propose an account from the first day of `periode` up to and including the last (None: until a newer one begins)."""
    rekening_id = _NIEUW.read(
        verbinding,
        {"g": gemeente, "a": agb, "iban": rekening.iban, "naam": rekening.tenaamstelling, "van": periode[0],
         "tot": periode[1], "door": door, "nu": nu},
    )  # fmt: skip
    return Rekeningrij(
        rekening_id, agb, rekening.iban, rekening.tenaamstelling, periode[0], periode[1], door, nu, "voorstel", None, None
    )  # fmt: skip


def judge_rekening(verbinding: Connection, gemeente: str, rekening_id: int, oordeel: str, door: str, nu: datetime) -> None:
    """Keep what a person says of a proposal: `bevestigd` or `ingetrokken`."""
    _OORDEEL.run(verbinding, {"g": gemeente, "r": rekening_id, "oordeel": oordeel, "door": door, "nu": nu})


def find_rekening(verbinding: Connection, gemeente: str, rekening_id: int) -> Rekeningrij | None:
    """One account, whatever its status."""
    return _EEN.one(verbinding, {"g": gemeente, "r": rekening_id})


def list_rekeningen(
    verbinding: Connection, gemeente: str, agb: str | None, status: str | None, voor: int | None, aantal: int
) -> list[Rekeningrij]:
    """Accounts from the last recorded to the first, those before id `voor`."""
    return _LIJST.all(verbinding, {"g": gemeente, "a": agb, "s": status, "voor": voor, "n": aantal})


def load_rekeningen(verbinding: Connection, gemeente: str, dag: date) -> dict[str, Rekening]:
    """The confirmed account of every aanbieder on this day, and under EIGEN that of the gemeente; who has none is not in it."""
    return {rij.agb: rij.rekening for rij in _GELDEND.all(verbinding, {"g": gemeente, "dag": dag})}


def known_aanbieders(verbinding: Connection, gemeente: str, agbs: Iterable[str]) -> set[str]:
    """Those of these AGB codes with which this gemeente has anything to do."""
    return set(_BEKEND.all(verbinding, {"g": gemeente, "a": sorted(set(agbs))}))


def list_voorliggend(verbinding: Connection, gemeente: str, agbs: Iterable[str]) -> list[Voorliggend]:
    """What these have that was not withdrawn, proposals too, by first day."""
    return _VOORLIGGEND.all(verbinding, {"g": gemeente, "a": sorted(set(agbs))})
