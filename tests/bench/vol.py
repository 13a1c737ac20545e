"""The same work on an empty database and on one that holds older lines: `make bench ARGS="vol 2000000"`.

First one large declaration, then small messages of many streams (those of `klein`).
"""

import os
import sys
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import TextClause, create_engine, text

from berichten.instellingen import Instellingen
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.processen.bewaking.tel_gebruik import count_use
from berichten.voorbeelden.stad.groot import groot_jw323, referentie_groot
from tests.bench.groot import copy_of, load_allocations, load_references, measure
from tests.bench.klein import make_small
from tests.bench.maand import Meting, measure_verwerk, prepare
from tests.bench.meting import VANDAAG
from tests.bench.processor import server_of

REGELS = 31_000
OUDE_REGELS = 2_000_000
RONDES = 3

# Twelve lines on every allocation that there is, and for the rest lines of others. They have no volume and no amount, and no course
# becomes longer than its frame, so that the messages themselves get the same outcome; the work of finding and adding them up is the
# same. Those of the declaration are of a week each, in the months before; those of small messages are of the first days of an
# allocation, since a JW301 would find what lies outside it.
_EIGEN = """
    INSERT INTO prestatie SELECT gemeente, (1::bigint << 40) + row_number() OVER (), gen_random_uuid(), agb, bsn,
        'OUD' || row_number() OVER (), NULL, toewijzingnummer, coalesce(categorie, '45'), coalesce(productcode, '45A03'),
        {begin}, {begin} + {dagen}, 0, coalesce(eenheid, '01'), 100, 0, false, 'toegekend', NULL, true, 1
    FROM toewijzing, generate_series(0, 11) AS n
"""
_VOORAF = text(_EIGEN.format(begin="date '2025-11-03' + 7 * n", dagen=6))
_EERSTE_DAGEN = text(_EIGEN.format(begin="ingangsdatum + n", dagen=0))
_ANDER = text("""
    INSERT INTO prestatie SELECT '0484', (1::bigint << 41) + n, gen_random_uuid(), (60000000 + n / 24 % 50)::text, '999900006',
        'ANDER' || n, NULL, 600000000 + n / 24, '45', '45A03', date '2024-01-01' + 30 * (n % 24)::int,
        date '2024-01-30' + 30 * (n % 24)::int, 10, '01', 100, 1000, false, 'toegekend', NULL, true, 1
    FROM generate_series(1, :aantal) AS n
""")
_JOURNAAL = text("""
    INSERT INTO journaal (gemeente, agb, bericht_id, prestatie_id, soort, rekening, tegenrekening, bedrag, toewijzingnummer,
        categorie, productcode, zorgmaand, declaratiemaand, geboekt_op)
    SELECT gemeente, agb, bericht_id, prestatie_id, 'toekenning', 'jeugdhulp', 'aanbieders', bedrag, toewijzingnummer, categorie,
        productcode, begindatum, begindatum, now() FROM prestatie WHERE prestatie_id < 1::bigint << 42
""")


def main(oude_regels: int = OUDE_REGELS) -> None:
    """Print both, round after round in turn, and the ratio of each round: of the clock, and of processor time with PostgreSQL."""
    _measure_large(oude_regels)
    _measure_small(oude_regels)


def _measure_large(oude_regels: int) -> None:
    with TemporaryDirectory() as map_, embedded_postgres(Path(map_) / "var") as url:
        server = server_of(Path(map_) / "var")
        toewijzingen, inhoud = groot_jw323(prestaties=REGELS, seed=1)
        bestand = Path(map_) / "groot.xml"
        bestand.write_bytes(inhoud)
        with open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats:
            load_references(werkplaats, referentie_groot())
            load_allocations(werkplaats, [item.inhoud for item in toewijzingen])
        with copy_of(url, "bench_vol") as vol_url:
            aantal = _fill(vol_url, oude_regels, _VOORAF)
            print(
                f"JW323 van {len(inhoud) / 1e6:.1f} MB, tegen een lege database en tegen {aantal / 1e6:.1f} miljoen oudere regels"
            )
            rondes = []
            for _ in range(RONDES):
                leeg, vol = (_round(van, bestand, server) for van in (url, vol_url))
                _must_be_equal(leeg["uitkomsten"], vol["uitkomsten"])
                rondes.append((leeg, vol))
                for naam, meting in (("leeg", leeg), ("vol", vol)):
                    print(f"  {naam}: {meting['processor']:.2f} s {meting['delen']}, klok {meting['seconden']:.2f} s,"
                          f" {meting['geheugen_mib']:.0f} MiB, belasting {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
        werk, klok = (median(vol[naam] / leeg[naam] for leeg, vol in rondes) for naam in ("processor", "seconden"))
        print(f"mediaan van {RONDES}: {werk:.2f}x de processortijd, {klok:.2f}x de klok; uitkomsten gelijk")


def _measure_small(oude_regels: int) -> None:
    maand = make_small()
    with TemporaryDirectory() as naam, embedded_postgres(Path(naam) / "var") as url:
        map_, server = Path(naam), server_of(Path(naam) / "var")
        prepare(url, map_, maand.vooraf, maand.referentie)
        with copy_of(url, "bench_vol") as vol_url:
            aantal = _fill(vol_url, oude_regels, _EERSTE_DAGEN)
            print(f"{len(maand.maand)} kleine berichten, tegen weinig en tegen {aantal / 1e6:.1f} miljoen oudere regels")
            rondes: list[tuple[Meting, Meting]] = []
            for _ in range(RONDES):
                leeg, vol = (measure_verwerk(van, map_, [maand.maand], server)[0] for van in (url, vol_url))
                _must_be_equal(leeg.uitkomsten, vol.uitkomsten)
                rondes.append((leeg, vol))
                for wijze, meting in (("leeg", leeg), ("vol", vol)):
                    print(f"  {wijze}: {meting.werk:.2f} ms ({meting.eigen:.2f} + PostgreSQL {meting.server:.2f}),"
                          f" {1000 / meting.klok:.0f}/s; belasting {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
        werk, klok = (median(getattr(vol, naam) / getattr(leeg, naam) for leeg, vol in rondes) for naam in ("werk", "klok"))
        print(f"mediaan van {RONDES}: {werk:.2f}x de processortijd, {klok:.2f}x de klok; uitkomsten gelijk")


def _must_be_equal(leeg: dict[str, int], vol: dict[str, int]) -> None:
    if leeg != vol:
        sys.exit(f"geen gelijk werk: leeg {leeg}, vol {vol}")


def _round(url: str, bestand: Path, server: int) -> dict[str, Any]:
    with copy_of(url) as kopie:
        return measure(kopie, bestand, server=server)


def _fill(url: str, oude_regels: int, op_toewijzingen: TextClause) -> int:
    engine = create_engine(url)
    with engine.begin() as verbinding:
        eigen = verbinding.execute(op_toewijzingen).rowcount
        verbinding.execute(_ANDER, {"aantal": oude_regels - eigen})
        verbinding.execute(_JOURNAAL)
    with open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats:
        for nacht in range(2):
            count_use(werkplaats, "0484", werkplaats.instellingen.nu_buiten() + timedelta(days=nacht))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text("VACUUM ANALYZE"))
        aantal = verbinding.execute(text("SELECT count(*) FROM prestatie")).scalar_one()
    engine.dispose()
    return int(aantal)
