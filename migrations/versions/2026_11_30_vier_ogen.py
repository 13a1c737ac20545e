"""Accounts that a second person confirms, and blocks that two people lift. Both are only added to."""

from alembic import op

revision = "2026_11_30_vier_ogen"
down_revision = "2026_11_30_machtiging"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE rekeningoordeel (
    gemeente text NOT NULL,
    rekening_id bigint NOT NULL,
    oordeel text NOT NULL CHECK (oordeel IN ('bevestigd', 'ingetrokken')),
    door text NOT NULL,
    gegeven_op timestamptz NOT NULL,
    PRIMARY KEY (gemeente, rekening_id),
    FOREIGN KEY (gemeente, rekening_id) REFERENCES betaalrekening
);
COMMENT ON TABLE rekeningoordeel IS
    'Append-only. Een vastgelegde rekening is een voorstel; alleen wat een tweede persoon bevestigde, wordt gebruikt.';
INSERT INTO rekeningoordeel (gemeente, rekening_id, oordeel, door, gegeven_op)
    SELECT gemeente, rekening_id, 'bevestigd', 'dienst', vastgelegd_op FROM betaalrekening;

CREATE TABLE opheffingsstap (
    gemeente text NOT NULL,
    blokkade_id bigint NOT NULL,
    stap integer NOT NULL CHECK (stap > 0),
    soort text NOT NULL CHECK (soort IN ('voorgesteld', 'teruggenomen')),
    door text NOT NULL,
    gedaan_op timestamptz NOT NULL,
    PRIMARY KEY (gemeente, blokkade_id, stap),
    FOREIGN KEY (gemeente, blokkade_id) REFERENCES betaalblokkade
);
COMMENT ON TABLE opheffingsstap IS
    'Append-only. Wie voorstelde een blokkade op te heffen, of dat voorstel terugnam; een tweede persoon heft haar op'
    ' (betaalblokkade.opgeheven_door).';
"""
TABELNAMEN = {
    "rekeningoordeel": "EXISTS (SELECT FROM betaalrekening r WHERE r.gemeente = rekeningoordeel.gemeente"
    " AND r.rekening_id = rekeningoordeel.rekening_id)",
    "opheffingsstap": "current_setting('berichten.agb', true) = ''",
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TABELLEN)
    for tabel, wie in TABELNAMEN.items():
        op.execute(
            f"CREATE TRIGGER {tabel}_alleen_erbij BEFORE UPDATE OR DELETE OR TRUNCATE ON {tabel}"
            " FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()"
        )
        op.execute(f"GRANT SELECT ON {tabel} TO berichten_lezer")
        op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY eigen_rijen ON {tabel} FOR SELECT TO berichten_lezer USING ("
            f" gemeente = current_setting('berichten.gemeente', true) AND {wie})"
        )
