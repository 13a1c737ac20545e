"""Obligations over millions of lines beside the same sums by hand, as one writes them who knows the tables.

By hand no past day, no tariff, no stop and no pace are reckoned with: what is awarded, held and left of budgets, by category.
"""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import text

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login, Opslag, Toegang
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.processen.bewaking.tel_gebruik import count_use
from berichten.processen.monitor.rapporten import RAPPORTEN, Lezer, Monitorverzoek
from berichten.rapporten.monitor.bereik import read_bereik
from berichten.rapporten.sturen.verplichtingentabel import add_up
from berichten.rapporten.toewijzing.standen import read_standen_op
from berichten.rapporten.toewijzing.verplichting import Vraagpunt
from tests.bench.meting import VANDAAG
from tests.bench.processor import server_of, worked

REGELS = 10_000_000
PER_TOEWIJZING, PER_BERICHT, RONDES = 25, 5_000, 3
GEMEENTE = "0484"
STAF = Toegang(GEMEENTE, None)

_EERSTE = "(date '2021-01-01' + (a % 60) * interval '1 month')::date"
_MAAND = "(date '2021-01-01' + (a % 60 + k / 2) * interval '1 month')::date"
_AGB = "(42420000 + a % 150)::text"
# Five years of allocations of a year each, half by budget and half by volume; 150 aanbieders, ten categories. Of fifty lines one
# is a credit; of what is of the last months one in twenty waits.
_VULLEN = (
    f"""INSERT INTO bericht (gemeente, bericht_id, volgnummer, soort, agb, sha256, status, ontvangen_op, verwerkt_op)
        OVERRIDING SYSTEM VALUE SELECT '{GEMEENTE}', md5(nr::text)::uuid, nr, 'JW323', '42420000', sha256(nr::text::bytea),
            'verwerkt', '2026-01-01', '2026-01-01' FROM generate_series(0, :berichten) AS nr""",
    f"""INSERT INTO pdc SELECT '{GEMEENTE}', (41 + c) || 'A01', 'Zorg', 41 + c, '04', 'inspanning', 'Zorgvorm ' || c,
        (c % 7)::text, 'HBO', '', '6.72', '2021-01-01', NULL FROM generate_series(0, 9) AS c""",
    f"""INSERT INTO tarief (gemeente, agb, productcode, opleidingsniveau, eenheid, tarief, ingangsdatum, einddatum)
        SELECT '{GEMEENTE}', '', (41 + c) || 'A01', 'HBO', '04', 7000 + 100 * j, make_date(2021 + j, 1, 1),
            make_date(2021 + j, 12, 31)
        FROM generate_series(0, 9) AS c, generate_series(0, 6) AS j""",
    f"""INSERT INTO toewijzing (gemeente, toewijzingnummer, agb, bsn, categorie, productcode, ingangsdatum, einddatum, volume,
            eenheid, frequentie, budget, toewijzingsdatum, toewijzingstijd, versie)
        SELECT '{GEMEENTE}', a, {_AGB}, (100000000 + a / 3)::text, (41 + a % 10)::text,
            CASE WHEN a % 2 = 1 THEN (41 + a % 10) || 'A01' END, {_EERSTE},
            ({_EERSTE} + interval '1 year' - interval '1 day')::date,
            CASE WHEN a % 2 = 1 THEN 4 END, CASE WHEN a % 2 = 1 THEN '04' END, CASE WHEN a % 2 = 1 THEN '2' END,
            CASE WHEN a % 2 = 0 THEN 1500000 END, {_EERSTE}, '10:00', 1 FROM generate_series(0, :toewijzingen - 1) AS a""",
    f"""INSERT INTO prestatie (gemeente, prestatie_id, bericht_id, agb, bsn, referentienummer, toewijzingnummer, categorie,
            productcode, begindatum, einddatum, volume, eenheid, tarief, bedrag, credit, uitkomst, referentie_gebruikt, regelnummer)
        SELECT '{GEMEENTE}', ((a * {PER_TOEWIJZING} + k) / {PER_BERICHT} << 20) + (a * {PER_TOEWIJZING} + k) % {PER_BERICHT} + 1,
            md5(((a * {PER_TOEWIJZING} + k) / {PER_BERICHT})::text)::uuid, {_AGB}, (100000000 + a / 3)::text, a || '-' || k, a,
            (41 + a % 10)::text, (41 + a % 10) || 'A01', {_MAAND}, ({_MAAND} + interval '1 month' - interval '1 day')::date, 8,
            '04', 7000, CASE WHEN k = 24 AND a % 2 = 0 THEN -56000 ELSE 56000 END, k = 24 AND a % 2 = 0,
            CASE WHEN a % 60 + k / 2 = 59 AND k % 20 = 0 THEN 'ter_beoordeling' ELSE 'toegekend' END, true, 1
        FROM generate_series(cast(:van AS bigint), cast(:tot AS bigint)) AS a, generate_series(0, {PER_TOEWIJZING - 1}) AS k
        WHERE a % 60 + k / 2 < 60""",
    f"""INSERT INTO journaal (gemeente, agb, bericht_id, prestatie_id, soort, rekening, tegenrekening, bedrag, toewijzingnummer,
            categorie, productcode, zorgmaand, declaratiemaand, geboekt_op)
        SELECT gemeente, agb, bericht_id, prestatie_id, CASE WHEN credit THEN 'creditering' ELSE 'toekenning' END, 'jeugdhulp',
            'aanbieders', bedrag, toewijzingnummer, categorie, productcode, begindatum, begindatum, begindatum + interval '40 days'
        FROM prestatie WHERE gemeente = '{GEMEENTE}' AND uitkomst = 'toegekend' AND toewijzingnummer BETWEEN :van AND :tot""",
)  # fmt: skip
_MET_DE_HAND = """
    SELECT t.categorie, count(*), sum(t.budget), sum(g.toegekend), sum(g.wacht), sum(greatest(0, t.budget - g.alles)),
        max(g.laatste)
    FROM toewijzing t LEFT JOIN (
        SELECT toewijzingnummer, sum(bedrag) AS alles, max(einddatum) AS laatste,
            sum(bedrag) FILTER (WHERE uitkomst = 'toegekend' AND begindatum BETWEEN '2025-01-01' AND '2025-12-31') AS toegekend,
            sum(bedrag) FILTER (WHERE uitkomst = 'ter_beoordeling') AS wacht
        FROM prestatie WHERE gemeente = '0484' AND uitkomst IN ('toegekend', 'ter_beoordeling') GROUP BY toewijzingnummer
    ) AS g USING (toewijzingnummer)
    WHERE t.gemeente = '0484' GROUP BY t.categorie
"""


def main(regels: int = REGELS) -> None:
    """Print seconds of the report, of its parts, of a past day, and of the same sums by hand, with their ratio."""
    with (
        TemporaryDirectory() as naam,
        embedded_postgres(Path(naam) / "var") as url,
        open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats,
    ):
        _fill(url, regels)
        for nacht in range(2):
            count_use(werkplaats, GEMEENTE, werkplaats.instellingen.nu_buiten() + timedelta(days=nacht))
        _tidy(url)
        server = server_of(Path(naam) / "var")
        nu, opslag = werkplaats.instellingen.nu(), werkplaats.opslag
        vraag = Vraagpunt(2025, werkplaats.instellingen.vandaag())
        verzoek = Monitorverzoek(read_bereik([GEMEENTE], "2025"))
        print(f"{regels / 1e6:.1f} miljoen regels, {regels // PER_TOEWIJZING} toewijzingen, belasting {os.getloadavg()[0]:.1f}")

        def by_hand(verbinding: Any) -> Any:
            return verbinding.execute(text(_MET_DE_HAND)).all()

        def read(verbinding: Any) -> Any:
            return read_standen_op(verbinding, GEMEENTE, vraag, nu)

        tijden = {
            "met de hand": _seconds(
                server, opslag, Login.SCHRIJVER, lambda verbinding: verbinding.execute(text(_MET_DE_HAND)).all()
            ),
            "lezen": _seconds(server, opslag, STAF, read),
            "lezen en optellen": _seconds(server, opslag, STAF, lambda verbinding: add_up([read(verbinding)])),
            "rapport": _seconds(server, opslag, STAF, lambda _: RAPPORTEN["verplichtingen"].make(Lezer(werkplaats, STAF), verzoek)),
        }
        hand_klok, hand_werk, _ = tijden["met de hand"]
        for wat, (klok, werk, eigen) in tijden.items():
            print(
                f"  {wat}: processortijd {werk:.2f} s (eigen {eigen:.2f}), {werk / hand_werk:.2f}x met de hand;"
                f" klok {klok:.2f} s, {klok / hand_klok:.2f}x, belasting {os.getloadavg()[0]:.1f}"
            )


def _fill(url: str, regels: int) -> None:
    opslag, toewijzingen = Opslag(url, 1), regels // PER_TOEWIJZING
    with opslag.transaction() as verbinding:
        for opdracht in _VULLEN:
            for van in range(0, toewijzingen, 20_000) if ":van" in opdracht else (0,):
                waarden = {"berichten": regels // PER_BERICHT + 1, "toewijzingen": toewijzingen, "van": van, "tot": van + 19_999}
                verbinding.execute(text(opdracht), waarden | {"tot": min(van + 20_000, toewijzingen) - 1})
    opslag.close()


def _tidy(url: str) -> None:
    opslag = Opslag(url, 1)
    with opslag.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text("VACUUM ANALYZE"))
    opslag.close()


def _seconds(server: int, opslag: Opslag, toegang: Toegang | Login, doe: Callable[[Any], Any]) -> tuple[float, float, float]:
    """By the clock, of processors with PostgreSQL, and of this process alone; medians."""
    rondes = []
    for _ in range(RONDES):
        with opslag.transaction(toegang) as verbinding:
            begin, processor, elders = time.perf_counter(), time.process_time(), worked((server,))
            doe(verbinding)
            klok, eigen = time.perf_counter() - begin, time.process_time() - processor
            rondes.append((klok, eigen + (worked((server,)) - elders) / 1000, eigen))
    klokken, werk, eigens = zip(*rondes, strict=True)
    return median(klokken), median(werk), median(eigens)
