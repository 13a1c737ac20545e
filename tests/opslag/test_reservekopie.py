"""A copy of the database: made under the login that may only copy, restored elsewhere, and the books tie."""

import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner, Result

from berichten.cli import app
from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Opslag, Toegang
from berichten.opslag.lijn.adres import with_driver
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.server.programma import find_tool
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from tests.conftest import VANDAAG
from tests.hulp.besluiten import APR, MRT, fill_town, submit
from tests.hulp.declareer import Regel, declaratie, send
from tests.hulp.geld.boeken import verschillen

_TELLING = "SELECT (SELECT count(*) FROM bericht), (SELECT count(*) FROM journaal), (SELECT sum(bedrag)::bigint FROM journaal)"


@pytest.fixture(scope="module")
def werkplaats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Werkplaats]:
    """On an embedded server of its own, which gives the login of copies what it needs."""
    var = tmp_path_factory.mktemp("var")
    with (
        embedded_postgres(var) as url,
        open_werkplaats(Instellingen(database_url=url, var=var, huidige_datum=VANDAAG)) as open_,
    ):
        fill_town(open_, 700)
        submit(open_, Regel("A", 700, MRT, 4))
        yield open_


def copy(werkplaats: Werkplaats, bestand: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", werkplaats.instellingen.database_url)
    monkeypatch.setenv("BERICHTEN_VAR", str(werkplaats.instellingen.var))
    return CliRunner().invoke(app, ["db", "kopie", str(bestand)])


def test_a_copy_is_restored_in_another_database_and_the_books_tie(
    werkplaats: Werkplaats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bestand = tmp_path / "kopie.dump"
    uitkomst = copy(werkplaats, bestand, monkeypatch)
    assert uitkomst.exit_code == 0, uitkomst.output
    assert stat.S_IMODE(bestand.stat().st_mode) == 0o600
    server = werkplaats.instellingen.database_url
    doel = make_url(server).set(database="teruggezet", drivername="postgresql").render_as_string(hide_password=False)
    execute(server, "CREATE DATABASE teruggezet")
    execute(doel, *VOORAF)
    restore = [str(find_tool("pg_restore")), "--exit-on-error", f"--dbname={doel}", str(bestand)]
    terug = subprocess.run(restore, capture_output=True, text=True, check=False)
    assert terug.returncode == 0, terug.stderr
    execute(doel, NADIEN)
    with open_werkplaats(werkplaats.instellingen.model_copy(update={"database_url": doel})) as hersteld:
        assert verschillen(hersteld) == []
        assert count(hersteld) == count(werkplaats)
        with hersteld.opslag.transaction(Toegang("0484", None)) as verbinding:
            assert verbinding.execute(text("SELECT count(*) FROM journaal")).scalar_one() > 0
        # Work goes on there: numbers follow on those of the copy.
        assert send(hersteld, declaratie(APR, [Regel("B", 700, MRT, 2)], identificatie="NATERUG"))["status"] != "geweigerd"
        assert count(hersteld)[0] == count(werkplaats)[0] + 1
        assert verschillen(hersteld) == []
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", doel)
    assert CliRunner().invoke(app, ["db", "controle"]).exit_code == 0


VOORAF = (
    "GRANT USAGE, CREATE ON SCHEMA public TO berichten_eigenaar",
    "GRANT CREATE ON DATABASE teruggezet TO berichten_slot",
)
NADIEN = "REVOKE CREATE ON DATABASE teruggezet FROM berichten_slot"
"""As docs/beveiliging.md says it."""


def execute(url: str, *opdrachten: str) -> None:
    engine = create_engine(with_driver(url), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as verbinding:
        for opdracht in opdrachten:
            verbinding.execute(text(opdracht))


def count(werkplaats: Werkplaats) -> tuple[int, ...]:
    with werkplaats.opslag.transaction() as verbinding:
        return tuple(verbinding.execute(text(_TELLING)).one())


def test_a_file_that_is_there_stays(werkplaats: Werkplaats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bestand = tmp_path / "kopie.dump"
    bestand.write_text("iets van gisteren")
    uitkomst = copy(werkplaats, bestand, monkeypatch)
    assert (uitkomst.exit_code, "bestaat al" in uitkomst.output) == (2, True)
    assert bestand.read_text() == "iets van gisteren"


def test_a_copy_that_fails_leaves_nothing_and_says_what_to_do(
    werkplaats: Werkplaats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uitkomst = copy(werkplaats, tmp_path / "weg" / "kopie.dump", monkeypatch)
    assert (uitkomst.exit_code, "De kopie is niet gemaakt" in " ".join(uitkomst.output.split())) == (2, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("opdracht", ["DELETE FROM journaal", "UPDATE bericht SET agb = ''", "CREATE TEMP TABLE eigen (n int)"])
def test_who_copies_changes_nothing(werkplaats: Werkplaats, opdracht: str) -> None:
    opslag = Opslag(werkplaats.opslag.logins.kopie, 1)
    with pytest.raises(DBAPIError, match="permission denied"), opslag.transaction() as verbinding:
        verbinding.execute(text(opdracht))
    opslag.close()
