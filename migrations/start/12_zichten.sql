-- Views: what staff see of the tables, past row-level security that would hide an index.

CREATE VIEW bericht_gemeente AS
 SELECT gemeente,
    bericht_id,
    verwerkt_op
   FROM bericht
  WHERE ((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text));

CREATE VIEW besluit_gemeente AS
 SELECT gemeente,
    besluit_id,
    prestatie_id,
    besluit,
    definitief,
    genomen_op
   FROM besluit
  WHERE ((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text));

CREATE VIEW declaratie_gemeente AS
 SELECT gemeente,
    bericht_id,
    begindatum
   FROM declaratie
  WHERE ((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text));

CREATE VIEW journaal_gemeente AS
 SELECT gemeente,
    prestatie_id,
    boeking,
    agb,
    bericht_id,
    besluit_id,
    soort,
    rekening,
    tegenrekening,
    bedrag,
    toewijzingnummer,
    categorie,
    productcode,
    zorgmaand,
    declaratiemaand,
    geboekt_op
   FROM journaal
  WHERE ((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text));

CREATE VIEW prestatie_gemeente AS
 SELECT gemeente,
    prestatie_id,
    bericht_id,
    agb,
    begindatum,
    categorie,
    productcode,
    uitkomst,
    bedrag,
    toegekend_bedrag
   FROM prestatie
  WHERE ((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text));
