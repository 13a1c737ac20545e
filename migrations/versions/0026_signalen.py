"""Signals per aanbieder and what is done with them: steps, explanations, measures; and what is uploaded for them."""

from alembic import op

revision = "0026_signalen"
down_revision = "0023_verzoek"
branch_labels = None
depends_on = None

SIGNALEN = """
CREATE TABLE signaal (
    gemeente text NOT NULL,
    signaal_id bigint NOT NULL,
    agb text NOT NULL CHECK (agb ~ '^[0-9]{8}$'),
    soort text NOT NULL CHECK (soort IN ('S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S10', 'DA22')),
    sleutel text NOT NULL,
    eerste_dag date NOT NULL,
    venster_van date NOT NULL,
    venster_tot date NOT NULL,
    teller bigint NOT NULL,
    noemer bigint NOT NULL,
    drempel_aantal integer,
    drempel_promille integer,
    zin text NOT NULL CHECK (zin <> ''),
    nummers bigint[] NOT NULL,
    gaat_af boolean NOT NULL,
    staat text NOT NULL CHECK (staat IN ('nieuw', 'in_behandeling', 'verklaard', 'gesprek', 'maatregel', 'afgesloten')),
    stappen integer NOT NULL DEFAULT 0,
    bijgewerkt_op timestamp with time zone NOT NULL,
    gedeeld_op timestamp with time zone,
    PRIMARY KEY (gemeente, signaal_id),
    CHECK (venster_van <= venster_tot)
);
CREATE UNIQUE INDEX signaal_open ON signaal (gemeente, agb, soort, sleutel) WHERE staat NOT IN ('verklaard', 'afgesloten');
CREATE SEQUENCE signaal_signaal_id_reeks OWNED BY signaal.signaal_id;
CREATE TRIGGER signaal_nummer BEFORE INSERT ON signaal FOR EACH ROW WHEN (NEW.signaal_id IS NULL)
    EXECUTE FUNCTION geef_nummer('signaal_id');
COMMENT ON TABLE signaal IS 'Wat over een aanbieder opvalt. Zolang het openstaat werkt de nacht de cijfers bij; afgesloten of
verklaard blijft het zoals het was. Er volgt niets vanzelf uit.';
COMMENT ON COLUMN signaal.sleutel IS 'Waar het over gaat, als er van een soort meer kunnen zijn.';
COMMENT ON COLUMN signaal.nummers IS 'Regels (prestatie_id) of toewijzingen waar het op rust.';
COMMENT ON COLUMN signaal.gaat_af IS 'Of het bij de laatste keer rekenen nog boven de drempel lag.';

CREATE TABLE signaal_stap (
    gemeente text NOT NULL,
    signaal_id bigint NOT NULL,
    stap integer NOT NULL,
    agb text NOT NULL,
    staat text NOT NULL CHECK (staat IN ('in_behandeling', 'verklaard', 'gesprek', 'maatregel', 'afgesloten')),
    reden text NOT NULL CHECK (reden <> ''),
    nummers bigint[] NOT NULL,
    tot date,
    termijn date,
    door text NOT NULL,
    gezet_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, signaal_id, stap),
    FOREIGN KEY (gemeente, signaal_id) REFERENCES signaal,
    CHECK ((tot IS NOT NULL) = (staat = 'verklaard')),
    CHECK (termijn IS NULL OR staat = 'gesprek')
);
CREATE TRIGGER signaal_stap_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON signaal_stap FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER signaal_stap_door_mens BEFORE INSERT ON signaal_stap FOR EACH ROW EXECUTE FUNCTION weiger_systeem('door');
COMMENT ON TABLE signaal_stap IS 'Append-only. Wat een medewerker met een signaal deed, en waarom. nummers en tot: welke regels zijn
verklaard, tot en met welke dag. termijn: tot wanneer een afspraak loopt.';

CREATE TABLE signaal_verklaring (
    gemeente text NOT NULL,
    signaal_id bigint NOT NULL,
    volgnummer integer NOT NULL,
    agb text NOT NULL,
    tekst text NOT NULL CHECK (tekst <> ''),
    nummers bigint[] NOT NULL,
    door text NOT NULL,
    gegeven_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, signaal_id, volgnummer),
    FOREIGN KEY (gemeente, signaal_id) REFERENCES signaal
);
CREATE TRIGGER signaal_verklaring_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON signaal_verklaring FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
COMMENT ON TABLE signaal_verklaring IS 'Append-only. Hoe de aanbieder een signaal verklaart; zij telt als een medewerker haar
aanneemt.';
"""
MAATREGELEN = """
CREATE TABLE maatregel (
    gemeente text NOT NULL,
    maatregel_id bigint NOT NULL,
    agb text NOT NULL CHECK (agb ~ '^[0-9]{8}$'),
    trede smallint NOT NULL,
    soort text NOT NULL,
    grond text NOT NULL CHECK (grond IN ('kwaliteit', 'samenwerking', 'declaratie', 'anders')),
    signalen bigint[] NOT NULL,
    toelichting text NOT NULL CHECK (toelichting <> ''),
    besluitdatum date NOT NULL,
    van date NOT NULL,
    tot date CHECK (tot >= van),
    hersteltermijn date,
    zaaknummer text NOT NULL,
    zienswijze_op date,
    geen_zienswijze text NOT NULL,
    ingebrekestelling_op date,
    dwangsom bigint CHECK (dwangsom >= 0),
    categorie text NOT NULL,
    segment text NOT NULL,
    door text NOT NULL,
    geregistreerd_op timestamp with time zone NOT NULL,
    stappen integer NOT NULL DEFAULT 0,
    geldig_op timestamp with time zone,
    herstel_op date,
    einde date,
    gedeeld_op timestamp with time zone,
    PRIMARY KEY (gemeente, maatregel_id),
    CHECK ((trede, soort) IN ((1, 'informatie'), (1, 'bestuursgesprek'), (2, 'herstelaanbod'), (2, 'verbeterplan'),
        (2, 'verscherpt_toezicht'), (3, 'waarschuwing'), (3, 'overleg_en_overreding'), (4, 'last_onder_bestuursdwang'),
        (4, 'last_onder_dwangsom'), (4, 'clientenstop'), (5, 'ontbinding'), (5, 'invordering'))),
    CHECK (trede < 4 OR zienswijze_op IS NOT NULL OR geen_zienswijze <> ''),
    CHECK (trede < 5 OR ingebrekestelling_op IS NOT NULL),
    CHECK (soort = 'clientenstop' OR categorie = '' AND segment = '')
);
CREATE INDEX maatregel_aanbieder ON maatregel (gemeente, agb, maatregel_id);
CREATE SEQUENCE maatregel_maatregel_id_reeks OWNED BY maatregel.maatregel_id;
CREATE TRIGGER maatregel_nummer BEFORE INSERT ON maatregel FOR EACH ROW WHEN (NEW.maatregel_id IS NULL)
    EXECUTE FUNCTION geef_nummer('maatregel_id');
CREATE TRIGGER maatregel_door_mens BEFORE INSERT ON maatregel FOR EACH ROW EXECUTE FUNCTION weiger_systeem('door');
COMMENT ON TABLE maatregel IS 'Maatregelen van een medewerker. Er is geen volgorde: een lichte hoeft niet eerst. Een van trede
4 of 5 geldt als een tweede haar bevestigt (geldig_op). De kolommen na geregistreerd_op volgen uit maatregel_stap.';

CREATE TABLE maatregel_stap (
    gemeente text NOT NULL,
    maatregel_id bigint NOT NULL,
    stap integer NOT NULL,
    agb text NOT NULL,
    soort text NOT NULL CHECK (soort IN ('bevestigd', 'teruggenomen', 'hersteld', 'beeindigd', 'gedeeld')),
    dag date NOT NULL,
    reden text NOT NULL,
    door text NOT NULL,
    gezet_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, maatregel_id, stap),
    FOREIGN KEY (gemeente, maatregel_id) REFERENCES maatregel
);
CREATE TRIGGER maatregel_stap_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON maatregel_stap FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER maatregel_stap_door_mens BEFORE INSERT ON maatregel_stap FOR EACH ROW EXECUTE FUNCTION weiger_systeem('door');
COMMENT ON TABLE maatregel_stap IS 'Append-only. Wat er met een maatregel gebeurde, wanneer en door wie.';

CREATE FUNCTION twee_voor_een_maatregel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'maatregel' THEN
        -- One of step 4 or 5 waits for a second person, whatever who registers it says.
        NEW.geldig_op := CASE WHEN NEW.trede < 4 THEN NEW.geregistreerd_op END;
    ELSIF NEW.soort = 'bevestigd' AND EXISTS (SELECT FROM maatregel m WHERE m.gemeente = NEW.gemeente
            AND m.maatregel_id = NEW.maatregel_id
            AND persoon_van(m.gemeente, m.door) = persoon_van(NEW.gemeente, NEW.door)) THEN
        RAISE EXCEPTION 'Een maatregel van trede 4 of 5 wordt bevestigd door een ander dan wie haar registreerde.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER maatregel_twee BEFORE INSERT ON maatregel FOR EACH ROW EXECUTE FUNCTION twee_voor_een_maatregel();
CREATE TRIGGER maatregel_stap_twee BEFORE INSERT ON maatregel_stap FOR EACH ROW EXECUTE FUNCTION twee_voor_een_maatregel();
"""
GELADEN = """
CREATE TABLE signaaldrempel (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    signaal text NOT NULL,
    aantal integer,
    procent integer,
    ingangsdatum date NOT NULL,
    einddatum date CHECK (einddatum >= ingangsdatum),
    PRIMARY KEY (gemeente, signaal, ingangsdatum)
);
COMMENT ON COLUMN signaaldrempel.procent IS 'In tienden van procenten.';

CREATE TABLE contractdossier (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    agb text NOT NULL CHECK (agb ~ '^[0-9]{8}$'),
    soort text NOT NULL CHECK (soort IN ('keurmerk', 'onderaannemer', 'jaarrekening', 'pnil', 'social_return')),
    kenmerk text NOT NULL,
    naam text NOT NULL,
    van date NOT NULL,
    tot date CHECK (tot >= van),
    toestemming_op date,
    omzet bigint,
    resultaat bigint,
    waarde bigint,
    bron text NOT NULL,
    PRIMARY KEY (gemeente, agb, soort, kenmerk, van)
);
COMMENT ON TABLE contractdossier IS 'Papieren van een aanbieder, met tot wanneer zij gelden. Bedragen in eurocenten.';

CREATE TABLE beschikking (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    toewijzingnummer bigint NOT NULL,
    beschikkingnummer text NOT NULL,
    besluitdatum date NOT NULL,
    verzonden_op date,
    van date NOT NULL,
    tot date CHECK (tot >= van),
    soort text NOT NULL CHECK (soort IN ('beschikking', 'licht', 'geen_vereist')),
    resultaat_vastgelegd boolean NOT NULL,
    PRIMARY KEY (gemeente, toewijzingnummer, beschikkingnummer)
);
COMMENT ON TABLE beschikking IS 'Op welk besluit een toewijzing rust. Geen tekst van het besluit, en geen bezwaar.';

CREATE TABLE evaluatie (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    toewijzingnummer bigint NOT NULL,
    gepland_op date NOT NULL,
    gehouden_op date,
    uitkomst text NOT NULL CHECK (uitkomst IN ('', 'voortzetten', 'afschalen', 'opschalen', 'beeindigen', 'overdracht')),
    PRIMARY KEY (gemeente, toewijzingnummer, gepland_op)
);
COMMENT ON TABLE evaluatie IS 'Wanneer een toewijzing wordt geevalueerd en wanneer dat is gedaan. Geen inhoud.';
"""
MUREN = """
SELECT zet_muur('signaal',
    'SELECT, INSERT, UPDATE (venster_van, venster_tot, teller, noemer, drempel_aantal, drempel_promille, zin, nummers, gaat_af,
        staat, stappen, bijgewerkt_op, gedeeld_op)',
    'gemeente', 'agb = (SELECT (slot.wie())[2]) AND gedeeld_op IS NOT NULL',
    'SELECT, INSERT, UPDATE (venster_van, venster_tot, teller, noemer, drempel_aantal, drempel_promille, zin, nummers, gaat_af,
        bijgewerkt_op)');
SELECT zet_muur('signaal_stap', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
SELECT zet_muur('signaal_verklaring', 'SELECT, INSERT', 'gemeente', 'eigen', 'SELECT');
SELECT zet_muur('maatregel', 'SELECT, INSERT, UPDATE (stappen, geldig_op, herstel_op, einde, gedeeld_op)', 'gemeente',
    'agb = (SELECT (slot.wie())[2]) AND gedeeld_op IS NOT NULL', 'SELECT');
SELECT zet_muur('maatregel_stap', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
SELECT zet_muur('signaaldrempel', 'SELECT, INSERT, UPDATE (aantal, procent, einddatum)', 'gemeente', '', 'SELECT');
SELECT zet_muur('contractdossier', 'SELECT, INSERT, UPDATE (naam, tot, toestemming_op, omzet, resultaat, waarde, bron)',
    'gemeente', '', 'SELECT');
SELECT zet_muur('beschikking', 'SELECT, INSERT, UPDATE (besluitdatum, verzonden_op, van, tot, soort, resultaat_vastgelegd)',
    'gemeente', '', 'SELECT');
SELECT zet_muur('evaluatie', 'SELECT, INSERT, UPDATE (gehouden_op, uitkomst)', 'gemeente', '', 'SELECT');
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver = op.get_bind().connection.driver_connection
    for deel in (SIGNALEN, MAATREGELEN, GELADEN, MUREN):
        driver.execute(deel)
