"""Many rows at once, in PostgreSQL's binary form: into a table by COPY, and out of one without a wrapper around each row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection


def copy_rows(verbinding: Connection, tabel: str, kolommen: dict[str, str], rijen: Iterable[Sequence[Any]]) -> None:
    """Write `rijen`, whose values stand in the order of `kolommen` (name to PostgreSQL type), inside the open transaction."""
    rijen = iter(rijen)
    eerste = next(rijen, None)
    if eerste is None:
        return
    cursor = verbinding.connection.cursor()
    try:
        with cursor.copy(f"COPY {tabel} ({', '.join(kolommen)}) FROM STDIN (FORMAT BINARY)") as kopie:
            kopie.set_types(list(kolommen.values()))
            write = kopie.write_row
            write(eerste)
            for rij in rijen:
                write(rij)
    finally:
        cursor.close()


def fetch_rows(verbinding: Connection, vraag: str, waarden: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Rows of a query (with `%(naam)s` for values) as plain tuples, inside the open transaction."""
    # SQLAlchemy's facade of the connection has no binary cursors; the driver's own connection does.
    driver: Any = verbinding.connection.driver_connection
    with driver.cursor(binary=True) as cursor:
        rijen: list[tuple[Any, ...]] = cursor.execute(vraag, waarden).fetchall()
        return rijen


def run_statement(verbinding: Connection, opdracht: str, waarden: Mapping[str, Any]) -> None:
    """Carry out a statement (with `%(naam)s` for values) that gives no rows, inside the open transaction."""
    driver: Any = verbinding.connection.driver_connection
    with driver.cursor() as cursor:
        cursor.execute(opdracht, waarden)
