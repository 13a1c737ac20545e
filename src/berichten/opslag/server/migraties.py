"""Brings a database to the newest schema, with the migrations that the package carries."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from berichten.opslag.basis.verbinding import Opslag

_EEN_TEGELIJK = 4842026
"""Key of the advisory lock under which one process at a time migrates."""


def upgrade(opslag: Opslag) -> None:
    """Run every migration that this database has not had; safe when several processes start at once."""
    with opslag.engine.connect() as verbinding:
        verbinding.execute(text("SELECT pg_advisory_lock(:slot)"), {"slot": _EEN_TEGELIJK})
        verbinding.commit()
        try:
            config = Config()
            config.set_main_option("script_location", str(migrations_dir()))
            config.attributes["connection"] = verbinding
            command.upgrade(config, "head")
            verbinding.commit()
        finally:
            verbinding.execute(text("SELECT pg_advisory_unlock(:slot)"), {"slot": _EEN_TEGELIJK})
            verbinding.commit()


def migrations_dir() -> Path:
    """Folder of the migrations: inside an installed package, else at the top of the checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "_migrations"
    return inside if inside.is_dir() else package.parents[1] / "migrations"
