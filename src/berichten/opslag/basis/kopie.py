"""Many rows at once into a table, by COPY in PostgreSQL's binary form; what type a column has is what its table says."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table
from sqlalchemy.dialects import postgresql

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def copy_rows(verbinding: Connection, tabel: Table, kolommen: Sequence[str], rijen: Iterable[Sequence[Any]]) -> None:
    """Write `rijen`, whose values stand in the order of `kolommen`, inside the open transaction."""
    rijen = iter(rijen)
    eerste = next(rijen, None)
    if eerste is None:
        return
    cursor = verbinding.connection.cursor()
    try:
        with cursor.copy(f"COPY {tabel.name} ({', '.join(kolommen)}) FROM STDIN (FORMAT BINARY)") as kopie:
            kopie.set_types(_types_of(tabel, tuple(kolommen)))
            write = kopie.write_row
            write(eerste)
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


@lru_cache(maxsize=256)
def _types_of(tabel: Table, kolommen: tuple[str, ...]) -> list[str]:
    return [type_of(tabel.columns[naam]) for naam in kolommen]
