-- Allocations with their versions, and what was delivered.

CREATE TABLE levering (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    volgnummer integer NOT NULL,
    agb text NOT NULL,
    soort text NOT NULL,
    bsn text NOT NULL,
    toewijzingnummer bigint,
    categorie text,
    productcode text,
    toewijzing_ingangsdatum date,
    begindatum date NOT NULL,
    einddatum date,
    reden_beeindiging text,
    verwijderd_door uuid,
    CONSTRAINT levering_check CHECK (((einddatum IS NOT NULL) = (soort = 'stop'::text))),
    CONSTRAINT levering_check1 CHECK (((reden_beeindiging IS NOT NULL) = (soort = 'stop'::text))),
    CONSTRAINT levering_soort_check CHECK ((soort = ANY (ARRAY['start'::text, 'stop'::text])))
);

ALTER TABLE ONLY levering
    ADD CONSTRAINT levering_pkey PRIMARY KEY (gemeente, bericht_id, volgnummer);

CREATE INDEX levering_client ON levering USING btree (gemeente, agb, bsn, toewijzingnummer);

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
    toewijzingstijd time without time zone NOT NULL,
    versie integer NOT NULL,
    geboortedatum date
);
COMMENT ON COLUMN toewijzing.geboortedatum IS 'Van de cliënt, uit het nieuwste toewijzingsbericht; leeg als die niet volledig bekend is.';

ALTER TABLE ONLY toewijzing
    ADD CONSTRAINT toewijzing_pkey PRIMARY KEY (gemeente, toewijzingnummer);

CREATE INDEX toewijzing_aanbieder ON toewijzing USING btree (gemeente, agb, toewijzingnummer);

CREATE INDEX toewijzing_bsn ON toewijzing USING btree (gemeente, bsn, toewijzingnummer);

CREATE INDEX toewijzing_client ON toewijzing USING btree (gemeente, agb, bsn);

CREATE INDEX toewijzing_product ON toewijzing USING btree (gemeente, productcode, toewijzingnummer);

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
    toewijzingstijd time without time zone NOT NULL
);

ALTER TABLE ONLY toewijzing_versie
    ADD CONSTRAINT toewijzing_versie_pkey PRIMARY KEY (gemeente, toewijzingnummer, versie);
