"""A temporary table beside a table: the rows of a file as they would become, which statements hold against what is loaded."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table

from berichten.opslag.basis.delen import SLOT
from berichten.opslag.basis.kopie import beside, copy_rows, type_of
from berichten.opslag.basis.vraag import Opdracht, Vraag

_CLAIM = Opdracht(SLOT)
_WEINIG = 200
"""Rows of a file that may be looked up one by one."""


def lock_table(verbinding: Connection, tabel: Table) -> None:
    """Let other files for this table wait until the transaction ends; readers do not."""
    _CLAIM.run(verbinding, {"slot": f"laad {tabel.name}"})


def make_beside(verbinding: Connection, tabel: Table, naam: str, *erbij: Column[Any]) -> Table:
    """An empty temporary table with the columns of `tabel` and these; it lives as long as the transaction."""
    extra = "".join(f", {kolom.name} {type_of(kolom)} NOT NULL" for kolom in erbij)
    Opdracht("DROP TABLE IF EXISTS pg_temp.{naam}", naam=naam).run(verbinding)
    maak = "CREATE TEMP TABLE {naam} (LIKE {tabel}{extra}) ON COMMIT DROP"
    Opdracht(maak, naam=naam, tabel=tabel.name, extra=extra).run(verbinding)
    return beside(tabel, naam, *erbij)


def fill(verbinding: Connection, tijdelijk: Table, kolommen: Sequence[str], rijen: Iterable[Sequence[Any]]) -> None:
    """Put the rows of a file in, and tell the planner how many there are.

    Keys of many columns look rarer to the planner than they are: it would then walk a large file once for each of its rows.
    """
    copy_rows(verbinding, tijdelijk, kolommen, rijen)
    Opdracht("ANALYZE {tijdelijk}", tijdelijk=tijdelijk.name).run(verbinding)
    Vraag(
        str,
        "SELECT set_config('enable_nestloop', CASE WHEN count(*) > %(weinig)s THEN 'off' ELSE 'on' END, true) FROM {tijdelijk}",
        tijdelijk=tijdelijk.name,
    ).read(verbinding, {"weinig": _WEINIG})
