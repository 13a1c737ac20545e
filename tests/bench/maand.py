"""A thirtieth of a month of the whole country by `verwerk`: what a message of each kind costs, and what the month comes to.

Twelve gemeenten with a hundred aanbieders each, who are in their second month: allocations that are renewed and new ones, starts,
stops, and a declaration of each aanbieder. Each round begins on a copy of the database after the first month. Beside each round the
floor: validating the same messages, and one INSERT and commit for each.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import psycopg
from lxml import etree
from sqlalchemy import create_engine, make_url, text

from berichten.instellingen import Instellingen
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.archief.bronnen import list_files
from berichten.processen.archief.verwerk_archief import process_files
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.standaard.schema.bestand import herken
from berichten.standaard.schema.schema import Schemas, own_schemas_dir
from berichten.standaard.waarden.soorten import Berichtsoort
from berichten.voorbeelden.stad.stad import maak_stad
from tests.bench.groot import copy_of, load_references
from tests.bench.processor import server_of, worked
from tests.hulp.land import GEMEENTEN, Landbericht, join_references, mingle, move

VANDAAG = date(2026, 4, 30)
RONDES = 5
LANDELIJK = {"JW301": 50_000, "JW305": 35_000, "JW307": 30_000, "JW323": 35_000}
"""Messages of a month; and some 30,000 requests (JW315 to JW317), reckoned as the dearest of the three small kinds."""
_VERZOEKEN = 30_000
_CLIENTEN = 1150
"""Of a gemeente; so many have a hundred aanbieders."""
_NIEUWE = 7
"""One client is new in this month for so many that were there."""
_VERGEVEN = 50_000
"""Numbers of the clients who were there already."""
_UITKOMSTEN = text("SELECT uitkomst, count(*) FROM prestatie JOIN bericht USING (gemeente, bericht_id) GROUP BY 1")


@dataclass(frozen=True, slots=True)
class Maand:
    """What is there before, and what comes in in the month."""

    vooraf: list[Landbericht]
    maand: list[Landbericht]
    referentie: dict[str, str]


@dataclass(frozen=True, slots=True)
class Meting:
    """Milliseconds a message: of our process, of PostgreSQL, and by the clock."""

    eigen: float
    server: float
    klok: float
    aantal: int
    uitkomsten: dict[str, int] = field(default_factory=dict)
    """How many lines of messages came to what, so far."""

    @property
    def werk(self) -> float:
        return self.eigen + self.server


def main() -> None:
    """Print medians of rounds, each way beside the floor, with the load of the machine."""
    gemeenten = next((int(woord) for woord in sys.argv[1:] if woord.isdigit()), len(GEMEENTEN))
    maand = make_month(gemeenten, _CLIENTEN, seed=1)
    soorten = Counter(item.soort for item in maand.maand)
    print(f"{len(maand.maand)} berichten {dict(soorten)}, {count_lines(maand.maand)} regels; vooraf {len(maand.vooraf)} berichten")
    with TemporaryDirectory() as naam, embedded_postgres(Path(naam) / "var") as url:
        map_, server = Path(naam), server_of(Path(naam) / "var")
        prepare(url, map_, maand.vooraf, maand.referentie)
        samen, bodems, per_soort = [], [], []
        for _ in range(RONDES):
            bodems.append(measure_floor(url, maand.maand, server))
            samen.append(measure_verwerk(url, map_, [maand.maand], server)[0])
            tell("samen", samen[-1], bodems[-1])
            delen = [[item for item in maand.maand if item.soort == soort] for soort in LANDELIJK]
            per_soort.append(dict(zip(LANDELIJK, measure_verwerk(url, map_, delen, server), strict=True)))
    kosten = {soort: median(ronde[soort].werk for ronde in per_soort) for soort in LANDELIJK}
    print(f"mediaan van {RONDES}, ms processortijd per bericht: {', '.join(f'{s} {k:.2f}' for s, k in kosten.items())}")
    print(f"  gemengd {median(item.werk for item in samen):.2f}; bodem {median(item.werk for item in bodems):.2f};"
          f" verhouding {median(a.werk / b.werk for a, b in zip(samen, bodems, strict=True)):.2f}")  # fmt: skip
    geheel = sum(kosten[soort] * aantal for soort, aantal in LANDELIJK.items()) + _VERZOEKEN * max(
        kosten[soort] for soort in ("JW301", "JW305", "JW307")
    )
    print(f"landelijke maand: {geheel / 60_000:.1f} kernminuten, {geheel / 120_000:.1f} minuten op twee kernen")


def tell(wijze: str, meting: Meting, bodem: Meting) -> None:
    """One line of a round."""
    print(f"  {wijze}: {meting.werk:.2f} ms ({meting.eigen:.2f} + PostgreSQL {meting.server:.2f}), {1000 / meting.klok:.0f}/s;"
          f" bodem {bodem.werk:.2f} ms, {1000 / bodem.klok:.0f}/s; belasting {os.getloadavg()[0]:.1f}")  # fmt: skip


def make_month(gemeenten: int, clienten: int, seed: int) -> Maand:
    """The months of so many gemeenten, mingled."""
    vooraf, nu, steden = [], [], []
    for nummer, code in enumerate(GEMEENTEN[:gemeenten]):
        rng = Random(seed * 1000 + nummer)
        stad = maak_stad(clienten=clienten, maanden=2, seed=100 * seed + nummer, tot=date(2026, 3, 1))
        nieuwen = maak_stad(
            clienten=max(1, clienten // _NIEUWE), maanden=1, seed=100 * seed + 50 + nummer, tot=date(2026, 3, 1), fouten=False,
            vergeven=_VERGEVEN,
        )  # fmt: skip
        eerste, tweede = _halves([move(item.soort, item.inhoud, code) for item in stad.berichten])
        erbij = [move(item.soort, item.inhoud, code) for item in nieuwen.berichten if item.soort in ("JW301", "JW305")]
        vooraf.append(eerste)
        nu.append(_in_proportion(mingle(rng, [erbij, tweede])))
        steden.append((code, stad))
    return Maand(mingle(Random(seed), vooraf), mingle(Random(seed), nu), join_references(steden))


def _halves(berichten: Sequence[Landbericht]) -> tuple[list[Landbericht], list[Landbericht]]:
    """The first month of a town, and its second: that begins with the first JW301 after a stop."""
    na = next(plaats for plaats, item in enumerate(berichten) if item.soort == "JW307")
    grens = next(plaats for plaats, item in enumerate(berichten) if plaats > na and item.soort == "JW301")
    return list(berichten[:grens]), list(berichten[grens:])


def _in_proportion(berichten: Sequence[Landbericht]) -> list[Landbericht]:
    """As many of each kind for a declaration as in the country; of what the town has more of, the last are left out."""
    declaraties = sum(item.soort == "JW323" for item in berichten)
    ruimte = {soort: round(declaraties * aantal / LANDELIJK["JW323"]) for soort, aantal in LANDELIJK.items()}
    gekozen = []
    for item in berichten:
        if ruimte[item.soort] > 0:
            ruimte[item.soort] -= 1
            gekozen.append(item)
    return gekozen


def count_lines(berichten: Sequence[Landbericht]) -> int:
    """Lines of declarations."""
    return sum(item.inhoud.count(b"<jw323:Prestatie>") for item in berichten)


def prepare(url: str, map_: Path, vooraf: Sequence[Landbericht], referentie: dict[str, str]) -> None:
    """The database as it is before, with statistics."""
    with open_werkplaats(_settings(url, map_)) as werkplaats:
        load_references(werkplaats, referentie)
        process_files(werkplaats, list_files([_write(map_ / "vooraf", vooraf)]), map_ / "uit-vooraf", lambda _: None)
    engine = create_engine(make_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as verbinding:
        verbinding.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _write(map_: Path, berichten: Sequence[Landbericht]) -> Path:
    map_.mkdir(parents=True)
    for nummer, item in enumerate(berichten):
        (map_ / f"{nummer:06d}.xml").write_bytes(item.inhoud)
    return map_


def measure_verwerk(url: str, map_: Path, delen: Sequence[Sequence[Landbericht]], server: int) -> list[Meting]:
    """Each part after the other, on one fresh copy."""
    metingen = []
    with copy_of(url) as kopie, TemporaryDirectory(dir=map_) as naam, open_werkplaats(_settings(kopie, map_)) as werkplaats:
        for nummer, deel in enumerate(delen):
            bronnen = list_files([_write(Path(naam) / f"deel{nummer}", deel)])
            begin = _moment(server)
            overzicht = process_files(werkplaats, bronnen, Path(naam) / f"uit{nummer}", lambda _: None)
            meting = _since(begin, server, len(deel))
            with werkplaats.opslag.transaction() as verbinding:
                metingen.append(replace(meting, uitkomsten=dict(verbinding.execute(_UITKOMSTEN).tuples().all())))
            if overzicht.wachtend:
                raise RuntimeError(f"{overzicht.wachtend} berichten wachten nog")
    return metingen


def _settings(url: str, map_: Path) -> Instellingen:
    return Instellingen(database_url=url, var=map_ / "var", huidige_datum=VANDAAG)


def measure_floor(url: str, berichten: Sequence[Landbericht], server: int) -> Meting:
    """Validate each message, and keep it by one INSERT and a commit."""
    schemas = Schemas(own_schemas_dir())
    with copy_of(url) as kopie, psycopg.connect(make_url(kopie).set(drivername="postgresql").render_as_string(False)) as verbinding:
        verbinding.execute("CREATE TABLE bodem (nummer int, inhoud bytea)")
        verbinding.commit()
        begin = _moment(server)
        for nummer, item in enumerate(berichten):
            soort = herken(item.inhoud)
            if isinstance(soort, Berichtsoort):
                schemas.schema(soort).validate(etree.fromstring(item.inhoud))
            verbinding.execute("INSERT INTO bodem VALUES (%s, %s)", (nummer, item.inhoud))
            verbinding.commit()
        return _since(begin, server, len(berichten))


def _moment(server: int) -> tuple[float, float, float]:
    return time.process_time(), worked((server,)), time.perf_counter()


def _since(begin: tuple[float, float, float], server: int, aantal: int) -> Meting:
    eigen, gewerkt, klok = (na - voor for na, voor in zip(_moment(server), begin, strict=True))
    return Meting(1000 * eigen / aantal, gewerkt / aantal, 1000 * klok / aantal, aantal)
