"""What the access log costs a read: the same reads with it and without it in turns, as a view of the house and as a request."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from unittest.mock import patch
from uuid import UUID

import httpx
from sqlalchemy import create_engine, text

from api.app import create_app
from berichten.instellingen import Instellingen
from berichten.inzage.basis.vermelding import Vermelding
from berichten.inzage.berichten.toewijzingen import Toewijzingfilter, find_toewijzing, list_toewijzingen
from berichten.inzage.besluiten.prestaties import Prestatiefilter, list_prestaties
from berichten.kern.houder import Herkomst, Sleutelhouder
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.voorbeelden.model.namen import list_bsns
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.declareer import Regel, declaratie, send, toewijzing

VANDAAG = date(2026, 6, 30)
CLIENTEN = 50
RONDES, KEREN = 9, 40
"""Rounds, and reads of each sort in a round."""
JAN = date(2026, 1, 1)


def main() -> None:
    """Print the ratio for reads of one client, of a page of fifty, and of the lines of a declaration."""
    with TemporaryDirectory() as map_, embedded_postgres(Path(map_) / "var") as url:
        instellingen = Instellingen(
            database_url=url, var=Path(map_) / "var", huidige_datum=VANDAAG, sleutel_verzoeken=0, adres_verzoeken=0
        )
        with open_werkplaats(instellingen) as werkplaats:
            bericht = _fill(werkplaats)
            houder = Sleutelhouder(GEMEENTE, "bench", "contractbeheer", None, herkomst=Herkomst("GET /toewijzingen", "127.0.0.1"))
            kijker, meter = werkplaats.seen_by(houder), Meter(url)
            _tell(meter, "één toewijzing", lambda: find_toewijzing(kijker, 1))
            _tell(meter, f"{CLIENTEN} toewijzingen", lambda: list_toewijzingen(kijker, Toewijzingfilter(), CLIENTEN, None))
            _tell(meter, f"{CLIENTEN} regels", lambda: list_prestaties(kijker, bericht, Prestatiefilter(), CLIENTEN, None))
            with werkplaats.opslag.transaction() as verbinding:
                sleutel = make_sleutel(verbinding, GEMEENTE, "contractbeheer", None, instellingen.nu())
        asyncio.run(_requests(meter, instellingen, sleutel, f"/v1/declaraties/{bericht}/prestaties?paginaGrootte={CLIENTEN}"))


def _fill(werkplaats: Werkplaats) -> UUID:
    """Clients with an allocation and a line each; the id of their declaration."""
    regels = []
    for nummer, bsn in enumerate(list_bsns()[:CLIENTEN], 1):
        send(werkplaats, toewijzing(nummer, bsn=bsn))
        regels.append(Regel(f"R{nummer}", nummer, JAN, 1, bsn=bsn))
    return UUID(send(werkplaats, declaratie(JAN, regels))["berichtId"])


@contextmanager
def without_log() -> Iterator[None]:
    """Views say whom they show, and nobody writes it down."""

    def only_say(vermelding: Vermelding, *_: object) -> None:
        vermelding.gedaan = True

    with patch.object(Vermelding, "_write", only_say):
        yield


@dataclass(frozen=True, slots=True)
class Duur:
    """Milliseconds of one read: on the clock, and of this process and the database's together on a processor."""

    klok: float
    rekentijd: float


class Meter:
    """Measures reads on one database."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT")

    @contextmanager
    def reads(self, keren: int) -> Iterator[list[Duur]]:
        """So many reads."""
        gemeten: list[Duur] = []
        begin, rekentijd = time.perf_counter(), self._cpu()
        yield gemeten
        klok = time.perf_counter() - begin
        gemeten.append(Duur(klok / keren * 1000, (self._cpu() - rekentijd) / keren * 1000))

    def _cpu(self) -> float:
        """Seconds on a processor until now; time that others took from us is not in it."""
        with self._engine.connect() as verbinding:
            pids = verbinding.execute(text("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()")).scalars().all()
        return time.process_time() + sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e9


def _tell(meter: Meter, wat: str, read: Callable[[], object]) -> None:
    def measure() -> Duur:
        with meter.reads(KEREN) as gemeten:
            for _ in range(KEREN):
                read()
        return gemeten[0]

    measure()
    met, zonder = [], []
    for _ in range(RONDES):
        with without_log():
            zonder.append(measure())
        met.append(measure())
    _print(wat, met, zonder)


async def _requests(meter: Meter, instellingen: Instellingen, sleutel: str, lijst: str) -> None:
    app = create_app(instellingen)
    kop = {"Authorization": f"Bearer {sleutel}"}
    vervoer = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=vervoer, base_url="http://bench", headers=kop) as client,
    ):

        async def measure(adres: str) -> Duur:
            with meter.reads(KEREN) as gemeten:
                for _ in range(KEREN):
                    (await client.get(adres)).raise_for_status()
            return gemeten[0]

        for wat, adres in {
            "GET één toewijzing": "/v1/toewijzingen/1",
            f"GET {CLIENTEN} toewijzingen": f"/v1/toewijzingen?paginaGrootte={CLIENTEN}",
            f"GET {CLIENTEN} regels": lijst,
        }.items():
            await measure(adres)
            met, zonder = [], []
            for _ in range(RONDES):
                with without_log():
                    zonder.append(await measure(adres))
                met.append(await measure(adres))
            _print(wat, met, zonder)


def _print(wat: str, met: list[Duur], zonder: list[Duur]) -> None:
    def tell(soort: str) -> str:
        paren = [(getattr(een, soort), getattr(ander, soort)) for een, ander in zip(met, zonder, strict=True)]
        een, ander = (median(rij) for rij in zip(*paren, strict=True))
        return f"{soort} {ander:.2f} → {een:.2f} ms, verhouding {median(m / z for m, z in paren):.2f}"

    print(f"{wat}: {tell('rekentijd')}; {tell('klok')}")
