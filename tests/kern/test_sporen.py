"""What a collector of traces gets: how long each step took, and of nobody whose care it was. Without one nothing is loaded."""

import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from fastapi.testclient import TestClient
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from api.app import create_app
from berichten import sporen
from berichten.fouten import Bedieningsfout
from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.sporen import step, tracing
from tests.api.dienst import prepare
from tests.api.gevallen import STAD, find_declaratie
from workers.onderdeel import WERKER, working


class Vanger(BaseHTTPRequestHandler):
    """A collector that keeps what it gets."""

    gekregen: list[bytes]

    def do_POST(self) -> None:
        self.gekregen.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def vanger() -> Iterator[tuple[str, list[bytes]]]:
    gekregen: list[bytes] = []
    soort = type("Vanger", (Vanger,), {"gekregen": gekregen})
    with HTTPServer(("127.0.0.1", 0), soort) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", gekregen
        server.shutdown()


def list_steps(gekregen: list[bytes]) -> list[tuple[str, dict[str, object]]]:
    """Every step with what was told of it, and the status where it failed."""
    stappen = []
    for stuk in gekregen:
        for bron in ExportTraceServiceRequest.FromString(stuk).resource_spans:
            for span in (item for deel in bron.scope_spans for item in deel.spans):
                kenmerken = {item.key: item.value.string_value or item.value.int_value for item in span.attributes}
                assert not span.events
                stappen.append((span.name, {**kenmerken, **({"fout": span.status.message} if span.status.message else {})}))
    return stappen


def test_a_message_is_followed_without_a_word_of_whose_it_is(instellingen: Instellingen, vanger: tuple[str, list[bytes]]) -> None:
    url, gekregen = vanger
    met = instellingen.model_copy(update={"sporen_url": url})
    bericht = find_declaratie(STAD)
    with open_werkplaats(met) as werkplaats:
        sleutel = prepare(werkplaats, STAD)[bericht.afzender]
        with TestClient(create_app(met, werkplaats)) as client:
            koppen = {"Authorization": f"Bearer {sleutel}", "Content-Type": "application/xml"}
            ontvangen = client.post("/v1/berichten", content=bericht.inhoud, headers=koppen)
            assert ontvangen.status_code == 202
            bericht_id = ontvangen.json()["berichtId"]
            client.get(f"/v1/berichten/{bericht_id}", headers=koppen)
            client.get("/v1/berichten?eigenKenmerk=999999990", headers=koppen)
        with working(werkplaats, (WERKER,)):
            handle_all(werkplaats)
    stappen = list_steps(gekregen)
    namen = {naam for naam, _ in stappen}
    assert namen >= {"POST /berichten", "GET /berichten/{berichtId}", "transactie", "verwerken"}
    assert {kenmerk for _, kenmerken in stappen for kenmerk in kenmerken} <= {
        "http.route", "http.response.status_code", "login", "stromen", "berichten", "mislukt",
    }  # fmt: skip
    alles = b"".join(gekregen)
    for woord in (bericht_id, bericht.afzender, "999999990", sleutel):
        assert woord.encode() not in alles


def handle_all(werkplaats: Werkplaats) -> None:
    for _ in range(600):
        with werkplaats.opslag.transaction(Login.BOEKER) as verbinding:
            if not verbinding.exec_driver_sql("SELECT count(*) FROM bericht WHERE status = 'ontvangen'").scalar_one():
                return
            verbinding.exec_driver_sql("SELECT pg_sleep(0.1)")
    raise AssertionError("it was not handled")


def test_a_failure_is_told_by_its_type(vanger: tuple[str, list[bytes]], instellingen: Instellingen) -> None:
    url, gekregen = vanger
    met = instellingen.model_copy(update={"sporen_url": url})
    with tracing(met, "proef"), pytest.raises(ValueError, match="999999990"), step("mis"):
        raise ValueError("bsn 999999990")
    assert list_steps(gekregen) == [("mis", {"fout": "ValueError"})]
    assert b"999999990" not in b"".join(gekregen)
    with step("niemand luistert") as stap:
        stap.set_attribute("n", 1)
    assert len(gekregen) == 1


def test_without_a_collector_nothing_is_loaded_and_one_that_cannot_be_is_told(
    instellingen: Instellingen, monkeypatch: pytest.MonkeyPatch
) -> None:
    vraag = "import sys, api.app, workers.onderdeel; print('berichten.spoorlijn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", vraag], capture_output=True, text=True, check=True).stdout.strip() == "False"

    def refuse(naam: str) -> None:
        raise ImportError(naam)

    monkeypatch.setattr(sporen, "import_module", refuse)
    with pytest.raises(Bedieningsfout, match=r"requirements-sporen\.txt"), tracing(Instellingen(sporen_url="http://x"), "proef"):
        pass
