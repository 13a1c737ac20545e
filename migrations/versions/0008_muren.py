"""Walls: every table under row-level security, for its owner too, and readers who prove on whose behalf they read.

Who reads hands over a text (`berichten.wie`) that the service signed: for this connection, this login and a minute. `slot.wie()`
gives the gemeente and the AGB code in it, or nothing; policies ask it once a statement. The keys to check it no login can read.
"""

from typing import Any

from alembic import op

revision = "0008_muren"
down_revision = "0007_conceptzendingen"
branch_labels = None
depends_on = None

ROLLEN = ("eigenaar", "staf", "aanbieder", "boeker", "slot", "poort", "kopie")

MAAK = """
DO $$ BEGIN
    CREATE ROLE {rol};
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
"""
# Copies are made by one who steps over every wall and only reads. Who may not give that right leaves it to the administrator.
KOPIE = """
DO $$ BEGIN
    ALTER ROLE {kopie} BYPASSRLS;
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$;
DO $$ BEGIN
    GRANT pg_read_all_data TO {kopie};
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$;
"""
SLOT = """
GRANT {slot} TO {login};
CREATE SCHEMA slot AUTHORIZATION {slot};
SET ROLE {slot};
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC;
CREATE TABLE slot.sleutel (
    kid text PRIMARY KEY,
    ipad bytea NOT NULL CHECK (length(ipad) = 64),
    opad bytea NOT NULL CHECK (length(opad) = 64),
    tot timestamp with time zone NOT NULL
);
COMMENT ON TABLE slot.sleutel IS 'Waarmee slot.wie() een handtekening narekent: per proces, met de vulsels van HMAC.';

CREATE FUNCTION slot.registreer(nieuw text, i bytea, o bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM slot.sleutel WHERE tot < now();
    INSERT INTO slot.sleutel (kid, ipad, opad, tot) VALUES (nieuw, i, o, now() + interval '1 day');
END $$;
COMMENT ON FUNCTION slot.registreer(text, bytea, bytea) IS 'Een nieuwe sleutel, die een dag geldt; wat verlopen is gaat weg.';

-- kid|pid|until|login|gemeente|agb|mac, with HMAC-SHA256 from what every PostgreSQL has.
CREATE FUNCTION slot.wie() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d text[] := string_to_array(current_setting('berichten.wie', true), '|');
    i bytea;
    o bytea;
BEGIN
    IF cardinality(d) IS DISTINCT FROM 7 THEN
        RETURN NULL;
    END IF;
    SELECT ipad, opad INTO i, o FROM slot.sleutel WHERE kid = d[1] AND tot > now();
    IF i IS NULL
        OR encode(sha256(o || sha256(i || convert_to(array_to_string(d[1:6], '|'), 'UTF8'))), 'hex') <> d[7] THEN
        RETURN NULL;
    END IF;
    IF d[2] <> pg_backend_pid()::text OR d[3]::bigint < extract(epoch FROM now()) OR d[4] <> session_user THEN
        RETURN NULL;
    END IF;
    RETURN d[5:6];
END $$;
COMMENT ON FUNCTION slot.wie() IS 'Gemeente en AGB-code voor wie deze transactie leest; niets als dat niet is bewezen.';
GRANT USAGE ON SCHEMA slot TO {eigenaar}, {staf}, {aanbieder}, {poort};
GRANT EXECUTE ON FUNCTION slot.wie() TO {eigenaar}, {staf}, {aanbieder};
GRANT EXECUTE ON FUNCTION slot.registreer(text, bytea, bytea) TO {poort};
RESET ROLE;
"""
# What migrations after this one call for a table that they make.
ZET_MUUR = """
CREATE FUNCTION zet_muur(naam regclass, boeker text, staf text DEFAULT '', aanbieder text DEFAULT '') RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    voor text := (SELECT regexp_replace(pg_get_userbyid(relowner), 'eigenaar$', '') FROM pg_class WHERE oid = naam);
    eigen_gemeente text := 'gemeente = (SELECT (slot.wie())[1])';
    wie text;
    mag text;
    muur text;
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', naam);
    FOR wie, mag, muur IN VALUES
        ('boeker', boeker, 'true'),
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
COMMENT ON FUNCTION zet_muur(regclass, text, text, text) IS 'Zet de muur om een tabel: wat de boeker mag (SELECT, INSERT, UPDATE
(kolommen), DELETE), of staf haar leest (gemeente) en of een aanbieder dat doet (eigen, eigen of ieders, gemeente, of een
voorwaarde op de rij naast die op de gemeente). Leeg: niet.';
REVOKE ALL ON FUNCTION zet_muur(regclass, text, text, text) FROM PUBLIC;
"""

EIGEN, IEDERS, GEMEENTE = "eigen", "eigen of ieders", "gemeente"
LEZERS = {
    **dict.fromkeys(
        ("aanbieder", "antwoord", "bericht", "bericht_inhoud", "betaalopdracht", "betaalregel", "betaalrekening", "bevinding",
         "buiten_toewijzing", "declaratie", "declaratiewijze", "journaal", "levering", "opmerking", "prestatie", "retour",
         "toewijzing", "toewijzing_versie", "verantwoording", "verantwoording_eerder"),
        EIGEN,
    ),
    **dict.fromkeys(("bestedingsruimte", "contract", "regelbeleid", "tarief"), IEDERS),
    **dict.fromkeys(("kader", "pdc"), GEMEENTE),
    "besluit": "agb = (SELECT (slot.wie())[2]) AND definitief",
    "gezinsplanafspraak": "EXISTS (SELECT FROM toewijzing t WHERE t.gemeente = gezinsplanafspraak.gemeente"
    " AND t.toewijzingnummer = gezinsplanafspraak.toewijzingnummer)",
    "rekeningoordeel": "EXISTS (SELECT FROM betaalrekening r WHERE r.gemeente = rekeningoordeel.gemeente"
    " AND r.rekening_id = rekeningoordeel.rekening_id)",
}  # fmt: skip
"""What an aanbieder reads; staff read all of these too. A row of a row is seen by who sees that one, behind its own wall."""
STAF = (
    "bekeken", "betaalbestand", "betaalblokkade", "betaalrun", "boekencontrole", "inzagelog", "inzagelog_client", "journaalzegel",
    "journaalzegel_bericht", "monitor_opgave", "monitor_publicatie", "opheffingsstap", "verwijzing", "weergave",
)  # fmt: skip
"""What staff alone read."""
NIEMAND = (
    "api_sleutel", "conceptzending", "gebruiker", "inlogpoging", "inzagelog_teller", "machtiging", "persoon", "persoon_koppeling",
    "rol_toekenning", "rol_uitsluiting", "sessie", "systeem",
)  # fmt: skip
"""What no reader reads."""

# Who looks is written by who reads, who need not be able to read it back; what is not shown is counted under the owner's name.
LOG = """
CREATE POLICY {rol}_erbij ON {tabel} FOR INSERT TO {wie} WITH CHECK (gemeente = (SELECT (slot.wie())[1]));
GRANT INSERT ON {tabel} TO {wie};
"""
TELLER = "CREATE POLICY eigenaar ON inzagelog_teller TO {eigenaar} USING (true)"
ZICHTEN = ("bericht_gemeente", "besluit_gemeente", "declaratie_gemeente", "journaal_gemeente", "prestatie_gemeente")
"""They led past a policy that hid an index; the policy of staff hides none."""
LEZER_WEG = """
REVOKE berichten_lezer FROM {staf}, {aanbieder};
REVOKE USAGE ON SCHEMA public FROM berichten_lezer;
"""
OUD = """
SELECT format('DROP POLICY %I ON %s', polname, polrelid::regclass) FROM pg_policy
WHERE 'berichten_lezer'::regrole = ANY (polroles)
UNION ALL
SELECT format('REVOKE ALL ON %s FROM berichten_lezer', oid::regclass) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver = op.get_bind().connection.driver_connection
    driver.execute("RESET ROLE")
    (login,) = driver.execute("SELECT quote_ident(session_user)").fetchone()
    namen = {rol: _name(driver, rol) for rol in ROLLEN}
    for rol in ("slot", "poort", "kopie"):
        driver.execute(MAAK.format(rol=namen[rol]))
    driver.execute(KOPIE.format(**namen))
    driver.execute(SLOT.format(login=login, **namen))
    driver.execute(LEZER_WEG.format(**namen))
    driver.execute(f"SET ROLE {namen['eigenaar']}")
    for zicht in ZICHTEN:
        driver.execute(f"DROP VIEW {zicht}")
    for (opdracht,) in driver.execute(OUD).fetchall():
        driver.execute(opdracht)
    driver.execute(ZET_MUUR)
    _build_walls(driver, namen)


def _build_walls(driver: Any, namen: dict[str, str]) -> None:
    muren = {**LEZERS, **dict.fromkeys((*STAF, *NIEMAND), "")}
    for tabel, aanbieder in muren.items():
        staf = "" if tabel in NIEMAND else GEMEENTE
        # What who books may do was listed when the logins were made.
        driver.execute("SELECT zet_muur(%s::regclass, 'SELECT', %s, %s)", (tabel, staf, aanbieder))
    for tabel in ("inzagelog", "inzagelog_client"):
        for rol in ("staf", "aanbieder"):
            driver.execute(LOG.format(rol=rol, tabel=tabel, wie=namen[rol]))
    driver.execute(TELLER.format(**namen))


def _name(driver: Any, rol: str) -> str:
    """Roles of this database: those that are there tell how the names begin, whatever the database is called by now."""
    vraag = """
        SELECT quote_ident(regexp_replace(pg_get_userbyid(relowner), 'eigenaar$', '') || %s) FROM pg_class
        WHERE oid = 'public.alembic_version'::regclass
    """
    (naam,) = driver.execute(vraag, (rol,)).fetchone()
    return str(naam)
