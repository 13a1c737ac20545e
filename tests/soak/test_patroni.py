"""The machine of the primary is lost, or hangs, while a town sends: the service finds the next by itself, and nothing is lost."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from threading import Lock

import httpx
import pytest

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.voorbeelden.model.model import VoorbeeldBericht
from berichten.voorbeelden.stad.stad import maak_stad
from tests.api.dienst import Dienst, await_outcome, post, prepare, running_dienst
from tests.conftest import VANDAAG, Vertel
from tests.hulp.patroni import TTL, Knoop, patroni_cluster
from tests.soak.test_kill import Verzending, check_books

AANTAL = 500
BIJ = 150
"""Messages that are answered when the blow falls."""
ZENDERS = 6


@pytest.mark.soak
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("slag", [Knoop.kill, Knoop.freeze], ids=["weg", "hangt"])
def test_the_primary_goes_while_a_town_sends(slag: Callable[[Knoop], None], tmp_path: Path, vertel: Vertel) -> None:
    stad = maak_stad(clienten=240, maanden=6, seed=9, tot=VANDAAG.replace(month=5, day=1))
    with patroni_cluster(tmp_path) as cluster:
        cluster.make_database()
        # The machine that goes stands first, so that every new connection would try it first.
        leider = cluster.leader()
        url, var = cluster.url(leider), tmp_path / "var"
        instellingen = Instellingen(database_url=url, var=var, huidige_datum=VANDAAG)
        with open_werkplaats(instellingen) as werkplaats:
            sleutels = prepare(werkplaats, stad)
        omgeving = {"BERICHTEN_DATABASE_URL": url, "BERICHTEN_VAR": str(var), "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat()}
        with running_dienst(omgeving, tmp_path / "dienst.log") as dienst:
            zending = Zending(dienst, sleutels)
            zending.send_all(stad.berichten[:AANTAL], lambda: slag(leider))
            for bericht, ontvangst in zending.verzending.berichten.values():
                with dienst.client(sleutels[bericht.afzender]) as client:
                    await_outcome(client, ontvangst["berichtId"])
            assert dienst.proces.poll() is None
            with open_werkplaats(instellingen) as werkplaats, werkplaats.opslag.transaction() as verbinding:
                check_books(verbinding, zending.verzending)
    vertel(
        f"\nprimaire {slag.__name__}: {AANTAL} aangenomen, 0 kwijt, 0 dubbel; {zending.longest_gap():.1f} s geen 2xx (ttl {TTL}),"
        f" {zending.geweigerd} x 503, traagste antwoord {zending.traagste:.1f} s, dienst niet herstart"
    )


class Zending:
    """What the senders know: each sends a message until it is let in, however often that takes."""

    def __init__(self, dienst: Dienst, sleutels: dict[str, str]) -> None:
        self._dienst, self._sleutels = dienst, sleutels
        self._lock = Lock()
        self._goed: list[float] = []
        self.verzending = Verzending()
        self.geweigerd = 0
        self.traagste = 0.0

    def send_all(self, berichten: tuple[VoorbeeldBericht, ...], slag: Callable[[], None]) -> None:
        """Every message, of one sender in its order; the blow falls after some of them."""
        with ThreadPoolExecutor(ZENDERS) as zenders:
            rijen: dict[int, list[VoorbeeldBericht]] = {}
            for bericht in berichten:
                rijen.setdefault(sum(bericht.afzender.encode()) % ZENDERS, []).append(bericht)
            werk = [zenders.submit(self._send_row, rij) for rij in rijen.values()]
            while len(self._goed) < BIJ and not all(item.done() for item in werk):
                time.sleep(0.02)
            slag()
            for item in werk:
                item.result()

    def longest_gap(self) -> float:
        """Seconds between two that were let in."""
        op = sorted(self._goed)
        return max(later - eerder for eerder, later in pairwise(op))

    def _send_row(self, rij: list[VoorbeeldBericht]) -> None:
        for bericht in rij:
            with self._dienst.client(self._sleutels[bericht.afzender]) as client:
                while not self._try(client, bericht):
                    time.sleep(0.5)

    def _try(self, client: httpx.Client, bericht: VoorbeeldBericht) -> bool:
        begin = time.monotonic()
        antwoord = post(client, bericht.inhoud)
        with self._lock:
            self.traagste = max(self.traagste, time.monotonic() - begin)
            if antwoord.status_code == 503:
                self.geweigerd += 1
                return False
            assert antwoord.status_code in (200, 202, 400), antwoord.text
            self._goed.append(time.monotonic())
            self.verzending.berichten[bericht.bestandsnaam] = bericht, antwoord.json()
        return True
