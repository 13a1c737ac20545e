"""Reference data through the API: read by day and by aanbieder, tried, loaded, and refused by line and column."""

import base64
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from api.naslag.referentie import VAN_GEZINNEN
from berichten.processen.referentie.laad_referentie import SOORTEN, load_referentie
from tests.api.conftest import Loket
from tests.hulp.eigenaar import as_owner
from tests.referentie.test_laad_referentie import AANBIEDERS, CONTRACTEN, GEVALLEN, KOP, PDC, TARIEF_2025, add_toewijzing, read_all

CSV = {"Content-Type": "text/csv; charset=utf-8"}
AGB = "42420001"


@pytest.fixture(scope="module")
def gevuld(loket: Loket) -> Loket:
    """Only what foute_bestanden.yaml says is loaded, and one row of another gemeente."""
    with as_owner(loket.werkplaats) as verbinding:
        for soort in SOORTEN.values():
            verbinding.execute(text(f"DELETE FROM {soort.tabel.naam}"))
    for naam, regels in (
        ("aanbieders", f"{AANBIEDERS}0626;42420001;Jeugdhulp De Brug\n"),
        ("pdc", PDC),
        ("tarieven", TARIEF_2025 + "0626;;45A03;HBO;04;7500;2025-01-01;2025-12-31\n"),
        ("contracten", CONTRACTEN),
    ):
        assert not load_referentie(loket.werkplaats, naam, f"{KOP[naam]}\n{regels}".encode()).fouten
    return loket


def send(loket: Loket, soort: str, regels: str, *, wie: str = "contractbeheer", **vraag: Any) -> httpx.Response:
    """Post lines below the right header."""
    with loket.client(wie) as client:
        return client.post(f"/referentie/{soort}", content=f"{KOP[soort]}\n{regels}".encode(), headers=CSV, params=vraag)


def read(loket: Loket, soort: str, *, wie: str = "financien", **vraag: Any) -> list[dict[str, Any]]:
    """Every row, page by page."""
    rijen: list[dict[str, Any]] = []
    with loket.client(wie) as client:
        while True:
            bladzijde = client.get(f"/referentie/{soort}", params=vraag).raise_for_status().json()
            rijen += bladzijde["rijen"]
            if bladzijde["volgende"] is None:
                return rijen
            vraag["volgende"] = bladzijde["volgende"]


def test_every_wrong_file_is_refused_with_line_and_column_and_leaves_nothing(gevuld: Loket) -> None:
    vooraf = read_all(gevuld.werkplaats)
    assert len(GEVALLEN) > 90
    with gevuld.client("contractbeheer") as client:
        for geval in GEVALLEN:
            tekst = geval["bestand"] if "bestand" in geval else f"{KOP[geval['soort']]}\n{geval['regels']}"
            inhoud = tekst.encode(geval.get("tekenset", "utf-8"))
            antwoord = client.post(f"/referentie/{geval['soort']}", content=inhoud, headers=CSV)
            assert antwoord.status_code == 400, geval["naam"]
            assert antwoord.headers["Content-Type"] == "application/problem+json"
            probleem = antwoord.json()
            assert [(fout["regelnummer"], fout["pad"]) for fout in probleem["fouten"]] == [(r, k) for r, k, _ in geval["fouten"]]
            assert all(deel in fout["melding"] for fout, (*_, deel) in zip(probleem["fouten"], geval["fouten"], strict=True))
            assert probleem["aantalFouten"] == len(geval["fouten"])
            assert probleem["detail"].startswith("Er is niets geladen")
    assert read_all(gevuld.werkplaats) == vooraf


def test_a_try_tells_what_changes_and_keeps_nothing_and_then_it_is_loaded(gevuld: Loket) -> None:
    regels = TARIEF_2025.replace("7500", "7600") + "0484;42420001;45A04;WO;;9900;2026-01-01;\n"
    verwacht = {
        "soort": "tarieven",
        "proef": True,
        "nieuw": 1,
        "gewijzigd": 1,
        "ongewijzigd": 0,
        "wijzigingen": [
            {
                "regelnummer": 2,
                "sleutel": {
                    "gemeente": "0484",
                    "productcode": "45A03",
                    "agb": None,
                    "opleidingsniveau": "HBO",
                    "eenheid": "04",
                    "ingangsdatum": "2025-01-01",
                },
                "waarden": [{"kolom": "tarief", "was": 7500, "wordt": 7600}],
            }
        ],
    }
    assert send(gevuld, "tarieven", regels, proef="true").json() == verwacht
    assert [rij["tarief"] for rij in read(gevuld, "tarieven")] == [7500]
    assert send(gevuld, "tarieven", regels).json() == {**verwacht, "proef": False}
    assert [rij["tarief"] for rij in read(gevuld, "tarieven")] == [7600, 9900]
    opnieuw = send(gevuld, "tarieven", regels, proef="false").json()
    assert (opnieuw["nieuw"], opnieuw["gewijzigd"], opnieuw["ongewijzigd"]) == (0, 0, 2)


def test_rows_in_force_on_a_day_and_for_an_aanbieder(gevuld: Loket) -> None:
    assert send(
        gevuld, "regelbeleid", "0484;;DA01;uit;;2026-01-01;2026-03-31\n0484;42420001;DA01;signaal;;2026-01-01;\n"
    ).is_success
    assert send(gevuld, "regelbeleid", "0484;42420002;DA02;afwijzen;0611;2026-04-01;\n").is_success

    def gevolgen(**vraag: str) -> list[str]:
        return [rij["gevolg"] for rij in read(gevuld, "regelbeleid", **vraag)]

    assert gevolgen() == ["uit", "signaal", "afwijzen"]
    assert gevolgen(peildatum="2026-03-31") == ["uit", "signaal"]
    assert gevolgen(peildatum="2026-04-01") == ["signaal", "afwijzen"]
    assert gevolgen(peildatum="2025-12-31") == []
    assert gevolgen(agb="42420001") == ["uit", "signaal"]
    assert gevolgen(agb="42420002", peildatum="2026-06-30") == ["afwijzen"]
    (eerste,) = read(gevuld, "regelbeleid", peildatum="2026-02-01", agb="42420003")
    assert eerste == {
        "gemeente": "0484", "agb": None, "regel": "DA01", "gevolg": "uit", "retourcode": None, "ingangsdatum": "2026-01-01",
        "einddatum": "2026-03-31",
    }  # fmt: skip


def test_pages_follow_on_each_other_also_where_a_key_has_empty_parts(gevuld: Loket) -> None:
    regels = "".join(f"0484;42420001;RN{n};;;2026-02-{n:02d};60;direct;HBO;SKJ\n" for n in range(1, 8))
    regels += "0484;42420001;;300001;2026-02;;600;groep;;geen\n0484;42420001;;300001;2026-02;2026-02-03;60;groep;;geen\n"
    assert send(gevuld, "verantwoording", regels).json()["nieuw"] == 9
    alles = read(gevuld, "verantwoording")
    assert len(alles) == 9
    assert all(read(gevuld, "verantwoording", paginaGrootte=grootte) == alles for grootte in (1, 2, 4, 8, 9))
    assert alles[0] == {
        "gemeente": "0484", "agb": "42420001", "referentienummer": None, "toewijzingnummer": 300001, "maand": "2026-02",
        "datum": None, "minuten": 600, "soort": "groep", "niveau": None, "registratie": "geen",
        "contactnummer": None, "volgnummer": 1,
    }  # fmt: skip


@pytest.mark.parametrize("soort", SOORTEN)
def test_every_kind_can_be_read_and_given_its_own_header(gevuld: Loket, soort: str) -> None:
    wie = "contractbeheer" if soort in VAN_GEZINNEN else "financien"
    for rij in read(gevuld, soort, wie=wie, peildatum="2026-06-30"):
        assert rij["gemeente"] == "0484"
    assert send(gevuld, soort, "").json()["nieuw"] == 0
    with gevuld.client("contractbeheer") as client:
        for verdwaald in ("abc", "W10", "W10=", "!!", "é", "WyIxIl0", "WyJcdTAwMDAiXQ", "W" * 2000):
            antwoord = client.get(f"/referentie/{soort}", params={"volgende": verdwaald})
            assert antwoord.status_code in (200, 400), antwoord.text


@pytest.mark.parametrize("soort", VAN_GEZINNEN)
def test_what_is_about_families_only_contract_management_reads(gevuld: Loket, soort: str) -> None:
    """A trial would tell others too: it shows what changes."""
    for wie in ("gemeente", "financien", "beheer"):
        with gevuld.client(wie) as client:
            assert client.get(f"/referentie/{soort}").status_code == 403, wie
        assert send(gevuld, soort, "", wie=wie, proef=True).status_code == 403, wie
    with gevuld.client("contractbeheer") as client:
        assert client.get(f"/referentie/{soort}").status_code == 200


def test_a_row_with_an_allocation_or_a_person_of_a_team_is_about_families() -> None:
    """But delivery records, which an aanbieder has to tell, and levels of a family plan: numbers, which tell of care alone."""
    over = {naam for naam, soort in SOORTEN.items() if {"toewijzingnummer", "team"} & set(soort.tabel.kolommen)}
    assert set(VAN_GEZINNEN) == over - {"verantwoording", "gezinsplanafspraken"}


def test_the_number_of_a_decision_that_may_be_a_bsn_is_masked_in_rows_changes_and_cursors(gevuld: Loket) -> None:
    """999911375 passes the elfproef. Pages follow each other all the same, however many decisions an allocation has."""
    regel = "0484;{};{};2026-01-05;;2026-01-05;;beschikking;{}\n"
    nummers = [(1, "999911375"), (1, "B-1"), (1, "B-2"), (2, "999.911.375"), (3, "B-3")]
    assert send(gevuld, "beschikkingen", "".join(regel.format(*item, "nee") for item in nummers)).json()["nieuw"] == 5
    anders = send(gevuld, "beschikkingen", "".join(regel.format(*item, "ja") for item in nummers), proef=True)
    assert "999911375" not in anders.text
    assert "999.911.375" not in anders.text
    assert anders.json()["wijzigingen"][0]["sleutel"]["beschikkingnummer"] == "******375"
    alles = [(rij["toewijzingnummer"], rij["beschikkingnummer"]) for rij in read(gevuld, "beschikkingen", wie="contractbeheer")]
    assert alles == [(1, "******375"), (1, "B-1"), (1, "B-2"), (2, "******375"), (3, "B-3")]
    with gevuld.client("contractbeheer") as client:
        for grootte in (1, 2, 3, 4):
            gelezen, volgende = [], ""
            while volgende is not None:
                vraag = {"paginaGrootte": grootte} | ({"volgende": volgende} if volgende else {})
                bladzijde = client.get("/referentie/beschikkingen", params=vraag).raise_for_status().json()
                gelezen += [(rij["toewijzingnummer"], rij["beschikkingnummer"]) for rij in bladzijde["rijen"]]
                volgende = bladzijde["volgende"]
                assert "911" not in str(base64.urlsafe_b64decode(f"{volgende or ''}=="))
            assert gelezen == alles


def test_a_look_at_what_is_loaded_about_a_family_is_in_the_access_log(gevuld: Loket) -> None:
    """A trial too, as far as it shows what was loaded; a file that changes nothing shows nobody."""

    def log() -> list[tuple[str, str, int]]:
        with gevuld.werkplaats.opslag.transaction() as verbinding:
            vraag = text(
                "SELECT gebeurtenis, object_soort, aantal FROM inzagelog WHERE object_soort = 'toewijzingen' ORDER BY tijd"
            )
            return [(rij.gebeurtenis, rij.object_soort, rij.aantal) for rij in verbinding.execute(vraag)]

    add_toewijzing(gevuld.werkplaats, 7, AGB)
    eerder = log()
    assert send(gevuld, "evaluaties", "0484;7;2026-03-01;;\n").json()["nieuw"] == 1
    assert send(gevuld, "casusregie", "0484;7;Zuid;lokaal_team;2026-01-01;\n").json()["nieuw"] == 1
    assert log() == eerder
    assert [rij["uitkomst"] for rij in read(gevuld, "evaluaties", wie="contractbeheer")] == [None]
    assert [rij["team"] for rij in read(gevuld, "casusregie", wie="contractbeheer")] == ["Zuid"]
    assert send(gevuld, "evaluaties", "0484;7;2026-03-01;2026-03-01;afschalen\n", proef=True).json()["gewijzigd"] == 1
    assert log()[len(eerder) :] == [(f"{wat} /referentie/{{soort}}", "toewijzingen", 1) for wat in ("GET", "GET", "POST")]


def test_a_cursor_of_another_list_is_refused(gevuld: Loket) -> None:
    with gevuld.client("contractbeheer") as client:
        wijzer = client.get("/referentie/contracten", params={"paginaGrootte": 1}).json()["volgende"]
        for soort in ("aanbieders", "kaders", "gezinsplanafspraken", "beschikkingen", "verantwoording"):
            antwoord = client.get(f"/referentie/{soort}", params={"volgende": wijzer})
            assert (antwoord.status_code, "vorige antwoord" in antwoord.json()["detail"]) == (400, True)


def test_rows_of_another_gemeente_are_refused_by_line_and_never_shown(gevuld: Loket) -> None:
    vooraf = read_all(gevuld.werkplaats)
    eigen = "0484;;45A03;MBO;04;5000;2026-01-01;\n"
    antwoord = send(gevuld, "tarieven", eigen + "0626;;45A03;HBO;04;7500;2025-06-01;\n")
    (fout,) = antwoord.json()["fouten"]
    assert (antwoord.status_code, fout["regelnummer"], fout["pad"]) == (400, 3, "gemeente")
    assert "alleen regels van gemeente 0484" in fout["melding"]
    assert "2025" not in antwoord.text
    assert read_all(gevuld.werkplaats) == vooraf
    assert {rij["gemeente"] for rij in read(gevuld, "tarieven")} == {"0484"}


@pytest.mark.parametrize("wie", [AGB, "gemeente", "financien"])
def test_only_contractbeheer_and_beheer_may_load(gevuld: Loket, wie: str) -> None:
    for proef in ("true", "false"):
        antwoord = send(gevuld, "aanbieders", AANBIEDERS, wie=wie, proef=proef)
        assert (antwoord.status_code, "contractbeheer, beheer" in antwoord.json()["detail"]) == (403, True)


def test_an_aanbieder_does_not_read_here(gevuld: Loket) -> None:
    with gevuld.client(AGB) as client:
        assert client.get("/referentie/tarieven").status_code == 403
    with gevuld.dienst.client() as client:
        assert client.get("/referentie/tarieven").status_code == 401


def test_the_wrong_door_is_explained(gevuld: Loket) -> None:
    with gevuld.client("beheer") as client:
        onbekend = client.get("/referentie/tarief")
        post = client.post("/referentie/tarief", content=b"x", headers=CSV)
        json_ = client.post("/referentie/tarieven", json={})
        groot = client.post("/referentie/tarieven", content=b"x" * (26 * 1024 * 1024), headers=CSV)
        agb = client.get("/referentie/kaders", params={"agb": AGB})
        dag = client.get("/referentie/kaders", params={"peildatum": "31-12-2026"})
    for antwoord in (onbekend, post):
        assert (antwoord.status_code, "tarieven" in antwoord.json()["detail"]) == (404, True)
    assert (json_.status_code, "text/csv" in json_.json()["detail"]) == (415, True)
    assert (groot.status_code, "25 MB" in groot.json()["detail"]) == (413, True)
    assert (agb.status_code, "geen kolom agb" in agb.json()["detail"]) == (400, True)
    assert (dag.status_code, dag.json()["fouten"][0]["pad"]) == (400, "query.peildatum")
