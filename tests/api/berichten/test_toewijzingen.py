"""Allocations and lines through the API: what stands, what was used, and why a line was rejected."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from tests.api.conftest import Loket
from tests.api.dienst import KLAAR
from tests.hulp.bouw import bouw
from tests.hulp.bouwstenen import AGB, BSN
from tests.hulp.declareer import Regel, declaratie, toewijzing
from tests.hulp.eigenaar import as_owner

JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)
ANDER = "42420002"


@pytest.fixture(scope="module")
def gevuld(loket: Loket) -> Loket:
    """Allocation 700 of twenty hours in two versions, started; five hours awarded, two credited, thirty refused.

    Allocation 800 is a budget for category 45 of which nothing is used.
    """
    omvang: dict[str, Any] = {"Omvang": {"Volume": 10, "Eenheid": "04", "Frequentie": "6"}}
    ruimer: dict[str, Any] = {
        "Omvang": {"Volume": 20, "Eenheid": "04", "Frequentie": "6"},
        "RedenWijziging": "11",
        "Toewijzingstijd": "12:00:00",
    }
    budget: dict[str, Any] = {
        "Product": {"Categorie": "45", "Code": None},
        "Omvang": None,
        "Budget": 500_000,
        "Einddatum": "2026-12-31",
    }
    start = {"Client": {"StartProducten": {"StartProduct": {"ToewijzingNummer": 700}}}}
    with as_owner(loket.werkplaats) as verbinding:
        # The town's own prices are not what this is about.
        verbinding.execute(text("DELETE FROM tarief"))
        verbinding.execute(text("DELETE FROM contract"))
    for wie, inhoud in (
        ("0484", toewijzing(700, **omvang)),
        ("0484", toewijzing(700, **ruimer)),
        ("0484", toewijzing(800, **budget)),
        (AGB, bouw("JW305", start)),
        (AGB, declaratie(JAN, [Regel("A", 700, JAN, 2), Regel("B", 700, FEB, 30)][:1])),
        (AGB, declaratie(FEB, [Regel("C", 700, FEB, 3), Regel("D", 700, JAN, 2, vorig="A"), Regel("E", 700, JAN, 30)])),
    ):
        with loket.client(wie) as client:
            antwoord = client.post("/berichten", content=inhoud, headers={"Content-Type": "application/xml"})
            assert antwoord.status_code == 202, antwoord.text
            adres = antwoord.headers["Location"].removeprefix("/v1")
            while client.get(adres).json()["status"] not in KLAAR:
                pass
    return loket


def test_an_allocation_shows_its_history_state_and_use(gevuld: Loket) -> None:
    with gevuld.client(AGB) as client:
        antwoord = client.get("/toewijzingen/700")
    assert BSN not in antwoord.text
    dossier = antwoord.json()
    assert (dossier["client"], dossier["versie"], dossier["stand"]) == ("******006", 2, "gestart")
    assert [(versie["versie"], versie["volume"]) for versie in dossier["versies"]] == [(1, 10), (2, 20)]
    assert dossier["leveringen"] == [{"begindatum": "2026-04-01", "einddatum": None, "redenBeeindiging": None}]
    assert dossier["benutting"] == {
        "eenheid": "01",
        "toegewezenVolume": 1200,
        "toegekendVolume": 180,
        "aangehoudenVolume": 0,
        "resterendVolume": 1020,
        "percentageVolume": 15,
        "budget": None,
        "toegekendBedrag": 3 * 7805,
        "aangehoudenBedrag": 0,
        "resterendBudget": None,
        "percentageBudget": None,
        "perProduct": [
            {
                "productcode": "45A48",
                "eenheid": "01",
                "toegekendVolume": 180,
                "aangehoudenVolume": 0,
                "toegekendBedrag": 3 * 7805,
                "aangehoudenBedrag": 0,
            }
        ],
        "perMaand": [
            {
                "maand": maand,
                "toegekendVolume": volume,
                "aangehoudenVolume": 0,
                "toegekendBedrag": volume // 60 * 7805,
                "aangehoudenBedrag": 0,
            }
            # What was billed in January was credited.
            for maand, volume in (("2026-01", 0), ("2026-02", 180))
        ],
        "prognose": {
            "totEnMet": "2026-02-28",
            "dagen": 59,
            "einddatum": "2026-12-31",
            "bedrag": 144856,
            "budgetOp": None,
            "volumeOp": None,
            "uitleg": "Van 1 januari 2026 tot en met 28 februari 2026 (59 dagen) is € 234,15 gebruikt. Met evenveel per dag is dat"
            " op 31 december 2026 € 1.448,56.",
        },
        "advies": None,
    }


def test_a_budget_by_category_comes_with_what_is_usual_for_it(gevuld: Loket) -> None:
    with gevuld.client("contractbeheer") as client:
        benutting = client.get("/toewijzingen/800").json()["benutting"]
    assert (benutting["budget"], benutting["percentageBudget"], benutting["perProduct"]) == (500_000, 0, [])
    assert benutting["prognose"] is None
    advies = benutting["advies"]
    assert (advies["categorie"], advies["looptijd"], advies["gebruikelijkeEinddatum"]) == ("45", "langer", "2026-06-30")
    assert "duurt langer: tot en met 31 december 2026 in plaats van 30 juni 2026." in advies["tekst"]


def test_every_line_shows_its_outcome_and_why(gevuld: Loket) -> None:
    with gevuld.client(AGB) as client:
        laatste = client.get("/berichten", params={"paginaGrootte": 1}).json()["berichten"][0]
        eerste = client.get(f"/declaraties/{laatste['berichtId']}/prestaties", params={"paginaGrootte": 2}).json()
        rest = client.get(
            f"/declaraties/{laatste['berichtId']}/prestaties", params={"paginaGrootte": 2, "volgende": eerste["volgende"]}
        ).json()
    regels = eerste["prestaties"] + rest["prestaties"]
    assert rest["volgende"] is None
    assert [(regel["referentienummer"], regel["uitkomst"], regel["retourcodes"]) for regel in regels] == [
        ("C", "toegekend", []),
        ("D", "toegekend", []),
        ("E", "afgewezen", ["9321", "9322"]),
    ]
    assert "Deze regel vraagt 30 uur: 10 uur te veel." in regels[2]["bevindingen"][0]["melding"]
    assert {regel["client"] for regel in regels} == {"******006"}


def test_another_aanbieder_sees_neither(gevuld: Loket) -> None:
    with gevuld.client(AGB) as client:
        bericht = client.get("/berichten", params={"paginaGrootte": 1}).json()["berichten"][0]["berichtId"]
        assert [item["toewijzingnummer"] for item in client.get("/toewijzingen").json()["toewijzingen"]] == [700, 800]
    with gevuld.client(ANDER) as client:
        assert client.get("/toewijzingen").json() == {"toewijzingen": [], "volgende": None}
        for adres in ("/toewijzingen/700", f"/declaraties/{bericht}/prestaties", "/toewijzingen/701"):
            antwoord = client.get(adres)
            assert antwoord.status_code == 404
            assert "niet van u" in antwoord.json()["detail"]
    with gevuld.client("contractbeheer") as client:
        assert client.get("/toewijzingen/700").status_code == 200


def test_who_keeps_contracts_lists_what_each_allocation_binds_to(gevuld: Loket) -> None:
    """Of 5,000.00 for a category nothing is used; of twenty hours three are, without a tariff to tell their worth."""
    with gevuld.client("contractbeheer") as client:
        antwoord = client.get("/toewijzingen/verplichtingen", params={"jaar": 2026})
        eerder = client.get("/toewijzingen/verplichtingen", params={"peildatum": "2020-01-01"}).json()
        assert client.get("/toewijzingen/verplichtingen", params={"peildatum": "gisteren"}).status_code == 400
    assert BSN not in antwoord.text
    uren, budget = (item["verplichting"] for item in antwoord.json()["verplichtingen"])
    assert (uren["toegewezenBedrag"], budget["toegewezenBedrag"], budget["openBedrag"]) == (None, 500_000, 500_000)
    assert "niet in geld te bepalen" in uren["uitleg"]
    assert [item["verplichting"] for item in eerder["verplichtingen"]] == [None, None]
    for wie in (AGB, "financien"):
        with gevuld.client(wie) as client:
            assert client.get("/toewijzingen/verplichtingen").status_code == 403
