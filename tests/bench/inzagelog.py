"""What the access log costs a read: the same reads without it, with it, and with it but not waiting for the disk, in turns.

Reads are those of the house (a view) and those of a client (a request, over HTTP in this process). A busy machine makes some rounds
slow, so what is told is the quickest quarter of them.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from unittest.mock import patch
from uuid import UUID

import httpx
from sqlalchemy import create_engine, text

from api.app import create_app
from berichten.instellingen import Instellingen
from berichten.inzage.basis.vermelding import Vermelding
from berichten.inzage.berichten.toewijzingen import Toewijzingfilter, find_toewijzing, list_toewijzingen
from berichten.inzage.besluiten.prestaties import Prestatiefilter, find_prestatie, list_prestaties
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.opslag.basis import verbinding as opslagverbinding
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.voorbeelden.model.namen import list_bsns
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing

VANDAAG = date(2026, 6, 30)
CLIENTEN = 50
RONDES, KEREN = 24, 15
"""Rounds, and reads of each sort in a round."""
JAN = date(2026, 1, 1)
_PIDS = text("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")
_NIET_OP_SCHIJF = text(
    "SELECT CASE WHEN set_config('berichten.wie', :wie, true) || set_config('synchronous_commit', 'off', true) IS NOT NULL"
    " THEN slot.wie() IS NOT NULL END"
)


def main() -> None:
    """Print what reads of one client, of a page of fifty, and of the lines of a declaration cost with and without the log."""
    with TemporaryDirectory() as map_, embedded_postgres(Path(map_) / "var") as url:
        instellingen = Instellingen(
            database_url=url, var=Path(map_) / "var", huidige_datum=VANDAAG, sleutel_verzoeken=0, adres_verzoeken=0
        )
        with open_werkplaats(instellingen) as werkplaats:
            bericht, prestatie = _fill(werkplaats)
            houder = Sleutelhouder(GEMEENTE, "bench", "contractbeheer", None, herkomst=Herkomst("GET /toewijzingen", "127.0.0.1"))
            kijker, meter = werkplaats.seen_by(houder), Meter(url)
            asyncio.run(
                _tell_all(
                    meter,
                    {
                        "één toewijzing": _view(lambda: find_toewijzing(kijker, 1)),
                        "één regel": _view(lambda: find_prestatie(kijker, prestatie)),
                        f"{CLIENTEN} toewijzingen": _view(lambda: list_toewijzingen(kijker, Toewijzingfilter(), CLIENTEN, None)),
                        f"{CLIENTEN} regels": _view(lambda: list_prestaties(kijker, bericht, Prestatiefilter(), CLIENTEN, None)),
                    },
                )
            )
            with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
                sleutel = make_sleutel(verbinding, GEMEENTE, "contractbeheer", None, instellingen.nu())
        asyncio.run(_requests(meter, instellingen, sleutel, bericht, prestatie))


def _fill(werkplaats: Werkplaats) -> tuple[UUID, int]:
    """Clients with an allocation and a line each; the ids of their declaration and of one of its lines."""
    regels = []
    for nummer, bsn in enumerate(list_bsns()[:CLIENTEN], 1):
        send(werkplaats, toewijzing(nummer, bsn=bsn))
        regels.append(Regel(f"R{nummer}", nummer, JAN, 1, bsn=bsn))
    bericht = UUID(send(werkplaats, declaratie(JAN, regels))["berichtId"])
    with werkplaats.opslag.transaction() as verbinding:
        return bericht, int(verbinding.execute(text("SELECT min(prestatie_id) FROM prestatie")).scalar_one())


@contextmanager
def without_log() -> Iterator[None]:
    """Views say whom they show, and nobody writes it down."""

    def only_say(vermelding: Vermelding, *_: object) -> None:
        vermelding.gedaan = True

    with patch.object(Vermelding, "_write", only_say):
        yield


@contextmanager
def without_disk() -> Iterator[None]:
    """The log is written, and its commit does not wait for the disk: for the measure alone, the service always waits."""
    with patch.object(opslagverbinding, "_WIE", _NIET_OP_SCHIJF):
        yield


@dataclass(frozen=True, slots=True)
class Duur:
    """Milliseconds of one read: on the clock, and on a processor of this process and of the database's."""

    klok: float
    dienst: float
    database: float

    @property
    def rekentijd(self) -> float:
        return self.dienst + self.database


class Meter:
    """Measures reads on one database."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT")

    @contextmanager
    def reads(self, keren: int) -> Iterator[list[Duur]]:
        """So many reads; time that others took from us is not in what the processor did."""
        gemeten: list[Duur] = []
        with self._engine.connect() as verbinding:
            pids = verbinding.execute(_PIDS).scalars().all()
        begin = (time.perf_counter(), time.process_time(), _cpu_of(pids))
        yield gemeten
        einde = (time.perf_counter(), time.process_time(), _cpu_of(pids))
        gemeten.append(Duur(*((later - eerder) / keren * 1000 for eerder, later in zip(begin, einde, strict=True))))


def _cpu_of(pids: Sequence[int]) -> float:
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e9


def _view(read: Callable[[], object]) -> Callable[[], Awaitable[None]]:
    async def lees() -> None:
        read()

    return lees


async def _requests(meter: Meter, instellingen: Instellingen, sleutel: str, bericht: UUID, prestatie: int) -> None:
    app = create_app(instellingen)
    kop = {"Authorization": f"Bearer {sleutel}"}
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench/v1", headers=kop) as client,
    ):

        def get(adres: str) -> Callable[[], Awaitable[None]]:
            async def lees() -> None:
                (await client.get(adres)).raise_for_status()

            return lees

        adressen = {
            "GET één toewijzing": "/toewijzingen/1",
            "GET één regel": f"/prestaties/{prestatie}",
            f"GET {CLIENTEN} toewijzingen": f"/toewijzingen?paginaGrootte={CLIENTEN}",
            f"GET {CLIENTEN} regels": f"/declaraties/{bericht}/prestaties?paginaGrootte={CLIENTEN}",
        }
        await _tell_all(meter, {wat: get(adres) for wat, adres in adressen.items()})


async def _tell_all(meter: Meter, reads: dict[str, Callable[[], Awaitable[None]]]) -> None:
    for wat, read in reads.items():

        async def measure(read: Callable[[], Awaitable[None]] = read) -> Duur:
            with meter.reads(KEREN) as gemeten:
                for _ in range(KEREN):
                    await read()
            return gemeten[0]

        await measure()
        gemeten: list[list[Duur]] = [[], [], []]
        for _ in range(RONDES):
            wijzen: list[AbstractContextManager[None]] = [without_log(), nullcontext(), without_disk()]
            for wijze, naar in zip(wijzen, gemeten, strict=True):
                with wijze:
                    naar.append(await measure())
        _print(wat, *map(_quick, gemeten))


def _quick(gemeten: list[Duur]) -> Duur:
    """The bound of the quickest quarter, of each figure by itself."""
    return Duur(*(quantiles(soort, n=4)[0] for soort in zip(*map(astuple, gemeten), strict=True)))


def _print(wat: str, zonder: Duur, met: Duur, los: Duur) -> None:
    def tell(soort: str) -> str:
        kaal, vol, vlot = (getattr(duur, soort) for duur in (zonder, met, los))
        return f"{soort} {kaal:.2f} → {vol:.2f} ms, verhouding {vol / kaal:.2f} (zonder op de schijf te wachten {vlot / kaal:.2f})"

    erbij = f"dienst +{met.dienst - zonder.dienst:.2f}, database +{met.database - zonder.database:.2f} ms"
    print(f"{wat}: {tell('rekentijd')}; {erbij}; {tell('klok')}")
