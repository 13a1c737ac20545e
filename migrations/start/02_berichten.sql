-- Messages as they came in, what was answered, and what was found in them.

CREATE TABLE antwoord (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    agb text NOT NULL,
    soort text NOT NULL,
    identificatie text NOT NULL,
    inhoud bytea NOT NULL,
    gemaakt_op timestamp with time zone NOT NULL
);
ALTER TABLE ONLY antwoord ALTER COLUMN inhoud SET STORAGE EXTERNAL;

ALTER TABLE ONLY antwoord
    ADD CONSTRAINT antwoord_gemeente_soort_identificatie_key UNIQUE (gemeente, soort, identificatie);

ALTER TABLE ONLY antwoord
    ADD CONSTRAINT antwoord_pkey PRIMARY KEY (gemeente, bericht_id);

CREATE TABLE bericht (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    volgnummer bigint NOT NULL,
    soort text NOT NULL,
    richting text DEFAULT 'inkomend'::text NOT NULL,
    agb text,
    afzender text,
    ontvanger text,
    identificatie text,
    dagtekening date,
    sha256 bytea NOT NULL,
    status text NOT NULL,
    ontvangen_op timestamp with time zone NOT NULL,
    verwerkt_op timestamp with time zone,
    antwoord_uiterlijk_op date,
    aantal_regels integer,
    ingediend_bedrag bigint,
    toegekend_bedrag bigint,
    afgewezen_bedrag bigint,
    te_beoordelen_bedrag bigint,
    retourcodes text[] DEFAULT '{}'::text[] NOT NULL,
    declaratie_retourcodes text[] DEFAULT '{}'::text[] NOT NULL,
    identificatie_gebruikt boolean DEFAULT false NOT NULL,
    pogingen integer DEFAULT 0 NOT NULL,
    storing text,
    keren integer DEFAULT 1 NOT NULL,
    laatst_geweigerd_op timestamp with time zone,
    declaratienummer text,
    declaratie_begindatum date,
    declaratie_einddatum date,
    eigen_kenmerk text,
    regelboek text,
    CONSTRAINT bericht_check CHECK (((ingediend_bedrag IS NULL) OR (status = ANY (ARRAY['ontvangen'::text, 'in_behandeling'::text])) OR (ingediend_bedrag = ((toegekend_bedrag + afgewezen_bedrag) + te_beoordelen_bedrag)))),
    CONSTRAINT bericht_eigen_kenmerk_check CHECK (((length(eigen_kenmerk) >= 1) AND (length(eigen_kenmerk) <= 100))),
    CONSTRAINT bericht_keren_check CHECK ((keren > 0)),
    CONSTRAINT bericht_status_check CHECK ((status = ANY (ARRAY['ontvangen'::text, 'in_behandeling'::text, 'geweigerd'::text, 'afgekeurd'::text, 'ter_beoordeling'::text, 'verwerkt'::text])))
);
COMMENT ON COLUMN bericht.keren IS 'Hoe vaak precies deze bytes zijn geweigerd; bij een aangenomen bericht altijd 1.';

ALTER TABLE bericht ALTER COLUMN volgnummer ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME bericht_volgnummer_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY bericht
    ADD CONSTRAINT bericht_gemeente_volgnummer_key UNIQUE (gemeente, volgnummer);

ALTER TABLE ONLY bericht
    ADD CONSTRAINT bericht_pkey PRIMARY KEY (gemeente, bericht_id);

CREATE INDEX bericht_aanbieder ON bericht USING btree (gemeente, agb, volgnummer);

CREATE INDEX bericht_declaratienummer ON bericht USING btree (gemeente, declaratienummer, volgnummer) WHERE (declaratienummer IS NOT NULL);

CREATE INDEX bericht_eigen_kenmerk ON bericht USING btree (gemeente, eigen_kenmerk, volgnummer) WHERE (eigen_kenmerk IS NOT NULL);

CREATE INDEX bericht_geweigerd ON bericht USING btree (gemeente, afzender, sha256) WHERE (status = 'geweigerd'::text);

CREATE INDEX bericht_geweigerd_op ON bericht USING btree (gemeente, afzender, ontvangen_op) WHERE (status = 'geweigerd'::text);

CREATE UNIQUE INDEX bericht_identificatie ON bericht USING btree (gemeente, afzender, soort, identificatie) WHERE identificatie_gebruikt;

CREATE INDEX bericht_ontvangen ON bericht USING btree (gemeente, ontvangen_op, volgnummer);

CREATE INDEX bericht_soort ON bericht USING btree (gemeente, soort, volgnummer);

CREATE INDEX bericht_status ON bericht USING btree (gemeente, status, volgnummer);

CREATE INDEX bericht_te_beoordelen ON bericht USING btree (gemeente, antwoord_uiterlijk_op, volgnummer) WHERE (status = 'ter_beoordeling'::text);

CREATE INDEX bericht_wachtend ON bericht USING btree (gemeente, agb, volgnummer) WHERE (status = ANY (ARRAY['ontvangen'::text, 'in_behandeling'::text]));

CREATE UNIQUE INDEX bericht_zelfde_bytes ON bericht USING btree (gemeente, sha256) WHERE (status <> 'geweigerd'::text);

CREATE INDEX bericht_zoek_identificatie ON bericht USING btree (gemeente, identificatie, volgnummer);

CREATE TABLE bericht_inhoud (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    agb text,
    inhoud bytea NOT NULL
);
ALTER TABLE ONLY bericht_inhoud ALTER COLUMN inhoud SET STORAGE EXTERNAL;

ALTER TABLE ONLY bericht_inhoud
    ADD CONSTRAINT bericht_inhoud_pkey PRIMARY KEY (gemeente, bericht_id);

CREATE TABLE bevinding (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    volgnummer integer NOT NULL,
    agb text,
    prestatie_id bigint,
    product_volgnummer integer,
    regel text NOT NULL,
    retourcode text,
    gevolg text NOT NULL,
    niveau smallint NOT NULL,
    klasse text NOT NULL,
    pad text NOT NULL,
    regelnummer integer,
    melding text NOT NULL,
    gegevens jsonb NOT NULL,
    hertoetsing smallint DEFAULT 0 NOT NULL,
    CONSTRAINT bevinding_gevolg_check CHECK ((gevolg = ANY (ARRAY['afkeuren'::text, 'afwijzen'::text, 'beoordelen'::text, 'signaal'::text]))),
    CONSTRAINT bevinding_niveau_check CHECK (((niveau >= 1) AND (niveau <= 4)))
);

ALTER TABLE ONLY bevinding
    ADD CONSTRAINT bevinding_pkey PRIMARY KEY (gemeente, bericht_id, volgnummer);

CREATE INDEX bevinding_prestatie ON bevinding USING btree (gemeente, prestatie_id) WHERE (prestatie_id IS NOT NULL);

CREATE INDEX bevinding_regel ON bevinding USING btree (gemeente, regel, bericht_id);

CREATE INDEX bevinding_retourcode ON bevinding USING btree (gemeente, retourcode, bericht_id) WHERE (retourcode IS NOT NULL);

CREATE TRIGGER bevinding_alleen_erbij BEFORE UPDATE OR TRUNCATE ON bevinding FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TRIGGER bevinding_blijft BEFORE DELETE ON bevinding FOR EACH ROW EXECUTE FUNCTION weiger_wissen();

CREATE TABLE retour (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    agb text NOT NULL,
    heen_soort text NOT NULL,
    heen_identificatie text NOT NULL,
    aangenomen boolean NOT NULL,
    klassen jsonb NOT NULL,
    CONSTRAINT retour_heen_soort_check CHECK ((heen_soort = ANY (ARRAY['JW301'::text, 'JW319'::text])))
);
COMMENT ON TABLE retour IS 'Wat een aanbieder op een JW301 of JW319 antwoordde. klassen: pad, toewijzingnummer en retourcodes.';

ALTER TABLE ONLY retour
    ADD CONSTRAINT retour_pkey PRIMARY KEY (gemeente, bericht_id);

CREATE INDEX retour_heen ON retour USING btree (gemeente, agb, heen_soort, heen_identificatie);
