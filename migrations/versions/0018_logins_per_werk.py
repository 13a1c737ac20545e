"""Logins by the work that is done: who takes in and decides, who handles what waits, and who looks at keys and log-ins.

Until here one login did all of it, so that a mistake in handling a message could reach the keys, and one at the door the books.
"""

from typing import Any

from alembic import op

revision = "0018_logins_per_werk"
down_revision = "0017_seintjes"
branch_labels = None
depends_on = None

ROLLEN = ("eigenaar", "boeker", "schrijver", "portier")
MAAK = """
DO $$ BEGIN
    CREATE ROLE {rol};
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
"""
# To begin with another may do what who books may; what is not his work is taken away below.
ZELFDE = """
DO $$
DECLARE
    van oid := {boeker_naam}::regrole;
    tabel regclass;
    rechten text;
BEGIN
    FOR tabel IN SELECT polrelid FROM pg_policy WHERE polname = 'boeker' AND ({welke}) LOOP
        SELECT string_agg(DISTINCT recht, ', ') INTO rechten FROM (
            SELECT privilege_type FROM pg_class, aclexplode(relacl) WHERE oid = tabel AND grantee = van
            UNION ALL
            SELECT format('%s (%I)', privilege_type, attname) FROM pg_attribute, aclexplode(attacl)
                WHERE attrelid = tabel AND grantee = van AND NOT attisdropped
        ) AS alle (recht);
        EXECUTE format('CREATE POLICY {rol} ON %s TO %s USING (true)', tabel, {naar});
        EXECUTE format('GRANT %s ON %s TO %s', rechten, tabel, {naar});
    END LOOP;
END $$;
"""
ALGEMEEN = """
GRANT SELECT ON alembic_version TO {schrijver};
GRANT EXECUTE ON FUNCTION geblokkeerde_prestaties(text, timestamptz), persoon_van(text, text), kale_naam(text) TO {schrijver};
GRANT EXECUTE ON FUNCTION persoon_van(text, text), kale_naam(text) TO {portier};
"""

DEUR = (
    "api_sleutel", "gebruiker", "inlogpoging", "inlogstaat", "machtiging", "openid_sessie", "persoon", "persoon_koppeling",
    "rol_toekenning", "rol_uitsluiting", "sessie", "systeem", "uitlogbericht",
)  # fmt: skip
"""Who comes in: for who stands at the door, and for nobody else."""
NAMEN = {
    "api_sleutel": "gemeente, sleutel_id, rol, naam, eigenaar, persoon_id, systeem_id",
    "machtiging": "gemeente, nummer, gemachtigde, agb, begindatum, einddatum, ingetrokken_op",
    "persoon": "gemeente, persoon_id, naam, actief_tot, geblokkeerd_op",
    "persoon_koppeling": "gemeente, persoon_id",
    "rol_toekenning": "gemeente, persoon_id, rol, agb, van, tot, ingetrokken_op, wacht",
    "systeem": "gemeente, systeem_id, persoon_id, naam",
}
"""What others read of it: who is behind an act (`persoon_van`), by what name, in whose name it may be, and whom a notice is for."""

REFERENTIE = (
    "aanbieder", "bestedingsruimte", "contract", "declaratiewijze", "gezinsplanafspraak", "kader", "pdc", "regelbeleid", "tarief",
    "verantwoording",
)  # fmt: skip
"""Who handles messages adds to these under gemeente 0000 only, where a stream is handled once more (decision 10)."""
ANDERS_NERGENS = {"prestatie": "uitkomst", "regelbeleid": "gevolg, retourcode, einddatum"}
"""What he changes there, and there only."""
LEEST_BOEKER = (
    "besluit", "betaalbestand", "betaalblokkade", "betaalopdracht", "betaalregel", "betaalrekening", "betaalrun", "monitor_opgave",
    "monitor_publicatie", "opheffingsstap", "opmerking", "rekeningoordeel", "verantwoording_eerder", "verwijzing",
)  # fmt: skip
"""Deciding and money: who handles messages reads what people did, and does none of it."""
NIET_BOEKER = ("bekeken", "weergave")
LEEST_SCHRIJVER = {
    "boekencontrole": "INSERT",
    "declaratie": "INSERT",
    "inzagelog_client": "INSERT",
    "inzagelogzegel": "INSERT",
    "journaalzegel": "INSERT",
    "journaalzegel_bericht": "INSERT",
    "levering": "INSERT, UPDATE",
    "prestatie": "INSERT",
    "retour": "INSERT",
    "toewijzing": "INSERT, UPDATE",
    "toewijzing_versie": "INSERT",
}
"""Judging and proving: who takes in and decides reads what came of it, and does none of it."""
OPRUIMEN = ("bericht", "bericht_inhoud", "bevinding")
"""What who writes does not remove: refused attempts go in the sweeper's round."""

# What migrations after this one call for a table that they make.
ZET_MUUR = """
DROP FUNCTION zet_muur(regclass, text, text, text);
CREATE FUNCTION zet_muur(naam regclass, schrijver text, staf text DEFAULT '', aanbieder text DEFAULT '', boeker text DEFAULT NULL,
    portier text DEFAULT '') RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    voor text := (SELECT regexp_replace(pg_get_userbyid(relowner), 'eigenaar$', '') FROM pg_class WHERE oid = naam);
    eigen_gemeente text := 'gemeente = (SELECT (slot.wie())[1])';
    wie text;
    mag text;
    muur text;
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', naam);
    FOR wie, mag, muur IN VALUES
        ('schrijver', schrijver, 'true'),
        ('boeker', coalesce(boeker, schrijver), 'true'),
        ('portier', portier, 'true'),
        ('staf', CASE staf WHEN '' THEN '' ELSE 'SELECT' END, CASE staf WHEN 'gemeente' THEN eigen_gemeente END),
        ('aanbieder', CASE aanbieder WHEN '' THEN '' ELSE 'SELECT' END, CASE aanbieder
            WHEN 'eigen' THEN '(gemeente, agb) = (SELECT wie[1], wie[2] FROM slot.wie() AS wie)'
            WHEN 'eigen of ieders' THEN eigen_gemeente || ' AND agb IN ('''', (SELECT (slot.wie())[2]))'
            WHEN 'gemeente' THEN eigen_gemeente
            WHEN '' THEN NULL ELSE eigen_gemeente || ' AND (' || aanbieder || ')' END)
    LOOP
        IF mag <> '' THEN
            EXECUTE format('DROP POLICY IF EXISTS %I ON %s', wie, naam);
            EXECUTE format('CREATE POLICY %I ON %s TO %I USING (%s)', wie, naam, voor || wie, muur);
            EXECUTE format('GRANT %s ON %s TO %I', mag, naam, voor || wie);
        END IF;
    END LOOP;
END $$;
COMMENT ON FUNCTION zet_muur(regclass, text, text, text, text, text) IS 'Zet de muur om een tabel: wat de schrijver mag (SELECT,
INSERT, UPDATE (kolommen), DELETE), of staf haar leest (gemeente), of een aanbieder dat doet (eigen, eigen of ieders, gemeente, of
een voorwaarde op de rij naast die op de gemeente), wat de boeker mag (niet genoemd: wat de schrijver mag) en wat de portier mag.
Leeg: niets.';
REVOKE ALL ON FUNCTION zet_muur(regclass, text, text, text, text, text) FROM PUBLIC;
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute("SET LOCAL lock_timeout = '5s'")
    namen = {rol: _name(driver, rol) for rol in ROLLEN}
    driver.execute("RESET ROLE")
    for rol in ("schrijver", "portier"):
        driver.execute(MAAK.format(rol=namen[rol]))
        # The schema is not the owner's to give.
        driver.execute(f"GRANT USAGE ON SCHEMA public TO {namen[rol]}")
    driver.execute(f"SET ROLE {namen['eigenaar']}")
    driver.execute(ALGEMEEN.format(**namen))
    _as_boeker(driver, namen, "schrijver", "true")
    _as_boeker(driver, namen, "portier", f"polrelid::regclass::text IN {DEUR}")
    _set_door(driver, namen)
    _divide_work(driver, namen)
    driver.execute(ZET_MUUR)


def _as_boeker(driver: Any, namen: dict[str, str], rol: str, welke: str) -> None:
    tekst = {naam: driver.execute("SELECT quote_literal(%s)", (namen[naam],)).fetchone()[0] for naam in ("boeker", rol)}
    driver.execute(ZELFDE.format(boeker_naam=tekst["boeker"], naar=tekst[rol], rol=rol, welke=welke))


def _set_door(driver: Any, namen: dict[str, str]) -> None:
    for tabel in DEUR:
        _close(driver, tabel, ("boeker", "schrijver"), namen)
    for tabel, kolommen in NAMEN.items():
        for wie in ("boeker", "schrijver"):
            driver.execute(f"CREATE POLICY {wie} ON {tabel} FOR SELECT TO {namen[wie]} USING (true)")
            driver.execute(f"GRANT SELECT ({kolommen}) ON {tabel} TO {namen[wie]}")
    # Who stands at the door adds to the access log and does not read it.
    driver.execute(f"CREATE POLICY portier ON inzagelog FOR INSERT TO {namen['portier']} WITH CHECK (true)")
    driver.execute(f"GRANT INSERT ON inzagelog TO {namen['portier']}")


def _divide_work(driver: Any, namen: dict[str, str]) -> None:
    boeker, schrijver = namen["boeker"], namen["schrijver"]
    for tabel in (*LEEST_BOEKER, *REFERENTIE):
        driver.execute(f"REVOKE INSERT, UPDATE, DELETE ON {tabel} FROM {boeker}")
    for tabel in (*REFERENTIE, "prestatie"):
        driver.execute(f"DROP POLICY boeker ON {tabel}; CREATE POLICY boeker ON {tabel} FOR SELECT TO {boeker} USING (true)")
    for tabel in REFERENTIE:
        driver.execute(f"CREATE POLICY boeker_nergens ON {tabel} FOR INSERT TO {boeker} WITH CHECK (gemeente = '0000')")
        driver.execute(f"GRANT INSERT ON {tabel} TO {boeker}")
    driver.execute(f"CREATE POLICY boeker_erbij ON prestatie FOR INSERT TO {boeker} WITH CHECK (true)")
    driver.execute(f"REVOKE UPDATE ON prestatie FROM {boeker}")
    for tabel, kolommen in ANDERS_NERGENS.items():
        driver.execute(f"CREATE POLICY boeker_anders ON {tabel} FOR UPDATE TO {boeker} USING (gemeente = '0000')")
        driver.execute(f"GRANT UPDATE ({kolommen}) ON {tabel} TO {boeker}")
    for tabel in NIET_BOEKER:
        _close(driver, tabel, ("boeker",), namen)
    for tabel, recht in LEEST_SCHRIJVER.items():
        driver.execute(f"REVOKE {recht} ON {tabel} FROM {schrijver}")
    driver.execute(f"REVOKE DELETE ON seintjesadres FROM {boeker}")
    for tabel in OPRUIMEN:
        driver.execute(f"REVOKE DELETE ON {tabel} FROM {schrijver}")


def _close(driver: Any, tabel: str, wie: tuple[str, ...], namen: dict[str, str]) -> None:
    for rol in wie:
        driver.execute(f"REVOKE ALL ON {tabel} FROM {namen[rol]}; DROP POLICY IF EXISTS {rol} ON {tabel}")


def _name(driver: Any, rol: str) -> str:
    """Roles of this database: those that are there tell how the names begin, whatever the database is called by now."""
    vraag = """
        SELECT quote_ident(regexp_replace(pg_get_userbyid(relowner), 'eigenaar$', '') || %s) FROM pg_class
        WHERE oid = 'public.alembic_version'::regclass
    """
    (naam,) = driver.execute(vraag, (rol,)).fetchone()
    return str(naam)
