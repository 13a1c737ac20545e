"""Brings a database to the newest schema, with the migrations that the package carries."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from berichten.fouten import Bedieningsfout
from berichten.opslag.basis.verbinding import Opslag
from berichten.opslag.basis.vraag import Opdracht

_EEN_TEGELIJK = 4842026
"""Key of the advisory lock under which one process at a time migrates."""
_WACHT = Opdracht("SELECT pg_advisory_lock(%(slot)s)")
_LAAT_LOS = Opdracht("SELECT pg_advisory_unlock(%(slot)s)")


def upgrade(opslag: Opslag) -> None:
    """Run every migration that this database has not had; safe when several processes start at once.

    Raises Bedieningsfout for a database of before 0.1.0, whose migrations are no more, and for one of a newer version.
    """
    with opslag.engine.connect() as verbinding:
        with verbinding.begin():
            _WACHT.run(verbinding, {"slot": _EEN_TEGELIJK})
        try:
            config = Config()
            config.set_main_option("script_location", str(migrations_dir()))
            config.attributes["connection"] = verbinding
            _check_known(verbinding, config)
            command.upgrade(config, "head")
            verbinding.commit()
        finally:
            # A migration that failed left its transaction open, in which the lock could not be given back.
            verbinding.rollback()
            with verbinding.begin():
                _LAAT_LOS.run(verbinding, {"slot": _EEN_TEGELIJK})


def _check_known(verbinding: Connection, config: Config) -> None:
    bekend = {item.revision for item in ScriptDirectory.from_config(config).walk_revisions()}
    staat = MigrationContext.configure(verbinding).get_current_revision()
    verbinding.commit()
    if staat is not None and staat not in bekend:
        raise Bedieningsfout((_TE_OUD if staat.startswith(_VOOR_0_1_0) else _TE_NIEUW).format(staat=staat))


_VOOR_0_1_0 = "2026_11_"
"""How revisions were named before 0.1.0."""
_TE_OUD = (
    "Deze database is van vóór versie 0.1.0 (indeling {staat}) en kan niet worden bijgewerkt. Zet BERICHTEN_DATABASE_URL op een"
    " nieuwe, lege database, laad de referentiegegevens opnieuw en stuur de berichten opnieuw in."
)
_TE_NIEUW = (
    "Deze database is van een nieuwere versie van dit programma (indeling {staat}). Installeer die versie, of zet"
    " BERICHTEN_DATABASE_URL op de database die bij deze versie hoort."
)


def migrations_dir() -> Path:
    """Folder of the migrations: inside an installed package, else at the top of the checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "_migrations"
    return inside if inside.is_dir() else package.parents[1] / "migrations"
