"""Requests of aanbieders (JW315, JW317): how each stands, what was decided on it, what was answered, and what came of it."""

from typing import Any

from alembic import op

revision = "0023_verzoek"
down_revision = "0022_hartslag"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE verzoek (
    gemeente text NOT NULL,
    verzoek_id uuid NOT NULL,
    agb text NOT NULL,
    bsn text NOT NULL,
    soort text NOT NULL CHECK (soort IN ('JW315', 'JW317')),
    bericht_id uuid NOT NULL,
    volgnummer integer NOT NULL,
    referentie text NOT NULL,
    status text NOT NULL CHECK (status IN ('ontvangen', 'in_onderzoek', 'te_honoreren', 'toegewezen', 'afgewezen')),
    stappen integer NOT NULL DEFAULT 0,
    dagtekening date NOT NULL,
    ontvangen_op timestamp with time zone NOT NULL,
    reactie_uiterlijk_op date NOT NULL,
    besluit_uiterlijk_op date NOT NULL,
    woonplaats_uiterlijk_op date,
    termijn date NOT NULL,
    gesloten_op timestamp with time zone,
    verwijzer_type text,
    verwijzer_naam text,
    verwijzer_code text,
    categorie text,
    productcode text,
    ingangsdatum date,
    einddatum date,
    volume integer,
    eenheid text,
    frequentie text,
    budget bigint,
    reden_verzoek text,
    ingangsdatums date[] NOT NULL,
    genoemd bigint[] NOT NULL,
    PRIMARY KEY (gemeente, verzoek_id),
    UNIQUE (gemeente, agb, referentie),
    UNIQUE (gemeente, bericht_id, volgnummer)
);
CREATE INDEX verzoek_open ON verzoek (gemeente, agb, bsn) WHERE status IN ('ontvangen', 'in_onderzoek', 'te_honoreren');
CREATE INDEX verzoek_termijn ON verzoek (gemeente, termijn, ontvangen_op, verzoek_id)
    WHERE status IN ('ontvangen', 'in_onderzoek', 'te_honoreren');
CREATE INDEX verzoek_ontvangen ON verzoek (gemeente, ontvangen_op, verzoek_id);
CREATE INDEX verzoek_aanbieder ON verzoek (gemeente, agb, ontvangen_op, verzoek_id);
CREATE INDEX verzoek_client ON verzoek (gemeente, bsn);
COMMENT ON TABLE verzoek IS 'Wat een aanbieder vraagt: een rij per AangevraagdProduct van een JW315, en een per JW317. Een rij
ontstaat als het antwoord (JW316, JW318) geen retourcodes heeft; een afgekeurd verzoek is er nooit geweest.';
COMMENT ON COLUMN verzoek.volgnummer IS 'Het hoeveelste AangevraagdProduct van het bericht, vanaf 1; bij een JW317 altijd 1.';
COMMENT ON COLUMN verzoek.stappen IS 'Zoveel stappen zijn er gezet; elk besluit, antwoord en JW301 heeft er een van.';
COMMENT ON COLUMN verzoek.termijn IS 'De dag waarop de gemeente nu uiterlijk iets moet sturen: die van de eerste reactie, en na een
JW319 met onderzoek die van het besluit.';
COMMENT ON COLUMN verzoek.ingangsdatums IS 'Dagen waarop de gemeente ook in gebruik kan zijn geweest (TR378).';
COMMENT ON COLUMN verzoek.genoemd IS 'ToewijzingNummers die een JW317 noemt.';

CREATE TABLE verzoek_bevinding (
    gemeente text NOT NULL,
    verzoek_id uuid NOT NULL,
    volgnummer integer NOT NULL,
    agb text NOT NULL,
    regel text NOT NULL,
    gevolg text NOT NULL CHECK (gevolg IN ('beoordelen', 'signaal')),
    reden text,
    toewijzingnummer bigint,
    melding text NOT NULL,
    gegevens jsonb NOT NULL,
    PRIMARY KEY (gemeente, verzoek_id, volgnummer),
    FOREIGN KEY (gemeente, verzoek_id) REFERENCES verzoek
);
COMMENT ON TABLE verzoek_bevinding IS 'Wat de gemeente zelf opvalt aan een verzoek (VZ01 en verder), voor wie beslist; de aanbieder
ziet het niet. reden: de afwijsreden (WJ759) die erbij past.';

CREATE TABLE verzoek_besluit (
    gemeente text NOT NULL,
    besluit_id bigint NOT NULL,
    agb text NOT NULL,
    verzoek_id uuid NOT NULL,
    stap integer NOT NULL,
    besluit text NOT NULL CHECK (besluit IN ('honoreren', 'in_onderzoek', 'afwijzen')),
    reden text CHECK (reden ~ '^[1-9]$'),
    woonplaats text CHECK (woonplaats ~ '^[0-9]{4}$'),
    op_verzoek boolean NOT NULL,
    motivering text NOT NULL CHECK (motivering <> ''),
    beleid jsonb,
    door text NOT NULL,
    genomen_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, besluit_id),
    UNIQUE (gemeente, verzoek_id, stap),
    FOREIGN KEY (gemeente, verzoek_id) REFERENCES verzoek,
    CHECK ((reden IS NOT NULL) = (besluit = 'afwijzen')),
    CHECK ((woonplaats IS NOT NULL) = (reden IS NOT DISTINCT FROM '8')),
    CHECK (besluit = 'afwijzen' OR NOT op_verzoek)
);
CREATE SEQUENCE verzoek_besluit_besluit_id_reeks OWNED BY verzoek_besluit.besluit_id;
CREATE TRIGGER verzoek_besluit_nummer BEFORE INSERT ON verzoek_besluit FOR EACH ROW WHEN (NEW.besluit_id IS NULL)
    EXECUTE FUNCTION geef_nummer('besluit_id');
COMMENT ON TABLE verzoek_besluit IS 'Append-only. Wat op een verzoek is besloten. besluit_id is het nummer in de Identificatie van
het JW319 dat erbij hoort. door: een sleutel_id, of dienst. beleid: de regel van verzoekbeleid waarnaar de dienst besloot.';

CREATE TABLE verzoek_antwoord (
    gemeente text NOT NULL,
    bericht_id uuid NOT NULL,
    agb text NOT NULL,
    verzoek_id uuid NOT NULL,
    stap integer NOT NULL,
    antwoord text NOT NULL CHECK (antwoord IN ('1', '2')),
    reden text,
    woonplaats text,
    besluit_id bigint,
    gemaakt_op timestamp with time zone NOT NULL,
    retour_uiterlijk_op date NOT NULL,
    retour_bericht_id uuid,
    verworpen boolean NOT NULL DEFAULT false,
    PRIMARY KEY (gemeente, bericht_id),
    UNIQUE (gemeente, verzoek_id, stap),
    FOREIGN KEY (gemeente, verzoek_id) REFERENCES verzoek,
    CHECK (retour_bericht_id IS NOT NULL OR NOT verworpen)
);
CREATE INDEX verzoek_antwoord_zonder_retour ON verzoek_antwoord (gemeente, retour_uiterlijk_op) WHERE retour_bericht_id IS NULL;
COMMENT ON TABLE verzoek_antwoord IS 'Elk JW319 op een verzoek, hier gemaakt (besluit_id) of door de gemeente ingestuurd.
retour_bericht_id: het JW320 van de aanbieder daarop; verworpen: dat had een retourcode, en dan is het JW319 nooit verstuurd.';

CREATE TABLE verzoek_toewijzing (
    gemeente text NOT NULL,
    verzoek_id uuid NOT NULL,
    toewijzingnummer bigint NOT NULL,
    agb text NOT NULL,
    stap integer NOT NULL,
    bericht_id uuid NOT NULL,
    PRIMARY KEY (gemeente, verzoek_id, toewijzingnummer),
    FOREIGN KEY (gemeente, verzoek_id) REFERENCES verzoek
);
CREATE INDEX verzoek_toewijzing_nummer ON verzoek_toewijzing (gemeente, toewijzingnummer);
COMMENT ON TABLE verzoek_toewijzing IS 'De toewijzingen (JW301) waarmee een verzoek is gehonoreerd.';

CREATE TABLE verzoek_woonplaats (
    gemeente text NOT NULL,
    verzoek_id uuid NOT NULL,
    volgnummer integer NOT NULL,
    agb text NOT NULL,
    uitkomst text NOT NULL CHECK (uitkomst IN ('ja', 'nee', 'onbekend')),
    woonplaats text CHECK (woonplaats ~ '^[0-9]{4}$'),
    door text NOT NULL,
    genoteerd_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, verzoek_id, volgnummer),
    FOREIGN KEY (gemeente, verzoek_id) REFERENCES verzoek,
    CHECK ((woonplaats IS NOT NULL) = (uitkomst = 'nee'))
);
COMMENT ON TABLE verzoek_woonplaats IS 'Append-only. Of de client onder deze gemeente valt, zoals iemand het heeft nagekeken; de
laatste rij telt.';

CREATE TABLE verzoek_intrekking (
    gemeente text NOT NULL,
    verzoek_id uuid NOT NULL,
    agb text NOT NULL,
    toelichting text NOT NULL CHECK (toelichting <> ''),
    door text NOT NULL,
    gevraagd_op timestamp with time zone NOT NULL,
    PRIMARY KEY (gemeente, verzoek_id),
    FOREIGN KEY (gemeente, verzoek_id) REFERENCES verzoek
);
COMMENT ON TABLE verzoek_intrekking IS 'De aanbieder vraagt om zijn verzoek af te wijzen; dat verandert de stand niet.';

CREATE TABLE verzoekbeleid (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    soort text NOT NULL CHECK (soort IN ('JW315', 'JW317')),
    verwijzertype text NOT NULL CHECK (verwijzertype ~ '^([0-9]{2})?$'),
    agb text NOT NULL CHECK (agb ~ '^([0-9]{8})?$'),
    categorie text NOT NULL,
    productcode text NOT NULL,
    met_agb_code boolean NOT NULL,
    gevolg text NOT NULL CHECK (gevolg IN ('honoreren', 'beoordelen')),
    ingangsdatum date NOT NULL,
    einddatum date CHECK (einddatum >= ingangsdatum),
    PRIMARY KEY (gemeente, soort, verwijzertype, agb, categorie, productcode, ingangsdatum)
);
COMMENT ON TABLE verzoekbeleid IS 'Welke verzoeken de dienst zelf op te honoreren zet. Leeg is: voor alle. met_agb_code: alleen als
de verwijzer met zijn AGB-code is genoemd.';

SELECT zet_muur('verzoek', 'SELECT, UPDATE (status, stappen, termijn, gesloten_op)', 'gemeente', 'eigen',
    'SELECT, INSERT, UPDATE (status, stappen, termijn, gesloten_op)');
SELECT zet_muur('verzoek_bevinding', 'SELECT', 'gemeente', '', 'SELECT, INSERT');
SELECT zet_muur('verzoek_besluit', 'SELECT, INSERT', 'gemeente', 'eigen', 'SELECT');
SELECT zet_muur('verzoek_antwoord', 'SELECT, INSERT', 'gemeente', 'eigen',
    'SELECT, INSERT, UPDATE (retour_bericht_id, verworpen)');
SELECT zet_muur('verzoek_toewijzing', 'SELECT', 'gemeente', 'eigen', 'SELECT, INSERT');
SELECT zet_muur('verzoek_woonplaats', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
SELECT zet_muur('verzoek_intrekking', 'SELECT, INSERT', 'gemeente', 'eigen', 'SELECT');
SELECT zet_muur('verzoekbeleid', 'SELECT, INSERT, UPDATE (met_agb_code, gevolg, einddatum)', 'gemeente', '', 'SELECT');
"""
# Deciding is a person's: who handles messages adds what follows from policy or a term, and nothing in somebody's name.
BESLUIT_VAN_DIENST = """
DROP POLICY boeker ON verzoek_besluit;
CREATE POLICY boeker ON verzoek_besluit FOR SELECT TO {boeker} USING (true);
CREATE POLICY boeker_erbij ON verzoek_besluit FOR INSERT TO {boeker} WITH CHECK (door = 'dienst');
GRANT INSERT ON verzoek_besluit TO {boeker};
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(TABELLEN)
    driver.execute(BESLUIT_VAN_DIENST.format(boeker=_name(driver, "boeker")))


def _name(driver: Any, rol: str) -> str:
    """Roles of this database: those that are there tell how the names begin, whatever the database is called by now."""
    vraag = """
        SELECT quote_ident(regexp_replace(pg_get_userbyid(relowner), 'eigenaar$', '') || %s) FROM pg_class
        WHERE oid = 'public.alembic_version'::regclass
    """
    naam: str = driver.execute(vraag, (rol,)).fetchone()[0]
    return naam
