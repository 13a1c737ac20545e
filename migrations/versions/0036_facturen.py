"""Invoices for care outside the messages, as they were uploaded: a register of their own, and no entry in the books."""

from typing import Any

from alembic import op

revision = "0036_facturen"
down_revision = "0035_instelling"
branch_labels = None
depends_on = None
breekt = False

TABEL = """
CREATE TABLE factuur (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    leverancier text NOT NULL CHECK (leverancier <> ''),
    factuurnummer text NOT NULL CHECK (factuurnummer <> ''),
    geladen_op timestamp with time zone NOT NULL,
    agb text NOT NULL,
    factuurdatum date NOT NULL,
    zorg_van date NOT NULL,
    zorg_tot date NOT NULL CHECK (zorg_tot >= zorg_van),
    bedrag bigint NOT NULL,
    segment text NOT NULL,
    zorgvorm text NOT NULL,
    toewijzingnummer bigint,
    bbr_aanvraagnummer text NOT NULL,
    status text NOT NULL CHECK (status IN ('betaald', 'open', 'afgekeurd')),
    geladen_door text NOT NULL,
    PRIMARY KEY (gemeente, leverancier, factuurnummer, geladen_op)
);
COMMENT ON TABLE factuur IS 'Append-only. Facturen voor hulp buiten de berichten om, in eurocenten; van een factuur telt de rij die
het laatst is geladen, en alleen wat is betaald zijn kosten. Geen boeking: het journaal weet hier niet van.';
SELECT zet_muur('factuur', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a statement is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(TABEL)
