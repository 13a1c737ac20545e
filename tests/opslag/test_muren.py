"""The walls in the catalogue of the migrated database: each table has one, each right is a login's, and there is no way around."""

from typing import Any

import pytest
from sqlalchemy import Connection, text

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.server.migraties import LOGINS, role_names
from berichten.processen.basis.werkplaats import Werkplaats
from tests.hulp.eigenaar import as_owner

EIGENAREN = ("eigenaar", "slot")
DEUR = {
    "api_sleutel", "gebruiker", "inlogpoging", "inlogstaat", "machtiging", "openid_sessie", "persoon", "persoon_koppeling",
    "rol_toekenning", "rol_uitsluiting", "sessie", "systeem", "uitlogbericht",
}  # fmt: skip
"""Who comes in, and by what."""
RECEPT = (
    "SELECT zet_muur('{tabel}', 'SELECT, INSERT, UPDATE (kolom)', 'gemeente', 'eigen') in its migration (CONTRIBUTING.md, A table)"
)
ZONDER_GEMEENTE = {"alembic_version"}
"""Holds the number of the schema, and no row of anybody."""


@pytest.fixture
def database(werkplaats: Werkplaats) -> Any:
    with as_owner(werkplaats) as verbinding:
        yield verbinding


def ask(database: Connection, vraag: str, **waarden: Any) -> list[tuple[Any, ...]]:
    rollen = {f"rol_{soort}": naam for soort, naam in role_names(database).items()}
    vraag = vraag.replace(":hier", "ARRAY['public'::regnamespace, 'slot'::regnamespace]::oid[]")
    return [tuple(rij) for rij in database.execute(text(vraag), {**rollen, **waarden})]


def test_every_table_has_a_wall_for_its_owner_too(database: Connection) -> None:
    rijen = ask(
        database,
        """
        SELECT relname, relrowsecurity AND relforcerowsecurity, ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = c.oid)
        FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    """,
    )
    open_ = {naam for naam, dicht, muren in rijen if not dicht or not {*muren} & {"schrijver", "portier"}}
    assert open_ - ZONDER_GEMEENTE == set(), [RECEPT.format(tabel=naam) for naam in sorted(open_ - ZONDER_GEMEENTE)]


def test_every_policy_names_one_login_and_asks_who_reads_once(database: Connection) -> None:
    rijen = ask(
        database,
        """
        SELECT polrelid::regclass::text, polname, ARRAY(SELECT rolname::text FROM pg_roles WHERE oid = ANY (polroles)),
            polroles = '{0}', coalesce(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
        FROM pg_policy
    """,
    )
    rollen = role_names(database)
    assert [rij for rij in rijen if rij[3] or len(rij[2]) != 1 or rij[2][0] not in rollen.values()] == []
    # Outside a subquery the context is looked up for every row, which makes a sum three times as dear.
    assert [rij for rij in rijen if "wie" in rij[4].replace("( SELECT", "").split("(SELECT")[0] and "SELECT" not in rij[4]] == []
    eigenaars = {(tabel, naam) for tabel, naam, wie, *_ in rijen if wie == [rollen["eigenaar"]]}
    eigen = ("boektotaal", "inzagelog_teller", "toewijzingstand", "toewijzingtotaal")
    assert eigenaars == {(tabel, "eigenaar") for tabel in eigen}
    lezers = {(tabel, wie[0]) for tabel, _, wie, *_ in rijen}
    assert {(naam, rollen["aanbieder"]) for naam in ("api_sleutel", "sessie", "betaalrun", "journaalzegel")} & lezers == set()


def test_no_login_owns_anything_or_has_strength(database: Connection) -> None:
    rollen = role_names(database)
    bezit = ask(
        database,
        """
        SELECT rolname, naam FROM pg_roles r JOIN (
            SELECT relowner, relname FROM pg_class UNION ALL SELECT proowner, proname FROM pg_proc
            UNION ALL SELECT nspowner, nspname FROM pg_namespace UNION ALL SELECT datdba, datname FROM pg_database
        ) AS bezit (eigenaar, naam) ON eigenaar = r.oid WHERE rolname = ANY (:logins)
        """,
        logins=[rollen[soort] for soort in LOGINS],
    )
    assert bezit == []
    sterk = ask(
        database,
        "SELECT rolname FROM pg_roles WHERE rolname = ANY (:alle)"
        " AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR (rolbypassrls AND rolname <> :rol_kopie))",
        alle=list(rollen.values()),
    )
    assert sterk == []
    in_te_gaan = ask(
        database,
        "SELECT m.rolname, r.rolname FROM pg_auth_members JOIN pg_roles r ON r.oid = roleid JOIN pg_roles m ON m.oid = member"
        " WHERE m.rolname = ANY (:alle) AND NOT (m.rolname = :rol_kopie AND r.rolname = 'pg_read_all_data')",
        alle=list(rollen.values()),
    )
    assert in_te_gaan == []
    kan_in = {
        rij[0]
        for rij in ask(
            database, "SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname = ANY (:alle)", alle=list(rollen.values())
        )
    }
    assert kan_in == {rollen[soort] for soort in LOGINS}


def test_nothing_is_granted_to_everybody(database: Connection) -> None:
    publiek = ask(
        database,
        """
        SELECT 'relation', relname FROM pg_class, aclexplode(relacl) WHERE grantee = 0 AND relnamespace = ANY (:hier)
        UNION ALL SELECT 'column', attname FROM pg_attribute, aclexplode(attacl) WHERE grantee = 0
            AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = ANY (:hier))
        UNION ALL SELECT 'routine', proname FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
            WHERE grantee = 0 AND pronamespace = ANY (:hier)
        UNION ALL SELECT 'schema', nspname FROM pg_namespace, aclexplode(nspacl) WHERE grantee = 0 AND nspname IN ('public', 'slot')
        UNION ALL SELECT 'database', datname FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
            WHERE grantee = 0 AND datname = current_database()
    """,
    )
    assert publiek == []


def test_no_login_has_a_right_that_policies_do_not_judge(database: Connection) -> None:
    rechten = ask(
        database,
        """
        SELECT relname, rolname, privilege_type FROM pg_class, aclexplode(relacl) JOIN pg_roles r ON r.oid = grantee
        WHERE relnamespace = ANY (:hier) AND rolname NOT IN (:rol_eigenaar, :rol_slot)
    """,
    )
    rollen = role_names(database)
    lezers = {rollen["staf"], rollen["aanbieder"]}
    anders = {rij for rij in rechten if rij[2] not in ("SELECT", "INSERT", "DELETE")}
    assert anders == set()
    assert {rij for rij in rechten if rij[1] in lezers and rij[2] != "SELECT"} == {("inzagelog", rol, "INSERT") for rol in lezers}
    assert {rij[1] for rij in rechten} == {*lezers, *(rollen[login] for login in Login)}
    gewist = {(rol.rpartition("_")[2], tabel) for tabel, rol, recht in rechten if recht == "DELETE"}
    assert gewist == {
        ("boeker", "bericht"), ("boeker", "bericht_inhoud"), ("boeker", "bevinding"), ("boeker", "conceptzending"),
        ("boeker", "formulierconcept"), ("boeker", "hartslag"), ("boeker", "seintje"), ("schrijver", "conceptzending"),
        ("schrijver", "formulierconcept"), ("schrijver", "seintje"), ("schrijver", "seintjesadres"),
        ("schrijver", "verantwoording"), ("schrijver", "weergave"),
        ("portier", "inlogpoging"), ("portier", "inlogstaat"), ("portier", "sessie"), ("portier", "uitlogbericht"),
    }  # fmt: skip


def test_what_proves_who_somebody_is_lies_at_the_door(database: Connection) -> None:
    """Others read there who is behind an act and by what name, column by column, and change nothing."""
    rijen = ask(
        database,
        """
        SELECT relname, rolname, privilege_type, '' FROM pg_class, aclexplode(relacl) JOIN pg_roles r ON r.oid = grantee
            WHERE relname = ANY (:deur) AND rolname = ANY (:logins)
        UNION ALL
        SELECT attrelid::regclass::text, rolname, privilege_type, attname FROM pg_attribute, aclexplode(attacl)
            JOIN pg_roles r ON r.oid = grantee WHERE attrelid::regclass::text = ANY (:deur) AND rolname = ANY (:logins)
        """,
        deur=list(DEUR),
        logins=list(role_names(database).values()),
    )
    namen = role_names(database)
    assert {tabel for tabel, wie, *_ in rijen if wie == namen["portier"]} == DEUR
    anderen = {(wie, recht) for _, wie, recht, _ in rijen if wie not in (namen["portier"], namen["eigenaar"])}
    assert anderen == {(namen["schrijver"], "SELECT"), (namen["boeker"], "SELECT")}
    gelezen = {(tabel, kolom) for tabel, wie, _, kolom in rijen if wie in (namen["schrijver"], namen["boeker"])}
    assert {tabel for tabel, _ in gelezen} == {
        "api_sleutel", "machtiging", "persoon", "persoon_koppeling", "rol_toekenning", "systeem",
    }  # fmt: skip
    geheim = ("", "geheim_sha256", "laatst_gebruikt_op", "issuer", "subject", "client_id", "toegekend_door")
    assert [rij for rij in gelezen if rij[1] in geheim] == []


def test_who_stands_at_the_door_reaches_nothing_else(database: Connection) -> None:
    rijen = ask(
        database,
        """
        SELECT relname, privilege_type FROM pg_class, aclexplode(relacl) JOIN pg_roles r ON r.oid = grantee
        WHERE rolname = :rol_portier AND relnamespace = ANY (:hier) AND NOT relname = ANY (:deur)
        """,
        deur=list(DEUR),
    )
    assert set(rijen) == {("inzagelog", "INSERT")}


def test_what_is_only_added_to_is_nobodys_to_change(database: Connection) -> None:
    """The trigger holds for the owner; the right is not even there for who books."""
    rijen = ask(
        database,
        """
        SELECT DISTINCT c.relname, (SELECT bool_or(has_any_column_privilege(wie, c.oid, 'UPDATE')
            OR has_table_privilege(wie, c.oid, 'DELETE')) FROM unnest(ARRAY[:rol_schrijver, :rol_boeker, :rol_portier]) AS wie)
        FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN pg_proc p ON p.oid = tgfoid
        WHERE proname = 'weiger_wijziging' AND tgqual IS NULL AND tgtype & 16 <> 0 AND tgtype & 8 <> 0
    """,
    )
    assert {naam for naam, _ in rijen} >= {
        "journaal",
        "besluit",
        "opmerking",
        "inzagelog",
        "inzagelog_client",
        "inzagelogzegel",
        "betaalbestand",
    }
    assert [naam for naam, mag in rijen if mag] == []


def test_functions_that_run_as_another_are_few_and_look_nowhere_else(database: Connection) -> None:
    rijen = ask(
        database,
        """
        SELECT proname, rolname, array_to_string(proconfig, ';') FROM pg_proc JOIN pg_roles r ON r.oid = proowner
        WHERE prosecdef AND pronamespace = ANY (:hier)
    """,
    )
    rollen = role_names(database)
    assert {(naam, wie) for naam, wie, _ in rijen} == {
        ("bekijk_statistieken", rollen["eigenaar"]), ("tel_niet_getoond", rollen["eigenaar"]),
            ("geef_nummer", rollen["eigenaar"]), ("tel_boekingen", rollen["eigenaar"]),
            ("herzie_toewijzingtotaal", rollen["eigenaar"]),
        ("wie", rollen["slot"]), ("registreer", rollen["slot"]),
    }  # fmt: skip
    assert all(instelling.startswith("search_path=pg_catalog") and instelling.endswith("pg_temp") for *_, instelling in rijen)


def test_there_is_no_view_that_leads_past_a_wall(database: Connection) -> None:
    rijen = ask(
        database,
        """
        SELECT relname FROM pg_class WHERE relnamespace = ANY (:hier)
            AND (relkind = 'm' OR relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false))
    """,
    )
    assert rijen == []
