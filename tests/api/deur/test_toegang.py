"""Keys at the door: expired ones, guesses, what the log tells of who was refused, and what the list shows."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from api.deur.pogingen import MEESTE_ADRESSEN, VENSTER, Pogingen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import NieuweSleutel, load_personen, make_sleutel
from tests.api.conftest import Loket
from tests.api.gevallen import STAD, find_bsn, find_declaratie
from tests.conftest import VANDAAG
from tests.hulp.bouwstenen import GEMEENTE
from tests.hulp.eigenaar import as_owner
from tests.hulp.sleutels import find_sleutelhouder

DECLARATIE = find_declaratie(STAD)


def make(loket: Loket, rol: str = "financien", **wat: Any) -> str:
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        nu = loket.werkplaats.instellingen.nu()
        return make_sleutel(verbinding, GEMEENTE, rol, None, nu, nieuw=NieuweSleutel(**wat))


def refusals(loket: Loket) -> list[dict[str, Any]]:
    regels = [json.loads(regel) for regel in loket.dienst.logboek.read_text().splitlines() if regel.startswith("{")]
    return [regel for regel in regels if regel.get("event") == "geweigerd"]


def test_a_key_works_on_its_last_day_and_not_the_day_after(loket: Loket) -> None:
    vandaag, gisteren = make(loket, geldig_tot=VANDAAG), make(loket, geldig_tot=VANDAAG - timedelta(days=1))
    with loket.dienst.client(vandaag) as client:
        assert client.get("/regels").status_code == 200
    with loket.dienst.client(gisteren) as client:
        antwoord = client.get("/regels")
    assert antwoord.status_code == 401
    assert "verlopen" in antwoord.json()["detail"]
    assert "nieuwe" in antwoord.json()["detail"]
    # Who does not have the secret is not told that there is such a key.
    with loket.dienst.client(f"{gisteren.rpartition('.')[0]}.geraden") as client:
        assert "niet bekend" in client.get("/regels").json()["detail"]


def test_when_a_key_was_last_used_is_written_once_an_hour(loket: Loket) -> None:
    sleutel, nu = make(loket), loket.werkplaats.instellingen.nu()
    geschreven, wacht = [], []
    for verder in (0, 59, 61, 119, 122):
        with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            find_sleutelhouder(verbinding, sleutel, nu + timedelta(minutes=verder))
            vraag = text("SELECT laatst_gebruikt_op FROM api_sleutel WHERE sleutel_id = :id")
            geschreven.append(verbinding.execute(vraag, {"id": sleutel.split(".")[1]}).scalar_one())
            wacht.append(verbinding.execute(text("SHOW synchronous_commit")).scalar_one() != "off")
    assert [moment - nu for moment in geschreven] == [timedelta(minutes=minuten) for minuten in (0, 0, 61, 61, 122)]
    # Nobody at the door waits until it is on a disk.
    assert wacht == [False, True, False, True, False]


def test_two_keys_of_one_owner_are_one_person(loket: Loket) -> None:
    sleutels = [make(loket, eigenaar=naam) for naam in ("Ans de Wit", " ans  de WIT ", "Bo de Wit", "", "")]
    ids = [sleutel.split(".")[1] for sleutel in sleutels]
    with loket.werkplaats.opslag.transaction() as verbinding:
        wie = load_personen(verbinding, GEMEENTE, [*ids, "persoon:Ans de Wit"])
    assert wie[ids[0]] == wie[ids[1]] == wie["persoon:Ans de Wit"]
    assert len({wie[item] for item in ids[1:]}) == 4


def test_the_owner_of_a_key_never_changes(loket: Loket) -> None:
    sleutel = make(loket, eigenaar="Ans de Wit").split(".")[1]
    with pytest.raises(DatabaseError, match="eigenaar"), as_owner(loket.werkplaats) as verbinding:
        verbinding.execute(text("UPDATE api_sleutel SET eigenaar = 'Bo' WHERE sleutel_id = :id"), {"id": sleutel})


def test_whoever_is_refused_stands_in_the_log_without_what_was_sent(loket: Loket) -> None:
    wie, bsn = DECLARATIE.afzender, find_bsn(DECLARATIE.inhoud.decode())
    vooraf = len(refusals(loket))
    with loket.client(wie) as client, loket.dienst.client() as niemand, loket.dienst.client("0484.000000000000.raden") as raadt:
        assert niemand.get(f"/berichten/{bsn}").status_code == 401
        assert raadt.post("/berichten", content=DECLARATIE.inhoud).status_code == 401
        assert client.get("/financien/betaalruns").status_code == 403
        assert client.get(f"/berichten/{bsn}").status_code == 400
        kapot = DECLARATIE.inhoud.replace(bsn.encode(), b"123")
        assert client.post("/berichten", content=kapot, headers={"Content-Type": "application/xml"}).status_code == 400
        assert client.get("/toewijzingen").status_code == 200
    nieuw = refusals(loket)[vooraf:]
    kort = [(regel["status"], regel["methode"], regel["route"], regel["reden"], regel.get("agb")) for regel in nieuw]
    assert kort == [
        (401, "GET", "/berichten/{berichtId}", "geen_sleutel", None),
        (401, "POST", "/berichten", "onbekende_sleutel", None),
        (403, "GET", "/financien/betaalruns", "rol", wie),
        (400, "GET", "/berichten/{berichtId}", "waarden", wie),
        (400, "POST", "/berichten", "inhoud", wie),
    ]
    log = loket.dienst.logboek.read_text()
    assert bsn not in log
    assert all(sleutel.rpartition(".")[2] not in log for sleutel in loket.sleutels.values())


def test_who_guesses_has_to_wait_and_a_known_colleague_does_not() -> None:
    pogingen = Pogingen(3)
    pogingen.note_right("adres", "goed")
    for _ in range(3):
        assert pogingen.wait_seconds("adres", "raden", 10.0) == 0
        pogingen.note_wrong("adres", 10.0)
    assert pogingen.wait_seconds("adres", "raden", 10.5) == VENSTER
    assert pogingen.wait_seconds("adres", "goed", 10.5) == 0
    assert pogingen.wait_seconds("elders", "goed", 10.5) == 0
    assert pogingen.wait_seconds("adres", "raden", 10.0 + VENSTER) == 0


def test_addresses_without_number_take_no_memory_without_bound() -> None:
    pogingen = Pogingen(1)
    for nummer in range(MEESTE_ADRESSEN + 500):
        pogingen.note_wrong(str(nummer), 0.0)
        pogingen.note_right(str(nummer), "sleutel")
    assert len(pogingen._fouten) == len(pogingen._bekend) == MEESTE_ADRESSEN


def test_too_many_wrong_keys_are_told_when_to_come_back(loket: Loket) -> None:
    with loket.client("financien") as bekend:
        assert bekend.get("/regels").status_code == 200
        antwoord = guess(loket)
        assert bekend.get("/regels").status_code == 200
    assert int(antwoord.headers["Retry-After"]) <= VENSTER
    assert antwoord.headers["Content-Type"] == "application/problem+json"
    assert "Wacht" in antwoord.json()["detail"]
    assert refusals(loket)[-1]["reden"] == "te_veel_sleutels"


def guess(loket: Loket) -> httpx.Response:
    """Try wrong keys until the door says to wait."""
    with loket.dienst.client("0484.000000000000.raden") as client:
        for _ in range(2 * loket.werkplaats.instellingen.sleutel_pogingen + 1):
            antwoord = client.get("/regels")
            if antwoord.status_code != 401:
                break
    assert antwoord.status_code == 429
    return antwoord


def command(loket: Loket, *woorden: str) -> subprocess.CompletedProcess[str]:
    instellingen = loket.werkplaats.instellingen
    eigen = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("BERICHTEN_")}
    omgeving = {
        "BERICHTEN_DATABASE_URL": instellingen.database_url, "BERICHTEN_VAR": str(instellingen.var),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(), "COLUMNS": "40",
    }  # fmt: skip
    opdracht = [sys.executable, "-m", "berichten.cli", "sleutel", *woorden]
    return subprocess.run(opdracht, env={**eigen, **omgeving}, capture_output=True, text=True, check=False)


def test_the_list_shows_what_withdrawing_asks_also_in_a_pipe(loket: Loket) -> None:
    naam = "Een naam die veel langer is dan een smal scherm van veertig tekens breed"
    gemaakt = command(
        loket, "maak", "--rol", "financien", "--gemeente", GEMEENTE, "--naam", naam, "--eigenaar", "Ans de Wit", "--geldig-tot",
        (VANDAAG + timedelta(days=30)).isoformat(),
    )  # fmt: skip
    sleutel_id = gemaakt.stdout.strip().split(".")[1]
    (regel,) = [item for item in command(loket, "lijst").stdout.splitlines() if naam in item]
    assert regel.split()[0] == sleutel_id
    assert "Ans de Wit" in regel
    assert "verloopt over 30 dagen" in regel
    assert command(loket, "intrek", regel.split()[0]).returncode == 0
    (regel,) = [item for item in command(loket, "lijst").stdout.splitlines() if naam in item]
    assert "ingetrokken" in regel
    weer = command(loket, "intrek", sleutel_id)
    assert weer.returncode == 2
    assert "berichten sleutel lijst" in weer.stderr.replace("\n", " ")
