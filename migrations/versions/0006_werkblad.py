"""What reviewers keep beside their work: who opened which held line, and views of a list that somebody named."""

from typing import Any

from alembic import op

revision = "0006_werkblad"
down_revision = "0005_systemen"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE bekeken (
    gemeente text NOT NULL,
    prestatie_id bigint NOT NULL,
    door text NOT NULL,
    bekeken_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, prestatie_id, door)
);
COMMENT ON TABLE bekeken IS 'Wie een aangehouden regel het laatst opende, zodat twee beoordelaars niet hetzelfde doen. Geen slot.';
CREATE TABLE weergave (
    gemeente text NOT NULL,
    door text NOT NULL,
    pagina text NOT NULL CHECK (pagina ~ '^[a-z]{1,40}$'),
    naam text NOT NULL CHECK (btrim(naam) <> '' AND length(naam) <= 60),
    vraag text NOT NULL CHECK (length(vraag) <= 2000),
    bewaard_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, door, pagina, naam)
);
COMMENT ON TABLE weergave IS 'Filter en volgorde van een lijst die iemand onder een naam bewaarde; vraag is het deel van het adres
achter het vraagteken.';
"""
MUREN = """
ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY;
CREATE POLICY boeker ON {tabel} TO {boeker} USING (true);
GRANT {mag} ON {tabel} TO {boeker};
CREATE POLICY eigen_rijen ON {tabel} FOR SELECT TO berichten_lezer
    USING (gemeente = current_setting('berichten.gemeente', true) AND current_setting('berichten.agb', true) = '');
GRANT SELECT ON {tabel} TO berichten_lezer;
"""
MAG = {
    "bekeken": "SELECT, INSERT, UPDATE (bekeken_op)",
    "weergave": "SELECT, INSERT, DELETE, UPDATE (vraag, bewaard_op)",
}


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(TABELLEN)
    (boeker,) = driver.execute("SELECT quote_ident(regexp_replace(current_user, 'eigenaar$', 'boeker'))").fetchone()
    for tabel, mag in MAG.items():
        driver.execute(MUREN.format(tabel=tabel, mag=mag, boeker=boeker))
