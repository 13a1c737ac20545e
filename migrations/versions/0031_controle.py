"""What an accountant may see and until when, which samples were drawn with their lines, and what aanbieders account for."""

from typing import Any

from alembic import op

revision = "0031_controle"
down_revision = "0030_retour"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE productieverantwoording (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    agb text NOT NULL CHECK (agb ~ '^[0-9]{8}$'),
    jaar smallint NOT NULL,
    productcategorie text NOT NULL,
    productcode text NOT NULL,
    eenheid text NOT NULL,
    geladen_op timestamp with time zone NOT NULL,
    volume bigint NOT NULL CHECK (volume >= 0),
    bedrag bigint NOT NULL CHECK (bedrag >= 0),
    verklaring text NOT NULL CHECK (verklaring IN ('controleverklaring', 'bestuursverklaring', 'geen')),
    oordeel text NOT NULL CHECK (oordeel IN ('', 'goedkeurend', 'beperking', 'oordeelonthouding', 'afkeurend')),
    datum date NOT NULL,
    geladen_door text NOT NULL,
    PRIMARY KEY (gemeente, agb, jaar, productcategorie, productcode, eenheid, geladen_op),
    CHECK ((oordeel <> '') = (verklaring = 'controleverklaring'))
);
CREATE TRIGGER productieverantwoording_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON productieverantwoording
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
COMMENT ON TABLE productieverantwoording IS 'Append-only. Wat een aanbieder over een jaar verantwoordt. Van dezelfde
aanbieder, jaar, product en eenheid geldt de laatst geladen rij.';

CREATE TABLE controlemandaat (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    gegeven_op timestamp with time zone NOT NULL,
    jaar_van smallint NOT NULL,
    jaar_tot smallint NOT NULL CHECK (jaar_tot >= jaar_van),
    tot date NOT NULL,
    reden text NOT NULL CHECK (reden <> ''),
    gegeven_door text NOT NULL,
    PRIMARY KEY (gemeente, gegeven_op)
);
CREATE TRIGGER controlemandaat_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON controlemandaat
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
COMMENT ON TABLE controlemandaat IS 'Append-only. Over welke jaren van hulp de rol controle steekproeven trekt, en tot en met
welke dag zij de regels daarvan ziet; de laatste rij van een gemeente geldt.';

CREATE TABLE steekproef (
    gemeente text NOT NULL,
    steekproef_id bigint NOT NULL,
    zaad text NOT NULL CHECK (zaad <> ''),
    methode text NOT NULL CHECK (methode IN ('geldeenheden', 'posten')),
    aantal integer NOT NULL CHECK (aantal > 0),
    jaar smallint NOT NULL,
    agb text,
    categorie text,
    peilmoment timestamp with time zone NOT NULL,
    reden text NOT NULL CHECK (reden <> ''),
    gevraagd_door text NOT NULL,
    gevraagd_op timestamp with time zone NOT NULL,
    regels bigint,
    bedrag bigint,
    interval_cent bigint,
    startpunt bigint,
    PRIMARY KEY (gemeente, steekproef_id)
);
CREATE SEQUENCE steekproef_steekproef_id_reeks OWNED BY steekproef.steekproef_id;
CREATE TRIGGER steekproef_nummer BEFORE INSERT ON steekproef FOR EACH ROW WHEN (NEW.steekproef_id IS NULL)
    EXECUTE FUNCTION geef_nummer('steekproef_id');
COMMENT ON TABLE steekproef IS 'Een steekproef, vastgelegd voordat er wordt getrokken. regels en bedrag: de populatie; leeg
zolang, of omdat, er niet is getrokken. interval_cent en startpunt: alleen bij geldeenheden.';

CREATE TABLE steekproef_regel (
    gemeente text NOT NULL,
    steekproef_id bigint NOT NULL,
    volgnummer integer NOT NULL,
    agb text NOT NULL,
    prestatie_id bigint NOT NULL,
    referentienummer text NOT NULL,
    bedrag bigint NOT NULL,
    cumulatief bigint NOT NULL,
    treffers integer NOT NULL CHECK (treffers > 0),
    PRIMARY KEY (gemeente, steekproef_id, volgnummer),
    FOREIGN KEY (gemeente, steekproef_id) REFERENCES steekproef
);
CREATE INDEX steekproef_regel_prestatie ON steekproef_regel (gemeente, prestatie_id);
CREATE TRIGGER steekproef_regel_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON steekproef_regel
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
COMMENT ON TABLE steekproef_regel IS 'Append-only. De getrokken regels, in de volgorde van de populatie; bedrag en
cumulatief zoals zij bij het trekken waren.';

SELECT zet_muur('productieverantwoording', 'SELECT, INSERT', 'gemeente', 'eigen', 'SELECT');
SELECT zet_muur('controlemandaat', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
SELECT zet_muur('steekproef', 'SELECT, INSERT, UPDATE (regels, bedrag, interval_cent, startpunt)', 'gemeente', '', 'SELECT');
SELECT zet_muur('steekproef_regel', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver: Any = op.get_bind().connection.driver_connection
    driver.execute(TABELLEN)
