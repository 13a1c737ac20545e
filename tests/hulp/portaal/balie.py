"""The portal on a port of its own, in a thread of the test, with somebody logged in for each role."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import uvicorn
from fastapi import FastAPI, Request
from starlette.routing import Mount

from api.app import create_app
from api.basis.problemen import Probleem
from api.portaal.schil.bezoeker import Bezoeker, get_bezoeker
from berichten.instellingen import Instellingen
from berichten.kern.houder import Sleutelhouder
from berichten.opslag.toegang.sleutels import NieuweSleutel, make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats
from tests.api.dienst import GEDULD, free_port
from tests.hulp.bouwstenen import AGB, GEMEENTE

NAMEN = {
    "contractbeheer": "S. de Boer", "tweede": "A. Bakker", "financien": "M. Visser", "aanbieder": "K. Jansen", "beheer": "R. Smit",
    "gemeente": "T. Mulder",
}  # fmt: skip
"""Who is logged in, by role; `tweede` is a second reviewer."""


@dataclass(frozen=True, slots=True)
class Portaalbalie:
    """The running portal and what is behind it."""

    adres: str
    werkplaats: Werkplaats

    def client(self, wie: str | None) -> httpx.Client:
        """A browser without JavaScript, logged in as this one of NAMEN; None: nobody."""
        koekjes = {} if wie is None else {"proef": wie}
        return httpx.Client(base_url=self.adres, cookies=koekjes, timeout=GEDULD, verify=False, trust_env=False)


@contextmanager
def running_portaal(instellingen: Instellingen, werkplaats: Werkplaats, agb: str = AGB) -> Iterator[Portaalbalie]:
    """The service with its portal; the aanbieder who is logged in is `agb`."""
    app = create_app(instellingen)
    bezoekers = make_bezoekers(werkplaats, agb)

    def find(request: Request) -> Bezoeker:
        wie = bezoekers.get(request.cookies.get("proef", ""))
        if wie is None:
            raise Probleem(401, "Log in om deze pagina te zien.")
        return wie

    portaal_of(app).dependency_overrides[get_bezoeker] = find
    poort = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=poort, log_level="error", server_header=False))
    draad = threading.Thread(target=server.run, daemon=True)
    draad.start()
    uiterlijk = time.monotonic() + GEDULD
    while not server.started:
        assert draad.is_alive(), "the portal stopped at once"
        assert time.monotonic() < uiterlijk, "the portal did not start"
        time.sleep(0.02)
    try:
        yield Portaalbalie(f"http://127.0.0.1:{poort}", werkplaats)
    finally:
        server.should_exit = True
        draad.join(GEDULD)


def portaal_of(app: FastAPI) -> FastAPI:
    """The application that the portal is."""
    return next(route.app for route in app.routes if isinstance(route, Mount))  # type: ignore[return-value]


def make_bezoekers(werkplaats: Werkplaats, agb: str) -> dict[str, Bezoeker]:
    """Somebody for each role, who may decide."""
    nu = werkplaats.instellingen.nu()
    bezoekers = {}
    for wie, naam in NAMEN.items():
        rol = "contractbeheer" if wie == "tweede" else wie
        van = agb if rol == "aanbieder" else None
        with werkplaats.opslag.transaction() as verbinding:
            sleutel = make_sleutel(verbinding, GEMEENTE, rol, van, nu, nieuw=NieuweSleutel(naam))
        houder = Sleutelhouder(GEMEENTE, sleutel.split(".")[1], rol, van, naam)
        bezoekers[wie] = Bezoeker(naam, naam, rol, GEMEENTE, van, houder, "proef")
    return bezoekers
