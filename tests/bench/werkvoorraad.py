"""The work list over real HTTP with a million lines in the database, and one decision on many lines of a large declaration."""

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from sqlalchemy import create_engine, text

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from tests.api.dienst import running_dienst
from tests.bench.groot import load_allocations
from tests.hulp.besluiten import JAN, MRT, hold_early_months, submit
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import Regel, toewijzing

VANDAAG = date(2026, 6, 30)
DECLARATIES, REGELS, AANGEHOUDEN = 2000, 500, 10
"""Older declarations, lines of each, and how many of these are held."""
EIGEN_REGELS, EIGEN_AANGEHOUDEN = 3000, 40
RONDES = 7
GRENS = 200
"""Milliseconds in which the work list has to open."""

_BERICHTEN = text("""
    INSERT INTO bericht (gemeente, bericht_id, soort, agb, afzender, ontvanger, identificatie, dagtekening, sha256, status,
        ontvangen_op, verwerkt_op, antwoord_uiterlijk_op, aantal_regels, ingediend_bedrag, toegekend_bedrag, afgewezen_bedrag,
        te_beoordelen_bedrag)
    SELECT :g, gen_random_uuid(), 'JW323', (60000000 + n % 50)::text, (60000000 + n % 50)::text, :g, 'OUD' || n, '2026-06-01',
        decode(md5(n::text), 'hex'), 'ter_beoordeling', '2026-06-15', '2026-06-15', date '2026-06-20' + n % 20, :regels, 0, 0, 0, 0
    FROM generate_series(1, :n) AS n
""")
_PRESTATIES = text("""
    INSERT INTO prestatie (gemeente, prestatie_id, bericht_id, agb, bsn, referentienummer, toewijzingnummer, categorie,
        productcode, begindatum, einddatum, volume, eenheid, tarief, bedrag, credit, uitkomst, retourcodes, referentie_gebruikt,
        regelnummer)
    SELECT gemeente, volgnummer << 20 | r, bericht_id, agb, '999900006', 'OUD' || volgnummer || '-' || r, 500000000 + r, '45',
        '45A48', '2026-01-01', '2026-01-31', 10, '04', 7805, 78050, false,
        CASE WHEN r % (:regels / :open) = 0 THEN 'ter_beoordeling' ELSE 'toegekend' END, NULL, true, r
    FROM bericht, generate_series(1, :regels) AS r WHERE identificatie LIKE 'OUD%'
""")
_BEVINDINGEN = text("""
    INSERT INTO bevinding (gemeente, bericht_id, volgnummer, agb, prestatie_id, regel, retourcode, gevolg, niveau, klasse, pad,
        regelnummer, melding, gegevens)
    SELECT gemeente, bericht_id, regelnummer, agb, prestatie_id, CASE WHEN regelnummer % 4 = 0 THEN 'DA06' ELSE 'DA01' END, NULL,
        'beoordelen', 4, 'Prestatie', 'Bericht/Declaratie', 1, 'Er is een no-show van 90 minuten gedeclareerd.', '{"minuten": 90}'
    FROM prestatie WHERE uitkomst = 'ter_beoordeling'
""")


def main() -> None:
    """Print milliseconds, as a client meets them."""
    with TemporaryDirectory() as map_, embedded_postgres(Path(map_) / "var") as url:
        with open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats:
            _fill(url)
            bericht = _submit(werkplaats)
            with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
                sleutel = make_sleutel(verbinding, GEMEENTE, "contractbeheer", None, werkplaats.instellingen.nu())
                aantal, open_ = verbinding.execute(
                    text("SELECT count(*), count(*) FILTER (WHERE uitkomst = 'ter_beoordeling') FROM prestatie")
                ).one()
        print(f"{aantal} regels in de database, waarvan {open_} aangehouden in {DECLARATIES + 1} declaraties")
        omgeving = {"BERICHTEN_DATABASE_URL": url, "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(), "BERICHTEN_VAR": map_}
        with running_dienst(omgeving, Path(map_) / "dienst.log") as dienst, dienst.client(sleutel) as client:
            _measure_list(client)
            _measure_decision(client, bericht)


def _fill(url: str) -> None:
    """Declarations of earlier months with held lines, straight into the tables."""
    engine = create_engine(url)
    with engine.begin() as verbinding:
        verbinding.execute(_BERICHTEN, {"g": GEMEENTE, "n": DECLARATIES, "regels": REGELS})
        verbinding.execute(_PRESTATIES, {"regels": REGELS, "open": AANGEHOUDEN})
        verbinding.execute(_BEVINDINGEN)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _submit(werkplaats: Werkplaats) -> str:
    """A real declaration of which a few lines are held."""
    hold_early_months(werkplaats)
    nummers = range(1000, 1000 + EIGEN_REGELS - EIGEN_AANGEHOUDEN)
    load_allocations(werkplaats, [toewijzing(nummer) for nummer in nummers])
    regels = [Regel(f"M{nummer}", nummer, MRT, 4) for nummer in nummers]
    regels += [Regel(f"J{nummer}", nummer, JAN, 4) for nummer in nummers[:EIGEN_AANGEHOUDEN]]
    resultaat = submit(werkplaats, *regels)
    print(f"declaratie van {len(resultaat['prestaties'])} regels: {resultaat['status']}")
    return str(resultaat["berichtId"])


def _measure_list(client: httpx.Client) -> None:
    vragen: dict[str, dict[str, Any]] = {
        "eerste bladzijde": {},
        "bladzijde van 500": {"paginaGrootte": 500},
        "één aanbieder": {"agb": "60000007"},
        "één regel (DA06)": {"regel": "DA06"},
        "vanaf € 500": {"minBedrag": 50000},
        "termijn verstreken": {"waarschuwing": "verlopen"},
    }
    for naam, vraag in vragen.items():
        seconden, antwoord = _time(partial(client.get, "/beoordelingen", params=vraag))
        lijst = antwoord.json()
        oordeel = "" if seconden * 1000 < GRENS else f"  MEER DAN {GRENS} ms"
        print(f"  {naam:20} {seconden * 1000:6.0f} ms ({lijst['aantal']} regels in totaal){oordeel}")
    diep = f"{VANDAAG:%Y%m%d}-{1 << 40}"
    seconden, _ = _time(lambda: client.get("/beoordelingen", params={"volgende": diep}))
    print(f"  {'halverwege de lijst':20} {seconden * 1000:6.0f} ms")


def _measure_decision(client: httpx.Client, bericht: str) -> None:
    vraag: dict[str, Any] = {"berichtId": bericht, "paginaGrootte": EIGEN_AANGEHOUDEN}
    seconden, antwoord = _time(lambda: client.get("/beoordelingen", params=vraag))
    nummers = [item["prestatieId"] for item in antwoord.json()["beoordelingen"]]
    print(f"  {'één declaratie':20} {seconden * 1000:6.0f} ms ({len(nummers)} regels)")
    verzoek = {"prestatieIds": nummers, "besluit": "toekennen", "motivering": "Besproken met de aanbieder."}
    begin = time.perf_counter()
    client.post("/beoordelingen", json=verzoek).raise_for_status()
    seconden = time.perf_counter() - begin
    status = client.get(f"/berichten/{bericht}").json()["status"]
    print(f"besluit over {len(nummers)} regels, met JW325 over {EIGEN_REGELS}: {seconden * 1000:.0f} ms, declaratie {status}")


def _time(ask: Callable[[], httpx.Response]) -> tuple[float, httpx.Response]:
    """Median of some rounds, the first of which warms the cache and does not count."""
    antwoord = ask().raise_for_status()
    seconden = []
    for _ in range(RONDES):
        begin = time.perf_counter()
        ask()
        seconden.append(time.perf_counter() - begin)
    return median(seconden), antwoord
