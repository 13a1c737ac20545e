"""Every page of the portal over real HTTP with a million lines in the database: milliseconds until the last byte of its HTML.

The states are those of the browser run that are there by their address alone, each asked for by who it is for. Beside the time on
the clock stands what service and database worked for it: on a machine with more to do only that can be compared.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from sqlalchemy import text

from berichten.boeken.betaling import Rekening
from berichten.demo.betaaldag import Geldmensen, confirm_account
from berichten.demo.nasleep import make_iban
from berichten.instellingen import Instellingen
from berichten.inzage.berichten.berichten import Berichtfilter, list_berichten
from berichten.inzage.besluiten.prestaties import Prestatiefilter, list_prestaties
from berichten.kern.houder import Sleutelhouder
from berichten.kern.nietnu import NietNu
from berichten.klok import begin_of
from berichten.opslag.basis.verbinding import Opslag
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.financien.keur_betaalrun import approve
from berichten.processen.financien.maak_betaalrun import propose_run
from tests.api.dienst import running_dienst
from tests.bench.lezen import AGB, BERICHTEN, GRENS, REGELS, VANDAAG, fill
from tests.bench.processor import server_of, worked
from tests.hulp.bezoek import Bezoek, add_persoon
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.portaal.paginas import STANDEN, Paginastand

RONDES, GEDULD = 20, 3.0
"""Requests of a page, and seconds after which no more are made of it."""
_BETAALD = date(2026, 1, 2)
_AANBIEDERS = tuple(f"600000{nummer:02d}" for nummer in range(50))
_UITKOMSTEN = {"regel_goed": "toegekend", "regel_afgewezen": "afgewezen", "regel_wacht": "ter_beoordeling"}
_LANG = ("monitor", "aansluiting", "betaalrun-nieuw")
"""What is made beside its page."""
_ALS = {"gemengd": ("gemengd", "afgewezen", "toegekend", "wachtend", "terug"), "regel_wacht": ("regel_gevraagd",),
        "regel_goed": ("regel_terug",)}  # fmt: skip
"""Names of the browser run that are the same thing here."""


def main() -> None:
    """Print each page with its 50th and 95th percentile and its size, and what is slower than a page may be."""
    with TemporaryDirectory() as map_, embedded_postgres(Path(map_) / "var") as url:
        instellingen = Instellingen(
            database_url=url, var=Path(map_) / "dienst", huidige_datum=VANDAAG, lokaal_inloggen=True, veeg_seconden=600
        )
        begin = time.perf_counter()
        with open_werkplaats(instellingen) as werkplaats:
            fill(Opslag(url, 1))
            mensen = _add_people(werkplaats)
            _pay(werkplaats, mensen)
            namen = _find_names(werkplaats)
        print(f"{BERICHTEN * REGELS} regels, klaargezet in {time.perf_counter() - begin:.0f} s", flush=True)
        omgeving = {
            "BERICHTEN_DATABASE_URL": url, "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(), "BERICHTEN_LOKAAL_INLOGGEN": "true",
            "BERICHTEN_VAR": str(Path(map_) / "dienst"), "BERICHTEN_VEEG_SECONDEN": "600",
            "BERICHTEN_BLADZIJ_GEDULD": "0.2",
        }  # fmt: skip
        with running_dienst(omgeving, Path(map_) / "dienst.log") as dienst:
            database = server_of(Path(map_) / "var")
            _measure(dienst.adres, namen, (dienst.proces.pid, database))


def _add_people(werkplaats: Werkplaats) -> Geldmensen:
    for rol in ("contractbeheer", "financien", "aanbieder", "beheer"):
        add_persoon(werkplaats, f"{rol}@voorbeeld.nl", rol, agb=AGB)
    return Geldmensen(*(add_persoon(werkplaats, f"geld{nummer}@voorbeeld.nl", "financien") for nummer in range(4)))


def _pay(werkplaats: Werkplaats, mensen: Geldmensen) -> None:
    """What was booked in the first half year is paid; for the last month of what was answered a run waits."""
    toen = _at(werkplaats, _BETAALD)
    gemeente = (None, Rekening(make_iban("BNGH", 1), "Gemeente"))
    for agb, rekening in (gemeente, *((agb, Rekening(make_iban("RABO", int(agb)), "Zorg")) for agb in _AANBIEDERS)):
        confirm_account(toen, mensen, agb, rekening)
    run = propose_run(toen, GEMEENTE, mensen.stelt_voor)
    if isinstance(run, NietNu):
        raise RuntimeError(run.melding)
    approve(toen, GEMEENTE, mensen.keurt_goed, run.run_id)
    propose_run(_at(werkplaats, VANDAAG), GEMEENTE, mensen.stelt_voor)
    with Opslag(werkplaats.instellingen.database_url, 1).engine.connect() as verbinding:
        verbinding.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


def _at(werkplaats: Werkplaats, dag: date) -> Werkplaats:
    tien = begin_of(dag) + timedelta(hours=10)
    return replace(werkplaats, instellingen=werkplaats.instellingen.model_copy(update={"stilgezet_op": tien}))


def _find_names(werkplaats: Werkplaats) -> dict[str, str]:
    """What stands for the names in the addresses of the states."""
    kijker = werkplaats.seen_by(Sleutelhouder(GEMEENTE, "clerk", "aanbieder", AGB))
    bericht = list_berichten(kijker, Berichtfilter(), 1, None).regels[0]
    namen = {"gemengd": str(bericht.bericht_id), "run_klaar": "1", "run_wacht": "2"}
    for naam, uitkomst in _UITKOMSTEN.items():
        regels = list_prestaties(kijker, bericht.bericht_id, Prestatiefilter(uitkomst=uitkomst), 1, None)
        regel = regels.regels[0] if regels else None
        if regel is not None:
            namen |= {naam: str(regel.prestatie_id), "nummer": str(regel.toewijzingnummer)}
    return namen | {ook: namen[naam] for naam, gelijken in _ALS.items() for ook in gelijken if naam in namen}


def _measure(adres: str, namen: dict[str, str], werkers: tuple[int, int]) -> None:
    bezoeken = {}
    traag = 0
    # What goes on after its page was given would be counted with the pages that follow.
    for stand in sorted(STANDEN, key=lambda stand: stand.naam.startswith(_LANG)):
        if stand.doe is not None or not stand.wie:
            continue
        pad = _address(stand, namen)
        if pad is None:
            print(f"  {stand.naam:28} niet in deze database", flush=True)
            continue
        if stand.wie not in bezoeken:
            bezoeken[stand.wie] = Bezoek(adres)
            bezoeken[stand.wie].log_in(f"{stand.wie}@voorbeeld.nl")
        tijden, omvang, werk = _time(bezoeken[stand.wie], pad, werkers)
        p95 = tijden[94]
        traag += p95 > GRENS
        oordeel = f"  MEER DAN {GRENS} ms" if p95 > GRENS else ""
        wat = f"p50 {tijden[49]:5.0f} ms  p95 {p95:5.0f} ms  werk {werk:5.0f} ms  {omvang / 1000:5.1f} kB{oordeel}"
        print(f"  {stand.naam:28} {wat}", flush=True)
    print(f"{traag} bladzijden boven {GRENS} ms" if traag else f"elke bladzijde binnen {GRENS} ms (p95)")


def _address(stand: Paginastand, namen: dict[str, str]) -> str | None:
    """None for a thing that this database does not have."""
    adres = stand.adres.replace("42429011", AGB).replace("480401", namen["nummer"])
    try:
        return "/portaal" + adres.format_map(namen)
    except KeyError:
        return None


def _time(bezoek: Bezoek, pad: str, werkers: tuple[int, int]) -> tuple[list[float], int, float]:
    """Percentiles in milliseconds, bytes, and milliseconds of work; the first request warms the cache and does not count."""
    antwoord = bezoek.get(pad)
    if antwoord.status_code >= 500:
        raise RuntimeError(f"{pad}: {antwoord.status_code}")
    omvang, begin = len(antwoord.content), worked(werkers)
    tijden = list(_rounds(bezoek, pad))
    return quantiles(tijden, n=100, method="inclusive"), omvang, (worked(werkers) - begin) / len(tijden)


def _rounds(bezoek: Bezoek, pad: str) -> Iterator[float]:
    begonnen = time.perf_counter()
    for ronde in range(RONDES):
        if ronde > 1 and time.perf_counter() - begonnen > GEDULD:
            return
        begin = time.perf_counter()
        bezoek.get(pad)
        yield 1000 * (time.perf_counter() - begin)
