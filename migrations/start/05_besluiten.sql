-- What people decide and say.

CREATE TABLE besluit (
    gemeente text NOT NULL,
    besluit_id bigint NOT NULL,
    agb text NOT NULL,
    bericht_id uuid NOT NULL,
    prestatie_id bigint NOT NULL,
    besluit text NOT NULL,
    terugvragen boolean DEFAULT false NOT NULL,
    definitief boolean NOT NULL,
    bevestigt bigint,
    retourcode text,
    motivering text NOT NULL,
    bedrag bigint NOT NULL,
    door text NOT NULL,
    genomen_op timestamp with time zone NOT NULL,
    CONSTRAINT besluit_besluit_check CHECK ((besluit = ANY (ARRAY['toekennen'::text, 'afwijzen'::text]))),
    CONSTRAINT besluit_check CHECK (((NOT terugvragen) OR (besluit = 'toekennen'::text))),
    CONSTRAINT besluit_check1 CHECK (((retourcode IS NOT NULL) = (besluit = 'afwijzen'::text))),
    CONSTRAINT besluit_motivering_check CHECK ((motivering <> ''::text))
);
COMMENT ON TABLE besluit IS 'Append-only. Een besluit dat niet definitief is, is een voorstel dat een tweede persoon moet bevestigen (vier ogen); met terugvragen vraagt de gemeente de aanbieder om de toegekende regel te crediteren. door: een sleutel_id, of dienst.';

ALTER TABLE besluit ALTER COLUMN besluit_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME besluit_besluit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY besluit
    ADD CONSTRAINT besluit_pkey PRIMARY KEY (gemeente, besluit_id);

CREATE INDEX besluit_prestatie ON besluit USING btree (gemeente, prestatie_id, besluit_id);

CREATE TRIGGER besluit_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON besluit FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TABLE buiten_toewijzing (
    gemeente text NOT NULL,
    toewijzingnummer bigint NOT NULL,
    bericht_id uuid NOT NULL,
    agb text NOT NULL,
    aantal integer NOT NULL,
    bedrag bigint NOT NULL,
    ontstaan_op timestamp with time zone NOT NULL,
    gesloten_op timestamp with time zone,
    gesloten_door text,
    reden text,
    CONSTRAINT buiten_toewijzing_aantal_check CHECK ((aantal > 0)),
    CONSTRAINT buiten_toewijzing_check CHECK ((((gesloten_op IS NULL) = (gesloten_door IS NULL)) AND ((gesloten_op IS NULL) = (reden IS NULL)))),
    CONSTRAINT buiten_toewijzing_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text))
);

ALTER TABLE ONLY buiten_toewijzing
    ADD CONSTRAINT buiten_toewijzing_pkey PRIMARY KEY (gemeente, toewijzingnummer, bericht_id);

CREATE INDEX buiten_toewijzing_open ON buiten_toewijzing USING btree (gemeente, toewijzingnummer) WHERE (gesloten_op IS NULL);

CREATE TABLE opmerking (
    gemeente text NOT NULL,
    prestatie_id bigint NOT NULL,
    volgnummer integer NOT NULL,
    agb text NOT NULL,
    van text NOT NULL,
    door text NOT NULL,
    tekst text NOT NULL,
    geplaatst_op timestamp with time zone NOT NULL,
    CONSTRAINT opmerking_tekst_check CHECK ((tekst <> ''::text)),
    CONSTRAINT opmerking_van_check CHECK ((van = ANY (ARRAY['gemeente'::text, 'aanbieder'::text])))
);
COMMENT ON TABLE opmerking IS 'Append-only. Vragen van de gemeente over een aangehouden regel, en antwoorden van de aanbieder.';

ALTER TABLE ONLY opmerking
    ADD CONSTRAINT opmerking_pkey PRIMARY KEY (gemeente, prestatie_id, volgnummer);

CREATE TRIGGER opmerking_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON opmerking FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
