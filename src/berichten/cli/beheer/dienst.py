"""`berichten dienst`, `werker` and `planner`: the service itself, whole or in parts."""

import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from api import proces
from berichten.cli.basis.huis import open_service, read_settings
from berichten.cli.basis.meldingen import stop
from berichten.klok import read_clock
from berichten.logboek import configure_logging
from berichten.opslag.server.basiskopie import begin_archive
from berichten.processen.basis.geheugen import hold_little
from berichten.processen.basis.werkplaats import Werkplaats
from workers import onderdeel
from workers.onderdeel import PLANNER, WERKER, leave_on_signal, working
from workers.ploeg import Ploeg


def dienst(
    host: Annotated[str, typer.Option(help="Adres waarop de dienst luistert")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Poort waarop de dienst luistert")] = 8484,
    zonder_werkers: Annotated[
        bool, typer.Option("--zonder-werkers", help="Alleen API en portaal: werkers en planner draaien elders")
    ] = False,
) -> None:
    """Start de dienst: API en portaal, met werkers in eigen processen."""
    sockets = _bind(host, port)
    leave_on_signal()
    hold_little()
    configure_logging()
    with _open_to_work() as werkplaats, _crew(werkplaats, sockets, zonder_werkers=zonder_werkers):
        proces.make_server(werkplaats).run(sockets=sockets)


def werker() -> None:
    """Start alleen een werker: hij verwerkt wat er wacht."""
    _work(WERKER)


def planner() -> None:
    """Start alleen de planner: termijnen, nachtcontrole, opruimen en e-mail. Van meer planners werkt er één."""
    _work(PLANNER)


def _work(rol: str) -> None:
    leave_on_signal()
    hold_little()
    configure_logging()
    with _open_to_work() as werkplaats, working(werkplaats, (rol,)):
        while True:
            signal.pause()


@contextmanager
def _open_to_work() -> Iterator[Werkplaats]:
    """The parts for a service; an embedded database that is copied elsewhere can be had back from its first message on."""
    instellingen = read_settings()
    if instellingen.kopie_map is not None and not instellingen.database_url:
        begin_archive(instellingen.var, instellingen.kopie_map, read_clock)
    with open_service(instellingen) as werkplaats:
        yield werkplaats


@contextmanager
def _crew(werkplaats: Werkplaats, sockets: Sequence[socket.socket], *, zonder_werkers: bool) -> Iterator[None]:
    """The processes beside this one: more doors, workers (with a broker those are elsewhere) and the planner."""
    instellingen, logins = werkplaats.instellingen, werkplaats.opslag.logins
    posten = [proces.as_post(werkplaats, sockets, nummer) for nummer in range(2, instellingen.api_processen + 1)]
    if not zonder_werkers:
        aantal = 0 if instellingen.broker_url else instellingen.werker_processen
        # The planner has little to do, and goes along with the first.
        rollen = [(WERKER, PLANNER), *((WERKER,) for _ in range(aantal - 1))] if aantal else [(PLANNER,)]
        posten += [onderdeel.as_post(instellingen, logins, rol, (i, max(1, aantal))) for i, rol in enumerate(rollen)]
    ploeg = Ploeg(posten)
    ploeg.start()
    try:
        yield
    finally:
        ploeg.stop()


def _bind(host: str, port: int) -> list[socket.socket]:
    """Sockets on every address of this name, on which nobody listens before the service is ready.

    Refuses before a database and workers are started for nothing.
    """
    try:
        gevonden = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        return [_bind_one(familie, adres) for familie, adres in dict.fromkeys((item[0], item[4]) for item in gevonden)]
    except OSError:
        stop(
            f"De dienst kan niet luisteren op {host}, poort {port}: de poort is bezet of mag niet, of dit adres is niet van deze"
            " machine. Kies een andere met --port of --host, of stop de dienst die er al draait."
        )


def _bind_one(familie: socket.AddressFamily, adres: Any) -> socket.socket:
    # Only of a socket that says it is TCP asyncio sends each part of an answer at once, and does not wait 40 ms for the last.
    deur = socket.socket(familie, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    deur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if familie == socket.AF_INET6:
        deur.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    deur.bind(adres)
    return deur
