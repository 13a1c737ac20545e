-- Who may read what: the role `berichten_lezer` sees rows of its own gemeente, and of its own aanbieder.

DO $$ BEGIN
    CREATE ROLE berichten_lezer NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
    EXECUTE format('GRANT berichten_lezer TO %I', current_user);
END $$;
ALTER TABLE aanbieder ENABLE ROW LEVEL SECURITY;
ALTER TABLE antwoord ENABLE ROW LEVEL SECURITY;
ALTER TABLE bericht ENABLE ROW LEVEL SECURITY;
ALTER TABLE bericht_inhoud ENABLE ROW LEVEL SECURITY;
ALTER TABLE besluit ENABLE ROW LEVEL SECURITY;
ALTER TABLE bestedingsruimte ENABLE ROW LEVEL SECURITY;
ALTER TABLE betaalbestand ENABLE ROW LEVEL SECURITY;
ALTER TABLE betaalblokkade ENABLE ROW LEVEL SECURITY;
ALTER TABLE betaalopdracht ENABLE ROW LEVEL SECURITY;
ALTER TABLE betaalregel ENABLE ROW LEVEL SECURITY;
ALTER TABLE betaalrekening ENABLE ROW LEVEL SECURITY;
ALTER TABLE betaalrun ENABLE ROW LEVEL SECURITY;
ALTER TABLE bevinding ENABLE ROW LEVEL SECURITY;
ALTER TABLE boekencontrole ENABLE ROW LEVEL SECURITY;
ALTER TABLE buiten_toewijzing ENABLE ROW LEVEL SECURITY;
ALTER TABLE contract ENABLE ROW LEVEL SECURITY;
ALTER TABLE declaratie ENABLE ROW LEVEL SECURITY;
ALTER TABLE declaratiewijze ENABLE ROW LEVEL SECURITY;

CREATE POLICY eigen_rijen ON aanbieder FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON antwoord FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON bericht FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON bericht_inhoud FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON besluit FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR ((agb = current_setting('berichten.agb'::text, true)) AND definitief))));

CREATE POLICY eigen_rijen ON bestedingsruimte FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb) OR (agb = ''::text))));

CREATE POLICY eigen_rijen ON betaalbestand FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text)));

CREATE POLICY eigen_rijen ON betaalblokkade FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text)));

CREATE POLICY eigen_rijen ON betaalopdracht FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON betaalregel FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON betaalrekening FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON betaalrun FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text)));

CREATE POLICY eigen_rijen ON bevinding FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON boekencontrole FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text)));

CREATE POLICY eigen_rijen ON buiten_toewijzing FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON contract FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb) OR (agb = ''::text))));

CREATE POLICY eigen_rijen ON declaratie FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON declaratiewijze FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON gezinsplanafspraak FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (EXISTS ( SELECT
   FROM toewijzing t
  WHERE ((t.gemeente = gezinsplanafspraak.gemeente) AND (t.toewijzingnummer = gezinsplanafspraak.toewijzingnummer) AND (t.agb = current_setting('berichten.agb'::text, true))))))));

CREATE POLICY eigen_rijen ON journaal FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON journaalzegel FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text)));

CREATE POLICY eigen_rijen ON journaalzegel_bericht FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text)));

CREATE POLICY eigen_rijen ON kader FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND true));

CREATE POLICY eigen_rijen ON levering FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON monitor_opgave FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text)));

CREATE POLICY eigen_rijen ON monitor_publicatie FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text)));

CREATE POLICY eigen_rijen ON opheffingsstap FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text)));

CREATE POLICY eigen_rijen ON opmerking FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (agb = current_setting('berichten.agb'::text, true)))));

CREATE POLICY eigen_rijen ON pdc FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND true));

CREATE POLICY eigen_rijen ON prestatie FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON regelbeleid FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb) OR (agb = ''::text))));

CREATE POLICY eigen_rijen ON rekeningoordeel FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND (EXISTS ( SELECT
   FROM betaalrekening r
  WHERE ((r.gemeente = rekeningoordeel.gemeente) AND (r.rekening_id = rekeningoordeel.rekening_id))))));

CREATE POLICY eigen_rijen ON retour FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON tarief FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb) OR (agb = ''::text))));

CREATE POLICY eigen_rijen ON toewijzing FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON toewijzing_versie FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON verantwoording FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON verantwoording_eerder FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND ((current_setting('berichten.agb'::text, true) = ''::text) OR (current_setting('berichten.agb'::text, true) = agb))));

CREATE POLICY eigen_rijen ON verwijzing FOR SELECT TO berichten_lezer USING (((gemeente = current_setting('berichten.gemeente'::text, true)) AND (current_setting('berichten.agb'::text, true) = ''::text)));
ALTER TABLE gezinsplanafspraak ENABLE ROW LEVEL SECURITY;
ALTER TABLE journaal ENABLE ROW LEVEL SECURITY;
ALTER TABLE journaalzegel ENABLE ROW LEVEL SECURITY;
ALTER TABLE journaalzegel_bericht ENABLE ROW LEVEL SECURITY;
ALTER TABLE kader ENABLE ROW LEVEL SECURITY;
ALTER TABLE levering ENABLE ROW LEVEL SECURITY;
ALTER TABLE machtiging ENABLE ROW LEVEL SECURITY;
ALTER TABLE monitor_opgave ENABLE ROW LEVEL SECURITY;
ALTER TABLE monitor_publicatie ENABLE ROW LEVEL SECURITY;
ALTER TABLE opheffingsstap ENABLE ROW LEVEL SECURITY;
ALTER TABLE opmerking ENABLE ROW LEVEL SECURITY;
ALTER TABLE pdc ENABLE ROW LEVEL SECURITY;
ALTER TABLE prestatie ENABLE ROW LEVEL SECURITY;
ALTER TABLE regelbeleid ENABLE ROW LEVEL SECURITY;
ALTER TABLE rekeningoordeel ENABLE ROW LEVEL SECURITY;
ALTER TABLE retour ENABLE ROW LEVEL SECURITY;
ALTER TABLE tarief ENABLE ROW LEVEL SECURITY;
ALTER TABLE toewijzing ENABLE ROW LEVEL SECURITY;
ALTER TABLE toewijzing_versie ENABLE ROW LEVEL SECURITY;
ALTER TABLE verantwoording ENABLE ROW LEVEL SECURITY;
ALTER TABLE verantwoording_eerder ENABLE ROW LEVEL SECURITY;
ALTER TABLE verwijzing ENABLE ROW LEVEL SECURITY;
GRANT USAGE ON SCHEMA public TO berichten_lezer;
GRANT SELECT ON TABLE aanbieder TO berichten_lezer;
GRANT SELECT ON TABLE antwoord TO berichten_lezer;
GRANT SELECT ON TABLE bericht TO berichten_lezer;
GRANT SELECT ON TABLE bericht_gemeente TO berichten_lezer;
GRANT SELECT ON TABLE bericht_inhoud TO berichten_lezer;
GRANT SELECT ON TABLE besluit TO berichten_lezer;
GRANT SELECT ON TABLE besluit_gemeente TO berichten_lezer;
GRANT SELECT ON TABLE bestedingsruimte TO berichten_lezer;
GRANT SELECT ON TABLE betaalbestand TO berichten_lezer;
GRANT SELECT ON TABLE betaalblokkade TO berichten_lezer;
GRANT SELECT ON TABLE betaalopdracht TO berichten_lezer;
GRANT SELECT ON TABLE betaalregel TO berichten_lezer;
GRANT SELECT ON TABLE betaalrekening TO berichten_lezer;
GRANT SELECT ON TABLE betaalrun TO berichten_lezer;
GRANT SELECT ON TABLE bevinding TO berichten_lezer;
GRANT SELECT ON TABLE boekencontrole TO berichten_lezer;
GRANT SELECT ON TABLE buiten_toewijzing TO berichten_lezer;
GRANT SELECT ON TABLE contract TO berichten_lezer;
GRANT SELECT ON TABLE declaratie TO berichten_lezer;
GRANT SELECT ON TABLE declaratie_gemeente TO berichten_lezer;
GRANT SELECT ON TABLE declaratiewijze TO berichten_lezer;
GRANT SELECT ON TABLE gezinsplanafspraak TO berichten_lezer;
GRANT SELECT ON TABLE journaal TO berichten_lezer;
GRANT SELECT ON TABLE journaal_gemeente TO berichten_lezer;
GRANT SELECT ON TABLE journaalzegel TO berichten_lezer;
GRANT SELECT ON TABLE journaalzegel_bericht TO berichten_lezer;
GRANT SELECT ON TABLE kader TO berichten_lezer;
GRANT SELECT ON TABLE levering TO berichten_lezer;
GRANT SELECT ON TABLE monitor_opgave TO berichten_lezer;
GRANT SELECT ON TABLE monitor_publicatie TO berichten_lezer;
GRANT SELECT ON TABLE opheffingsstap TO berichten_lezer;
GRANT SELECT ON TABLE opmerking TO berichten_lezer;
GRANT SELECT ON TABLE pdc TO berichten_lezer;
GRANT SELECT ON TABLE prestatie TO berichten_lezer;
GRANT SELECT ON TABLE prestatie_gemeente TO berichten_lezer;
GRANT SELECT ON TABLE regelbeleid TO berichten_lezer;
GRANT SELECT ON TABLE rekeningoordeel TO berichten_lezer;
GRANT SELECT ON TABLE retour TO berichten_lezer;
GRANT SELECT ON TABLE tarief TO berichten_lezer;
GRANT SELECT ON TABLE toewijzing TO berichten_lezer;
GRANT SELECT ON TABLE toewijzing_versie TO berichten_lezer;
GRANT SELECT ON TABLE verantwoording TO berichten_lezer;
GRANT SELECT ON TABLE verantwoording_eerder TO berichten_lezer;
GRANT SELECT ON TABLE verwijzing TO berichten_lezer;
