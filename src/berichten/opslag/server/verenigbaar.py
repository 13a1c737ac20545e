"""Which versions of the service may work with a database: one that is newer than they are says so itself.

Services are replaced one by one, so that for a while older ones work, and may have to start again, beside the schema of the newest.
That goes well when a migration only adds. One that takes something away, or asks for what older services do not write, says
`breekt = True`; what it breaks with must be out of use since the release before (expand in one release, contract in the next).
What fits stands beside the schema's own number, as the comment of its table.
"""

import re

from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from berichten.opslag.basis.vraag import Opdracht, Vraag

_EERSTE = "0019_nummers"
"""Services of before this revision do not look at what fits."""
_ZIN = "Werkt met een dienst van indeling {oudste} en later."
_GELEZEN = re.compile(r"van indeling (\S+) en later")
_SCHRIJF = "COMMENT ON TABLE alembic_version IS '{zin}'"
_LEES = Vraag(str, "SELECT coalesce(obj_description(to_regclass('public.alembic_version'), 'pg_class'), '') AS zin")


def oldest_fitting(script: ScriptDirectory, staat: str) -> str:
    """The newest revision up to `staat` that broke with what was before it."""
    for item in script.iterate_revisions(staat, "base"):
        if item.revision == _EERSTE or getattr(item.module, "breekt", False):
            return item.revision
    return staat


def note_oldest(verbinding: Connection, oudste: str) -> None:
    """Keep from which revision on a service fits, in the transaction that brings the schema there."""
    Opdracht(_SCHRIJF, zin=_ZIN.format(oudste=oudste)).run(verbinding)


def read_oldest(verbinding: Connection) -> str:
    """What was noted; empty when nothing was."""
    gevonden = _GELEZEN.search(_LEES.read(verbinding))
    return gevonden[1] if gevonden else ""
