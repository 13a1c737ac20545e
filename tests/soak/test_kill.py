"""The service is killed again and again while a town sends its messages. Nothing is lost, nothing is booked twice."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from threading import Timer
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, text

from berichten.instellingen import Instellingen
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.archief.bronnen import Invoer
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.voorbeelden.model.model import VoorbeeldBericht
from berichten.voorbeelden.stad.stad import Stad, maak_stad
from tests.api.dienst import Dienst, await_outcome, free_port, launch_dienst, post, prepare, start_dienst
from tests.conftest import VANDAAG
from tests.hulp.een_bericht import process_file

AANTAL = 200
"""Messages that the town sends."""
_BEDRAGEN = ("ingediendBedrag", "toegekendBedrag", "afgewezenBedrag", "teBeoordelenBedrag")
Uitkomst = tuple[str, tuple[int | None, ...], tuple[str, ...]]


@dataclass(slots=True)
class Beul:
    """Starts the service, kills it at chance moments, and starts it again."""

    omgeving: dict[str, str]
    map_: Path
    rng: Random
    port: int = field(default_factory=free_port)
    kills: int = 0
    in_start: int = 0
    """Of the kills, those while the service was starting."""
    dienst: Dienst | None = None

    def start(self) -> Dienst:
        self.dienst = start_dienst(self.omgeving, self.map_ / "dienst.log", self.port)
        return self.dienst

    def kill_soon(self) -> Timer:
        """SIGKILL within some hundredths of a second: before, during or after the request that follows."""
        assert self.dienst is not None
        beul = Timer(self.rng.uniform(0, 0.08), self.dienst.kill)
        beul.start()
        return beul

    def start_again(self, beul: Timer) -> None:
        """Wait for the blow; in one round of four the service is killed once more while it gets up."""
        beul.join()
        self.kills += 1
        if self.rng.random() < 0.25:
            opstart = launch_dienst(self.omgeving, self.map_ / "dienst.log", self.port)
            time.sleep(self.rng.uniform(0, 1.2))
            opstart.kill()
            self.kills += 1
            self.in_start += 1
        self.start()

    def stop(self) -> None:
        """SIGTERM, after which the embedded server must be gone too; also when a test failed while the service lay dead."""
        if self.dienst is not None and self.dienst.proces.poll() is None:
            self.dienst.stop()
        elif self.dienst is not None:
            with embedded_postgres(self.map_ / "var"):
                pass


@dataclass(slots=True)
class Verzending:
    """What the senders know: the answer at the door for each message."""

    berichten: dict[str, tuple[VoorbeeldBericht, dict[str, Any]]] = field(default_factory=dict)
    """By file name: the message, and what the service said of it."""
    afgebroken: int = 0
    """Requests that got no answer and were sent again."""


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_twenty_five_rounds_of_killing_lose_nothing(
    maak_database: Callable[[], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_rounds(25, maak_database, tmp_path, capsys)


def test_a_round_of_killing_loses_nothing(
    maak_database: Callable[[], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_rounds(1, maak_database, tmp_path, capsys)


def check_rounds(rondes: int, maak_database: Callable[[], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stad = maak_stad(clienten=64, maanden=4, seed=9, tot=date(2026, 5, 1))
    berichten = stad.berichten[:AANTAL]
    assert len(berichten) == AANTAL
    verwacht, verwacht_geboekt = undisturbed(maak_database(), tmp_path / "rustig", stad, berichten)
    with _killed_service(tmp_path, stad, Random(rondes)) as (beul, sleutels):
        verzending = _send_all(beul, sleutels, berichten, rondes)
        gekregen = _collect(beul, sleutels, verzending)
        with _open_own(tmp_path) as werkplaats, werkplaats.opslag.transaction() as verbinding:
            check_books(verbinding, verzending)
            geboekt = sum_journaal(verbinding)
    with capsys.disabled():
        print(
            f"\n{rondes} rondes, {beul.kills} maal SIGKILL (waarvan {beul.in_start} bij het starten), {AANTAL} berichten,"
            f" {verzending.afgebroken} verzoeken zonder antwoord opnieuw gestuurd"
        )
    assert beul.kills >= rondes
    assert gekregen == verwacht
    assert geboekt == verwacht_geboekt
    assert verwacht_geboekt > 0
    assert list((tmp_path / "var").rglob("postmaster.pid")) == []


@contextmanager
def _killed_service(map_: Path, stad: Stad, rng: Random) -> Iterator[tuple[Beul, dict[str, str]]]:
    """A service with its own embedded PostgreSQL, prepared for the town."""
    with _open_own(map_) as werkplaats:
        sleutels = prepare(werkplaats, stad)
    omgeving = {
        "BERICHTEN_VAR": str(map_ / "var"),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
        "BERICHTEN_VEEG_SECONDEN": "0.5",
    }
    beul = Beul(omgeving, map_, rng)
    try:
        beul.start()
        yield beul, sleutels
    finally:
        beul.stop()


@contextmanager
def _open_own(map_: Path) -> Iterator[Werkplaats]:
    """The service's database, whether or not the service runs."""
    with open_werkplaats(Instellingen(database_url="", var=map_ / "var", huidige_datum=VANDAAG, sleutel="")) as werkplaats:
        yield werkplaats


def _send_all(beul: Beul, sleutels: dict[str, str], berichten: tuple[VoorbeeldBericht, ...], rondes: int) -> Verzending:
    """Send every message in order, each until it is answered, whatever happens to the service meanwhile."""
    verzending = Verzending()
    slagen = _choose_moments(beul.rng, rondes)
    slag: Timer | None = None
    for nummer, bericht in enumerate(berichten):
        if nummer in slagen:
            if slag is not None:
                beul.start_again(slag)
            slag = beul.kill_soon()
        while (antwoord := _try_post(beul, sleutels[bericht.afzender], bericht, verzending)) is None:
            assert slag is not None, "the service died of itself"
            beul.start_again(slag)
            slag = None
        verzending.berichten[bericht.bestandsnaam] = bericht, antwoord
    if slag is not None:
        beul.start_again(slag)
    return verzending


def _choose_moments(rng: Random, rondes: int) -> set[int]:
    """Before which messages a blow is dealt: one in each part of the sending, the last one when only the workers are busy."""
    deel = AANTAL // rondes
    return {*(ronde * deel + rng.randrange(deel) for ronde in range(rondes - 1)), AANTAL - 1}


def _try_post(beul: Beul, sleutel: str, bericht: VoorbeeldBericht, verzending: Verzending) -> dict[str, Any] | None:
    """What the service says of a message; None when it was gone before it could answer."""
    assert beul.dienst is not None
    try:
        with beul.dienst.client(sleutel) as client:
            antwoord = post(client, bericht.inhoud)
    except httpx.TransportError:
        verzending.afgebroken += 1
        return None
    assert antwoord.status_code in (200, 202, 400), antwoord.text
    inhoud: dict[str, Any] = antwoord.json()
    return inhoud


def _collect(beul: Beul, sleutels: dict[str, str], verzending: Verzending) -> dict[str, Uitkomst]:
    """What became of every message, by file name; each that was let in and is not held has an answer."""
    assert beul.dienst is not None
    uitkomsten = {}
    for naam, (bericht, ontvangst) in verzending.berichten.items():
        with beul.dienst.client(sleutels[bericht.afzender]) as client:
            staat = await_outcome(client, ontvangst["berichtId"])
            antwoord = client.get(f"/berichten/{ontvangst['berichtId']}/antwoord")
        assert antwoord.status_code == (200 if staat["status"] in ("verwerkt", "afgekeurd") else 404), naam
        uitkomsten[naam] = as_uitkomst(staat)
    return uitkomsten


def undisturbed(url: str, map_: Path, stad: Stad, berichten: tuple[VoorbeeldBericht, ...]) -> tuple[dict[str, Uitkomst], int]:
    """The same messages without any trouble: their outcomes by file name, and what the journal holds in cents."""
    map_.mkdir()
    with open_werkplaats(Instellingen(database_url=url, var=map_, huidige_datum=VANDAAG)) as werkplaats:
        prepare(werkplaats, stad)
        uitkomsten = {
            bericht.bestandsnaam: as_uitkomst(process_file(werkplaats, Invoer(bericht.bestandsnaam, bericht.inhoud), map_))
            for bericht in berichten
        }
        with werkplaats.opslag.transaction() as verbinding:
            return uitkomsten, sum_journaal(verbinding)


def as_uitkomst(staat: dict[str, Any]) -> Uitkomst:
    codes = (*staat["retourcodes"], "|", *staat["declaratieRetourcodes"])
    return staat["status"], tuple(staat[naam] for naam in _BEDRAGEN), codes


def check_books(verbinding: Connection, verzending: Verzending) -> None:
    """Every message once, every line once, every entry once, and all totals tie."""

    def value(vraag: str) -> int:
        return int(verbinding.execute(text(vraag)).scalar_one())

    ingelaten = {antwoord["berichtId"] for _, antwoord in verzending.berichten.values() if "fouten" not in antwoord}
    bewaard = verbinding.execute(text("SELECT bericht_id::text FROM bericht WHERE status <> 'geweigerd'")).scalars().all()
    assert sorted(bewaard) == sorted(ingelaten)
    assert value("SELECT count(*) FROM bericht WHERE status IN ('ontvangen', 'in_behandeling')") == 0
    assert value("SELECT count(*) - count(DISTINCT (gemeente, prestatie_id)) FROM journaal WHERE soort <> 'correctie'") == 0
    assert sum_journaal(verbinding) == value("SELECT coalesce(sum(toegekend_bedrag), 0) FROM bericht")
    assert sum_journaal(verbinding) == value("SELECT coalesce(sum(bedrag), 0) FROM prestatie WHERE uitkomst = 'toegekend'")
    assert value("SELECT count(*) FROM prestatie") == value("SELECT sum(aantal_regels) FROM bericht WHERE soort = 'JW323'")
    assert value("SELECT count(*) FROM antwoord") == value("SELECT count(*) FROM bericht WHERE status IN ('verwerkt', 'afgekeurd')")


def sum_journaal(verbinding: Connection) -> int:
    return int(verbinding.execute(text("SELECT coalesce(sum(bedrag), 0) FROM journaal")).scalar_one())
