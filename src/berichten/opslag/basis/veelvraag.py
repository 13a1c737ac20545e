"""A query asked for many at once: its own text, beside a list of what each of them asks.

The text itself does not change, so it means the same and is planned the same, once for each that asks; what falls away is a round
trip, parsing and planning for each of them.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

import orjson
from psycopg.errors import error_from_result
from psycopg.generators import execute
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

_WAARDE = re.compile(r"%\((\w+)\)s")
_NUMMER = "vraagnummer"
_BEGIN = "SELECT"
"""Asks nothing: the driver begins its transaction with the first statement."""


class Veelvraag:
    """Made of a query with values by name (`%(naam)s`)."""

    def __init__(self, tekst: str) -> None:
        self._eigen = tekst
        self._namen = list(dict.fromkeys(_WAARDE.findall(tekst)))
        self._tekst = ""

    def execute(self, cursor: Any, reeks: Sequence[Mapping[str, Any]]) -> None:
        """Ask it for each of these values; the number of who asked is the last column of each row."""
        tekst = self.compose(cursor.connection)
        vragen = [{_NUMMER: nummer, **{naam: waarden[naam] for naam in self._namen}} for nummer, waarden in enumerate(reeks)]
        cursor.execute(tekst, {"vragen": orjson.dumps(vragen, default=_as_text).decode()})

    def compose(self, driver: Any) -> str:
        """The statement, made at the first question: the server is asked what the types of its values are."""
        if not self._tekst:
            self._tekst = self._beside(self._types(driver))
        return self._tekst

    def divide(self, rijen: Sequence[tuple[Any, ...]], aantal: int) -> list[list[tuple[Any, ...]]]:
        """The rows of each who asked, in their order."""
        delen: list[list[tuple[Any, ...]]] = [[] for _ in range(aantal)]
        for rij in rijen:
            delen[rij[-1]].append(rij[:-1])
        return delen

    def _types(self, driver: Any) -> list[str]:
        """The type that the server gives each value, from what stands around it.

        Asked as the driver asks everything else: inside the transaction, so that behind a pooler one server hears both questions,
        and waiting as it waits, so that a server that hangs is given up and no other thread stands still meanwhile.
        """
        if driver.info.transaction_status == TransactionStatus.IDLE:
            driver.execute(_BEGIN)
        genummerd = _WAARDE.sub(lambda gevonden: f"${self._namen.index(gevonden[1]) + 1}", self._eigen).replace("%%", "%")
        driver.pgconn.send_prepare(b"", genummerd.encode())
        _must_have(driver)
        driver.pgconn.send_describe_prepared(b"")
        beschreven = _must_have(driver)
        return [_name_of(driver, beschreven.param_type(plaats)) for plaats in range(len(self._namen))]

    def _beside(self, soorten: list[str]) -> str:
        kolommen = ", ".join(f'"{naam}" {soort}' for naam, soort in zip(self._namen, soorten, strict=True))
        eigen = _WAARDE.sub(lambda gevonden: f'vragen."{gevonden[1]}"', self._eigen)
        # OFFSET 0 keeps the planner from making one join of all: each is to be looked up by its own index, as it would be alone.
        return (
            f"SELECT eigen.*, vragen.{_NUMMER}"  # noqa: S608
            f" FROM jsonb_to_recordset(%(vragen)s::jsonb) AS vragen ({_NUMMER} int{kolommen and ', '}{kolommen})"
            f" CROSS JOIN LATERAL (SELECT * FROM ({eigen}) AS eigen OFFSET 0) AS eigen"
        )


def _must_have(driver: Any) -> PGresult:
    """What the server answers; raises what the driver raises when that is an error, or the server is gone."""
    (gekregen,) = driver.wait(execute(driver.pgconn))
    if gekregen.status != ExecStatus.COMMAND_OK:
        raise error_from_result(gekregen)
    return cast("PGresult", gekregen)


def _name_of(driver: Any, nummer: int) -> str:
    soort = driver.adapters.types[nummer]
    return f"{soort.name}[]" if soort.array_oid == nummer else str(soort.name)


def _as_text(waarde: object) -> str:
    """Bytes as the server reads them; what else JSON does not know is no value of a query."""
    if isinstance(waarde, bytes):
        return f"\\x{waarde.hex()}"
    raise TypeError(type(waarde).__name__)
