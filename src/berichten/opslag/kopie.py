"""COPY: many rows into a table at once, in PostgreSQL's binary form."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection


def copy_rows(verbinding: Connection, tabel: str, kolommen: dict[str, str], rijen: Iterable[Sequence[Any]]) -> None:
    """Write `rijen`, whose values stand in the order of `kolommen` (name to PostgreSQL type), inside the open transaction."""
    cursor = verbinding.connection.cursor()
    try:
        with cursor.copy(f"COPY {tabel} ({', '.join(kolommen)}) FROM STDIN (FORMAT BINARY)") as kopie:
            kopie.set_types(list(kolommen.values()))
            write = kopie.write_row
            for rij in rijen:
                write(rij)
    finally:
        cursor.close()
