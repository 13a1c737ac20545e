"""Signals as they are kept: one row while it is open, which the night brings up to date, and each step that somebody took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from berichten.opslag.basis.delen import SLOT
from berichten.opslag.basis.vraag import Opdracht, Vraag, Zoekvraag

OPEN = ("nieuw", "in_behandeling", "gesprek", "maatregel")
GESLOTEN = ("verklaard", "afgesloten")


@dataclass(frozen=True, slots=True)
class Signaalrij:
    """A signal. Cents where it is about money, else counts; the window's days inclusive."""

    signaal_id: int
    agb: str
    soort: str
    sleutel: str
    eerste_dag: date
    venster_van: date
    venster_tot: date
    teller: int
    noemer: int
    drempel_aantal: int | None
    drempel_promille: int | None
    zin: str
    nummers: list[int]
    gaat_af: bool
    staat: str
    stappen: int
    bijgewerkt_op: datetime
    gedeeld_op: datetime | None


@dataclass(frozen=True, slots=True)
class Signaalstap:
    """What somebody did with a signal. `nummers` and `tot`: what was explained, up to which day."""

    staat: str
    reden: str
    nummers: list[int]
    tot: date | None
    termijn: date | None
    door: str
    gezet_op: datetime


@dataclass(frozen=True, slots=True)
class Signaalverklaring:
    """How the aanbieder explains a signal; `nummers` empty is all that it rests on."""

    volgnummer: int
    tekst: str
    nummers: list[int]
    door: str
    gegeven_op: datetime


class _Afgedaan(NamedTuple):
    agb: str
    soort: str
    sleutel: str
    nummers: list[int]
    tot: date


_WACHT = Opdracht(SLOT)
_OPEN = Vraag(
    Signaalrij,
    "SELECT {kolommen} FROM signaal WHERE gemeente = %(g)s AND staat NOT IN ('verklaard', 'afgesloten') ORDER BY signaal_id",
)
_EEN = Vraag(Signaalrij, "SELECT {kolommen} FROM signaal WHERE gemeente = %(g)s AND signaal_id = %(s)s")
_LIJST = Zoekvraag(
    Signaalrij,
    "SELECT {kolommen} FROM signaal WHERE gemeente = %(g)s{waar} ORDER BY signaal_id DESC LIMIT %(n)s",
    {
        "agb": "agb = %(agb)s",
        "soort": "soort = %(soort)s",
        "staten": "staat = ANY(%(staten)s::text[])",
        "voor": "signaal_id < %(voor)s::bigint",
    },
)
_NIEUW = Opdracht("""
    INSERT INTO signaal (gemeente, agb, soort, sleutel, eerste_dag, venster_van, venster_tot, teller, noemer, drempel_aantal,
        drempel_promille, zin, nummers, gaat_af, staat, bijgewerkt_op)
    VALUES (%(g)s, %(agb)s, %(soort)s, %(sleutel)s, %(dag)s, %(van)s, %(tot)s, %(teller)s, %(noemer)s, %(aantal)s, %(promille)s,
        %(zin)s, %(nummers)s, true, 'nieuw', %(nu)s)
""")
_BIJ = Opdracht("""
    UPDATE signaal SET venster_van = %(van)s, venster_tot = %(tot)s, teller = %(teller)s, noemer = %(noemer)s,
        drempel_aantal = %(aantal)s, drempel_promille = %(promille)s, zin = %(zin)s, nummers = %(nummers)s, gaat_af = %(gaat_af)s,
        bijgewerkt_op = %(nu)s
    WHERE gemeente = %(g)s AND signaal_id = %(s)s
""")
_UIT = Opdracht("UPDATE signaal SET gaat_af = false, bijgewerkt_op = %(nu)s WHERE gemeente = %(g)s AND signaal_id = %(s)s")
_AFGEDAAN = Vraag(
    _Afgedaan,
    """
    SELECT s.agb, s.soort, s.sleutel, CASE WHEN s.staat = 'verklaard' THEN st.nummers ELSE s.nummers END AS nummers,
        coalesce(st.tot, s.venster_tot) AS tot
    FROM signaal s
    JOIN signaal_stap st ON st.gemeente = s.gemeente AND st.signaal_id = s.signaal_id AND st.stap = s.stappen
    WHERE s.gemeente = %(g)s AND s.staat IN ('verklaard', 'afgesloten')
    """,
)
_STAP = Opdracht("""
    INSERT INTO signaal_stap (gemeente, signaal_id, stap, agb, staat, reden, nummers, tot, termijn, door, gezet_op)
    VALUES (%(g)s, %(s)s, %(stap)s, %(agb)s, %(staat)s, %(reden)s, %(nummers)s, %(tot)s, %(termijn)s, %(door)s, %(nu)s)
""")
_STAAT = Opdracht("UPDATE signaal SET staat = %(staat)s, stappen = %(stap)s WHERE gemeente = %(g)s AND signaal_id = %(s)s")
_STAPPEN = Vraag(
    Signaalstap,
    "SELECT {kolommen} FROM signaal_stap WHERE gemeente = %(g)s AND signaal_id = %(s)s ORDER BY stap",
)
_DEEL = Opdracht("UPDATE signaal SET gedeeld_op = %(nu)s WHERE gemeente = %(g)s AND signaal_id = %(s)s AND gedeeld_op IS NULL")
_VERKLAAR = Opdracht("""
    INSERT INTO signaal_verklaring (gemeente, signaal_id, volgnummer, agb, tekst, nummers, door, gegeven_op)
    SELECT %(g)s, %(s)s, count(*) + 1, %(agb)s, %(tekst)s, %(nummers)s, %(door)s, %(nu)s FROM signaal_verklaring
    WHERE gemeente = %(g)s AND signaal_id = %(s)s
""")
_VERKLARINGEN = Vraag(
    Signaalverklaring,
    "SELECT {kolommen} FROM signaal_verklaring WHERE gemeente = %(g)s AND signaal_id = %(s)s ORDER BY volgnummer",
)


def lock_signalen(verbinding: Connection, gemeente: str) -> None:
    """Keep others from changing signals and measures of this gemeente until the transaction ends."""
    _WACHT.run(verbinding, {"slot": f"signalen {gemeente}"})


def list_open_signalen(verbinding: Connection, gemeente: str) -> list[Signaalrij]:
    """Every signal that nobody closed."""
    return _OPEN.all(verbinding, {"g": gemeente})


def find_signaal(verbinding: Connection, gemeente: str, signaal_id: int) -> Signaalrij | None:
    """One, as far as the transaction may see it."""
    return _EEN.one(verbinding, {"g": gemeente, "s": signaal_id})


@dataclass(frozen=True, slots=True)
class Signaalzeef:
    """Which signals; what is None does not matter."""

    agb: str | None = None
    soort: str | None = None
    staten: Sequence[str] | None = None
    voor: int | None = None
    """Before this number: the next page."""


def list_signalen(verbinding: Connection, gemeente: str, zeef: Signaalzeef, aantal: int) -> list[Signaalrij]:
    """From new to old, as far as the transaction may see them."""
    staten = None if zeef.staten is None else list(zeef.staten)
    waarden = {"agb": zeef.agb, "soort": zeef.soort, "staten": staten, "voor": zeef.voor}
    gevraagd = {naam: waarde for naam, waarde in waarden.items() if waarde is not None}
    return _LIJST.with_conditions(list(gevraagd)).all(verbinding, {**gevraagd, "g": gemeente, "n": aantal})


def list_afgedaan(verbinding: Connection, gemeente: str) -> list[tuple[str, str, str, list[int], date]]:
    """What was explained or closed: aanbieder, kind, key, numbers and the last day of it."""
    return [tuple(rij) for rij in _AFGEDAAN.all(verbinding, {"g": gemeente})]  # type: ignore[misc]


def insert_signalen(verbinding: Connection, reeks: Sequence[dict[str, Any]]) -> None:
    """New ones, none of which may be open already."""
    if reeks:
        _NIEUW.run_each(verbinding, reeks)


def update_signalen(verbinding: Connection, reeks: Sequence[dict[str, Any]]) -> None:
    """Figures of open ones as they are now."""
    if reeks:
        _BIJ.run_each(verbinding, reeks)


def quiet_signaal(verbinding: Connection, gemeente: str, signaal_id: int, nu: datetime) -> None:
    """Nothing of it is found any more; that it is over is for a person to say."""
    _UIT.run(verbinding, {"g": gemeente, "s": signaal_id, "nu": nu})


def add_signaalstap(verbinding: Connection, gemeente: str, signaal: Signaalrij, stap: Signaalstap) -> None:
    """One step more, under `lock_signalen`."""
    waarden = {
        "g": gemeente, "s": signaal.signaal_id, "stap": signaal.stappen + 1, "agb": signaal.agb, "staat": stap.staat,
        "reden": stap.reden, "nummers": stap.nummers, "tot": stap.tot, "termijn": stap.termijn, "door": stap.door,
        "nu": stap.gezet_op,
    }  # fmt: skip
    _STAP.run(verbinding, waarden)
    _STAAT.run(verbinding, {"g": gemeente, "s": signaal.signaal_id, "staat": stap.staat, "stap": signaal.stappen + 1})


def list_signaalstappen(verbinding: Connection, gemeente: str, signaal_id: int) -> list[Signaalstap]:
    """In their order; an aanbieder sees none."""
    return _STAPPEN.all(verbinding, {"g": gemeente, "s": signaal_id})


def share_signaal(verbinding: Connection, gemeente: str, signaal_id: int, nu: datetime) -> bool:
    """From now on its aanbieder sees it; False when that did already."""
    return _DEEL.run(verbinding, {"g": gemeente, "s": signaal_id, "nu": nu}) > 0


def add_verklaring(
    verbinding: Connection, gemeente: str, signaal: Signaalrij, tekst: str, nummers: Sequence[int], door: str, nu: datetime
) -> None:
    """What the aanbieder says of it, under `lock_signalen`."""
    waarden = {
        "g": gemeente, "s": signaal.signaal_id, "agb": signaal.agb, "tekst": tekst, "nummers": list(nummers), "door": door,
        "nu": nu,
    }  # fmt: skip
    _VERKLAAR.run(verbinding, waarden)


def list_verklaringen(verbinding: Connection, gemeente: str, signaal_id: int) -> list[Signaalverklaring]:
    """In their order."""
    return _VERKLARINGEN.all(verbinding, {"g": gemeente, "s": signaal_id})
