"""The embedded database set back to a moment: what was there then is there, what came later is not, and the books tie."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner, Result

from berichten.cli import app
from berichten.instellingen import Instellingen
from berichten.klok import read_clock
from berichten.opslag.server.basiskopie import begin_archive, list_copies, set_back
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.server.programma import IngebedFout
from berichten.opslag.wacht.archiefstand import keeps_log
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from tests.conftest import VANDAAG, Vertel
from tests.hulp.besluiten import MRT, fill_town, submit
from tests.hulp.declareer import Regel

_TELLING = "SELECT (SELECT count(*) FROM bericht), (SELECT count(*) FROM journaal), (SELECT sum(bedrag)::bigint FROM journaal)"


@pytest.fixture
def omgeving(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The server's user walks to the archive as an administrator's does: through folders that are open to it."""
    with TemporaryDirectory() as map_:
        plek = Path(map_)
        plek.chmod(0o755)
        monkeypatch.setenv("BERICHTEN_DATABASE_URL", "")
        monkeypatch.setenv("BERICHTEN_VAR", str(plek / "var"))
        monkeypatch.setenv("BERICHTEN_KOPIE_MAP", str(plek / "elders"))
        monkeypatch.setenv("BERICHTEN_HUIDIGE_DATUM", VANDAAG.isoformat())
        yield plek


def run(*woorden: object) -> Result:
    return CliRunner().invoke(app, [str(woord) for woord in woorden])


def test_back_to_a_moment_between_two_declarations(omgeving: Path, vertel: Vertel) -> None:
    with open_werkplaats(Instellingen()) as werkplaats:
        fill_town(werkplaats, 700)
        kopie = run("kopie", "maak")
        assert kopie.exit_code == 0, kopie.output
        submit(werkplaats, Regel("A", 700, MRT, 4))
        toen, moment = count(werkplaats), clock(werkplaats)
        submit(werkplaats, Regel("B", 700, MRT, 4))
        assert count(werkplaats) != toen
        assert "basis-" in run("kopie", "toon").output
    terug = run("kopie", "herstel", omgeving / "terug", "--tot", moment)
    assert terug.exit_code == 0, terug.output
    assert "De boeken sluiten" in terug.output
    with open_werkplaats(Instellingen(var=omgeving / "terug", kopie_map=None)) as hersteld:
        assert count(hersteld) == toen
        submit(hersteld, Regel("C", 700, MRT, 4))
    laatste = run("kopie", "herstel", omgeving / "laatste")
    assert laatste.exit_code == 0, laatste.output
    with open_werkplaats(Instellingen(var=omgeving / "laatste", kopie_map=None)) as hersteld:
        assert count(hersteld)[0] == toen[0] + 1
        assert not is_kept(hersteld)
    laat = work_on_what_was_set_back(omgeving)
    assert run("kopie", "herstel", omgeving / "weer").exit_code == 0
    with open_werkplaats(Instellingen(var=omgeving / "weer", kopie_map=None)) as hersteld:
        assert count(hersteld) == laat
    vertel(f"\nteruggezet op een moment: {toen[0]} berichten, {toen[2]} cent, zoals op dat moment; boeken sluiten")


def work_on_what_was_set_back(omgeving: Path) -> tuple[int, ...]:
    """Take it into use as the service does, and do some more; what there is then. As it was only looked at it was no copy's."""
    wachten = {**os.environ, "BERICHTEN_VAR": str(omgeving / "terug")}
    geweigerd = CliRunner().invoke(app, ["kopie", "maak"], env=wachten)
    assert "nog niet in gebruik" in " ".join(geweigerd.output.split()), geweigerd.output
    begin_archive(omgeving / "terug", omgeving / "elders", read_clock)
    assert len(list_copies(omgeving / "elders")) == 2
    begin_archive(omgeving / "terug", omgeving / "elders", read_clock)
    assert len(list_copies(omgeving / "elders")) == 2
    with open_werkplaats(Instellingen(var=omgeving / "terug")) as hersteld:
        submit(hersteld, Regel("D", 700, MRT, 4))
        assert is_kept(hersteld)
        return count(hersteld)


def is_kept(werkplaats: Werkplaats) -> bool:
    with werkplaats.opslag.transaction() as verbinding:
        return keeps_log(verbinding)


def count(werkplaats: Werkplaats) -> tuple[int, ...]:
    with werkplaats.opslag.transaction() as verbinding:
        return tuple(verbinding.execute(text(_TELLING)).one())


def clock(werkplaats: Werkplaats) -> str:
    """The database's own moment, after what was committed."""
    with werkplaats.opslag.transaction() as verbinding:
        return str(verbinding.execute(text("SELECT clock_timestamp()")).scalar_one().isoformat())


def test_what_cannot_be_is_told_with_what_to_do(omgeving: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (omgeving / "elders").mkdir()
    geen = run("kopie", "herstel", omgeving / "terug")
    assert (geen.exit_code, "geen kopie van" in " ".join(str(geen.exception or geen.output).split())) != (0, False)
    for geen_moment in ("gisteren", "2026-11-29", "2026-W48-7T14:05"):
        assert run("kopie", "herstel", omgeving / "terug", "--tot", geen_moment).exit_code == 2
    monkeypatch.delenv("BERICHTEN_KOPIE_MAP")
    assert "BERICHTEN_KOPIE_MAP" in run("kopie", "maak").output
    monkeypatch.setenv("BERICHTEN_DATABASE_URL", "postgresql://ergens/anders")
    assert "db kopie" in run("kopie", "maak").output


def test_a_server_goes_on_without_its_archive_and_says_where_it_may_not_go(omgeving: Path) -> None:
    (omgeving / "elders").write_text("een bestand, geen map")
    with pytest.raises(Exception, match="BERICHTEN_KOPIE_MAP"), embedded_postgres(omgeving / "var", omgeving / "elders"):
        pass
    with embedded_postgres(omgeving / "var") as url, create_engine(url).connect() as verbinding:
        assert verbinding.execute(text("SHOW archive_mode")).scalar_one() == "off"


def test_nobody_takes_the_archive_of_another_and_no_new_database_passes_for_the_old(omgeving: Path) -> None:
    """A live service writes there; and the newest copy is what is taken when all is lost."""
    elders = omgeving / "elders"
    (elders / "basis-20261129T010203Z" / "data").mkdir(parents=True)
    (elders / "basis-20261129T010203Z" / "data" / "PG_VERSION").write_text("18")
    with pytest.raises(IngebedFout, match="kopie herstel"):
        begin_archive(omgeving / "var", elders, read_clock)
    for data, nummer in ((elders / "basis-20261129T010203Z" / "data", 1), (omgeving / "var" / "postgres" / "data", 2)):
        (data / "global").mkdir(parents=True)
        (data / "global" / "pg_control").write_bytes(nummer.to_bytes(8, "little") + b"de rest")
    with pytest.raises(IngebedFout, match="van een andere database"):
        begin_archive(omgeving / "var", elders, read_clock)
    if os.geteuid() == 0:
        os.chown(elders, 12345, 12345)
        with pytest.raises(IngebedFout, match="runuser -u 12345"):
            set_back(elders, omgeving / "terug", None)
