"""Sessions that an OpenID provider stands behind: what refreshes them, and its word that one is over, which is taken once."""

from alembic import op

revision = "0013_openid_sessie"
down_revision = "0012_inzagelogzegel"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE openid_sessie (
    gemeente text NOT NULL,
    sessie_sha256 bytea NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    sid text NOT NULL,
    verversing bytea,
    verversen_op timestamp with time zone,
    ververst_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, sessie_sha256),
    FOREIGN KEY (gemeente, sessie_sha256) REFERENCES sessie ON DELETE CASCADE,
    CHECK ((verversing IS NULL) = (verversen_op IS NULL))
);
CREATE INDEX openid_sessie_subject ON openid_sessie (issuer, subject);
COMMENT ON TABLE openid_sessie IS 'Een sessie die bij een OpenID-aanbieder begon; met de sessie eindigt ook deze rij.';
COMMENT ON COLUMN openid_sessie.sid IS 'Hoe de aanbieder zijn eigen sessie noemt; leeg als die dat niet zegt.';
COMMENT ON COLUMN openid_sessie.verversing IS 'Het refresh token, versleuteld met wat alleen in het koekje van de browser staat.';
COMMENT ON COLUMN openid_sessie.verversen_op IS 'Vanaf wanneer de aanbieder opnieuw wordt gevraagd wie dit is en wat die mag.';
SELECT zet_muur('openid_sessie', 'SELECT, INSERT, UPDATE (verversing, verversen_op, ververst_op)');

CREATE TABLE uitlogbericht (
    gemeente text NOT NULL,
    jti_sha256 bytea NOT NULL CHECK (length(jti_sha256) = 32),
    ontvangen_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, jti_sha256)
);
COMMENT ON TABLE uitlogbericht IS 'Welke logout tokens al kwamen: elk geldt een keer. De gemeente is leeg.';
SELECT zet_muur('uitlogbericht', 'SELECT, INSERT, DELETE');
"""


def upgrade() -> None:
    op.get_bind().connection.driver_connection.execute(TABELLEN)
