"""A file that somebody wants to send, between the try and the sending: kept for a day at most, and only for who brought it."""

from alembic import op

revision = "0007_conceptzendingen"
down_revision = "0006_werkblad"
branch_labels = None
depends_on = None

TABEL = """
CREATE TABLE conceptzending (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{{4}}$'),
    zending_id uuid NOT NULL,
    agb text NOT NULL CHECK (agb ~ '^[0-9]{{8}}$'),
    door text NOT NULL,
    bestandsnaam text NOT NULL,
    inhoud bytea,
    uitkomst bytea,
    verzonden bytea,
    gemaakt_op timestamp with time zone NOT NULL,
    verstuurd_op timestamp with time zone,
    PRIMARY KEY (gemeente, zending_id),
    CHECK ((verstuurd_op IS NULL) = (inhoud IS NOT NULL))
);
CREATE INDEX conceptzending_oud ON conceptzending (gemaakt_op);
COMMENT ON TABLE conceptzending IS 'Hooguit een dag bewaard; na het versturen alleen nog wat ervan werd.';
COMMENT ON COLUMN conceptzending.uitkomst IS 'Van de proef; leeg zolang die loopt. Versleuteld zoals de inhoud.';
ALTER TABLE conceptzending ENABLE ROW LEVEL SECURITY;
CREATE POLICY boeker ON conceptzending TO {boeker} USING (true);
GRANT SELECT, INSERT, DELETE, UPDATE (inhoud, uitkomst, verzonden, verstuurd_op) ON conceptzending TO {boeker};
"""


def upgrade() -> None:
    # The driver's own connection: a colon in a comment is no place for a value.
    driver = op.get_bind().connection.driver_connection
    driver.execute("SET LOCAL lock_timeout = '5s'")
    # Roles bear the name of the database in which they were made, also in a copy of it.
    (boeker,) = driver.execute(
        "SELECT quote_ident(regexp_replace(pg_get_userbyid(relowner), 'eigenaar$', 'boeker'))"
        " FROM pg_class WHERE oid = 'public.bericht'::regclass"
    ).fetchone()
    driver.execute(TABEL.format(boeker=boeker))
