"""Notices by mail: who wants them where, and which wait to be sent."""

from alembic import op

revision = "0017_seintjes"
down_revision = "0016_formulierconcept"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE seintjesadres (
    gemeente text NOT NULL,
    persoon_id text NOT NULL,
    adres text NOT NULL CHECK (length(adres) BETWEEN 3 AND 254),
    gekozen_op timestamp with time zone NOT NULL,
    laatst_op timestamp with time zone,
    pogingen integer NOT NULL DEFAULT 0,
    volgende_op timestamp with time zone,
    storing text NOT NULL DEFAULT '',
    PRIMARY KEY (gemeente, persoon_id),
    FOREIGN KEY (gemeente, persoon_id) REFERENCES persoon
);
COMMENT ON TABLE seintjesadres IS 'Wie een e-mail wil als er iets klaarstaat, en waar. Zonder rij: geen e-mail.';
COMMENT ON COLUMN seintjesadres.laatst_op IS 'Wanneer de laatste e-mail ging; de volgende komt niet te snel daarna.';
COMMENT ON COLUMN seintjesadres.pogingen IS 'Hoe vaak versturen mislukte sinds het lukte.';
COMMENT ON COLUMN seintjesadres.storing IS 'Door welke soort fout het laatst; leeg als het lukte.';
CREATE TABLE seintje (
    gemeente text NOT NULL,
    persoon_id text NOT NULL,
    aanleiding text NOT NULL CHECK (aanleiding IN ('antwoord', 'vraag', 'besluit')),
    ontstaan_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, persoon_id, aanleiding),
    FOREIGN KEY (gemeente, persoon_id) REFERENCES seintjesadres ON DELETE CASCADE
);
COMMENT ON TABLE seintje IS 'Waarvoor nog een e-mail moet gaan; van wat er klaarstaat staat hier niets.';
SELECT zet_muur('seintjesadres', 'SELECT, INSERT, UPDATE (adres, gekozen_op, laatst_op, pogingen, volgende_op, storing), DELETE');
SELECT zet_muur('seintje', 'SELECT, INSERT, UPDATE (ontstaan_op), DELETE');
"""


def upgrade() -> None:
    op.get_bind().connection.driver_connection.execute(TABELLEN)
