"""Brings a database to the newest schema, with the migrations that the package carries."""

from pathlib import Path
from time import sleep
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from berichten.fouten import Bedieningsfout
from berichten.opslag.basis.delen import SLOT
from berichten.opslag.basis.verbinding import Opslag
from berichten.opslag.basis.vraag import Opdracht, Vraag
from berichten.opslag.server.uitbreiden import RUIM, WACHT_OP_SLOT
from berichten.opslag.server.verenigbaar import read_oldest

_PAUZES = tuple(min(poging, 5) for poging in range(1, 40))
"""Seconds between attempts of a migration that finds a table held; three minutes in all."""
_RUIM_VANAF, _RUIM_ELKE = 20, 5
"""From this attempt on (after a minute and a half) every fifth waits longer."""
_EEN_TEGELIJK = 4842026
"""Key of the advisory lock under which one process at a time migrates."""
_WACHT = Opdracht("SELECT pg_advisory_lock(%(slot)s)")
_LAAT_LOS = Opdracht("SELECT pg_advisory_unlock(%(slot)s)")
_EIGENAAR = Vraag(
    str,
    "SELECT pg_get_userbyid(relowner) AS eigenaar FROM pg_class"
    " WHERE oid = to_regclass('public.alembic_version') AND pg_get_userbyid(relowner) LIKE '%%\\_eigenaar'",
)
_IS_ANDERS = Vraag(
    bool,
    "SELECT EXISTS (SELECT FROM aclexplode(coalesce(datacl, acldefault('d', datdba))) WHERE grantee = 0)"
    " OR NOT (SELECT bool_and(has_database_privilege(wie, datname, 'CONNECT')) FROM unnest(%(logins)s::text[]) AS wie) AS anders"
    " FROM pg_database WHERE datname = current_database()",
)
"""Whether others may come in than the logins of the service, or one of those may not."""
_DATABASE = Vraag(str, "SELECT current_database() AS naam")
_SLUIT = """
    REVOKE ALL ON DATABASE {database} FROM PUBLIC;
    GRANT CONNECT ON DATABASE {database} TO {staf}, {aanbieder}, {schrijver}, {boeker}, {portier}, {poort}, {kopie};
    GRANT TEMPORARY ON DATABASE {database} TO {schrijver}, {boeker}
"""
"""Rights on the database itself do not come along with a copy of it, so they are looked after whenever it is opened."""


def upgrade(opslag: Opslag) -> None:
    """Run every migration that this database has not had; safe when several processes start at once. `opslag` is the owner's.

    Raises Bedieningsfout for a database of before 0.1.0, whose migrations are no more, and for one of a newer version.
    """
    with opslag.engine.connect() as verbinding:
        _refuse_pooler(verbinding)
        with verbinding.begin():
            _WACHT.run(verbinding, {"slot": _EEN_TEGELIJK})
        try:
            config = _config()
            config.attributes["connection"] = verbinding
            _check_known(verbinding, config)
            _become_owner(verbinding)
            _run_all(verbinding, config)
            verbinding.commit()
        finally:
            # A migration that failed left its transaction open, in which the lock could not be given back.
            verbinding.rollback()
            with verbinding.begin():
                Opdracht("RESET ROLE").run(verbinding)
                _LAAT_LOS.run(verbinding, {"slot": _EEN_TEGELIJK})


def _refuse_pooler(verbinding: Connection) -> None:
    """The lock under which one process migrates belongs to a session, which a pooler gives to whoever comes next."""
    driver: Any = verbinding.connection.driver_connection
    if driver.gedeeld:
        raise Bedieningsfout(_POOLER)


def _run_all(verbinding: Connection, config: Config) -> None:
    """Each migration in a transaction of its own; one that finds a table held makes room for those behind it, and comes back."""
    for poging, wacht in enumerate((*_PAUZES, None)):
        try:
            _bound_waits(verbinding, RUIM if poging >= _RUIM_VANAF and poging % _RUIM_ELKE == 0 else WACHT_OP_SLOT)
            command.upgrade(config, "head")
            return
        except (DBAPIError, LockNotAvailable, DeadlockDetected) as fout:
            bezet = isinstance(getattr(fout, "orig", fout), LockNotAvailable | DeadlockDetected)
            if not bezet:
                raise
            if wacht is None:
                raise Bedieningsfout(_BEZET) from None
            verbinding.rollback()
            sleep(wacht)


def is_empty(opslag: Opslag) -> bool:
    """Whether this database was never given a schema."""
    with opslag.transaction() as verbinding:
        return MigrationContext.configure(verbinding).get_current_revision() is None


def check_fits(opslag: Opslag) -> None:
    """Raises Bedieningsfout for a database that lacks migrations of this version, or is newer than this version can work with."""
    with opslag.transaction() as verbinding:
        staat = MigrationContext.configure(verbinding).get_current_revision()
        oudste = read_oldest(verbinding)
    script = ScriptDirectory.from_config(_config())
    if staat == script.get_current_head():
        return
    bekend = {item.revision for item in script.walk_revisions()}
    if staat is None or staat in bekend:
        raise Bedieningsfout(_NOG_NIET.format(staat=staat or "leeg"))
    if oudste not in bekend:
        raise Bedieningsfout(_tell_unknown(staat))


def role_names(verbinding: Connection) -> dict[str, str]:
    """Names of the roles of this database, by what they are for: they began with its name when they were made."""
    voor = _EIGENAAR.read(verbinding).removesuffix("eigenaar")
    return {soort: voor + soort for soort in ROLLEN}


LOGINS = ("staf", "aanbieder", "schrijver", "boeker", "portier", "poort", "kopie")
ROLLEN = ("eigenaar", "slot", *LOGINS)


def quoted(naam: str) -> str:
    """A name as SQL writes it."""
    return '"' + naam.replace('"', '""') + '"'


def close_to_others(opslag: Opslag) -> None:
    """Let nobody into the database but the logins of the service."""
    with opslag.transaction() as verbinding:
        namen = role_names(verbinding)
        wie = {"logins": [namen[soort] for soort in LOGINS]}
        if _IS_ANDERS.read(verbinding, wie):
            Opdracht(SLOT).run(verbinding, {"slot": "rechten op de database"})
            rollen = {soort: quoted(naam) for soort, naam in namen.items()}
            Opdracht(_SLUIT, database=quoted(_DATABASE.read(verbinding)), **rollen).run(verbinding)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()))
    return config


def _become_owner(verbinding: Connection) -> None:
    """What migrations make belongs to the role that owns the rest; before there was one, to who runs them."""
    with verbinding.begin():
        eigenaar = _EIGENAAR.one(verbinding)
        if eigenaar is not None:
            Opdracht("SET ROLE {eigenaar}", eigenaar=quoted(eigenaar)).run(verbinding)


def _bound_waits(verbinding: Connection, wacht: str) -> None:
    with verbinding.begin():
        Opdracht("SET lock_timeout = '{wacht}'", wacht=wacht).run(verbinding)


def _check_known(verbinding: Connection, config: Config) -> None:
    bekend = {item.revision for item in ScriptDirectory.from_config(config).walk_revisions()}
    staat = MigrationContext.configure(verbinding).get_current_revision()
    verbinding.commit()
    if staat is not None and staat not in bekend:
        raise Bedieningsfout(_tell_unknown(staat))


def _tell_unknown(staat: str) -> str:
    return (_TE_OUD if staat.startswith(_VOOR_0_1_0) else _TE_NIEUW).format(staat=staat)


_VOOR_0_1_0 = "2026_11_"
"""How revisions were named before 0.1.0."""
_NOG_NIET = (
    "Deze database heeft nog niet de indeling van deze versie (maar {staat}). Voer 'berichten db upgrade' uit en start opnieuw."
)
_BEZET = (
    "De database is niet helemaal bijgewerkt: anderen hielden een tabel te lang vast. Er is niets half gebleven en de dienst werkt"
    " door. Stop lange rapporten of kopieën, en voer 'berichten db upgrade' opnieuw uit."
)
_POOLER = (
    "Dit adres is van een PgBouncer, en daardoorheen kan de database niet worden bijgewerkt. Zet BERICHTEN_DATABASE_BEHEER_URL op"
    " het adres van de database zelf en voer 'berichten db upgrade' uit; laat BERICHTEN_DATABASE_URL de login '…_boeker' noemen."
)
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
