"""Five years of a town replayed with `berichten verwerk`, beside bare reading and validating of the same files.

Each measurement of ours is a process of its own, so that its peak memory is that of the work and not of what came before.
"""

import json
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from berichten.instellingen import Instellingen
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.archief.bronnen import list_files, read_file
from berichten.processen.archief.verwerk_archief import process_files
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.standaard.schema.bestand import herken
from berichten.standaard.schema.schema import Schemas, own_schemas_dir
from berichten.standaard.waarden.soorten import Berichtsoort
from berichten.voorbeelden.stad.archief import maak_archief, write_archief
from tests.bench.groot import load_references
from tests.bench.meting import VANDAAG
from tests.bench.processor import peak_memory

REGELS = 100_000
_REGELS_PER_CLIENT = 107
"""What a client's five years come to, a little less than it is on average."""


def main(regels: int = REGELS) -> None:
    """Print lines a second, the ratio to bare reading and validating, and peak memory; then the same run once more."""
    with TemporaryDirectory() as naam, embedded_postgres(Path(naam) / "var") as url:
        map_, uit = Path(naam) / "archief", Path(naam) / "uit"
        archief = maak_archief(clienten=max(1, regels // _REGELS_PER_CLIENT), jaren=5, seed=1)
        berichten = write_archief(archief, map_)
        with open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats:
            load_references(werkplaats, archief.referentie)
        del archief
        kaal, omvang = _time_bare(map_)
        eerste, tweede = _measure(url, map_, uit), _measure(url, map_, uit)
        aantal = eerste["regels"]
        print(f"archief van {berichten} berichten, {aantal:.0f} regels, {omvang / 1e6:.0f} MB")
        print(f"  lezen en valideren alleen: {kaal:.1f} s")
        print(f"  verwerken: {eerste['seconden']:.1f} s, {aantal / eerste['seconden']:.0f} regels/s,"
              f" {berichten / eerste['seconden']:.0f} berichten/s, {eerste['geheugen_mib']:.0f} MiB")  # fmt: skip
        print(f"  nog een keer, alles is herhaling: {tweede['seconden']:.1f} s, {tweede['geheugen_mib']:.0f} MiB")
        print(f"verhouding: {eerste['seconden'] / kaal:.1f}x lezen en valideren")


def _time_bare(map_: Path) -> tuple[float, int]:
    """Seconds to read every file into a tree and validate it, and the bytes in all."""
    schemas = Schemas(own_schemas_dir())
    begin, omvang = time.perf_counter(), 0
    for bron in list_files([map_]):
        for invoer in read_file(bron.pad):
            omvang += len(invoer.inhoud)
            soort = herken(invoer.inhoud)
            if not isinstance(soort, Berichtsoort):
                raise TypeError(f"{invoer.bestand} is geen bericht")
            schemas.schema(soort).validate(etree.parse(BytesIO(invoer.inhoud)))
    return time.perf_counter() - begin, omvang


def _measure(url: str, map_: Path, uit: Path) -> dict[str, float]:
    opdracht = [sys.executable, "-m", "tests.bench.archief", url, str(map_), str(uit)]
    meting: dict[str, float] = json.loads(subprocess.run(opdracht, check=True, capture_output=True, text=True).stdout)
    return meting


def measure_here(url: str, map_: Path, uit: Path) -> None:
    """In a process of its own: replay the folder, print what it took."""
    begin = time.perf_counter()
    with open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats:
        overzicht = process_files(werkplaats, list_files([map_]), uit, lambda _: None)
    seconden = time.perf_counter() - begin
    print(json.dumps({"seconden": seconden, "regels": overzicht.regels, "geheugen_mib": peak_memory()}))


if __name__ == "__main__":
    measure_here(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
