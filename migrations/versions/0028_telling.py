"""A booking is added to the totals of its day in half the time: entries are summed by moment first, and only sums get a day.

A large declaration books thirty thousand entries at one moment, of which the day in Nederland was reckoned one by one.
"""

from typing import Any

from alembic import op

revision = "0028_telling"
down_revision = "0027_kwartaal"
branch_labels = None
depends_on = None
breekt = False

# `regels` are first entries, and of those a correction is none (`journaal_check`).
BIJHOUDEN = """
CREATE OR REPLACE FUNCTION tel_boekingen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    WITH moment AS (
        SELECT gemeente, agb, zorgmaand, categorie, productcode, declaratiemaand, geboekt_op, soort, sum(bedrag) AS bedrag,
            count(*) AS aantal
        FROM erbij GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
    ), som AS MATERIALIZED (
        SELECT gemeente, agb, zorgmaand, categorie, productcode, declaratiemaand,
            (geboekt_op AT TIME ZONE 'Europe/Amsterdam')::date AS boekdag,
            coalesce(sum(bedrag) FILTER (WHERE soort = 'toekenning'), 0)::bigint AS toegekend,
            coalesce(sum(bedrag) FILTER (WHERE soort = 'creditering'), 0)::bigint AS gecrediteerd,
            coalesce(sum(bedrag) FILTER (WHERE soort = 'correctie'), 0)::bigint AS correcties,
            coalesce(sum(aantal) FILTER (WHERE soort <> 'correctie'), 0)::bigint AS regels
        FROM moment GROUP BY 1, 2, 3, 4, 5, 6, 7
    )
    INSERT INTO boektotaal AS t SELECT * FROM som ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (gemeente, agb, zorgmaand, categorie, productcode, declaratiemaand, boekdag) DO UPDATE SET
        toegekend = t.toegekend + excluded.toegekend, gecrediteerd = t.gecrediteerd + excluded.gecrediteerd,
        correcties = t.correcties + excluded.correcties, regels = t.regels + excluded.regels;
    RETURN NULL;
END $$;
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a statement is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(BIJHOUDEN)
