-- Declarations, their lines, and the journal in which they are booked.

CREATE TABLE declaratie (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    agb text NOT NULL,
    declaratienummer text NOT NULL,
    begindatum date NOT NULL,
    einddatum date NOT NULL,
    dagtekening date NOT NULL,
    nummer_gebruikt boolean NOT NULL,
    soort text DEFAULT 'JW323'::text NOT NULL
);

ALTER TABLE ONLY declaratie
    ADD CONSTRAINT declaratie_pkey PRIMARY KEY (gemeente, bericht_id);

CREATE UNIQUE INDEX declaratie_nummer ON declaratie USING btree (gemeente, agb, declaratienummer, soort) WHERE nummer_gebruikt;

CREATE TABLE journaal (
    gemeente text NOT NULL,
    prestatie_id bigint NOT NULL,
    boeking smallint DEFAULT 1 NOT NULL,
    agb text NOT NULL,
    bericht_id uuid NOT NULL,
    besluit_id bigint,
    soort text NOT NULL,
    rekening text NOT NULL,
    tegenrekening text NOT NULL,
    bedrag bigint NOT NULL,
    toewijzingnummer bigint,
    categorie text NOT NULL,
    productcode text NOT NULL,
    zorgmaand date NOT NULL,
    declaratiemaand date NOT NULL,
    geboekt_op timestamp with time zone NOT NULL,
    CONSTRAINT journaal_check CHECK (((boeking = 1) = (soort <> 'correctie'::text))),
    CONSTRAINT journaal_soort_check CHECK ((soort = ANY (ARRAY['toekenning'::text, 'creditering'::text, 'correctie'::text])))
)
WITH (autovacuum_vacuum_insert_scale_factor='0.02');
COMMENT ON TABLE journaal IS 'Append-only. De eerste boeking van een prestatie is haar toekenning of creditering, elke volgende een correctie. Bedrag in eurocenten: positief is schuld aan de aanbieder erbij (rekening debet, tegenrekening credit).';

ALTER TABLE ONLY journaal
    ADD CONSTRAINT journaal_pkey PRIMARY KEY (gemeente, prestatie_id, boeking);

CREATE INDEX journaal_correctie ON journaal USING btree (gemeente, zorgmaand) WHERE (soort = 'correctie'::text);

CREATE INDEX journaal_totalen ON journaal USING btree (gemeente, agb, zorgmaand, categorie, productcode, declaratiemaand) INCLUDE (geboekt_op, bedrag);

CREATE TRIGGER journaal_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON journaal FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TABLE prestatie (
    gemeente text NOT NULL,
    prestatie_id bigint NOT NULL,
    bericht_id uuid NOT NULL,
    agb text NOT NULL,
    bsn text NOT NULL,
    referentienummer text NOT NULL,
    vorig_referentienummer text,
    toewijzingnummer bigint,
    categorie text NOT NULL,
    productcode text NOT NULL,
    begindatum date NOT NULL,
    einddatum date NOT NULL,
    volume integer NOT NULL,
    eenheid text NOT NULL,
    tarief integer,
    bedrag bigint NOT NULL,
    credit boolean NOT NULL,
    uitkomst text NOT NULL,
    retourcodes text[],
    referentie_gebruikt boolean NOT NULL,
    regelnummer integer NOT NULL,
    soort text DEFAULT 'JW323'::text NOT NULL,
    toegekend_volume integer,
    toegekend_bedrag bigint,
    zonder_feiten smallint DEFAULT 0 NOT NULL,
    hertoetsing smallint DEFAULT 0 NOT NULL,
    CONSTRAINT prestatie_deel CHECK ((((toegekend_volume IS NULL) = (toegekend_bedrag IS NULL)) AND ((toegekend_volume IS NULL) OR (uitkomst = 'toegekend'::text)))),
    CONSTRAINT prestatie_uitkomst_check CHECK ((uitkomst = ANY (ARRAY['toegekend'::text, 'afgewezen'::text, 'ter_beoordeling'::text, 'niet_beoordeeld'::text])))
);
COMMENT ON COLUMN prestatie.toegekend_volume IS 'Wat van het volume telt voor de toewijzing, als dat niet alles is (JW303); leeg is alles.';
COMMENT ON COLUMN prestatie.toegekend_bedrag IS 'Wat van het bedrag telt in de boeken en voor een budget, als dat niet alles is (JW303), in eurocenten; leeg is alles.';
COMMENT ON COLUMN prestatie.zonder_feiten IS 'Welke feiten er niet waren bij het toetsen (Feit in berichten.regels.feiten): wat ze nodig heeft is niet te toetsen.';
COMMENT ON COLUMN prestatie.hertoetsing IS 'Hoe vaak de regel opnieuw is getoetst na aanvullende feiten; haar bevindingen van nu dragen hetzelfde nummer.';

ALTER TABLE ONLY prestatie
    ADD CONSTRAINT prestatie_pkey PRIMARY KEY (gemeente, prestatie_id);

CREATE INDEX prestatie_deels_toegekend ON prestatie USING btree (gemeente, prestatie_id) WHERE (toegekend_bedrag IS NOT NULL);

CREATE INDEX prestatie_niet_toegekend ON prestatie USING btree (gemeente, agb, begindatum) INCLUDE (prestatie_id, bericht_id, categorie, productcode, uitkomst, bedrag) WHERE (uitkomst <> 'toegekend'::text);

CREATE INDEX prestatie_onbeoordeelde_nota ON prestatie USING btree (gemeente, agb, referentienummer) WHERE ((uitkomst = 'niet_beoordeeld'::text) AND (soort = 'JW303'::text));

CREATE UNIQUE INDEX prestatie_referentie ON prestatie USING btree (gemeente, agb, referentienummer, soort) WHERE referentie_gebruikt;

CREATE INDEX prestatie_te_beoordelen ON prestatie USING btree (gemeente, prestatie_id) INCLUDE (agb, begindatum, productcode, bedrag) WHERE (uitkomst = 'ter_beoordeling'::text);

CREATE INDEX prestatie_toewijzing ON prestatie USING btree (gemeente, toewijzingnummer, begindatum) INCLUDE (einddatum, categorie, productcode, eenheid, volume, bedrag, credit, toegekend_volume, toegekend_bedrag) WHERE (uitkomst = ANY (ARRAY['toegekend'::text, 'ter_beoordeling'::text]));

CREATE INDEX prestatie_vorige ON prestatie USING btree (gemeente, agb, vorig_referentienummer) WHERE (credit AND (uitkomst = ANY (ARRAY['toegekend'::text, 'ter_beoordeling'::text])));
