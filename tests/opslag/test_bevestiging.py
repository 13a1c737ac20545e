"""A server that lives and does not confirm a commit: nobody waits for it without end, and another is looked for."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import OperationalError

from api.deur.buitenlaag import explain_failure
from berichten.opslag.lijn.bewaakt import Bewaakt, make_engine
from berichten.opslag.lijn.twijfel import Twijfel
from berichten.processen.basis.bereikbaar import is_away, is_unconfirmed


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url, 1.5)
    yield engine
    engine.dispose()


def test_a_commit_that_is_not_confirmed_is_told_as_one_that_may_be_repeated(engine: Engine) -> None:
    with engine.connect() as verbinding:
        # As with a standby that is gone: the server answers everything, and is not done with this.
        for opdracht in (
            "CREATE TEMP TABLE traag (n int)",
            "CREATE FUNCTION pg_temp.slaap() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END'",
            "CREATE CONSTRAINT TRIGGER slaap AFTER INSERT ON traag DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION pg_temp.slaap()",
            "INSERT INTO traag VALUES (1)",
        ):
            verbinding.exec_driver_sql(opdracht)
        with pytest.raises(OperationalError) as gevangen:
            verbinding.commit()
    assert is_unconfirmed(gevangen.value)
    assert is_away(gevangen.value)
    probleem = explain_failure(gevangen.value)
    assert probleem.status == 503
    assert "gewoon opnieuw insturen" in probleem.detail
    with engine.begin() as verbinding:
        assert verbinding.exec_driver_sql("SELECT 1").scalar_one() == 1


def test_what_takes_long_before_the_commit_is_not_held_to_it(engine: Engine) -> None:
    with engine.begin() as verbinding:
        verbinding.exec_driver_sql("SELECT pg_sleep(2)")


def test_a_server_behind_a_pooler_is_given_up_after_it_should_have_ended_the_statement(engine: Engine) -> None:
    with engine.connect() as verbinding:
        driver = verbinding.connection.driver_connection
        assert isinstance(driver, Bewaakt)
        # A pooler would answer for it.
        driver.langste_stilte = 0.5
        with pytest.raises(OperationalError) as gevangen:
            verbinding.exec_driver_sql("SELECT pg_sleep(60)")
        assert is_away(gevangen.value)
        assert not is_unconfirmed(gevangen.value)


def test_of_several_servers_the_newest_that_takes_writes_is_chosen(database_url: str) -> None:
    url = make_url(database_url)
    host, port = str(url.query["host"]), str(url.query["port"])
    woorden = {"user": url.username, "password": url.password, "dbname": url.database, "options": "-c work_mem=8MB"}
    twijfel = Twijfel()
    gekozen = twijfel.choose((), {**woorden, "host": f"/bestaat/niet,{host}", "port": f"5432,{port}"})
    assert (gekozen["host"], gekozen["port"]) == (host, port)
    # Where nobody tells, all are tried.
    niemand = {**woorden, "host": "/bestaat/niet,/ook/niet", "port": "1,2"}
    assert twijfel.choose((), niemand) == niemand
    assert not twijfel.holds()
    twijfel.arise()
    assert twijfel.holds()
