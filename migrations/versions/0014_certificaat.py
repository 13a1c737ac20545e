"""A system may come with a PKIoverheid certificate: known by its OIN and name, which stay when the certificate is renewed."""

from alembic import op

revision = "0014_certificaat"
down_revision = "0013_openid_sessie"
branch_labels = None
depends_on = None

KOLOMMEN = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE systeem
    ADD COLUMN oin text NOT NULL DEFAULT '' CHECK (oin ~ '^([0-9]{20})?$'),
    ADD COLUMN certificaatnaam text NOT NULL DEFAULT '',
    ADD CHECK ((oin = '') = (certificaatnaam = ''));
CREATE UNIQUE INDEX systeem_certificaat ON systeem (oin, certificaatnaam) WHERE oin <> '' AND ingetrokken_op IS NULL;
COMMENT ON COLUMN systeem.oin IS 'Organisatie-identificatienummer in het certificaat waarmee het systeem komt; leeg: zonder.';
COMMENT ON COLUMN systeem.certificaatnaam IS 'De naam (CN) in dat certificaat.';
SELECT zet_muur('systeem', 'UPDATE (oin, certificaatnaam)');
"""


def upgrade() -> None:
    op.get_bind().connection.driver_connection.execute(KOLOMMEN)
