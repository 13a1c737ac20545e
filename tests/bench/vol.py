"""The same declaration against an empty database and against one that holds five million older lines."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, text

from berichten.instellingen import Instellingen
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.voorbeelden.stad.groot import groot_jw323, referentie_groot
from tests.bench.groot import VANDAAG, copy_of, load_allocations, load_references, measure

REGELS = 31_000
OUDE_REGELS = 5_000_000
RONDES = 3

# A year of lines on every allocation that the declaration names, and for the rest lines of others. They have no volume and no
# amount, so that the declaration itself gets the same outcome; the work of finding and adding them up is the same.
_EIGEN = text("""
    INSERT INTO prestatie SELECT gemeente, (1::bigint << 40) + row_number() OVER (), gen_random_uuid(), agb, bsn,
        'OUD' || row_number() OVER (), NULL, toewijzingnummer, coalesce(categorie, '45'), coalesce(productcode, '45A03'),
        maand::date, (maand + interval '1 month - 1 day')::date, 0, coalesce(eenheid, '01'), 100, 0, false, 'toegekend',
        NULL, true, 1
    FROM toewijzing, generate_series(timestamp '2025-01-01', timestamp '2025-12-01', interval '1 month') AS maand
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
        print(f"JW323 van {len(inhoud) / 1e6:.1f} MB tegen een lege database: {median(leeg):.2f} s")
        print(f"tegen een database met {aantal / 1e6:.1f} miljoen oudere regels: {median(vol):.2f} s")
        print(f"verhouding (mediaan van {RONDES}): {median(vol) / median(leeg):.2f}x")


def _rounds(url: str, bestand: Path) -> list[float]:
    seconden = []
    for _ in range(RONDES):
        with copy_of(url) as kopie:
            seconden.append(float(measure(kopie, bestand)["seconden"]))
    return seconden


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
