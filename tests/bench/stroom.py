"""A steady stream of small messages over HTTP: each leaves at its own moment, whether the service keeps up or not.

What counts is how long its answer took from that moment on, and what still waits to be handled. Once alone, and once while a
message of 25 MB is read and handled. `make bench ARGS="stroom 200 60"`: messages a second, seconds.

`make bench ARGS=acht`: eight senders, who each send the messages of one stream after one another, as fast as they are answered.
"""

import asyncio
import os
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.wacht.wachtrij import measure_streams
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.voorbeelden.model.model import VoorbeeldBericht
from berichten.voorbeelden.stad.groot import groot_jw323, referentie_groot
from berichten.voorbeelden.stad.stad import maak_stad
from tests.api.dienst import prepare, running_dienst
from tests.bench.groot import load_allocations, load_references
from tests.bench.processor import server_of, worked

VANDAAG = date(2026, 4, 30)
LIJNEN = 32
"""Connections of all senders together."""
GROOTSTE = 20_000
"""Bytes of a message that is sent in the stream."""
_AGB, _AFZENDER = re.compile(rb">4242[0-9]{4}<"), re.compile("4242[0-9]{4}")
_IDENTIFICATIE = re.compile(rb"(:Identificatie>)[^<]*(</)")
_BEGONNEN = 3.0
"""Seconds in which every process of the service has begun."""
_KIJK = 5.0
"""Seconds between two looks at what waits."""
_ONGEBRUIKT = 3.0
"""Seconds after which a line is not used again: the service closes one that nobody used for five."""
Lijn = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Verzoek = tuple[bytes, bytes]
"""Head with the key, and body."""


@dataclass(slots=True)
class Uitslag:
    """What came of a stream."""

    seconden: list[float] = field(default_factory=list)
    statussen: Counter[int] = field(default_factory=Counter)
    wachtend: list[int] = field(default_factory=list)


def main(per_seconde: int = 200, seconden: int = 60) -> None:
    """Print percentiles of both streams, what waited meanwhile, and the load of the machine."""
    stad = maak_stad(clienten=240, maanden=6, seed=9, tot=date(2026, 3, 1))
    toewijzingen, groot = groot_jw323(prestaties=31_000, seed=1)
    with TemporaryDirectory() as map_:
        var = Path(map_) / "var"
        with open_werkplaats(Instellingen(var=var, huidige_datum=VANDAAG)) as werkplaats:
            sleutels = prepare(werkplaats, stad)
            load_references(werkplaats, referentie_groot())
            load_allocations(werkplaats, [item.inhoud for item in toewijzingen])
            omgeving = {"BERICHTEN_VAR": str(var), "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat()}
            with running_dienst(omgeving, Path(map_) / "dienst.log") as dienst:
                # What starting costs is not measured: the crew is still reading its program when the door opens.
                time.sleep(_BEGONNEN)
                kleine = _compose([item for item in stad.berichten if len(item.inhoud) < GROOTSTE and not item.fout], sleutels)
                werk = _work_of(dienst.proces.pid, var)
                _show("alleen", asyncio.run(_stream(dienst.port, kleine, per_seconde, seconden, werkplaats)), per_seconde)
                print(f"  {_tell_work(werk, _work_of(dienst.proces.pid, var), per_seconde * seconden)}", flush=True)
                zwaar = request(sleutels[_sender_of(groot)], groot) if _sender_of(groot) in sleutels else None
                uitslag = asyncio.run(_stream(dienst.port, kleine, per_seconde, min(seconden, 20), werkplaats, zwaar))
                _show("naast 25 MB", uitslag, per_seconde)


def _sender_of(inhoud: bytes) -> str:
    gevonden = re.search(rb":Afzender>([0-9]{8})<", inhoud[:4096])
    return gevonden[1].decode() if gevonden else ""


def _compose(berichten: Sequence[VoorbeeldBericht], sleutels: dict[str, str]) -> Iterator[Verzoek]:
    """Messages of the town, as often as is needed; from the second time on with another Identificatie."""
    for ronde in count():
        for nummer, item in enumerate(berichten):
            nieuw = rb"\g<1>%dR%d\g<2>" % (ronde, nummer)
            yield request(sleutels[item.afzender], _IDENTIFICATIE.sub(nieuw, item.inhoud, count=1) if ronde else item.inhoud)


def request(sleutel: str, inhoud: bytes) -> Verzoek:
    """A message as a sender with this key posts it."""
    kop = f"POST /v1/berichten HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {sleutel}\r\nContent-Type: application/xml\r\n"
    return f"{kop}Content-Length: {len(inhoud)}\r\n\r\n".encode(), inhoud


def main_acht() -> None:
    """Print how many messages a second of eight streams are taken in and handled, with the work of each process."""
    stad = maak_stad(clienten=1200, maanden=3, seed=9, tot=date(2026, 3, 1))
    with TemporaryDirectory() as map_:
        var = Path(map_) / "var"
        with open_werkplaats(Instellingen(var=var, huidige_datum=VANDAAG)) as werkplaats:
            sleutels = prepare(werkplaats, stad)
            omgeving = {"BERICHTEN_VAR": str(var), "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat()}
            stromen: defaultdict[int, list[Verzoek]] = defaultdict(list)
            for item in stad.berichten:
                if len(item.inhoud) < GROOTSTE and not item.fout:
                    # As if eight aanbieders did what all of them do.
                    wie = 1 + int(_partner_of(item.inhoud)) % 8
                    inhoud = _AGB.sub(b">4242%04d<" % wie, item.inhoud)
                    stromen[wie].append(request(sleutels[_AFZENDER.sub(f"4242{wie:04d}", item.afzender)], inhoud))
            meeste = list(stromen.values())
            with running_dienst(omgeving, Path(map_) / "dienst.log") as dienst:
                begin, werk = time.perf_counter(), _work_of(dienst.proces.pid, var)
                asyncio.run(_send_all(dienst.port, meeste))
                binnen = time.perf_counter() - begin
                while count_waiting(werkplaats):
                    time.sleep(0.02)
                klaar, aantal = time.perf_counter() - begin, sum(map(len, meeste))
                print(f"acht stromen: {aantal} berichten, {aantal / binnen:.0f}/s ingenomen, {aantal / klaar:.0f}/s verwerkt;"
                      f" belasting {os.getloadavg()[0]:.1f}")  # fmt: skip
                print(f"  {_tell_work(werk, _work_of(dienst.proces.pid, var), aantal)}", flush=True)


def _partner_of(inhoud: bytes) -> str:
    """AGB code of the aanbieder, who sends it or gets it."""
    gevonden = re.search(rb":(?:Afzender|Ontvanger)>([0-9]{8})<", inhoud[:4096])
    return gevonden[1].decode() if gevonden else ""


async def _send_all(port: int, stromen: Sequence[Sequence[Verzoek]]) -> None:
    async def send(verzoeken: Sequence[Verzoek]) -> None:
        lijn = await asyncio.open_connection("127.0.0.1", port)
        for verzoek in verzoeken:
            assert await post(*lijn, verzoek) == 202

    await asyncio.gather(*map(send, stromen))


def _work_of(dienst: int, var: Path) -> dict[str, float]:
    """Milliseconds that each part worked until now."""
    kinderen = [int(pid) for pid in Path(f"/proc/{dienst}/task/{dienst}/children").read_text().split()]
    server = server_of(var)
    samen = worked((dienst,)) - sum(worked((pid,)) for pid in kinderen)
    return {
        "deur": samen,
        "werkers": worked(tuple(kinderen)),
        "PostgreSQL": worked((server,)),
        "zender": 1000 * time.process_time(),
    }


def _tell_work(voor: dict[str, float], na: dict[str, float], aantal: int) -> str:
    delen = {naam: (na[naam] - voor[naam]) / aantal for naam in voor}
    return f"ms processortijd per bericht {sum(delen.values()):.2f}: " + ", ".join(f"{naam} {ms:.2f}" for naam, ms in delen.items())


async def _stream(
    port: int, verzoeken: Iterator[Verzoek], per_seconde: int, seconden: int, werkplaats: Werkplaats, zwaar: Verzoek | None = None
) -> Uitslag:
    uitslag, lijnen = Uitslag(), asyncio.LifoQueue[tuple[Lijn, float]]()
    for _ in range(LIJNEN):
        lijnen.put_nowait((await asyncio.open_connection("127.0.0.1", port), time.perf_counter()))

    async def send(verzoek: Verzoek, moment: float) -> None:
        lijn, gebruikt = await lijnen.get()
        if time.perf_counter() - gebruikt > _ONGEBRUIKT:
            lijn[1].close()
            lijn = await asyncio.open_connection("127.0.0.1", port)
        uitslag.statussen[await post(*lijn, verzoek)] += 1
        lijnen.put_nowait((lijn, time.perf_counter()))
        uitslag.seconden.append(time.perf_counter() - moment)

    async def watch() -> None:
        """Beside the stream: what leaves at its moment waits for nobody's count."""
        while True:
            uitslag.wachtend.append(await asyncio.to_thread(count_waiting, werkplaats))
            await asyncio.sleep(_KIJK)

    kijker = asyncio.create_task(watch())
    begin = time.perf_counter()
    taken = [asyncio.create_task(post(*await asyncio.open_connection("127.0.0.1", port), zwaar))] if zwaar else []
    for nummer in range(per_seconde * seconden):
        moment = begin + nummer / per_seconde
        if (wacht := moment - time.perf_counter()) > 0:
            await asyncio.sleep(wacht)
        taken.append(asyncio.create_task(send(next(verzoeken), moment)))  # type: ignore[arg-type]
    await asyncio.gather(*taken)
    kijker.cancel()
    uitslag.wachtend.append(await asyncio.to_thread(count_waiting, werkplaats))
    return uitslag


async def post(lezer: asyncio.StreamReader, schrijver: asyncio.StreamWriter, verzoek: Verzoek) -> int:
    """Send it on a line that is open; the status of its answer."""
    schrijver.writelines(verzoek)
    kop = await lezer.readuntil(b"\r\n\r\n")
    lengte = re.search(rb"content-length: ([0-9]+)", kop.lower())
    await lezer.readexactly(int(lengte[1]) if lengte else 0)
    return int(kop.split(b" ", 2)[1])


def count_waiting(werkplaats: Werkplaats) -> int:
    """Messages that came in and were not handled."""
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        return sum(stand.wachtend for stand in measure_streams(verbinding))


def _show(naam: str, uitslag: Uitslag, per_seconde: int) -> None:
    procenten = [round(1000 * deel) for deel in quantiles(uitslag.seconden, n=100)]
    print(
        f"{naam}: {per_seconde}/s, {len(uitslag.seconden)} berichten, p50 {procenten[49]} ms, p99 {procenten[98]} ms,"
        f" {dict(uitslag.statussen)}; er wachtten {uitslag.wachtend} (elke {_KIJK:.0f} s); belasting {os.getloadavg()[0]:.1f}",
        flush=True,
    )
