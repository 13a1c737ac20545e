"""Statements with their text, values by name (`%(naam)s`) and the class that their rows become: the one dialect of this floor.

A statement stands in a module as a constant, so that a test can hold every one of them against the migrated database
(`tests/opslag/test_vragen.py`): a column that is renamed breaks there, with the name of the statement. Values never enter the text;
`delen` are pieces of SQL that statements share, constants too.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")


class Opdracht:
    """A statement that gives no rows."""

    def __init__(self, tekst: str, **delen: str) -> None:
        self.tekst = _fill(tekst, delen)

    def run(self, verbinding: Connection, waarden: Mapping[str, Any]) -> int:
        """Carry it out inside the open transaction; returns the number of rows that it touched."""
        with _driver(verbinding).cursor() as cursor:
            cursor.execute(self.tekst, waarden)
            return int(cursor.rowcount)


class Vraag(Generic[T]):
    """A query whose rows become values of one class: columns go to the fields of the same name, in whatever order they stand.

    `{kolommen}` in the text stands for the names of the fields. Raises TypeError when columns and fields are not the same.
    """

    def __init__(self, soort: type[T], tekst: str, **delen: str) -> None:
        self.soort = soort
        self.velden = _fields_of(soort)
        self.tekst = _fill(tekst, {"kolommen": ", ".join(self.velden), **delen})
        self._plekken: tuple[int, ...] | None = None

    def all(self, verbinding: Connection, waarden: Mapping[str, Any]) -> list[T]:
        """Every row, inside the open transaction."""
        # Only the driver's own connection has binary cursors, which cost half of what text costs on many rows.
        with _driver(verbinding).cursor(binary=True) as cursor:
            cursor.execute(self.tekst, waarden)
            rijen: list[tuple[Any, ...]] = cursor.fetchall()
            plekken = self.order_of([kolom.name for kolom in cursor.description or ()])
        if plekken == tuple(range(len(plekken))):
            return [self.soort(*rij) for rij in rijen]
        return [self.soort(*[rij[plek] for plek in plekken]) for rij in rijen]

    def one(self, verbinding: Connection, waarden: Mapping[str, Any]) -> T | None:
        """The first row, if there is one."""
        return next(iter(self.all(verbinding, waarden)), None)

    def order_of(self, kolommen: list[str]) -> tuple[int, ...]:
        """Where among the columns each field stands; reckoned at the first row and kept, since a text always gives the same."""
        if self._plekken is None:
            if sorted(kolommen) != sorted(self.velden):
                raise TypeError(f"{self.soort.__name__}: kolommen {kolommen}, velden {list(self.velden)}")
            self._plekken = tuple(kolommen.index(veld) for veld in self.velden)
        return self._plekken


def _fields_of(soort: type) -> tuple[str, ...]:
    if is_dataclass(soort):
        return tuple(veld.name for veld in fields(soort) if veld.init)
    return tuple(soort._fields)  # type: ignore[attr-defined]  # a NamedTuple


def _fill(tekst: str, delen: Mapping[str, str]) -> str:
    """Put the pieces in their places; braces that name no piece stay (arrays as text, JSON)."""
    for naam, deel in delen.items():
        tekst = tekst.replace(f"{{{naam}}}", deel)
    return tekst


def _driver(verbinding: Connection) -> Any:
    return verbinding.connection.driver_connection
