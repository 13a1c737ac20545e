"""A message that may come in: taken once, kept as it came, answered, and shown to those whom it concerns and nobody else."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any

import httpx
import pytest
from lxml import etree
from sqlalchemy import text

from berichten.kern.kalender import add_werkdagen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.berichten.berichten import lock_stroom
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.standaard.schema.schema import valideer_uitvoer
from berichten.standaard.waarden.soorten import OP_NAAM, OP_NAMESPACE
from berichten.voorbeelden.model.model import GEMEENTE, VoorbeeldBericht
from tests.api.conftest import Loket
from tests.api.deur.test_slechte_invoer import BSN, check_problem
from tests.api.dienst import KLAAR, await_outcome, post
from tests.api.gevallen import STAD, find_declaratie
from tests.conftest import VANDAAG

BEDRAGEN = {"ingediendBedrag", "toegekendBedrag", "afgewezenBedrag", "teBeoordelenBedrag"}
VELDEN = {
    *("berichtId", "soort", "richting", "afzender", "ontvanger", "identificatie", "dagtekening", "status", "ontvangenOp"),
    *("verwerktOp", "antwoordUiterlijkOp", "aantalRegels"),
} | BEDRAGEN
BEVINDING_VELDEN = {"regel", "retourcode", "gevolg", "niveau", "klasse", "pad", "melding", "gegevens", "bron"}
ANDER = next(item.agb for item in STAD.aanbieders if item.agb != find_declaratie(STAD).afzender)


@dataclass(frozen=True, slots=True)
class Verstuurd:
    """A message of the town, what was answered at the door, and what became of it."""

    bericht: VoorbeeldBericht
    ontvangst: httpx.Response
    staat: dict[str, Any]


@pytest.fixture(scope="module")
def verstuurd(loket: Loket) -> list[Verstuurd]:
    """The whole town, sent in its order; each message waits for the one before."""
    return [_send(loket, bericht) for bericht in STAD.berichten]


def _send(loket: Loket, bericht: VoorbeeldBericht) -> Verstuurd:
    with loket.client(bericht.afzender) as client:
        ontvangst = post(client, bericht.inhoud)
        return Verstuurd(bericht, ontvangst, await_outcome(client, ontvangst.json()["berichtId"]))


@pytest.fixture(scope="module")
def binnen(verstuurd: list[Verstuurd]) -> list[Verstuurd]:
    """Those that were let in."""
    return [item for item in verstuurd if item.staat["status"] != "geweigerd"]


def test_a_message_is_acknowledged_at_once(verstuurd: list[Verstuurd]) -> None:
    statussen = Counter(item.ontvangst.status_code for item in verstuurd)
    assert statussen == {202: len(verstuurd) - 1, 400: 1}
    for item in verstuurd:
        if item.ontvangst.status_code == 400:
            continue
        bericht, bevestigd = item.bericht, item.ontvangst.json()
        assert bevestigd.keys() >= VELDEN
        assert item.ontvangst.headers["Location"] == f"/v1/berichten/{bevestigd['berichtId']}"
        assert item.ontvangst.headers["API-Version"] == "1.0.0"
        assert (bevestigd["soort"], bevestigd["afzender"], bevestigd["richting"]) == (bericht.soort, bericht.afzender, "inkomend")
        assert f"Identificatie>{bevestigd['identificatie']}<".encode() in bericht.inhoud
        assert f"Dagtekening>{bevestigd['dagtekening']}<".encode() in bericht.inhoud
        assert bevestigd["status"] == "ontvangen"
        assert {bevestigd[naam] for naam in (*BEDRAGEN, "verwerktOp", "aantalRegels")} == {None}
        termijn = add_werkdagen(VANDAAG, 10 if bericht.soort == "JW323" else 3)
        assert bevestigd["antwoordUiterlijkOp"] == termijn.isoformat()


def test_every_message_comes_to_rest_with_amounts_that_add_up(binnen: list[Verstuurd]) -> None:
    assert {item.staat["status"] for item in binnen} <= set(KLAAR)
    assert {item.staat["status"] for item in binnen} >= {"verwerkt", "afgekeurd"}
    for item in binnen:
        staat = item.staat
        assert staat["verwerktOp"] >= staat["ontvangenOp"]
        assert staat["aantalRegels"] >= 1
        if staat["soort"] == "JW323":
            assert staat["aantalRegels"] == item.bericht.inhoud.count(b"<jw323:Prestatie>")
            assert staat["ingediendBedrag"] == sum(
                staat[naam] for naam in ("toegekendBedrag", "afgewezenBedrag", "teBeoordelenBedrag")
            )
        else:
            assert {staat[naam] for naam in BEDRAGEN} == {None}


def test_the_same_bytes_again_are_the_same_message(loket: Loket, binnen: list[Verstuurd]) -> None:
    voor = _count_berichten(loket)
    for item in binnen:
        with loket.client(item.bericht.afzender) as client:
            opnieuw = post(client, item.bericht.inhoud)
        assert opnieuw.status_code == 200
        assert {**opnieuw.json(), "retour": None, "antwoordOp": None} == item.staat
        assert opnieuw.headers["Location"] == item.ontvangst.headers["Location"]
    assert _count_berichten(loket) == voor


def test_refused_bytes_are_not_taken_for_accepted_ones(loket: Loket, verstuurd: list[Verstuurd]) -> None:
    geweigerd = next(item for item in verstuurd if item.staat["status"] == "geweigerd")
    with loket.client(geweigerd.bericht.afzender) as client:
        opnieuw = post(client, geweigerd.bericht.inhoud)
    assert opnieuw.status_code == 400
    # It is the same attempt, kept once with how often it came; nothing of it became a message.
    assert opnieuw.json()["berichtId"] == geweigerd.staat["berichtId"]
    assert opnieuw.json()["fouten"]


def test_of_senders_who_post_the_same_bytes_at_once_one_is_first(loket: Loket, verstuurd: list[Verstuurd]) -> None:
    bericht, samen = find_declaratie(STAD), 4
    hek = Barrier(samen)

    def post_together(inhoud: bytes) -> httpx.Response:
        with loket.client(bericht.afzender) as client:
            client.get("/gezondheid")
            hek.wait(timeout=30)
            return post(client, inhoud)

    for ronde in range(6):
        inhoud = _renumber(bericht, f"GELIJK{ronde}")
        with ThreadPoolExecutor(samen) as draden:
            antwoorden = list(draden.map(post_together, [inhoud] * samen))
        assert Counter(item.status_code for item in antwoorden) == {202: 1, 200: samen - 1}
        (bericht_id,) = {item.json()["berichtId"] for item in antwoorden}
        with loket.client(bericht.afzender) as client:
            assert await_outcome(client, bericht_id)["identificatie"] == f"GELIJK{ronde}"
        assert _count_berichten(loket, f"GELIJK{ronde}") == 1
        assert _count_antwoorden(loket, bericht_id) == 1


@pytest.mark.parametrize("soort", ["JW301", "JW305", "JW307", "JW323"])
def test_an_identificatie_that_was_used_is_rejected_in_the_header(loket: Loket, binnen: list[Verstuurd], soort: str) -> None:
    eerste = next(item for item in binnen if item.bericht.soort == soort and item.staat["status"] == "verwerkt")
    anders = eerste.bericht.inhoud.replace(b"</", b"<!-- anders --></", 1)
    with loket.client(eerste.bericht.afzender) as client:
        ontvangst = post(client, anders)
        assert ontvangst.status_code == 202
        staat = await_outcome(client, ontvangst.json()["berichtId"])
        antwoord = client.get(f"/berichten/{staat['berichtId']}/antwoord")
    assert staat["berichtId"] != eerste.staat["berichtId"]
    assert (staat["status"], staat["retourcodes"]) == ("afgekeurd", ["9056"])
    wortel = etree.fromstring(antwoord.content)
    assert etree.QName(wortel).namespace == OP_NAAM[OP_NAAM[soort].antwoord or ""].namespace
    assert [etree.QName(deel).localname for deel in wortel] == ["Header"]
    assert "9056" in [code.text for code in wortel.iter("{*}RetourCode")]


def test_what_came_in_is_given_back_byte_for_byte(loket: Loket, verstuurd: list[Verstuurd]) -> None:
    for item in verstuurd:
        with loket.client(item.bericht.afzender) as client:
            inhoud = client.get(f"/berichten/{item.staat['berichtId']}/inhoud")
        assert inhoud.content == item.bericht.inhoud
        assert inhoud.headers["Content-Type"].partition(";")[0] == "application/xml"


def test_every_answer_is_valid_and_of_the_right_kind(loket: Loket, binnen: list[Verstuurd]) -> None:
    soorten: Counter[str] = Counter()
    for item in (item for item in binnen if item.staat["status"] != "ter_beoordeling"):
        with loket.client(item.bericht.afzender) as client:
            antwoord = client.get(f"/berichten/{item.staat['berichtId']}/antwoord")
        assert antwoord.status_code == 200
        assert antwoord.headers["Content-Type"].partition(";")[0] == "application/xml"
        soort = OP_NAMESPACE[etree.QName(etree.fromstring(antwoord.content)).namespace]
        assert soort.naam == OP_NAAM[item.bericht.soort].antwoord
        valideer_uitvoer(antwoord.content, soort, loket.werkplaats.schemas)
        soorten[soort.naam] += 1
    assert soorten.keys() == {"JW302", "JW306", "JW308", "JW325"}


def test_there_is_no_answer_until_the_message_is_handled(loket: Loket, verstuurd: list[Verstuurd]) -> None:
    bericht = find_declaratie(STAD)
    with loket.client(bericht.afzender) as client:
        # Holding the stream, as another worker would, keeps the message waiting for as long as we look.
        with loket.werkplaats.opslag.transaction() as verbinding:
            lock_stroom(verbinding, GEMEENTE, bericht.afzender)
            bericht_id = post(client, _renumber(bericht, "WACHT")).json()["berichtId"]
            check_problem(client.get(f"/berichten/{bericht_id}/antwoord"), 404, ("nog geen antwoord", "opnieuw"))
            assert client.get(f"/berichten/{bericht_id}").json()["status"] == "ontvangen"
        # Its bell found the stream taken; the sweeper rings again.
        assert await_outcome(client, bericht_id)["status"] == "afgekeurd"
        assert client.get(f"/berichten/{bericht_id}/antwoord").status_code == 200


def test_findings_come_in_pages_that_together_are_all_of_them(loket: Loket, binnen: list[Verstuurd]) -> None:
    meeste: list[dict[str, Any]] = []
    for item in binnen:
        with loket.client(item.bericht.afzender) as client:
            alles = client.get(f"/berichten/{item.staat['berichtId']}/bevindingen").json()
            in_delen = list(_walk(client, f"/berichten/{item.staat['berichtId']}/bevindingen", "bevindingen", 2))
        assert alles["volgende"] is None
        assert in_delen == alles["bevindingen"]
        meeste = max(meeste, in_delen, key=len)
        for bevinding in in_delen:
            assert bevinding.keys() >= BEVINDING_VELDEN
            assert bevinding["melding"].endswith(".")
            assert bevinding["bron"]
            assert not BSN.search(str(bevinding))
    assert len(meeste) > 2


@pytest.mark.parametrize("wie", ["aanbieder", "contractbeheer"])
@pytest.mark.parametrize("grootte", [1, 7, 500])
def test_pages_of_the_list_cover_it_once(loket: Loket, verstuurd: list[Verstuurd], wie: str, grootte: int) -> None:
    agb = find_declaratie(STAD).afzender if wie == "aanbieder" else None
    with loket.client(agb or wie) as client:
        gezien = [item["berichtId"] for item in _walk(client, "/berichten", "berichten", grootte)]
    with loket.werkplaats.opslag.transaction() as verbinding:
        verwacht = verbinding.execute(
            text("SELECT bericht_id::text FROM bericht WHERE :a = '' OR agb = :a ORDER BY volgnummer DESC"), {"a": agb or ""}
        ).scalars()
        assert gezien == list(verwacht)


def test_another_provider_finds_nothing(loket: Loket, verstuurd: list[Verstuurd]) -> None:
    vreemd = [item for item in verstuurd if ANDER not in (item.staat["afzender"], item.staat["ontvanger"])]
    assert vreemd
    with loket.client(ANDER) as client:
        for item in vreemd:
            for staart in ("", "/inhoud", "/antwoord", "/bevindingen"):
                check_problem(client.get(f"/berichten/{item.staat['berichtId']}{staart}"), 404, ("niet van u",))
        gezien = list(_walk(client, "/berichten", "berichten", 500))
    assert gezien
    assert all(ANDER in (item["afzender"], item["ontvanger"]) for item in gezien)


def test_a_provider_finds_the_allocations_sent_to_it(loket: Loket, verstuurd: list[Verstuurd]) -> None:
    toewijzing = next(item for item in verstuurd if item.bericht.soort == "JW301" and item.staat["ontvanger"] == ANDER)
    with loket.client(ANDER) as client:
        assert client.get(f"/berichten/{toewijzing.staat['berichtId']}").json() == toewijzing.staat
        assert client.get(f"/berichten/{toewijzing.staat['berichtId']}/inhoud").content == toewijzing.bericht.inhoud


NIET_VOOR = {"financien": ("/inhoud", "/antwoord"), "beheer": ("/inhoud", "/antwoord", "/bevindingen")}
"""What of a message is not for each role, because of the clients in it."""


@pytest.mark.parametrize("rol", ["gemeente", "contractbeheer", "financien", "beheer"])
def test_staff_see_all_of_their_own_gemeente_and_nothing_of_another(loket: Loket, verstuurd: list[Verstuurd], rol: str) -> None:
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        elders = make_sleutel(verbinding, "0001", rol, None, loket.werkplaats.instellingen.nu())
    with loket.client(rol) as eigen, loket.dienst.client(elders) as ander:
        gezien = {item["berichtId"] for item in _walk(eigen, "/berichten", "berichten", 500)}
        assert gezien >= {item.staat["berichtId"] for item in verstuurd}
        assert len(gezien) == _count_berichten(loket)
        assert ander.get("/berichten").json() == {"berichten": [], "volgende": None}
        for item in verstuurd[:5]:
            for staart in ("", "/inhoud", "/antwoord", "/bevindingen"):
                pad = f"/berichten/{item.staat['berichtId']}{staart}"
                if staart in NIET_VOOR.get(rol, ()):
                    assert (eigen.get(pad).status_code, ander.get(pad).status_code) == (403, 403)
                else:
                    assert eigen.get(pad).status_code == 200
                    check_problem(ander.get(pad), 404, ("niet van u",))


def _walk(client: httpx.Client, pad: str, naam: str, grootte: int) -> Iterator[dict[str, Any]]:
    """Every item of a list, page by page."""
    vraag: dict[str, Any] = {"paginaGrootte": grootte}
    while True:
        bladzijde = client.get(pad, params=vraag).raise_for_status().json()
        assert len(bladzijde[naam]) <= grootte
        yield from bladzijde[naam]
        if bladzijde["volgende"] is None:
            return
        assert len(bladzijde[naam]) == grootte
        vraag["volgende"] = bladzijde["volgende"]


def _renumber(bericht: VoorbeeldBericht, identificatie: str) -> bytes:
    """The same message under another Identificatie."""
    voor, haak, rest = bericht.inhoud.partition(b"<ijw:Identificatie>")
    return voor + haak + identificatie.encode() + rest[rest.index(b"<") :]


def _count_berichten(loket: Loket, identificatie: str = "") -> int:
    with loket.werkplaats.opslag.transaction() as verbinding:
        vraag = text("SELECT count(*) FROM bericht WHERE gemeente = :g AND (:i = '' OR identificatie = :i)")
        return verbinding.execute(vraag, {"g": GEMEENTE, "i": identificatie}).scalar_one()


def _count_antwoorden(loket: Loket, bericht_id: str) -> int:
    with loket.werkplaats.opslag.transaction() as verbinding:
        vraag = text("SELECT count(*) FROM antwoord WHERE bericht_id = cast(:b AS uuid)")
        return verbinding.execute(vraag, {"b": bericht_id}).scalar_one()
