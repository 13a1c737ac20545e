"""One declaration of 25 MB, all the way from bytes to committed answer, beside `xmllint --noout --schema` on the same file.

Each measurement of ours is a process of its own, so that its peak memory is that of the work and not of what came before.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import create_engine, make_url, text

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.dossiers.toewijzingen import save_toewijzingen
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.server.logins import open_logins
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.berichten.verwerk_bericht import handle_stroom
from berichten.processen.ontvangst.ontvang_bericht import Ontvangen, accept
from berichten.processen.referentie.laad_referentie import SOORTEN, load_referentie
from berichten.standaard.lezen.lezen import read_bericht
from berichten.standaard.schema.schema import own_schemas_dir
from berichten.standaard.waarden.berichten import Toewijzingsbericht
from berichten.standaard.waarden.soorten import JW301, JW323
from berichten.voorbeelden.stad.groot import groot_jw323, referentie_groot
from tests.bench.meting import VANDAAG, WIJZEN
from tests.bench.processor import server_of

REGELS = 31_000
RONDES = 5


def main() -> None:
    """Print the work of every way beside that of xmllint: medians of processor time, with memory and the load of the machine."""
    xmllint = shutil.which("xmllint")
    if xmllint is None:
        sys.exit("Voor deze meting is xmllint nodig: apt-get install libxml2-utils")
    with TemporaryDirectory() as map_, embedded_postgres(Path(map_) / "var") as url:
        toewijzingen, inhoud = groot_jw323(prestaties=REGELS, seed=1)
        bestand = Path(map_) / "groot.xml"
        bestand.write_bytes(inhoud)
        regels = inhoud.count(b"<jw323:Prestatie>")
        print(f"JW323 van {len(inhoud) / 1e6:.1f} MB met {regels} regels, {len(toewijzingen)} toewijzingsberichten")
        with open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats:
            load_references(werkplaats, referentie_groot())
            load_allocations(werkplaats, [item.inhoud for item in toewijzingen])
        rondes = [_measure_round(url, bestand, xmllint, server_of(Path(map_) / "var")) for _ in range(RONDES)]
    print(f"mediaan van {RONDES}, naast xmllint:")
    for wijze in WIJZEN:
        eigen = [ronde[wijze] for ronde in rondes]
        werk, klok = (median(item[naam] for item in eigen) for naam in ("verhouding", "klokverhouding"))
        geheugen = max(item["geheugen_mib"] for item in eigen)
        print(f"  {wijze}: {werk:.2f}x de processortijd, met PostgreSQL; {klok:.2f}x de klok; {geheugen:.0f} MiB")


def _measure_round(url: str, bestand: Path, xmllint: str, server: int) -> dict[str, dict[str, Any]]:
    """Every way after one run of xmllint, each on a fresh copy of the database."""
    werk, klok = _time_xmllint(xmllint, own_schemas_dir() / JW323.schemapad, bestand)
    print(f"  xmllint {werk:.2f} s, belasting {os.getloadavg()[0]:.1f}")
    ronde = {}
    for wijze in WIJZEN:
        with copy_of(url) as kopie:
            meting = ronde[wijze] = measure(kopie, bestand, wijze, server)
        meting |= {"verhouding": meting["processor"] / werk, "klokverhouding": meting["seconden"] / klok}
        print(f"    {wijze} {meting['processor']:.2f} s {meting['delen']}, {meting['geheugen_mib']:.0f} MiB")
    return ronde


def load_allocations(werkplaats: Werkplaats, berichten: list[bytes]) -> None:
    """Register the allocations in one go, all under the first message: the bench is about the declaration."""
    eerste = accept(werkplaats, berichten[0], None)
    if not isinstance(eerste, Ontvangen):
        raise TypeError("het eerste toewijzingsbericht is geweigerd")
    handle_stroom(werkplaats, eerste.rij.gemeente, eerste.rij.agb or "")
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        for inhoud in berichten[1:]:
            bericht = read_bericht(inhoud, JW301)
            if isinstance(bericht, Toewijzingsbericht):
                save_toewijzingen(verbinding, eerste.rij.gemeente, eerste.rij.bericht_id, bericht, {})


def load_references(werkplaats: Werkplaats, referentie: dict[str, str]) -> None:
    """Catalogue, contracts and tariffs, so that every rule has its ground."""
    for soort, inhoud in referentie.items():
        if soort in SOORTEN:
            load_referentie(werkplaats, soort, inhoud.encode())


@contextmanager
def copy_of(url: str, naam: str = "bench_kopie") -> Iterator[str]:
    """A fresh copy of the prepared database, so that every round starts alike."""
    engine = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as verbinding:
        verbinding.execute(text(f"CREATE DATABASE {naam} TEMPLATE {make_url(url).database} STRATEGY file_copy"))
        yield make_url(url).set(database=naam).render_as_string(hide_password=False)
        # Not with FORCE: that asks for rights over autovacuum, which a plain DROP sends away by itself.
        verbinding.execute(text(f"DROP DATABASE {naam}"))
    engine.dispose()


def _time_xmllint(xmllint: str, schema: Path, bestand: Path) -> tuple[float, float]:
    """Seconds of its processor and of the clock."""
    eerder, begin = os.times(), time.perf_counter()
    subprocess.run([xmllint, "--noout", "--schema", str(schema), str(bestand)], check=True, capture_output=True)
    nu = os.times()
    werk = nu.children_user + nu.children_system - eerder.children_user - eerder.children_system
    return werk, time.perf_counter() - begin


def measure(url: str, bestand: Path, wijze: str = WIJZEN[0], server: int = 0) -> dict[str, Any]:
    """In a process of its own; with what the database server did, when its process is told."""
    instellingen = Instellingen(database_url=url)
    logins = open_logins(url, instellingen.database_geheim, instellingen.var, werk_bij=False)
    uitvoer = subprocess.run(
        [sys.executable, "-m", "tests.bench.meting", url, str(bestand), wijze, str(server)],
        check=True, capture_output=True, text=True, input=json.dumps(asdict(logins)),
    ).stdout  # fmt: skip
    meting: dict[str, Any] = json.loads(uitvoer)
    return meting
