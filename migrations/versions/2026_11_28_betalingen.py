"""Payment: blocks with their reason, bank accounts, runs and what each run pays.

Nothing here is ever deleted. A block gets only who lifted it and when, a run only what became of its proposal, a line of a run only
that its proposal was withdrawn; accounts, amounts and files never change.
"""

from alembic import op

revision = "2026_11_28_betalingen"
down_revision = "2026_11_27_financien"
branch_labels = None
depends_on = None

TABELLEN = """
CREATE TABLE betaalblokkade (
    gemeente text NOT NULL,
    blokkade_id bigint GENERATED ALWAYS AS IDENTITY,
    agb text NOT NULL CHECK (agb ~ '^[0-9]{8}$'),
    prestatie_id bigint,
    reden text NOT NULL CHECK (reden <> ''),
    ingesteld_door text NOT NULL,
    ingesteld_op timestamptz NOT NULL,
    opgeheven_op timestamptz,
    opgeheven_door text CHECK ((opgeheven_door IS NULL) = (opgeheven_op IS NULL)),
    PRIMARY KEY (gemeente, blokkade_id),
    FOREIGN KEY (gemeente, prestatie_id) REFERENCES prestatie
);
CREATE UNIQUE INDEX betaalblokkade_geldend ON betaalblokkade (gemeente, agb, prestatie_id) NULLS NOT DISTINCT
    WHERE opgeheven_op IS NULL;
COMMENT ON TABLE betaalblokkade IS
    'Wat is toegekend en nog niet mag worden betaald: één regel, of zonder prestatie_id alles van de aanbieder.';

CREATE TABLE betaalrekening (
    gemeente text NOT NULL CHECK (gemeente ~ '^[0-9]{4}$'),
    rekening_id bigint GENERATED ALWAYS AS IDENTITY,
    agb text NOT NULL CHECK (agb ~ '^([0-9]{8})?$'),
    iban text NOT NULL CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
    tenaamstelling text NOT NULL CHECK (tenaamstelling <> ''),
    ingangsdatum date NOT NULL,
    einddatum date CHECK (einddatum >= ingangsdatum),
    vastgelegd_door text NOT NULL,
    vastgelegd_op timestamptz NOT NULL,
    PRIMARY KEY (gemeente, rekening_id)
);
CREATE INDEX betaalrekening_houder ON betaalrekening (gemeente, agb, ingangsdatum, rekening_id);
COMMENT ON TABLE betaalrekening IS
    'Append-only. Op een dag geldt de rekening die het laatst inging, en van meer op één dag de laatst vastgelegde; is die'
    ' geëindigd, dan is er geen. Een lege agb is de rekening waarvan de gemeente zelf betaalt.';

CREATE TABLE betaalrun (
    gemeente text NOT NULL,
    run_id bigint GENERATED ALWAYS AS IDENTITY,
    status text NOT NULL CHECK (status IN ('voorstel', 'goedgekeurd', 'ingetrokken')),
    peildatum timestamptz NOT NULL,
    uitvoeringsdatum date NOT NULL,
    iban text NOT NULL,
    tenaamstelling text NOT NULL,
    gemaakt_door text NOT NULL,
    gemaakt_op timestamptz NOT NULL,
    goedgekeurd_door text CHECK (goedgekeurd_door <> gemaakt_door),
    goedgekeurd_op timestamptz CHECK ((goedgekeurd_op IS NOT NULL) = (status = 'goedgekeurd')),
    ingetrokken_door text,
    ingetrokken_op timestamptz CHECK ((ingetrokken_op IS NOT NULL) = (status = 'ingetrokken')),
    PRIMARY KEY (gemeente, run_id),
    CHECK ((goedgekeurd_op IS NULL) = (goedgekeurd_door IS NULL) AND (ingetrokken_op IS NULL) = (ingetrokken_door IS NULL))
);
COMMENT ON TABLE betaalrun IS
    'Een voorstel om te betalen wat tot en met de peildatum openstond, en wat een tweede persoon ervan vond. De iban is die van de'
    ' gemeente.';

CREATE TABLE betaalopdracht (
    gemeente text NOT NULL,
    run_id bigint NOT NULL,
    agb text NOT NULL,
    uitkomst text NOT NULL CHECK (uitkomst IN ('betalen', 'doorschuiven', 'zonder_rekening', 'geblokkeerd')),
    bedrag bigint NOT NULL,
    aantal_boekingen integer NOT NULL,
    geblokkeerd_bedrag bigint NOT NULL,
    iban text,
    tenaamstelling text,
    PRIMARY KEY (gemeente, run_id, agb),
    FOREIGN KEY (gemeente, run_id) REFERENCES betaalrun,
    CHECK (uitkomst <> 'betalen' OR (bedrag > 0 AND iban IS NOT NULL AND tenaamstelling IS NOT NULL))
);
COMMENT ON TABLE betaalopdracht IS
    'Append-only. Wat er bij het maken van een run van elke aanbieder openstond, in eurocenten, en wat de run ermee doet. Alleen'
    ' bij uitkomst betalen gaat er geld heen en zijn er regels.';

CREATE TABLE betaalregel (
    gemeente text NOT NULL,
    run_id bigint NOT NULL,
    agb text NOT NULL,
    prestatie_id bigint NOT NULL,
    boeking smallint NOT NULL,
    bedrag bigint NOT NULL,
    levend boolean NOT NULL DEFAULT true,
    PRIMARY KEY (gemeente, run_id, agb, prestatie_id, boeking),
    FOREIGN KEY (gemeente, run_id, agb) REFERENCES betaalopdracht
);
CREATE UNIQUE INDEX betaalregel_eenmaal ON betaalregel (gemeente, prestatie_id, boeking) WHERE levend;
COMMENT ON TABLE betaalregel IS
    'Welke boekingen een run betaalt. Een boeking staat in ten hoogste één run die niet is ingetrokken. Het bedrag is dat van de'
    ' boeking op het moment van het voorstel: zo valt op als er daarna aan het journaal is gezeten.';

CREATE TABLE betaalbestand (
    gemeente text NOT NULL,
    run_id bigint NOT NULL,
    soort text NOT NULL CHECK (soort IN ('pain.001', 'csv')),
    inhoud bytea NOT NULL,
    sha256 bytea NOT NULL,
    PRIMARY KEY (gemeente, run_id, soort),
    FOREIGN KEY (gemeente, run_id) REFERENCES betaalrun
);
COMMENT ON TABLE betaalbestand IS
    'Append-only. De bestanden van een goedgekeurde run; sha256 is die van het bestand zelf, uitgepakt.';

CREATE FUNCTION geblokkeerde_prestaties(van_gemeente text, op timestamptz) RETURNS TABLE (prestatie_id bigint)
LANGUAGE sql STABLE AS $$
    WITH zelf AS (
        SELECT b.prestatie_id FROM betaalblokkade b
        WHERE b.gemeente = van_gemeente AND b.prestatie_id IS NOT NULL
            AND b.ingesteld_op <= op AND (b.opgeheven_op IS NULL OR b.opgeheven_op > op)
    )
    SELECT zelf.prestatie_id FROM zelf
    UNION
    SELECT c.prestatie_id
    FROM zelf
    JOIN prestatie d ON d.gemeente = van_gemeente AND d.prestatie_id = zelf.prestatie_id
    JOIN prestatie c ON c.gemeente = d.gemeente AND c.agb = d.agb AND c.soort = d.soort
        AND c.vorig_referentienummer = d.referentienummer AND c.credit AND c.uitkomst = 'toegekend'
$$;
COMMENT ON FUNCTION geblokkeerde_prestaties IS
    'Regels die op een moment zelf geblokkeerd zijn, en hun creditregels: anders ging het krediet van een regel die nog niet is'
    ' betaald van ander geld af. Met infinity: de blokkades die nu gelden.';
"""

VAST = {
    "betaalblokkade": (
        "OLD.opgeheven_op IS NOT NULL OR NEW.opgeheven_op IS NULL",
        "gemeente, blokkade_id, agb, prestatie_id, reden, ingesteld_door, ingesteld_op",
    ),
    "betaalrun": (
        "OLD.status <> 'voorstel' OR NEW.status = 'voorstel'",
        "gemeente, run_id, peildatum, iban, tenaamstelling, gemaakt_door, gemaakt_op",
    ),
    "betaalregel": ("NOT OLD.levend OR NEW.levend", "gemeente, run_id, agb, prestatie_id, boeking, bedrag"),
}
"""By table: when a change comes too late or changes nothing, and the columns that never change."""
ALLEEN_ERBIJ = ("betaalrekening", "betaalopdracht", "betaalbestand")
ALLEEN_MEDEWERKERS = "current_setting('berichten.agb', true) = ''"
EIGEN = "current_setting('berichten.agb', true) IN ('', agb)"
LEZERS = {
    # Why a payment waits is between the gemeente and itself until somebody tells the aanbieder.
    "betaalblokkade": ALLEEN_MEDEWERKERS,
    "betaalrekening": EIGEN,
    "betaalrun": ALLEEN_MEDEWERKERS,
    "betaalopdracht": EIGEN,
    "betaalregel": EIGEN,
    "betaalbestand": ALLEEN_MEDEWERKERS,
}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TABELLEN)
    for tabel, (te_laat, kolommen) in VAST.items():
        oud, nieuw = (", ".join(f"{rij}.{naam}" for naam in kolommen.split(", ")) for rij in ("OLD", "NEW"))
        op.execute(
            f"CREATE TRIGGER {tabel}_vast BEFORE UPDATE ON {tabel} FOR EACH ROW"
            f" WHEN ({te_laat} OR ({oud}) IS DISTINCT FROM ({nieuw})) EXECUTE FUNCTION weiger_wijziging()"
        )
        _forbid(tabel, "DELETE OR TRUNCATE")
    for tabel in ALLEEN_ERBIJ:
        _forbid(tabel, "UPDATE OR DELETE OR TRUNCATE")
    for tabel, wie in LEZERS.items():
        op.execute(f"GRANT SELECT ON {tabel} TO berichten_lezer")
        op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY eigen_rijen ON {tabel} FOR SELECT TO berichten_lezer USING ("
            f" gemeente = current_setting('berichten.gemeente', true) AND {wie})"
        )


def _forbid(tabel: str, wat: str) -> None:
    op.execute(
        f"CREATE TRIGGER {tabel}_alleen_erbij BEFORE {wat} ON {tabel} FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()"
    )
