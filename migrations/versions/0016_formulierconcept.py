"""What somebody typed when the session ended: kept for a day at most, and given back to that person alone."""

from alembic import op

revision = "0016_formulierconcept"
down_revision = "0015_twee_voor_een_rol"
branch_labels = None
depends_on = None

TABEL = """
CREATE TABLE formulierconcept (
    gemeente text NOT NULL,
    door text NOT NULL,
    pagina text NOT NULL,
    velden bytea NOT NULL,
    bewaard_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, door, pagina)
);
CREATE INDEX formulierconcept_oud ON formulierconcept (bewaard_op);
COMMENT ON TABLE formulierconcept IS 'Wat iemand had ingevuld toen de sessie eindigde; alleen voor die persoon, hooguit een dag.';
COMMENT ON COLUMN formulierconcept.velden IS 'Versleuteld zoals de inhoud van berichten.';
SELECT zet_muur('formulierconcept', 'SELECT, INSERT, UPDATE (velden, bewaard_op), DELETE');
"""


def upgrade() -> None:
    op.get_bind().connection.driver_connection.execute(TABEL)
