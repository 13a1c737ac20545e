"""Which processes there are: workers beside the service, that die and come back, end with it, and may run by themselves."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.wacht.hartslagen import list_hartslagen
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.processen.bewaking.bekijk_werkers import WERKER
from tests.api.conftest import Loket
from tests.api.dienst import GEDULD, Dienst, await_outcome, post, prepare, running_dienst, start_dienst
from tests.api.gevallen import STAD, find_declaratie
from tests.conftest import VANDAAG, own_environment

_DECLARATIE = find_declaratie(STAD)


def wait_for(is_so: Callable[[], object]) -> None:
    uiterlijk = time.monotonic() + GEDULD
    while not is_so():
        assert time.monotonic() < uiterlijk, "it did not come to pass"
        time.sleep(0.05)


def children_of(pid: int, module: str) -> list[int]:
    """Processes that this one started as `python -m module`."""
    # Each thread has its own: those that came in the place of others are of the one that watches.
    kinderen = [int(kind) for lijst in Path(f"/proc/{pid}/task").glob("*/children") for kind in lijst.read_text().split()]
    return [kind for kind in kinderen if module.encode() in _read_command(kind)]


def _read_command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


def is_alive(pid: int) -> bool:
    """Whether it runs; one that waits to be buried does not."""
    return _read_command(pid) != b""


def handle_one(dienst: Dienst, sleutel: str, nummer: int) -> str:
    with dienst.client(sleutel) as client:
        antwoord = post(client, _DECLARATIE.inhoud + b"\n" * nummer)
        assert antwoord.status_code == 202
        return str(await_outcome(client, antwoord.json()["berichtId"])["status"])


@pytest.fixture
def huis(instellingen: Instellingen) -> tuple[Instellingen, dict[str, str], dict[str, str]]:
    """Settings, the same as environment, and everybody's keys."""
    with open_werkplaats(instellingen) as werkplaats:
        sleutels = prepare(werkplaats, STAD)
    omgeving = {
        "BERICHTEN_DATABASE_URL": instellingen.database_url,
        "BERICHTEN_VAR": str(instellingen.var),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
        "BERICHTEN_VEEG_SECONDEN": "0.5",
    }
    return instellingen, omgeving, sleutels


Huis = tuple[Instellingen, dict[str, str], dict[str, str]]


def count_workers(werkplaats: Werkplaats) -> int:
    with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
        return len(list_hartslagen(verbinding, WERKER))


def replace_all(pid: int, module: str, hoeveel: int) -> None:
    """Kill these children of a service, and wait until it has as many others."""
    oud = children_of(pid, module)
    assert len(oud) == hoeveel
    for kind in oud:
        os.kill(kind, signal.SIGKILL)
    wait_for(lambda: len(set(children_of(pid, module)) - set(oud)) == hoeveel)


def test_who_dies_is_replaced_and_what_waits_is_handled(huis: Huis, tmp_path: Path) -> None:
    _, omgeving, sleutels = huis
    logboek = tmp_path / "dienst.log"
    with running_dienst({**omgeving, "BERICHTEN_API_PROCESSEN": "2", "BERICHTEN_WERKER_PROCESSEN": "2"}, logboek) as dienst:
        pid = dienst.proces.pid
        assert handle_one(dienst, sleutels[_DECLARATIE.afzender], 1) in ("verwerkt", "ter_beoordeling")
        for module, hoeveel in (("workers.onderdeel", 2), ("api.proces", 1)):
            replace_all(pid, module, hoeveel)
        for nummer in range(2, 6):
            handle_one(dienst, sleutels[_DECLARATIE.afzender], nummer)
        kinderen = [*children_of(pid, "workers.onderdeel"), *children_of(pid, "api.proces")]
        # Who answers goes before who handles.
        eigen = os.getpriority(os.PRIO_PROCESS, pid)
        assert [os.getpriority(os.PRIO_PROCESS, kind) > eigen for kind in kinderen] == [True, True, False]
    assert logboek.read_text().count('"event": "onderdeel_gestopt"') == 3
    assert not any(map(is_alive, kinderen))
    assert dienst.proces.returncode == 0


def test_children_end_with_a_parent_that_is_killed(huis: Huis, tmp_path: Path) -> None:
    instellingen, omgeving, _ = huis
    dienst = start_dienst({**omgeving, "BERICHTEN_API_PROCESSEN": "2"}, tmp_path / "dienst.log")
    kinderen = [kind for module in ("workers.onderdeel", "api.proces") for kind in children_of(dienst.proces.pid, module)]
    with open_werkplaats(instellingen) as werkplaats:
        wait_for(lambda: count_workers(werkplaats) == 1)
        dienst.kill()
        wait_for(lambda: not any(map(is_alive, kinderen)))
        # They ended in the ordinary way: nobody is missed.
        assert count_workers(werkplaats) == 0
    assert len(kinderen) == 2


def test_parts_run_by_themselves(huis: Huis, tmp_path: Path) -> None:
    instellingen, omgeving, sleutels = huis
    logboek = tmp_path / "dienst.log"
    with running_dienst({**omgeving}, logboek, opties=("--zonder-werkers",)) as dienst:
        assert children_of(dienst.proces.pid, "workers.onderdeel") == []
        with dienst.client(sleutels[_DECLARATIE.afzender]) as client:
            bericht = post(client, _DECLARATIE.inhoud).json()["berichtId"]
            assert client.get(f"/berichten/{bericht}").json()["status"] == "ontvangen"
            los = [
                subprocess.Popen([sys.executable, "-m", "berichten.cli", naam], env={**own_environment(), **omgeving}, stderr=log)
                for naam in ("werker", "planner")
                for log in [(tmp_path / f"{naam}.log").open("ab")]
            ]
            assert await_outcome(client, bericht)["status"] in ("verwerkt", "ter_beoordeling")
            wait_for(lambda: "planner_leidt" in (tmp_path / "planner.log").read_text())
            for proces in los:
                proces.terminate()
            assert [proces.wait(GEDULD) for proces in los] == [0, 0]
    with open_werkplaats(instellingen) as werkplaats:
        assert count_workers(werkplaats) == 0


def test_too_much_that_waits_is_said_at_the_door(huis: Huis, tmp_path: Path) -> None:
    instellingen, omgeving, sleutels = huis
    with (
        open_werkplaats(instellingen) as werkplaats,
        running_dienst(
            {**omgeving, "BERICHTEN_WACHTRIJ_MEEST": "4"}, tmp_path / "dienst.log", opties=("--zonder-werkers",)
        ) as dienst,
    ):
        vol = Loket(dienst, werkplaats, sleutels)
        with vol.client(_DECLARATIE.afzender) as client:
            antwoord = post(client, _DECLARATIE.inhoud)
            nummer = 0
            while antwoord.status_code == 202:
                # What waits is counted once a second: two are in before it shows, or three.
                nummer += 1
                time.sleep(0.55)
                antwoord = post(client, _DECLARATIE.inhoud + b"\n" * nummer)
        assert nummer >= 2
        assert antwoord.status_code == 429
        assert antwoord.headers["Retry-After"] == "30"
        assert "bewaard" in antwoord.json()["detail"]
        # Half of the room is for others.
        with vol.client("0484") as gemeente:
            jw301 = next(item for item in STAD.berichten if item.soort == "JW301" and item.fout is None)
            assert post(gemeente, jw301.inhoud).status_code == 202
