-- References between tables.

ALTER TABLE ONLY antwoord
    ADD CONSTRAINT antwoord_gemeente_bericht_id_fkey FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht(gemeente, bericht_id);

ALTER TABLE ONLY bericht_inhoud
    ADD CONSTRAINT bericht_inhoud_gemeente_bericht_id_fkey FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht(gemeente, bericht_id);

ALTER TABLE ONLY besluit
    ADD CONSTRAINT besluit_gemeente_bevestigt_fkey FOREIGN KEY (gemeente, bevestigt) REFERENCES besluit(gemeente, besluit_id);

ALTER TABLE ONLY besluit
    ADD CONSTRAINT besluit_gemeente_prestatie_id_fkey FOREIGN KEY (gemeente, prestatie_id) REFERENCES prestatie(gemeente, prestatie_id);

ALTER TABLE ONLY betaalbestand
    ADD CONSTRAINT betaalbestand_gemeente_run_id_fkey FOREIGN KEY (gemeente, run_id) REFERENCES betaalrun(gemeente, run_id);

ALTER TABLE ONLY betaalblokkade
    ADD CONSTRAINT betaalblokkade_gemeente_prestatie_id_fkey FOREIGN KEY (gemeente, prestatie_id) REFERENCES prestatie(gemeente, prestatie_id);

ALTER TABLE ONLY betaalopdracht
    ADD CONSTRAINT betaalopdracht_gemeente_run_id_fkey FOREIGN KEY (gemeente, run_id) REFERENCES betaalrun(gemeente, run_id);

ALTER TABLE ONLY betaalregel
    ADD CONSTRAINT betaalregel_gemeente_run_id_agb_fkey FOREIGN KEY (gemeente, run_id, agb) REFERENCES betaalopdracht(gemeente, run_id, agb);

ALTER TABLE ONLY bevinding
    ADD CONSTRAINT bevinding_gemeente_bericht_id_fkey FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht(gemeente, bericht_id);

ALTER TABLE ONLY buiten_toewijzing
    ADD CONSTRAINT buiten_toewijzing_gemeente_bericht_id_fkey FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht(gemeente, bericht_id);

ALTER TABLE ONLY declaratie
    ADD CONSTRAINT declaratie_gemeente_bericht_id_fkey FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht(gemeente, bericht_id);

ALTER TABLE ONLY journaalzegel_bericht
    ADD CONSTRAINT journaalzegel_bericht_gemeente_dag_fkey FOREIGN KEY (gemeente, dag) REFERENCES journaalzegel(gemeente, dag);

ALTER TABLE ONLY levering
    ADD CONSTRAINT levering_gemeente_bericht_id_fkey FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht(gemeente, bericht_id);

ALTER TABLE ONLY opheffingsstap
    ADD CONSTRAINT opheffingsstap_gemeente_blokkade_id_fkey FOREIGN KEY (gemeente, blokkade_id) REFERENCES betaalblokkade(gemeente, blokkade_id);

ALTER TABLE ONLY opmerking
    ADD CONSTRAINT opmerking_gemeente_prestatie_id_fkey FOREIGN KEY (gemeente, prestatie_id) REFERENCES prestatie(gemeente, prestatie_id);

ALTER TABLE ONLY rekeningoordeel
    ADD CONSTRAINT rekeningoordeel_gemeente_rekening_id_fkey FOREIGN KEY (gemeente, rekening_id) REFERENCES betaalrekening(gemeente, rekening_id);

ALTER TABLE ONLY retour
    ADD CONSTRAINT retour_gemeente_bericht_id_fkey FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht(gemeente, bericht_id);

ALTER TABLE ONLY toewijzing_versie
    ADD CONSTRAINT toewijzing_versie_gemeente_bericht_id_fkey FOREIGN KEY (gemeente, bericht_id) REFERENCES bericht(gemeente, bericht_id);

ALTER TABLE ONLY toewijzing_versie
    ADD CONSTRAINT toewijzing_versie_gemeente_toewijzingnummer_fkey FOREIGN KEY (gemeente, toewijzingnummer) REFERENCES toewijzing(gemeente, toewijzingnummer);
