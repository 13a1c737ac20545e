"""Answers that an aanbieder sends in: JW302 on a JW301, JW320 on a JW319. Taken, linked, shown, and answered by nothing."""

import re
from typing import Any

import httpx
import pytest

from berichten.voorbeelden.model.model import GEMEENTE, VoorbeeldBericht
from tests.api.conftest import Loket
from tests.api.deur.test_slechte_invoer import check_problem
from tests.api.dienst import await_outcome, post
from tests.api.gevallen import STAD

TOEWIJZINGEN = [item for item in STAD.berichten if item.soort == "JW301"]
EERSTE = TOEWIJZINGEN[0]
ANDER = next(item.agb for item in STAD.aanbieders if f">{item.agb}<".encode() not in EERSTE.inhoud)


def agb_of(bericht: VoorbeeldBericht) -> str:
    gevonden = re.search(rb"Ontvanger>([0-9]{8})<", bericht.inhoud)
    assert gevonden is not None
    return gevonden[1].decode()


AGB = agb_of(EERSTE)
"""To whom the first JW301 of the town goes."""


@pytest.fixture(scope="module")
def heen(loket: Loket) -> dict[str, Any]:
    """The JW301 after it was handled."""
    with loket.client(GEMEENTE) as client:
        return await_outcome(client, post(client, EERSTE.inhoud).json()["berichtId"])


@pytest.fixture(scope="module")
def jw302(loket: Loket, heen: dict[str, Any]) -> str:
    """The JW302 with which the aanbieder accepts it: as our own check would write it."""
    with loket.client(GEMEENTE) as client:
        return client.get(f"/berichten/{heen['berichtId']}/antwoord").text


def send(loket: Loket, wie: str, inhoud: str) -> httpx.Response:
    with loket.client(wie) as client:
        return post(client, inhoud.encode())


def come_to_rest(loket: Loket, wie: str, ontvangst: httpx.Response) -> dict[str, Any]:
    assert ontvangst.status_code in (200, 202), ontvangst.text
    with loket.client(wie) as client:
        return await_outcome(client, ontvangst.json()["berichtId"])


def renumber(tekst: str, nummer: str) -> str:
    return re.sub(r"IdentificatieRetour>[^<\s]+<", f"IdentificatieRetour>{nummer}<", tekst)


def reject(tekst: str) -> str:
    """The same answer with a code in its header."""
    return tekst.replace(
        "</jw302:Header>", "<jw302:RetourCodes><jw302:RetourCode>8848</jw302:RetourCode></jw302:RetourCodes></jw302:Header>"
    )


def test_answer_is_kept_linked_and_answered_by_nothing(loket: Loket, heen: dict[str, Any], jw302: str) -> None:
    assert heen["status"] == "verwerkt"
    assert (heen["retour"], heen["antwoordOp"]) == (None, None)
    staat = come_to_rest(loket, AGB, send(loket, AGB, renumber(jw302, "RET1")))
    assert (staat["soort"], staat["status"], staat["retourcodes"], staat["antwoordUiterlijkOp"]) == ("JW302", "verwerkt", [], None)
    assert (staat["afzender"], staat["ontvanger"], staat["identificatie"]) == (AGB, GEMEENTE, "RET1")
    assert staat["antwoordOp"] == {
        "soort": "JW301", "identificatie": heen["identificatie"], "berichtId": heen["berichtId"], "melding": None,
    }  # fmt: skip
    for wie in (GEMEENTE, AGB, "contractbeheer"):
        with loket.client(wie) as client:
            retour = client.get(f"/berichten/{heen['berichtId']}").json()["retour"]
            assert (retour["berichtId"], retour["aangenomen"], retour["klassen"]) == (staat["berichtId"], True, [])
            antwoord = client.get(f"/berichten/{staat['berichtId']}/antwoord")
            assert antwoord.status_code == 404
            assert "is zelf een antwoord" in antwoord.json()["detail"]
    # The newest answer is the one that is shown.
    afgekeurd = come_to_rest(loket, AGB, send(loket, AGB, reject(renumber(jw302, "RET2"))))
    assert afgekeurd["retourcodes"] == ["8848"]
    with loket.client(AGB) as client:
        retour = client.get(f"/berichten/{heen['berichtId']}").json()["retour"]
    assert (retour["berichtId"], retour["aangenomen"], retour["retourcodes"]) == (afgekeurd["berichtId"], False, ["8848"])


def test_same_bytes_again_are_the_same_bericht(loket: Loket, jw302: str) -> None:
    inhoud = renumber(jw302, "RET3")
    eerste, tweede = send(loket, AGB, inhoud), send(loket, AGB, inhoud)
    assert (eerste.status_code, tweede.status_code) == (202, 200)
    assert eerste.json()["berichtId"] == tweede.json()["berichtId"]


def test_one_identificatie_may_come_with_other_bytes(loket: Loket, jw302: str) -> None:
    """An answer uses no Identificatie up: TR056 is not for answers."""
    staten = [
        come_to_rest(loket, AGB, send(loket, AGB, tekst)) for tekst in (renumber(jw302, "RET4"), reject(renumber(jw302, "RET4")))
    ]
    assert [staat["status"] for staat in staten] == ["verwerkt", "verwerkt"]


def test_unknown_and_anothers_message_give_the_same_words(loket: Loket, heen: dict[str, Any], jw302: str) -> None:
    onbekend = renumber(jw302, "RET5").replace(f">{heen['identificatie']}<", ">BESTAATNIET<")
    vreemd = renumber(jw302, "RET6").replace(f">{AGB}<", f">{ANDER}<")
    meldingen = []
    for wie, inhoud, nummer in ((AGB, onbekend, "BESTAATNIET"), (ANDER, vreemd, heen["identificatie"])):
        staat = come_to_rest(loket, wie, send(loket, wie, inhoud))
        assert staat["status"] == "verwerkt"
        assert staat["antwoordOp"]["berichtId"] is None
        meldingen.append(staat["antwoordOp"]["melding"].replace(nummer, "NUMMER"))
    assert meldingen[0] == meldingen[1]
    assert meldingen[0].startswith("Bij de gemeente is geen JW301 aan u bekend met Identificatie NUMMER.")
    with loket.client(AGB) as client:
        assert client.get(f"/berichten/{heen['berichtId']}").json()["retour"]["identificatie"] != "RET6"


def test_answer_before_its_message_is_linked_later(loket: Loket, jw302: str, heen: dict[str, Any]) -> None:
    volgende = next(item for item in TOEWIJZINGEN[1:] if agb_of(item) == AGB)
    nummer = re.search(rb"Identificatie>([^<\s]+)<", volgende.inhoud)[1].decode()  # type: ignore[index]
    vroeg = send(loket, AGB, renumber(jw302, "RET7").replace(f">{heen['identificatie']}<", f">{nummer}<"))
    assert come_to_rest(loket, AGB, vroeg)["antwoordOp"]["berichtId"] is None
    laat = come_to_rest(loket, GEMEENTE, send(loket, GEMEENTE, volgende.inhoud.decode()))
    assert laat["retour"]["identificatie"] == "RET7"
    assert come_to_rest(loket, AGB, vroeg)["antwoordOp"]["berichtId"] == laat["berichtId"]


def test_only_the_aanbieder_whom_it_names_may_send_it(loket: Loket, jw302: str) -> None:
    inhoud = renumber(jw302, "RET8")
    check_problem(send(loket, GEMEENTE, inhoud), 403, ("komt van de aanbieder, maar uw sleutel is die van een gemeente",))
    check_problem(send(loket, ANDER, inhoud), 403, (f"Ontvanger is {AGB}, maar uw sleutel hoort bij {ANDER}",))
    check_problem(send(loket, AGB, inhoud.replace(f">{GEMEENTE}<", ">0518<")), 403, ("Afzender is gemeente 0518",))


JW320 = """<?xml version="1.0" encoding="UTF-8"?>
<b:Bericht xmlns:b="http://www.istandaarden.nl/ijw/3_2/jw320/schema" xmlns:i="http://www.istandaarden.nl/ijw/3_2/basisschema/schema">
<b:Header><b:BerichtCode>489</b:BerichtCode><b:BerichtVersie>3</b:BerichtVersie><b:BerichtSubversie>2</b:BerichtSubversie>
<b:Afzender>{gemeente}</b:Afzender><b:Ontvanger>{agb}</b:Ontvanger>
<b:BerichtIdentificatie><i:Identificatie>B319</i:Identificatie><i:Dagtekening>2026-06-01</i:Dagtekening></b:BerichtIdentificatie>
<b:XsdVersie><i:BasisschemaXsdVersie>1.0.0</i:BasisschemaXsdVersie><i:BerichtXsdVersie>1.0.0</i:BerichtXsdVersie></b:XsdVersie>
<b:IdentificatieRetour>R320</b:IdentificatieRetour><b:DagtekeningRetour>2026-06-02</b:DagtekeningRetour>
<b:XsdVersieRetour><i:BasisschemaXsdVersie>1.0.0</i:BasisschemaXsdVersie><i:BerichtXsdVersie>1.0.0</i:BerichtXsdVersie></b:XsdVersieRetour>
<b:RetourCodes><b:RetourCode>0200</b:RetourCode></b:RetourCodes></b:Header>
<b:Antwoord><b:ReferentieAanbieder>V1</b:ReferentieAanbieder><b:VerzoekAntwoord>2</b:VerzoekAntwoord>
<b:RetourCodes><b:RetourCode>9360</b:RetourCode></b:RetourCodes></b:Antwoord></b:Bericht>
"""


def test_jw320_on_a_jw319_that_nobody_sent_is_refused_and_not_kept(loket: Loket) -> None:
    inhoud = JW320.format(gemeente=GEMEENTE, agb=AGB)
    melding = "Bij Identificatie (regel 5): gemeente 0484 stuurde u geen JW319 met Identificatie B319."
    check_problem(send(loket, AGB, inhoud), 400, (melding, "Bericht/Header/BerichtIdentificatie/Identificatie"))
    with loket.client(AGB) as client:
        lang = client.post("/berichten", content=inhoud.encode(), headers={"Content-Type": "application/xml; charset=utf-8"})
        check_problem(lang, 400, (melding,))
        assert client.get("/berichten", params={"soort": "JW320"}).json()["berichten"] == []
    check_problem(send(loket, ANDER, inhoud), 403, (f"Ontvanger is {AGB}",))


def test_answers_of_the_gemeente_are_still_refused(loket: Loket) -> None:
    jw306 = JW320.format(gemeente=GEMEENTE, agb=AGB).replace("jw320", "jw306")
    check_problem(send(loket, AGB, jw306), 400, ("Zulke berichten maakt de gemeente zelf",))
    ongeldig = JW320.format(gemeente=GEMEENTE, agb=AGB).replace(">9360<", ">9999<")
    check_problem(send(loket, AGB, ongeldig), 400, ("Bericht/Antwoord/RetourCodes/RetourCode", '"9999"'))
