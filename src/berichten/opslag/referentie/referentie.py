"""Reference rows on their way in: staged by COPY, compared with what is loaded, and merged with one statement.

Names of tables and columns come from `processen/referentie_soorten.py`, never from a file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from berichten.opslag.basis.kopie import copy_rows

KLAAR = "referentie_nieuw"
"""Temporary table with the rows of the file; it lives as long as the transaction."""
_GETOOND = 20
_WEINIG = 200
"""Rows of a file that may be looked up one by one."""


@dataclass(frozen=True, slots=True)
class Doeltabel:
    """Where rows of one kind go. `identiteit` and `van` together are the key; periods of one identity may not overlap."""

    naam: str
    kolommen: Mapping[str, str]
    """PostgreSQL type by name, in the order of the file."""
    identiteit: tuple[str, ...]
    van: str | None
    """Column of a period's first day; None for rows without period."""
    tot: str | None
    """Column of its last day, inclusive; NULL is open."""
    mag_leeg: tuple[str, ...] = ()
    """Columns of the key that may be NULL, which then counts as a value."""
    gaat_over: tuple[str, ...] = ()
    """Columns that tell what a row is about, whatever it is called; empty in them is any. None: only the identity tells."""

    @property
    def sleutel(self) -> tuple[str, ...]:
        return (*self.identiteit, self.van) if self.van else self.identiteit

    @property
    def waarden(self) -> tuple[str, ...]:
        """Columns outside the key: what a new version of a row may change."""
        return tuple(naam for naam in self.kolommen if naam not in self.sleutel)

    def sorteertype(self, naam: str) -> str:
        """PostgreSQL type in which a column of the key is sorted."""
        return "text" if naam in self.mag_leeg else self.kolommen[naam]


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


def stage_rows(verbinding: Connection, tabel: Doeltabel, rijen: Iterable[Sequence[Any]]) -> None:
    """Put the rows, each followed by its line number, beside the table. Other imports of this kind wait; readers do not."""
    verbinding.execute(text(f"LOCK TABLE {tabel.naam} IN SHARE ROW EXCLUSIVE MODE"))
    verbinding.execute(text(f"DROP TABLE IF EXISTS pg_temp.{KLAAR}"))
    verbinding.execute(text(f"CREATE TEMP TABLE {KLAAR} (LIKE {tabel.naam}) ON COMMIT DROP"))
    verbinding.execute(text(f"ALTER TABLE {KLAAR} ADD COLUMN regelnummer int4 NOT NULL"))
    copy_rows(verbinding, KLAAR, {**tabel.kolommen, "regelnummer": "int4"}, rijen)
    verbinding.execute(text(f"ANALYZE {KLAAR}"))
    # Keys of many columns look rarer to the planner than they are: it would then walk a large file once for each of its rows.
    veel = verbinding.execute(text(f"SELECT count(*) > {_WEINIG} FROM {KLAAR}")).scalar_one()  # noqa: S608
    verbinding.execute(text(f"SET LOCAL enable_nestloop = {'off' if veel else 'on'}"))


def load_known(verbinding: Connection, tabel: str, kolom: str, gemeenten: Iterable[str]) -> dict[str, set[str]]:
    """Loaded codes by gemeente; a gemeente that has loaded none is not in it."""
    bekend: dict[str, set[str]] = {}
    vraag = f"SELECT DISTINCT gemeente, {kolom} FROM {tabel} WHERE gemeente = ANY(:g)"  # noqa: S608
    for gemeente, code in verbinding.execute(text(vraag), {"g": sorted(gemeenten)}):
        bekend.setdefault(gemeente, set()).add(code)
    return bekend


def drop_known(verbinding: Connection, tabel: Doeltabel) -> int:
    """Leave out the staged rows about something of which any row is loaded, of whatever period; how many there were."""
    zelfde = f"({_equal(tabel, tabel.identiteit)})"
    if tabel.gaat_over:
        raakt = (f"(lower(n.{naam}) = lower(t.{naam}) OR '' IN (n.{naam}, t.{naam}))" for naam in tabel.gaat_over)
        zelfde += f" OR n.gemeente = t.gemeente AND {' AND '.join(raakt)}"
    opdracht = f"DELETE FROM {KLAAR} n USING {tabel.naam} t WHERE {zelfde} RETURNING n.regelnummer"  # noqa: S608
    return len(set(verbinding.execute(text(opdracht)).scalars()))


def find_overlaps(verbinding: Connection, tabel: Doeltabel) -> list[Overlap]:
    """Staged rows against loaded ones that stay, in the order of the file; one for each line at most, the earliest period."""
    van, tot = tabel.van, tabel.tot
    vraag = (
        f"SELECT DISTINCT ON (n.regelnummer) n.regelnummer, n.{van}, t.{van}, t.{tot}"  # noqa: S608
        f" FROM {KLAAR} n JOIN {tabel.naam} t ON {_equal(tabel, tabel.identiteit)}"
        f" WHERE t.{van} <= coalesce(n.{tot}, 'infinity') AND n.{van} <= coalesce(t.{tot}, 'infinity')"
        f" AND NOT EXISTS (SELECT FROM {KLAAR} n WHERE {_equal(tabel, tabel.sleutel)})"
        f" ORDER BY n.regelnummer, t.{van}"
    )
    return [Overlap(*rij) for rij in verbinding.execute(text(vraag))]


def compare_rows(verbinding: Connection, tabel: Doeltabel) -> Verschil:
    """What merging the staged rows would do."""
    anders = _different(tabel, "n", "t")
    vraag = (
        f"SELECT count(*) FILTER (WHERE t.gemeente IS NULL), count(*) FILTER (WHERE t.gemeente IS NOT NULL AND {anders}), count(*)"  # noqa: S608
        f" FROM {KLAAR} n LEFT JOIN {tabel.naam} t ON {_equal(tabel, tabel.sleutel)}"
    )
    nieuw, gewijzigd, totaal = verbinding.execute(text(vraag)).one()
    wijzigingen = tuple(_list_changes(verbinding, tabel)) if gewijzigd else ()
    return Verschil(nieuw, gewijzigd, totaal - nieuw - gewijzigd, wijzigingen)


def merge_rows(verbinding: Connection, tabel: Doeltabel) -> None:
    """Add the staged rows; one with a loaded key takes its place. Rows that the file does not mention stay."""
    kolommen = ", ".join(tabel.kolommen)
    opdracht = f"INSERT INTO {tabel.naam} AS t ({kolommen}) SELECT {kolommen} FROM {KLAAR}"  # noqa: S608
    besluit = "DO NOTHING"
    if tabel.waarden:
        zet = ", ".join(f"{naam} = excluded.{naam}" for naam in tabel.waarden)
        besluit = f"DO UPDATE SET {zet} WHERE {_different(tabel, 'excluded', 't')}"
    verbinding.execute(text(f"{opdracht} ON CONFLICT ({', '.join(tabel.sleutel)}) {besluit}"))


def list_rows(
    verbinding: Connection,
    tabel: Doeltabel,
    gemeente: str,
    aantal: int,
    *,
    peildatum: date | None = None,
    agb: str | None = None,
    na: Sequence[str] | None = None,
    gelijk: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """At most `aantal` rows of a gemeente by key, as far as the transaction may see them: those behind the row of cursor `na`.

    With `peildatum` those in force on that day, rows without period always; with `agb` those that hold for that aanbieder: its
    own and the ones for everyone; with `gelijk` those with these values, by column. Raises DataError for a cursor that is not of
    this table.
    """
    waarden: dict[str, Any] = {"g": gemeente, "n": aantal, "dag": peildatum, "agb": agb}
    eisen = ["gemeente = :g"]
    if peildatum is not None and tabel.van:
        eisen.append(f"{tabel.van} <= :dag AND coalesce({tabel.tot}, 'infinity') >= :dag")
    if agb is not None:
        eisen.append("agb IN ('', :agb)")
    for naam, waarde in (gelijk or {}).items():
        eisen.append(f"{naam} = :is_{naam}")
        waarden[f"is_{naam}"] = waarde
    volgorde = ", ".join(_orderly(tabel, naam) for naam in tabel.sleutel[1:])
    if na is not None:
        plaats = ", ".join(f"cast(:na{i} AS {tabel.sorteertype(naam)})" for i, naam in enumerate(tabel.sleutel[1:]))
        eisen.append(f"({volgorde}) > ({plaats})")
        waarden |= {f"na{i}": waarde for i, waarde in enumerate(na)}
    kolommen = ", ".join(tabel.kolommen)
    vraag = f"SELECT {kolommen} FROM {tabel.naam} WHERE {' AND '.join(eisen)} ORDER BY {volgorde} LIMIT :n"  # noqa: S608
    return [dict(rij._mapping) for rij in verbinding.execute(text(vraag), waarden)]


def cursor_of(tabel: Doeltabel, rij: Mapping[str, Any]) -> list[str]:
    """The place of a row in the order of `list_rows`."""
    return ["" if rij[naam] is None else str(rij[naam]) for naam in tabel.sleutel[1:]]


def _orderly(tabel: Doeltabel, naam: str) -> str:
    """A column to sort by; where NULL may stand as text, in which it comes first."""
    return f"coalesce({naam}::text, '')" if naam in tabel.mag_leeg else naam


def _list_changes(verbinding: Connection, tabel: Doeltabel) -> Iterable[Wijziging]:
    kolommen = [f"n.{naam}" for naam in tabel.sleutel] + [f"{bron}.{naam}" for naam in tabel.waarden for bron in ("t", "n")]
    vraag = (
        f"SELECT n.regelnummer, {', '.join(kolommen)}"  # noqa: S608
        f" FROM {KLAAR} n JOIN {tabel.naam} t ON {_equal(tabel, tabel.sleutel)}"
        f" WHERE {_different(tabel, 'n', 't')} ORDER BY n.regelnummer LIMIT {_GETOOND}"
    )
    breedte = len(tabel.sleutel)
    for nummer, *rij in verbinding.execute(text(vraag)):
        paren = zip(tabel.waarden, rij[breedte::2], rij[breedte + 1 :: 2], strict=True)
        yield Wijziging(nummer, tuple(rij[:breedte]), tuple(paar for paar in paren if paar[1] != paar[2]))


def _equal(tabel: Doeltabel, kolommen: Iterable[str]) -> str:
    """Equal in these columns; where NULL may stand it equals NULL, in a way that can be hashed."""
    return " AND ".join(
        f"coalesce(n.{naam}::text, '') = coalesce(t.{naam}::text, '')" if naam in tabel.mag_leeg else f"n.{naam} = t.{naam}"
        for naam in kolommen
    )


def _different(tabel: Doeltabel, nieuw: str, oud: str) -> str:
    if not tabel.waarden:
        return "false"
    rijen = (", ".join(f"{bron}.{naam}" for naam in tabel.waarden) for bron in (nieuw, oud))
    return "({}) IS DISTINCT FROM ({})".format(*(f"ROW({rij})" for rij in rijen))
