"""Monitor: indicators and referrers that are uploaded, and what was published before, so that later exports hide no less."""

from alembic import op

revision = "2026_11_29_monitor"
down_revision = "2026_11_28_betalingen"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE monitor_opgave (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    nr smallint NOT NULL CHECK (nr BETWEEN 1 AND 14),
    jaar smallint NOT NULL CHECK (jaar BETWEEN 2000 AND 2100),
    onderdeel text NOT NULL,
    waarde numeric(14, 2) NOT NULL,
    eenheid text NOT NULL CHECK (eenheid IN ('aantal', 'procent', 'score', 'dagen', 'euro')),
    bron text NOT NULL CHECK (bron <> ''),
    geladen_door text NOT NULL,
    geladen_op timestamptz NOT NULL,
    PRIMARY KEY (gemeente, nr, jaar, onderdeel)
);
COMMENT ON TABLE monitor_opgave IS
    'Indicatoren die niet uit berichten komen, zoals iemand van de gemeente ze heeft opgegeven. geladen_door: een sleutel_id.';

CREATE TABLE verwijzing (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    toewijzingnummer bigint NOT NULL,
    verwijzer text NOT NULL,
    PRIMARY KEY (gemeente, toewijzingnummer)
);
COMMENT ON TABLE verwijzing IS 'Wie naar de hulp van een toewijzing verwees. Alleen een JW315 zegt dat, en dat komt hier niet.';

CREATE TABLE monitor_publicatie (
    gemeente text NOT NULL,
    gemeenten text NOT NULL,
    periode_van date NOT NULL,
    periode_tot date NOT NULL,
    cel text NOT NULL,
    teken text NOT NULL CHECK (teken IN ('getal', 'klein', 'verborgen')),
    aantal integer CHECK ((aantal IS NOT NULL) = (teken = 'getal')),
    gepubliceerd_op timestamptz NOT NULL,
    PRIMARY KEY (gemeente, gemeenten, periode_van, periode_tot, cel)
);
COMMENT ON TABLE monitor_publicatie IS
    'Wat van elke cel is getoond: het aantal, dat het klein is (1 tot en met 5), of niets. Wat niet is getoond staat er niet.'
    ' gemeenten: alle gemeenten van de uitvoer, met komma''s ertussen; elk van hen heeft de rijen.';
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TABELLEN)
    for tabel in ("monitor_opgave", "verwijzing", "monitor_publicatie"):
        op.execute(f"GRANT SELECT ON {tabel} TO berichten_lezer")
        op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY eigen_rijen ON {tabel} FOR SELECT TO berichten_lezer USING ("
            " gemeente = current_setting('berichten.gemeente', true)"
            " AND current_setting('berichten.agb', true) = '')"
        )
