"""Quarterly reports with what was written and agreed in them. Words, actions and steps are only added to; the last one counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from berichten.opslag.basis.delen import SLOT
from berichten.opslag.basis.vraag import Opdracht, Vraag

GESLOTEN = "gesloten"
STANDEN = ("plan", "do", "check", "act", GESLOTEN)
"""Of an action, in order."""


@dataclass(frozen=True, slots=True)
class Rapportkop:
    """One report without its figures."""

    periode: str
    versie: int
    peildatum: date
    gemaakt_door: str
    gemaakt_op: datetime
    vastgesteld_door: str | None
    vastgesteld_op: datetime | None

    @property
    def status(self) -> str:
        """`concept` or `vastgesteld`."""
        return "concept" if self.vastgesteld_op is None else "vastgesteld"


@dataclass(frozen=True, slots=True)
class Bewaardrapport:
    """A report with its figures as they are shown."""

    kop: Rapportkop
    cijfers: dict[str, Any]


class Kwartaaltekst(NamedTuple):
    """What is written on a row."""

    rij: str
    tekst: str
    door: str
    geschreven_op: datetime


@dataclass(frozen=True, slots=True)
class Uitlegstand:
    """Rows that must be explained: of which there are no words, and of which the words are older than the figures."""

    missen: list[str]
    verouderd: list[str]


def judge_uitleg(rapport: Bewaardrapport, teksten: Iterable[Kwartaaltekst]) -> Uitlegstand:
    """How the words of a report stand beside its figures."""
    wanneer = {item.rij: item.geschreven_op for item in teksten}
    moet = rapport.cijfers["uitleggen"]
    verouderd = [rij for rij in moet if rij in wanneer and wanneer[rij] < rapport.kop.gemaakt_op]
    return Uitlegstand([rij for rij in moet if rij not in wanneer], verouderd)


@dataclass(frozen=True, slots=True)
class NieuweActie:
    """What is agreed because of a row. Effect in cents."""

    rij: str
    actie: str
    eigenaar: str
    """A role or function, not a person."""
    gereed_op: date
    effect_verwacht: int | None = None


@dataclass(frozen=True, slots=True)
class Kwartaalactie:
    """An action and how it stands."""

    nr: int
    periode: str
    rij: str
    actie: str
    eigenaar: str
    gereed_op: date
    effect_verwacht: int | None
    begonnen_op: datetime
    stand: str
    resultaat: str
    effect_gemeten: int | None
    bijgewerkt_op: datetime


@dataclass(frozen=True, slots=True)
class Actiestap:
    """How an action stands from now on."""

    stand: str
    resultaat: str = ""
    effect_gemeten: int | None = None


_WACHT = Opdracht(SLOT)
_KOPPEN = Vraag(
    Rapportkop,
    "SELECT {kolommen} FROM kwartaalrapport WHERE gemeente = %(g)s ORDER BY left(periode, 4) DESC, periode DESC",
)
_CIJFERS = Vraag(dict, "SELECT cijfers FROM kwartaalrapport WHERE gemeente = %(g)s AND periode = %(p)s")
_EEN = Vraag(Rapportkop, "SELECT {kolommen} FROM kwartaalrapport WHERE gemeente = %(g)s AND periode = %(p)s")
_BEWAAR = Opdracht("""
    INSERT INTO kwartaalrapport (gemeente, periode, versie, peildatum, cijfers, gemaakt_door, gemaakt_op)
    VALUES (%(g)s, %(p)s, 1, %(dag)s, %(cijfers)s, %(door)s, %(nu)s)
    ON CONFLICT (gemeente, periode) DO UPDATE SET versie = kwartaalrapport.versie + 1, peildatum = excluded.peildatum,
        cijfers = excluded.cijfers, gemaakt_door = excluded.gemaakt_door, gemaakt_op = excluded.gemaakt_op
        WHERE kwartaalrapport.vastgesteld_op IS NULL
""")
_STEL_VAST = Opdracht("""
    UPDATE kwartaalrapport SET vastgesteld_door = %(door)s, vastgesteld_op = %(nu)s
    WHERE gemeente = %(g)s AND periode = %(p)s AND vastgesteld_op IS NULL
""")
_TEKSTEN = Vraag(
    Kwartaaltekst,
    """
    SELECT {kolommen} FROM (
        SELECT DISTINCT ON (rij) rij, tekst, door, geschreven_op FROM kwartaaltekst
        WHERE gemeente = %(g)s AND periode = %(p)s ORDER BY rij, nummer DESC
    ) AS laatste WHERE tekst <> ''
    """,
)
_SCHRIJF = Opdracht("""
    INSERT INTO kwartaaltekst (gemeente, periode, rij, nummer, tekst, door, geschreven_op)
    SELECT %(g)s, %(p)s, %(rij)s, coalesce(max(nummer), 0) + 1, %(tekst)s, %(door)s, %(nu)s FROM kwartaaltekst
    WHERE gemeente = %(g)s AND periode = %(p)s AND rij = %(rij)s
""")
_ACTIES = Vraag(
    Kwartaalactie,
    """
    SELECT a.nr, a.periode, a.rij, a.actie, a.eigenaar, a.gereed_op, a.effect_verwacht, a.begonnen_op,
        s.stand, s.resultaat, s.effect_gemeten, s.gedaan_op AS bijgewerkt_op
    FROM kwartaalactie a
    JOIN LATERAL (SELECT stand, resultaat, effect_gemeten, gedaan_op FROM kwartaalstap
        WHERE gemeente = a.gemeente AND nr = a.nr AND gedaan_op <= %(t)s ORDER BY stap DESC LIMIT 1) AS s ON true
    WHERE a.gemeente = %(g)s ORDER BY a.nr
    """,
)
_BEGIN = Vraag(
    int,
    """
    INSERT INTO kwartaalactie (gemeente, nr, periode, rij, actie, eigenaar, gereed_op, effect_verwacht, door, begonnen_op)
    SELECT %(g)s, coalesce(max(nr), 0) + 1, %(p)s, %(rij)s, %(actie)s, %(eigenaar)s, %(gereed_op)s, %(effect)s, %(door)s, %(nu)s
    FROM kwartaalactie WHERE gemeente = %(g)s RETURNING nr
    """,
)
_STAP = Opdracht("""
    INSERT INTO kwartaalstap (gemeente, nr, stap, stand, resultaat, effect_gemeten, door, gedaan_op)
    SELECT %(g)s, %(nr)s, coalesce(max(stap), 0) + 1, %(stand)s, %(resultaat)s, %(effect)s, %(door)s, %(nu)s FROM kwartaalstap
    WHERE gemeente = %(g)s AND nr = %(nr)s
""")


def lock_kwartaal(verbinding: Connection, gemeente: str) -> None:
    """Keep others from changing reports of this gemeente until the transaction ends."""
    _WACHT.run(verbinding, {"slot": f"kwartaalrapport {gemeente}"})


def list_rapporten(verbinding: Connection, gemeente: str) -> list[Rapportkop]:
    """From new to old."""
    return _KOPPEN.all(verbinding, {"g": gemeente})


def find_rapport(verbinding: Connection, gemeente: str, periode: str) -> Bewaardrapport | None:
    """One report with its figures."""
    waar = {"g": gemeente, "p": periode}
    kop = _EEN.one(verbinding, waar)
    return None if kop is None else Bewaardrapport(kop, _CIJFERS.read(verbinding, waar))


def save_concept(
    verbinding: Connection, gemeente: str, periode: str, peildatum: date, cijfers: Mapping[str, Any], door: str, nu: datetime
) -> bool:
    """A new report, or the concept made anew; False when the report was established, which then stays as it is."""
    waarden = {"g": gemeente, "p": periode, "dag": peildatum, "cijfers": Jsonb(cijfers), "door": door, "nu": nu}
    return _BEWAAR.run(verbinding, waarden) == 1


def establish(verbinding: Connection, gemeente: str, periode: str, door: str, nu: datetime) -> None:
    """From now on the report does not change."""
    _STEL_VAST.run(verbinding, {"g": gemeente, "p": periode, "door": door, "nu": nu})


def list_teksten(verbinding: Connection, gemeente: str, periode: str) -> list[Kwartaaltekst]:
    """What is written now, by row."""
    return _TEKSTEN.all(verbinding, {"g": gemeente, "p": periode})


def add_tekst(verbinding: Connection, gemeente: str, periode: str, rij: str, tekst: str, door: str, nu: datetime) -> None:
    """Write on a row; an empty text takes away what stood there. Under `lock_kwartaal`."""
    _SCHRIJF.run(verbinding, {"g": gemeente, "p": periode, "rij": rij, "tekst": tekst, "door": door, "nu": nu})


def list_acties(verbinding: Connection, gemeente: str, moment: datetime) -> list[Kwartaalactie]:
    """Every action that was there at the moment, as it stood then."""
    return _ACTIES.all(verbinding, {"g": gemeente, "t": moment})


def add_actie(verbinding: Connection, gemeente: str, periode: str, nieuw: NieuweActie, door: str, nu: datetime) -> int:
    """Begin an action, which is a plan then; its number. Under `lock_kwartaal`."""
    nr = _BEGIN.read(verbinding, {
        "g": gemeente, "p": periode, "rij": nieuw.rij, "actie": nieuw.actie, "eigenaar": nieuw.eigenaar, "door": door, "nu": nu,
        "gereed_op": nieuw.gereed_op, "effect": nieuw.effect_verwacht,
    })  # fmt: skip
    add_stap(verbinding, gemeente, nr, Actiestap("plan"), door, nu)
    return nr


def add_stap(verbinding: Connection, gemeente: str, nr: int, stap: Actiestap, door: str, nu: datetime) -> None:
    """How an action stands from now on. Under `lock_kwartaal`."""
    _STAP.run(verbinding, {
        "g": gemeente, "nr": nr, "stand": stap.stand, "resultaat": stap.resultaat, "effect": stap.effect_gemeten, "door": door,
        "nu": nu,
    })  # fmt: skip
