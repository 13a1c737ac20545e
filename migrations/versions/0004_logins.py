"""Logins of their own: who migrates owns, who serves owns nothing, and each may do what is listed here and no more.

Roles belong to the whole server, so their names begin with that of the database in which they were made. They cannot log in yet:
that takes a password, which the service gives them (`opslag/server/logins.py`).
"""

from typing import Any

from alembic import op

revision = "0004_logins"
down_revision = "0003_personen"
branch_labels = None
depends_on = None

ROLLEN = ("eigenaar", "staf", "aanbieder", "boeker")

MAAK = """
DO $$ BEGIN
    CREATE ROLE {rol};
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
"""
# Who runs migrations becomes a member of the owner, under whose name they are run from here on.
EIGENAAR = """
GRANT {eigenaar} TO {login};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO {eigenaar};
GRANT USAGE ON SCHEMA public TO {staf}, {aanbieder}, {boeker};
GRANT berichten_lezer TO {staf}, {aanbieder};
"""
# Everything that the migrations before this one made, but for what an extension brought along.
TABELLEN = """
SELECT 'TABLE ' || oid::regclass FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = pg_class.oid AND d.deptype = 'e')
"""
ROUTINES = """
SELECT 'ROUTINE ' || oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = pg_proc.oid AND d.deptype = 'e')
"""
# The planner's figures: only an owner may ask for them, and this is all that may be asked.
STATISTIEK = """
CREATE FUNCTION bekijk_statistieken() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    ANALYZE public.bericht, public.bericht_inhoud, public.antwoord, public.bevinding, public.toewijzing, public.toewijzing_versie,
        public.levering, public.declaratie, public.prestatie, public.journaal;
END $$;
REVOKE ALL ON FUNCTION bekijk_statistieken() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bekijk_statistieken() TO {boeker};
GRANT EXECUTE ON FUNCTION geblokkeerde_prestaties(text, timestamptz), persoon_van(text, text), kale_naam(text)
    TO {staf}, {aanbieder}, {boeker};
GRANT SELECT ON alembic_version TO {boeker};
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC;
"""

_ERBIJ = "SELECT, INSERT"
BOEKER = {
    "aanbieder": f"{_ERBIJ}, UPDATE (naam)",
    "antwoord": _ERBIJ,
    "api_sleutel": f"{_ERBIJ}, UPDATE (laatst_gebruikt_op, ingetrokken_op, ingetrokken_door)",
    "bericht": f"{_ERBIJ}, DELETE, UPDATE (status, verwerkt_op, identificatie_gebruikt, aantal_regels, ingediend_bedrag,"
    " toegekend_bedrag, afgewezen_bedrag, te_beoordelen_bedrag, retourcodes, declaratie_retourcodes, regelboek, storing, pogingen,"
    " keren, laatst_geweigerd_op)",
    "bericht_inhoud": f"{_ERBIJ}, DELETE",
    "besluit": _ERBIJ,
    "bestedingsruimte": f"{_ERBIJ}, UPDATE (periode_tot, bedrag)",
    "betaalbestand": _ERBIJ,
    "betaalblokkade": f"{_ERBIJ}, UPDATE (opgeheven_op, opgeheven_door)",
    "betaalopdracht": _ERBIJ,
    "betaalregel": f"{_ERBIJ}, UPDATE (levend)",
    "betaalrekening": _ERBIJ,
    "betaalrun": f"{_ERBIJ}, UPDATE (status, goedgekeurd_door, goedgekeurd_op, uitvoeringsdatum, ingetrokken_door, ingetrokken_op)",
    "bevinding": f"{_ERBIJ}, DELETE",
    "boekencontrole": _ERBIJ,
    "buiten_toewijzing": f"{_ERBIJ}, UPDATE (gesloten_op, gesloten_door, reden)",
    "contract": f"{_ERBIJ}, UPDATE (einddatum, tariefdatum)",
    "declaratie": _ERBIJ,
    "declaratiewijze": f"{_ERBIJ}, UPDATE (wijze, einddatum)",
    "gezinsplanafspraak": f"{_ERBIJ}, UPDATE (benodigd_niveau, lager_niveau_goedgekeurd, einddatum)",
    "gebruiker": f"{_ERBIJ}, UPDATE (wachtwoord, wachtwoord_op, laatst_ingelogd_op)",
    "inlogpoging": f"{_ERBIJ}, DELETE, UPDATE (mislukt, laatst_op, wacht_tot)",
    "inzagelog": _ERBIJ,
    "inzagelog_client": _ERBIJ,
    "inzagelog_teller": "SELECT",
    "journaal": _ERBIJ,
    "journaalzegel": _ERBIJ,
    "journaalzegel_bericht": _ERBIJ,
    "kader": f"{_ERBIJ}, UPDATE (segment, zorgvorm, max_maanden, max_minuten, einddatum, verlenging_minuten)",
    "levering": f"{_ERBIJ}, UPDATE (verwijderd_door)",
    "machtiging": f"{_ERBIJ}, UPDATE (ingetrokken_op)",
    "monitor_opgave": f"{_ERBIJ}, UPDATE (waarde, eenheid, bron, geladen_door, geladen_op)",
    "monitor_publicatie": f"{_ERBIJ}, UPDATE (teken, aantal, gepubliceerd_op)",
    "opheffingsstap": _ERBIJ,
    "opmerking": _ERBIJ,
    "pdc": f"{_ERBIJ}, UPDATE (omschrijving, productcategorie, eenheid, uitvoeringsvariant, zorgvorm, segment, opleidingsniveau,"
    " vereiste_registratie, taakveld, einddatum)",
    "persoon": f"{_ERBIJ}, UPDATE (actief_tot, geblokkeerd_op, geblokkeerd_door)",
    "persoon_koppeling": _ERBIJ,
    "prestatie": f"{_ERBIJ}, UPDATE (uitkomst, retourcodes, hertoetsing, zonder_feiten)",
    "regelbeleid": f"{_ERBIJ}, UPDATE (gevolg, retourcode, einddatum)",
    "rekeningoordeel": _ERBIJ,
    "retour": _ERBIJ,
    "rol_toekenning": f"{_ERBIJ}, UPDATE (ingetrokken_op, ingetrokken_door)",
    "rol_uitsluiting": "SELECT",
    "sessie": f"{_ERBIJ}, DELETE, UPDATE (gezien_op)",
    "tarief": f"{_ERBIJ}, UPDATE (tarief, einddatum)",
    "toewijzing": f"{_ERBIJ}, UPDATE (versie, geboortedatum, einddatum, reden_wijziging, volume, eenheid, frequentie, budget,"
    " toewijzingsdatum, toewijzingstijd)",
    "toewijzing_versie": _ERBIJ,
    "verantwoording": f"{_ERBIJ}, DELETE",
    "verantwoording_eerder": _ERBIJ,
    "verwijzing": f"{_ERBIJ}, UPDATE (verwijzer)",
}
"""What who books may do, and with which columns; what is not here is not allowed. Nobody may TRUNCATE or lay a REFERENCES."""
MUUR = """
ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY;
CREATE POLICY boeker ON {tabel} TO {boeker} USING (true);
GRANT {mag} ON {tabel} TO {boeker};
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver = op.get_bind().connection.driver_connection
    (login,) = driver.execute("SELECT quote_ident(session_user)").fetchone()
    namen = {rol: _name(driver, rol) for rol in ROLLEN}
    for rol in namen.values():
        driver.execute(MAAK.format(rol=rol))
    driver.execute(EIGENAAR.format(login=login, **namen))
    routines = driver.execute(ROUTINES).fetchall()
    for (routine,) in routines:
        driver.execute(f"REVOKE ALL ON {routine} FROM PUBLIC")
    for (item,) in (*driver.execute(TABELLEN).fetchall(), *routines):
        driver.execute(f"ALTER {item} OWNER TO {namen['eigenaar']}")
    driver.execute(f"SET ROLE {namen['eigenaar']}")
    driver.execute(STATISTIEK.format(**namen))
    for tabel, mag in BOEKER.items():
        driver.execute(MUUR.format(tabel=tabel, mag=mag, **namen))


def _name(driver: Any, rol: str) -> str:
    (naam,) = driver.execute("SELECT quote_ident(left(current_database(), 50) || '_' || %s)", (rol,)).fetchone()
    return str(naam)
