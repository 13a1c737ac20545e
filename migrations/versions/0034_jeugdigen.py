"""How many jeugdigen live in a gemeente, as it was uploaded: what part of them had care is told beside it."""

from typing import Any

from alembic import op

revision = "0034_jeugdigen"
down_revision = "0033_geldig"
branch_labels = None
depends_on = None
breekt = False

TABEL = """
CREATE TABLE jeugdigen (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    jaar smallint NOT NULL,
    leeftijd_van smallint NOT NULL CHECK (leeftijd_van >= 0),
    leeftijd_tot smallint NOT NULL CHECK (leeftijd_tot >= leeftijd_van),
    geladen_op timestamp with time zone NOT NULL,
    aantal integer NOT NULL CHECK (aantal >= 0),
    peildatum date NOT NULL,
    bron text NOT NULL CHECK (bron <> ''),
    geladen_door text NOT NULL,
    PRIMARY KEY (gemeente, jaar, leeftijd_van, leeftijd_tot, geladen_op)
);
COMMENT ON TABLE jeugdigen IS 'Append-only. Hoeveel jeugdigen van leeftijd_van tot en met leeftijd_tot er op 1 januari van het jaar
wonen; van dezelfde sleutel telt de rij die het laatst is geladen.';
SELECT zet_muur('jeugdigen', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a statement is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(TABEL)
