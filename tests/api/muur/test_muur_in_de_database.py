"""SQL of an attacker under each login that reads: whatever statement reaches the database, no foreign row comes out or goes in.

The attacker has what an injection gives: a transaction that the service opened for its own user, and any text in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from berichten.opslag.basis.handtekening import Ondertekenaar
from berichten.opslag.basis.verbinding import Login, Opslag, Toegang
from berichten.opslag.server.migraties import role_names
from tests.conftest import Vertel
from tests.hulp.api.partijen import Partijen

G, A = "0484", "42420001"
LOGINS = {"aanbieder": Toegang(G, A), "staf": Toegang(G, None)}
TABELLEN = (
    *("antwoord", "bericht", "bericht_inhoud", "bevinding", "declaratie", "journaal", "prestatie", "toewijzing"),
    *("toewijzing_versie", "levering", "opmerking", "besluit", "betaalrekening", "betaalopdracht", "betaalregel"),
)
"""What both logins read, each with its AGB code."""

WOORDEN = [
    *("", "|", "||||||", "0518", f"{G}|{A}", "k|1|9999999999|l|0518||m", "*", "%", "' OR 1=1 --", "null"),
    *(
        "{kid}|{pid}|{tot}|{login}|0518|42420001|{mac}",
        "{kid}|{pid}|{tot}|{login}|0518||{mac}",
        "{kid}|{pid}|{tot}|{login}|0484||{mac}0",
    ),
    *("{kid}|{pid}|{tot}|{login}|0484|42420002|{mac}", "{kid}|{pid}|9999999999|{login}|0518|42420001|{mac}"),
    *(
        "{kid}|{pid}|{tot}|{login}|0518|42420001|",
        "{kid}|{pid}|{tot}|{login}|0518|42420001",
        "{kid}||{tot}|{login}|0518|42420001|{mac}",
    ),
    *(
        "|{pid}|{tot}|{login}|0518|42420001|{mac}",
        "{kid}|{pid}|{tot}|{login}|0518|42420001|{mac}|",
        "{kid}|{pid}|x|{login}|0518||{mac}",
    ),
]
"""Words that the attacker puts in the place of those that were signed for him."""
OPDRACHTEN = [
    *(
        "RESET berichten.wie",
        "RESET ALL",
        "SET row_security = off",
        "SET LOCAL row_security = off",
        "SET berichten.gemeente = '0518'",
    ),
    *("SET berichten.agb = ''", "RESET ROLE", "RESET SESSION AUTHORIZATION", "SET SESSION AUTHORIZATION DEFAULT"),
    *("SET ROLE {eigenaar}", "SET ROLE {boeker}", "SET ROLE {slot}", "SET ROLE {kopie}", "SET ROLE {poort}", "SET ROLE {staf}"),
    *("SET LOCAL ROLE {aanbieder}", "SET ROLE postgres", "SET ROLE NONE", "SET SESSION AUTHORIZATION {boeker}"),
    *("GRANT {boeker} TO {staf}, {aanbieder}", "GRANT SELECT ON api_sleutel TO PUBLIC", "ALTER ROLE {staf} BYPASSRLS"),
    *(
        "ALTER ROLE {aanbieder} BYPASSRLS",
        "ALTER ROLE {boeker} PASSWORD 'x'",
        "CREATE ROLE indringer SUPERUSER",
        "REVOKE {boeker} FROM x",
    ),
    *("ALTER TABLE prestatie DISABLE ROW LEVEL SECURITY", "ALTER TABLE prestatie NO FORCE ROW LEVEL SECURITY"),
    *("DROP POLICY staf ON prestatie", "DROP POLICY aanbieder ON prestatie", "CREATE POLICY open ON prestatie USING (true)"),
    *("ALTER POLICY staf ON prestatie USING (true)", "ALTER TABLE prestatie OWNER TO {staf}", "DROP TABLE prestatie CASCADE"),
    "CREATE OR REPLACE FUNCTION slot.wie() RETURNS text[] LANGUAGE sql AS $$ SELECT ARRAY['0518', '42420001'] $$",
    "CREATE FUNCTION public.wie() RETURNS text[] LANGUAGE sql AS $$ SELECT ARRAY['0518', '42420001'] $$",
    "CREATE FUNCTION pg_temp.wie() RETURNS text[] LANGUAGE sql AS $$ SELECT ARRAY['0518', '42420001'] $$",
    "CREATE FUNCTION pg_temp.pg_backend_pid() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$",
    "CREATE FUNCTION pg_temp.lek(t text) RETURNS bool LANGUAGE plpgsql COST 1 AS $$ BEGIN RAISE '%', t; END $$",
    *(
        "ALTER FUNCTION slot.wie() SECURITY INVOKER",
        "ALTER FUNCTION slot.wie() SET search_path = pg_temp",
        "DROP FUNCTION slot.wie()",
    ),
    *(
        "CREATE SCHEMA pg_catalogus",
        "CREATE TEMP TABLE sleutel (kid text)",
        "CREATE TEMP VIEW prestatie AS SELECT 1",
        "CREATE TABLE x ()",
    ),
    *(
        "SET search_path = pg_temp, slot, public",
        "SET search_path = ''",
        "CREATE OPERATOR = (leftarg = text, rightarg = text, function = texteq)",
    ),
    *(
        "SELECT slot.registreer('k', repeat('6', 64)::bytea, repeat('5', 64)::bytea)",
        "SELECT * FROM slot.sleutel",
        "TABLE slot.sleutel",
    ),
    *(
        "INSERT INTO slot.sleutel VALUES ('k', repeat('6', 64)::bytea, repeat('5', 64)::bytea, 'infinity')",
        "DELETE FROM slot.sleutel",
    ),
    *("COPY slot.sleutel TO STDOUT", "SELECT zet_muur('prestatie', 'SELECT', '', 'true')", "SELECT bekijk_statistieken()"),
    *("SELECT persoon_van('0518', 'x')", "SELECT geblokkeerde_prestaties('0518', 'infinity')", "SELECT tel_niet_getoond()"),
    *("SELECT * FROM pg_authid", "SELECT * FROM pg_shadow", "SELECT * FROM pg_statistic", "SELECT pg_read_file('postgresql.conf')"),
    *(
        "SELECT pg_ls_dir('.')",
        "SELECT lo_import('/etc/passwd')",
        "COPY prestatie FROM '/etc/passwd'",
        "COPY prestatie TO '/tmp/x'",
    ),
    *(
        "COPY (SELECT 1) TO PROGRAM 'id'",
        "LOAD 'x'",
        "CREATE EXTENSION dblink",
        "DO LANGUAGE plpgsql $$ BEGIN SET ROLE {boeker}; END $$",
    ),
    *("ALTER SYSTEM SET log_statement = 'all'", "SET log_statement = 'all'", "SET session_replication_role = replica"),
    *(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()",
        "LOCK TABLE prestatie IN ACCESS EXCLUSIVE MODE",
    ),
    *(
        "CREATE TRIGGER t BEFORE INSERT ON prestatie EXECUTE FUNCTION weiger_wijziging()",
        "CREATE RULE r AS ON SELECT TO prestatie DO INSTEAD SELECT 1",
    ),
]
"""Everything that might take the wall away, make another, or look past it."""
SCHRIJVEN = [
    *(
        "UPDATE prestatie SET bedrag = 1",
        "UPDATE bericht SET agb = '42420001'",
        "DELETE FROM bevinding",
        "TRUNCATE journaal CASCADE",
    ),
    "INSERT INTO opmerking SELECT * FROM opmerking",
    "INSERT INTO prestatie SELECT * FROM prestatie LIMIT 1",
    "INSERT INTO journaal SELECT * FROM journaal LIMIT 1",
    "UPDATE betaalrekening SET iban = 'NL91ABNA0417164300'",
    "INSERT INTO betaalblokkade (gemeente, agb, reden, ingesteld_door, ingesteld_op) VALUES ('0518', '42420001', 'x', 'x', now())",
    "INSERT INTO inzagelog_client VALUES ('0518', decode(repeat('00', 16), 'hex'), now(), gen_random_uuid())",
    "INSERT INTO inzagelog VALUES ('0518', gen_random_uuid(), now(), '', 'R', 'getoond', '', '', '', NULL, '', '', '', '', false,"
    " 0, '', '', '')",
    "UPDATE inzagelog SET gemeente = '0518'",
    "DELETE FROM inzagelog_client",
    "MERGE INTO prestatie p USING (SELECT 1) x ON true WHEN MATCHED THEN UPDATE SET bedrag = 1",
    "SELECT * FROM prestatie FOR UPDATE",
]


@contextmanager
def inside(allen: Partijen, wie: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """The driver's connection in a transaction that the service opened for this reader; all of it is taken back."""
    opslag = allen.loket.werkplaats.opslag
    with opslag._engine_for(LOGINS[wie]).connect() as verbinding, verbinding.begin() as poging:
        opslag._prove(verbinding, LOGINS[wie])
        driver: Any = verbinding.connection.driver_connection
        try:
            yield driver
        finally:
            poging.rollback()


def attempt(driver: psycopg.Connection[tuple[Any, ...]], opdracht: str) -> list[tuple[Any, ...]]:
    """What a statement gives; nothing when it is refused."""
    driver.execute("SAVEPOINT poging")
    try:
        uitkomst = driver.execute(opdracht)
        return uitkomst.fetchall() if uitkomst.description else []
    except psycopg.Error:
        driver.execute("ROLLBACK TO poging")
        return []


def count_foreign(driver: psycopg.Connection[tuple[Any, ...]], wie: str) -> int:
    """Rows in all tables that are not this reader's; a table that is refused has none."""
    vreemd = f"gemeente <> '{G}'" + (f" OR agb IS DISTINCT FROM '{A}'" if wie == "aanbieder" else "")
    return sum(
        sum(aantal for (aantal,) in attempt(driver, f"SELECT count(*) FROM public.{tabel} WHERE {vreemd}")) for tabel in TABELLEN
    )


def digest(allen: Partijen) -> list[tuple[Any, ...]]:
    """What stands in every table, as who writes and who stands at the door see it."""
    gevonden: list[tuple[Any, ...]] = []
    for wie, tabellen in ((Login.SCHRIJVER, (*TABELLEN, "betaalblokkade")), (Login.PORTIER, ("api_sleutel",))):
        with allen.loket.werkplaats.opslag.transaction(wie) as verbinding:
            driver: Any = verbinding.connection.driver_connection
            gevonden += [
                driver.execute(f"SELECT count(*), sum(hashtextextended(t::text, 0)) FROM {tabel} t").fetchone()
                for tabel in tabellen
            ]
    return gevonden


def names(allen: Partijen) -> dict[str, str]:
    with allen.loket.werkplaats.opslag.transaction() as verbinding:
        return {soort: f'"{naam}"' for soort, naam in role_names(verbinding).items()}


@pytest.mark.parametrize("wie", LOGINS)
def test_own_rows_are_seen_and_foreign_ones_are_there(allen: Partijen, wie: str) -> None:
    with inside(allen, wie) as driver:
        eigen = [
            attempt(driver, f"SELECT count(*) FROM {tabel}")[0][0] for tabel in ("bericht", "prestatie", "toewijzing", "bevinding")
        ]
        assert count_foreign(driver, wie) == 0
    with allen.loket.werkplaats.opslag.transaction() as verbinding:
        boeker: Any = verbinding.connection.driver_connection
        assert count_foreign(boeker, wie) > 50
    assert min(eigen) > 0


@pytest.mark.parametrize("wie", LOGINS)
def test_no_statement_lets_a_foreign_row_out_or_in(allen: Partijen, wie: str, vertel: Vertel) -> None:
    rollen, vooraf, lek = names(allen), digest(allen), []
    gevuld = [opdracht.format(**rollen) if "{" in opdracht else opdracht for opdracht in (*OPDRACHTEN, *SCHRIJVEN)]
    for opdracht in gevuld:
        with inside(allen, wie) as driver:
            attempt(driver, opdracht)
            if count_foreign(driver, wie):
                lek.append(opdracht)
    assert lek == []
    assert digest(allen) == vooraf
    vertel(f"SQL under login {wie}: {len(gevuld)} attacks, no foreign row out or in")


@pytest.mark.parametrize("wie", LOGINS)
def test_no_words_but_those_that_were_signed_count(allen: Partijen, wie: str, vertel: Vertel) -> None:
    lek = []
    for woorden in WOORDEN:
        with inside(allen, wie) as driver:
            (echt,) = attempt(driver, "SELECT current_setting('berichten.wie')")[0]
            kid, pid, tot, login, _, _, mac = echt.split("|")
            valse = woorden.format(kid=kid, pid=pid, tot=tot, login=login, mac=mac)
            driver.execute("SELECT set_config('berichten.wie', %s, false)", (valse,))
            gezien = sum(sum(n for (n,) in attempt(driver, f"SELECT count(*) FROM {tabel}")) for tabel in TABELLEN)
            if gezien:
                lek.append(valse)
    assert lek == []
    vertel(f"Forged words under login {wie}: {len(WOORDEN)}, none of which showed a row")


@pytest.mark.parametrize("wie", LOGINS)
def test_a_signature_is_for_one_connection_one_login_one_process_and_a_minute(allen: Partijen, wie: str) -> None:
    logins = allen.loket.werkplaats.opslag.logins
    vreemd = {"gemeente": "0518", "agb": "" if wie == "staf" else A}
    geldig = Ondertekenaar(logins.poort)
    with inside(allen, wie) as driver:
        pid, login = driver.info.backend_pid, driver.info.user
        geldig.sign(pid, login, **vreemd)
        nooit_geregistreerd = Ondertekenaar(logins.poort)
        nooit_geregistreerd._kid, nooit_geregistreerd._geheim = geldig._kid, b"x" * 32
        te_laat = Ondertekenaar(logins.poort)
        te_laat._register()
        te_laat._voor -= 3600
        ander = login.replace(wie, "staf" if wie == "aanbieder" else "aanbieder")
        pogingen = [
            geldig.sign(pid + 1, login, **vreemd), geldig.sign(pid, ander, **vreemd), te_laat.sign(pid, login, **vreemd),
            nooit_geregistreerd.sign(pid, login, **vreemd), geldig.sign(pid, login, **vreemd)[:-1],
        ]  # fmt: skip
        for woorden in pogingen:
            driver.execute("SELECT set_config('berichten.wie', %s, true)", (woorden,))
            assert driver.execute("SELECT slot.wie()").fetchone() == (None,)
            assert driver.execute("SELECT count(*) FROM bericht").fetchone() == (0,)
        # And the one that is right does work: the refusals above are not of something else.
        driver.execute("SELECT set_config('berichten.wie', %s, true)", (geldig.sign(pid, login, **vreemd),))
        assert driver.execute("SELECT count(*) > 0 FROM bericht").fetchone() == (True,)


GELIJMD = "SELECT eigen_kenmerk, gemeente, agb FROM bericht WHERE identificatie = '@'"
"""A statement that trusts its text, which this house has not."""
STRENGEN = (
    *(
        "' OR 1=1 --",
        "' OR 'a'='a",
        "x' UNION SELECT pad, gemeente, agb FROM bevinding --",
        "x'; SET ROLE {eigenaar}; TABLE bericht; --",
    ),
    *("x' UNION SELECT bsn, gemeente, agb FROM prestatie --", "x' UNION SELECT bsn, gemeente, agb FROM toewijzing --"),
    *(
        "x'; COMMIT; SELECT eigen_kenmerk, gemeente, agb FROM bericht; --",
        "x'; RESET ROLE; SELECT eigen_kenmerk, gemeente, agb FROM bericht --",
    ),
    *("x'; SELECT set_config('berichten.wie', '0518', true); SELECT eigen_kenmerk, gemeente, agb FROM bericht; --"),
    *("x' UNION SELECT iban, gemeente, agb FROM betaalrekening --", "x' OR agb = '42420002' --", "x' OR gemeente = '0518' --"),
)


@pytest.mark.parametrize("wie", LOGINS)
def test_a_query_that_is_glued_together_gives_the_attacker_his_own_rows_at_most(allen: Partijen, wie: str) -> None:
    rollen, gegeven = names(allen), 0
    for streng in STRENGEN:
        with inside(allen, wie) as driver, driver.cursor() as cursor:
            try:
                cursor.execute(GELIJMD.replace("@", streng.format(**rollen)))
            except psycopg.Error:
                continue
            while True:
                rijen = cursor.fetchall() if cursor.description else []
                gegeven += len(rijen)
                assert [rij for rij in rijen if len(rij) == 3 and (rij[1] != G or (wie == "aanbieder" and rij[2] != A))] == [], (
                    streng
                )
                if not cursor.nextset():
                    break
    assert gegeven > 10


@pytest.mark.parametrize("wie", LOGINS)
def test_an_operator_that_could_tell_is_not_tried_on_foreign_rows(allen: Partijen, wie: str) -> None:
    """A division by zero, or a cast that repeats its value in the error, would tell of a row that is never shown."""
    ander = next(partij for partij in allen.partijen if partij.gemeente != G)
    with allen.loket.werkplaats.opslag.transaction() as verbinding:
        boeker: Any = verbinding.connection.driver_connection
        ids = boeker.execute("SELECT prestatie_id FROM prestatie WHERE gemeente = %s LIMIT 1", (ander.gemeente,)).fetchone()
    with inside(allen, wie) as driver:
        driver.execute(f"SELECT count(*) FROM prestatie WHERE 1 / (prestatie_id - {ids[0]}) <> 7").fetchone()
        driver.execute(f"SELECT count(*) FROM bericht WHERE eigen_kenmerk <> '{ander.merk}' OR eigen_kenmerk::int = 1").fetchone()


def test_a_reader_whose_key_is_gone_gets_another_and_one_that_cannot_is_refused(allen: Partijen) -> None:
    werkplaats = allen.loket.werkplaats
    opslag = Opslag(werkplaats.opslag.logins, 2)
    with opslag.transaction(LOGINS["staf"]):
        opslag._ondertekenaar._kid = "verlopen"
    with opslag.transaction(LOGINS["staf"]) as verbinding:
        assert verbinding.exec_driver_sql("SELECT count(*) FROM bericht").scalar_one() > 0
    opslag.close()
