"""A gemeente says of an aanbieder that its contract gives it no role in changes (VZ02)."""

from alembic import op

revision = "0032_verzoekrol"
down_revision = "0031_controle"
branch_labels = None
depends_on = None

ROL = """
ALTER TABLE verzoekbeleid DROP CONSTRAINT verzoekbeleid_gevolg_check;
ALTER TABLE verzoekbeleid ADD CONSTRAINT verzoekbeleid_gevolg_check
    CHECK (gevolg IN ('honoreren', 'beoordelen') OR (gevolg = 'geen_rol' AND soort = 'JW317'));
COMMENT ON COLUMN verzoekbeleid.gevolg IS 'geen_rol: volgens zijn contract vraagt de aanbieder geen wijzigingen (VZ02).';
"""


def upgrade() -> None:
    op.get_bind().connection.driver_connection.execute(ROL)
