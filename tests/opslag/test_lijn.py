"""The line to the database: how its address may be written, and what becomes of who waits for a server that hangs."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from berichten.opslag.basis.verbinding import Opslag
from berichten.opslag.basis.vraag import Opdracht
from berichten.opslag.berichten.bundels import limit_waits
from berichten.opslag.lijn import bewaakt
from berichten.opslag.lijn.adres import as_conninfo, with_driver
from berichten.opslag.wacht.seinlijn import open_leiding
from berichten.processen.basis.bereikbaar import is_away
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.bevriezen import Doorgeefluik
from workers import gehoor

_TWEE = {"host": ("h1:5432", "h2:6432"), "target_session_attrs": "read-write"}


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@h1:5432,h2:6432/d",
        "postgres://u:p@h1,h2:6432/d?",
        "postgresql+psycopg://u:p@/d?host=h1:5432&host=h2:6432",
        "postgresql://u:p@h1:5432,h2:6432/d?target_session_attrs=read-write",
    ],
)
def test_several_machines_may_be_written_as_libpq_does(url: str) -> None:
    doel = make_url(with_driver(url))
    assert (doel.drivername, doel.username, doel.password, doel.database) == ("postgresql+psycopg", "u", "p", "d")
    assert dict(doel.query) == _TWEE


@pytest.mark.parametrize(
    ("url", "vraag"),
    [
        ("postgresql://u@[::1],[::2]:6432/d?sslmode=require", {"host": ("[::1]:5432", "[::2]:6432"), "sslmode": "require"}),
        ("postgresql://h1,h2/d?target_session_attrs=any", {"host": ("h1:5432", "h2:5432"), "target_session_attrs": "any"}),
        ("postgresql://u@h1/d?sslmode=require", {"sslmode": "require"}),
        ("postgresql://u:a%2Cb@h1/d", {}),
    ],
)
def test_what_else_is_said_of_the_address_stays(url: str, vraag: dict[str, object]) -> None:
    assert {naam: waarde for naam, waarde in make_url(with_driver(url)).query.items() if waarde != "read-write"} == vraag


def test_programs_of_postgresql_get_every_machine_and_no_password() -> None:
    assert conninfo_to_dict(as_conninfo("postgresql://u:p@h1,h2:6432/d")) == {
        "user": "u", "dbname": "d", "host": "h1,h2", "port": "5432,6432", "target_session_attrs": "read-write",
    }  # fmt: skip


@pytest.fixture
def machines(werkplaats: Werkplaats) -> Iterator[tuple[Doorgeefluik, Doorgeefluik]]:
    """Two ways to the same server, each a machine in the eyes of who connects."""
    doel = make_url(werkplaats.instellingen.database_url)
    naar = Path(str(doel.query["host"])) / f".s.PGSQL.{doel.query['port']}"
    paar = Doorgeefluik(naar), Doorgeefluik(naar)
    yield paar
    for machine in paar:
        machine.close()


def opened_at(werkplaats: Werkplaats, *machines: Doorgeefluik) -> Opslag:
    doel = make_url(werkplaats.opslag.logins.boeker)
    waar = [f"127.0.0.1:{machine.port}" for machine in machines]
    return Opslag(doel.set(host=None, port=None, query={"host": waar}).render_as_string(hide_password=False), 2)


def test_who_waits_for_a_server_that_hangs_is_told(werkplaats: Werkplaats, machines: tuple[Doorgeefluik, Doorgeefluik]) -> None:
    """With a statement under way, before the first word on a connection from the pool, and before there is a connection."""
    opslag = opened_at(werkplaats, machines[0])
    with opslag.transaction() as verbinding:
        verbinding.execute(text("SELECT 1"))
    threading.Timer(0.2, machines[0].hang).start()
    with pytest.raises(OperationalError, match="antwoordt niet meer"):
        sleep(opslag, 60)
    for _ in range(2):
        with pytest.raises(OperationalError, match="geen databaseserver antwoordt"):
            sleep(opslag, 0)
    machines[0].resume()
    opslag.close()


def sleep(opslag: Opslag, seconden: float) -> str:
    with opslag.transaction() as verbinding:
        return str(verbinding.execute(text("SELECT pg_sleep(:s)::text || 'klaar'"), {"s": seconden}).scalar_one())


def test_a_pooler_that_has_no_server_for_a_new_connection_is_given_up(
    werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bewaakt, "_EERSTE_ANTWOORD", 0.2)
    monkeypatch.setattr(bewaakt, "_WIE_ANTWOORDT", f"{bewaakt._WIE_ANTWOORDT} FROM pg_sleep(60)")
    opslag = Opslag(werkplaats.opslag.logins, 1)
    with pytest.raises(OperationalError, match="antwoordt niet meer"), opslag.transaction():
        pass
    opslag.close()


def test_behind_a_pooler_who_waits_at_the_door_is_told_soon_and_others_have_their_time(
    werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bewaakt, "_HAAST", 1.0)
    monkeypatch.setattr(bewaakt, "_WIE_ANTWOORDT", "SELECT 0, 600.0::float8")
    opslag = Opslag(werkplaats.opslag.logins, 1)

    def hurry() -> None:
        with opslag.transaction() as verbinding:
            limit_waits(verbinding, 2)
            verbinding.execute(text("SELECT pg_sleep(60)"))

    with pytest.raises(OperationalError, match="antwoordt niet meer"):
        hurry()
    # Of a connection that is new, and of one that was kept.
    assert [sleep(opslag, seconden) for seconden in (0, 1.5)] == ["klaar", "klaar"]
    opslag.close()


def test_a_server_that_takes_long_but_lives_is_waited_for(
    werkplaats: Werkplaats, machines: tuple[Doorgeefluik, Doorgeefluik]
) -> None:
    opslag = opened_at(werkplaats, machines[0])
    assert sleep(opslag, 2.5) == "klaar"
    opslag.close()


def test_a_machine_that_hangs_is_passed_over_also_when_it_stands_first(
    werkplaats: Werkplaats, machines: tuple[Doorgeefluik, Doorgeefluik]
) -> None:
    eerste, tweede = machines
    opslag = opened_at(werkplaats, eerste, tweede)
    # Of the first, unless this machine is so busy that it passes for one that hangs.
    with opslag.transaction() as verbinding:
        verbinding.execute(text("SELECT 1"))
    eerste.hang()
    for _ in range(3):
        with opslag.transaction() as verbinding:
            assert verbinding.connection.driver_connection.info.port == tweede.port
    eerste.resume()
    opslag.close()


def test_the_server_ends_a_statement_that_takes_longer_than_its_login_may(werkplaats: Werkplaats) -> None:
    with werkplaats.opslag.transaction() as verbinding:
        grenzen: dict[str, str] = dict(
            verbinding.execute(
                text(
                    "SELECT regexp_replace(rolname, '.*_', ''), split_part(grens, '=', 2) FROM pg_roles, unnest(rolconfig) AS grens"
                    " WHERE rolname = ANY(:namen) AND grens LIKE 'statement_timeout=%'"
                ),
                {"namen": [make_url(url).username for url in vars_of(werkplaats)]},
            ).all()
        )
        assert verbinding.execute(text("SHOW statement_timeout")).scalar_one() in ("10min", "0")
    assert grenzen == {
        "schrijver": "600s", "boeker": "1800s", "portier": "15s", "staf": "300s", "aanbieder": "120s", "poort": "15s",
    }  # fmt: skip


def vars_of(werkplaats: Werkplaats) -> list[str]:
    logins = werkplaats.opslag.logins
    return [logins.schrijver, logins.boeker, logins.portier, logins.staf, logins.aanbieder, logins.poort, logins.kopie]


def test_a_connection_to_what_became_a_standby_is_not_used_again(werkplaats: Werkplaats) -> None:
    opslag = Opslag(werkplaats.opslag.logins.schrijver, 1)
    eerder = serving_process(opslag)
    with pytest.raises(OperationalError) as fout:
        write_as_at_a_standby(opslag)
    assert is_away(fout.value)
    assert serving_process(opslag) != eerder
    opslag.close()


def serving_process(opslag: Opslag) -> int:
    with opslag.transaction() as verbinding:
        return int(verbinding.execute(text("SELECT pg_backend_pid()")).scalar_one())


def write_as_at_a_standby(opslag: Opslag) -> None:
    with opslag.transaction() as verbinding:
        Opdracht("SET TRANSACTION READ ONLY").run(verbinding)
        Opdracht("UPDATE declaratie SET gemeente = gemeente").run(verbinding)


def test_who_only_listens_leaves_a_server_that_is_doubted(werkplaats: Werkplaats, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody calls any more from the one whose place was taken: the ear looks again, where messages may wait."""
    monkeypatch.setattr(gehoor, "_NAVRAAG", 0.0)
    monkeypatch.setattr(gehoor, "_OPNIEUW", 0.0)
    gekeken = threading.Semaphore(0)
    oor = gehoor.Seingehoor(werkplaats.opslag.logins.boeker, lambda _: None, gekeken.release)
    with open_leiding(werkplaats.opslag.logins.boeker) as leiding:
        oor.start()
        assert gekeken.acquire(timeout=30)
        leiding.check()
        monkeypatch.setattr(bewaakt._TWIJFEL, "sinds", time.monotonic())
        assert gekeken.acquire(timeout=30)
        with pytest.raises(psycopg.OperationalError):
            leiding.check()
    oor.stop()
