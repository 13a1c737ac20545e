"""Processes that work say that they are there, so that it is seen when they are not."""

from alembic import op

revision = "0022_hartslag"
down_revision = "0021_wie_iemand_is"
branch_labels = None
depends_on = None

TABEL = """
CREATE TABLE hartslag (
    gemeente text NOT NULL CHECK (gemeente = ''),
    proces text NOT NULL,
    rol text NOT NULL,
    machine text NOT NULL,
    begonnen_op timestamp with time zone NOT NULL,
    gezien_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, proces)
);
COMMENT ON TABLE hartslag IS 'Processen die werken, en wanneer zij dat het laatst lieten weten. De gemeente is leeg: zij werken voor
alle gemeenten.';
SELECT zet_muur('hartslag', 'SELECT', '', '', 'SELECT, INSERT, UPDATE (gezien_op), DELETE');
"""


def upgrade() -> None:
    op.get_bind().connection.driver_connection.execute(TABEL)
