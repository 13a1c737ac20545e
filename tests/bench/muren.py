"""What row-level security costs a large declaration: the same one with its walls, and with all policies off."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, text

from berichten.instellingen import Instellingen
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.voorbeelden.stad.groot import groot_jw323, referentie_groot
from tests.bench.groot import REGELS, copy_of, load_allocations, load_references, measure
from tests.bench.meting import VANDAAG, WIJZEN
from tests.bench.processor import server_of

RONDES = 7
_MET_MUUR = "SELECT format('%I', relname) FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace"


def main() -> None:
    """Print the ratio of processor time, PostgreSQL's included; each round measures both, in turns which comes first."""
    with TemporaryDirectory() as map_, embedded_postgres(Path(map_) / "var") as url:
        toewijzingen, inhoud = groot_jw323(prestaties=REGELS, seed=1)
        bestand = Path(map_) / "groot.xml"
        bestand.write_bytes(inhoud)
        with open_werkplaats(Instellingen(database_url=url, huidige_datum=VANDAAG)) as werkplaats:
            load_references(werkplaats, referentie_groot())
            load_allocations(werkplaats, [item.inhoud for item in toewijzingen])
        server = server_of(Path(map_) / "var")
        verhoudingen = []
        for ronde in range(RONDES):
            werk = {muur: _measure(url, bestand, server, muur=muur) for muur in (ronde % 2 == 0, ronde % 2 == 1)}
            verhoudingen.append(werk[True] / werk[False])
            print(f"  met muren {werk[True]:.2f} s, zonder {werk[False]:.2f} s")
    print(f"verhouding (mediaan van {RONDES}): {median(verhoudingen):.3f}x")


def _measure(url: str, bestand: Path, server: int, *, muur: bool) -> float:
    with copy_of(url) as kopie:
        if not muur:
            _take_down(kopie)
        return float(measure(kopie, bestand, WIJZEN[0], server)["processor"])


def _take_down(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as verbinding:
        for tabel in verbinding.execute(text(_MET_MUUR)).scalars().all():
            verbinding.execute(text(f"ALTER TABLE {tabel} DISABLE ROW LEVEL SECURITY"))
    engine.dispose()
