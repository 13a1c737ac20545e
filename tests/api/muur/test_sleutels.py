"""Keys that do not work: wrong, expired, withdrawn, borrowed. Each is refused, in the log, and as slow as any other."""

import json
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import NieuweSleutel, make_sleutel, revoke_sleutel
from tests.api.conftest import Loket
from tests.api.gevallen import STAD, find_declaratie
from tests.conftest import VANDAAG, Vertel
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.sleutels import find_sleutelhouder

POGINGEN = 10_000


@pytest.fixture(scope="module")
def sleutels(loket: Loket) -> dict[str, str]:
    """One that works, and one of every kind that does not."""
    nu = loket.werkplaats.instellingen.nu()
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        goed = make_sleutel(verbinding, GEMEENTE, "financien", None, nu)
        verlopen = make_sleutel(
            verbinding, GEMEENTE, "financien", None, nu, nieuw=NieuweSleutel(geldig_tot=VANDAAG - timedelta(days=1))
        )
        ingetrokken = make_sleutel(verbinding, GEMEENTE, "financien", None, nu)
        assert revoke_sleutel(verbinding, ingetrokken.split(".")[1], nu)
    gemeente, nummer, geheim = goed.split(".", 2)
    return {
        "goed": goed,
        "verkeerd": f"{gemeente}.{nummer}.{'x' * len(geheim)}",
        "bijna goed": f"{gemeente}.{nummer}.{geheim[:-1]}{'A' if geheim[-1] != 'A' else 'B'}",
        "onbekend": f"{gemeente}.000000000000.{geheim}",
        "verlopen": verlopen,
        "ingetrokken": ingetrokken,
        "geleend van een ander nummer": f"{gemeente}.{nummer}.{ingetrokken.split('.', 2)[2]}",
        "geleend door een andere gemeente": f"0518.{nummer}.{geheim}",
    }


def log_of(loket: Loket) -> list[dict[str, Any]]:
    regels = (json.loads(regel) for regel in loket.dienst.logboek.read_text().splitlines() if regel.startswith("{"))
    return [regel for regel in regels if regel.get("event") == "geweigerd"]


def test_each_is_refused_and_logged(loket: Loket, sleutels: dict[str, str]) -> None:
    for naam, sleutel in sleutels.items():
        vooraf = len(log_of(loket))
        with loket.dienst.client(sleutel) as client:
            antwoord = client.get("/regels")
        if naam == "goed":
            assert antwoord.status_code == 200
            continue
        assert antwoord.status_code == 401, naam
        (regel,) = log_of(loket)[vooraf:]
        assert regel["reden"] == ("verlopen_sleutel" if naam == "verlopen" else "onbekende_sleutel"), naam
        assert sleutel.split(".", 2)[2] not in json.dumps(regel)


def test_a_borrowed_key_sends_nothing_in_anothers_name(loket: Loket) -> None:
    declaratie = find_declaratie(STAD)
    ander = next(item.agb for item in STAD.aanbieders if item.agb != declaratie.afzender)
    vooraf = len(log_of(loket))
    with loket.client(ander) as client:
        antwoord = client.post("/berichten", content=declaratie.inhoud, headers={"Content-Type": "application/xml"})
        namens = client.get("/berichten", headers={"Namens": declaratie.afzender})
    assert (antwoord.status_code, namens.status_code) == (403, 403)
    assert [regel["agb"] for regel in log_of(loket)[vooraf:]] == [ander, ander]


def test_how_long_each_takes_is_told(loket: Loket, sleutels: dict[str, str], vertel: Vertel) -> None:
    """Told and not judged: what a machine does beside it weighs more than what a comparison takes."""
    tijden: dict[str, list[int]] = {naam: [] for naam in ("verkeerd", "bijna goed", "onbekend", "ingetrokken")}
    nu = loket.werkplaats.instellingen.nu()
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        for naam in turns(list(tijden)):
            begin = time.perf_counter_ns()
            find_sleutelhouder(verbinding, sleutels[naam], nu)
            tijden[naam].append(time.perf_counter_ns() - begin)
    midden = {naam: statistics.median(reeks) / 1000 for naam, reeks in tijden.items()}
    vertel(f"{POGINGEN} keys, median in µs: " + ", ".join(f"{naam} {micro:.0f}" for naam, micro in midden.items()))
    assert sum(map(len, tijden.values())) == POGINGEN


def turns(namen: list[str]) -> Iterator[str]:
    """Each in turn, so that what the machine does meanwhile falls on all of them alike."""
    yield from (namen[nummer % len(namen)] for nummer in range(POGINGEN))
