"""The same declaration against an empty database and against one that holds five million older lines."""

import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import create_engine, text

from berichten.instellingen import Instellingen
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.voorbeelden.stad.groot import groot_jw323, referentie_groot
from tests.bench.groot import VANDAAG, copy_of, load_allocations, load_references, measure

REGELS = 31_000
OUDE_REGELS = 2_000_000
RONDES = 3

# Twelve lines of a week on every allocation that the declaration names, and for the rest lines of others. They have no volume
# and no amount, and no course becomes longer than its frame, so that the declaration itself gets the same outcome; the work of
# finding and adding them up is the same.
_EIGEN = text("""
    INSERT INTO prestatie SELECT gemeente, (1::bigint << 40) + row_number() OVER (), gen_random_uuid(), agb, bsn,
        'OUD' || row_number() OVER (), NULL, toewijzingnummer, coalesce(categorie, '45'), coalesce(productcode, '45A03'),
        week::date, (week + interval '6 days')::date, 0, coalesce(eenheid, '01'), 100, 0, false, 'toegekend',
        NULL, true, 1
    FROM toewijzing, generate_series(timestamp '2025-11-03', timestamp '2026-01-19', interval '7 days') AS week
""")
_ANDER = text("""
    INSERT INTO prestatie SELECT '0484', (1::bigint << 41) + n, gen_random_uuid(), (60000000 + n % 50)::text, '999900006',
        'ANDER' || n, NULL, 600000000 + n / 24, '45', '45A03', date '2024-01-01' + 30 * (n % 24)::int,
        date '2024-01-30' + 30 * (n % 24)::int, 10, '01', 100, 1000, false, 'toegekend', NULL, true, 1
    FROM generate_series(1, :aantal) AS n
""")
_JOURNAAL = text("""
    INSERT INTO journaal (gemeente, agb, bericht_id, prestatie_id, soort, rekening, tegenrekening, bedrag, toewijzingnummer,
        categorie, productcode, zorgmaand, declaratiemaand, geboekt_op)
    SELECT gemeente, agb, bericht_id, prestatie_id, 'toekenning', 'jeugdhulp', 'aanbieders', bedrag, toewijzingnummer, categorie,
        productcode, begindatum, begindatum, now() FROM prestatie
""")


def main() -> None:
    """Print the ratio of the medians."""
    with TemporaryDirectory() as map_, embedded_postgres(Path(map_) / "var") as url:
        toewijzingen, inhoud = groot_jw323(prestaties=REGELS, seed=1)
        bestand = Path(map_) / "groot.xml"
        bestand.write_bytes(inhoud)
        with open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats:
            load_references(werkplaats, referentie_groot())
            load_allocations(werkplaats, [item.inhoud for item in toewijzingen])
        leeg = _rounds(url, bestand)
        aantal = _fill(url)
        vol = _rounds(url, bestand)
        if leeg[0]["uitkomsten"] != vol[0]["uitkomsten"]:
            sys.exit(f"geen gelijk werk: leeg {leeg[0]['uitkomsten']}, vol {vol[0]['uitkomsten']}")
        print(f"JW323 van {len(inhoud) / 1e6:.1f} MB tegen een lege database: {_time(leeg):.2f} s")
        print(f"tegen een database met {aantal / 1e6:.1f} miljoen oudere regels: {_time(vol):.2f} s")
        print(f"piekgeheugen: leeg {leeg[0]['geheugen_mib']:.0f} MiB, vol {vol[0]['geheugen_mib']:.0f} MiB")
        print(f"verhouding (mediaan van {RONDES}): {_time(vol) / _time(leeg):.2f}x; uitkomsten gelijk")


def _rounds(url: str, bestand: Path) -> list[dict[str, Any]]:
    metingen = []
    for _ in range(RONDES):
        with copy_of(url) as kopie:
            metingen.append(measure(kopie, bestand))
    return metingen


def _time(metingen: list[dict[str, Any]]) -> float:
    return median(float(meting["seconden"]) for meting in metingen)


def _fill(url: str) -> int:
    engine = create_engine(url)
    with engine.begin() as verbinding:
        eigen = verbinding.execute(_EIGEN).rowcount
        verbinding.execute(_ANDER, {"aantal": OUDE_REGELS - eigen})
        verbinding.execute(_JOURNAAL)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text("VACUUM ANALYZE"))
        aantal = verbinding.execute(text("SELECT count(*) FROM prestatie")).scalar_one()
    engine.dispose()
    return int(aantal)
