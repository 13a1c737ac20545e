"""Large messages go another way and come out the same; a process that dies costs nobody more than an answer."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields

import pytest

from berichten.kern.houder import Sleutelhouder
from berichten.opslag.basis.verbinding import Logins
from berichten.processen.basis.zijproces import (
    GROOT,
    Zijproces,
    ZijprocesDruk,
    ZijprocesFout,
    ZijprocesZonderDatabase,
    ZijprocesZwaar,
    worked,
)
from berichten.voorbeelden.model.model import GEMEENTE
from tests.api.conftest import Loket
from tests.api.deur.test_slechte_invoer import check_health, check_problem
from tests.api.dienst import await_outcome, post
from tests.api.gevallen import STAD, find_declaratie
from tests.hulp.bouw import bouw

_DECLARATIE = find_declaratie(STAD)
_RUIMTE = b"\n" * GROOT


def grow(inhoud: bytes) -> bytes:
    """The same message, large: line breaks between elements mean nothing."""
    return inhoud.replace(b"</jw323:Header>", b"</jw323:Header>" + _RUIMTE)


@pytest.fixture(scope="module")
def zij(loket: Loket) -> Iterator[Zijproces]:
    werkplaats = loket.werkplaats
    proces = Zijproces(werkplaats.instellingen, werkplaats.opslag.logins)
    yield proces
    proces.stop()


def test_a_large_message_gets_the_same_outcome_as_a_small_one(loket: Loket) -> None:
    with loket.client(_DECLARATIE.afzender) as client:
        proeven = [
            client.post("/proefberichten", content=inhoud, headers={"Content-Type": "application/xml"}).json()
            for inhoud in (_DECLARATIE.inhoud, grow(_DECLARATIE.inhoud))
        ]
        for proef in proeven:
            for lijst in (proef["fouten"], proef["bevindingen"]):
                for item in lijst:
                    item.pop("regelnummer")
        assert proeven[0]["prestaties"] == proeven[1]["prestaties"] != []
        assert proeven[0] | {"antwoord": ""} == proeven[1] | {"antwoord": ""}
        antwoord = post(client, grow(_DECLARATIE.inhoud))
        assert antwoord.status_code == 202
        bericht = await_outcome(client, antwoord.json()["berichtId"])
    assert bericht["ingediendBedrag"] == proeven[0]["ingediendBedrag"]
    assert bericht["aantalRegels"] == len(proeven[0]["prestaties"])


def test_a_large_message_with_faults_names_them(loket: Loket) -> None:
    kapot = grow(_DECLARATIE.inhoud).replace(b"<jw323:Eenheid>", b"<jw323:Eenheid>x")
    with loket.client(_DECLARATIE.afzender) as client:
        check_problem(post(client, kapot), 400, ("Eenheid",))


def test_every_kind_of_message_passes_without_its_lines(loket: Loket, zij: Zijproces) -> None:
    for soort in ("JW301", "JW303", "JW305", "JW307", "JW323"):
        gelezen = zij.run("toelaten", bouw(soort), seconden=30)
        assert gelezen.soort.naam == soort
        assert gelezen.header.afzender


def test_a_process_that_dies_is_replaced(loket: Loket, zij: Zijproces) -> None:
    inhoud = _DECLARATIE.inhoud
    assert zij.run("toelaten", inhoud, seconden=30).soort.naam == "JW323"
    assert zij._proces is not None
    os.kill(zij._proces.pid, signal.SIGKILL)
    zij._proces.wait()
    assert zij.run("toelaten", inhoud, seconden=30).soort.naam == "JW323"


def test_what_takes_too_long_is_ended(loket: Loket, zij: Zijproces) -> None:
    with pytest.raises(ZijprocesZwaar):
        zij.run("toelaten", _DECLARATIE.inhoud.replace(b"</jw323:Header>", b"</jw323:Header>" + b"\n" * 9_000_000), seconden=0)
    assert zij.run("toelaten", _DECLARATIE.inhoud, seconden=30).soort.naam == "JW323"


def test_processor_time_of_another_process_is_read_as_it_tells_itself(loket: Loket) -> None:
    begin, zelf = worked(os.getpid()), time.process_time()
    while time.process_time() - zelf < 0.3:
        pass
    assert 0.2 < worked(os.getpid()) - begin < 3


def test_who_did_not_get_a_processor_is_busy_and_not_too_heavy(loket: Loket, zij: Zijproces) -> None:
    inhoud = _DECLARATIE.inhoud
    assert zij.run("toelaten", inhoud, seconden=30).soort.naam == "JW323"
    assert zij._proces is not None
    os.kill(zij._proces.pid, signal.SIGSTOP)
    with pytest.raises(ZijprocesDruk):
        zij.run("toelaten", inhoud, seconden=0.2)
    assert zij.run("toelaten", inhoud, seconden=30).soort.naam == "JW323"


def test_a_database_that_is_away_is_not_the_fault_of_the_message(loket: Loket) -> None:
    nergens = Logins(**{veld.name: "postgresql+psycopg://niemand@127.0.0.1:9/nergens" for veld in fields(Logins)})
    proces = Zijproces(loket.werkplaats.instellingen, nergens)
    houder = Sleutelhouder(GEMEENTE, "proef", "aanbieder", _DECLARATIE.afzender)
    try:
        with pytest.raises(ZijprocesZonderDatabase):
            proces.run("proef", _DECLARATIE.inhoud, houder, seconden=60)
    finally:
        proces.stop()


def test_a_failure_of_a_task_comes_back_by_its_name_only(loket: Loket, zij: Zijproces) -> None:
    with pytest.raises(ZijprocesFout, match=r"^TypeError$"):
        zij.run("toelaten", 5, seconden=30)


def test_the_service_takes_large_messages_after_its_processes_were_killed(loket: Loket) -> None:
    with loket.client(GEMEENTE) as client:
        jw301 = next(item for item in STAD.berichten if item.soort == "JW301" and item.fout is None)
        groot = jw301.inhoud.replace(b"</jw301:Header>", b"</jw301:Header>" + _RUIMTE)
        for kind in children_of(loket.dienst.proces.pid):
            os.kill(kind, signal.SIGKILL)
        for nummer in range(3):
            antwoord = post(client, groot + b"\n" * nummer)
            assert antwoord.status_code == 202
            await_outcome(client, antwoord.json()["berichtId"])
    check_health(loket)


def children_of(pid: int) -> list[int]:
    """Processes beside the service; its own database is not among them here."""
    with open(f"/proc/{pid}/task/{pid}/children") as bestand:
        kinderen = [int(kind) for kind in bestand.read().split()]
    return [kind for kind in kinderen if b"zijproces" in open(f"/proc/{kind}/cmdline", "rb").read()]


def test_the_process_for_large_messages_loads_nothing_that_it_has_no_use_for() -> None:
    vraag = (
        "import sys, berichten.processen.berichten.zijproces_taken;"
        " print([naam for naam in ('alembic', 'mako', 'rich', 'pygments', 'fastapi', 'typer') if naam in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", vraag], capture_output=True, text=True, check=True).stdout.strip() == "[]"
