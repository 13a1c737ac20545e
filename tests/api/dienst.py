"""The service as its users meet it: a process of its own, with a real port and a real PostgreSQL."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats
from berichten.processen.referentie.laad_referentie import SOORTEN, load_referentie
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.stad.archief import Archief
from berichten.voorbeelden.stad.stad import Stad
from tests.conftest import own_environment

KLAAR = ("geweigerd", "afgekeurd", "ter_beoordeling", "verwerkt")
"""What a message comes to rest in."""
ROLLEN = ("gemeente", "contractbeheer", "financien", "beheer", "controle", "lokaal_team")
GEDULD = 120.0
"""Seconds after which waiting is a failure."""


@dataclass(slots=True)
class Dienst:
    """A running service."""

    port: int
    proces: subprocess.Popen[bytes]
    logboek: Path

    @property
    def adres(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, sleutel: str | None = None) -> httpx.Client:
        """A client with this API key, or without one."""
        headers = {} if sleutel is None else {"Authorization": f"Bearer {sleutel}"}
        # No certificates are needed for an address on this machine, and reading them takes longer than most requests.
        return httpx.Client(base_url=f"{self.adres}/v1", headers=headers, timeout=GEDULD, verify=False, trust_env=False)

    def kill(self) -> None:
        """SIGKILL: no goodbye, no cleaning up."""
        self.proces.kill()
        self.proces.wait()

    def stop(self) -> None:
        """SIGTERM, as a supervisor does it, and wait until all is closed."""
        if self.proces.poll() is None:
            self.proces.send_signal(signal.SIGTERM)
        self.proces.wait(timeout=GEDULD)


def start_dienst(omgeving: dict[str, str], logboek: Path, port: int | None = None, opties: Sequence[str] = ()) -> Dienst:
    """Start a service; returns when it is ready."""
    dienst = launch_dienst(omgeving, logboek, port, opties)
    try:
        await_ready(dienst)
    except BaseException:
        dienst.kill()
        raise
    return dienst


def launch_dienst(omgeving: dict[str, str], logboek: Path, port: int | None = None, opties: Sequence[str] = ()) -> Dienst:
    """Begin to start a service with these BERICHTEN_ settings and no others."""
    port = port or free_port()
    with logboek.open("ab") as log:
        proces = subprocess.Popen(
            [sys.executable, "-m", "berichten.cli", "dienst", "--port", str(port), *opties],
            env={
                **own_environment(),
                "BERICHTEN_BROKER_URL": "",
                "BERICHTEN_DATABASE_URL": "",
                "BERICHTEN_SLEUTEL": "",
                "BERICHTEN_SLEUTEL_VERZOEKEN": "0",
                "BERICHTEN_ADRES_VERZOEKEN": "0",
                "BERICHTEN_BLADZIJ_GEDULD": str(GEDULD),
                **omgeving,
            },
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
    return Dienst(port, proces, logboek)


@contextmanager
def running_dienst(
    omgeving: dict[str, str], logboek: Path, port: int | None = None, opties: Sequence[str] = ()
) -> Iterator[Dienst]:
    """A service that is stopped in the ordinary way when the block ends."""
    dienst = start_dienst(omgeving, logboek, port, opties)
    try:
        yield dienst
    finally:
        dienst.stop()


def await_ready(dienst: Dienst) -> None:
    uiterlijk = time.monotonic() + GEDULD
    with dienst.client() as client:
        while time.monotonic() < uiterlijk:
            if dienst.proces.poll() is not None:
                raise RuntimeError(f"the service stopped at once:\n{dienst.logboek.read_text()}")
            try:
                if client.get("/gereed").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
    raise TimeoutError(f"the service did not become ready:\n{dienst.logboek.read_text()}")


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as poort:
        poort.bind(("127.0.0.1", 0))
        return int(poort.getsockname()[1])


def prepare(werkplaats: Werkplaats, stad: Stad | Archief) -> dict[str, str]:
    """Load the town's reference files and make a key for each sender: by AGB code or by role of the gemeente's staff."""
    for soort, tekst in stad.referentie.items():
        if soort in SOORTEN:
            assert not load_referentie(werkplaats, soort, tekst.encode()).fouten
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        sleutels = {item.agb: make_sleutel(verbinding, GEMEENTE, "aanbieder", item.agb, nu) for item in stad.aanbieders}
        sleutels |= {rol: make_sleutel(verbinding, GEMEENTE, rol, None, nu) for rol in ROLLEN}
    # In a message the gemeente is named by its code.
    return {**sleutels, GEMEENTE: sleutels["gemeente"]}


def post(client: httpx.Client, inhoud: bytes, soort: str = "application/xml") -> httpx.Response:
    """Post the bytes of one message."""
    return client.post("/berichten", content=inhoud, headers={"Content-Type": soort})


def await_outcome(client: httpx.Client, bericht_id: str) -> dict[str, Any]:
    """Poll a message until it has come to rest."""
    uiterlijk = time.monotonic() + GEDULD
    while time.monotonic() < uiterlijk:
        bericht: dict[str, Any] = client.get(f"/berichten/{bericht_id}").raise_for_status().json()
        if bericht["status"] in KLAAR:
            return bericht
        time.sleep(0.02)
    raise TimeoutError(f"message {bericht_id} still has status {bericht['status']}")
