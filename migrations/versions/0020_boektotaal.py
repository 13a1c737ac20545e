"""Totals of the journal by day of booking: kept by the journal itself, in the transaction that books, whoever books.

A question of finance then adds up some hundred thousand rows where there were millions of entries. It takes the place of the index
that held all that a total needs of every entry.
"""

from typing import Any

from alembic import op

revision = "0020_boektotaal"
down_revision = "0019_nummers"
branch_labels = None
depends_on = None

TABEL = """
CREATE TABLE boektotaal (
    gemeente text NOT NULL,
    agb text NOT NULL,
    zorgmaand date NOT NULL,
    categorie text NOT NULL,
    productcode text NOT NULL,
    declaratiemaand date NOT NULL,
    boekdag date NOT NULL,
    toegekend bigint NOT NULL,
    gecrediteerd bigint NOT NULL,
    correcties bigint NOT NULL,
    regels bigint NOT NULL,
    PRIMARY KEY (gemeente, agb, zorgmaand, categorie, productcode, declaratiemaand, boekdag)
) WITH (fillfactor = 80);
COMMENT ON TABLE boektotaal IS 'Het journaal opgeteld, per dag waarop is geboekt: bijgehouden door het journaal zelf, in de
transactie die boekt, en door niemand anders. De controle van de boeken houdt het tegen het journaal. Bedragen in eurocenten.';
COMMENT ON COLUMN boektotaal.boekdag IS 'De dag in Nederland waarop is geboekt.';
COMMENT ON COLUMN boektotaal.regels IS 'Eerste boekingen: zoveel regels zijn toegekend of gecrediteerd.';
"""
SOMMEN = """
    SELECT gemeente, agb, zorgmaand, categorie, productcode, declaratiemaand,
        (geboekt_op AT TIME ZONE 'Europe/Amsterdam')::date AS boekdag,
        coalesce(sum(bedrag) FILTER (WHERE soort = 'toekenning'), 0)::bigint AS toegekend,
        coalesce(sum(bedrag) FILTER (WHERE soort = 'creditering'), 0)::bigint AS gecrediteerd,
        coalesce(sum(bedrag) FILTER (WHERE soort = 'correctie'), 0)::bigint AS correcties,
        count(*) FILTER (WHERE boeking = 1) AS regels
    FROM {journaal} GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
# Who owns the table sees its rows only while the wall does not hold for him.
VULLEN = """
ALTER TABLE journaal NO FORCE ROW LEVEL SECURITY;
INSERT INTO boektotaal {sommen};
ALTER TABLE journaal FORCE ROW LEVEL SECURITY;
SELECT zet_muur('boektotaal', 'SELECT', 'gemeente', 'eigen');
CREATE POLICY eigenaar ON boektotaal TO {eigenaar} USING (true);
"""
# Under the owner's name: no login of the service can add to the totals but by booking. Sums are added in one order, so that two who
# book never wait for each other crosswise.
BIJHOUDEN = """
CREATE FUNCTION tel_boekingen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    WITH som AS MATERIALIZED ({sommen})
    INSERT INTO boektotaal AS t SELECT * FROM som ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (gemeente, agb, zorgmaand, categorie, productcode, declaratiemaand, boekdag) DO UPDATE SET
        toegekend = t.toegekend + excluded.toegekend, gecrediteerd = t.gecrediteerd + excluded.gecrediteerd,
        correcties = t.correcties + excluded.correcties, regels = t.regels + excluded.regels;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION tel_boekingen() FROM PUBLIC;
COMMENT ON FUNCTION tel_boekingen() IS 'Telt wat een opdracht boekt op bij boektotaal.';
CREATE TRIGGER journaal_telt AFTER INSERT ON journaal REFERENCING NEW TABLE AS erbij
    FOR EACH STATEMENT EXECUTE FUNCTION tel_boekingen();
"""
# Entries of a part of a day are read themselves; they lie together, since a journal only grows.
INDEXEN = """
DROP INDEX journaal_totalen;
DROP INDEX journaal_correctie;
CREATE INDEX journaal_geboekt_op ON journaal USING brin (geboekt_op) WITH (pages_per_range = 32, autosummarize = on);
"""
EIGENAAR = "SELECT quote_ident(pg_get_userbyid(relowner)) FROM pg_class WHERE oid = 'public.alembic_version'::regclass"


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a statement is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute("SET LOCAL lock_timeout = '5s'")
    (eigenaar,) = driver.execute(EIGENAAR).fetchone()
    driver.execute(TABEL)
    driver.execute(VULLEN.format(sommen=SOMMEN.format(journaal="journaal"), eigenaar=eigenaar))
    driver.execute(BIJHOUDEN.format(sommen=SOMMEN.format(journaal="erbij")))
    driver.execute(INDEXEN)
