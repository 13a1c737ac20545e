"""The way to the database: one engine, and `transaction()`, the only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, create_engine, text


@dataclass(frozen=True, slots=True)
class Toegang:
    """On whose behalf a transaction reads: row-level security shows it these rows and no others."""

    gemeente: str
    agb: str | None
    """AGB code of an aanbieder; None for staff of the gemeente, who see all of its rows."""


class Opslag:
    """The database of one installation."""

    def __init__(self, url: str, verbindingen: int = 20) -> None:
        """`url` is a SQLAlchemy URL; `verbindingen` the most connections held at once."""
        self.engine: Engine = create_engine(
            _with_driver(url), pool_size=verbindingen, max_overflow=0, pool_pre_ping=True, pool_timeout=30, hide_parameters=True
        )

    @contextmanager
    def transaction(self, toegang: Toegang | None = None) -> Iterator[Connection]:
        """One transaction: committed when the block ends, rolled back when it raises.

        With `toegang` it runs as a role that may only read, and only the rows of that gemeente and, if given, that aanbieder.
        """
        with self.engine.begin() as verbinding:
            if toegang is not None:
                verbinding.execute(_ALS_LEZER, {"gemeente": toegang.gemeente, "agb": toegang.agb or ""})
            yield verbinding

    @contextmanager
    def rehearsal(self) -> Iterator[Connection]:
        """A transaction that is always rolled back: for a proef, of which nothing is kept."""
        with self.engine.connect() as verbinding:
            poging = verbinding.begin()
            try:
                yield verbinding
            finally:
                poging.rollback()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


_ALS_LEZER = text(
    "SELECT set_config('role', 'berichten_lezer', true), set_config('berichten.gemeente', :gemeente, true),"
    " set_config('berichten.agb', :agb, true)"
)


def _with_driver(url: str) -> str:
    """Users write `postgresql://…`; SQLAlchemy wants the driver named."""
    for begin in ("postgresql://", "postgres://"):
        if url.startswith(begin):
            return "postgresql+psycopg://" + url.removeprefix(begin)
    return url
