"""`berichten demo`: a made-up town sends its messages through the running service, and what became of each is shown."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import track
from rich.table import Table

from berichten.instellingen import Instellingen
from berichten.opslag.sleutels import make_sleutel
from berichten.processen.laad_referentie import SOORTEN, load_referentie
from berichten.processen.werkplaats import open_werkplaats
from berichten.regels.tekst import euro
from berichten.voorbeelden.model import VoorbeeldBericht
from berichten.voorbeelden.stad import Stad, maak_stad

GEMEENTE = "0484"
VANDAAG = date(2026, 6, 30)
"""The demo's own today, in the month after the last that its town declares."""
_KLAAR = ("geweigerd", "afgekeurd", "ter_beoordeling", "verwerkt")
_GEDULD = 120.0
"""Seconds that the service gets to start, and a message to be handled."""


def run_demo(scherm: Console, *, port: int, stop: bool) -> int:
    """Show the whole way from message to answer; returns the exit code."""
    stad = maak_stad(clienten=12, maanden=3, seed=7, tot=date(2026, 5, 1), nagekomen=True)
    omgeving = {**os.environ, "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat()}
    instellingen = Instellingen(huidige_datum=VANDAAG)
    with _service(omgeving, instellingen.var, port) as dienst:
        scherm.print(f"De dienst draait op [bold]{dienst.adres}[/]", highlight=False)
        sleutels = _prepare(instellingen, stad)
        with httpx.Client(base_url=dienst.adres, timeout=_GEDULD) as client:
            uitkomsten = [
                _send(client, sleutels[item.afzender], item) for item in track(stad.berichten, "Berichten insturen", console=scherm)
            ]
            _print_outcomes(scherm, uitkomsten)
            _print_reasons(scherm, client, sleutels, uitkomsten)
        if not stop:
            dienst.leave_running()
            _print_logins(scherm, dienst, sleutels)
    return 0


class _Dienst:
    """The service in a process of its own."""

    def __init__(self, proces: subprocess.Popen[bytes], adres: str, logboek: Path) -> None:
        self.proces = proces
        self.adres = adres
        self.logboek = logboek
        self.blijft = False

    def leave_running(self) -> None:
        """Do not stop the service when the demo ends."""
        self.blijft = True


@contextmanager
def _service(omgeving: dict[str, str], var: Path, port: int) -> Iterator[_Dienst]:
    var.mkdir(parents=True, exist_ok=True)
    logboek = var / "dienst.log"
    port = _free_port(port)
    with logboek.open("ab") as log:
        proces = subprocess.Popen(
            [sys.executable, "-m", "berichten.cli", "dienst", "--port", str(port)],
            env=omgeving,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    dienst = _Dienst(proces, f"http://127.0.0.1:{port}", logboek)
    try:
        _wait_until_ready(dienst)
        yield dienst
    except BaseException:
        dienst.blijft = False
        raise
    finally:
        if not dienst.blijft:
            proces.terminate()
            proces.wait(timeout=_GEDULD)


def _free_port(port: int) -> int:
    """`port` when nobody listens on it, else one that the system picks."""
    with socket.socket() as poort:
        poort.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            poort.bind(("127.0.0.1", port))
        except OSError:
            poort.bind(("127.0.0.1", 0))
        return int(poort.getsockname()[1])


def _wait_until_ready(dienst: _Dienst) -> None:
    uiterlijk = time.monotonic() + _GEDULD
    while True:
        if dienst.proces.poll() is not None:
            raise RuntimeError(f"De dienst is niet gestart. Kijk in {dienst.logboek} wat eraan schort.")
        try:
            if httpx.get(f"{dienst.adres}/v1/gereed", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        if time.monotonic() > uiterlijk:
            raise TimeoutError("De dienst is na twee minuten nog niet bereikbaar.")
        time.sleep(0.1)


def _prepare(instellingen: Instellingen, stad: Stad) -> dict[str, str]:
    """Load what the town's messages need, and make a key for each sender: by AGB code, gemeentecode or role."""
    with open_werkplaats(instellingen) as werkplaats:
        for soort, inhoud in stad.referentie.items():
            if soort in SOORTEN:
                load_referentie(werkplaats, soort, inhoud.encode())
        nu = instellingen.nu()
        with werkplaats.opslag.transaction() as verbinding:
            sleutels = {item.agb: make_sleutel(verbinding, GEMEENTE, "aanbieder", item.agb, nu) for item in stad.aanbieders}
            sleutels[GEMEENTE] = make_sleutel(verbinding, GEMEENTE, "gemeente", None, nu)
            for rol in ("contractbeheer", "financien", "beheer"):
                sleutels[rol] = make_sleutel(verbinding, GEMEENTE, rol, None, nu)
    return sleutels


def _send(client: httpx.Client, sleutel: str, bericht: VoorbeeldBericht) -> dict[str, Any]:
    """Send one message and wait until it is handled; its state with the name of the file, or the problem."""
    kop = {"Authorization": f"Bearer {sleutel}"}
    antwoord = client.post("/v1/berichten", content=bericht.inhoud, headers={**kop, "Content-Type": "application/xml"})
    if antwoord.status_code >= 400:
        return {**antwoord.json(), "soort": bericht.soort, "afzender": bericht.afzender, "status": "geweigerd"}
    uiterlijk = time.monotonic() + _GEDULD
    staat: dict[str, Any] = antwoord.json()
    while staat["status"] not in _KLAAR:
        if time.monotonic() > uiterlijk:
            raise TimeoutError("Een bericht is na twee minuten nog niet verwerkt.")
        time.sleep(0.02)
        staat = client.get(antwoord.headers["Location"], headers=kop).raise_for_status().json()
    return staat


def _print_outcomes(scherm: Console, uitkomsten: Iterable[dict[str, Any]]) -> None:
    tabel = Table(title="Wat er van elk bericht werd")
    for kop in ("bericht", "afzender", "identificatie", "status"):
        tabel.add_column(kop)
    for kop in ("ingediend", "toegekend", "afgewezen", "ter beoordeling"):
        tabel.add_column(kop, justify="right")
    for staat in uitkomsten:
        bedragen = [staat.get(naam) for naam in ("ingediendBedrag", "toegekendBedrag", "afgewezenBedrag", "teBeoordelenBedrag")]
        tabel.add_row(
            staat["soort"],
            staat["afzender"],
            staat.get("identificatie") or "",
            staat["status"],
            *("" if bedrag is None else euro(bedrag) for bedrag in bedragen),
        )
    scherm.print(tabel)


def _print_reasons(scherm: Console, client: httpx.Client, sleutels: dict[str, str], uitkomsten: Iterable[dict[str, Any]]) -> None:
    """Why something was rejected or held, in the words that the sender reads."""
    scherm.print("\n[bold]Wat werd afgewezen of aangehouden, en waarom[/]")
    for staat in uitkomsten:
        if staat["status"] == "geweigerd":
            redenen = [(fout["regel"], fout["pad"], fout["melding"]) for fout in staat["fouten"]]
        else:
            kop = {"Authorization": f"Bearer {sleutels[staat['afzender']]}"}
            antwoord = client.get(f"/v1/berichten/{staat['berichtId']}/bevindingen", headers=kop).raise_for_status()
            redenen = [(item["regel"], item["pad"], item["melding"]) for item in antwoord.json()["bevindingen"]]
        if redenen:
            naam = f"{staat['soort']} {staat.get('identificatie') or ''} van {staat['afzender']}"
            scherm.print(f"\n{naam}: {staat['status']}", style="bold", highlight=False)
        for regel, pad, melding in redenen:
            scherm.print(f"  {regel} {pad}", style="dim", highlight=False, markup=False)
            scherm.print(f"    {melding}", highlight=False, markup=False)


def _print_logins(scherm: Console, dienst: _Dienst, sleutels: dict[str, str]) -> None:
    tabel = Table(title="Sleutels voor deze demo (header 'Authorization: Bearer …')")
    tabel.add_column("wie")
    tabel.add_column("sleutel", no_wrap=True)
    for wie, sleutel in sleutels.items():
        tabel.add_row(wie, sleutel)
    scherm.print(tabel)
    scherm.print(
        f"De dienst blijft draaien op {dienst.adres} (proces {dienst.proces.pid}). Stop hem met: kill {dienst.proces.pid}",
        highlight=False,
    )
