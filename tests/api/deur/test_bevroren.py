"""A database that hangs and does not say so: everybody who asks is told, and who asks later is served again."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import httpx
import pytest

from berichten.instellingen import Instellingen
from berichten.opslag.server.ingebed import embedded_postgres
from berichten.processen.basis.werkplaats import open_werkplaats
from berichten.voorbeelden.stad.stad import Stad, maak_stad
from tests.api.dienst import Dienst, await_outcome, await_ready, post, prepare, running_dienst
from tests.conftest import VANDAAG, Vertel
from tests.hulp.bevriezen import frozen

MEI = date(2026, 5, 1)
TEGELIJK = 60
"""Who ask at once: more than there are threads to answer them."""


@contextmanager
def dienst_beside_its_server(map_: Path, stad: Stad) -> Iterator[tuple[Dienst, dict[str, str]]]:
    """A service whose PostgreSQL is a server of its own, as it is on most machines."""
    var = map_ / "var"
    with embedded_postgres(var) as url:
        with open_werkplaats(Instellingen(database_url=url, var=var, huidige_datum=VANDAAG)) as werkplaats:
            sleutels = prepare(werkplaats, stad)
        omgeving = {"BERICHTEN_DATABASE_URL": url, "BERICHTEN_VAR": str(var), "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat()}
        with running_dienst(omgeving, map_ / "dienst.log") as dienst:
            yield dienst, sleutels


def test_whoever_asks_while_the_database_hangs_is_told_so_and_served_afterwards(tmp_path: Path, vertel: Vertel) -> None:
    stad = maak_stad(clienten=4, maanden=1, seed=3, tot=MEI)
    bericht = stad.berichten[0]
    with dienst_beside_its_server(tmp_path, stad) as (dienst, sleutels):
        with dienst.client(sleutels[bericht.afzender]) as client, ThreadPoolExecutor(TEGELIJK) as vragers:

            def ask(pad: str) -> tuple[httpx.Response, float]:
                begin = time.monotonic()
                antwoord = post(client, bericht.inhoud) if pad == "POST" else client.get(pad)
                return antwoord, time.monotonic() - begin

            list(vragers.map(ask, ["/berichten"] * TEGELIJK))
            with frozen(tmp_path / "var" / "postgres" / "data"):
                gezond = ask("/gezondheid")
                gereed = ask("/gereed")
                rest = list(vragers.map(ask, islice(cycle(("/berichten", "POST", "/toewijzingen", "/gereed")), 2 * TEGELIJK)))
            assert gezond[0].status_code == 200
            for antwoord, _ in (gereed, *rest):
                check_told(antwoord)
            await_ready(dienst)
            assert await_outcome(client, ask("POST")[0].json()["berichtId"])["status"] in ("verwerkt", "afgekeurd")
        assert dienst.proces.poll() is None
    duur = sorted(seconden for _, seconden in rest)
    vertel(f"\ndatabase bevroren: {len(rest)} x 503, langste {duur[-1]:.1f} s, /gereed {gereed[1]:.1f} s")


def check_told(antwoord: httpx.Response) -> None:
    assert (antwoord.status_code, antwoord.headers["content-type"]) == (503, "application/problem+json")
    assert int(antwoord.headers["retry-after"]) > 0
    assert "opnieuw" in antwoord.json()["detail"]


@pytest.mark.soak
def test_every_answer_comes_within_five_seconds(tmp_path: Path) -> None:
    """The bound that the service states (docs/beheer.md), measured where nothing else runs."""
    stad = maak_stad(clienten=4, maanden=1, seed=3, tot=MEI)
    with dienst_beside_its_server(tmp_path, stad) as (dienst, sleutels), dienst.client(sleutels["beheer"]) as client:
        client.timeout = httpx.Timeout(5)
        with ThreadPoolExecutor(TEGELIJK) as vragers, frozen(tmp_path / "var" / "postgres" / "data"):
            for antwoord in vragers.map(client.get, ["/berichten"] * 5 * TEGELIJK):
                check_told(antwoord)
            client.timeout = httpx.Timeout(2)
            check_told(client.get("/gereed"))
