"""Three stories through the running service: a no-show, another level than the family plan asks for, a budget that is used up.

Every amount is in cents. What is told of each declaration must tie: lines, journal and JW325.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from lxml import etree
from rich.console import Console

from berichten.demo.balie import Balie
from berichten.demo.verhalen import tell_verhalen
from berichten.instellingen import Instellingen
from berichten.opslag.basis.verbinding import Login
from berichten.opslag.toegang.sleutels import make_sleutel
from berichten.processen.basis.werkplaats import Werkplaats, open_werkplaats
from berichten.standaard.schema.retourcodes import tell_code
from berichten.standaard.waarden.soorten import JW325
from berichten.voorbeelden.model.model import GEMEENTE
from berichten.voorbeelden.verhalen.model import Oordeel, Verhaal
from berichten.voorbeelden.verhalen.verhalen import AANBIEDERS, make_referentie_verhalen, make_verhalen
from tests.api.conftest import Loket
from tests.api.dienst import GEDULD, prepare, running_dienst
from tests.api.gevallen import STAD
from tests.conftest import VANDAAG
from tests.hulp.besluiten import staat as tied

NO_SHOW, NIVEAU, BUDGET = make_verhalen()
BEOORDELAAR = "contractbeheer"
VREEMDE = STAD.aanbieders[0].agb


def make_keys(werkplaats: Werkplaats) -> dict[str, str]:
    """One for each provider of the stories."""
    nu = werkplaats.instellingen.nu()
    with werkplaats.opslag.transaction(Login.PORTIER) as verbinding:
        return {item.agb: make_sleutel(verbinding, GEMEENTE, "aanbieder", item.agb, nu) for item in AANBIEDERS}


@contextmanager
def open_balie(adres: str, sleutels: dict[str, str]) -> Iterator[Balie]:
    """A counter of a running service that knows the sample town's contracts, and now those of the stories."""
    with httpx.Client(base_url=adres, timeout=GEDULD, trust_env=False) as client:
        balie = Balie(client, sleutels)
        for soort, bestand in make_referentie_verhalen().items():
            balie.load("beheer", soort, bestand)
        yield balie


@pytest.fixture(scope="module")
def balie(loket: Loket) -> Iterator[Balie]:
    with open_balie(loket.dienst.adres, {**loket.sleutels, **make_keys(loket.werkplaats)}) as balie:
        yield balie


def begin(balie: Balie, verhaal: Verhaal) -> None:
    """Allocate and start the care of a story, and account for it."""
    assert {balie.send(bericht)["status"] for bericht in verhaal.voorbereiding} == {"verwerkt"}
    if verhaal.verantwoording:
        regels = [dict(regel) for regel in verhaal.verantwoording]
        balie.post(verhaal.aanbieder.agb, "/verantwoordingen", {"verantwoordingen": regels})


def amounts(bericht: dict[str, Any]) -> tuple[str, int, int, int, int]:
    """Status, and what was submitted, awarded, rejected and held."""
    namen = ("status", "ingediendBedrag", "toegekendBedrag", "afgewezenBedrag", "teBeoordelenBedrag")
    return tuple(bericht[naam] for naam in namen)


def lines(balie: Balie, bericht: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The lines of a declaration as its sender sees them, by reference."""
    regels = balie.get(bericht["afzender"], f"/declaraties/{bericht['berichtId']}/prestaties")["prestaties"]
    return {regel["referentienummer"]: regel for regel in regels}


def outcomes(balie: Balie, bericht: dict[str, Any]) -> dict[str, tuple[str, int, list[str]]]:
    """Outcome, amount and rules found of each line."""
    return {
        naam: (regel["uitkomst"], regel["bedrag"], [item["regel"] for item in regel["bevindingen"]])
        for naam, regel in lines(balie, bericht).items()
    }


def facts(regel: dict[str, Any]) -> dict[str, Any]:
    """The numbers of the only finding of a line."""
    (bevinding,) = regel["bevindingen"]
    gegevens: dict[str, Any] = bevinding["gegevens"]
    return gegevens


def decide(balie: Balie, oordeel: Oordeel, regel: dict[str, Any]) -> None:
    besluit = {"besluit": oordeel.besluit, "motivering": oordeel.motivering, "terugvragen": oordeel.terugvragen}
    balie.post(BEOORDELAAR, f"/prestaties/{regel['prestatieId']}/beoordelingen", {**besluit, "retourcode": oordeel.retourcode})


def answer(loket: Loket, balie: Balie, bericht: dict[str, Any]) -> dict[str, list[str]]:
    """The returned lines of the JW325 with their codes, once it is valid and ties with lines and journal."""
    inhoud = balie.read_antwoord(bericht["afzender"], bericht["berichtId"])
    assert inhoud is not None
    root = etree.fromstring(inhoud)
    loket.werkplaats.schemas.schema(JW325).assertValid(root)
    assert tied(loket.werkplaats, UUID(bericht["berichtId"])) == amounts(find(balie, bericht))
    return {
        prestatie.findtext(".//{*}ReferentieNummer") or "": [str(code.text) for code in prestatie.iter("{*}RetourCode")]
        for prestatie in root.iter("{*}Prestatie")
    }


def find(balie: Balie, bericht: dict[str, Any]) -> dict[str, Any]:
    """A message as its sender sees it now."""
    return balie.get(bericht["afzender"], f"/berichten/{bericht['berichtId']}")


def assert_hidden(loket: Loket, balie: Balie, verhaal: Verhaal, bericht: dict[str, Any]) -> None:
    """Its provider finds all of it, another provider nothing."""
    agb, bericht_id = verhaal.aanbieder.agb, bericht["berichtId"]
    regel = f"/prestaties/{next(iter(lines(balie, bericht).values()))['prestatieId']}"
    onderdelen = (f"/berichten/{bericht_id}", f"/berichten/{bericht_id}/antwoord", f"/declaraties/{bericht_id}/prestaties")
    for pad in (*onderdelen, regel, f"{regel}/opmerkingen", f"/toewijzingen/{verhaal.toewijzingen[0]}"):
        with loket.dienst.client(balie.sleutels[agb]) as eigen, loket.client(VREEMDE) as vreemd:
            assert (eigen.get(pad).status_code, vreemd.get(pad).status_code) == (200, 404), pad


def test_a_no_show_of_90_minutes_inside_600(loket: Loket, balie: Balie) -> None:
    begin(balie, NO_SHOW)
    agb, maart = NO_SHOW.aanbieder.agb, NO_SHOW.rondes[0]
    bericht = balie.send(maart.declaratie)
    assert amounts(bericht) == ("ter_beoordeling", 113_400, 37_800, 0, 75_600)
    assert outcomes(balie, bericht) == {
        "ANKER-MRT-1": ("ter_beoordeling", 75_600, ["DA01"]),
        "ANKER-MRT-2": ("toegekend", 37_800, []),
    }
    regel = lines(balie, bericht)["ANKER-MRT-1"]
    assert facts(regel) == {"gedeclareerd": 600, "clientgebonden": 510, "minuten": 90, "op_andere_regels": ""}
    assert balie.read_antwoord(agb, bericht["berichtId"]) is None
    (wacht,) = balie.get(BEOORDELAAR, "/beoordelingen", berichtId=bericht["berichtId"])["beoordelingen"]
    assert (wacht["referentienummer"], wacht["bedrag"], wacht["voorgesteldeRetourcodes"]) == ("ANKER-MRT-1", 75_600, ["9321"])
    (voorstel,) = wacht["codevoorstellen"]
    assert (voorstel["retourcode"], voorstel["regel"], voorstel["tekst"]) == ("9321", "DA01", tell_code("9321"))
    assert "noem de minuten in de motivering" in voorstel["reden"]
    dossier = f"/prestaties/{wacht['prestatieId']}"
    assert balie.get(BEOORDELAAR, dossier)["codevoorstellen"] == wacht["codevoorstellen"]
    assert balie.get(agb, dossier)["codevoorstellen"] == [], "the provider hears of the code when somebody decided"
    assert "Te veel: 90 minuten" in wacht["regels"][0]["melding"]
    talk_and_reject(balie, agb, maart.oordelen[0], regel)
    assert answer(loket, balie, bericht) == {"ANKER-MRT-1": ["9321"]}
    assert amounts(find(balie, bericht)) == ("verwerkt", 113_400, 37_800, 75_600, 0)
    assert balie.get(BEOORDELAAR, "/beoordelingen", berichtId=bericht["berichtId"])["aantal"] == 0

    april = balie.send(NO_SHOW.rondes[1].declaratie)
    assert amounts(april) == ("verwerkt", 64_260, 64_260, 0, 0)
    assert outcomes(balie, april) == {"ANKER-APR-1": ("toegekend", 64_260, [])}
    assert answer(loket, balie, april) == {}
    gebruik = balie.get(agb, f"/toewijzingen/{NO_SHOW.toewijzingen[0]}")["benutting"]
    assert (gebruik["toegekendVolume"], gebruik["toegekendBedrag"], gebruik["aangehoudenBedrag"]) == (510, 64_260, 0)
    assert_hidden(loket, balie, NO_SHOW, bericht)


def talk_and_reject(balie: Balie, agb: str, oordeel: Oordeel, regel: dict[str, Any]) -> None:
    """A question, its answer and the rejection; at each step the provider reads what to do."""
    pad = f"/prestaties/{regel['prestatieId']}"
    balie.post(BEOORDELAAR, f"{pad}/opmerkingen", {"tekst": oordeel.vraag})
    assert "heeft een vraag" in balie.get(agb, pad)["watTeDoen"]
    balie.post(agb, f"{pad}/opmerkingen", {"tekst": oordeel.antwoord})
    assert "hoeft niets te doen" in balie.get(agb, pad)["watTeDoen"]
    decide(balie, oordeel, regel)
    gezien = balie.get(agb, pad)
    assert [item["tekst"] for item in gezien["opmerkingen"]] == [oordeel.vraag, oordeel.antwoord]
    (besluit,) = gezien["besluiten"]
    assert (besluit["motivering"], besluit["retourcode"], besluit["door"]) == (oordeel.motivering, "9321", None)
    assert facts(gezien) == {"gedeclareerd": 600, "clientgebonden": 510, "minuten": 90, "op_andere_regels": ""}
    assert "met een nieuw referentienummer" in gezien["watTeDoen"]


def test_another_level_than_the_family_plan_asks_for(loket: Loket, balie: Balie) -> None:
    begin(balie, NIVEAU)
    maart = NIVEAU.rondes[0]
    bericht = balie.send(maart.declaratie)
    assert amounts(bericht) == ("ter_beoordeling", 284_040, 45_360, 0, 238_680)
    assert outcomes(balie, bericht) == {
        "VUUR-MRT-1": ("ter_beoordeling", 111_600, ["DA02"]),
        "VUUR-MRT-2": ("ter_beoordeling", 89_280, ["DA02"]),
        "VUUR-MRT-3": ("toegekend", 45_360, []),
        "VUUR-MRT-4": ("ter_beoordeling", 37_800, ["DA03"]),
    }
    regels = lines(balie, bericht)
    for naam, passend, verschil in (("VUUR-MRT-1", 75_600, 36_000), ("VUUR-MRT-2", 60_480, 28_800)):
        gevonden = facts(regels[naam])
        assert (gevonden["niveau"], gevonden["benodigd"], gevonden["passend_tarief"]) == ("WO", "HBO", 7_560)
        assert (gevonden["passend_bedrag"], gevonden["verschil"]) == (passend, verschil)
    assert {item["regel"] for item in regels["VUUR-MRT-3"]["nietTeToetsen"]} == {"DA10", "DA12"}
    standen = []
    for oordeel in maart.oordelen:
        assert balie.read_antwoord(NIVEAU.aanbieder.agb, bericht["berichtId"]) is None
        decide(balie, oordeel, regels[oordeel.referentie])
        standen.append(amounts(find(balie, bericht)))
    assert standen == [
        ("ter_beoordeling", 284_040, 45_360, 111_600, 127_080),
        ("ter_beoordeling", 284_040, 134_640, 111_600, 37_800),
        ("verwerkt", 284_040, 172_440, 111_600, 0),
    ]
    assert answer(loket, balie, bericht) == {"VUUR-MRT-1": ["0611"]}
    rebill(loket, balie, regels)
    assert_hidden(loket, balie, NIVEAU, bericht)


def rebill(loket: Loket, balie: Balie, regels: dict[str, dict[str, Any]]) -> None:
    """In April the line that was asked back is credited, the hours are billed at HBO, and lower than WO is approved."""
    agb = NIVEAU.aanbieder.agb
    gevraagd = f"/prestaties/{regels['VUUR-MRT-2']['prestatieId']}"
    assert balie.get(agb, gevraagd)["creditverzoek"]["bedrag"] == 89_280
    assert "VorigReferentieNummer VUUR-MRT-2" in balie.get(agb, gevraagd)["watTeDoen"]
    assert [item["referentienummer"] for item in list_creditverzoeken(balie, agb)] == ["VUUR-MRT-2"]
    april = balie.send(NIVEAU.rondes[1].declaratie)
    assert amounts(april) == ("verwerkt", 77_040, 77_040, 0, 0)
    assert outcomes(balie, april) == {
        "VUUR-APR-1": ("toegekend", -89_280, []),
        "VUUR-APR-2": ("toegekend", 60_480, []),
        "VUUR-APR-3": ("toegekend", 75_600, []),
        "VUUR-APR-4": ("toegekend", 30_240, []),
    }
    assert answer(loket, balie, april) == {}
    assert list_creditverzoeken(balie, agb) == []
    assert balie.get(agb, gevraagd)["creditverzoek"] is None
    gebruik = [balie.get(agb, f"/toewijzingen/{nummer}")["benutting"]["toegekendBedrag"] for nummer in NIVEAU.toewijzingen]
    assert gebruik == [75_600, 60_480, 45_360, 68_040]


def list_creditverzoeken(balie: Balie, agb: str) -> list[dict[str, Any]]:
    alle = balie.get(BEOORDELAAR, "/beoordelingen/creditverzoeken", paginaGrootte=500)["creditverzoeken"]
    return [item for item in alle if item["agb"] == agb]


def test_a_category_budget_is_used_up_in_the_fourth_month(loket: Loket, balie: Balie) -> None:
    begin(balie, BUDGET)
    agb = BUDGET.aanbieder.agb
    for ronde, bedrag, laatste in zip(BUDGET.rondes[:3], (145_820, 145_820, 170_560), ([], [], ["DA09"]), strict=True):
        bericht = balie.send(ronde.declaratie)
        assert amounts(bericht) == ("verwerkt", bedrag, bedrag, 0, 0)
        assert [regels for _, _, regels in outcomes(balie, bericht).values()] == [[], [], laatste]
        assert answer(loket, balie, bericht) == {}
    gewaarschuwd = lines(balie, bericht)["OVER-MRT-3"]
    assert facts(gewaarschuwd) == {"gebruikt": 462_200, "budget": 500_000, "procent": 92, "over": 37_800}
    assert {"DA01", "DA02"} <= {item["regel"] for item in gewaarschuwd["nietTeToetsen"]}
    rest = [("45V02", 900, 167_400), ("45V03", 510, 68_000)]
    assert use_of(balie, agb) == ((462_200, 37_800, 92), [("45V01", 1800, 226_800), *rest])

    april = balie.send(BUDGET.rondes[3].declaratie)
    assert amounts(april) == ("verwerkt", 88_020, 37_800, 50_220, 0)
    assert outcomes(balie, april) == {
        "OVER-APR-1": ("afgewezen", 50_220, ["TR369"]),
        "OVER-APR-2": ("toegekend", 37_800, ["DA09"]),
    }
    te_veel = lines(balie, april)["OVER-APR-1"]
    assert "€ 124,20 te veel. Over is nog € 378,00. " in te_veel["bevindingen"][0]["melding"]
    assert facts(te_veel)["over"] == 37_800
    assert "met een nieuw referentienummer" in balie.get(agb, f"/prestaties/{te_veel['prestatieId']}")["watTeDoen"]
    assert facts(lines(balie, april)["OVER-APR-2"])["gebruikt"] == 500_000
    assert answer(loket, balie, april) == {"OVER-APR-1": ["9369"]}
    assert use_of(balie, agb) == ((500_000, 0, 100), [("45V01", 2100, 264_600), *rest])
    assert_hidden(loket, balie, BUDGET, april)


def use_of(balie: Balie, agb: str) -> tuple[tuple[int, int, int], list[tuple[str, int, int]]]:
    """Awarded cents, cents left and percentage; minutes and cents of each product code. The forecast must follow from it."""
    gebruik = balie.get(agb, f"/toewijzingen/{BUDGET.toewijzingen[0]}")["benutting"]
    prognose = gebruik["prognose"]
    # From January to June is 181 days.
    assert prognose["bedrag"] == round(gebruik["toegekendBedrag"] * 181 / prognose["dagen"])
    assert (prognose["dagen"], prognose["budgetOp"]) in ((90, "2026-04-08"), (120, "2026-04-30"))
    producten = [(item["productcode"], item["toegekendVolume"], item["toegekendBedrag"]) for item in gebruik["perProduct"]]
    return (gebruik["toegekendBedrag"], gebruik["resterendBudget"], gebruik["percentageBudget"]), producten


def test_the_demo_tells_the_stories_also_when_it_was_broken_off_and_tells_them_again(
    instellingen: Instellingen, tmp_path: Path
) -> None:
    omgeving = {
        "BERICHTEN_DATABASE_URL": instellingen.database_url,
        "BERICHTEN_VAR": str(instellingen.var),
        "BERICHTEN_HUIDIGE_DATUM": VANDAAG.isoformat(),
    }
    with open_werkplaats(instellingen) as werkplaats:
        sleutels = {**prepare(werkplaats, STAD), **make_keys(werkplaats)}
    with running_dienst(omgeving, tmp_path / "dienst.log") as dienst, open_balie(dienst.adres, sleutels) as balie:
        begin(balie, NO_SHOW)
        assert balie.send(NO_SHOW.rondes[0].declaratie)["status"] == "ter_beoordeling"
        eerst, opnieuw = tell(balie), tell(balie)
    for zin in (
        "ANKER-MRT-1: 600 minuten Begeleiding individueel (45V01), € 756,00: ter beoordeling",
        "Contractbeheer wijst ANKER-MRT-1 af met retourcode 9321 (",
        "Het antwoord (JW325): ingediend € 1.134,00, toegekend € 378,00. De afgewezen regels komen mee terug: € 756,00.",
        "samen € 756,00: € 360,00 minder",
        "Contractbeheer kent VUUR-MRT-2 toe en vraagt om een creditregel",
        "Het creditverzoek bij VUUR-MRT-2 is gesloten",
        "Over is nog € 378,00.",
        "Samen 100 procent; over is € 0,00.",
    ):
        assert zin in eerst
        assert zin.replace("ter beoordeling", "afgewezen") in opnieuw
    herhaling = "al eerder ingestuurd"
    assert (eerst.count(herhaling), opnieuw.count(herhaling)) == (1, 8)
    assert not [bsn for verhaal in make_verhalen() for bsn in bsns(verhaal) if bsn in eerst]


def tell(balie: Balie) -> str:
    """All that the demo says, without line breaks."""
    uit = io.StringIO()
    tell_verhalen(Console(file=uit, width=200), balie)
    return " ".join(uit.getvalue().split())


def bsns(verhaal: Verhaal) -> set[str]:
    """The clients of a story."""
    berichten = (etree.fromstring(bericht.inhoud) for bericht in verhaal.voorbereiding)
    gevonden = {str(element.text) for bericht in berichten for element in bericht.iter("{*}Bsn")}
    assert gevonden
    return gevonden
