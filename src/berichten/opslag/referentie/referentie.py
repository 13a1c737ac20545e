"""Reference rows on their way in: staged by COPY, compared with what is loaded, and merged with one statement.

Names of tables come from their definitions (`opslag/tabellen`), those of columns from `processen/referentie/soorten.py`, never
from a file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, make_dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Integer, Table

from berichten.opslag.basis.kopie import type_of
from berichten.opslag.basis.rijvorm import as_values, columns
from berichten.opslag.basis.vraag import Opdracht, Vraag, Zoekvraag
from berichten.opslag.referentie.klaarzetten import fill, lock_table, make_beside
from berichten.opslag.tabellen import monitor, referentie
from berichten.opslag.tabellen.sturen import casus, dossierstukken

KLAAR = "referentie_nieuw"
"""Temporary table with the rows of the file; it lives as long as the transaction."""
GETOOND = 20
"""Changes that are told in full."""
_TABELLEN: dict[str, Table] = {
    naam: tabel
    for kamer in (monitor, referentie, dossierstukken, casus)
    for naam, tabel in vars(kamer).items()
    if isinstance(tabel, Table)
}
"""Where files go."""


@dataclass(frozen=True, slots=True, eq=False)
class Doeltabel:
    """Where rows of one kind go. `identiteit` and `van` together are the key; periods of one identity may not overlap."""

    naam: str
    kolommen: tuple[str, ...]
    """In the order of the file."""
    identiteit: tuple[str, ...]
    van: str | None
    """Column of a period's first day; None for rows without period."""
    tot: str | None
    """Column of its last day, inclusive; NULL is open."""
    mag_leeg: tuple[str, ...] = ()
    """Columns of the key that may be NULL, which then counts as a value."""
    gaat_over: tuple[str, ...] = ()
    """Columns that tell what a row is about, whatever it is called; empty in them is any. None: only the identity tells."""
    van_gezinnen: bool = False
    """Whether a row tells of one family, or who works with families: for contract management alone, and each look is logged."""
    bedekt: tuple[str, ...] = ()
    """Columns with a number that somebody chose, which may be a Bsn: shown masked then, and in no cursor. Last in the key."""

    @property
    def tabel(self) -> Table:
        """How it is defined; raises KeyError when files do not go there."""
        return _TABELLEN[self.naam]

    @property
    def sleutel(self) -> tuple[str, ...]:
        return (*self.identiteit, self.van) if self.van else self.identiteit

    @property
    def plaats(self) -> tuple[str, ...]:
        """Columns of the key by which a page is found again."""
        return tuple(naam for naam in self.sleutel[1:] if naam not in self.bedekt)

    @property
    def waarden(self) -> tuple[str, ...]:
        """Columns outside the key: what a new version of a row may change."""
        return tuple(naam for naam in self.kolommen if naam not in self.sleutel)

    def sorteertype(self, naam: str) -> str:
        """PostgreSQL type in which a column of the key is sorted."""
        return "text" if naam in self.mag_leeg else type_of(self.tabel.columns[naam])


@dataclass(frozen=True, slots=True)
class Overlap:
    """A row of the file whose period overlaps with a loaded one, which the file leaves as it is. Days are inclusive."""

    regelnummer: int
    van: date
    geladen_van: date
    geladen_tot: date | None


@dataclass(frozen=True, slots=True)
class Wijziging:
    """A loaded row that the file changes: its key, and of each value that differs what it was and becomes."""

    regelnummer: int
    sleutel: tuple[Any, ...]
    waarden: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Verschil:
    """How many rows are new, changed and as they were; the first twenty changes in full."""

    nieuw: int
    gewijzigd: int
    ongewijzigd: int
    wijzigingen: tuple[Wijziging, ...]
    ingetrokken: int = 0
    """Loaded rows that the file puts out of force without another in their place: only delivery records can be."""


class _Code(NamedTuple):
    gemeente: str
    code: str


class _Telling(NamedTuple):
    nieuw: int
    gewijzigd: int
    totaal: int


def stage_rows(verbinding: Connection, tabel: Doeltabel, rijen: Iterable[Sequence[Any]]) -> None:
    """Put the rows, each followed by its line number, beside the table. Other imports of this kind wait; readers do not."""
    lock_table(verbinding, tabel.tabel)
    klaar = make_beside(verbinding, tabel.tabel, KLAAR, Column("regelnummer", Integer, nullable=False))
    fill(verbinding, klaar, (*tabel.kolommen, "regelnummer"), rijen)


def load_known(verbinding: Connection, tabel: str, kolom: str, gemeenten: Iterable[str]) -> dict[str, set[str]]:
    """Loaded codes by gemeente; a gemeente that has loaded none is not in it."""
    bekend: dict[str, set[str]] = {}
    for gemeente, code in _known_codes(tabel, kolom).all(verbinding, {"g": sorted(gemeenten)}):
        bekend.setdefault(gemeente, set()).add(code)
    return bekend


@cache
def _known_codes(tabel: str, kolom: str) -> Vraag[_Code]:
    bron = _TABELLEN[tabel]
    tekst = "SELECT DISTINCT gemeente, {kolom} AS code FROM {tabel} WHERE gemeente = ANY(%(g)s::text[])"
    return Vraag(_Code, tekst, kolom=bron.columns[kolom].name, tabel=bron.name)


def drop_known(verbinding: Connection, tabel: Doeltabel) -> int:
    """Leave out the staged rows about something of which any row is loaded, of whatever period; how many there were."""
    zelfde = f"({equal(tabel.identiteit, tabel.mag_leeg)})"
    if tabel.gaat_over:
        raakt = (f"(lower(n.{naam}) = lower(t.{naam}) OR '' IN (n.{naam}, t.{naam}))" for naam in tabel.gaat_over)
        zelfde += f" OR n.gemeente = t.gemeente AND {' AND '.join(raakt)}"
    weg = "DELETE FROM {klaar} n USING {tabel} t WHERE {zelfde} RETURNING n.regelnummer"
    return len(set(Vraag(int, weg, zelfde=zelfde, **_names(tabel)).all(verbinding)))


def find_overlaps(verbinding: Connection, tabel: Doeltabel) -> list[Overlap]:
    """Staged rows against loaded ones that stay, in the order of the file; one for each line at most, the earliest period.

    Loaded periods of one identity do not overlap each other. So of those that begin no later than a row only the last one can
    overlap it, and else the first that begins after it: one walk in the order of first days finds both, however many there are.
    """
    return _overlaps(tabel).all(verbinding)


def _overlaps(tabel: Doeltabel) -> Vraag[Overlap]:
    return Vraag(
        Overlap,
        """
        WITH blijft AS (
            SELECT t.* FROM {tabel} t
            WHERE EXISTS (SELECT FROM {klaar} n WHERE {over_hetzelfde})
                AND NOT EXISTS (SELECT FROM {klaar} n WHERE {zelfde_sleutel})
        ), samen AS (
            SELECT {identiteit}, {van} AS van, coalesce({tot}, 'infinity') AS tot, regelnummer, NULL::date AS geladen_van,
                NULL::date AS geladen_tot FROM {klaar}
            UNION ALL
            SELECT {identiteit}, {van}, NULL, NULL, {van}, coalesce({tot}, 'infinity') FROM blijft
        ), ernaast AS (
            SELECT regelnummer, van, tot, max(geladen_van) OVER eerder AS eerder_van, max(geladen_tot) OVER eerder AS eerder_tot,
                min(geladen_van) OVER later AS later_van, min(geladen_tot) OVER later AS later_tot
            FROM samen
            WINDOW eerder AS (PARTITION BY {identiteit} ORDER BY van), later AS (PARTITION BY {identiteit} ORDER BY van DESC)
        )
        SELECT regelnummer, van, CASE WHEN eerder_tot >= van THEN eerder_van ELSE later_van END AS geladen_van,
            nullif(CASE WHEN eerder_tot >= van THEN eerder_tot ELSE later_tot END, 'infinity') AS geladen_tot
        FROM ernaast WHERE regelnummer IS NOT NULL AND (eerder_tot >= van OR later_van <= tot) ORDER BY regelnummer
        """,
        over_hetzelfde=equal(tabel.identiteit, tabel.mag_leeg),
        zelfde_sleutel=equal(tabel.sleutel, tabel.mag_leeg),
        identiteit=", ".join(tabel.identiteit),
        van=tabel.van or "",
        tot=tabel.tot or "",
        **_names(tabel),
    )


def compare_rows(verbinding: Connection, tabel: Doeltabel) -> Verschil:
    """What merging the staged rows would do."""
    telling = Vraag(
        _Telling,
        """
        SELECT count(*) FILTER (WHERE t.gemeente IS NULL) AS nieuw,
            count(*) FILTER (WHERE t.gemeente IS NOT NULL AND {anders}) AS gewijzigd, count(*) AS totaal
        FROM {klaar} n LEFT JOIN {tabel} t ON {zelfde_sleutel}
        """,
        anders=_different(tabel, "n", "t"),
        zelfde_sleutel=equal(tabel.sleutel, tabel.mag_leeg),
        **_names(tabel),
    ).read(verbinding)
    wijzigingen = tuple(_list_changes(verbinding, tabel)) if telling.gewijzigd else ()
    return Verschil(telling.nieuw, telling.gewijzigd, telling.totaal - telling.nieuw - telling.gewijzigd, wijzigingen)


def merge_rows(verbinding: Connection, tabel: Doeltabel) -> None:
    """Add the staged rows; one with a loaded key takes its place. Rows that the file does not mention stay."""
    besluit = "DO NOTHING"
    if tabel.waarden:
        zet = ", ".join(f"{naam} = excluded.{naam}" for naam in tabel.waarden)
        besluit = f"DO UPDATE SET {zet} WHERE {_different(tabel, 'excluded', 't')}"
    Opdracht(
        "INSERT INTO {tabel} AS t ({kolommen}) SELECT {kolommen} FROM {klaar} ON CONFLICT ({sleutel}) {besluit}",
        kolommen=", ".join(tabel.kolommen),
        sleutel=", ".join(tabel.sleutel),
        besluit=besluit,
        **_names(tabel),
    ).run(verbinding)


def list_rows(
    verbinding: Connection,
    tabel: Doeltabel,
    gemeente: str,
    aantal: int,
    *,
    peildatum: date | None = None,
    agb: str | None = None,
    na: Sequence[str] | None = None,
    overslaan: int = 0,
    gelijk: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """At most `aantal` rows of a gemeente by key, as far as the transaction may see them: those behind the row of cursor `na`.
    Where a column of the key is covered, those from `na` on, without the first `overslaan` of them.

    With `peildatum` those in force on that day, rows without period always; with `agb` those that hold for that aanbieder: its
    own and the ones for everyone; with `gelijk` those with these values, by column. Raises DataError for a cursor that is not of
    this table.
    """
    plaats = {} if na is None else {f"na{i}": waarde for i, waarde in enumerate(na)}
    waarden: dict[str, Any] = {"g": gemeente, "n": aantal, "over": overslaan, "dag": peildatum, "agb": agb, **plaats}
    waarden |= {f"is_{naam}": waarde for naam, waarde in (gelijk or {}).items()}
    gesteld = {"dag": peildatum is not None, "agb": agb is not None, "na": na is not None}
    eisen = [naam for naam, geldt in gesteld.items() if geldt] + [f"is_{naam}" for naam in gelijk or {}]
    return [as_values(rij) for rij in _rows(tabel).with_conditions(eisen).all(verbinding, waarden)]


@cache
def _rows(tabel: Doeltabel) -> Zoekvraag[Any]:
    volgorde = ", ".join(_orderly(tabel, naam) for naam in tabel.sleutel[1:])
    bij = ", ".join(_orderly(tabel, naam) for naam in tabel.plaats)
    plaats = ", ".join(f"%(na{i})s::{tabel.sorteertype(naam)}" for i, naam in enumerate(tabel.plaats))
    voorwaarden = {"agb": "agb IN ('', %(agb)s)", "na": f"({bij}) {'>=' if tabel.bedekt else '>'} ({plaats})"}
    voorwaarden |= {f"is_{naam}": f"{naam} = %(is_{naam})s" for naam in tabel.kolommen}
    if tabel.van:
        voorwaarden["dag"] = f"{tabel.van} <= %(dag)s AND coalesce({tabel.tot}, 'infinity') >= %(dag)s"
    return Zoekvraag(
        _row_class(tabel),
        "SELECT {kolommen} FROM {tabel} WHERE gemeente = %(g)s{waar} ORDER BY {volgorde} LIMIT %(n)s OFFSET %(over)s",
        voorwaarden,
        volgorde=volgorde,
        **_names(tabel),
    )


@cache
def _row_class(tabel: Doeltabel) -> type[Any]:
    """A class with a field for each column."""
    return make_dataclass("Rij", [(naam, object) for naam in tabel.kolommen], frozen=True, slots=True)


@cache
def pair_class(tabel: Doeltabel) -> type[Any]:
    """A class for a loaded row (`oud`) beside the one (`nieuw`, line `regelnummer` of the file) that takes its place."""
    rij = _row_class(tabel)
    return make_dataclass("Paar", [("regelnummer", int), ("oud", rij), ("nieuw", rij)], frozen=True, slots=True)


def pair_columns(tabel: Doeltabel) -> str:
    """The columns of `pair_class`: `n` is the file, `t` what is loaded."""
    rij = _row_class(tabel)
    return f"n.regelnummer, {columns(rij, 't', 'oud')}, {columns(rij, 'n', 'nieuw')}"


def cursor_of(tabel: Doeltabel, rij: Mapping[str, Any]) -> list[str]:
    """The place of a row in the order of `list_rows`."""
    return ["" if rij[naam] is None else str(rij[naam]) for naam in tabel.plaats]


def _orderly(tabel: Doeltabel, naam: str) -> str:
    """A column to sort by; where NULL may stand as text, in which it comes first."""
    return f"coalesce({naam}::text, '')" if naam in tabel.mag_leeg else naam


def _list_changes(verbinding: Connection, tabel: Doeltabel) -> Iterable[Wijziging]:
    paren = Vraag(
        pair_class(tabel),
        """
        SELECT {paar} FROM {klaar} n JOIN {tabel} t ON {zelfde_sleutel} WHERE {anders} ORDER BY n.regelnummer LIMIT %(n)s
        """,
        paar=pair_columns(tabel),
        zelfde_sleutel=equal(tabel.sleutel, tabel.mag_leeg),
        anders=_different(tabel, "n", "t"),
        **_names(tabel),
    )
    for paar in paren.all(verbinding, {"n": GETOOND}):
        oud, nieuw = as_values(paar.oud), as_values(paar.nieuw)
        anders = tuple((naam, oud[naam], nieuw[naam]) for naam in tabel.waarden if oud[naam] != nieuw[naam])
        yield Wijziging(paar.regelnummer, tuple(nieuw[naam] for naam in tabel.sleutel), anders)


def _names(tabel: Doeltabel) -> dict[str, str]:
    return {"klaar": KLAAR, "tabel": tabel.tabel.name}


def equal(kolommen: Iterable[str], mag_leeg: Sequence[str]) -> str:
    """Rows `n` and `t` are equal in these columns; where NULL may stand it equals NULL, in a way that can be hashed."""
    return " AND ".join(
        f"coalesce(n.{naam}::text, '') = coalesce(t.{naam}::text, '')" if naam in mag_leeg else f"n.{naam} = t.{naam}"
        for naam in kolommen
    )


def _different(tabel: Doeltabel, nieuw: str, oud: str) -> str:
    if not tabel.waarden:
        return "false"
    rijen = (", ".join(f"{bron}.{naam}" for naam in tabel.waarden) for bron in (nieuw, oud))
    return "({}) IS DISTINCT FROM ({})".format(*(f"ROW({rij})" for rij in rijen))
