"""What a gemeente chose for its steering, each from a day on; and tables that are only added to keep themselves to that."""

from alembic import op

revision = "0035_instelling"
down_revision = "0034_jeugdigen"
branch_labels = None
depends_on = None
breekt = False

INSTELLING = """
CREATE TABLE instelling (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    naam text NOT NULL CHECK (naam <> ''),
    vanaf date NOT NULL,
    geladen_op timestamp with time zone NOT NULL,
    waarde text NOT NULL,
    besluit text NOT NULL,
    geladen_door text NOT NULL,
    PRIMARY KEY (gemeente, naam, vanaf, geladen_op)
);
CREATE TRIGGER instelling_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON instelling
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
COMMENT ON TABLE instelling IS 'Append-only. Wat een gemeente koos, en vanaf welke dag; van dezelfde naam en dag telt de rij die het
laatst is geladen. waarde leeg: vanaf die dag weer de standaard.';
SELECT zet_muur('instelling', 'SELECT, INSERT', 'gemeente', '', 'SELECT');
"""
# A threshold that ended gives way to the ordinary one, unless another began the day after.
DREMPELS = """
ALTER TABLE signaaldrempel NO FORCE ROW LEVEL SECURITY;
ALTER TABLE instelling NO FORCE ROW LEVEL SECURITY;
INSERT INTO instelling (gemeente, naam, vanaf, geladen_op, waarde, besluit, geladen_door)
SELECT d.gemeente, lower(d.signaal) || '_aantal', d.ingangsdatum, now(), coalesce(d.aantal::text, ''), 'Drempel van signalen', 'cli'
FROM signaaldrempel d WHERE d.signaal <> 'S7'
UNION ALL
SELECT d.gemeente, lower(d.signaal) || '_procent', d.ingangsdatum, now(),
    coalesce((d.procent / 10)::text || ',' || (d.procent % 10)::text, ''), 'Drempel van signalen', 'cli'
FROM signaaldrempel d WHERE d.signaal IN ('S1', 'S2', 'S3', 'S6', 'S7');
INSERT INTO instelling (gemeente, naam, vanaf, geladen_op, waarde, besluit, geladen_door)
SELECT d.gemeente, lower(d.signaal) || deel.naam, d.einddatum + 1, now(), '', 'Drempel van signalen', 'cli'
FROM signaaldrempel d CROSS JOIN (VALUES ('_aantal'), ('_procent')) AS deel (naam)
WHERE d.einddatum IS NOT NULL AND (deel.naam = '_aantal' OR d.signaal IN ('S1', 'S2', 'S3', 'S6', 'S7'))
    AND (deel.naam = '_procent' OR d.signaal <> 'S7')
    AND NOT EXISTS (SELECT FROM signaaldrempel v WHERE v.gemeente = d.gemeente AND v.signaal = d.signaal
        AND v.ingangsdatum = d.einddatum + 1);
ALTER TABLE signaaldrempel FORCE ROW LEVEL SECURITY;
ALTER TABLE instelling FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE signaaldrempel IS 'Wordt niet meer gelezen: drempels staan bij de instellingen.';
"""
ALLEEN_ERBIJ = ("begroting", "kalender", "kwartaaltekst", "kwartaalactie", "kwartaalstap", "retour_afronding")
"""Tables of which nothing changed, that nothing held to it yet."""
MAATREGEL = """
CREATE FUNCTION houd_maatregel_geldig() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.geldig_op IS NOT NULL THEN
        RAISE EXCEPTION 'Een maatregel die geldt, blijft gelden; zij eindigt met een stap.' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM maatregel_stap s WHERE s.gemeente = NEW.gemeente AND s.maatregel_id = NEW.maatregel_id
            AND s.soort = 'bevestigd' AND persoon_van(s.gemeente, s.door) IS DISTINCT FROM persoon_van(NEW.gemeente, NEW.door)) THEN
        RAISE EXCEPTION 'Een maatregel van trede 4 of 5 geldt als een tweede haar bevestigt.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER maatregel_geldig BEFORE UPDATE ON maatregel FOR EACH ROW WHEN (OLD.geldig_op IS DISTINCT FROM NEW.geldig_op)
    EXECUTE FUNCTION houd_maatregel_geldig();
"""


def upgrade() -> None:
    # The driver's own connection: a percent sign or a colon in a function is no place for a value.
    driver = op.get_bind().connection.driver_connection
    for deel in (INSTELLING, DREMPELS, MAATREGEL):
        driver.execute(deel)
    for tabel in ALLEEN_ERBIJ:
        driver.execute(
            f"CREATE TRIGGER {tabel}_alleen_erbij BEFORE DELETE OR UPDATE OR TRUNCATE ON {tabel} FOR EACH STATEMENT"
            " EXECUTE FUNCTION weiger_wijziging()"
        )
    # A report that was established is not deleted either; of a concept the figures change.
    driver.execute(
        "CREATE TRIGGER kwartaalrapport_blijft BEFORE DELETE OR TRUNCATE ON kwartaalrapport FOR EACH STATEMENT"
        " EXECUTE FUNCTION weiger_wijziging()"
    )
