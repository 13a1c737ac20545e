"""What only who owns the database can do: tests tamper under his name, since the service has no right to."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from berichten.opslag.basis.verbinding import Login, Opslag
from berichten.opslag.server.migraties import quoted, role_names
from berichten.processen.basis.werkplaats import Werkplaats


@contextmanager
def as_owner(werkplaats: Werkplaats) -> Iterator[Connection]:
    """A transaction of the owner of this database, which the settings name."""
    opslag = Opslag(werkplaats.instellingen.database_url, 1)
    try:
        with opslag.transaction() as verbinding:
            _inherit(verbinding)
            yield verbinding
    finally:
        opslag.close()


def _inherit(verbinding: Connection) -> None:
    """Before PostgreSQL 16 who makes a role is not in it, and so sees no row behind the walls."""
    if (verbinding.dialect.server_version_info or (16,)) < (16,):
        for login in Login:
            verbinding.execute(text(f"GRANT {role(verbinding, login)} TO CURRENT_USER"))


def role(verbinding: Connection, soort: str) -> str:
    """The name of a role of this database, as SQL writes it."""
    return quoted(role_names(verbinding)[soort])
