"""Two servers that both say that they take writes: the one whose place was taken does not know it, and confirms nothing.

Which is the newer is told by its timeline, which goes up each time that a standby becomes the one that takes writes.
"""

import time
from collections.abc import Mapping
from typing import Any

import psycopg

_WELKE = "SELECT CASE WHEN NOT pg_is_in_recovery() THEN left(pg_walfile_name(pg_current_wal_lsn()), 8) END"
_GEDULD = "2"
"""Seconds for each server."""


class Twijfel:
    """Whether this process has seen a server that lives and confirms nothing; from then on it looks for the newest."""

    def __init__(self) -> None:
        self.sinds = float("-inf")
        """When it last arose (monotonic)."""

    def arise(self) -> None:
        """A server did not confirm."""
        self.sinds = time.monotonic()

    def holds(self) -> bool:
        """Whether it ever arose. It stays: the old server may say that it takes writes for as long as it runs."""
        return self.sinds > float("-inf")

    def choose(self, cargs: tuple[Any, ...], woorden: Mapping[str, Any]) -> dict[str, Any]:
        """The words for a connection, with of several machines only the newest that takes writes; all of them where none tells."""
        machines = zip(str(woorden["host"]).split(","), str(woorden["port"]).split(","), strict=True)
        gevonden = [(lijn, host, port) for host, port in machines if (lijn := _timeline(cargs, woorden, host, port))]
        if not gevonden:
            return dict(woorden)
        _, host, port = max(gevonden)
        return {**woorden, "host": host, "port": port}


def _timeline(cargs: tuple[Any, ...], woorden: Mapping[str, Any], host: str, port: str) -> str:
    """Eight hexadecimal digits; empty for a server that takes no writes, or does not answer."""
    eigen = {**woorden, "host": host, "port": port, "connect_timeout": _GEDULD, "target_session_attrs": "any"}
    eigen["options"] = f"{woorden.get('options') or ''} -c statement_timeout=2000".strip()
    try:
        with psycopg.connect(*cargs, **eigen) as verbinding:
            rij = verbinding.execute(_WELKE, prepare=False).fetchone()
    except psycopg.Error:
        return ""
    return str(rij[0] or "") if rij else ""
