"""What only who owns the database can do: tests tamper under his name, since the service has no right to."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from berichten.opslag.basis.verbinding import Opslag
from berichten.opslag.server.migraties import quoted, role_names
from berichten.processen.basis.werkplaats import Werkplaats


@contextmanager
def as_owner(werkplaats: Werkplaats) -> Iterator[Connection]:
    """A transaction of the owner of this database, which the settings name."""
    opslag = Opslag(werkplaats.instellingen.database_url, 1)
    try:
        with opslag.transaction() as verbinding:
            yield verbinding
    finally:
        opslag.close()


def role(verbinding: Connection, soort: str) -> str:
    """The name of a role of this database, as SQL writes it."""
    return quoted(role_names(verbinding)[soort])
