"""`berichten demo`: a made-up town sends its messages through the running service, and what became of each is shown."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import track
from rich.table import Table

from berichten.demo.balie import GEDULD, Balie
from berichten.demo.eerder import fill_eerder
from berichten.demo.inwoners import GEMEENTE, add_inwoners
from berichten.demo.nasleep import add_nasleep
from berichten.demo.sturen.begrotingsjaar import add_begrotingsjaar
from berichten.demo.verhalen import tell_verhalen
from berichten.instellingen import Instellingen
from berichten.kern.taal import meervoud, telling
from berichten.kern.tekst import euro
from berichten.klok import read_clock
from berichten.logboek import configure_logging
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.referentie.laad_referentie import SOORTEN, load_referentie
from berichten.voorbeelden.stad.stad import Stad, maak_stad
from berichten.voorbeelden.verhalen.verhalen import AANBIEDERS as VERHAALAANBIEDERS

VANDAAG = date(2026, 6, 30)
"""The demo's own today, in the month after the last that its town declares."""


def make_counter_town() -> Stad:
    """The town whose messages are sent while somebody watches."""
    return maak_stad(clienten=12, maanden=3, seed=7, tot=date(2026, 5, 1), nagekomen=True)


def run_demo(scherm: Console, *, port: int, stop: bool) -> int:
    """Show the whole way from message to answer; returns the exit code."""
    configure_logging()
    stad = make_counter_town()
    # It is noon when the demo begins, at whatever hour: so its day does not begin again half-way.
    sinds = read_clock() - timedelta(hours=12)
    vast = {
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
        "BERICHTEN_HUIDIGE_DATUM_SINDS": sinds.isoformat(),
        "BERICHTEN_LOKAAL_INLOGGEN": "true",
        # A whole town sends from one address, and asks at once what became of it.
        "BERICHTEN_SLEUTEL_VERZOEKEN": "0",
        "BERICHTEN_ADRES_VERZOEKEN": "0",
    }
    omgeving = {**os.environ, **vast}
    instellingen = Instellingen(huidige_datum=VANDAAG, huidige_datum_sinds=sinds)
    with _service(omgeving, instellingen.var, port) as dienst:
        scherm.print(f"De dienst draait op [bold]{dienst.adres}[/]", highlight=False)
        sleutels = _prepare(instellingen, stad)
        if not stop:
            with scherm.status("Het jaar hiervoor klaarzetten"), open_werkplaats(instellingen) as werkplaats:
                fill_eerder(werkplaats)
        with httpx.Client(base_url=dienst.adres, timeout=GEDULD) as client:
            balie = Balie(client, sleutels)
            uitkomsten = [balie.send(item) for item in track(stad.berichten, "Berichten insturen", console=scherm)]
            _print_outcomes(scherm, uitkomsten)
            _print_reasons(scherm, balie, uitkomsten)
            tell_verhalen(scherm, balie)
        if not stop:
            dienst.leave_running()
            with (
                dienst.logboek.open("a", encoding="utf-8") as log,
                redirect_stderr(log),
                scherm.status("Een maand werk klaarzetten voor het portaal"),
                open_werkplaats(instellingen) as werkplaats,
            ):
                inwoners = add_inwoners(werkplaats)
                add_nasleep(werkplaats, inwoners.ids)
                add_begrotingsjaar(werkplaats, GEMEENTE, inwoners.ids["contractbeheer"])
            _print_people(scherm, dienst, inwoners.wachtwoorden)
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
            proces.wait(timeout=GEDULD)


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
    uiterlijk = time.monotonic() + GEDULD
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


def load_naslag(werkplaats: Werkplaats, stad: Stad) -> None:
    """The reference data by which the town's messages are judged, its policy included."""
    for soort, inhoud in stad.referentie.items():
        if soort in SOORTEN:
            load_referentie(werkplaats, soort, inhoud.encode())


def _prepare(instellingen: Instellingen, stad: Stad) -> dict[str, str]:
    """Load what the town's messages need, and make a key for each sender: by AGB code, gemeentecode or role."""
    with open_werkplaats(instellingen) as werkplaats:
        load_naslag(werkplaats, stad)
        nu = instellingen.nu()
        with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            aanbieders = (*stad.aanbieders, *VERHAALAANBIEDERS)
            sleutels = {item.agb: make_sleutel(verbinding, GEMEENTE, "aanbieder", item.agb, nu) for item in aanbieders}
            sleutels[GEMEENTE] = make_sleutel(verbinding, GEMEENTE, "gemeente", None, nu)
            for rol in ("contractbeheer", "financien", "beheer"):
                sleutels[rol] = make_sleutel(verbinding, GEMEENTE, rol, None, nu)
    return sleutels


def _print_outcomes(scherm: Console, uitkomsten: Sequence[dict[str, Any]]) -> None:
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
    herhaald = sum(staat["herhaling"] for staat in uitkomsten)
    if herhaald:
        waren = meervoud(herhaald, "was", "waren")
        scherm.print(
            f"Van deze {telling(len(uitkomsten), 'bericht', 'berichten')} {waren} er {herhaald} al eerder"
            " ingestuurd. De dienst herkent dat: er is niets dubbel verwerkt of geboekt.",
            highlight=False,
        )


def _print_reasons(scherm: Console, balie: Balie, uitkomsten: Iterable[dict[str, Any]]) -> None:
    """Why something was rejected or held, in the words that the sender reads."""
    scherm.print("\n[bold]Wat werd afgewezen of aangehouden, en waarom[/]")
    for staat in uitkomsten:
        if staat["status"] == "geweigerd":
            redenen = [(fout["regel"], fout["pad"], fout["melding"]) for fout in staat["fouten"]]
        else:
            bevindingen = balie.get(staat["afzender"], f"/berichten/{staat['berichtId']}/bevindingen")["bevindingen"]
            redenen = [(item["regel"], item["pad"], item["melding"]) for item in bevindingen]
        if redenen:
            naam = f"{staat['soort']} {staat.get('identificatie') or ''} van {staat['afzender']}"
            scherm.print(f"\n{naam}: {staat['status']}", style="bold", highlight=False)
        for regel, pad, melding in redenen:
            scherm.print(f"  {regel} {pad}", style="dim", highlight=False, markup=False)
            scherm.print(f"    {melding}", highlight=False, markup=False)


def _print_people(scherm: Console, dienst: _Dienst, wachtwoorden: dict[str, str]) -> None:
    tabel = Table(title=f"Inloggen op {dienst.adres}/portaal/inloggen")
    tabel.add_column("inlognaam")
    tabel.add_column("wachtwoord", no_wrap=True)
    for inlognaam, wachtwoord in wachtwoorden.items():
        tabel.add_row(inlognaam, wachtwoord)
    scherm.print(tabel)


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
