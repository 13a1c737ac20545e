-- Seals and checks of the books.

CREATE TABLE boekencontrole (
    gemeente text NOT NULL,
    gedraaid_op timestamp with time zone NOT NULL,
    verschillen bigint NOT NULL,
    per_controle jsonb NOT NULL
);
COMMENT ON TABLE boekencontrole IS 'Append-only. Wat de nachtelijke controle van de boeken vond.';

ALTER TABLE ONLY boekencontrole
    ADD CONSTRAINT boekencontrole_pkey PRIMARY KEY (gemeente, gedraaid_op);

CREATE TRIGGER boekencontrole_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON boekencontrole FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TABLE journaalzegel (
    gemeente text NOT NULL,
    dag date NOT NULL,
    aantal bigint NOT NULL,
    bedrag bigint NOT NULL,
    zegel bytea NOT NULL,
    gezet_op timestamp with time zone NOT NULL
);
COMMENT ON TABLE journaalzegel IS 'Append-only. Per dag waarop is geboekt een zegel over alle boekingen van die dag en over het zegel van de dag daarvoor.';

ALTER TABLE ONLY journaalzegel
    ADD CONSTRAINT journaalzegel_pkey PRIMARY KEY (gemeente, dag);

CREATE TRIGGER journaalzegel_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON journaalzegel FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TABLE journaalzegel_bericht (
    gemeente text NOT NULL,
    dag date NOT NULL,
    volgnummer bigint NOT NULL,
    aantal bigint NOT NULL,
    bedrag bigint NOT NULL,
    vingerafdruk bytea NOT NULL
);
COMMENT ON TABLE journaalzegel_bericht IS 'Append-only. Waaruit het zegel van een dag is gemaakt: de boekingen van elk bericht (volgnummer), in eurocenten.';

ALTER TABLE ONLY journaalzegel_bericht
    ADD CONSTRAINT journaalzegel_bericht_pkey PRIMARY KEY (gemeente, dag, volgnummer);

CREATE TRIGGER journaalzegel_bericht_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON journaalzegel_bericht FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
