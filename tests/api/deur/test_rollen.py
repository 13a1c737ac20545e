"""What a role may: an auditor and a regional service see figures and nobody's lines, a system decides nothing, and who loses a role
or is blocked has no key any more."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.machtigingen import insert_machtiging, revoke_machtiging
from berichten.opslag.toegang.personen import Wie
from berichten.opslag.toegang.sleutels import NieuweSleutel, make_sleutel
from berichten.opslag.toegang.systemen import NieuwSysteem, insert_systeem, revoke_systeem
from berichten.processen.referentie.laad_referentie import load_referentie
from berichten.processen.toegang.beheer_gebruikers import admit_gebruiker, block_gebruiker, take_rol
from tests.api.conftest import Loket
from tests.api.deur.test_methoden import PADEN, fill
from tests.conftest import VANDAAG
from tests.hulp.bezoek import add_persoon
from tests.hulp.bouwstenen import AGB, BSN, GEMEENTE
from tests.hulp.casus import put_casus, put_leden
from tests.hulp.declareer import send, toewijzing

IEDEREEN = {"/codelijsten", "/codelijsten/{naam}", "/regels", "/gezondheid", "/gereed"}
CIJFERS = {"/monitor/verplichtingen", "/monitor/tabellen", "/monitor/tabellen/{naam}", "/monitor/indicatoren"}
TOTALEN = {
    "/financien/totalen", "/financien/journaal", "/financien/aansluiting", "/financien/verantwoord",
    "/financien/productieverantwoording",
}  # fmt: skip
STEEKPROEVEN = {
    "/controlemandaat", "/steekproeven", "/steekproeven/{steekproefId}", "/prestaties/{prestatieId}/keten",
    "/prestaties/{prestatieId}/verklaring",
}  # fmt: skip
"""What an auditor asks about samples, and about lines: those that were drawn."""
REGIO = {f"/regio/{naam}/{{periode}}" for naam in ("kwartaalrapporten", "segmenten", "indicatoren")} | {"/regio/verplichtingen"}
CASUS = {"/casussignalen", "/casussignalen/{casussignaalId}", "/casustoewijzingen", "/dossierpunten"}
"""What somebody of a local team asks about its families."""
NIET_DAAR = "Dit signaal is er niet, of u mag het niet zien. Kies het uit de lijst."
KWARTALEN = {"/kwartaalrapporten", "/kwartaalrapporten/{periode}", "/instellingen"}
MENSENWERK = {
    ("POST", "/prestaties/{prestatieId}/beoordelingen"): "contractbeheer",
    ("POST", "/prestaties/{prestatieId}/opmerkingen"): "contractbeheer",
    ("POST", "/beoordelingen"): "contractbeheer",
    ("POST", "/verzoeken/{verzoekId}/besluiten"): "contractbeheer",
    ("POST", "/signalen/bijwerken"): "contractbeheer",
    ("POST", "/signalen/{signaalId}/stappen"): "contractbeheer",
    ("POST", "/signalen/{signaalId}/deling"): "contractbeheer",
    ("POST", "/maatregelen"): "contractbeheer",
    ("POST", "/casussignalen/{casussignaalId}/antwoorden"): "contractbeheer",
    ("POST", "/kwartaalrapporten"): "contractbeheer",
    ("POST", "/kwartaalrapporten/{periode}/teksten"): "contractbeheer",
    ("POST", "/kwartaalrapporten/{periode}/acties"): "contractbeheer",
    ("POST", "/kwartaalrapporten/{periode}/acties/{nr}/stappen"): "contractbeheer",
    ("POST", "/kwartaalrapporten/{periode}/vaststelling"): "contractbeheer",
    ("POST", "/maatregelen/{maatregelId}/stappen"): "contractbeheer",
    ("POST", "/financien/betaalruns"): "financien",
    ("POST", "/financien/betaalruns/{runId}/goedkeuring"): "financien",
    ("POST", "/financien/betaalruns/{runId}/intrekking"): "financien",
    ("POST", "/financien/blokkades"): "financien",
    ("POST", "/financien/blokkades/{blokkadeId}/opheffing"): "financien",
    ("DELETE", "/financien/blokkades/{blokkadeId}/opheffing"): "financien",
    ("POST", "/financien/rekeningen"): "financien",
    ("POST", "/financien/rekeningen/{rekeningId}/bevestiging"): "financien",
    ("POST", "/financien/rekeningen/{rekeningId}/intrekking"): "financien",
    ("POST", "/financien/rekeningen/bestand"): "financien",
    ("POST", "/controlemandaat"): "beheer",
    ("POST", "/steekproeven"): "controle",
}


def make(loket: Loket, rol: str, **wat: Any) -> str:
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return make_sleutel(verbinding, GEMEENTE, rol, None, loket.werkplaats.instellingen.nu(), nieuw=NieuweSleutel(**wat))


def make_systeem(loket: Loket, rol: str, naam: str) -> tuple[str, str]:
    """A system of this role and a key of it."""
    persoon = add_persoon(loket.werkplaats, f"{naam}@x.nl", rol)
    wie = Wie("persoon:proef", loket.werkplaats.instellingen.nu())
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        systeem = insert_systeem(verbinding, NieuwSysteem(GEMEENTE, naam, "Leverancier", rol, None, persoon), wie)
    return systeem, make(loket, rol, eigenaar=naam, systeem_id=systeem)


def operations() -> Iterator[tuple[str, str]]:
    yield from ((methode.upper(), pad) for pad, acties in PADEN.items() for methode in acties)


@pytest.mark.parametrize(
    ("rol", "mag"),
    [("controle", CIJFERS | KWARTALEN | TOTALEN | STEEKPROEVEN), ("regio", {"/monitor/tabellen"} | REGIO), ("lokaal_team", CASUS)],
)
def test_who_has_figures_only_has_no_other_operation(rol: str, mag: set[str], loket: Loket) -> None:
    met_toegang = set()
    with loket.dienst.client(make(loket, rol)) as client:
        for methode, pad in operations():
            if client.request(methode, fill(pad)).status_code != 403:
                met_toegang.add((methode, pad))
    doen = {"controle": {("POST", "/steekproeven")}, "lokaal_team": {("POST", "/casussignalen/{casussignaalId}/antwoorden")}}
    assert met_toegang == {("GET", pad) for pad in mag | IEDEREEN} | doen.get(rol, set())


def test_somebody_of_a_local_team_sees_and_answers_what_is_its_teams(loket: Loket) -> None:
    """Of another team, and of nobody, it is as if it were not there; each look is in the log, with the purpose of casework."""
    werkplaats = loket.werkplaats
    for nummer in (700_001, 700_002, 700_003):
        send(werkplaats, toewijzing(nummer))
    noord, zuid = (
        put_casus(werkplaats, GEMEENTE, team, (nummer,), BSN) for team, nummer in (("Noord", 700_001), ("Zuid", 700_002))
    )
    van_niemand = put_casus(werkplaats, GEMEENTE, "", (700_001,), BSN)
    put_leden(werkplaats, GEMEENTE, "Noord", "Noor")
    beschikking = (
        "gemeente;toewijzingnummer;beschikkingnummer;besluitdatum;verzonden_op;van;tot;soort;resultaat_vastgelegd\n"
        f"{GEMEENTE};700003;B3;2026-01-01;2026-01-01;2026-01-01;;beschikking;ja\n"
    )
    assert load_referentie(werkplaats, "beschikkingen", beschikking.encode()).fouten == []
    with loket.dienst.client(make(loket, "lokaal_team", eigenaar="Noor")) as client:
        [regel] = client.get("/casussignalen").json()["regels"]
        assert (regel["casussignaalId"], regel["toewijzingen"], regel["uitersteDag"]) == (
            noord, [700_001], "2026-06-29",
        )  # fmt: skip
        bestand = client.get("/casussignalen", headers={"Accept": "text/csv"}).text
        assert bestand.splitlines()[1:] == ["L2;700001;Er is iets.;Noord;2026-06-01;2026-06-29;"]
        [eigen] = client.get("/casustoewijzingen").json()["toewijzingen"]
        assert (eigen["toewijzingnummer"], eigen["team"], eigen["ingangsdatum"], eigen["beschikt"]) == (
            700_001, "Noord", "2026-01-01", False,
        )  # fmt: skip
        bestand = client.get("/casustoewijzingen", headers={"Accept": "text/csv"}).text
        assert bestand.splitlines()[1:] == [f"700001;Noord;{AGB};2026-01-01;2026-12-31;nee;;;"]
        punten = client.get("/dossierpunten").json()
        assert {punt["toewijzingnummer"] for punt in punten["punten"]} == {700_001}
        for vreemd in (zuid, van_niemand, 999_999):
            antwoorden = [
                client.get(f"/casussignalen/{vreemd}"),
                client.post(f"/casussignalen/{vreemd}/antwoorden", json={"antwoord": "passend"}),
            ]
            assert [(item.status_code, item.json()["detail"]) for item in antwoorden] == [(404, NIET_DAAR)] * 2
        gegeven = client.post(
            f"/casussignalen/{noord}/antwoorden", json={"antwoord": "evaluatie_gepland", "toelichting": "In juli."}
        )
        assert (gegeven.status_code, gegeven.json()["signaal"]["antwoord"]) == (201, "evaluatie_gepland")
        assert client.get("/casussignalen", params={"ookBeantwoord": "false"}).json()["regels"] == []
        assert client.post(f"/casussignalen/{noord}/antwoorden", json={"antwoord": "weet niet"}).status_code == 400
    with loket.dienst.client(make(loket, "contractbeheer")) as client:
        geweigerd = client.post(f"/casussignalen/{zuid}/antwoorden", json={"antwoord": "passend"})
        assert (geweigerd.status_code, geweigerd.json()["detail"].startswith("Dit signaal is van team Zuid.")) == (409, True)
    with loket.dienst.client(make(loket, "privacy")) as client:
        gekeken = client.get("/inzagelog", params={"rol": "lokaal_team", "objectSoort": "casussignalen"}).json()["regels"]
    doel = "casusregie over hulp aan gezinnen (1)"
    assert {(rij["doel"], rij["aantal"]) for rij in gekeken} == {(doel, 1), (doel, 0)}


def test_who_watches_over_privacy_sees_who_looked_and_nothing_else(loket: Loket) -> None:
    """No line, message, amount or setting; what is asked is a look itself."""
    met_toegang = set()
    with loket.dienst.client(make(loket, "privacy")) as client:
        for methode, pad in operations():
            if client.request(methode, fill(pad)).status_code != 403:
                met_toegang.add((methode, pad))
        assert client.get("/inzagelog", params={"objectSoort": "inzagelog", "rol": "privacy"}).json()["regels"]
    eigen = {("GET", "/inzagelog"), ("POST", "/inzagelog/zoekopdrachten")}
    assert met_toegang == {("GET", pad) for pad in IEDEREEN} | eigen


def test_every_operation_of_people_is_known_here() -> None:
    assert set(MENSENWERK) <= set(operations())


def test_a_system_reads_but_decides_and_pays_nothing(loket: Loket) -> None:
    _, financien = make_systeem(loket, "financien", "boekhouding")
    _, contract = make_systeem(loket, "contractbeheer", "dashboard")
    sleutels = {"financien": financien, "contractbeheer": contract}
    sleutels |= {rol: make_systeem(loket, rol, f"{rol}-pakket")[1] for rol in ("beheer", "controle")}
    for (methode, pad), rol in MENSENWERK.items():
        with loket.dienst.client(sleutels[rol]) as client, loket.dienst.client(make(loket, rol)) as persoon:
            antwoord = client.request(methode, fill(pad))
            assert antwoord.status_code == 403, (methode, pad)
            assert "geen systemen" in antwoord.json()["detail"]
            assert persoon.request(methode, fill(pad)).status_code != 403, (methode, pad)
    with loket.dienst.client(financien) as client:
        assert client.get("/financien/betaalruns").status_code == 200
    with loket.dienst.client(contract) as client:
        assert client.get("/beoordelingen").status_code == 200


def test_a_system_that_was_withdrawn_has_no_key_any_more(loket: Loket) -> None:
    systeem, sleutel = make_systeem(loket, "financien", "oud-pakket")
    with loket.dienst.client(sleutel) as client:
        assert client.get("/regels").status_code == 200
        with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            revoke_systeem(verbinding, systeem, Wie("persoon:proef", loket.werkplaats.instellingen.nu()))
        assert client.get("/regels").status_code == 401


def test_a_key_of_a_person_works_as_long_as_the_person_has_the_role(loket: Loket) -> None:
    add_persoon(loket.werkplaats, "sleutelhouder@x.nl", "financien", "contractbeheer")
    sleutel = make(loket, "financien", eigenaar="Persoon sleutelhouder@x.nl")
    with loket.dienst.client(sleutel) as client:
        assert client.get("/financien/betaalruns").status_code == 200
        block_gebruiker(loket.werkplaats, "sleutelhouder@x.nl", "persoon:proef")
        assert client.get("/financien/betaalruns").status_code == 401
        admit_gebruiker(loket.werkplaats, "sleutelhouder@x.nl", "persoon:proef")
        assert client.get("/financien/betaalruns").status_code == 200
        take_rol(loket.werkplaats, "sleutelhouder@x.nl", "financien", None, "persoon:proef")
        assert client.get("/financien/betaalruns").status_code == 401


def test_a_mandate_that_ended_stops_the_next_request(loket: Loket) -> None:
    bureau, nu = "98000017", loket.werkplaats.instellingen.nu()
    with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        sleutel = make_sleutel(verbinding, GEMEENTE, "aanbieder", bureau, nu)
        gisteren = VANDAAG - timedelta(days=1)
        insert_machtiging(verbinding, GEMEENTE, bureau, AGB, gisteren - timedelta(days=30), gisteren, nu)
    with loket.dienst.client(sleutel) as client:
        client.headers["Namens"] = AGB
        assert client.get("/berichten").status_code == 403
        with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            nummer = insert_machtiging(verbinding, GEMEENTE, bureau, AGB, VANDAAG, VANDAAG, nu)
        assert client.get("/berichten").status_code == 200
        with loket.werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
            revoke_machtiging(verbinding, nummer, nu)
        assert client.get("/berichten").status_code == 403
