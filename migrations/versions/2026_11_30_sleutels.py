"""Keys: of whom each is, until when it works, when it was last used, and who made and withdrew it."""

from alembic import op

revision = "2026_11_30_sleutels"
down_revision = "2026_11_30_retour"
branch_labels = None
depends_on = None

KOLOMMEN = """
ALTER TABLE api_sleutel
    ADD COLUMN eigenaar text NOT NULL DEFAULT '',
    ADD COLUMN geldig_tot date NOT NULL DEFAULT current_date + 365,
    ADD COLUMN laatst_gebruikt_op timestamptz,
    ADD COLUMN aangemaakt_door text NOT NULL DEFAULT '',
    ADD COLUMN ingetrokken_door text NOT NULL DEFAULT '';
ALTER TABLE api_sleutel ALTER COLUMN geldig_tot DROP DEFAULT;
COMMENT ON COLUMN api_sleutel.eigenaar IS
    'De persoon of het systeem van wie de sleutel is; verandert nooit. Sleutels van één eigenaar zijn voor vier ogen één persoon.';
COMMENT ON COLUMN api_sleutel.geldig_tot IS 'De laatste dag waarop de sleutel werkt. Wat er al was, kreeg een jaar.';
COMMENT ON COLUMN api_sleutel.laatst_gebruikt_op IS 'Tot op een uur: niet elk verzoek wordt geschreven.';

CREATE FUNCTION persoon_van(van_gemeente text, wie text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce(
        CASE WHEN wie LIKE 'persoon:%' THEN lower(regexp_replace(btrim(substr(wie, 9)), '\\s+', ' ', 'g')) END,
        (SELECT lower(regexp_replace(btrim(naam.eigenaar), '\\s+', ' ', 'g'))
         FROM (SELECT coalesce(nullif(btrim(s.eigenaar), ''), nullif(btrim(s.naam), '')) AS eigenaar FROM api_sleutel s
               WHERE s.gemeente = van_gemeente AND s.sleutel_id = wie) AS naam),
        'sleutel ' || wie)
$$;
COMMENT ON FUNCTION persoon_van IS
    'Wie er achter een kolom door zit: de eigenaar van de sleutel, anders de naam die bij de sleutel staat, en van een sleutel'
    ' zonder beide de sleutel zelf. Na persoon: staat de naam voluit (de opdrachtregel heeft geen sleutel).';
"""

ZELFDE = """
CREATE FUNCTION weiger_zelfde_persoon() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF persoon_van(NEW.gemeente, NEW.goedgekeurd_door) = persoon_van(NEW.gemeente, NEW.gemaakt_door) THEN
        RAISE EXCEPTION 'Een betaalrun wordt goedgekeurd door een ander dan wie hem maakte.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER betaalrun_vier_ogen BEFORE UPDATE ON betaalrun FOR EACH ROW
    WHEN (NEW.status = 'goedgekeurd') EXECUTE FUNCTION weiger_zelfde_persoon();
CREATE FUNCTION weiger_andere_eigenaar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'De eigenaar en de naam van een sleutel veranderen niet: maak een nieuwe sleutel.';
END $$;
CREATE TRIGGER api_sleutel_eigenaar_vast BEFORE UPDATE ON api_sleutel FOR EACH ROW
    WHEN ((OLD.gemeente, OLD.sleutel_id, OLD.eigenaar, OLD.naam) IS DISTINCT FROM
        (NEW.gemeente, NEW.sleutel_id, NEW.eigenaar, NEW.naam)) EXECUTE FUNCTION weiger_andere_eigenaar();
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(KOLOMMEN)
    op.execute(ZELFDE)
