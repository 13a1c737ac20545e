"""Bank accounts of aanbieders and of the gemeente itself. An account is never changed: a newer one takes its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, text

from berichten.boeken.betaling import Rekening

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


_RIJEN = """
    SELECT r.rekening_id, r.agb, r.iban, r.tenaamstelling, r.ingangsdatum, r.einddatum, r.vastgelegd_door, r.vastgelegd_op,
        coalesce(o.oordeel, 'voorstel') AS status, o.door AS beoordeeld_door, o.gegeven_op AS beoordeeld_op
    FROM betaalrekening r LEFT JOIN rekeningoordeel o ON o.gemeente = r.gemeente AND o.rekening_id = r.rekening_id
    WHERE r.gemeente = :g
"""


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
    rekening_id = verbinding.execute(
        text(
            "INSERT INTO betaalrekening (gemeente, agb, iban, tenaamstelling, ingangsdatum, einddatum, vastgelegd_door,"
            " vastgelegd_op) VALUES (:g, :a, :iban, :naam, :van, :tot, :door, :nu) RETURNING rekening_id"
        ),
        {"g": gemeente, "a": agb, "iban": rekening.iban, "naam": rekening.tenaamstelling, "van": periode[0],
         "tot": periode[1], "door": door, "nu": nu},
    ).scalar_one()  # fmt: skip
    return Rekeningrij(
        rekening_id, agb, rekening.iban, rekening.tenaamstelling, periode[0], periode[1], door, nu, "voorstel", None, None
    )  # fmt: skip


def judge_rekening(verbinding: Connection, gemeente: str, rekening_id: int, oordeel: str, door: str, nu: datetime) -> None:
    """Keep what a person says of a proposal: `bevestigd` or `ingetrokken`."""
    verbinding.execute(
        text(
            "INSERT INTO rekeningoordeel (gemeente, rekening_id, oordeel, door, gegeven_op) VALUES (:g, :r, :oordeel, :door, :nu)"
        ),
        {"g": gemeente, "r": rekening_id, "oordeel": oordeel, "door": door, "nu": nu},
    )


def find_rekening(verbinding: Connection, gemeente: str, rekening_id: int) -> Rekeningrij | None:
    """One account, whatever its status."""
    rij = verbinding.execute(text(f"{_RIJEN} AND r.rekening_id = :r"), {"g": gemeente, "r": rekening_id}).one_or_none()
    return None if rij is None else Rekeningrij(**rij._mapping)


def list_rekeningen(
    verbinding: Connection, gemeente: str, agb: str | None, status: str | None, voor: int | None, aantal: int
) -> list[Rekeningrij]:
    """Accounts from the last recorded to the first, those before id `voor`."""
    rijen = verbinding.execute(
        text(
            f"{_RIJEN} AND (cast(:a AS text) IS NULL OR r.agb = :a)"
            " AND (cast(:s AS text) IS NULL OR coalesce(o.oordeel, 'voorstel') = :s)"
            " AND (cast(:voor AS bigint) IS NULL OR r.rekening_id < :voor) ORDER BY r.rekening_id DESC LIMIT :n"
        ),
        {"g": gemeente, "a": agb, "s": status, "voor": voor, "n": aantal},
    )
    return [Rekeningrij(**rij._mapping) for rij in rijen]


def load_rekeningen(verbinding: Connection, gemeente: str, dag: date) -> dict[str, Rekening]:
    """The confirmed account of every aanbieder on this day, and under EIGEN that of the gemeente; who has none is not in it."""
    rijen = verbinding.execute(
        text("""
            SELECT agb, iban, tenaamstelling FROM (
                SELECT DISTINCT ON (agb) agb, iban, tenaamstelling, einddatum FROM betaalrekening
                WHERE gemeente = :g AND ingangsdatum <= :dag AND EXISTS (SELECT FROM rekeningoordeel o
                    WHERE o.gemeente = betaalrekening.gemeente AND o.rekening_id = betaalrekening.rekening_id
                    AND o.oordeel = 'bevestigd')
                ORDER BY agb, ingangsdatum DESC, rekening_id DESC
            ) AS laatste
            WHERE einddatum IS NULL OR einddatum >= :dag
        """),
        {"g": gemeente, "dag": dag},
    )
    return {agb: Rekening(iban, naam) for agb, iban, naam in rijen}


def known_aanbieders(verbinding: Connection, gemeente: str, agbs: Iterable[str]) -> set[str]:
    """Those of these AGB codes with which this gemeente has anything to do."""
    rijen = verbinding.execute(
        text("""
            SELECT agb FROM unnest(cast(:a AS text[])) AS agb WHERE EXISTS (SELECT FROM aanbieder b WHERE b.gemeente = :g
                AND b.agb = agb.agb) OR EXISTS (SELECT FROM toewijzing t WHERE t.gemeente = :g AND t.agb = agb.agb)
                OR EXISTS (SELECT FROM prestatie p WHERE p.gemeente = :g AND p.agb = agb.agb AND p.referentie_gebruikt)
        """),
        {"g": gemeente, "a": sorted(set(agbs))},
    )
    return set(rijen.scalars())


def list_voorliggend(verbinding: Connection, gemeente: str, agbs: Iterable[str]) -> list[tuple[str, date, Rekening, date | None]]:
    """AGB code, first day, account and last day of what these have that was not withdrawn, proposals too, by first day."""
    rijen = verbinding.execute(
        text(f"{_RIJEN} AND r.agb = ANY(:a) AND o.oordeel IS DISTINCT FROM 'ingetrokken' ORDER BY r.ingangsdatum, r.rekening_id"),
        {"g": gemeente, "a": sorted(set(agbs))},
    )
    return [(rij.agb, rij.ingangsdatum, Rekening(rij.iban, rij.tenaamstelling), rij.einddatum) for rij in rijen]
