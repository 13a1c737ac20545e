"""Totals over ten million entries beside the same grouping by hand on the bare table, and a million entries as CSV.

The rows are made in the database itself: what is measured is asking, not sending messages.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import text

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login, Opslag, Toegang
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.server.logins import open_logins
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.rapporten.boeken.aansluiting_sql import TOTALEN
from berichten.rapporten.boeken.boekvraag import ask
from berichten.rapporten.boeken.journaal import report_journaal
from berichten.rapporten.boeken.totalen import report_totalen
from berichten.rapporten.uitvoer.als_csv import write_csv
from berichten.rapporten.uitvoer.als_xlsx import write_xlsx
from berichten.rapporten.uitvoer.tabel import Telling, count_along
from berichten.voorbeelden.stad.groot import groot_jw323, referentie_groot
from tests.bench.groot import copy_of, load_allocations, load_references, measure
from tests.bench.meting import VANDAAG
from tests.bench.processor import peak_memory

BOEKINGEN = 10_000_000
PER_BERICHT = 500
RONDES = 5
_PER_KEER = 1000
"""Messages that are booked in one statement."""
GEMEENTE = "0484"
STAF = Toegang(GEMEENTE, None)

_MAAND = "(date '2025-01-01' + (nr * 12 / :berichten) * interval '1 month')::date"
_AGB = "(42420000 + nr % 150)::text"
_ID = "md5(nr::text)::uuid"
# A region of 150 aanbieders, 12 months, 10 categories and 200 product codes; of fifty entries one is a credit, and for twenty
# entries there is one rejected line.
_VULLEN = (
    f"""INSERT INTO bericht (gemeente, bericht_id, volgnummer, soort, agb, sha256, status, ontvangen_op, verwerkt_op)
        OVERRIDING SYSTEM VALUE SELECT '{GEMEENTE}', {_ID}, nr, 'JW323', {_AGB}, sha256(nr::text::bytea), 'verwerkt', {_MAAND},
            {_MAAND} FROM generate_series(1, :berichten) AS nr""",
    f"""INSERT INTO declaratie (gemeente, bericht_id, agb, declaratienummer, begindatum, einddatum, dagtekening, nummer_gebruikt)
        SELECT '{GEMEENTE}', {_ID}, {_AGB}, nr::text, {_MAAND}, {_MAAND}, {_MAAND}, true
        FROM generate_series(1, :berichten) AS nr""",
    f"""INSERT INTO pdc SELECT '{GEMEENTE}', (41 + c) || 'A' || lpad(p::text, 2, '0'), 'Zorg', 41 + c, '04', 'inspanning',
        'Zorgvorm ' || (c * 20 + p) % 15, ((c * 20 + p) % 7)::text, 'HBO', '', '6.72', '2025-01-01', NULL
        FROM generate_series(0, 9) AS c, generate_series(0, 19) AS p""",
    f"""INSERT INTO journaal (gemeente, agb, bericht_id, prestatie_id, soort, rekening, tegenrekening, bedrag, toewijzingnummer,
            categorie, productcode, zorgmaand, declaratiemaand, geboekt_op)
        SELECT '{GEMEENTE}', {_AGB}, {_ID}, (nr::bigint << 20) + n, CASE WHEN n % 50 = 0 THEN 'creditering' ELSE 'toekenning' END,
            'jeugdhulp', 'aanbieders', CASE WHEN n % 50 = 0 THEN -1 ELSE 1 END * (1000 + (nr * 7919 + n) % 90000),
            100000 + (nr * 31 + n) % 400000, (41 + n % 10)::text, (41 + n % 10) || 'A' || lpad(((nr + n) / 10 % 20)::text, 2, '0'),
            {_MAAND}, {_MAAND}, {_MAAND} + interval '40 days' + nr * interval '1 second'
        FROM generate_series(cast(:van AS int), cast(:tot AS int)) AS nr, generate_series(1, {PER_BERICHT}) AS n""",
    f"""INSERT INTO prestatie (gemeente, prestatie_id, bericht_id, agb, bsn, referentienummer, toewijzingnummer, categorie,
            productcode, begindatum, einddatum, volume, eenheid, tarief, bedrag, credit, uitkomst, referentie_gebruikt, regelnummer)
        SELECT '{GEMEENTE}', (nr::bigint << 20) + {PER_BERICHT} + n, {_ID}, {_AGB}, '999900006', nr || '-' || n, 100000 + n,
            (41 + n % 10)::text, (41 + n % 10) || 'A' || lpad((n % 20)::text, 2, '0'), {_MAAND}, {_MAAND}, 1, '04', 7805, 7805,
            false, 'afgewezen', false, 1
        FROM generate_series(1, :berichten) AS nr, generate_series(1, {PER_BERICHT // 20}) AS n""",
)  # fmt: skip
_MATEN = "sum(bedrag) FILTER (WHERE soort = 'toekenning'), sum(bedrag) FILTER (WHERE soort = 'creditering'), sum(bedrag), count(*)"
_MET_DE_HAND = {
    "aanbieder": f"SELECT agb, {_MATEN} FROM {{}} WHERE {{}} GROUP BY 1",
    "aanbieder,categorie": f"SELECT agb, categorie, {_MATEN} FROM {{}} WHERE {{}} GROUP BY 1, 2",
    "zorgmaand,productcode": f"SELECT zorgmaand, productcode, {_MATEN} FROM {{}} WHERE {{}} GROUP BY 1, 2",
    "segment,zorgvorm": f"SELECT segment, zorgvorm, {_MATEN} FROM {{}} LEFT JOIN pdc USING (gemeente, productcode)"
    " WHERE {} GROUP BY 1, 2",
    "uitkomst": f"SELECT 'toegekend', {_MATEN} FROM {{}} WHERE {{}}",
}
"""The same by hand, as one writes it who knows the table: only what was awarded, as it stands now."""
_JAAR = f"gemeente = '{GEMEENTE}' AND zorgmaand BETWEEN '2025-01-01' AND '2025-12-01'"


def main(boekingen: int = BOEKINGEN) -> None:
    """Print milliseconds and ratio for each grouping, peak memory of the exports, and what the indexes cost a large declaration."""
    with TemporaryDirectory() as naam, embedded_postgres(Path(naam) / "var") as url:
        with open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats:
            _fill(url, boekingen)
            belasting = os.getloadavg()[0]
            print(
                f"{boekingen / 1e6:.1f} miljoen boekingen, {boekingen // 20} afgewezen regels, belasting {belasting:.1f}",
                flush=True,
            )
            for groepeer, hand in _MET_DE_HAND.items():
                _compare(werkplaats.opslag, groepeer, hand)
            _prove(werkplaats.opslag)
        for soort in ("csv", "xlsx"):
            opdracht = [sys.executable, "-m", "tests.bench.financien", soort, url, str(Path(naam) / f"journaal.{soort}")]
            print(json.loads(subprocess.run(opdracht, check=True, capture_output=True, text=True).stdout)["tekst"])
    _cost_of_totals()


def _fill(url: str, boekingen: int) -> None:
    """As the owner, who alone makes a table."""
    opslag = Opslag(url, 1)
    berichten = boekingen // PER_BERICHT
    with opslag.transaction() as verbinding:
        for opdracht in _VULLEN:
            # What a statement books is counted when it is done: ten million entries at once would have to be kept till then.
            for van in range(1, berichten + 1, _PER_KEER) if ":van" in opdracht else (1,):
                waarden = {"berichten": berichten, "van": van, "tot": min(van + _PER_KEER - 1, berichten)}
                verbinding.execute(text(opdracht), waarden)
        verbinding.execute(text("CREATE TABLE kaal AS SELECT * FROM journaal"))
        verbinding.execute(text("GRANT SELECT ON kaal TO berichten_schrijver"))
    with opslag.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text("VACUUM ANALYZE"))
    opslag.close()


def _compare(opslag: Opslag, groepeer: str, hand: str) -> None:
    """Our total of a year, now and as of a past day, beside the one by hand on the bare table and on the table with its indexes."""
    nu = Instellingen(huidige_datum=VANDAAG).nu()
    heden, toen = (ask(GEMEENTE, nu, periode="2025", groepeer=groepeer, peildatum=dag) for dag in (None, "2025-12-31"))
    opdrachten: dict[str, tuple[Toegang | Login, Callable[[Any], Any]]] = {
        "wij": (STAF, lambda verbinding: report_totalen(verbinding, heden)),
        "peildatum": (STAF, lambda verbinding: report_totalen(verbinding, toen)),
        "kaal": (Login.SCHRIJVER, lambda verbinding: verbinding.execute(text(hand.format("kaal", _JAAR))).all()),
        "tabel": (Login.SCHRIJVER, lambda verbinding: verbinding.execute(text(hand.format("journaal", _JAAR))).all()),
    }
    tijden: dict[str, list[float]] = {naam: [] for naam in opdrachten}
    for _ in range(RONDES):
        for naam, (toegang, vraag) in opdrachten.items():
            with opslag.transaction(toegang) as verbinding:
                begin = time.perf_counter()
                vraag(verbinding)
                tijden[naam].append(1000 * (time.perf_counter() - begin))
    wij, peil, kaal, tabel = (median(tijden[naam]) for naam in opdrachten)
    print(f"  {groepeer}: {wij:.0f} ms (op een peildatum {peil:.0f} ms); met de hand {kaal:.0f} ms op de kale tabel, {tabel:.0f} ms"
          f" op die met indexen; verhouding {wij / kaal:.2f}x en {wij / tabel:.2f}x", flush=True)  # fmt: skip


def _prove(opslag: Opslag) -> None:
    """What it costs to hold the sums by day against every entry, as the tie-out does, and what a file of totals asks of the journal
    to control itself; each beside one look at every row of the bare table."""
    nu = Instellingen(huidige_datum=VANDAAG).nu()
    vraag = ask(GEMEENTE, nu, periode="2025", groepeer="aanbieder")
    opdrachten: dict[str, tuple[Toegang | Login, Callable[[Any], Any]]] = {
        "dagtotalen tegen boekingen": (Login.BOEKER, lambda verbinding: TOTALEN.all(verbinding, {"g": GEMEENTE})),
        "totalen met controletotaal": (STAF, lambda verbinding: report_totalen(verbinding, vraag, controle=True)),
        "kaal": (Login.SCHRIJVER, lambda verbinding: verbinding.execute(text("SELECT sum(bedrag), count(*) FROM kaal")).all()),
    }
    tijden = {naam: _median_of(opslag, toegang, doe) for naam, (toegang, doe) in opdrachten.items()}
    with opslag.transaction(Login.BOEKER) as verbinding:
        dagtotalen = verbinding.execute(text("SELECT count(*) FROM boektotaal")).scalar_one()
    kaal = tijden.pop("kaal")
    for naam, ms in tijden.items():
        print(f"  {naam}: {ms:.0f} ms, {ms / kaal:.1f}x één blik op elke rij van de kale tabel ({dagtotalen} dagtotalen)")


def _median_of(opslag: Opslag, toegang: Toegang | Login, doe: Callable[[Any], Any]) -> float:
    """Milliseconds."""
    tijden = []
    for _ in range(3):
        with opslag.transaction(toegang) as verbinding:
            begin = time.perf_counter()
            doe(verbinding)
            tijden.append(1000 * (time.perf_counter() - begin))
    return median(tijden)


def export_here(soort: str, url: str, bestand: Path) -> None:
    """In a process of its own: some months of the journal as a file, and what it took."""
    opslag = Opslag(open_logins(url, None, bestand.parent))
    vraag = ask(GEMEENTE, Instellingen(huidige_datum=VANDAAG).nu(), van="2025-01", tot="2025-02" if soort == "csv" else "2025-01")
    begin, voor, telling = time.perf_counter(), peak_memory(), Telling()
    with opslag.transaction(STAF) as verbinding:
        rapport = report_journaal(verbinding, vraag)
        if soort == "xlsx":
            telling = write_xlsx(rapport, bestand)
        else:
            rapport.rijen = count_along(replace(rapport), telling)
            with bestand.open("wb") as open_:
                open_.writelines(write_csv(rapport))
    seconden, omvang, piek = time.perf_counter() - begin, bestand.stat().st_size / 1e6, peak_memory()
    tekst = f"{telling.rijen} boekingen als {soort}: {seconden:.1f} s, {omvang:.0f} MB, piek {piek:.0f} MiB, vooraf {voor:.0f}"
    print(json.dumps({"tekst": tekst}))


_ZONDER = ("ALTER TABLE journaal DISABLE TRIGGER journaal_telt", "DROP INDEX journaal_geboekt_op")


def _cost_of_totals(regels: int = 31_000) -> None:
    """A large declaration with what the journal does for totals, and without."""
    with TemporaryDirectory() as map_, embedded_postgres(Path(map_) / "var") as url:
        toewijzingen, inhoud = groot_jw323(prestaties=regels, seed=1)
        bestand = Path(map_) / "groot.xml"
        bestand.write_bytes(inhoud)
        with open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats:
            load_references(werkplaats, referentie_groot())
            load_allocations(werkplaats, [item.inhoud for item in toewijzingen])
        met: list[float] = []
        zonder: list[float] = []
        for _ in range(RONDES):
            for opdrachten, tijden in (((), met), (_ZONDER, zonder)):
                with copy_of(url) as kopie:
                    opslag = Opslag(kopie)
                    with opslag.transaction() as verbinding:
                        for opdracht in opdrachten:
                            verbinding.execute(text(opdracht))
                    opslag.close()
                    tijden.append(measure(kopie, bestand)["seconden"])
        print(
            f"JW323 van {regels} regels: {median(met):.2f} s met wat het journaal voor totalen doet, {median(zonder):.2f} s zonder"
        )


if __name__ == "__main__":
    export_here(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
