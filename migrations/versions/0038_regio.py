"""Which gemeenten work together in a region, and what its people may see of each: figures, and no rows of others."""

from typing import Any

from alembic import op

revision = "0038_regio"
down_revision = "0037_casusregie"
branch_labels = None
depends_on = None
breekt = False

TABEL = """
CREATE TABLE regio_gemeente (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    regio text NOT NULL CHECK (regio <> ''),
    van date NOT NULL,
    geladen_op timestamp with time zone NOT NULL,
    tot date CHECK (tot >= van),
    mandaat text NOT NULL CHECK (mandaat IN ('rapport', 'contract')),
    besluit text NOT NULL CHECK (besluit <> ''),
    geladen_door text NOT NULL,
    PRIMARY KEY (gemeente, regio, van, geladen_op)
);
COMMENT ON TABLE regio_gemeente IS 'Append-only. Van wanneer tot wanneer een gemeente bij een regio hoort en wat de regio van haar
mag; van dezelfde gemeente, regio en eerste dag telt de rij die het laatst is geladen. tot leeg: zonder einde.';
SELECT zet_muur('regio_gemeente', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a statement is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(TABEL)
