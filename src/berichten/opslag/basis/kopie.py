"""Many rows at once into a table, by COPY in PostgreSQL's binary form; what type a column has is what its table says.

COPY is refused on a table under row-level security. So rows go by COPY into a temporary table and from there, by one statement that
the policies judge, to where they belong; a few go straight, since a temporary table costs more than they do.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table
from sqlalchemy.dialects import postgresql

from berichten.opslag.basis.vraag import Opdracht

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_WEINIG = 50
"""Rows from which a temporary table costs less than as many inserts."""


def add_rows(verbinding: Connection, tabel: Table, kolommen: Sequence[str], rijen: Iterable[Sequence[Any]]) -> None:
    """Add `rijen`, whose values stand in the order of `kolommen`, inside the open transaction."""
    rijen = iter(rijen)
    eerste = list(islice(rijen, _WEINIG))
    if not eerste:
        return
    if len(eerste) < _WEINIG:
        _insert(tabel.name, tuple(kolommen), tuple(_types_of(tabel, tuple(kolommen)))).run_each(verbinding, eerste)
    else:
        _copy_over(verbinding, tabel, kolommen, chain(eerste, rijen))


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


def _copy_over(verbinding: Connection, tabel: Table, kolommen: Sequence[str], rijen: Iterable[Sequence[Any]]) -> None:
    tijdelijk = beside(tabel, f"kopie_{tabel.name}")
    namen = {"tijdelijk": f"pg_temp.{tijdelijk.name}", "tabel": tabel.name, "kolommen": ", ".join(kolommen)}
    Opdracht("CREATE TEMP TABLE {tijdelijk} AS SELECT {kolommen} FROM {tabel} WITH NO DATA", **namen).run(verbinding)
    copy_rows(verbinding, tijdelijk, kolommen, rijen)
    Opdracht("INSERT INTO {tabel} ({kolommen}) SELECT {kolommen} FROM {tijdelijk}", **namen).run(verbinding)
    Opdracht("DROP TABLE {tijdelijk}", **namen).run(verbinding)


@lru_cache(maxsize=256)
def _insert(tabel: str, kolommen: tuple[str, ...], soorten: tuple[str, ...]) -> Opdracht:
    plaatsen = ", ".join(f"%s::{soort}" for soort in soorten)
    return Opdracht(
        "INSERT INTO {tabel} ({kolommen}) VALUES ({plaatsen})", tabel=tabel, kolommen=", ".join(kolommen), plaatsen=plaatsen
    )


@lru_cache(maxsize=256)
def _types_of(tabel: Table, kolommen: tuple[str, ...]) -> list[str]:
    return [type_of(tabel.columns[naam]) for naam in kolommen]
