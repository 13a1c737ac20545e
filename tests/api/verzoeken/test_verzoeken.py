"""Requests over the API: by term, with their thread; decided on by a person, withdrawn by their aanbieder, drafted as a JW301."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from berichten.voorbeelden.model.namen import list_bsns
from tests.api.conftest import Loket
from tests.api.dienst import await_outcome, post
from tests.conftest import VANDAAG
from tests.hulp.bouwstenen import AGB, GEMEENTE
from tests.hulp.declareer import Regel, declaratie, start, toewijzing
from tests.hulp.eigenaar import as_owner
from tests.hulp.verzoeken import aanvraag, add_beleid, jw302, wijziging

COMMENTAAR = "Kenmerkende opmerking die nergens anders staat."
_MOTIVERING = "Besproken met de aanbieder."


@pytest.fixture(scope="module")
def gevraagd(loket: Loket) -> dict[str, str]:
    """Requests by reference: two of one client, one of another; and a change of an allocation."""
    with as_owner(loket.werkplaats) as verbinding:
        # The contracts and the policy of the town are not what this is about.
        for tabel in ("tarief", "contract", "verzoekbeleid"):
            verbinding.execute(text(f"DELETE FROM {tabel}"))
    een, twee, drie = list_bsns()[70:73]
    per_week = {"Volume": 4, "Eenheid": "04", "Frequentie": "2"}
    anders: dict[str, Any] = {"GewensteIngangsdatum": "2026-08-01", "Einddatum": "2026-12-31", "Omvang": per_week | {"Volume": 6}}
    for wie, inhoud in (
        (AGB, aanvraag("V-1", "V-2", bsn=een, Commentaar=COMMENTAAR)),
        (AGB, aanvraag("V-3", bsn=twee)),
        (GEMEENTE, toewijzing(9317, bsn=drie, Omvang=per_week)),
        (AGB, wijziging("W-1", 9317, bsn=drie, **anders)),
    ):
        assert deliver(loket, wie, inhoud)["status"] == "verwerkt"
    with loket.client(AGB) as client:
        return {item["referentieAanbieder"]: item["verzoekId"] for item in client.get("/verzoeken").json()["verzoeken"]}


def deliver(loket: Loket, wie: str, inhoud: bytes) -> dict[str, Any]:
    with loket.client(wie) as client:
        antwoord = post(client, inhoud)
        assert antwoord.status_code == 202, antwoord.text
        return await_outcome(client, antwoord.json()["berichtId"])


def decide(client: httpx.Client, nummer: str, besluit: str, **velden: Any) -> httpx.Response:
    return client.post(f"/verzoeken/{nummer}/besluiten", json={"besluit": besluit, "motivering": _MOTIVERING} | velden)


def test_the_list_by_term_holds_what_waits_and_comes_page_by_page(loket: Loket, gevraagd: dict[str, str]) -> None:
    with loket.client("contractbeheer") as client:
        alle: list[dict[str, Any]] = []
        vraag, volgende = {"volgorde": "termijn", "paginaGrootte": "3"}, ""
        while not alle or volgende:
            antwoord = client.get("/verzoeken", params=vraag | ({"volgende": volgende} if volgende else {})).json()
            alle += antwoord["verzoeken"]
            volgende = antwoord["volgende"]
        assert {item["referentieAanbieder"] for item in alle} == gevraagd.keys()
        assert all(item["termijn"] == item["reactieUiterlijkOp"] for item in alle)
        assert client.get("/verzoeken", params={"volgende": "2026-01-01_niets-van-dit"}).status_code == 400
        vroeg = {"termijnVoor": VANDAAG.isoformat()}
        assert client.get("/verzoeken", params=vroeg).json()["verzoeken"] == []
        laat = {"termijnVoor": (VANDAAG + timedelta(days=30)).isoformat(), "soort": "JW317"}
        assert [item["referentieAanbieder"] for item in client.get("/verzoeken", params=laat).json()["verzoeken"]] == ["W-1"]
        assert client.get("/verzoeken", params={"status": "gehonoreerd"}).status_code == 400
        huisarts = client.get("/verzoeken", params={"verwijzer": alle[0]["verwijzer"]["type"]}).json()["verzoeken"]
        assert {item["soort"] for item in huisarts} == {"JW315"}


def test_a_refusal_reaches_the_aanbieder_with_its_words_and_leaves_as_a_jw319(loket: Loket, gevraagd: dict[str, str]) -> None:
    nummer = gevraagd["V-3"]
    with loket.client("contractbeheer") as client:
        assert decide(client, nummer, "afwijzen").status_code == 400
        assert decide(client, nummer, "afwijzen", reden="8", gemeente="0000").status_code == 400
        assert decide(client, nummer, "uitstellen").status_code == 400
        assert decide(client, str(uuid4()), "honoreren").status_code == 404
        onderzoek = decide(client, nummer, "in_onderzoek").json()
        assert (onderzoek["status"], onderzoek["mogelijk"]) == ("in_onderzoek", ["honoreren", "afwijzen"])
        tweede = decide(client, nummer, "afwijzen", reden="3")
        assert (tweede.status_code, "volgtOp" in tweede.json()["detail"]) == (409, True)
        besluit = onderzoek["besluiten"][-1]["besluitId"]
        klaar = decide(client, nummer, "afwijzen", reden="3", volgtOp=besluit, motivering="Wij hebben geen contract met u.")
        assert klaar.status_code == 201, klaar.text
        assert decide(client, nummer, "honoreren", volgtOp=besluit).status_code == 409
    with loket.client(AGB) as client:
        eigen = client.get(f"/verzoeken/{nummer}").json()
        assert (eigen["status"], eigen["besluiten"][-1]["motivering"]) == ("afgewezen", "Wij hebben geen contract met u.")
        assert [item["door"] for item in eigen["besluiten"]] == [None, None]
        assert [item["antwoord"] for item in eigen["antwoorden"]] == ["2", "1"]
        jw319 = {item["berichtId"] for item in client.get("/berichten", params={"soort": "JW319"}).json()["berichten"]}
        assert {item["berichtId"] for item in eigen["antwoorden"]} <= jw319
        assert decide(client, nummer, "honoreren").status_code == 403


def test_domicile_is_noted_by_staff_and_withdrawing_is_asked_by_the_aanbieder(loket: Loket, gevraagd: dict[str, str]) -> None:
    nummer = gevraagd["W-1"]
    with loket.client("gemeente") as client:
        assert client.post(f"/verzoeken/{nummer}/woonplaats", json={"uitkomst": "nee"}).status_code == 400
        antwoord = client.post(f"/verzoeken/{nummer}/woonplaats", json={"uitkomst": "nee", "gemeente": "0537"})
        assert [item["gemeente"] for item in antwoord.json()["woonplaats"]] == ["0537"]
        assert client.post(f"/verzoeken/{nummer}/intrekking", json={"toelichting": "Wij?"}).status_code == 403
    with loket.client("42420002") as client:
        assert client.post(f"/verzoeken/{nummer}/intrekking", json={"toelichting": "Van een ander."}).status_code == 404
        assert client.get(f"/verzoeken/{nummer}").status_code == 404
    with loket.client(AGB) as client:
        gevraagd_ = client.post(f"/verzoeken/{nummer}/intrekking", json={"toelichting": "Verkeerde toewijzing."})
        assert (gevraagd_.status_code, gevraagd_.json()["status"], gevraagd_.json()["woonplaats"]) == (201, "ontvangen", [])
        assert client.post(f"/verzoeken/{nummer}/intrekking", json={"toelichting": "Nog een keer."}).status_code == 409


def test_the_concept_holds_what_is_to_be_honoured_and_nothing_else(loket: Loket, gevraagd: dict[str, str]) -> None:
    with loket.client("contractbeheer") as client:
        assert decide(client, gevraagd["V-1"], "honoreren").status_code == 201
        assert client.get(f"/verzoeken/{gevraagd['V-1']}/concept-toewijzing").status_code == 403
    with loket.client("gemeente") as client:
        concept = client.get(f"/verzoeken/{gevraagd['V-1']}/concept-toewijzing").json()
        assert [(item["referentieAanbieder"], item["toewijzingnummer"]) for item in concept["toegewezenProducten"]] == [
            ("V-1", None)
        ]
        weg = client.get(f"/verzoeken/{gevraagd['V-2']}/concept-toewijzing")
        assert (weg.status_code, "Honoreer het eerst" in weg.json()["detail"]) == (409, True)
        assert client.get(f"/verzoeken/{uuid4()}/concept-toewijzing").status_code == 404


def test_commentaar_is_in_no_answer_but_the_message_itself(loket: Loket, gevraagd: dict[str, str]) -> None:
    with loket.client("gemeente") as client:
        bericht = client.get(f"/verzoeken/{gevraagd['V-1']}").json()["berichtId"]
        assert COMMENTAAR in client.get(f"/berichten/{bericht}/inhoud").text
        for pad in ("/verzoeken", f"/verzoeken/{gevraagd['V-1']}", f"/berichten/{bericht}", f"/berichten/{bericht}/bevindingen"):
            assert COMMENTAAR not in client.get(pad).text
    assert COMMENTAAR not in loket.dienst.logboek.read_text()


def test_from_a_family_doctors_referral_to_the_table_of_referrers(loket: Loket, gevraagd: dict[str, str]) -> None:
    """Policy honours, the back office takes the concept as JW301, care starts, is declared, and table 4a counts it: Huisarts."""
    assert gevraagd
    bsn, vandaag = list_bsns()[74], VANDAAG.isoformat()
    add_beleid(loket.werkplaats)
    arts = {"Type": "02", "Naam": None, "ZorgverlenerCode": "01012345"}
    vraag = aanvraag("REIS", bsn=bsn, Verwijzer=arts, ToewijzingIngangsdatum=vandaag, ToewijzingEinddatum="2026-12-31")
    assert deliver(loket, AGB, vraag)["status"] == "verwerkt"
    with loket.client("gemeente") as client:
        (verzoek,) = client.get("/verzoeken", params={"referentieAanbieder": "reis"}).json()["verzoeken"]
        assert (verzoek["status"], verzoek["verwijzer"]["type"]) == ("te_honoreren", "02")
        (besluit,) = client.get(f"/verzoeken/{verzoek['verzoekId']}").json()["besluiten"]
        assert besluit["beleid"] == ("JW315, verwijzer 02, met AGB-code, elke aanbieder, elk product; geldig vanaf 1 januari 2026")
        (product,) = client.get(f"/verzoeken/{verzoek['verzoekId']}/concept-toewijzing").json()["toegewezenProducten"]
    assert (product["referentieAanbieder"], product["toewijzingnummer"], product["ingangsdatum"]) == ("REIS", None, vandaag)
    gegeven = toewijzing(
        9390,
        bsn=bsn,
        ReferentieAanbieder=product["referentieAanbieder"],
        Ingangsdatum=product["ingangsdatum"],
        Einddatum=product["einddatum"],
        Omvang={naam.capitalize(): waarde for naam, waarde in product["omvang"].items()},
        Toewijzingsdatum="2026-06-15",
    )
    assert deliver(loket, GEMEENTE, gegeven)["status"] == "verwerkt"
    assert deliver(loket, AGB, jw302(gegeven))["status"] == "verwerkt"
    assert deliver(loket, AGB, start(9390, VANDAAG, bsn=bsn, toegewezen=VANDAAG))["status"] == "verwerkt"
    geleverd = declaratie(date(2026, 6, 1), [Regel("REIS1", 9390, VANDAAG, 1, bsn=bsn)])
    geleverd = geleverd.replace(b"Dagtekening>2026-06-15<", b"Dagtekening>2026-06-30<")
    assert deliver(loket, AGB, geleverd)["toegekendBedrag"] == 7805
    with loket.client(AGB) as client:
        eigen = client.get(f"/verzoeken/{verzoek['verzoekId']}").json()
        assert (eigen["status"], [item["toewijzingnummer"] for item in eigen["toewijzingen"]]) == ("toegewezen", [9390])
        assert eigen["besluiten"][0]["beleid"] is None
    with loket.client("financien") as client:
        rijen = client.get("/monitor/tabellen/tabel4a", params={"periode": "2026-06"}).json()["rijen"]
    assert {rij["verwijzer"]: rij["bedragEuro"] for rij in rijen}["Huisarts"] == 78


def test_an_allocation_that_the_aanbieder_rejects_is_on_the_list_until_somebody_settles_it(loket: Loket) -> None:
    geweigerd = toewijzing(9391, bsn=list_bsns()[75])
    for wie, inhoud in ((GEMEENTE, geweigerd), (AGB, jw302(geweigerd, ToegewezenProduct="9379"))):
        deliver(loket, wie, inhoud)
    with loket.client("contractbeheer") as client:
        lijst = client.get("/retouren", params={"stand": "afgekeurd", "agb": AGB}).json()["retouren"]
        (item,) = [item for item in lijst if item["toewijzingen"] == [9391]]
        assert (item["retourcodes"], item["retourUiterlijkOp"] > VANDAAG.isoformat()) == (["9379"], True)
        assert client.get("/retouren", params={"stand": "weg"}).status_code == 400
        pad = f"/retouren/{item['berichtId']}/afronding"
        gezien = {"retourBerichtId": item["retourBerichtId"]}
        assert client.post(pad, json={"toelichting": "", **gezien}).status_code == 400
        gebeld = {"toelichting": "Gebeld: hij stuurt een nieuw antwoord."}
        assert client.post(pad, json={**gebeld, "retourBerichtId": None}).status_code == 409
        assert client.post(pad, json={**gebeld, **gezien}).status_code == 204
        assert client.post(pad, json={**gebeld, **gezien}).status_code == 404
        assert client.get("/retouren/afgerond").json()["retouren"][0]["toelichting"] == gebeld["toelichting"]
    with loket.client(AGB) as client:
        assert client.get("/retouren").status_code == 403
