"""Measures as people registered them, with each step that followed; columns beside them say how each stands."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from berichten.opslag.basis.rijvorm import as_values
from berichten.opslag.basis.vraag import Opdracht, Vraag

STOP = "clientenstop"
"""The measure after which new clients are told of."""


@dataclass(frozen=True, slots=True)
class Maatregelrij:
    """A measure; days inclusive, amounts in cents. What is empty or None was not filled in."""

    maatregel_id: int
    agb: str
    trede: int
    soort: str
    grond: str
    signalen: list[int]
    toelichting: str
    besluitdatum: date
    van: date
    tot: date | None
    hersteltermijn: date | None
    zaaknummer: str
    zienswijze_op: date | None
    geen_zienswijze: str
    ingebrekestelling_op: date | None
    dwangsom: int | None
    categorie: str
    segment: str
    door: str
    geregistreerd_op: datetime
    stappen: int
    geldig_op: datetime | None
    """Since when it holds: of step 4 or 5 when a second person confirmed it."""
    herstel_op: date | None
    einde: date | None
    """Last day, when it ended or was taken back."""
    gedeeld_op: datetime | None

    def holds_on(self, dag: date) -> bool:
        """Whether it is in force on a day."""
        laatste = min(self.tot or date.max, self.einde or date.max)
        return self.geldig_op is not None and self.van <= dag <= laatste


@dataclass(frozen=True, slots=True)
class Maatregelstap:
    """What happened to a measure, on which day and by whom."""

    soort: str
    dag: date
    reden: str
    door: str
    gezet_op: datetime


_NIEUW = Vraag(
    Maatregelrij,
    """
    INSERT INTO maatregel (gemeente, agb, trede, soort, grond, signalen, toelichting, besluitdatum, van, tot, hersteltermijn,
        zaaknummer, zienswijze_op, geen_zienswijze, ingebrekestelling_op, dwangsom, categorie, segment, door, geregistreerd_op)
    VALUES (%(g)s, %(agb)s, %(trede)s, %(soort)s, %(grond)s, %(signalen)s, %(toelichting)s, %(besluitdatum)s, %(van)s, %(tot)s,
        %(hersteltermijn)s, %(zaaknummer)s, %(zienswijze_op)s, %(geen_zienswijze)s, %(ingebrekestelling_op)s, %(dwangsom)s,
        %(categorie)s, %(segment)s, %(door)s, %(geregistreerd_op)s)
    RETURNING {kolommen}
    """,
)
_EEN = Vraag(Maatregelrij, "SELECT {kolommen} FROM maatregel WHERE gemeente = %(g)s AND maatregel_id = %(m)s")
_LIJST = Vraag(
    Maatregelrij,
    """
    SELECT {kolommen} FROM maatregel WHERE gemeente = %(g)s AND (%(a)s::text IS NULL OR agb = %(a)s)
        AND (%(voor)s::bigint IS NULL OR maatregel_id < %(voor)s) ORDER BY maatregel_id DESC LIMIT %(n)s
    """,
)
_STAP = Opdracht("""
    INSERT INTO maatregel_stap (gemeente, maatregel_id, stap, agb, soort, dag, reden, door, gezet_op)
    VALUES (%(g)s, %(m)s, %(stap)s, %(agb)s, %(soort)s, %(dag)s, %(reden)s, %(door)s, %(nu)s)
""")
_STAND = Opdracht("""
    UPDATE maatregel SET stappen = %(stap)s, geldig_op = %(geldig_op)s, herstel_op = %(herstel_op)s, einde = %(einde)s,
        gedeeld_op = %(gedeeld_op)s
    WHERE gemeente = %(g)s AND maatregel_id = %(m)s
""")
_STAPPEN = Vraag(
    Maatregelstap,
    "SELECT {kolommen} FROM maatregel_stap WHERE gemeente = %(g)s AND maatregel_id = %(m)s ORDER BY stap",
)
_MET_SIGNAAL = Vraag(
    bool,
    "SELECT EXISTS (SELECT FROM maatregel WHERE gemeente = %(g)s AND agb = %(a)s AND %(s)s::bigint = ANY(signalen)"
    " AND geldig_op IS NOT NULL AND einde IS NULL) AS is_er",
)
_MET_MAATREGEL = Vraag(
    str,
    """
    SELECT DISTINCT agb FROM maatregel
    WHERE gemeente = ANY(%(g)s::text[]) AND trede >= 2 AND geldig_op IS NOT NULL AND van <= %(tot)s
        AND least(coalesce(tot, 'infinity'), einde) >= %(van)s
    ORDER BY agb
    """,
)


def insert_maatregel(verbinding: Connection, gemeente: str, rij: Maatregelrij) -> Maatregelrij:
    """A new one; its number, and when it holds, are the database's to say."""
    return _NIEUW.read(verbinding, {**as_values(rij), "g": gemeente})


def find_maatregel(verbinding: Connection, gemeente: str, maatregel_id: int) -> Maatregelrij | None:
    """One, as far as the transaction may see it."""
    return _EEN.one(verbinding, {"g": gemeente, "m": maatregel_id})


def list_maatregelen(verbinding: Connection, gemeente: str, agb: str | None, voor: int | None, aantal: int) -> list[Maatregelrij]:
    """From new to old, of one aanbieder if asked, as far as the transaction may see them."""
    return _LIJST.all(verbinding, {"g": gemeente, "a": agb, "voor": voor, "n": aantal})


def add_maatregelstap(verbinding: Connection, gemeente: str, rij: Maatregelrij, stap: Maatregelstap) -> Maatregelrij:
    """One step more, and how the measure stands then; under `lock_signalen`."""
    waarden = {
        "g": gemeente, "m": rij.maatregel_id, "stap": rij.stappen + 1, "agb": rij.agb, "soort": stap.soort, "dag": stap.dag,
        "reden": stap.reden, "door": stap.door, "nu": stap.gezet_op,
    }  # fmt: skip
    _STAP.run(verbinding, waarden)
    nieuw = apply_step(rij, stap)
    stand = {naam: getattr(nieuw, naam) for naam in ("geldig_op", "herstel_op", "einde", "gedeeld_op")}
    _STAND.run(verbinding, {**stand, "g": gemeente, "m": rij.maatregel_id, "stap": nieuw.stappen})
    return nieuw


def apply_step(rij: Maatregelrij, stap: Maatregelstap) -> Maatregelrij:
    """How a measure stands after a step."""
    anders = {
        "bevestigd": {"geldig_op": stap.gezet_op},
        "teruggenomen": {"einde": stap.dag},
        "hersteld": {"herstel_op": stap.dag},
        "beeindigd": {"einde": stap.dag},
        "gedeeld": {"gedeeld_op": stap.gezet_op},
    }
    return replace(rij, stappen=rij.stappen + 1, **anders[stap.soort])  # type: ignore[arg-type]


def list_maatregelstappen(verbinding: Connection, gemeente: str, maatregel_id: int) -> list[Maatregelstap]:
    """In their order; an aanbieder sees none."""
    return _STAPPEN.all(verbinding, {"g": gemeente, "m": maatregel_id})


def has_maatregel_for(verbinding: Connection, gemeente: str, agb: str, signaal_id: int) -> bool:
    """Whether a measure that holds names this signal."""
    return _MET_SIGNAAL.read(verbinding, {"g": gemeente, "a": agb, "s": signaal_id})


def list_with_maatregel(verbinding: Connection, gemeenten: list[str], van: date, tot: date) -> list[str]:
    """Aanbieders with a measure of step 2 to 5 in force on any of these days, each once (indicator 12)."""
    return _MET_MAATREGEL.all(verbinding, {"g": gemeenten, "van": van, "tot": tot})
