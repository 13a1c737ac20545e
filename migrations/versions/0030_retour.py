"""A JW301 that the aanbieder rejected (JW302 with a code) or never answered: somebody says when that is dealt with."""

from alembic import op

revision = "0030_retour"
down_revision = "0029_volgorde"
branch_labels = None
depends_on = None

TABEL = """
CREATE TABLE retour_afronding (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    volgnummer integer NOT NULL,
    agb text NOT NULL,
    toelichting text NOT NULL CHECK (toelichting <> ''),
    door text NOT NULL,
    afgerond_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, bericht_id, volgnummer)
);
COMMENT ON TABLE retour_afronding IS 'Append-only. Een medewerker heeft uitgezocht waarom de aanbieder een JW301 (bericht_id)
afkeurde of niet beantwoordde. Een later JW302 met een code telt opnieuw.';
CREATE INDEX retour_afgekeurd ON retour (gemeente) WHERE heen_soort = 'JW301' AND NOT aangenomen;
SELECT zet_muur('retour_afronding', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
"""


def upgrade() -> None:
    op.get_bind().connection.driver_connection.execute(TABEL)
