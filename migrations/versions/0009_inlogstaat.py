"""Who is on the way to an OpenID provider and back: once, and for ten minutes."""

from alembic import op

revision = "0009_inlogstaat"
down_revision = "0008_muren"
branch_labels = None
depends_on = None

TABEL = """
CREATE TABLE inlogstaat (
    gemeente text NOT NULL,
    staat_sha256 bytea NOT NULL CHECK (length(staat_sha256) = 32),
    nonce text NOT NULL,
    verificatie text NOT NULL,
    naar text NOT NULL,
    begonnen_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, staat_sha256)
);
COMMENT ON TABLE inlogstaat IS 'Wie onderweg is naar een OpenID-aanbieder en terug. De gemeente is leeg: die is er nog niet.';
SELECT zet_muur('inlogstaat', 'SELECT, INSERT, DELETE');
"""


def upgrade() -> None:
    op.get_bind().connection.driver_connection.execute(TABEL)
