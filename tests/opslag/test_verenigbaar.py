"""Services of an older version beside a newer schema: which go on, and what a migration does to who works meanwhile."""

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text

from berichten.fouten import Bedieningsfout
from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Opslag
from berichten.opslag.server import migraties
from berichten.opslag.server.logins import open_logins
from berichten.opslag.server.migraties import migrations_dir, upgrade
from berichten.opslag.server.uitbreiden import RUIM
from berichten.processen.basis.werkplaats import open_werkplaats
from tests.conftest import drop_database
from tests.hulp.besluiten import MRT, fill_town, submit
from tests.hulp.declareer import Regel
from tests.hulp.geld.boeken import verschillen

LATER = '''"""A revision of a later version."""

from alembic import op

from berichten.opslag.server.uitbreiden import create_index

revision = "9999_later"
down_revision = "{head}"
branch_labels = None
depends_on = None
breekt = {breekt}


def upgrade() -> None:
    op.execute("ALTER TABLE bericht ADD COLUMN later text")
    create_index("bericht_later", "bericht", "(gemeente, later)")
'''


@pytest.fixture
def eigen(server: str) -> Iterator[str]:
    """URL of an empty database with roles of its own."""
    naam = "proef_verenigbaar"
    with Opslag(server, 1).engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text(f"CREATE DATABASE {naam}"))
    yield make_url(server).set(database=naam).render_as_string(hide_password=False)
    drop_database(server, naam)


def later_version(map_: Path, monkeypatch: pytest.MonkeyPatch, breekt: bool) -> pytest.MonkeyPatch:
    """From now on this process is a version that has one revision more."""
    shutil.copytree(migrations_dir(), map_ / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    head = ScriptDirectory(str(migrations_dir())).get_current_head()
    (map_ / "migrations" / "versions" / "9999_later.py").write_text(LATER.format(head=head, breekt=breekt))
    monkeypatch.setattr(migraties, "migrations_dir", lambda: map_ / "migrations")
    return monkeypatch


def upgrade_as_later_version(url: str, map_: Path, breekt: bool) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        later_version(map_, monkeypatch, breekt)
        eigenaar = Opslag(url, 1)
        upgrade(eigenaar)
        eigenaar.close()


def test_a_service_goes_on_and_starts_again_beside_a_schema_that_was_added_to(eigen: str, tmp_path: Path) -> None:
    instellingen = Instellingen(database_url=eigen, var=tmp_path / "var")
    with open_werkplaats(instellingen) as draait:
        fill_town(draait, 700)
        upgrade_as_later_version(eigen, tmp_path, breekt=False)
        submit(draait, Regel("A", 700, MRT, 4))
        with open_werkplaats(instellingen) as herstart:
            submit(herstart, Regel("B", 700, MRT, 4))
            assert verschillen(herstart) == []
            with herstart.opslag.transaction() as verbinding:
                assert verbinding.execute(text("SELECT count(later), count(*) FROM bericht")).one()[0] == 0
                assert verbinding.execute(
                    text("SELECT indisvalid FROM pg_index WHERE indexrelid = 'bericht_later'::regclass")
                ).scalar_one()


def test_a_service_does_not_start_beside_a_schema_that_broke_with_it(eigen: str, tmp_path: Path) -> None:
    open_logins(eigen, None, tmp_path)
    upgrade_as_later_version(eigen, tmp_path, breekt=True)
    with pytest.raises(Bedieningsfout, match="nieuwere versie"), open_werkplaats(Instellingen(database_url=eigen, var=tmp_path)):
        pass


def test_a_start_does_not_upgrade_what_others_may_work_with(eigen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_logins(eigen, None, tmp_path)
    later_version(tmp_path, monkeypatch, breekt=False)
    instellingen = Instellingen(database_url=eigen, var=tmp_path)
    with pytest.raises(Bedieningsfout, match="berichten db upgrade"), open_werkplaats(instellingen):
        pass
    with open_werkplaats(instellingen, werk_bij=True) as werkplaats:
        assert werkplaats.is_ready()


def test_a_migration_makes_room_while_somebody_reads_and_comes_back(
    eigen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader holds the table for longer than the migration waits at a time; who comes after the migration is let through."""
    logins = open_logins(eigen, None, tmp_path)
    lezer, later = Opslag(logins, 2), Opslag(logins, 2)
    pauzes: list[float] = []
    klaar = threading.Event()

    def pause(seconden: float) -> None:
        """In the pause nobody stands in line: the next reader is served at once. Then the first one ends."""
        pauzes.append(seconden)
        with later.transaction() as verbinding:
            verbinding.execute(text("SET LOCAL statement_timeout = '20s'"))
            verbinding.execute(text("SELECT count(*) FROM bericht"))
        klaar.set()
        leest.join()

    def read() -> None:
        with lezer.transaction() as verbinding:
            verbinding.execute(text("SELECT count(*) FROM bericht"))
            begonnen.set()
            assert klaar.wait(60)

    begonnen = threading.Event()
    leest = threading.Thread(target=read)
    leest.start()
    assert begonnen.wait(60)
    monkeypatch.setattr(migraties, "sleep", pause)
    upgrade_as_later_version(eigen, tmp_path, breekt=False)
    assert pauzes == [1]
    lezer.close()
    later.close()


def test_a_migration_that_never_gets_its_turn_is_told_and_leaves_all_as_it_was(
    eigen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits longer now and then, late: whoever cleans up after PostgreSQL's own fashion leaves only for that."""
    logins = open_logins(eigen, None, tmp_path)
    gewacht: list[str] = []

    def wait_hardly(verbinding: Connection, wacht: str) -> None:
        gewacht.append(wacht)
        bound_waits(verbinding, "1ms")

    bound_waits = migraties._bound_waits
    monkeypatch.setattr(migraties, "_bound_waits", wait_hardly)
    monkeypatch.setattr(migraties, "sleep", lambda _: None)
    lezer = Opslag(logins, 1)
    with lezer.transaction() as verbinding:
        verbinding.execute(text("SELECT count(*) FROM bericht"))
        with pytest.raises(Bedieningsfout, match="lange rapporten"):
            upgrade_as_later_version(eigen, tmp_path, breekt=False)
    assert len(gewacht) == 40
    assert [poging for poging, wacht in enumerate(gewacht) if wacht == RUIM] == [20, 25, 30, 35]
    with lezer.transaction() as verbinding:
        assert verbinding.execute(text("SELECT version_num FROM alembic_version")).scalar_one() != "9999_later"
    lezer.close()


_NEEMT_WEG = re.compile(
    r"\b(DROP\s+(TABLE|COLUMN|VIEW|FUNCTION|TYPE)|RENAME\s+(TO|COLUMN)|SET\s+NOT\s+NULL|ALTER\s+COLUMN\s+\w+\s+(SET\s+DATA\s+)?TYPE)\b",
    re.IGNORECASE,
)


def test_a_revision_that_takes_something_away_says_that_it_breaks() -> None:
    """What older services miss, as far as the text shows; of before 0020 none looked."""
    script = ScriptDirectory(str(migrations_dir()))
    stil = [
        item.revision
        for item in script.walk_revisions()
        if item.revision > "0020" and not getattr(item.module, "breekt", False) and _NEEMT_WEG.search(Path(item.path).read_text())
    ]
    assert stil == []
