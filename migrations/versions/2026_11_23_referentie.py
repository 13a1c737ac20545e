"""Reference data: product catalogue, contracts and tariffs, with the dates between which they hold.

An empty agb, opleidingsniveau or eenheid is an empty text and not NULL, so that it can be part of the key.
"""

from alembic import op

revision = "2026_11_23_referentie"
down_revision = "2026_11_22_berichten"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE pdc (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    productcode text NOT NULL,
    omschrijving text NOT NULL,
    productcategorie text NOT NULL,
    eenheid text NOT NULL,
    uitvoeringsvariant text NOT NULL CHECK (uitvoeringsvariant IN ('inspanning', 'output')),
    zorgvorm text NOT NULL,
    segment text NOT NULL,
    opleidingsniveau text NOT NULL,
    vereiste_registratie text NOT NULL CHECK (vereiste_registratie IN ('', 'SKJ', 'BIG', 'SKJ/BIG')),
    taakveld text NOT NULL,
    ingangsdatum date NOT NULL,
    einddatum date CHECK (einddatum >= ingangsdatum),
    PRIMARY KEY (gemeente, productcode, ingangsdatum)
);

CREATE TABLE contract (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    agb text NOT NULL CHECK (agb ~ '^[0-9]{8}$'),
    productcode text NOT NULL,
    ingangsdatum date NOT NULL,
    einddatum date CHECK (einddatum >= ingangsdatum),
    PRIMARY KEY (gemeente, agb, productcode, ingangsdatum)
);

CREATE TABLE tarief (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    agb text NOT NULL CHECK (agb ~ '^([0-9]{8})?$'),
    productcode text NOT NULL,
    opleidingsniveau text NOT NULL,
    eenheid text NOT NULL,
    tarief integer NOT NULL CHECK (tarief >= 0),
    ingangsdatum date NOT NULL,
    einddatum date CHECK (einddatum >= ingangsdatum),
    PRIMARY KEY (gemeente, productcode, agb, opleidingsniveau, eenheid, ingangsdatum)
);

DROP INDEX prestatie_toewijzing;
CREATE INDEX prestatie_toewijzing ON prestatie (gemeente, toewijzingnummer, begindatum)
    INCLUDE (einddatum, categorie, productcode, eenheid, volume, bedrag, credit)
    WHERE uitkomst IN ('toegekend', 'ter_beoordeling');
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TABELLEN)
    for tabel in ("pdc", "contract", "tarief"):
        op.execute(f"GRANT SELECT ON {tabel} TO berichten_lezer")
        op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
        eigen = "true" if tabel == "pdc" else "current_setting('berichten.agb', true) IN ('', agb) OR agb = ''"
        op.execute(
            f"CREATE POLICY eigen_rijen ON {tabel} FOR SELECT TO berichten_lezer USING ("
            f" gemeente = current_setting('berichten.gemeente', true) AND ({eigen}))"
        )
