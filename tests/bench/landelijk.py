"""A thirtieth of a month of the whole country over HTTP: two services, each with a door and workers of its own, and one database.

Fourteen towns of a hundred aanbieders each are divided over all 342 gemeenten, every aanbieder with its clients to one of them;
what they were allocated before and their first month are in the database. Sixteen senders, half of them at each door, send what is
of their streams in order, and wait for each answer: of one half of the streams mingled, as it comes in; then of the other half
kind after kind.
`make bench ARGS="landelijk 7"`: of so many towns.
"""

import asyncio
import os
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory

import psycopg
from sqlalchemy import create_engine, make_url, text

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.archief.bronnen import list_files
from berichten.processen.archief.verwerk_archief import process_files
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.standaard.waarden.gemeenten import gemeenten, is_gemeentecode
from tests.api.dienst import Dienst, running_dienst
from tests.bench.groot import load_references
from tests.bench.maand import LANDELIJK, VANDAAG, count_lines, make_month
from tests.bench.processor import server_of, worked, worked_alone
from tests.bench.stroom import Verzoek, count_waiting, post, request
from tests.hulp.land import GEMEENTEN, Landbericht, mingle

_CLIENTEN = 1150
_ZENDERS = 16
_DIENSTEN = 2
_PARTNER = re.compile(rb":(?:Afzender|Ontvanger)>([0-9]{8})<")
_NUMMER = re.compile(rb":ToewijzingNummer>([0-9]+)<")
_VERZOEKEN = 30_000
"""Of a month; reckoned as the dearest of the three small kinds."""
Stroom = tuple[str, str]
"""Gemeente and AGB code."""


@dataclass(slots=True)
class Streek:
    """A town of which the aanbieders are divided over gemeenten."""

    vooraf: list[tuple[Stroom, Landbericht]]
    maand: list[tuple[Stroom, Landbericht]]
    referentie: dict[str, str]


@dataclass(slots=True)
class Uitslag:
    """What came of a part that was sent."""

    aantal: int
    binnen: float
    """Seconds until the last answer, and until nothing waited."""
    klaar: float
    antwoorden: list[float] = field(default_factory=list)
    statussen: Counter[int] = field(default_factory=Counter)
    werk: dict[str, float] = field(default_factory=dict)
    """Milliseconds a message of doors, workers and PostgreSQL."""

    @property
    def kosten(self) -> float:
        return sum(self.werk.values())


def main(steden: int = 14) -> None:
    """Print messages a second, p50 and p99, and the work of each part, mingled and by kind, with the load of the machine."""
    streken = _make_country(steden)
    berichten = mingle(Random(1), [streek.maand for streek in streken])
    soorten = Counter(item.soort for _, item in berichten)
    print(f"{len(berichten)} berichten {dict(soorten)}, {count_lines([item for _, item in berichten])} regels, van"
          f" {len({stroom for stroom, _ in berichten})} rijen in {len({code for (code, _), _ in berichten})} gemeenten;"
          f" vooraf {sum(len(streek.vooraf) for streek in streken)} berichten", flush=True)  # fmt: skip
    with TemporaryDirectory() as naam, embedded_postgres(Path(naam) / "var") as url:
        map_ = Path(naam)
        begin = time.perf_counter()
        sleutels = _prepare(url, map_, streken)
        print(f"  klaargezet in {time.perf_counter() - begin:.0f} s", flush=True)
        server = server_of(map_ / "var")
        with _services(url, map_) as diensten, open_werkplaats(_settings(url, map_)) as werkplaats:
            eerste = set(sorted({stroom for stroom, _ in berichten})[::2])
            deel = [paar for paar in berichten if paar[0] in eerste]
            _show("gemengd", _send(werkplaats, diensten, server, deel, sleutels))
            print(f"  ontvangen tot verwerkt: {_tell_waits(url, len(deel))}", flush=True)
            per_soort = {}
            for soort in LANDELIJK:
                deel = [paar for paar in berichten if paar[0] not in eerste and paar[1].soort == soort]
                per_soort[soort] = _send(werkplaats, diensten, server, deel, sleutels)
                _show(soort, per_soort[soort])
    klein = max(per_soort[soort].kosten for soort in ("JW301", "JW305", "JW307"))
    geheel = sum(per_soort[soort].kosten * aantal for soort, aantal in LANDELIJK.items()) + _VERZOEKEN * klein
    print(f"landelijke maand: {geheel / 60_000:.0f} kernminuten, zonder de afzenders")


def _make_country(steden: int) -> list[Streek]:
    """Each town with its part of the gemeenten."""
    codes = [code for code in sorted(gemeenten()) if is_gemeentecode(code, VANDAAG)]
    return [_make_region(nummer, codes[nummer::steden]) for nummer in range(steden)]


def _make_region(seed: int, codes: Sequence[str]) -> Streek:
    stad = make_month(1, _CLIENTEN, seed=seed)
    agbs = sorted({_partner_of(item.inhoud) for item in stad.vooraf + stad.maand})
    code_van = {agb: codes[nummer % len(codes)] for nummer, agb in enumerate(agbs)}

    def place(berichten: Sequence[Landbericht]) -> list[tuple[Stroom, Landbericht]]:
        geplaatst = []
        for item in berichten:
            agb = _partner_of(item.inhoud)
            inhoud = item.inhoud.replace(f">{GEMEENTEN[0]}<".encode(), f">{code_van[agb]}<".encode())
            geplaatst.append(((code_van[agb], agb), Landbericht(item.soort, inhoud)))
        return geplaatst

    nummers = {
        nummer.decode(): code_van[_partner_of(item.inhoud)]
        for item in stad.vooraf + stad.maand if item.soort == "JW301" for nummer in _NUMMER.findall(item.inhoud)
    }  # fmt: skip
    referentie = {soort: _divide(tekst, codes, code_van, nummers) for soort, tekst in stad.referentie.items()}
    return Streek(place(stad.vooraf), place(stad.maand), referentie)


def _partner_of(inhoud: bytes) -> str:
    gevonden = _PARTNER.search(inhoud, 0, 4096)
    assert gevonden is not None
    return gevonden[1].decode()


def _divide(tekst: str, codes: Sequence[str], code_van: dict[str, str], nummers: dict[str, str]) -> str:
    """Rows of an aanbieder or an allocation to its gemeente, all others to every gemeente."""
    kop, *rijen = tekst.splitlines(keepends=True)
    namen = kop.rstrip().split(";")
    verdeeld = [kop]
    for rij in rijen:
        waarden = dict(zip(namen, rij.rstrip().split(";"), strict=False))
        van = code_van.get(waarden.get("agb", "")) or nummers.get(waarden.get("toewijzingnummer", ""))
        bekend = waarden.get("agb") or waarden.get("toewijzingnummer")
        for code in [van] if van else () if bekend else codes:
            verdeeld.append(rij.replace(f"{GEMEENTEN[0]};", f"{code};", 1))
    return "".join(verdeeld)


def _prepare(url: str, map_: Path, streken: Sequence[Streek]) -> dict[Stroom, str]:
    """What is there before, by two processes, with statistics. A key for each aanbieder, and each gemeente (with no AGB code)."""
    sleutels: dict[Stroom, str] = {}
    with open_werkplaats(_settings(url, map_)) as werkplaats:
        for streek in streken:
            load_references(werkplaats, streek.referentie)
        nu = werkplaats.instellingen.nu()
        with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            for code, agb in sorted({stroom for streek in streken for stroom, _ in streek.maand}):
                sleutels[code, agb] = make_sleutel(verbinding, code, "aanbieder", agb, nu)
                if (code, "") not in sleutels:
                    sleutels[code, ""] = make_sleutel(verbinding, code, "gemeente", None, nu)
    bakken = []
    for helft in range(2):
        bak = map_ / f"vooraf{helft}"
        bak.mkdir()
        for nummer, (_, item) in enumerate(mingle(Random(helft), [streek.vooraf for streek in streken[helft::2]])):
            (bak / f"{nummer:06d}.xml").write_bytes(item.inhoud)
        bakken.append(bak)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as naast:
        list(naast.map(_fill, [url] * 2, [map_] * 2, bakken))
    engine = create_engine(make_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as verbinding:
        verbinding.execute(text("VACUUM ANALYZE"))
    engine.dispose()
    return sleutels


def _fill(url: str, map_: Path, bak: Path) -> None:
    with open_werkplaats(_settings(url, map_)) as werkplaats:
        process_files(werkplaats, list_files([bak]), map_ / f"uit-{bak.name}", lambda _: None)


def _settings(url: str, map_: Path) -> Instellingen:
    return Instellingen(database_url=url, var=map_ / "var", huidige_datum=VANDAAG)


@contextmanager
def _services(url: str, map_: Path) -> Iterator[list[Dienst]]:
    omgeving = {"BERICHTEN_DATABASE_URL": url, "BERICHTEN_VAR": str(map_ / "var"), "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat()}
    with ExitStack() as stapel:
        yield [stapel.enter_context(running_dienst(omgeving, map_ / f"dienst{nummer}.log")) for nummer in range(_DIENSTEN)]


def _send(
    werkplaats: Werkplaats, diensten: Sequence[Dienst], server: int, deel: Sequence[tuple[Stroom, Landbericht]],
    sleutels: dict[Stroom, str],
) -> Uitslag:  # fmt: skip
    plek: dict[Stroom, int] = {}
    rijen: defaultdict[int, list[Verzoek]] = defaultdict(list)
    for stroom, item in deel:
        code, agb = stroom
        sleutel = sleutels[code, "" if item.soort == "JW301" else agb]
        rijen[plek.setdefault(stroom, len(plek) % _ZENDERS)].append(request(sleutel, item.inhoud))
    uitslag = Uitslag(len(deel), 0.0, 0.0)
    begin, voor = time.perf_counter(), _work_of(diensten, server)
    asyncio.run(_send_all([dienst.port for dienst in diensten], list(rijen.values()), uitslag))
    uitslag.binnen = time.perf_counter() - begin
    while count_waiting(werkplaats):
        time.sleep(0.02)
    uitslag.klaar = time.perf_counter() - begin
    na = _work_of(diensten, server)
    uitslag.werk = {naam: (na[naam] - voor[naam]) / len(deel) for naam in voor}
    return uitslag


async def _send_all(poorten: Sequence[int], rijen: Sequence[Sequence[Verzoek]], uitslag: Uitslag) -> None:
    async def send(port: int, verzoeken: Sequence[Verzoek]) -> None:
        lijn = await asyncio.open_connection("127.0.0.1", port)
        for verzoek in verzoeken:
            begin = time.perf_counter()
            uitslag.statussen[await post(*lijn, verzoek)] += 1
            uitslag.antwoorden.append(time.perf_counter() - begin)

    await asyncio.gather(*(send(poorten[nummer % len(poorten)], rij) for nummer, rij in enumerate(rijen)))


def _work_of(diensten: Sequence[Dienst], server: int) -> dict[str, float]:
    """Milliseconds that each part worked until now."""
    pids = [dienst.proces.pid for dienst in diensten]
    kinderen = tuple(int(kind) for pid in pids for kind in Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return {"deuren": sum(map(worked_alone, pids)), "werkers": worked(kinderen), "PostgreSQL": worked((server,))}


def _tell_waits(url: str, aantal: int) -> str:
    """Of the messages that came last."""
    with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(False)) as verbinding:
        p50, p99 = verbinding.execute(
            "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY duur), percentile_cont(0.99) WITHIN GROUP (ORDER BY duur) FROM"
            " (SELECT extract(epoch FROM verwerkt_op - ontvangen_op) AS duur FROM bericht ORDER BY volgnummer DESC LIMIT %s) AS d",
            (aantal,),
        ).fetchone() or (0, 0)
    return f"p50 {1000 * float(p50 or 0):.0f} ms, p99 {1000 * float(p99 or 0):.0f} ms"


def _show(naam: str, uitslag: Uitslag) -> None:
    procenten = [1000 * deel for deel in quantiles(uitslag.antwoorden, n=100)]
    delen = ", ".join(f"{deel} {ms:.2f}" for deel, ms in uitslag.werk.items())
    print(f"{naam}: {uitslag.aantal / uitslag.binnen:.0f}/s ingenomen, {uitslag.aantal / uitslag.klaar:.0f}/s verwerkt; antwoord"
          f" p50 {procenten[49]:.0f} ms, p99 {procenten[98]:.0f} ms; {uitslag.kosten:.2f} ms processortijd per bericht ({delen});"
          f" {dict(uitslag.statussen)}; belasting {os.getloadavg()[0]:.1f}", flush=True)  # fmt: skip
