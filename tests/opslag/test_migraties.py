"""Migrations from 0.1.0 on: its start never changes, a filled database of it comes along, and one of before it is refused."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, make_url, text

from berichten.cli.basis.huis import open_house
from berichten.fouten import Bedieningsfout
from berichten.opslag.basis.verbinding import Opslag
from berichten.opslag.server.logins import open_logins
from berichten.opslag.server.migraties import migrations_dir, upgrade
from tests.conftest import drop_database
from tests.hulp.geld.boeken import SOMMEN

BEVROREN = "f5822b0f561c4c532fcb6c49f1f9d394a32605d1806d6334b6369d039ef9f640"
"""Of the start of 0.1.0. It never changes: what comes after is a revision of its own."""
GEVULD = Path(__file__).with_name("stand_0_1_0.sql")
"""What the tables of a small town held at 0.1.0."""


@pytest.fixture
def leeg(server: str) -> Iterator[Opslag]:
    """A database without tables."""
    naam = "migraties_leeg"
    with create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT").connect() as verbinding:
        verbinding.execute(text(f"CREATE DATABASE {naam}"))
    opslag = Opslag(make_url(server).set(database=naam).render_as_string(hide_password=False))
    yield opslag
    opslag.close()
    drop_database(server, naam)


def test_the_start_is_frozen() -> None:
    som = hashlib.sha256()
    for bestand in (*sorted((migrations_dir() / "start").glob("*.sql")), migrations_dir() / "versions" / "0001_start.py"):
        som.update(bestand.name.encode() + b"\0" + bestand.read_bytes())
    assert som.hexdigest() == BEVROREN


def test_a_filled_database_of_0_1_0_comes_along(leeg: Opslag, tmp_path: Path) -> None:
    """Counted afterwards under a login of the service: before PostgreSQL 16 the owner sees no row behind the walls."""
    with leeg.engine.connect() as verbinding:
        config = Config()
        config.set_main_option("script_location", str(migrations_dir()))
        config.attributes["connection"] = verbinding
        command.upgrade(config, "0001_start")
        verbinding.commit()
    with leeg.transaction() as verbinding:
        verbinding.connection.cursor().execute(GEVULD.read_text(encoding="utf-8"))
    voor = _count(leeg)
    dienst = Opslag(open_logins(leeg.engine.url.render_as_string(hide_password=False), None, tmp_path), 1)
    assert voor["prestatie"] > 100
    assert voor["journaal"] > 50
    assert _count(dienst) == voor
    assert _uncounted(dienst) == 0
    dienst.close()


@pytest.mark.parametrize(
    ("staat", "zin"), [("2026_11_30_zelfde_naam", "van vóór versie 0.1.0"), ("9999_later", "van een nieuwere versie")]
)
def test_a_database_of_another_age_is_refused_in_dutch(leeg: Opslag, staat: str, zin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with leeg.transaction() as verbinding:
        verbinding.execute(text("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)"))
        verbinding.execute(text("INSERT INTO alembic_version VALUES (:staat)"), {"staat": staat})
    with pytest.raises(Bedieningsfout, match=zin) as fout:
        upgrade(leeg)
    assert "BERICHTEN_DATABASE_URL" in str(fout.value)
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", leeg.engine.url.set(drivername="postgresql").render_as_string(hide_password=False))
    with pytest.raises(Bedieningsfout, match=zin), open_house():
        pass
    with leeg.transaction() as verbinding:
        assert verbinding.execute(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).scalar_one() == 1


def _uncounted(opslag: Opslag) -> int:
    """Rows that the totals of each day have and the entries do not, and the other way round."""
    with opslag.transaction() as verbinding:
        vraag = f"(TABLE boektotaal EXCEPT ({SOMMEN})) UNION ALL (({SOMMEN}) EXCEPT TABLE boektotaal)"
        assert verbinding.execute(text("SELECT count(*) FROM boektotaal")).scalar_one() > 10
        return len(verbinding.execute(text(vraag)).all())


def _count(opslag: Opslag) -> dict[str, int]:
    with opslag.transaction() as verbinding:
        return {
            naam: verbinding.execute(text(f"SELECT count(*) FROM {naam}")).scalar_one()
            for naam in ("bericht", "bevinding", "toewijzing", "declaratie", "prestatie", "journaal", "antwoord")
        }
