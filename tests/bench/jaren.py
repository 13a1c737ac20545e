"""Five years of care for benchmarks: allocations, their versions and starts, lines month by month, and the journal of those lines.

Each allocation has `PER_TOEWIJZING` lines over the thirteen months from its first, but of the last year those to come: of ten
million lines nine are there. 150 aanbieders declare once a month each, and what they declare is booked forty days after its month
began.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from berichten.opslag.basis.verbinding import Opslag
from berichten.opslag.financien.toewijzingsommen import add_up, look_ahead

PER_TOEWIJZING, MAANDEN, AANBIEDERS = 25, 60, 150
_TEGELIJK, _PER_KEER = 2, 2_000_000

_GEMEENTEN = "cast(:gemeenten AS text[])"
_HOEVEEL = f"cardinality({_GEMEENTEN})"
# Which gemeente an allocation is of: clients do not move, and a month, category or aanbieder is of all gemeenten.
_PLEK = f"a / 180 % {_HOEVEEL}"
_GEMEENTE = f"({_GEMEENTEN})[1 + {_PLEK}]"
_EERSTE = f"(date '2021-01-01' + a % {MAANDEN} * interval '1 month')::date"
_LAATSTE = f"({_EERSTE} + interval '1 year' - interval '1 day')::date"
_MAAND = "(date '2021-01-01' + :maand * interval '1 month')::date"
_AGB = f"(42420000 + a % {AANBIEDERS})::text"
_BSN = "(100000000 + a / 3)::text"
_CODE = "(41 + a % 10) || 'A01'"
_OMVANG = """CASE WHEN a % 2 = 1 THEN 4 END, CASE WHEN a % 2 = 1 THEN '04' END, CASE WHEN a % 2 = 1 THEN '2' END,
    CASE WHEN a % 2 = 0 THEN 1500000 END"""
_ALLE = "generate_series(0, cast(:toewijzingen AS bigint) - 1) AS a"
_BERICHT = "md5(concat_ws('-', {soort}, {gemeente}, {maand}, {aanbieder}))::uuid"
"""A message of each kind, gemeente, month and aanbieder."""
_BEGIN, _STARTS, _DECLARATIE = (
    _BERICHT.format(soort=f"'{soort}'", gemeente=_GEMEENTE, maand=maand, aanbieder=f"a % {AANBIEDERS}")
    for soort, maand in (("JW301", f"a % {MAANDEN}"), ("JW305", f"a % {MAANDEN}"), ("JW323", ":maand"))
)
_NUMMER = f"((cast(:maand AS bigint) * {_HOEVEEL} + {{plek}}) * {AANBIEDERS} + {{aanbieder}} << 20)"
"""The first number that lines of a declaration may have."""

# Half of the allocations by budget and half by volume, ten categories; one in three was stopped at its end.
_EENMAAL = (
    f"""INSERT INTO bericht (gemeente, bericht_id, volgnummer, soort, agb, sha256, status, ontvangen_op, verwerkt_op)
        OVERRIDING SYSTEM VALUE
        SELECT g, {_BERICHT.format(soort="s", gemeente="g", maand="m", aanbieder="b")},
            eerste + (m * {_HOEVEEL} + plek - 1) * {AANBIEDERS} + b, s, (42420000 + b)::text,
            sha256(concat_ws('-', s, g, m, b)::bytea), 'verwerkt', dag, dag
        FROM (VALUES ('JW323', 0, 40), ('JW305', 10000000, 20), ('JW301', 20000000, 1)) AS soort(s, eerste, dagen),
            unnest({_GEMEENTEN}) WITH ORDINALITY AS g(g, plek),
            generate_series(0, {MAANDEN - 1}) AS m, generate_series(0, {AANBIEDERS - 1}) AS b,
            LATERAL (SELECT date '2021-01-01' + m * interval '1 month' + dagen * interval '1 day' AS dag) AS moment""",
    """INSERT INTO declaratie (gemeente, bericht_id, agb, declaratienummer, begindatum, einddatum, dagtekening, nummer_gebruikt,
            soort)
        SELECT gemeente, bericht_id, agb, volgnummer::text, dag, dag + 27, dag + 35, true, 'JW323'
        FROM bericht, LATERAL (SELECT (verwerkt_op - interval '40 days')::date AS dag) AS maand WHERE bericht.soort = 'JW323'""",
    f"""INSERT INTO pdc
        SELECT g, (41 + c) || 'A01', 'Zorg', 41 + c, '04', 'inspanning', 'Zorgvorm ' || c,
            (ARRAY['1A', '1B', '2', '3', '4', '5', '6'])[1 + c % 7], 'HBO', '', '6.72', '2021-01-01', NULL
        FROM unnest({_GEMEENTEN}) AS g, generate_series(0, 9) AS c""",
    f"""INSERT INTO tarief (gemeente, agb, productcode, opleidingsniveau, eenheid, tarief, ingangsdatum, einddatum)
        SELECT g, '', (41 + c) || 'A01', 'HBO', '04', 7000 + 100 * j, make_date(2021 + j, 1, 1), make_date(2021 + j, 12, 31)
        FROM unnest({_GEMEENTEN}) AS g, generate_series(0, 9) AS c, generate_series(0, 6) AS j""",
    f"""INSERT INTO toewijzing (gemeente, toewijzingnummer, agb, bsn, categorie, productcode, ingangsdatum, einddatum, volume,
            eenheid, frequentie, budget, toewijzingsdatum, toewijzingstijd, versie, geboortedatum)
        SELECT {_GEMEENTE}, a, {_AGB}, {_BSN}, (41 + a % 10)::text, CASE WHEN a % 2 = 1 THEN {_CODE} END, {_EERSTE}, {_LAATSTE},
            {_OMVANG}, {_EERSTE}, '10:00', 1, date '2003-01-01' + (a / 3 % 6000)::int FROM {_ALLE}""",
    f"""INSERT INTO toewijzing_versie (gemeente, toewijzingnummer, versie, agb, bericht_id, einddatum, volume, eenheid, frequentie,
            budget, toewijzingsdatum, toewijzingstijd)
        SELECT {_GEMEENTE}, a, 1, {_AGB}, {_BEGIN}, {_LAATSTE}, {_OMVANG}, {_EERSTE}, '10:00' FROM {_ALLE}""",
    f"""INSERT INTO levering (gemeente, bericht_id, volgnummer, agb, soort, bsn, toewijzingnummer, begindatum)
        SELECT {_GEMEENTE}, {_STARTS}, 2 * a, {_AGB}, 'start', {_BSN}, a, {_EERSTE} + (a % 40)::int FROM {_ALLE}""",
    f"""INSERT INTO levering (gemeente, bericht_id, volgnummer, agb, soort, bsn, toewijzingnummer, begindatum, einddatum,
            reden_beeindiging)
        SELECT {_GEMEENTE}, {_STARTS}, 2 * a + 1, {_AGB}, 'stop', {_BSN}, a, {_EERSTE}, {_LAATSTE}, '31' FROM {_ALLE}
        WHERE a % 3 = 0""",
)  # fmt: skip
# Of fifty lines one is a credit; of what is of the last month one in twenty waits.
_PER_MAAND = (
    f"""INSERT INTO prestatie (gemeente, prestatie_id, bericht_id, agb, bsn, referentienummer, toewijzingnummer, categorie,
            productcode, begindatum, einddatum, volume, eenheid, tarief, bedrag, credit, uitkomst, referentie_gebruikt, regelnummer)
        SELECT {_GEMEENTE}, {_NUMMER.format(plek=_PLEK, aanbieder=f"a % {AANBIEDERS}")} + a / {AANBIEDERS} * 2 + h + 1,
            {_DECLARATIE}, {_AGB}, {_BSN}, a || '-' || k, a, (41 + a % 10)::text, {_CODE},
            {_MAAND}, ({_MAAND} + interval '1 month' - interval '1 day')::date, 8, '04', 7000,
            CASE WHEN k = 24 AND a % 2 = 0 THEN -56000 ELSE 56000 END, k = 24 AND a % 2 = 0,
            CASE WHEN :maand = {MAANDEN - 1} AND k % 20 = 0 THEN 'ter_beoordeling' ELSE 'toegekend' END, true, 1
        FROM {_ALLE}, generate_series(0, 1) AS h, LATERAL (SELECT 2 * (:maand - a % {MAANDEN}) + h AS k) AS regel
        WHERE k BETWEEN 0 AND {PER_TOEWIJZING - 1}""",
    f"""INSERT INTO journaal (gemeente, agb, bericht_id, prestatie_id, soort, rekening, tegenrekening, bedrag, toewijzingnummer,
            categorie, productcode, zorgmaand, declaratiemaand, geboekt_op)
        SELECT gemeente, agb, bericht_id, prestatie_id, CASE WHEN credit THEN 'creditering' ELSE 'toekenning' END, 'jeugdhulp',
            'aanbieders', bedrag, toewijzingnummer, categorie, productcode, begindatum, begindatum, begindatum + interval '40 days'
        FROM prestatie WHERE uitkomst = 'toegekend' AND prestatie_id
            BETWEEN {_NUMMER.format(plek="0", aanbieder="0")} AND {_NUMMER.format(plek=_HOEVEEL, aanbieder="0")}""",
)  # fmt: skip
_WIJZERS = text("""
    SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', conrelid::regclass, conname) AS weg FROM pg_constraint
    WHERE contype = 'f' AND conrelid::regclass::text = ANY(:tabellen)
""")
_INDEXEN = text("""
    SELECT format('DROP INDEX %I', indexname) AS weg, indexdef AS terug FROM pg_indexes
    WHERE tablename = ANY(:tabellen)
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = format('%I', indexname)::regclass)
""")


def fill_jaren(url: str, gemeenten: Sequence[str], regels: int, nu: datetime) -> None:
    """Fill an empty database with so many lines of these gemeenten together, count them as nights do from `nu` on, and tidy."""
    opslag = Opslag(url, _TEGELIJK)
    waarden = {"gemeenten": list(gemeenten), "toewijzingen": regels // PER_TOEWIJZING}
    with opslag.transaction() as verbinding:
        terug = _drop_what_slows(verbinding)
        for opdracht in _EENMAAL:
            verbinding.execute(text(opdracht), waarden)

    def fill_month(maand: int) -> None:
        with opslag.transaction() as verbinding:
            for opdracht in _PER_MAAND:
                verbinding.execute(text(opdracht), waarden | {"maand": maand})

    def restore(opdracht: str) -> None:
        with opslag.transaction() as verbinding:
            verbinding.execute(text("SET LOCAL maintenance_work_mem = '256MB'"))
            verbinding.exec_driver_sql(opdracht)

    with ThreadPoolExecutor(_TEGELIJK) as ploeg:
        list(ploeg.map(fill_month, range(MAANDEN)))
        list(ploeg.map(restore, terug))
    for gemeente in gemeenten:
        _count(opslag, gemeente, nu)
    with opslag.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        # As autovacuum does in its own time.
        verbinding.execute(text("VACUUM ANALYZE"))
    opslag.close()


def _count(opslag: Opslag, gemeente: str, nu: datetime) -> None:
    """As two nights do, in larger portions."""
    for nacht in range(2):
        with opslag.transaction() as verbinding:
            look_ahead(verbinding, gemeente, nu + timedelta(days=nacht))
    bezig: bool | None = True
    while bezig:
        with opslag.transaction() as verbinding:
            bezig = add_up(verbinding, gemeente, _PER_KEER)


def _drop_what_slows(verbinding: Connection) -> list[str]:
    """References are right here, and indexes are made at once afterwards: the statements that do so."""
    waar = {"tabellen": ["prestatie", "journaal"]}
    indexen = verbinding.execute(_INDEXEN, waar).all()
    for weg in (*verbinding.execute(_WIJZERS, waar).scalars(), *(index.weg for index in indexen)):
        verbinding.exec_driver_sql(weg)
    return [index.terug for index in indexen]
