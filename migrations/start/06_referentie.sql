-- Reference data that a gemeente loads.

CREATE TABLE aanbieder (
    gemeente text NOT NULL,
    agb text NOT NULL,
    naam text NOT NULL,
    CONSTRAINT aanbieder_agb_check CHECK ((agb ~ '^[0-9]{8}$'::text)),
    CONSTRAINT aanbieder_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text))
);

ALTER TABLE ONLY aanbieder
    ADD CONSTRAINT aanbieder_pkey PRIMARY KEY (gemeente, agb);

CREATE TABLE bestedingsruimte (
    gemeente text NOT NULL,
    agb text NOT NULL,
    segment text NOT NULL,
    periode_van date NOT NULL,
    periode_tot date,
    bedrag bigint NOT NULL,
    soort text NOT NULL,
    CONSTRAINT bestedingsruimte_agb_check CHECK ((agb ~ '^([0-9]{8})?$'::text)),
    CONSTRAINT bestedingsruimte_bedrag_check CHECK ((bedrag >= 0)),
    CONSTRAINT bestedingsruimte_check CHECK ((periode_tot >= periode_van)),
    CONSTRAINT bestedingsruimte_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text)),
    CONSTRAINT bestedingsruimte_soort_check CHECK ((soort = ANY (ARRAY['indicatief'::text, 'plafond'::text])))
);

ALTER TABLE ONLY bestedingsruimte
    ADD CONSTRAINT bestedingsruimte_pkey PRIMARY KEY (gemeente, agb, segment, soort, periode_van);

CREATE TABLE contract (
    gemeente text NOT NULL,
    agb text NOT NULL,
    productcode text NOT NULL,
    ingangsdatum date NOT NULL,
    einddatum date,
    tariefdatum text DEFAULT 'periode'::text NOT NULL,
    CONSTRAINT contract_agb_check CHECK ((agb ~ '^[0-9]{8}$'::text)),
    CONSTRAINT contract_check CHECK ((einddatum >= ingangsdatum)),
    CONSTRAINT contract_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text)),
    CONSTRAINT contract_tariefdatum_check CHECK ((tariefdatum = ANY (ARRAY['periode'::text, 'toewijzing'::text])))
);

ALTER TABLE ONLY contract
    ADD CONSTRAINT contract_pkey PRIMARY KEY (gemeente, agb, productcode, ingangsdatum);

CREATE TABLE declaratiewijze (
    gemeente text NOT NULL,
    agb text NOT NULL,
    wijze text NOT NULL,
    ingangsdatum date NOT NULL,
    einddatum date,
    CONSTRAINT declaratiewijze_agb_check CHECK ((agb ~ '^[0-9]{8}$'::text)),
    CONSTRAINT declaratiewijze_check CHECK ((einddatum >= ingangsdatum)),
    CONSTRAINT declaratiewijze_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text)),
    CONSTRAINT declaratiewijze_wijze_check CHECK ((wijze = ANY (ARRAY['declaratie'::text, 'factuur'::text])))
);
COMMENT ON TABLE declaratiewijze IS 'Of een aanbieder met een JW303 declareert of factureert (OP278).';

ALTER TABLE ONLY declaratiewijze
    ADD CONSTRAINT declaratiewijze_pkey PRIMARY KEY (gemeente, agb, ingangsdatum);

CREATE TABLE gezinsplanafspraak (
    gemeente text NOT NULL,
    toewijzingnummer bigint NOT NULL,
    benodigd_niveau text NOT NULL,
    lager_niveau_goedgekeurd boolean NOT NULL,
    ingangsdatum date NOT NULL,
    einddatum date,
    CONSTRAINT gezinsplanafspraak_check CHECK ((einddatum >= ingangsdatum)),
    CONSTRAINT gezinsplanafspraak_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text))
);

ALTER TABLE ONLY gezinsplanafspraak
    ADD CONSTRAINT gezinsplanafspraak_pkey PRIMARY KEY (gemeente, toewijzingnummer, ingangsdatum);

CREATE TABLE kader (
    gemeente text NOT NULL,
    kader text NOT NULL,
    segment text NOT NULL,
    zorgvorm text NOT NULL,
    max_maanden integer,
    max_minuten integer,
    ingangsdatum date NOT NULL,
    einddatum date,
    verlenging_minuten integer,
    CONSTRAINT kader_check CHECK ((einddatum >= ingangsdatum)),
    CONSTRAINT kader_check1 CHECK (((verlenging_minuten IS NULL) OR ((verlenging_minuten > 0) AND (max_minuten IS NOT NULL)))),
    CONSTRAINT kader_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text)),
    CONSTRAINT kader_max_maanden_check CHECK ((max_maanden > 0)),
    CONSTRAINT kader_max_minuten_check CHECK ((max_minuten > 0))
);

ALTER TABLE ONLY kader
    ADD CONSTRAINT kader_pkey PRIMARY KEY (gemeente, kader, ingangsdatum);

CREATE TABLE pdc (
    gemeente text NOT NULL,
    productcode text NOT NULL,
    omschrijving text NOT NULL,
    productcategorie text NOT NULL,
    eenheid text NOT NULL,
    uitvoeringsvariant text NOT NULL,
    zorgvorm text NOT NULL,
    segment text NOT NULL,
    opleidingsniveau text NOT NULL,
    vereiste_registratie text NOT NULL,
    taakveld text NOT NULL,
    ingangsdatum date NOT NULL,
    einddatum date,
    CONSTRAINT pdc_check CHECK ((einddatum >= ingangsdatum)),
    CONSTRAINT pdc_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text)),
    CONSTRAINT pdc_uitvoeringsvariant_check CHECK ((uitvoeringsvariant = ANY (ARRAY['inspanning'::text, 'output'::text]))),
    CONSTRAINT pdc_vereiste_registratie_check CHECK ((vereiste_registratie = ANY (ARRAY[''::text, 'SKJ'::text, 'BIG'::text, 'SKJ/BIG'::text])))
);

ALTER TABLE ONLY pdc
    ADD CONSTRAINT pdc_pkey PRIMARY KEY (gemeente, productcode, ingangsdatum);

CREATE TABLE regelbeleid (
    gemeente text NOT NULL,
    agb text NOT NULL,
    regel text NOT NULL,
    gevolg text NOT NULL,
    retourcode text NOT NULL,
    ingangsdatum date NOT NULL,
    einddatum date,
    CONSTRAINT regelbeleid_agb_check CHECK ((agb ~ '^([0-9]{8})?$'::text)),
    CONSTRAINT regelbeleid_check CHECK (((retourcode <> ''::text) OR (gevolg <> 'afwijzen'::text))),
    CONSTRAINT regelbeleid_check1 CHECK ((einddatum >= ingangsdatum)),
    CONSTRAINT regelbeleid_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text)),
    CONSTRAINT regelbeleid_gevolg_check CHECK ((gevolg = ANY (ARRAY['beoordelen'::text, 'signaal'::text, 'afwijzen'::text, 'uit'::text])))
);

ALTER TABLE ONLY regelbeleid
    ADD CONSTRAINT regelbeleid_pkey PRIMARY KEY (gemeente, agb, regel, ingangsdatum);

CREATE TABLE tarief (
    gemeente text NOT NULL,
    agb text NOT NULL,
    productcode text NOT NULL,
    opleidingsniveau text NOT NULL,
    eenheid text NOT NULL,
    tarief integer NOT NULL,
    ingangsdatum date NOT NULL,
    einddatum date,
    CONSTRAINT tarief_agb_check CHECK ((agb ~ '^([0-9]{8})?$'::text)),
    CONSTRAINT tarief_check CHECK ((einddatum >= ingangsdatum)),
    CONSTRAINT tarief_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text)),
    CONSTRAINT tarief_tarief_check CHECK ((tarief >= 0))
);

ALTER TABLE ONLY tarief
    ADD CONSTRAINT tarief_pkey PRIMARY KEY (gemeente, productcode, agb, opleidingsniveau, eenheid, ingangsdatum);

CREATE TABLE verantwoording (
    gemeente text NOT NULL,
    agb text NOT NULL,
    referentienummer text NOT NULL,
    toewijzingnummer bigint,
    maand date,
    datum date,
    minuten integer NOT NULL,
    soort text NOT NULL,
    niveau text NOT NULL,
    registratie text NOT NULL,
    contactnummer text DEFAULT ''::text NOT NULL,
    volgnummer integer DEFAULT 1 NOT NULL,
    CONSTRAINT verantwoording_agb_check CHECK ((agb ~ '^[0-9]{8}$'::text)),
    CONSTRAINT verantwoording_check CHECK (((referentienummer <> ''::text) OR ((toewijzingnummer IS NOT NULL) AND (maand IS NOT NULL)))),
    CONSTRAINT verantwoording_check1 CHECK (((datum IS NOT NULL) OR (maand IS NOT NULL))),
    CONSTRAINT verantwoording_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text)),
    CONSTRAINT verantwoording_maand_check CHECK ((EXTRACT(day FROM maand) = (1)::numeric)),
    CONSTRAINT verantwoording_minuten_check CHECK ((minuten >= 0)),
    CONSTRAINT verantwoording_registratie_check CHECK ((registratie = ANY (ARRAY['SKJ'::text, 'BIG'::text, 'geen'::text]))),
    CONSTRAINT verantwoording_soort_check CHECK ((soort = ANY (ARRAY['direct'::text, 'groep'::text, 'indirect'::text, 'niet_clientgebonden'::text, 'no_show'::text, 'afgezegd'::text]))),
    CONSTRAINT verantwoording_volgnummer_check CHECK ((volgnummer > 0))
);

ALTER TABLE ONLY verantwoording
    ADD CONSTRAINT verantwoording_contact UNIQUE NULLS NOT DISTINCT (gemeente, agb, referentienummer, toewijzingnummer, maand, datum, soort, niveau, registratie, contactnummer, minuten, volgnummer);

CREATE INDEX verantwoording_contactnummer ON verantwoording USING btree (gemeente, agb, contactnummer) WHERE (contactnummer <> ''::text);

CREATE INDEX verantwoording_toewijzing ON verantwoording USING btree (gemeente, toewijzingnummer, maand) WHERE (toewijzingnummer IS NOT NULL);

CREATE TABLE verantwoording_eerder (
    gemeente text CONSTRAINT verantwoording_gemeente_not_null NOT NULL,
    agb text CONSTRAINT verantwoording_agb_not_null NOT NULL,
    referentienummer text CONSTRAINT verantwoording_referentienummer_not_null NOT NULL,
    toewijzingnummer bigint,
    maand date,
    datum date,
    minuten integer CONSTRAINT verantwoording_minuten_not_null NOT NULL,
    soort text CONSTRAINT verantwoording_soort_not_null NOT NULL,
    niveau text CONSTRAINT verantwoording_niveau_not_null NOT NULL,
    registratie text CONSTRAINT verantwoording_registratie_not_null NOT NULL,
    contactnummer text CONSTRAINT verantwoording_contactnummer_not_null NOT NULL,
    volgnummer integer CONSTRAINT verantwoording_volgnummer_not_null NOT NULL,
    vervallen_op timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE verantwoording_eerder IS 'Append-only. Contacten die een latere aanlevering verving of introk.';

CREATE INDEX verantwoording_eerder_regel ON verantwoording_eerder USING btree (gemeente, agb, referentienummer, vervallen_op);

CREATE TRIGGER verantwoording_eerder_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON verantwoording_eerder FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
