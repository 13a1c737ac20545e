"""What is wrong is turned down in words that help, leaves nothing half done, and never stops the service."""

import gzip
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import create_engine, make_url, text

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import make_sleutel, revoke_sleutel
from berichten.standaard.schema.bestand import MAX_BYTES
from berichten.voorbeelden.model.model import GEMEENTE
from tests.api.conftest import Loket
from tests.api.dienst import GEDULD, await_outcome, post
from tests.api.gevallen import STAD, Geval, find_bsn, find_declaratie, list_slechte_bestanden, list_verkeerde_loketten
from tests.hulp.eigenaar import as_owner

TABELLEN = ("bericht", "bericht_inhoud", "bevinding", "antwoord", "declaratie", "prestatie", "journaal", "toewijzing", "levering")
DECLARATIE = find_declaratie(STAD)
BSN = re.compile(r"(?<![0-9])9999[0-9]{5}(?![0-9])")
"""Every BSN of the town is of this form, and nothing else in it is."""


@pytest.mark.parametrize("geval", tuple(list_slechte_bestanden(STAD)), ids=lambda geval: geval.naam)
def test_a_file_that_cannot_come_in_is_refused_with_every_fault(loket: Loket, geval: Geval) -> None:
    voor = count_rows(loket)
    with loket.client(geval.wie) as client:
        antwoord = post(client, geval.inhoud)
        probleem = check_problem(antwoord, geval.status, geval.woorden)
        poging = await_outcome(client, probleem["berichtId"])
        bewaard = client.get(f"/berichten/{probleem['berichtId']}/bevindingen?paginaGrootte=1000").json()["bevindingen"]
        assert client.get(f"/berichten/{probleem['berichtId']}/inhoud").content == geval.inhoud
        check_problem(client.get(f"/berichten/{probleem['berichtId']}/antwoord"), 404, ("geweigerd",))
    assert poging["status"] == "geweigerd"
    assert probleem["aantalFouten"] >= len(probleem["fouten"]) >= 1
    assert [(item["pad"], item["melding"], item["regelnummer"]) for item in bewaard] == [
        (item["pad"], item["melding"], item["regelnummer"]) for item in probleem["fouten"]
    ]
    assert count_rows(loket) == {
        **voor,
        "bericht": voor["bericht"] + 1,
        "bericht_inhoud": voor["bericht_inhoud"] + 1,
        "bevinding": voor["bevinding"] + len(bewaard),
    }
    check_health(loket)


@pytest.mark.parametrize("geval", tuple(list_verkeerde_loketten(STAD)), ids=lambda geval: geval.naam)
def test_a_request_at_the_wrong_door_leaves_nothing_behind(loket: Loket, geval: Geval) -> None:
    voor = count_rows(loket)
    kop = {"Content-Type": geval.soort} if geval.soort else {}
    with loket.client(geval.wie) if geval.wie else loket.dienst.client() as client:
        antwoord = client.request(geval.methode, geval.pad, content=geval.inhoud, headers=kop)
    check_problem(antwoord, geval.status, geval.woorden)
    assert (geval.status == 401) == ("WWW-Authenticate" in antwoord.headers)
    assert (geval.status == 405) == ("Allow" in antwoord.headers)
    assert count_rows(loket) == voor
    check_health(loket)


@pytest.mark.parametrize(
    "bewijs",
    ["Bearer onzin", "Bearer 0484.onbekend.geheim", "Bearer ..", "Bearer a.b.c.d", "Bearer é.ü.ÿ", "Basic YTpi", "Bearer", "onzin"],
)
def test_a_key_that_is_not_ours_opens_nothing(loket: Loket, bewijs: str) -> None:
    voor = count_rows(loket)
    kop = {b"Authorization": bewijs.encode("latin-1"), b"Content-Type": b"application/xml"}
    with loket.dienst.client() as client:
        for methode, pad in (("POST", "/berichten"), ("GET", "/berichten")):
            antwoord = client.request(methode, pad, content=DECLARATIE.inhoud, headers=kop)
            check_problem(antwoord, 401, ("gemeente", "sleutel"))
    assert count_rows(loket) == voor


def test_a_key_with_another_secret_and_a_withdrawn_key_open_nothing(loket: Loket) -> None:
    opslag, nu = loket.werkplaats.opslag, loket.werkplaats.instellingen.nu()
    with opslag.transaction(Login.PORTIER) as verbinding:
        sleutel = make_sleutel(verbinding, GEMEENTE, "aanbieder", DECLARATIE.afzender, nu)
    with loket.dienst.client(sleutel) as client:
        assert client.get("/berichten").status_code == 200
    with loket.dienst.client(sleutel[:-1] + ("A" if sleutel[-1] != "A" else "B")) as client:
        check_problem(client.get("/berichten"), 401, ("niet bekend", "nieuwe"))
    with opslag.transaction(Login.PORTIER) as verbinding:
        assert revoke_sleutel(verbinding, sleutel.split(".")[1], nu)
    with loket.dienst.client(sleutel) as client:
        check_problem(client.get("/berichten"), 401, ("ingetrokken", "nieuwe"))
        check_problem(post(client, DECLARATIE.inhoud), 401, ("ingetrokken", "nieuwe"))


def test_twenty_five_megabyte_is_read_and_one_byte_more_is_not(loket: Loket) -> None:
    with loket.client(DECLARATIE.afzender) as client:
        check_problem(post(client, b"x" * MAX_BYTES), 400, ("geen XML",))
        check_problem(post(client, b"x" * (MAX_BYTES + 1)), 413, ("25 MB",))
    check_health(loket)


def test_refused_bytes_are_refused_again_and_kept_once(loket: Loket) -> None:
    with loket.client(DECLARATIE.afzender) as client:
        eerste = check_problem(post(client, b"<Jw303Declaratie/>"), 400, ("Jw303Declaratie",))
        voor = count_rows(loket)
        tweede = check_problem(post(client, b"<Jw303Declaratie/>"), 400, ("Jw303Declaratie", "2 keer geweigerd"))
    assert eerste["berichtId"] == tweede["berichtId"]
    assert count_rows(loket) == voor


def test_a_packed_body_is_not_unpacked(loket: Loket) -> None:
    kop = {"Content-Type": "application/xml", "Content-Encoding": "gzip"}
    with loket.client(DECLARATIE.afzender) as client:
        antwoord = client.post("/berichten", content=gzip.compress(DECLARATIE.inhoud), headers=kop)
    check_problem(antwoord, 400, ("gzip", "Pak het eerst uit"))


def test_a_sender_who_hangs_up_halfway_leaves_nothing_behind(loket: Loket) -> None:
    voor = count_rows(loket)
    eerder = loket.dienst.logboek.read_text()
    kop = (
        f"POST /v1/berichten HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {loket.sleutels[DECLARATIE.afzender]}\r\n"
        f"Content-Type: application/xml\r\nContent-Length: {len(DECLARATIE.inhoud)}\r\n\r\n"
    )
    for deel in (b"", DECLARATIE.inhoud[:100], DECLARATIE.inhoud[:-1]):
        with socket.create_connection(("127.0.0.1", loket.dienst.port), timeout=10) as lijn:
            lijn.sendall(kop.encode() + deel)
    logboek = await_in_log(loket, "afgebroken_verzoek", eerder.count("afgebroken_verzoek") + 3)
    assert logboek.count("onverwachte_fout") == eerder.count("onverwachte_fout")
    assert count_rows(loket) == voor
    check_health(loket)


def test_bytes_that_are_no_http_are_turned_down(loket: Loket) -> None:
    with socket.create_connection(("127.0.0.1", loket.dienst.port), timeout=10) as lijn:
        lijn.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100))
        assert b" 400 " in lijn.recv(4096).split(b"\r\n", 1)[0]
    check_health(loket)


def test_a_fault_of_our_own_tells_nothing_of_the_inside(loket: Loket) -> None:
    with _renamed_table(loket), loket.client(DECLARATIE.afzender) as client:
        for antwoord in (client.get("/berichten"), post(client, DECLARATIE.inhoud)):
            check_problem(antwoord, 500, ("bij ons", "later opnieuw"))
            assert not re.search(r"bericht_weg|SELECT|INSERT|psycopg|Traceback", antwoord.text)
    check_health(loket)


def test_without_a_database_the_service_says_so_and_recovers(loket: Loket) -> None:
    with loket.client(DECLARATIE.afzender) as client:
        with _closed_database(loket):
            check_problem(client.get("/berichten"), 503, ("database", "opnieuw"))
            check_problem(post(client, DECLARATIE.inhoud), 503, ("database", "opnieuw"))
            check_problem(client.get("/gereed"), 503, ("database", "opnieuw"))
            assert client.get("/gezondheid").status_code == 200
        assert client.get("/gereed").status_code == 200
        assert client.get("/berichten").status_code == 200


def test_the_log_holds_no_bsn_and_no_contents(loket: Loket) -> None:
    inhoud = DECLARATIE.inhoud.decode()
    with loket.client(DECLARATIE.afzender) as client:
        check_problem(post(client, inhoud.replace(">DN", f">{find_bsn(inhoud)} DN").encode()), 400, ("DeclaratieNummer",))
        with _renamed_table(loket):
            check_problem(post(client, DECLARATIE.inhoud), 500, ("bij ons",))
    logboek = loket.dienst.logboek.read_text()
    assert "onverwachte_fout" in logboek
    assert not BSN.search(logboek)
    assert "<jw323" not in logboek
    assert "INSERT" not in logboek


def check_problem(antwoord: httpx.Response, status: int, woorden: tuple[str, ...]) -> dict:
    """RFC 9457 with our own fields, words that help, and nobody's BSN; returns the problem."""
    assert antwoord.status_code == status, antwoord.text
    assert antwoord.headers["Content-Type"] == "application/problem+json"
    assert antwoord.headers["API-Version"] == "1.0.0"
    probleem = antwoord.json()
    assert {"type", "title", "status", "detail", "fouten"} <= probleem.keys()
    assert probleem["status"] == status
    assert probleem["title"]
    assert probleem["detail"].endswith(".")
    for fout in probleem["fouten"]:
        assert set(fout) == {"pad", "regel", "melding", "regelnummer"}
        assert fout["melding"][-1] in ".?"
    teksten = " ".join([probleem["detail"], *(f"{fout['pad']} {fout['melding']}" for fout in probleem["fouten"])])
    assert [woord for woord in woorden if woord not in teksten] == [], teksten
    assert not BSN.search(antwoord.text)
    return probleem


def await_in_log(loket: Loket, woord: str, keer: int) -> str:
    """Wait until the log holds a word so many times; returns the log."""
    uiterlijk = time.monotonic() + GEDULD
    while (logboek := loket.dienst.logboek.read_text()).count(woord) < keer:
        assert time.monotonic() < uiterlijk, f"{woord} did not come {keer} times:\n{logboek}"
        time.sleep(0.02)
    return logboek


def check_health(loket: Loket) -> None:
    """The service is ready, and nothing waits that was not there before."""
    with loket.dienst.client() as client:
        assert client.get("/gereed").json()["status"] == "gereed"
    with loket.werkplaats.opslag.transaction() as verbinding:
        wachtend = verbinding.execute(text("SELECT count(*) FROM bericht WHERE status IN ('ontvangen', 'in_behandeling')"))
        assert wachtend.scalar_one() == 0


def count_rows(loket: Loket) -> dict[str, int]:
    """Rows of every table that a message may leave something in."""
    with loket.werkplaats.opslag.transaction() as verbinding:
        return {tabel: verbinding.execute(text(f"SELECT count(*) FROM {tabel}")).scalar_one() for tabel in TABELLEN}


@contextmanager
def _renamed_table(loket: Loket) -> Iterator[None]:
    """A database in which a table is missing, as after a migration that went wrong."""
    with as_owner(loket.werkplaats) as verbinding:
        verbinding.execute(text("ALTER TABLE bericht RENAME TO bericht_weg"))
    try:
        yield
    finally:
        with as_owner(loket.werkplaats) as verbinding:
            verbinding.execute(text("ALTER TABLE bericht_weg RENAME TO bericht"))


@contextmanager
def _closed_database(loket: Loket) -> Iterator[None]:
    """A database that lets nobody in and has thrown out who was in."""
    doel = make_url(loket.werkplaats.instellingen.database_url).set(drivername="postgresql+psycopg")
    naam = doel.database
    # Closing asks for a connection to another database of the same server; `template1` is always there.
    engine = create_engine(doel.set(database="template1"), isolation_level="AUTOCOMMIT")
    with engine.connect() as verbinding:
        verbinding.execute(text(f"ALTER DATABASE {naam} WITH ALLOW_CONNECTIONS false"))
        verbinding.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :n"), {"n": naam})
        try:
            yield
        finally:
            verbinding.execute(text(f"ALTER DATABASE {naam} WITH ALLOW_CONNECTIONS true"))
    engine.dispose()
