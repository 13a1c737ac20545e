"""Messages, allocations, deliveries, declarations, findings, answers and the journal.

Every key starts with gemeente, so that the rows of one gemeente live together and the schema spreads over hash partitions
or Citus unchanged. `agb` is in every table the aanbieder whom the row concerns: row-level security looks at those two columns.
"""

from alembic import op

revision = "2026_11_22_berichten"
down_revision = None
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE aanbieder (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    agb text NOT NULL CHECK (agb ~ '^[0-9]{8}$'),
    naam text NOT NULL,
    PRIMARY KEY (gemeente, agb)
);

CREATE TABLE api_sleutel (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    sleutel_id text NOT NULL,
    geheim_sha256 bytea NOT NULL,
    rol text NOT NULL CHECK (rol IN ('aanbieder', 'gemeente', 'contractbeheer', 'financien', 'beheer')),
    agb text CHECK ((agb IS NOT NULL) = (rol = 'aanbieder')),
    aangemaakt_op timestamptz NOT NULL,
    ingetrokken_op timestamptz,
    PRIMARY KEY (gemeente, sleutel_id)
);

CREATE TABLE bericht (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    volgnummer bigint GENERATED ALWAYS AS IDENTITY,
    soort text NOT NULL,
    richting text NOT NULL DEFAULT 'inkomend',
    agb text,
    afzender text,
    ontvanger text,
    identificatie text,
    dagtekening date,
    sha256 bytea NOT NULL,
    status text NOT NULL
        CHECK (status IN ('ontvangen', 'in_behandeling', 'geweigerd', 'afgekeurd', 'ter_beoordeling', 'verwerkt')),
    ontvangen_op timestamptz NOT NULL,
    verwerkt_op timestamptz,
    antwoord_uiterlijk_op date,
    aantal_regels integer,
    ingediend_bedrag bigint,
    toegekend_bedrag bigint,
    afgewezen_bedrag bigint,
    te_beoordelen_bedrag bigint,
    retourcodes text[] NOT NULL DEFAULT '{}',
    declaratie_retourcodes text[] NOT NULL DEFAULT '{}',
    identificatie_gebruikt boolean NOT NULL DEFAULT false,
    pogingen integer NOT NULL DEFAULT 0,
    storing text,
    PRIMARY KEY (gemeente, bericht_id),
    UNIQUE (gemeente, volgnummer),
    CHECK (ingediend_bedrag IS NULL OR status IN ('ontvangen', 'in_behandeling')
           OR ingediend_bedrag = toegekend_bedrag + afgewezen_bedrag + te_beoordelen_bedrag)
);
CREATE UNIQUE INDEX bericht_zelfde_bytes ON bericht (gemeente, sha256) WHERE status <> 'geweigerd';
CREATE UNIQUE INDEX bericht_identificatie ON bericht (gemeente, afzender, soort, identificatie)
    WHERE identificatie_gebruikt;
CREATE INDEX bericht_wachtend ON bericht (gemeente, agb, volgnummer) WHERE status IN ('ontvangen', 'in_behandeling');

CREATE TABLE bericht_inhoud (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    agb text,
    inhoud bytea NOT NULL,
    PRIMARY KEY (gemeente, bericht_id),
    FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht
);
ALTER TABLE bericht_inhoud ALTER COLUMN inhoud SET STORAGE EXTERNAL;

CREATE TABLE antwoord (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    agb text NOT NULL,
    soort text NOT NULL,
    identificatie text NOT NULL,
    inhoud bytea NOT NULL,
    gemaakt_op timestamptz NOT NULL,
    PRIMARY KEY (gemeente, bericht_id),
    UNIQUE (gemeente, soort, identificatie),
    FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht
);
ALTER TABLE antwoord ALTER COLUMN inhoud SET STORAGE EXTERNAL;

CREATE TABLE bevinding (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    volgnummer integer NOT NULL,
    agb text,
    prestatie_id bigint,
    product_volgnummer integer,
    regel text NOT NULL,
    retourcode text,
    gevolg text NOT NULL CHECK (gevolg IN ('afkeuren', 'afwijzen', 'beoordelen', 'signaal')),
    niveau smallint NOT NULL CHECK (niveau BETWEEN 1 AND 4),
    klasse text NOT NULL,
    pad text NOT NULL,
    regelnummer integer,
    melding text NOT NULL,
    gegevens jsonb NOT NULL,
    PRIMARY KEY (gemeente, bericht_id, volgnummer),
    FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht
);
CREATE INDEX bevinding_prestatie ON bevinding (gemeente, prestatie_id) WHERE prestatie_id IS NOT NULL;

CREATE TABLE toewijzing (
    gemeente text NOT NULL,
    toewijzingnummer bigint NOT NULL,
    agb text NOT NULL,
    bsn text NOT NULL,
    categorie text,
    productcode text,
    ingangsdatum date NOT NULL,
    einddatum date,
    reden_wijziging text,
    volume integer,
    eenheid text,
    frequentie text,
    budget bigint,
    toewijzingsdatum date NOT NULL,
    toewijzingstijd time NOT NULL,
    versie integer NOT NULL,
    PRIMARY KEY (gemeente, toewijzingnummer)
);
CREATE INDEX toewijzing_client ON toewijzing (gemeente, agb, bsn);

CREATE TABLE toewijzing_versie (
    gemeente text NOT NULL,
    toewijzingnummer bigint NOT NULL,
    versie integer NOT NULL,
    agb text NOT NULL,
    bericht_id uuid NOT NULL,
    referentie_aanbieder text,
    einddatum date,
    reden_wijziging text,
    volume integer,
    eenheid text,
    frequentie text,
    budget bigint,
    toewijzingsdatum date NOT NULL,
    toewijzingstijd time NOT NULL,
    PRIMARY KEY (gemeente, toewijzingnummer, versie),
    FOREIGN KEY (gemeente, toewijzingnummer) REFERENCES toewijzing,
    FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht
);

CREATE TABLE levering (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    volgnummer integer NOT NULL,
    agb text NOT NULL,
    soort text NOT NULL CHECK (soort IN ('start', 'stop')),
    bsn text NOT NULL,
    toewijzingnummer bigint,
    categorie text,
    productcode text,
    toewijzing_ingangsdatum date,
    begindatum date NOT NULL,
    einddatum date CHECK ((einddatum IS NOT NULL) = (soort = 'stop')),
    reden_beeindiging text CHECK ((reden_beeindiging IS NOT NULL) = (soort = 'stop')),
    verwijderd_door uuid,
    PRIMARY KEY (gemeente, bericht_id, volgnummer),
    FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht
);
CREATE INDEX levering_client ON levering (gemeente, agb, bsn, toewijzingnummer);

CREATE TABLE declaratie (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    agb text NOT NULL,
    declaratienummer text NOT NULL,
    begindatum date NOT NULL,
    einddatum date NOT NULL,
    dagtekening date NOT NULL,
    nummer_gebruikt boolean NOT NULL,
    PRIMARY KEY (gemeente, bericht_id),
    FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht
);
CREATE UNIQUE INDEX declaratie_nummer ON declaratie (gemeente, agb, declaratienummer) WHERE nummer_gebruikt;

CREATE TABLE prestatie (
    gemeente text NOT NULL,
    prestatie_id bigint NOT NULL,
    bericht_id uuid NOT NULL,
    agb text NOT NULL,
    bsn text NOT NULL,
    referentienummer text NOT NULL,
    vorig_referentienummer text,
    toewijzingnummer bigint NOT NULL,
    categorie text NOT NULL,
    productcode text NOT NULL,
    begindatum date NOT NULL,
    einddatum date NOT NULL,
    volume integer NOT NULL,
    eenheid text NOT NULL,
    tarief integer,
    bedrag bigint NOT NULL,
    credit boolean NOT NULL,
    uitkomst text NOT NULL CHECK (uitkomst IN ('toegekend', 'afgewezen', 'ter_beoordeling', 'niet_beoordeeld')),
    retourcodes text[],
    referentie_gebruikt boolean NOT NULL,
    regelnummer integer NOT NULL,
    PRIMARY KEY (gemeente, prestatie_id)
);
CREATE UNIQUE INDEX prestatie_referentie ON prestatie (gemeente, agb, referentienummer) WHERE referentie_gebruikt;
CREATE INDEX prestatie_vorige ON prestatie (gemeente, agb, vorig_referentienummer)
    WHERE credit AND uitkomst IN ('toegekend', 'ter_beoordeling');
CREATE INDEX prestatie_toewijzing ON prestatie (gemeente, toewijzingnummer)
    WHERE uitkomst IN ('toegekend', 'ter_beoordeling');

CREATE TABLE journaal (
    gemeente text NOT NULL,
    prestatie_id bigint NOT NULL,
    boeking smallint NOT NULL DEFAULT 1,
    agb text NOT NULL,
    bericht_id uuid NOT NULL,
    besluit_id bigint,
    soort text NOT NULL CHECK (soort IN ('toekenning', 'creditering', 'correctie')),
    rekening text NOT NULL,
    tegenrekening text NOT NULL,
    bedrag bigint NOT NULL,
    toewijzingnummer bigint NOT NULL,
    categorie text NOT NULL,
    productcode text NOT NULL,
    zorgmaand date NOT NULL,
    declaratiemaand date NOT NULL,
    geboekt_op timestamptz NOT NULL,
    PRIMARY KEY (gemeente, prestatie_id, boeking),
    CHECK ((boeking = 1) = (soort <> 'correctie'))
);

COMMENT ON TABLE journaal IS
    'Append-only. De eerste boeking van een prestatie is haar toekenning of creditering, elke volgende een correctie.'
    ' Bedrag in eurocenten: positief is schuld aan de aanbieder erbij (rekening debet, tegenrekening credit).';
"""

ALLEEN_ERBIJ = """
CREATE FUNCTION weiger_wijziging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Tabel % is alleen om aan toe te voegen: een boeking of bevinding wordt nooit gewijzigd.', TG_TABLE_NAME;
END $$;
CREATE TRIGGER journaal_alleen_erbij BEFORE UPDATE OR DELETE OR TRUNCATE ON journaal
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER bevinding_alleen_erbij BEFORE UPDATE OR DELETE OR TRUNCATE ON bevinding
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
"""

LEZER = """
DO $$ BEGIN
    CREATE ROLE berichten_lezer NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
    EXECUTE format('GRANT berichten_lezer TO %I', current_user);
END $$;
GRANT USAGE ON SCHEMA public TO berichten_lezer;
"""

AFGESCHERMD = (
    "aanbieder", "bericht", "bericht_inhoud", "antwoord", "bevinding", "toewijzing", "toewijzing_versie", "levering",
    "declaratie", "prestatie", "journaal",
)  # fmt: skip


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TABELLEN)
    op.execute(ALLEEN_ERBIJ)
    op.execute(LEZER)
    for tabel in AFGESCHERMD:
        op.execute(f"GRANT SELECT ON {tabel} TO berichten_lezer")
        op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY eigen_rijen ON {tabel} FOR SELECT TO berichten_lezer USING ("
            " gemeente = current_setting('berichten.gemeente', true)"
            " AND current_setting('berichten.agb', true) IN ('', agb))"
        )
