"""Many rows at once into a table, by COPY in PostgreSQL's binary form; what type a column has is what its table says.

COPY is refused on a table under row-level security. So rows go by COPY into a temporary table and from there, by one statement that
the policies judge, to where they belong; a few go straight, since a temporary table costs more than they do. Either way it is one
statement, where a column holds no list of its own: what a table does after a statement it does once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table
from sqlalchemy.dialects import postgresql

from berichten.opslag.basis.samen import find_deelnemer
from berichten.opslag.basis.vraag import Opdracht

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_WEINIG = 50
"""Rows from which a temporary table costs less than as many inserts."""
_OP_EEN_PLEK = {"json", "jsonb"}
"""Types of which a value may be a list by itself, so that a list of them is ambiguous."""
_NIETS: Mapping[str, Any] = {}


def add_rows(
    verbinding: Connection,
    tabel: Table,
    kolommen: Sequence[str],
    rijen: Iterable[Sequence[Any]],
    vast: Mapping[str, Any] | None = None,
) -> None:
    """Add `rijen`, whose values stand in the order of `kolommen`, inside the open transaction.

    `vast` are values that all of them have, by column: where many rows go by COPY they are sent once.
    """
    vast = vast or {}
    erbij, deelnemer = _erbij(tabel, (*vast, *kolommen)), find_deelnemer()
    if deelnemer is not None:
        deelnemer.put(erbij, [(*vast.values(), *rij) for rij in rijen])
    else:
        erbij.write_all(verbinding, rijen, vast)


@dataclass(frozen=True)
class _Erbij:
    """Rows of a table, in these columns."""

    tabel: Table
    kolommen: tuple[str, ...]

    def write_all(self, verbinding: Connection, rijen: Iterable[Sequence[Any]], vast: Mapping[str, Any] = _NIETS) -> None:
        """Straight when they are few, else by COPY. `vast` are values of the first columns, which the rows leave out."""
        rijen = iter(rijen)
        eerste: list[Sequence[Any]] = list(islice(rijen, _WEINIG))
        if len(eerste) == _WEINIG:
            _copy_over(verbinding, self.tabel, self.kolommen[len(vast) :], chain(eerste, rijen), vast)
            return
        eerste = [(*vast.values(), *rij) for rij in eerste]
        if len(eerste) > 1 and self._together is not None:
            lijsten = {f"k{plaats}": list(waarden) for plaats, waarden in enumerate(zip(*eerste, strict=True))}
            self._together.run(verbinding, lijsten)
        elif eerste:
            self._insert.write_all(verbinding, eerste)

    @cached_property
    def _together(self) -> Opdracht | None:
        """Several rows in one statement, each column a list; None where a column holds lists itself."""
        soorten = _types_of(self.tabel, self.kolommen)
        if any(soort in _OP_EEN_PLEK or soort.endswith("[]") for soort in soorten):
            return None
        lijsten = ", ".join(f"%(k{plaats})s::{soort}[]" for plaats, soort in enumerate(soorten))
        tekst = "INSERT INTO {tabel} ({kolommen}) SELECT * FROM unnest({lijsten})"
        return Opdracht(tekst, tabel=self.tabel.name, kolommen=", ".join(self.kolommen), lijsten=lijsten)

    @cached_property
    def _insert(self) -> Opdracht:
        plaatsen = ", ".join(f"%s::{soort}" for soort in _types_of(self.tabel, self.kolommen))
        kolommen = ", ".join(self.kolommen)
        tekst = "INSERT INTO {tabel} ({kolommen}) VALUES ({plaatsen})"
        return Opdracht(tekst, tabel=self.tabel.name, kolommen=kolommen, plaatsen=plaatsen)


@lru_cache(maxsize=256)
def _erbij(tabel: Table, kolommen: tuple[str, ...]) -> _Erbij:
    return _Erbij(tabel, kolommen)


def copy_rows(verbinding: Connection, tijdelijk: Table, kolommen: Sequence[str], rijen: Iterable[Sequence[Any]]) -> None:
    """Write `rijen` into a temporary table, which no policy stands before."""
    cursor = verbinding.connection.cursor()
    try:
        with cursor.copy(f"COPY pg_temp.{tijdelijk.name} ({', '.join(kolommen)}) FROM STDIN (FORMAT BINARY)") as kopie:
            kopie.set_types(_types_of(tijdelijk, tuple(kolommen)))
            write = kopie.write_row
            for rij in rijen:
                write(rij)
    finally:
        cursor.close()


def beside(tabel: Table, naam: str, *erbij: Column[Any]) -> Table:
    """The definition of a temporary table with the columns of another and some more."""
    naast = tabel.to_metadata(MetaData(), name=naam)
    for kolom in erbij:
        naast.append_column(kolom)
    return naast


def type_of(kolom: Column[Any]) -> str:
    """The PostgreSQL type of a column, without its measures, as casts and COPY name it."""
    return str(kolom.type.compile(dialect=_DIALECT)).lower().split("(")[0]


def _copy_over(
    verbinding: Connection, tabel: Table, kolommen: Sequence[str], rijen: Iterable[Sequence[Any]], vast: Mapping[str, Any]
) -> None:
    tijdelijk = beside(tabel, f"kopie_{tabel.name}")
    waarden = (f"%({naam})s::{type_of(tabel.columns[naam])}" for naam in vast)
    namen = {
        "tijdelijk": f"pg_temp.{tijdelijk.name}", "tabel": tabel.name, "kolommen": ", ".join(kolommen),
        "alle": ", ".join((*vast, *kolommen)), "waarden": ", ".join((*waarden, *kolommen)),
    }  # fmt: skip
    Opdracht("CREATE TEMP TABLE {tijdelijk} AS SELECT {kolommen} FROM {tabel} WITH NO DATA", **namen).run(verbinding)
    copy_rows(verbinding, tijdelijk, kolommen, rijen)
    Opdracht("INSERT INTO {tabel} ({alle}) SELECT {waarden} FROM {tijdelijk}", **namen).run(verbinding, vast)
    Opdracht("DROP TABLE {tijdelijk}", **namen).run(verbinding)


@lru_cache(maxsize=256)
def _types_of(tabel: Table, kolommen: tuple[str, ...]) -> list[str]:
    return [type_of(tabel.columns[naam]) for naam in kolommen]
