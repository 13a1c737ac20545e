"""The doorbell may be gone; the door stays open, and what came in is kept for whoever handles it later."""

import time
from pathlib import Path

import pytest

from berichten.instellingen import Instellingen
from berichten.processen.basis.werkplaats import open_werkplaats
from tests.api.dienst import GEDULD, free_port, post, prepare, running_dienst
from tests.api.gevallen import STAD, find_declaratie
from tests.conftest import VANDAAG


@pytest.mark.parametrize("soort", ["amqp", "redis"])
def test_a_message_is_taken_in_while_the_broker_is_away(instellingen: Instellingen, tmp_path: Path, soort: str) -> None:
    omgeving = {
        "BERICHTEN_DATABASE_URL": instellingen.database_url,
        "BERICHTEN_BROKER_URL": f"{soort}://127.0.0.1:{free_port()}",
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
        "BERICHTEN_VEEG_SECONDEN": "0.2",
    }
    bericht = find_declaratie(STAD)
    with open_werkplaats(instellingen) as werkplaats:
        sleutels = prepare(werkplaats, STAD)
    logboek = tmp_path / "dienst.log"
    with running_dienst(omgeving, logboek) as dienst, dienst.client(sleutels[bericht.afzender]) as client:
        eerste = post(client, bericht.inhoud)
        assert eerste.status_code == 202, logboek.read_text()
        assert post(client, bericht.inhoud).status_code == 200
        assert client.get(f"/berichten/{eerste.json()['berichtId']}").json()["status"] == "ontvangen"
        assert client.get("/gereed").status_code == 200
        # It is told by the thread that rings, and nobody waited for that.
        uiterlijk = time.monotonic() + GEDULD
        while "bel_onbereikbaar" not in logboek.read_text():
            assert time.monotonic() < uiterlijk
            time.sleep(0.05)
