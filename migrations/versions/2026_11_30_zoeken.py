"""Indexes for what people search by. Each ends in what its list is sorted by, so that a page is read and nothing more."""

from alembic import op

revision = "2026_11_30_zoeken"
down_revision = "2026_11_30_kenmerken_vullen"
branch_labels = None
depends_on = None

INDEXEN = """
CREATE INDEX bericht_aanbieder ON bericht (gemeente, agb, volgnummer);
CREATE INDEX bericht_soort ON bericht (gemeente, soort, volgnummer);
CREATE INDEX bericht_status ON bericht (gemeente, status, volgnummer);
CREATE INDEX bericht_zoek_identificatie ON bericht (gemeente, identificatie, volgnummer);
CREATE INDEX bericht_declaratienummer ON bericht (gemeente, declaratienummer, volgnummer) WHERE declaratienummer IS NOT NULL;
CREATE INDEX bericht_eigen_kenmerk ON bericht (gemeente, eigen_kenmerk, volgnummer) WHERE eigen_kenmerk IS NOT NULL;
CREATE INDEX bericht_ontvangen ON bericht (gemeente, ontvangen_op, volgnummer);
CREATE INDEX bevinding_regel ON bevinding (gemeente, regel, bericht_id);
CREATE INDEX bevinding_retourcode ON bevinding (gemeente, retourcode, bericht_id) WHERE retourcode IS NOT NULL;
CREATE INDEX toewijzing_aanbieder ON toewijzing (gemeente, agb, toewijzingnummer);
CREATE INDEX toewijzing_product ON toewijzing (gemeente, productcode, toewijzingnummer);
CREATE INDEX toewijzing_bsn ON toewijzing (gemeente, bsn, toewijzingnummer);
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(INDEXEN)
