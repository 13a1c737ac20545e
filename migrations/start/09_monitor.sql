-- What monitor exports have shown, and what no message tells.

CREATE TABLE monitor_opgave (
    gemeente text NOT NULL,
    nr smallint NOT NULL,
    jaar smallint NOT NULL,
    onderdeel text NOT NULL,
    waarde numeric(14,2) NOT NULL,
    eenheid text NOT NULL,
    bron text NOT NULL,
    geladen_door text NOT NULL,
    geladen_op timestamp with time zone NOT NULL,
    CONSTRAINT monitor_opgave_bron_check CHECK ((bron <> ''::text)),
    CONSTRAINT monitor_opgave_eenheid_check CHECK ((eenheid = ANY (ARRAY['aantal'::text, 'procent'::text, 'score'::text, 'dagen'::text, 'euro'::text]))),
    CONSTRAINT monitor_opgave_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text)),
    CONSTRAINT monitor_opgave_jaar_check CHECK (((jaar >= 2000) AND (jaar <= 2100))),
    CONSTRAINT monitor_opgave_nr_check CHECK (((nr >= 1) AND (nr <= 14)))
);
COMMENT ON TABLE monitor_opgave IS 'Indicatoren die niet uit berichten komen, zoals iemand van de gemeente ze heeft opgegeven. geladen_door: een sleutel_id.';

ALTER TABLE ONLY monitor_opgave
    ADD CONSTRAINT monitor_opgave_pkey PRIMARY KEY (gemeente, nr, jaar, onderdeel);

CREATE TABLE monitor_publicatie (
    gemeente text NOT NULL,
    gemeenten text NOT NULL,
    periode_van date NOT NULL,
    periode_tot date NOT NULL,
    cel text NOT NULL,
    teken text NOT NULL,
    aantal integer,
    gepubliceerd_op timestamp with time zone NOT NULL,
    CONSTRAINT monitor_publicatie_check CHECK (((aantal IS NOT NULL) = (teken = 'getal'::text))),
    CONSTRAINT monitor_publicatie_teken_check CHECK ((teken = ANY (ARRAY['getal'::text, 'klein'::text, 'verborgen'::text])))
);
COMMENT ON TABLE monitor_publicatie IS 'Wat van elke cel is getoond: het aantal, dat het klein is (1 tot en met 5), of niets. Wat niet is getoond staat er niet. gemeenten: alle gemeenten van de uitvoer, met komma''s ertussen; elk van hen heeft de rijen.';

ALTER TABLE ONLY monitor_publicatie
    ADD CONSTRAINT monitor_publicatie_pkey PRIMARY KEY (gemeente, gemeenten, periode_van, periode_tot, cel);

CREATE TABLE verwijzing (
    gemeente text NOT NULL,
    toewijzingnummer bigint NOT NULL,
    verwijzer text NOT NULL,
    CONSTRAINT verwijzing_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text))
);
COMMENT ON TABLE verwijzing IS 'Wie naar de hulp van een toewijzing verwees. Alleen een JW315 zegt dat, en dat komt hier niet.';

ALTER TABLE ONLY verwijzing
    ADD CONSTRAINT verwijzing_pkey PRIMARY KEY (gemeente, toewijzingnummer);
