"""Statements with their text, values by name (`%(naam)s`) and the class that their rows become: the one dialect of this floor.

A statement stands in a module as a constant, so that a test can hold every one of them against the migrated database
(`tests/opslag/test_vragen.py`): a column that is renamed breaks there, with the name of the statement. Values never enter the text;
`delen` are pieces of SQL that statements share, constants too.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from typing import Any, Generic, TypeVar

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from berichten.opslag.basis.rijvorm import Rijvorm, shape_of
from berichten.opslag.basis.samen import find_deelnemer
from berichten.opslag.basis.veelvraag import Veelvraag

T = TypeVar("T")
PER_KEER = 5000
"""Rows that a stream fetches at once, unless they are large."""
_nummer = count(1)


class Opdracht:
    """A statement that gives no rows."""

    def __init__(self, tekst: str, **delen: object) -> None:
        self.tekst = _fill(tekst, delen)

    def run(self, verbinding: Connection, waarden: Mapping[str, Any] | None = None) -> int:
        """Carry it out inside the open transaction; returns the number of rows that it touched."""
        deelnemer = find_deelnemer()
        if deelnemer is not None:
            return int(deelnemer.ask(self, waarden))
        with _cursor(verbinding, self.tekst) as cursor:
            cursor.execute(self.tekst, waarden or {})
            return int(cursor.rowcount)

    def put(self, verbinding: Connection, waarden: Mapping[str, Any]) -> None:
        """Carry it out, for who need not know how many rows it touched: in step with others it may wait for theirs."""
        self.run_each(verbinding, (waarden,))

    def run_each(self, verbinding: Connection, reeks: Sequence[Mapping[str, Any] | Sequence[Any]]) -> None:
        """Carry it out for each of these, in one go."""
        deelnemer = find_deelnemer()
        if deelnemer is not None:
            deelnemer.put(self, reeks)
        else:
            self.write_all(verbinding, reeks)

    def write_all(self, verbinding: Connection, reeks: Sequence[Any]) -> None:
        """What `run_each` does, for all who are in step together."""
        with _cursor(verbinding, self.tekst) as cursor:
            if len(reeks) == 1:
                cursor.execute(self.tekst, reeks[0])
            else:
                cursor.executemany(self.tekst, reeks)

    def answer_all(self, verbinding: Connection, reeks: Sequence[Mapping[str, Any] | None]) -> list[int]:
        """What `run` does, for each of these: who counts rows is not put together with others."""
        return [self.run(verbinding, waarden) for waarden in reeks]


class Vraag(Generic[T]):
    """A query whose rows become values of one class: columns go to the fields of the same name, in whatever order they stand.

    A field that is such a class itself takes the columns named `veld.kolom` (`rijvorm.columns` writes them). With a plain type
    (`int`, `bool`, `bytes`) the one column is the value. `{kolommen}` in the text stands for the names of the fields, behind the
    alias `bron` if that is given. Raises TypeError when columns and fields are not the same.
    """

    def __init__(self, soort: type[T], tekst: str, *, bron: str = "", **delen: object) -> None:
        self.soort = soort
        self.vorm: Rijvorm = shape_of(soort)
        self.tekst = _fill(tekst, {"kolommen": self.vorm.list_columns(bron), **delen})
        self._plekken: tuple[int, ...] | None = None

    def all(self, verbinding: Connection, waarden: Mapping[str, Any] | None = None) -> list[T]:
        """Every row, inside the open transaction."""
        deelnemer = find_deelnemer()
        if deelnemer is not None:
            rijen: list[T] = deelnemer.ask(self, waarden or {})
            return rijen
        return self._read(verbinding, waarden or {})

    def _read(self, verbinding: Connection, waarden: Mapping[str, Any]) -> list[T]:
        # Only the driver's own connection has binary cursors, which cost half of what text costs on many rows.
        with _cursor(verbinding, self.tekst, binary=True) as cursor:
            cursor.execute(self.tekst, waarden)
            rijen: list[tuple[Any, ...]] = cursor.fetchall()
            plekken = self.order_of([kolom.name for kolom in cursor.description or ()])
        return self.vorm.build(rijen, plekken)

    def all_each(self, verbinding: Connection, reeks: Sequence[Mapping[str, Any]]) -> list[list[T]]:
        """What `all` gives for each of these, in one statement."""
        deelnemer = find_deelnemer()
        if deelnemer is not None:
            return [deelnemer.ask(self, waarden) for waarden in reeks]
        return self.answer_all(verbinding, reeks) if reeks else []

    def answer_all(self, verbinding: Connection, reeks: Sequence[Mapping[str, Any]]) -> list[list[T]]:
        """What `all_each` does, for all who are in step together."""
        if len(reeks) == 1:
            return [self._read(verbinding, reeks[0])]
        veel = self._veel
        with _cursor(verbinding, self.tekst, binary=True) as cursor:
            veel.execute(cursor, reeks)
            plekken = self.order_of([kolom.name for kolom in cursor.description or ()][:-1])
            delen = veel.divide(cursor.fetchall(), len(reeks))
        return [self.vorm.build(deel, plekken) if deel else [] for deel in delen]

    @cached_property
    def _veel(self) -> Veelvraag:
        return Veelvraag(self.tekst)

    def one(self, verbinding: Connection, waarden: Mapping[str, Any] | None = None) -> T | None:
        """The first row, if there is one."""
        return next(iter(self.all(verbinding, waarden)), None)

    def read(self, verbinding: Connection, waarden: Mapping[str, Any] | None = None) -> T:
        """The first row, which must be there; raises LookupError when it is not."""
        rijen = self.all(verbinding, waarden)
        if not rijen:
            raise LookupError(f"geen rij voor {self.soort.__name__}")
        return rijen[0]

    def stream(self, verbinding: Connection, waarden: Mapping[str, Any] | None = None, per_keer: int = PER_KEER) -> Iterator[T]:
        """Row by row from a cursor of the server, however many there are, `per_keer` of them in memory; the transaction stays open
        till the last."""
        with _cursor(verbinding, self.tekst, name=f"vraag_{next(_nummer)}", binary=True) as cursor:
            cursor.execute(self.tekst, waarden or {})
            plekken = self.order_of([kolom.name for kolom in cursor.description or ()])
            while rijen := cursor.fetchmany(per_keer):
                yield from self.vorm.build(rijen, plekken)

    def columns(self, verbinding: Connection, waarden: Mapping[str, Any]) -> list[list[Any]]:
        """Every row, as a list for each field in their order: for who reckons with whole columns of very many rows."""
        kolommen: list[list[Any]] = [[] for _ in self.vorm.kolommen]
        with _cursor(verbinding, self.tekst, binary=True) as cursor:
            cursor.execute(self.tekst, waarden)
            plekken = self.order_of([kolom.name for kolom in cursor.description or ()])
            while rijen := cursor.fetchmany(PER_KEER):
                delen = list(zip(*rijen, strict=True))
                for kolom, plek in zip(kolommen, plekken, strict=True):
                    kolom.extend(delen[plek])
        return kolommen

    def order_of(self, kolommen: list[str]) -> tuple[int, ...]:
        """Where among the columns each field stands; reckoned at the first row and kept, since a text always gives the same."""
        if self._plekken is None:
            velden = self.vorm.kolommen
            if len(kolommen) != len(velden) or (velden != ("",) and sorted(kolommen) != sorted(velden)):
                raise TypeError(f"{self.soort.__name__}: kolommen {kolommen}, velden {list(velden)}")
            self._plekken = (0,) if velden == ("",) else tuple(kolommen.index(veld) for veld in velden)
        return self._plekken


class Zoekvraag(Generic[T]):
    """A query of which `{waar}` stands for the conditions that were asked for, so that each question gets a plan of its own.

    `voorwaarden` are pieces of SQL by name, constants like the text; each comes behind AND.
    """

    def __init__(self, soort: type[T], tekst: str, voorwaarden: Mapping[str, str], *, bron: str = "", **delen: object) -> None:
        self.soort, self.tekst, self.voorwaarden, self.bron, self.delen = soort, tekst, voorwaarden, bron, delen
        self._vragen: dict[tuple[str, ...], Vraag[T]] = {}

    def with_conditions(self, namen: Collection[str]) -> Vraag[T]:
        """The query with these conditions, and no others."""
        gevraagd = tuple(naam for naam in self.voorwaarden if naam in namen)
        if gevraagd not in self._vragen:
            waar = "".join(f" AND {self.voorwaarden[naam]}" for naam in gevraagd)
            self._vragen[gevraagd] = Vraag(self.soort, self.tekst, bron=self.bron, waar=waar, **self.delen)
        return self._vragen[gevraagd]

    def all(self, verbinding: Connection, zeef: object, waarden: Mapping[str, Any]) -> list[T]:
        """Rows that fit the filter `zeef`: of its fields those that are None do not matter. Values are its fields and `waarden`."""
        gevraagd = {naam: waarde for naam in self.voorwaarden if (waarde := getattr(zeef, naam, waarden.get(naam))) is not None}
        return self.with_conditions(gevraagd).all(verbinding, {**gevraagd, **waarden})


def _fill(tekst: str, delen: Mapping[str, object]) -> str:
    """Put the pieces in their places; braces that name no piece stay (arrays as text, JSON). A piece may name pieces after it."""
    for naam, deel in delen.items():
        tekst = tekst.replace(f"{{{naam}}}", str(deel))
    return tekst


@contextmanager
def _cursor(verbinding: Connection, tekst: str, **soort: Any) -> Iterator[Any]:
    """A cursor of the driver; what goes wrong is told in the words of SQLAlchemy, as everywhere, without the values."""
    driver: Any = verbinding.connection.driver_connection
    try:
        with driver.cursor(**soort) as cursor:
            yield cursor
    except psycopg.Error as fout:
        if isinstance(fout, psycopg.errors.ReadOnlySqlTransaction):
            # The server was set back to a standby under us: another takes the writes, and a new connection finds it.
            driver.close()
        raise DBAPIError.instance(
            tekst, None, fout, psycopg.Error, hide_parameters=True, dialect=verbinding.dialect
        ) from fout  # fmt: skip
