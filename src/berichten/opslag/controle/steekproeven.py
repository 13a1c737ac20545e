"""Samples of an accountant: what was asked, what was drawn, and for which years and until which day they are open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from berichten.opslag.basis.kopie import add_rows
from berichten.opslag.basis.rijvorm import as_values, columns, values
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.tabellen.sturen.controle import steekproef_regel


@dataclass(frozen=True, slots=True)
class Mandaatrij:
    """Years of care of which samples may be drawn, and the last day on which drawn lines are seen."""

    gegeven_op: datetime
    jaar_van: int
    jaar_tot: int
    tot: date
    reden: str
    gegeven_door: str


_MANDAAT = Vraag(Mandaatrij, "SELECT {kolommen} FROM controlemandaat WHERE gemeente = %(g)s ORDER BY gegeven_op DESC LIMIT 1")
_GEEF = Opdracht(
    "INSERT INTO controlemandaat (gemeente, {kolommen}) VALUES (%(g)s, {waarden})",
    kolommen=columns(Mandaatrij),
    waarden=values(Mandaatrij),
)


def find_mandaat(verbinding: Connection, gemeente: str) -> Mandaatrij | None:
    """The last that was given, also when its day is over."""
    return _MANDAAT.one(verbinding, {"g": gemeente})


def insert_mandaat(verbinding: Connection, gemeente: str, mandaat: Mandaatrij) -> None:
    """The one before it counts no more."""
    _GEEF.run(verbinding, {"g": gemeente, **as_values(mandaat)})


@dataclass(frozen=True, slots=True)
class Steekproefvraag:
    """What is asked for, as it is kept before anything is drawn."""

    zaad: str
    methode: str
    aantal: int
    jaar: int
    agb: str | None
    categorie: str | None
    peilmoment: datetime
    reden: str
    gevraagd_door: str
    gevraagd_op: datetime


@dataclass(frozen=True, slots=True)
class Steekproefrij:
    """A sample; the population in cents, None where nothing was drawn."""

    steekproef_id: int
    zaad: str
    methode: str
    aantal: int
    jaar: int
    agb: str | None
    categorie: str | None
    peilmoment: datetime
    reden: str
    gevraagd_door: str
    gevraagd_op: datetime
    regels: int | None
    bedrag: int | None
    interval_cent: int | None
    startpunt: int | None


_VRAAG = Vraag(
    int,
    "INSERT INTO steekproef (gemeente, {kolommen}) VALUES (%(g)s, {waarden}) RETURNING steekproef_id",
    kolommen=columns(Steekproefvraag),
    waarden=values(Steekproefvraag),
)
_TREK = Opdracht(
    "UPDATE steekproef SET regels = %(regels)s, bedrag = %(bedrag)s, interval_cent = %(interval)s, startpunt = %(start)s"
    " WHERE gemeente = %(g)s AND steekproef_id = %(s)s AND regels IS NULL"
)
_ALLE = Vraag(
    Steekproefrij,
    """
    SELECT {kolommen} FROM steekproef WHERE gemeente = %(g)s AND jaar BETWEEN %(van)s AND %(tot)s
        AND (%(voor)s::bigint IS NULL OR steekproef_id < %(voor)s) ORDER BY steekproef_id DESC LIMIT %(n)s
    """,
)
_EEN = Vraag(Steekproefrij, "SELECT {kolommen} FROM steekproef WHERE gemeente = %(g)s AND steekproef_id = %(s)s")


def insert_steekproef(verbinding: Connection, gemeente: str, vraag: Steekproefvraag) -> int:
    """Keep what is asked; gives the number of the sample."""
    return _VRAAG.read(verbinding, {"g": gemeente, **as_values(vraag)})


def list_steekproeven(
    verbinding: Connection, gemeente: str, jaren: tuple[int, int], voor: int | None, aantal: int
) -> list[Steekproefrij]:
    """Of these years of care (both inclusive), newest first, those before number `voor`."""
    return _ALLE.all(verbinding, {"g": gemeente, "van": jaren[0], "tot": jaren[1], "voor": voor, "n": aantal})


def find_steekproef(verbinding: Connection, gemeente: str, steekproef_id: int) -> Steekproefrij | None:
    """None for a number that is none."""
    return _EEN.one(verbinding, {"g": gemeente, "s": steekproef_id})


@dataclass(frozen=True, slots=True)
class Steekproefregel:
    """A drawn line, in the order of the population. Amounts in cents, as they were then."""

    volgnummer: int
    agb: str
    prestatie_id: int
    referentienummer: str
    bedrag: int
    cumulatief: int
    treffers: int


_REGELS = Vraag(
    Steekproefregel,
    "SELECT {kolommen} FROM steekproef_regel WHERE gemeente = %(g)s AND steekproef_id = %(s)s ORDER BY volgnummer",
)
_GETROKKEN = Vraag(
    int,
    """
    SELECT s.steekproef_id FROM steekproef_regel r JOIN steekproef s USING (gemeente, steekproef_id)
    WHERE gemeente = %(g)s AND r.prestatie_id = %(p)s AND s.jaar BETWEEN %(van)s AND %(tot)s ORDER BY steekproef_id
    """,
)


def keep_drawn(
    verbinding: Connection, gemeente: str, steekproef_id: int, regels: Sequence[Steekproefregel], populatie: tuple[int, int],
    interval: int | None, start: int | None,
) -> None:  # fmt: skip
    """The lines that were drawn; `populatie` is how many lines there were, and their cents. Once for each sample."""
    geheel = {"regels": populatie[0], "bedrag": populatie[1], "interval": interval, "start": start}
    if _TREK.run(verbinding, {"g": gemeente, "s": steekproef_id, **geheel}) != 1:
        raise LookupError(f"steekproef {steekproef_id} is al getrokken")
    eigen = [naam.strip() for naam in columns(Steekproefregel).split(",")]
    rijen: Iterable[tuple[object, ...]] = ((gemeente, steekproef_id, *as_values(regel).values()) for regel in regels)
    add_rows(verbinding, steekproef_regel, ("gemeente", "steekproef_id", *eigen), rijen)


def list_drawn(verbinding: Connection, gemeente: str, steekproef_id: int) -> list[Steekproefregel]:
    """Of one sample."""
    return _REGELS.all(verbinding, {"g": gemeente, "s": steekproef_id})


def find_samples_of(verbinding: Connection, gemeente: str, prestatie_id: int, jaren: tuple[int, int]) -> list[int]:
    """Samples of these years of care (both inclusive) in which a line was drawn."""
    return _GETROKKEN.all(verbinding, {"g": gemeente, "p": prestatie_id, "van": jaren[0], "tot": jaren[1]})


@dataclass(frozen=True, slots=True)
class Toegewezenversie:
    """A version of an allocation. Budget in cents."""

    versie: int
    einddatum: date | None
    volume: int | None
    eenheid: str | None
    budget: int | None
    toewijzingsdatum: date


_VERSIES = Vraag(
    Toegewezenversie,
    "SELECT {kolommen} FROM toewijzing_versie WHERE gemeente = %(g)s AND toewijzingnummer = %(n)s AND agb = %(a)s ORDER BY versie",
)
_VINGERAFDRUK = Vraag(str, "SELECT encode(sha256, 'hex') FROM bericht WHERE gemeente = %(g)s AND bericht_id = %(b)s")


def list_allocated(verbinding: Connection, gemeente: str, nummer: int | None, agb: str | None) -> list[Toegewezenversie]:
    """Every version of an allocation of this aanbieder, oldest first; none for no number."""
    return _VERSIES.all(verbinding, {"g": gemeente, "n": nummer, "a": agb})


def find_vingerafdruk(verbinding: Connection, gemeente: str, bericht_id: UUID) -> str:
    """SHA-256 of the bytes of a message, in hexadecimals."""
    return _VINGERAFDRUK.read(verbinding, {"g": gemeente, "b": bericht_id})


@dataclass(frozen=True, slots=True)
class Leveringrij:
    """Minutes that an aanbieder accounted for, of a line itself or of its allocation and month."""

    datum: date | None
    minuten: int
    soort: str
    niveau: str


_GELEVERD = Vraag(
    Leveringrij,
    """
    WITH eigen AS (
        SELECT datum, minuten, soort, niveau FROM verantwoording
        WHERE gemeente = %(g)s AND agb = %(a)s AND referentienummer = %(r)s AND %(r)s <> ''
    )
    SELECT {kolommen} FROM eigen
    UNION ALL
    SELECT {kolommen} FROM verantwoording
    WHERE gemeente = %(g)s AND agb = %(a)s AND referentienummer = '' AND toewijzingnummer = %(n)s AND maand = %(m)s
        AND NOT EXISTS (SELECT FROM eigen)
    ORDER BY datum, soort, minuten LIMIT %(meest)s
    """,
)
_MEESTE_MINUTEN = 1000
"""Records that a chain tells; a line of a month has tens."""


def list_delivered(
    verbinding: Connection, gemeente: str, agb: str, referentienummer: str, nummer: int | None, maand: date
) -> list[Leveringrij]:
    """What shows that a line was delivered, by day: its own records, else those that lines of its allocation and month share."""
    wat = {"g": gemeente, "a": agb, "r": referentienummer, "n": nummer, "m": maand, "meest": _MEESTE_MINUTEN}
    return _GELEVERD.all(verbinding, wat)
