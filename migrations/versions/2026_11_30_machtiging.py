"""Mandates: one aanbieder that may act for another."""

from alembic import op

revision = "2026_11_30_machtiging"
down_revision = "2026_11_30_sleutels"
branch_labels = None
depends_on = None

TABEL = """
CREATE TABLE machtiging (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    nummer bigint GENERATED ALWAYS AS IDENTITY,
    gemachtigde text NOT NULL CHECK (gemachtigde ~ '^[0-9]{8}$'),
    agb text NOT NULL CHECK (agb ~ '^[0-9]{8}$'),
    begindatum date NOT NULL,
    einddatum date CHECK (einddatum >= begindatum),
    gemaakt_op timestamptz NOT NULL,
    ingetrokken_op timestamptz,
    PRIMARY KEY (gemeente, nummer),
    CHECK (gemachtigde <> agb)
);
COMMENT ON TABLE machtiging IS 'Wie namens een andere aanbieder mag insturen en inzien, van begindatum tot en met einddatum.';
CREATE INDEX machtiging_gemachtigde ON machtiging (gemeente, gemachtigde, agb);
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TABEL)
    op.execute("ALTER TABLE machtiging ENABLE ROW LEVEL SECURITY")
