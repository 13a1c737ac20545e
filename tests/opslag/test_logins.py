"""The logins of the service: each may do what is listed for it, and all of their passwords follow from one secret."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from berichten.fouten import Bedieningsfout
from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login, Logins, Opslag, Toegang
from berichten.opslag.lijn.adres import with_driver
from berichten.opslag.server.logins import open_logins
from berichten.opslag.server.onderhoud import refresh_statistics
from berichten.opslag.server.verenigbaar import note_oldest
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from tests.conftest import drop_database
from tests.hulp.eigenaar import as_owner

GEHEIM = "een lange toevallige tekst van veertig tekens"
ALLEN: tuple[Login | Toegang, ...] = (*Login, Toegang("0484", None), Toegang("0484", "42420001"))


@pytest.fixture
def eigen(server: str) -> Iterator[str]:
    """URL of a database with roles of its own, whose passwords a test may change."""
    naam = "proef_logins"
    beheer = create_engine(with_driver(server), isolation_level="AUTOCOMMIT")
    with beheer.connect() as verbinding:
        verbinding.execute(text(f"CREATE DATABASE {naam}"))
        yield make_url(server).set(database=naam).render_as_string(hide_password=False)
        drop_database(server, naam)
        for rol in ("eigenaar", "staf", "aanbieder", *Login):
            verbinding.execute(text(f"DROP ROLE IF EXISTS {naam}_{rol}"))
    beheer.dispose()


@pytest.fixture
def geheim(tmp_path: Path) -> Path:
    bestand = tmp_path / "geheim"
    bestand.write_text(GEHEIM)
    return bestand


def as_boeker(url: str) -> str:
    """What an administrator writes who keeps the owner's password to himself."""
    return make_url(url).set(username="proef_logins_boeker", password="").render_as_string()


def test_a_service_that_never_meets_the_owner(eigen: str, geheim: Path, tmp_path: Path) -> None:
    open_logins(eigen, geheim, tmp_path)
    with open_werkplaats(Instellingen(database_url=as_boeker(eigen), database_geheim=geheim, var=tmp_path)) as werkplaats:
        assert werkplaats.is_ready()
        for wie, login in zip(ALLEN, (*Login, "staf", "aanbieder"), strict=True):
            with werkplaats.opslag.transaction(wie) as verbinding:
                assert verbinding.execute(text("SELECT session_user")).scalar_one() == f"proef_logins_{login}"


def test_a_service_without_the_owner_waits_for_who_upgrades(eigen: str, geheim: Path, tmp_path: Path) -> None:
    open_logins(eigen, geheim, tmp_path)
    with create_engine(with_driver(eigen)).begin() as verbinding:
        verbinding.execute(text("UPDATE alembic_version SET version_num = '0001_start'"))
    with pytest.raises(Bedieningsfout, match="berichten db upgrade"):
        open_logins(as_boeker(eigen), geheim, tmp_path)
    with create_engine(with_driver(eigen)).begin() as verbinding:
        verbinding.execute(text("UPDATE alembic_version SET version_num = '9999_later'"))
        note_oldest(verbinding, "9999_later")
    with pytest.raises(Bedieningsfout, match="nieuwere versie"):
        open_logins(as_boeker(eigen), geheim, tmp_path)


def test_a_secret_that_is_missing_or_short_is_told_with_what_to_do(eigen: str, tmp_path: Path) -> None:
    with pytest.raises(Bedieningsfout, match="BERICHTEN_DATABASE_GEHEIM"):
        open_logins(as_boeker(eigen), None, tmp_path)
    (tmp_path / "kort").write_text("kort")
    for bestand in ("kort", "weg"):
        with pytest.raises(Bedieningsfout, match="openssl rand -hex 32"):
            open_logins(eigen, tmp_path / bestand, tmp_path)


def test_another_secret_gives_other_passwords_and_ends_the_old_ones(eigen: str, geheim: Path, tmp_path: Path) -> None:
    oud = open_logins(eigen, geheim, tmp_path)
    geheim.write_text(GEHEIM[::-1])
    nieuw = open_logins(eigen, geheim, tmp_path)
    assert comes_in(nieuw)
    assert not comes_in(oud)
    assert GEHEIM not in repr(nieuw)
    assert str(make_url(nieuw.boeker).password) not in repr(nieuw)


def comes_in(logins: Logins) -> bool:
    opslag = Opslag(logins, 1)
    try:
        with opslag.transaction(), opslag.transaction(Toegang("0484", None)), opslag.transaction(Toegang("0484", "1")):
            return True
    except OperationalError:
        return False
    finally:
        opslag.close()


def test_the_owner_reads_for_nobody(server: str) -> None:
    opslag = Opslag(server)
    with pytest.raises(ValueError, match="eigenaar"), opslag.transaction(Toegang("0484", None)):
        pass
    opslag.close()


_GEWEIGERD = r"permission denied|must be (owner|superuser)"
BUITEN_BEREIK = (
    "UPDATE prestatie SET bedrag = 1",
    "UPDATE bericht SET agb = '42420009'",
    "UPDATE api_sleutel SET rol = 'beheer'",
    "UPDATE betaalrekening SET iban = 'NL91ABNA0417164300'",
    "UPDATE journaal SET bedrag = 1",
    "DELETE FROM journaal",
    "INSERT INTO boektotaal (gemeente) VALUES ('0484')",
    "UPDATE boektotaal SET toegekend = 0",
    "DELETE FROM boektotaal",
    "DELETE FROM toewijzingtotaal",
    "DELETE FROM prestatie",
    "DELETE FROM inzagelog",
    "DELETE FROM inzagelog_client",
    "DELETE FROM inzagelogzegel",
    "UPDATE inzagelog_teller SET keren = 0",
    "TRUNCATE journaal",
    "ALTER TABLE journaal DISABLE TRIGGER ALL",
    "DROP TRIGGER journaal_alleen_erbij ON journaal",
    "CREATE OR REPLACE FUNCTION weiger_wijziging() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TABLE eigen (n int)",
    "CREATE SCHEMA eigen",
    "ALTER TABLE prestatie DISABLE ROW LEVEL SECURITY",
    "DROP POLICY boeker ON prestatie",
    "CREATE TRIGGER stil BEFORE UPDATE ON prestatie FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "SET session_replication_role = replica",
    "SELECT rolpassword FROM pg_authid",
    "SELECT pg_read_file('pg_hba.conf')",
    "COPY prestatie TO PROGRAM 'cat'",
    "COPY prestatie TO '/tmp/prestatie'",
    "CREATE ROLE eigen",
    "UPDATE alembic_version SET version_num = ''",
)


@pytest.mark.parametrize("opdracht", BUITEN_BEREIK)
def test_what_no_login_may_do(werkplaats: Werkplaats, opdracht: str) -> None:
    """Triggers, journal, structure and server are out of the application's reach, whatever statement reaches the database."""
    for wie in ALLEN:
        with (
            pytest.raises(DBAPIError, match=r"permission denied|must be owner|must be superuser"),
            werkplaats.opslag.transaction(wie) as verbinding,
        ):
            verbinding.execute(text(opdracht))


@pytest.mark.parametrize("rol", ["eigenaar", "staf", "aanbieder", *Login])
def test_no_login_takes_on_another_role(werkplaats: Werkplaats, rol: str) -> None:
    for wie in ALLEN:
        with werkplaats.opslag.transaction(wie) as verbinding:
            naam = verbinding.execute(text("SELECT session_user")).scalar_one()
        ander = f"{naam.rpartition('_')[0]}_{rol}"
        if ander != naam:
            with pytest.raises(DBAPIError, match="permission denied"), werkplaats.opslag.transaction(wie) as verbinding:
                verbinding.execute(text(f'SET ROLE "{ander}"'))


NIET_VAN_HEM = {
    Login.SCHRIJVER: (
        "SELECT geheim_sha256 FROM api_sleutel",
        "SELECT * FROM api_sleutel",
        "SELECT wachtwoord FROM gebruiker",
        "SELECT sessie_sha256, csrf_geheim FROM sessie",
        "SELECT * FROM inlogstaat",
        "SELECT * FROM rol_toekenning",
        "SELECT subject FROM persoon_koppeling",
        "INSERT INTO rol_toekenning (gemeente) VALUES ('0484')",
        "INSERT INTO machtiging (gemeente) VALUES ('0484')",
        "UPDATE api_sleutel SET ingetrokken_op = NULL",
        "UPDATE persoon SET geblokkeerd_op = NULL",
        "UPDATE systeem SET ingetrokken_op = NULL",
        "INSERT INTO prestatie (gemeente) VALUES ('0484')",
        "INSERT INTO toewijzing (gemeente) VALUES ('0484')",
        "UPDATE toewijzing SET volume = 1",
        "INSERT INTO journaalzegel (gemeente) VALUES ('0484')",
        "INSERT INTO boekencontrole (gemeente) VALUES ('0484')",
        "DELETE FROM bericht",
        "DELETE FROM bericht_inhoud",
        "DELETE FROM bevinding",
        "SELECT bekijk_statistieken()",
    ),
    Login.BOEKER: (
        "SELECT geheim_sha256 FROM api_sleutel",
        "SELECT * FROM api_sleutel",
        "SELECT wachtwoord FROM gebruiker",
        "SELECT sessie_sha256, csrf_geheim FROM sessie",
        "SELECT * FROM inlogstaat",
        "SELECT * FROM rol_toekenning",
        "INSERT INTO rol_toekenning (gemeente) VALUES ('0484')",
        "UPDATE api_sleutel SET ingetrokken_op = NULL",
        "INSERT INTO besluit (gemeente) VALUES ('0484')",
        "INSERT INTO betaalrun (gemeente) VALUES ('0484')",
        "UPDATE betaalrun SET status = 'goedgekeurd'",
        "INSERT INTO betaalrekening (gemeente) VALUES ('0484')",
        "INSERT INTO rekeningoordeel (gemeente) VALUES ('0484')",
        "UPDATE betaalblokkade SET opgeheven_op = now()",
        "INSERT INTO opmerking (gemeente) VALUES ('0484')",
        "UPDATE tarief SET tarief = 1",
        "UPDATE tarief SET einddatum = NULL",
        "DELETE FROM verantwoording",
        "SELECT * FROM weergave",
        "UPDATE prestatie SET zonder_feiten = 0",
    ),
    Login.PORTIER: (
        "SELECT * FROM bericht",
        "SELECT * FROM bericht_inhoud",
        "SELECT * FROM prestatie",
        "SELECT * FROM toewijzing",
        "SELECT * FROM journaal",
        "SELECT * FROM betaalrekening",
        "SELECT * FROM inzagelog",
        "INSERT INTO bericht (gemeente) VALUES ('0484')",
        "INSERT INTO besluit (gemeente) VALUES ('0484')",
        "INSERT INTO betaalrun (gemeente) VALUES ('0484')",
        "CREATE TEMP TABLE eigen (n int)",
        "UPDATE api_sleutel SET geheim_sha256 = ''",
        "UPDATE rol_toekenning SET rol = 'beheer'",
        "DELETE FROM persoon",
    ),
}


@pytest.mark.parametrize("wie", Login)
def test_who_writes_who_books_and_who_stands_at_the_door_do_not_do_each_others_work(werkplaats: Werkplaats, wie: Login) -> None:
    for opdracht in NIET_VAN_HEM[wie]:
        with pytest.raises(DBAPIError, match="permission denied"), werkplaats.opslag.transaction(wie) as verbinding:
            verbinding.execute(text(opdracht))


def test_who_books_adds_reference_data_nowhere_but_under_the_gemeente_that_is_none(werkplaats: Werkplaats) -> None:
    opdracht = text("INSERT INTO aanbieder (gemeente, agb, naam) VALUES (:g, '42420001', 'De Wilgen')")
    with werkplaats.opslag.rehearsal(Login.BOEKER) as verbinding:
        verbinding.execute(opdracht, {"g": "0000"})
    with werkplaats.opslag.transaction() as verbinding:
        verbinding.execute(
            text(
                "INSERT INTO regelbeleid (gemeente, agb, regel, gevolg, retourcode, ingangsdatum)"
                " VALUES ('0484', '', 'DA01', 'uit', '', now())"
            )
        )
    with werkplaats.opslag.rehearsal(Login.BOEKER) as verbinding:
        assert verbinding.execute(text("UPDATE regelbeleid SET gevolg = 'signaal'")).rowcount == 0
    with pytest.raises(DBAPIError, match="row-level security"), werkplaats.opslag.rehearsal(Login.BOEKER) as verbinding:
        verbinding.execute(opdracht, {"g": "0484"})


@pytest.mark.parametrize("toegang", [Toegang("0484", None), Toegang("0484", "42420001")])
@pytest.mark.parametrize(
    "opdracht",
    ["SELECT * FROM api_sleutel", "SELECT * FROM machtiging", "CREATE TEMP TABLE eigen (n int)", "SELECT bekijk_statistieken()"],
)
def test_who_reads_has_no_keys_and_no_room_of_his_own(werkplaats: Werkplaats, toegang: Toegang, opdracht: str) -> None:
    with pytest.raises(DBAPIError, match="permission denied"), werkplaats.opslag.transaction(toegang) as verbinding:
        verbinding.execute(text(opdracht))


def test_nobody_else_comes_into_the_database(werkplaats: Werkplaats) -> None:
    with as_owner(werkplaats) as verbinding:
        publiek = verbinding.execute(
            text("SELECT count(*) FROM pg_database, aclexplode(datacl) WHERE datname = current_database() AND grantee = 0")
        ).scalar_one()
        naar_schema = verbinding.execute(
            text("SELECT count(*) FROM pg_namespace, aclexplode(nspacl) WHERE nspname = 'public' AND grantee = 0")
        ).scalar_one()
    assert (publiek, naar_schema) == (0, 0)


def test_who_books_has_the_planner_look_again(werkplaats: Werkplaats) -> None:
    vraag = text("SELECT analyze_count FROM pg_stat_user_tables WHERE relname = 'prestatie'")
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        eerder = verbinding.execute(vraag).scalar_one()
    refresh_statistics(werkplaats.opslag)
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        verbinding.execute(text("SELECT pg_stat_force_next_flush()"))
        verbinding.execute(text("SELECT pg_stat_clear_snapshot()"))
        assert verbinding.execute(vraag).scalar_one() > eerder
