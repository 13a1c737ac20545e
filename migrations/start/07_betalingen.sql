-- Accounts, blocks and payment runs.

CREATE TABLE betaalbestand (
    gemeente text NOT NULL,
    run_id bigint NOT NULL,
    soort text NOT NULL,
    inhoud bytea NOT NULL,
    sha256 bytea NOT NULL,
    CONSTRAINT betaalbestand_soort_check CHECK ((soort = ANY (ARRAY['pain.001'::text, 'csv'::text])))
);
COMMENT ON TABLE betaalbestand IS 'Append-only. De bestanden van een goedgekeurde run; sha256 is die van het bestand zelf, uitgepakt.';

ALTER TABLE ONLY betaalbestand
    ADD CONSTRAINT betaalbestand_pkey PRIMARY KEY (gemeente, run_id, soort);

CREATE TRIGGER betaalbestand_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON betaalbestand FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TABLE betaalblokkade (
    gemeente text NOT NULL,
    blokkade_id bigint NOT NULL,
    agb text NOT NULL,
    prestatie_id bigint,
    reden text NOT NULL,
    ingesteld_door text NOT NULL,
    ingesteld_op timestamp with time zone NOT NULL,
    opgeheven_op timestamp with time zone,
    opgeheven_door text,
    CONSTRAINT betaalblokkade_agb_check CHECK ((agb ~ '^[0-9]{8}$'::text)),
    CONSTRAINT betaalblokkade_check CHECK (((opgeheven_door IS NULL) = (opgeheven_op IS NULL))),
    CONSTRAINT betaalblokkade_reden_check CHECK ((reden <> ''::text))
);
COMMENT ON TABLE betaalblokkade IS 'Wat is toegekend en nog niet mag worden betaald: één regel, of zonder prestatie_id alles van de aanbieder.';

ALTER TABLE betaalblokkade ALTER COLUMN blokkade_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME betaalblokkade_blokkade_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY betaalblokkade
    ADD CONSTRAINT betaalblokkade_pkey PRIMARY KEY (gemeente, blokkade_id);

CREATE UNIQUE INDEX betaalblokkade_geldend ON betaalblokkade USING btree (gemeente, agb, prestatie_id) NULLS NOT DISTINCT WHERE (opgeheven_op IS NULL);

CREATE TRIGGER betaalblokkade_alleen_erbij BEFORE DELETE OR TRUNCATE ON betaalblokkade FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TRIGGER betaalblokkade_vast BEFORE UPDATE ON betaalblokkade FOR EACH ROW WHEN (((old.opgeheven_op IS NOT NULL) OR (new.opgeheven_op IS NULL) OR ((old.gemeente IS DISTINCT FROM new.gemeente) OR (old.blokkade_id IS DISTINCT FROM new.blokkade_id) OR (old.agb IS DISTINCT FROM new.agb) OR (old.prestatie_id IS DISTINCT FROM new.prestatie_id) OR (old.reden IS DISTINCT FROM new.reden) OR (old.ingesteld_door IS DISTINCT FROM new.ingesteld_door) OR (old.ingesteld_op IS DISTINCT FROM new.ingesteld_op)))) EXECUTE FUNCTION weiger_wijziging();

CREATE TRIGGER betaalblokkade_vier_ogen BEFORE UPDATE ON betaalblokkade FOR EACH ROW WHEN (((old.opgeheven_op IS NULL) AND (new.opgeheven_op IS NOT NULL))) EXECUTE FUNCTION weiger_eigen_opheffing();

CREATE TABLE betaalopdracht (
    gemeente text NOT NULL,
    run_id bigint NOT NULL,
    agb text NOT NULL,
    uitkomst text NOT NULL,
    bedrag bigint NOT NULL,
    aantal_boekingen integer NOT NULL,
    geblokkeerd_bedrag bigint NOT NULL,
    iban text,
    tenaamstelling text,
    CONSTRAINT betaalopdracht_check CHECK (((uitkomst <> 'betalen'::text) OR ((bedrag > 0) AND (iban IS NOT NULL) AND (tenaamstelling IS NOT NULL)))),
    CONSTRAINT betaalopdracht_uitkomst_check CHECK ((uitkomst = ANY (ARRAY['betalen'::text, 'doorschuiven'::text, 'zonder_rekening'::text, 'geblokkeerd'::text])))
);
COMMENT ON TABLE betaalopdracht IS 'Append-only. Wat er bij het maken van een run van elke aanbieder openstond, in eurocenten, en wat de run ermee doet. Alleen bij uitkomst betalen gaat er geld heen en zijn er regels.';

ALTER TABLE ONLY betaalopdracht
    ADD CONSTRAINT betaalopdracht_pkey PRIMARY KEY (gemeente, run_id, agb);

CREATE TRIGGER betaalopdracht_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON betaalopdracht FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TABLE betaalregel (
    gemeente text NOT NULL,
    run_id bigint NOT NULL,
    agb text NOT NULL,
    prestatie_id bigint NOT NULL,
    boeking smallint NOT NULL,
    bedrag bigint NOT NULL,
    levend boolean DEFAULT true NOT NULL
);
COMMENT ON TABLE betaalregel IS 'Welke boekingen een run betaalt. Een boeking staat in ten hoogste één run die niet is ingetrokken. Het bedrag is dat van de boeking op het moment van het voorstel: zo valt op als er daarna aan het journaal is gezeten.';

ALTER TABLE ONLY betaalregel
    ADD CONSTRAINT betaalregel_pkey PRIMARY KEY (gemeente, run_id, agb, prestatie_id, boeking);

CREATE UNIQUE INDEX betaalregel_eenmaal ON betaalregel USING btree (gemeente, prestatie_id, boeking) WHERE levend;

CREATE TRIGGER betaalregel_alleen_erbij BEFORE DELETE OR TRUNCATE ON betaalregel FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TRIGGER betaalregel_vast BEFORE UPDATE ON betaalregel FOR EACH ROW WHEN (((NOT old.levend) OR new.levend OR ((old.gemeente IS DISTINCT FROM new.gemeente) OR (old.run_id IS DISTINCT FROM new.run_id) OR (old.agb IS DISTINCT FROM new.agb) OR (old.prestatie_id IS DISTINCT FROM new.prestatie_id) OR (old.boeking IS DISTINCT FROM new.boeking) OR (old.bedrag IS DISTINCT FROM new.bedrag)))) EXECUTE FUNCTION weiger_wijziging();

CREATE TABLE betaalrekening (
    gemeente text NOT NULL,
    rekening_id bigint NOT NULL,
    agb text NOT NULL,
    iban text NOT NULL,
    tenaamstelling text NOT NULL,
    ingangsdatum date NOT NULL,
    einddatum date,
    vastgelegd_door text NOT NULL,
    vastgelegd_op timestamp with time zone NOT NULL,
    CONSTRAINT betaalrekening_agb_check CHECK ((agb ~ '^([0-9]{8})?$'::text)),
    CONSTRAINT betaalrekening_check CHECK ((einddatum >= ingangsdatum)),
    CONSTRAINT betaalrekening_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text)),
    CONSTRAINT betaalrekening_iban_check CHECK ((iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'::text)),
    CONSTRAINT betaalrekening_tenaamstelling_check CHECK ((tenaamstelling <> ''::text))
);
COMMENT ON TABLE betaalrekening IS 'Append-only. Op een dag geldt de rekening die het laatst inging, en van meer op één dag de laatst vastgelegde; is die geëindigd, dan is er geen. Een lege agb is de rekening waarvan de gemeente zelf betaalt.';

ALTER TABLE betaalrekening ALTER COLUMN rekening_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME betaalrekening_rekening_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY betaalrekening
    ADD CONSTRAINT betaalrekening_pkey PRIMARY KEY (gemeente, rekening_id);

CREATE INDEX betaalrekening_houder ON betaalrekening USING btree (gemeente, agb, ingangsdatum, rekening_id);

CREATE TRIGGER betaalrekening_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON betaalrekening FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TABLE betaalrun (
    gemeente text NOT NULL,
    run_id bigint NOT NULL,
    status text NOT NULL,
    peildatum timestamp with time zone NOT NULL,
    uitvoeringsdatum date NOT NULL,
    iban text NOT NULL,
    tenaamstelling text NOT NULL,
    gemaakt_door text NOT NULL,
    gemaakt_op timestamp with time zone NOT NULL,
    goedgekeurd_door text,
    goedgekeurd_op timestamp with time zone,
    ingetrokken_door text,
    ingetrokken_op timestamp with time zone,
    CONSTRAINT betaalrun_check CHECK ((goedgekeurd_door <> gemaakt_door)),
    CONSTRAINT betaalrun_check1 CHECK (((goedgekeurd_op IS NOT NULL) = (status = 'goedgekeurd'::text))),
    CONSTRAINT betaalrun_check2 CHECK (((ingetrokken_op IS NOT NULL) = (status = 'ingetrokken'::text))),
    CONSTRAINT betaalrun_check3 CHECK ((((goedgekeurd_op IS NULL) = (goedgekeurd_door IS NULL)) AND ((ingetrokken_op IS NULL) = (ingetrokken_door IS NULL)))),
    CONSTRAINT betaalrun_status_check CHECK ((status = ANY (ARRAY['voorstel'::text, 'goedgekeurd'::text, 'ingetrokken'::text])))
);
COMMENT ON TABLE betaalrun IS 'Een voorstel om te betalen wat tot en met de peildatum openstond, en wat een tweede persoon ervan vond. De iban is die van de gemeente.';

ALTER TABLE betaalrun ALTER COLUMN run_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME betaalrun_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY betaalrun
    ADD CONSTRAINT betaalrun_pkey PRIMARY KEY (gemeente, run_id);

CREATE TRIGGER betaalrun_alleen_erbij BEFORE DELETE OR TRUNCATE ON betaalrun FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TRIGGER betaalrun_vast BEFORE UPDATE ON betaalrun FOR EACH ROW WHEN (((old.status <> 'voorstel'::text) OR (new.status = 'voorstel'::text) OR ((old.gemeente IS DISTINCT FROM new.gemeente) OR (old.run_id IS DISTINCT FROM new.run_id) OR (old.peildatum IS DISTINCT FROM new.peildatum) OR (old.iban IS DISTINCT FROM new.iban) OR (old.tenaamstelling IS DISTINCT FROM new.tenaamstelling) OR (old.gemaakt_door IS DISTINCT FROM new.gemaakt_door) OR (old.gemaakt_op IS DISTINCT FROM new.gemaakt_op)))) EXECUTE FUNCTION weiger_wijziging();

CREATE TRIGGER betaalrun_vier_ogen BEFORE UPDATE ON betaalrun FOR EACH ROW WHEN ((new.status = 'goedgekeurd'::text)) EXECUTE FUNCTION weiger_zelfde_persoon();

CREATE TABLE opheffingsstap (
    gemeente text NOT NULL,
    blokkade_id bigint NOT NULL,
    stap integer NOT NULL,
    soort text NOT NULL,
    door text NOT NULL,
    gedaan_op timestamp with time zone NOT NULL,
    CONSTRAINT opheffingsstap_soort_check CHECK ((soort = ANY (ARRAY['voorgesteld'::text, 'teruggenomen'::text]))),
    CONSTRAINT opheffingsstap_stap_check CHECK ((stap > 0))
);
COMMENT ON TABLE opheffingsstap IS 'Append-only. Wie voorstelde een blokkade op te heffen, of dat voorstel terugnam; een tweede persoon heft haar op (betaalblokkade.opgeheven_door).';

ALTER TABLE ONLY opheffingsstap
    ADD CONSTRAINT opheffingsstap_pkey PRIMARY KEY (gemeente, blokkade_id, stap);

CREATE TRIGGER opheffingsstap_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON opheffingsstap FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TABLE rekeningoordeel (
    gemeente text NOT NULL,
    rekening_id bigint NOT NULL,
    oordeel text NOT NULL,
    door text NOT NULL,
    gegeven_op timestamp with time zone NOT NULL,
    CONSTRAINT rekeningoordeel_oordeel_check CHECK ((oordeel = ANY (ARRAY['bevestigd'::text, 'ingetrokken'::text])))
);
COMMENT ON TABLE rekeningoordeel IS 'Append-only. Een vastgelegde rekening is een voorstel; alleen wat een tweede persoon bevestigde, wordt gebruikt.';

ALTER TABLE ONLY rekeningoordeel
    ADD CONSTRAINT rekeningoordeel_pkey PRIMARY KEY (gemeente, rekening_id);

CREATE TRIGGER rekeningoordeel_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON rekeningoordeel FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TRIGGER rekeningoordeel_vier_ogen BEFORE INSERT ON rekeningoordeel FOR EACH ROW WHEN ((new.oordeel = 'bevestigd'::text)) EXECUTE FUNCTION weiger_eigen_rekening();
