-- Keys and mandates.

CREATE TABLE api_sleutel (
    gemeente text NOT NULL,
    sleutel_id text NOT NULL,
    geheim_sha256 bytea NOT NULL,
    rol text NOT NULL,
    agb text,
    aangemaakt_op timestamp with time zone NOT NULL,
    ingetrokken_op timestamp with time zone,
    naam text DEFAULT ''::text NOT NULL,
    eigenaar text DEFAULT ''::text NOT NULL,
    geldig_tot date NOT NULL,
    laatst_gebruikt_op timestamp with time zone,
    aangemaakt_door text DEFAULT ''::text NOT NULL,
    ingetrokken_door text DEFAULT ''::text NOT NULL,
    CONSTRAINT api_sleutel_check CHECK (((agb IS NOT NULL) = (rol = 'aanbieder'::text))),
    CONSTRAINT api_sleutel_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text)),
    CONSTRAINT api_sleutel_rol_check CHECK ((rol = ANY (ARRAY['aanbieder'::text, 'gemeente'::text, 'contractbeheer'::text, 'financien'::text, 'beheer'::text])))
);
COMMENT ON COLUMN api_sleutel.naam IS 'Wie de sleutel gebruikt; bij een besluit staat wie het nam.';
COMMENT ON COLUMN api_sleutel.eigenaar IS 'De persoon of het systeem van wie de sleutel is; verandert nooit. Sleutels van één eigenaar zijn voor vier ogen één persoon.';
COMMENT ON COLUMN api_sleutel.geldig_tot IS 'De laatste dag waarop de sleutel werkt. Wat er al was, kreeg een jaar.';
COMMENT ON COLUMN api_sleutel.laatst_gebruikt_op IS 'Tot op een uur: niet elk verzoek wordt geschreven.';

ALTER TABLE ONLY api_sleutel
    ADD CONSTRAINT api_sleutel_pkey PRIMARY KEY (gemeente, sleutel_id);

CREATE TRIGGER api_sleutel_eigenaar_vast BEFORE UPDATE ON api_sleutel FOR EACH ROW WHEN (((old.gemeente IS DISTINCT FROM new.gemeente) OR (old.sleutel_id IS DISTINCT FROM new.sleutel_id) OR (old.eigenaar IS DISTINCT FROM new.eigenaar) OR (old.naam IS DISTINCT FROM new.naam))) EXECUTE FUNCTION weiger_andere_eigenaar();

CREATE TABLE machtiging (
    gemeente text NOT NULL,
    nummer bigint NOT NULL,
    gemachtigde text NOT NULL,
    agb text NOT NULL,
    begindatum date NOT NULL,
    einddatum date,
    gemaakt_op timestamp with time zone NOT NULL,
    ingetrokken_op timestamp with time zone,
    CONSTRAINT machtiging_agb_check CHECK ((agb ~ '^[0-9]{8}$'::text)),
    CONSTRAINT machtiging_check CHECK ((einddatum >= begindatum)),
    CONSTRAINT machtiging_check1 CHECK ((gemachtigde <> agb)),
    CONSTRAINT machtiging_gemachtigde_check CHECK ((gemachtigde ~ '^[0-9]{8}$'::text)),
    CONSTRAINT machtiging_gemeente_check CHECK ((gemeente ~ '^[0-9]{4}$'::text))
);
COMMENT ON TABLE machtiging IS 'Wie namens een andere aanbieder mag insturen en inzien, van begindatum tot en met einddatum.';

ALTER TABLE machtiging ALTER COLUMN nummer ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME machtiging_nummer_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY machtiging
    ADD CONSTRAINT machtiging_pkey PRIMARY KEY (gemeente, nummer);

CREATE INDEX machtiging_gemachtigde ON machtiging USING btree (gemeente, gemachtigde, agb);
