"""A rehearsal tells what would happen, and nothing happens."""

import pytest

from tests.api.berichten.test_berichten import BEDRAGEN
from tests.api.conftest import Loket
from tests.api.deur.test_slechte_invoer import BSN, check_health, check_problem, count_rows
from tests.api.dienst import await_outcome, post
from tests.api.gevallen import STAD, Geval, find_declaratie, list_slechte_bestanden, list_verkeerde_loketten

DECLARATIE = find_declaratie(STAD)
HIER_OOK = {401, 403, 413, 415}


@pytest.mark.parametrize("geval", tuple(list_slechte_bestanden(STAD))[::6], ids=lambda geval: geval.naam)
def test_a_bad_file_is_told_to_be_bad_and_is_not_kept(loket: Loket, geval: Geval) -> None:
    voor = count_rows(loket)
    with loket.client(geval.wie) as client:
        antwoord = client.post("/proefberichten", content=geval.inhoud, headers={"Content-Type": geval.soort})
    assert antwoord.status_code == 200
    proef = antwoord.json()
    assert (proef["status"], proef["antwoord"]) == ("geweigerd", None)
    teksten = " ".join(f"{fout['pad']} {fout['melding']}" for fout in proef["fouten"])
    assert [woord for woord in geval.woorden if woord not in teksten] == []
    assert not BSN.search(antwoord.text)
    assert count_rows(loket) == voor
    check_health(loket)


@pytest.mark.parametrize(
    "geval",
    [geval for geval in list_verkeerde_loketten(STAD) if geval.methode == "POST" and geval.status in HIER_OOK],
    ids=lambda geval: geval.naam,
)
def test_the_wrong_door_is_the_wrong_door_here_too(loket: Loket, geval: Geval) -> None:
    voor = count_rows(loket)
    kop = {"Content-Type": geval.soort} if geval.soort else {}
    with loket.client(geval.wie) if geval.wie else loket.dienst.client() as client:
        check_problem(client.post("/proefberichten", content=geval.inhoud, headers=kop), geval.status, geval.woorden)
    assert count_rows(loket) == voor


def test_it_foretells_what_the_message_gets(loket: Loket) -> None:
    kop = {"Content-Type": "application/xml"}
    gelijk = 0
    for bericht in STAD.berichten[:30]:
        with loket.client(bericht.afzender) as client:
            voor = count_rows(loket)
            proef = client.post("/proefberichten", content=bericht.inhoud, headers=kop).json()
            assert count_rows(loket) == voor
            staat = await_outcome(client, post(client, bericht.inhoud).json()["berichtId"])
            antwoord = client.get(f"/berichten/{staat['berichtId']}/antwoord")
            nogmaals = client.post("/proefberichten", content=bericht.inhoud, headers=kop).json()
        velden = {"status", "soort", "identificatie", "retourcodes", "declaratieRetourcodes", *BEDRAGEN}
        assert {naam: proef[naam] for naam in velden} == {naam: staat[naam] for naam in velden}
        assert (proef["antwoord"] is None) == (antwoord.status_code == 404)
        assert (proef["herhaling"], nogmaals["herhaling"]) == (False, True)
        gelijk += proef["soort"] == "JW323"
    assert gelijk > 0
