"""Reference data for the gemeente's own rules: agreements, delivery records, frames, spending room and policy. None holds a BSN.

An empty agb, segment, zorgvorm or referentienummer is an empty text and not NULL, as in the other reference tables.
"""

from alembic import op

revision = "2026_11_25_referentie_regels"
down_revision = "2026_11_24_jw303"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE gezinsplanafspraak (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    toewijzingnummer bigint NOT NULL,
    benodigd_niveau text NOT NULL,
    lager_niveau_goedgekeurd boolean NOT NULL,
    ingangsdatum date NOT NULL,
    einddatum date CHECK (einddatum >= ingangsdatum),
    PRIMARY KEY (gemeente, toewijzingnummer, ingangsdatum)
);

CREATE TABLE verantwoording (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    agb text NOT NULL CHECK (agb ~ '^[0-9]{8}$'),
    referentienummer text NOT NULL,
    toewijzingnummer bigint,
    maand date CHECK (extract(day FROM maand) = 1),
    datum date,
    minuten integer NOT NULL CHECK (minuten >= 0),
    soort text NOT NULL CHECK (soort IN ('direct', 'groep', 'indirect', 'niet_clientgebonden', 'no_show', 'afgezegd')),
    niveau text NOT NULL,
    registratie text NOT NULL CHECK (registratie IN ('SKJ', 'BIG', 'geen')),
    CHECK (referentienummer <> '' OR (toewijzingnummer IS NOT NULL AND maand IS NOT NULL)),
    CHECK (datum IS NOT NULL OR maand IS NOT NULL),
    UNIQUE NULLS NOT DISTINCT (gemeente, agb, referentienummer, toewijzingnummer, maand, datum, soort, niveau, registratie)
);
CREATE INDEX verantwoording_toewijzing ON verantwoording (gemeente, toewijzingnummer, maand) WHERE toewijzingnummer IS NOT NULL;

CREATE TABLE kader (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    kader text NOT NULL,
    segment text NOT NULL,
    zorgvorm text NOT NULL,
    max_maanden integer CHECK (max_maanden > 0),
    max_minuten integer CHECK (max_minuten > 0),
    ingangsdatum date NOT NULL,
    einddatum date CHECK (einddatum >= ingangsdatum),
    PRIMARY KEY (gemeente, kader, ingangsdatum)
);

CREATE TABLE bestedingsruimte (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    agb text NOT NULL CHECK (agb ~ '^([0-9]{8})?$'),
    segment text NOT NULL,
    periode_van date NOT NULL,
    periode_tot date CHECK (periode_tot >= periode_van),
    bedrag bigint NOT NULL CHECK (bedrag >= 0),
    soort text NOT NULL CHECK (soort IN ('indicatief', 'plafond')),
    PRIMARY KEY (gemeente, agb, segment, soort, periode_van)
);

CREATE TABLE regelbeleid (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    agb text NOT NULL CHECK (agb ~ '^([0-9]{8})?$'),
    regel text NOT NULL,
    gevolg text NOT NULL CHECK (gevolg IN ('beoordelen', 'signaal', 'afwijzen', 'uit')),
    retourcode text NOT NULL CHECK (retourcode <> '' OR gevolg <> 'afwijzen'),
    ingangsdatum date NOT NULL,
    einddatum date CHECK (einddatum >= ingangsdatum),
    PRIMARY KEY (gemeente, agb, regel, ingangsdatum)
);
"""

EIGEN_OF_ALGEMEEN = "current_setting('berichten.agb', true) IN ('', agb) OR agb = ''"
LEZERS = {
    # An agreement has no aanbieder of its own: it is that of the allocation, which the policy on toewijzing shows only its own.
    "gezinsplanafspraak": "current_setting('berichten.agb', true) = '' OR EXISTS ("
    "SELECT FROM toewijzing t WHERE t.gemeente = gezinsplanafspraak.gemeente"
    " AND t.toewijzingnummer = gezinsplanafspraak.toewijzingnummer AND t.agb = current_setting('berichten.agb', true))",
    "verantwoording": "current_setting('berichten.agb', true) IN ('', agb)",
    "kader": "true",
    "bestedingsruimte": EIGEN_OF_ALGEMEEN,
    "regelbeleid": EIGEN_OF_ALGEMEEN,
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TABELLEN)
    for tabel, eigen in LEZERS.items():
        op.execute(f"GRANT SELECT ON {tabel} TO berichten_lezer")
        op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY eigen_rijen ON {tabel} FOR SELECT TO berichten_lezer USING ("
            f" gemeente = current_setting('berichten.gemeente', true) AND ({eigen}))"
        )
